"""Personal words: fields in braces, filled in for one member.  Standard library only.

The console's preview and the relay ask this one function, so that what is shown is what is
sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

COUPON_POINTS = 500
"""Points that make a coupon, where the shop says nothing else."""
COUPON_SETTING = "coupon_points"
"""Key of the setting that says how many points make a coupon."""
TIERS = {
    "zh": {"basic": "会员", "silver": "银卡", "gold": "金卡"},
    "en": {"basic": "member", "silver": "silver", "gold": "gold"},
}
"""What a tier is called in a message."""
_NONE = {"points": "0"}
"""What a field says where there is nothing of it; a fallback says it better."""
_FIELD = re.compile(r"\{([a-z_]+)\}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class Facts(NamedTuple):
    """What is known of a member, in words; blank: not known.  Its names are the fields.

    ``coupon``: what the one is called that she can use and that ends first.
    """

    name: str = ""
    points: str = ""
    points_to_coupon: str = ""
    tier: str = ""
    last_asked: str = ""
    last_bought: str = ""
    coupon: str = ""
    birthday: str = ""
    shop: str = ""


FIELDS = Facts._fields


def fields_in(body: str) -> tuple[str, ...]:
    """The known fields that a text uses, each once, in order."""
    return tuple(dict.fromkeys(name for name in _FIELD.findall(body) if name in FIELDS))


def render(body: str, facts: Facts, fallbacks: Mapping[str, str]) -> str:
    """``body`` for one member.

    A field that is blank for her is its fallback, and so are no points where there is one;
    braces that name no field stay as they are, and what is filled in is never looked at again.
    """

    said = list(_pieces(body))
    for place in range(1, len(said), 2):
        name = said[place]
        if name not in FIELDS:
            said[place] = f"{{{name}}}"
            continue
        value: str = getattr(facts, name)
        fallback = fallbacks.get(name, "")
        nothing = value == _NONE.get(name) and fallback.strip()
        said[place] = fallback if nothing or not value.strip() else value
    return "".join(said)


@lru_cache(maxsize=64)
def _pieces(body: str) -> tuple[str, ...]:
    """Words and, at every second place, the name of a field: one text is for thousands."""
    return tuple(_FIELD.split(body))


def points_to_coupon(points: int, each: int = COUPON_POINTS) -> int:
    """How many points are missing to the next coupon."""
    return each - points % each


def birthday_words(text: str, language: str) -> str:
    """``05-20`` as people write it: ``5月20日`` or ``May 20``; "" stays blank."""
    month, _, day = text.partition("-")
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):
        return ""
    if language == "en":
        return f"{_MONTHS[int(month) - 1]} {int(day)}"
    return f"{int(month)}月{int(day)}日"


def coupon_points(value: object) -> int:
    """How many points make a coupon, by the setting's value."""
    return value if type(value) is int and value > 0 else COUPON_POINTS


class Known(Protocol):
    """What a member's row says of her."""

    @property
    def name(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def tier(self) -> str: ...
    @property
    def birthday(self) -> str: ...
    @property
    def birthday_lunar(self) -> bool: ...


_FROM_ROW: dict[str, Callable[[Known, str, int], str]] = {
    "name": lambda member, _language, _each: member.name,
    "points": lambda member, _language, _each: str(member.points),
    "points_to_coupon": lambda member, _language, each: str(points_to_coupon(member.points, each)),
    "tier": lambda member, language, _each: TIERS[language].get(member.tier, ""),
    "birthday": lambda member, language, _each: (
        "" if member.birthday_lunar else birthday_words(member.birthday, language)
    ),
}


@lru_cache(maxsize=64)
def _said(names: frozenset[str]) -> tuple[tuple[str, Callable[[Known, str, int], str]], ...]:
    """What of a row is said by these names."""
    return tuple((name, say) for name, say in _FROM_ROW.items() if name in names)


def facts_of(
    member: Known, language: str, each: int, *, asked: str = "", bought: str = "",
    coupon: str = "", shop: str = "", only: frozenset[str] = frozenset(FIELDS),
) -> Facts:  # fmt: skip
    """What her row, question, purchase and coupon say; ``each`` points make a coupon.

    ``only``: the fields that are asked for; of her row the others stay blank.
    """
    row = {name: say(member, language, each) for name, say in _said(only)}
    return Facts(last_asked=asked, last_bought=bought, coupon=coupon, shop=shop, **row)
