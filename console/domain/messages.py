"""Rules about what a message holds: kinds, captions, layouts, preview.  Standard library only."""

from __future__ import annotations

from collections.abc import Sequence

MAX_PHOTOS = 9
MAX_CAMPAIGN_PHOTOS = 30
MAX_CAPTION_CHARS, MAX_COLOUR_CHARS = 60, 40
MAX_PRICE = 99_999_999
"""Cents under a photo."""
LAYOUTS = frozenset({"", "strip"})
"""How photos may be laid out: an album, or a strip side by side with their labels."""
_KINDS = {"image": "photo", "audio": "voice", "video": "video"}


def kind_of(mimes: Sequence[str], most: int = MAX_PHOTOS) -> str | None:
    """The kind of message that carries such media, or ``None`` when none may.

    Up to ``most`` photos, or one voice, or one video; no media make a ``text``.
    """
    if not mimes:
        return "text"
    kinds = {_KINDS.get(mime.partition("/")[0]) for mime in mimes}
    kind = kinds.pop()
    if kinds or kind is None:
        return None
    return kind if len(mimes) <= (most if kind == "photo" else 1) else None


def tidy_captions(captions: Sequence[str], media: int) -> list[str] | None:
    """One caption for each medium, "" where there is none; ``None``: too many or too long."""
    tidy = [" ".join(caption.split()) for caption in captions]
    if len(tidy) > media or any(len(caption) > MAX_CAPTION_CHARS for caption in tidy):
        return None
    return tidy + [""] * (media - len(tidy))


def fits_layout(layout: str, kind: str) -> bool:
    """Whether a message of that kind may be laid out so: only photos make a strip."""
    return layout in LAYOUTS and (not layout or kind == "photo")
