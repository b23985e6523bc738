"""The words of an answer about goods, in the language the member asked in.  Reads texts only."""

from __future__ import annotations

import functools
import json
from datetime import datetime

from console import paths
from console.desk.enquiry_types import GoodsItem
from console.domain.article_names import in_colour


def language_of(text: str) -> str:
    """``zh`` for words with a Chinese sign in them, else ``en``."""
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"


def kept(item: GoodsItem, until: datetime, language: str) -> str:
    """One is kept until ``until``, in the shop's time."""
    return _texts(language)["kept"].format(what=_what(item, language), when=_when(until, language))


def asked(item: GoodsItem, language: str) -> str:
    """It should be there, and is not promised yet."""
    return _texts(language)["asked"].format(what=_what(item, language))


def already(item: GoodsItem, language: str) -> str:
    """One was kept before."""
    return _texts(language)["already"].format(what=_what(item, language))


def none_left(item: GoodsItem, language: str) -> str:
    """There is none."""
    return _texts(language)["none"].format(what=_what(item, language))


def awaited(item: GoodsItem, language: str) -> str:
    """There is none, and she is told when it is back."""
    return _texts(language)["awaited"].format(what=_what(item, language))


def _what(item: GoodsItem, language: str) -> str:
    english = language == "en"
    name = item.name_en if english and item.name_en else item.name
    colour = item.colour_en if english and item.colour_en else item.colour
    named = in_colour(name, colour)
    if english:
        named = named[:1].lower() + named[1:]
    if not item.size:
        return named
    pattern = "size.letters" if item.size.isascii() else "size"
    return _texts(language)[pattern].format(name=named, size=item.size)


def _when(until: datetime, language: str) -> str:
    texts = _texts(language)
    return texts["when"].format(
        month=texts["months"].split("|")[until.month - 1], day=until.day,
        weekday=texts["weekdays"].split("|")[until.weekday()], time=f"{until:%H:%M}",
    )  # fmt: skip


@functools.cache
def _texts(language: str) -> dict[str, str]:
    file = paths.resources() / "text" / f"enquiries.{language}.json"
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
