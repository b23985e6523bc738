"""Sizes of clothes as members say them: letters, numbers, heights (cm), waists in 尺.  Pure.

A height or a waist is turned into a size by the tables that Chinese labels print; each shop's
clothes may run larger or smaller, so what comes of it is a suggestion like the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from console.domain.answers import fold

How = Literal["label", "number", "height", "waist", "relative", "extreme", "only"]
"""What was said: a letter, a bare number, a height (cm), a waist (tenths of 尺), so many sizes
larger than the last, the largest or smallest (1, -1), the one size there is."""

LETTERS: Final = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL", "5XL", "6XL")
ONE_SIZE: Final = frozenset({"均码", "one size", "onesize", "os", "free size", "free", "f"})
_SAME: Final = {"2XL": "XXL", "3XL": "XXXL", "XXXXL": "4XL", "XXXXXL": "5XL", "2XS": "XXS"}
_HEIGHTS: Final = {
    "f": ((0, "XS"), (153, "S"), (158, "M"), (163, "L"), (168, "XL"), (173, "XXL"), (178, "XXXL")),
    "m": ((0, "S"), (168, "M"), (173, "L"), (178, "XL"), (183, "XXL"), (188, "XXXL")),
}
"""From which height (cm) on a letter is worn: 160/84A is a woman's M, 170/88A a man's."""
_WAISTS: Final = {
    "f": ((0, "XS"), (24, "S"), (27, "M"), (28, "L"), (29, "XL"), (31, "XXL"), (33, "XXXL")),
    "m": ((0, "S"), (29, "M"), (31, "L"), (33, "XL"), (35, "XXL"), (37, "XXXL")),
}
"""From which waist (inches) on."""
_EUROPEAN: Final = {
    "f": {34: "XS", 36: "S", 38: "M", 40: "L", 42: "XL", 44: "XXL"},
    "m": {46: "S", 48: "M", 50: "L", 52: "XL", 54: "XXL", 56: "XXXL"},
}
_INCHES_PER_TENTH: Final = 100 / 30 / 2.54
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 5}


@dataclass(frozen=True, slots=True)
class SaidSize:
    """A size as it was said; ``text`` for ``label``, ``value`` for the others."""

    how: How
    text: str = ""
    value: int = 0


_NAMES: Final = {
    SaidSize("only"): "均码|one size|free size|onesize|均吗",
    SaidSize("label", "S"): "小号|small",
    SaidSize("label", "M"): "中号|中码|medium",
    SaidSize("label", "L"): "大号|large",
    SaidSize("label", "XL"): ("加大码|加大号|加大|特大号|特大码|extra large|x-large|x large"),
    SaidSize("label", "XXL"): "加加大|两个加|双加|双xl|两个x|xx-large",
    SaidSize("label", "XXXL"): "三个加|三个x",
    SaidSize("extreme", value=1): "大码|最大码|最大号|最大的|largest|biggest",
    SaidSize("extreme", value=-1): "小码|最小码|最小号|最小的|smallest",
    SaidSize("relative", value=1): (
        "大一码|大一号|大一个码|大一个号|大一点的码|大一点|大点的|大点|再大点|再大一|"
        "bigger|larger|size up"
    ),
    SaidSize("relative", value=2): "大两码|大两号|大二码|two sizes bigger",
    SaidSize("relative", value=-1): (
        "小一码|小一号|小一个码|小一个号|小一点的码|小一点|小点的|小点|再小点|再小一|"
        "smaller|size down"
    ),
    SaidSize("relative", value=-2): "小两码|小两号|two sizes smaller",
}
_WORDS: Final = {name: size for size, names in _NAMES.items() for name in names.split("|")}
_DIGIT: Final = "[0-9零一二三四五六七八九]"
_FOUND: Final = re.compile(
    r"(?P<waist>(?<![0-9])(?P<chi>[一二两三123])尺(?P<cun>[0-9一二三四五六七八九半])?寸?"
    r"|(?P<point>[123]\.[0-9])尺)"
    r"|(?P<body>(?<![0-9.])1[3-9][0-9] ?/ ?[0-9]{2,3}[a-c](?![a-z]))"
    rf"|(?P<metres>[1一][米m](?P<tens>{_DIGIT})(?P<ones>{_DIGIT})?(?![0-9]))"
    r"|(?P<height>(?<![0-9.¥/:-])1[4-9][0-9](?![0-9.:%]))(?: ?cm| ?厘米|公分)?"
    r"|(?P<letter>(?<![a-z0-9'’])(?:x{0,5}[sl]|m|[2-6]xl)(?![a-z0-9'’]))"
    r"|(?P<number>(?<![0-9a-z.¥:/-])(?:w|size ?)?[2-5][0-9](?![0-9.:%/]))"
    r"|(?P<word>" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + ")"
)  # fmt: skip
_MONEY_OR_TIME: Final = re.compile(
    r" ?(?:斤|kg|公斤|千克|元|块|折|点|分|天|小时|岁|度|号楼|楼|路|件|条|双|个|年|月|日|人|"
    r"yuan|rmb|%|days?|pm|am|o'clock)"
)
_WEIGHT: Final = re.compile(r"[0-9]{2,3} ?(?:斤|kg|公斤|千克)")


def weight_said(text: str) -> bool:
    """Whether a folded text tells a weight: then a height says a body, not a size."""
    return _WEIGHT.search(text) is not None


def find(text: str) -> list[tuple[int, int, SaidSize]]:
    """The sizes in a folded text with where they stand; amounts and times of day are none."""
    return [
        (found.start(), found.end(), said)
        for found in _FOUND.finditer(text)
        if (said := _said(found)) is not None and not _is_other(text, found, said)
    ]


def _is_other(text: str, found: re.Match[str], said: SaidSize) -> bool:
    if said.how in {"number", "height"}:
        return _MONEY_OR_TIME.match(text, found.end()) is not None
    latin = found.group()[0].isascii() and found.group()[-1].isascii()
    if latin and said.how != "waist":
        beside = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
        return any(each.isascii() and each.isalpha() for each in beside)
    return False


def _said(found: re.Match[str]) -> SaidSize | None:
    match found.lastgroup:
        case "waist":
            return SaidSize("waist", value=_tenths(found))
        case "body":
            return SaidSize("height", value=int(found.group()[:3]))
        case "metres":
            ones = found["ones"] or "0"
            return SaidSize("height", value=100 + 10 * _digit(found["tens"]) + _digit(ones))
        case "height":
            return SaidSize("height", value=int(found["height"]))
        case "letter":
            return SaidSize("label", standard(found.group()))
        case "number":
            return SaidSize("number", value=int(found.group()[-2:]))
        case _:
            return _WORDS[found.group()]


def _tenths(found: re.Match[str]) -> int:
    if found["point"]:
        return round(float(found["point"]) * 10)
    return 10 * _digit(found["chi"]) + _digit(found["cun"] or "0")


def _digit(character: str) -> int:
    return _DIGITS[character] if character in _DIGITS else int(character)


def standard(label: str) -> str:
    """A label as sizes are compared: ``2xl`` and ``XXL`` alike."""
    upper = fold(label).upper()
    return _SAME.get(upper, upper)


def in_order(sizes: Iterable[str]) -> tuple[str, ...]:
    """Smallest first; labels that are neither letters nor numbers as they came."""
    labels = list(sizes)
    if all(label.isdecimal() for label in labels):
        return tuple(sorted(labels, key=int))
    if all(standard(label) in LETTERS for label in labels):
        return tuple(sorted(labels, key=lambda label: LETTERS.index(standard(label))))
    return tuple(labels)


def said_label(label: str) -> SaidSize:
    """A label of one article as it is said of another: ``M`` or ``28``."""
    plain = standard(label)
    if plain.isdecimal():
        return SaidSize("number", value=int(plain))
    return SaidSize("only") if fold(label) in ONE_SIZE else SaidSize("label", plain)


def in_the_shop(said: SaidSize, made: Sequence[str], wearer: str, last: str = "") -> str:
    """The size of an article that was meant, as its label writes it; "" when none can be.

    Args:
        said: what was found in the words.
        made: the labels the article is made in, smallest first.
        wearer: ``m`` for men's tables, anything else for women's.
        last: the size spoken of before, for "one larger".
    """
    if not made:
        return ""
    match said.how:
        case "only":
            return made[0] if len(made) == 1 else ""
        case "extreme":
            return made[-1] if said.value > 0 else made[0]
        case "relative":
            return _beside(made, last, said.value)
        case _:
            meant = _meant(said, made, "m" if wearer == "m" else "f")
            same = (label for label in made if standard(label) == meant)
            return next(same, meant)


def _beside(made: Sequence[str], last: str, steps: int) -> str:
    """So many sizes from the last; beyond what is made, the letter that would come."""
    labels = [standard(label) for label in made]
    before = standard(last)
    if before not in labels:
        return ""
    at = labels.index(before) + steps
    if 0 <= at < len(made):
        return made[at]
    at = LETTERS.index(before) + steps if before in LETTERS else -1
    return LETTERS[at] if 0 <= at < len(LETTERS) else ""


def _meant(said: SaidSize, made: Sequence[str], wearer: str) -> str:
    """The label that letters, numbers, heights and waists come to, made or not."""
    numbered = made[0].isdecimal()
    if said.how == "label":
        return _number_of(said.text, wearer) if numbered else said.text
    if said.how == "height":
        letter = _at_least(_HEIGHTS[wearer], said.value)
        return _number_of(letter, wearer) if numbered else letter
    inches = round(said.value * _INCHES_PER_TENTH - 0.001) if said.how == "waist" else said.value
    if numbered:
        return str(inches)
    if standard(made[0]) not in LETTERS:
        return str(inches) if said.how == "number" else ""
    return _EUROPEAN[wearer].get(inches, "") or _at_least(_WAISTS[wearer], inches)


def _at_least(table: Sequence[tuple[int, str]], value: int) -> str:
    return table[bisect_right(table, value, key=lambda row: row[0]) - 1][1]


def _number_of(letter: str, wearer: str) -> str:
    """The waist in inches that a letter begins at."""
    inches = {label: at for at, label in _WAISTS[wearer] if at}
    return str(inches.get(letter, letter))
