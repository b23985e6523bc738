"""The emoji a clerk may choose from, in groups, with what finds them."""

from __future__ import annotations

import functools
import json
import unicodedata
from dataclasses import dataclass

from console import paths


@dataclass(frozen=True, slots=True)
class Emoji:
    """One of them; ``words`` are Chinese ones and Unicode's own English name."""

    sign: str
    group: str
    words: str


@functools.cache
def every() -> tuple[Emoji, ...]:
    """All of them, group by group."""
    file = paths.resources() / "emoji.json"
    groups = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Emoji(sign, group["key"], f"{chinese} {_english(sign)}")
        for group in groups
        for sign, chinese in group["emoji"]
    )


def _english(sign: str) -> str:
    return " ".join(unicodedata.name(each, "").casefold() for each in sign if ord(each) > 0x2000)


def find(query: str) -> list[Emoji]:
    """Those whose words hold every word of the query."""
    words = query.casefold().split()
    return [each for each in every() if all(word in each.words for word in words)]


def groups() -> list[str]:
    """Keys of the groups, in order."""
    return list(dict.fromkeys(each.group for each in every()))
