"""The sentence for a reason code, in the language in use (``resources/text``)."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from console import paths
from console.ui.i18n import language, translate


@functools.cache
def _sentences(spoken: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("reasons", "staff_reasons"):
        file = paths.resources() / "text" / f"{name}.{spoken}.json"
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def sentence(code: str, parameters: Mapping[str, str | int | float] | None = None) -> str:
    """One clear sentence; the code itself follows when it is unknown here."""
    text = _sentences(language()).get(code) or _own(code)
    values = {"code": code, **(parameters or {})}
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def _own(code: str) -> str:
    if code == "offline":
        return translate("Reasons", "The relay does not answer. Nothing is lost; try again.")
    return translate("Reasons", "Something went wrong ({code}). Nothing is lost; try again.")
