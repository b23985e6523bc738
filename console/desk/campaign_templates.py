"""The trade's starter set of campaigns: one for each occasion, as files beside the program."""

from __future__ import annotations

import functools

import msgspec

from console import paths
from console.desk.campaign_types import TemplateItem


@functools.cache
def starter_set(language: str) -> list[TemplateItem]:
    """In ``zh`` or ``en``, in the order of ``campaign_types.SCENARIOS``."""
    file = paths.resources() / "text" / f"campaigns.{language}.json"
    return msgspec.json.decode(file.read_bytes(), type=list[TemplateItem])
