"""Rules about the tags that staff put on members.  Standard library only."""

from __future__ import annotations

import unicodedata

MAX_TAGS = 30
MAX_TAG_CHARS = 20


def tidy_tag(text: str) -> str:
    """One spelling of a tag: NFKC, without outer and doubled spaces; "" when nothing is left."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_tag(tag: str) -> bool:
    """Whether a tidied tag may be kept."""
    return 0 < len(tag) <= MAX_TAG_CHARS and tag.isprintable()
