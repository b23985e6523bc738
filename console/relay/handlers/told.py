"""The words that the relay by itself writes to members."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from console import paths


@cache
def texts(name: str, language: str) -> dict[str, Any]:
    """The program's own words on a subject (``holds``, ``fittings``, …), read once."""
    file = paths.resources() / "text" / f"{name}.{language}.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
