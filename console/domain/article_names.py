"""What an article is called in one of its colours.  Pure."""

from __future__ import annotations


def in_colour(name: str, colour: str) -> str:
    """As one says it: 红色风衣, “blue trench coat”; a colour in the name is not repeated."""
    if colour.removesuffix("色").casefold() in name.casefold():
        return name
    if any("\u4e00" <= character <= "\u9fff" for character in name):
        return f"{colour}{name}"
    return f"{colour} {name[:1].lower()}{name[1:]}"
