"""The people of the sample shop: four staff and 2,000 members, the same in every run."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from console.demo.catalogue import SAMPLE

MEMBERS = 2_000

Tier = Literal["normal", "silver", "gold"]
Habit = Literal["loyal", "regular", "occasional", "asleep"]

TIER_NAMES: dict[Tier, tuple[str, str]] = {
    "normal": ("普通会员", "Member"),
    "silver": ("银卡", "Silver"),
    "gold": ("金卡", "Gold"),
}


@dataclass(frozen=True, slots=True)
class Clerk:
    """Someone who works in the shop."""

    key: str
    name: str
    nickname: str
    role: Literal["owner", "clerk"]


@dataclass(frozen=True, slots=True)
class Person:
    """A member, as she was entered at the counter."""

    number: int
    name: str
    gender: Literal["f", "m"]
    phone: str
    tier: Tier
    points: int
    birthday: tuple[int, int]
    lunar: bool
    sizes: dict[str, str]
    tags: tuple[str, ...]
    joined: date
    opted_in: bool
    weekly_cap: int
    on_page: bool
    habit: Habit

    @property
    def salutation(self) -> str:
        """How the shop addresses her in a sentence."""
        return self.name[-2:] if len(self.name) > 2 else self.name


STAFF: tuple[Clerk, ...] = (
    Clerk("li", "李时雨", "小李", "owner"),
    Clerk("chen", "陈露", "露露", "clerk"),
    Clerk("tang", "唐果", "果果", "clerk"),
    Clerk("guo", "郭子健", "小郭", "clerk"),
)

# name, gender, phone, tier, points, birthday, top size, tags, opted in, years as a member
_Known = tuple[str, str, str, Tier, int, tuple[int, int], str, str, bool, int]
_YESTERDAY = (0, 0)  # a birthday that was yesterday, whenever the sample shop opens
_KNOWN: tuple[_Known, ...] = (
    ("周雨桐", "f", "13800136021", "gold", 2000, (12, 3), "L", "女装 风衣 L码 复古", True, 3),
    ("陈思敏", "f", "13900137714", "silver", 860, (5, 21), "M", "女装 通勤", True, 2),
    ("王立群", "m", "13600132208", "gold", 3120, (9, 9), "XL", "男装 商务", True, 4),
    ("赵可欣", "f", "15800135537", "silver", 1240, (2, 14), "S", "女装 约会", True, 1),
    ("林晓月", "f", "18600139046", "normal", 310, (11, 30), "M", "女装 保暖", True, 1),
    ("许诺", "f", "13700131185", "silver", 970, (7, 8), "M", "女装 休闲", True, 2),
    ("吴悠", "f", "18800134420", "normal", 150, (4, 1), "S", "女装", False, 1),
    ("何静", "f", "13500138863", "gold", 1780, _YESTERDAY, "M", "女装 内搭", True, 3),
    ("孙一凡", "m", "17700130359", "normal", 240, (8, 16), "L", "男装 卫衣", True, 1),
    # The first one once more, on her new phone: two members who are one person.
    ("周雨桐", "f", "13800136012", "normal", 60, (12, 3), "L", "女装", True, 0),
)

_HABITS: tuple[tuple[Habit, int], ...] = (
    ("loyal", 12),
    ("regular", 28),
    ("occasional", 32),
    ("asleep", 28),
)
_TIERS: dict[Habit, tuple[int, int, int]] = {  # normal, silver, gold
    "loyal": (10, 45, 45),
    "regular": (55, 38, 7),
    "occasional": (88, 11, 1),
    "asleep": (84, 14, 2),
}
_POINTS: dict[Tier, tuple[int, int]] = {
    "normal": (0, 600),
    "silver": (300, 1600),
    "gold": (1200, 5200),
}
_PREFIXES = (
    "134 135 136 137 138 139 150 151 152 157 158 159 176 177 180 182 186 187 188 189".split()
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@cache
def people(today: date, seed: int = 20_24) -> tuple[Person, ...]:
    """The members, the well-known ones first; ``today`` only anchors joining dates."""
    dice = random.Random(seed)
    known = [_known(number, row, today) for number, row in enumerate(_KNOWN, 1)]
    taken = {person.phone for person in known}
    endings = iter(dice.sample(range(1_000_000), MEMBERS * 2))
    everyone: list[Person] = list(known)
    names = _names(dice, {person.name for person in known})
    while len(everyone) < MEMBERS:
        phone = f"{dice.choice(_PREFIXES)}00{next(endings):06d}"
        if phone not in taken:
            taken.add(phone)
            name, gender = next(names)
            everyone.append(_someone(dice, len(everyone) + 1, name, gender, phone, today))
    return tuple(everyone)


def staff_by_key(key: str) -> Clerk:
    """The clerk with this key."""
    return next(clerk for clerk in STAFF if clerk.key == key)


def _known(number: int, row: _Known, today: date) -> Person:
    name, gender, phone, tier, points, birthday, size, tags, opted_in, years = row
    if birthday == _YESTERDAY:
        yesterday = today - timedelta(days=1)
        birthday = (yesterday.month, yesterday.day)
    return Person(
        number=number,
        name=name,
        gender="f" if gender == "f" else "m",
        phone=phone,
        tier=tier,
        points=points,
        birthday=birthday,
        lunar=False,
        sizes={"top": size, "bottom": size, "waist": "28" if gender == "f" else "33"},
        tags=tuple(tags.split()),
        joined=today - timedelta(days=years * 365 + number * 9),
        opted_in=opted_in,
        weekly_cap=3,
        on_page=True,
        habit="loyal" if tier == "gold" else "regular",
    )


def _names(dice: random.Random, taken: set[str]) -> Iterator[tuple[str, Literal["f", "m"]]]:
    """Endless believable names; a few are borne twice, as in any member list."""
    book = json.loads((SAMPLE / "names.json").read_text("utf-8"))
    entries = [entry.rstrip("0123456789") for entry in book["surnames"].split()]
    weights = [
        int(entry.lstrip(name))
        for entry, name in zip(book["surnames"].split(), entries, strict=True)
    ]
    given = {key: book[key].split() for key in book if key != "surnames"}
    while True:
        gender: Literal["f", "m"] = "f" if dice.random() < 0.68 else "m"
        side = "female" if gender == "f" else "male"
        pool = given[f"{side}_one"] if dice.random() < 0.14 else given[f"{side}_two"]
        name = dice.choices(entries, weights)[0] + dice.choice(pool)
        if name in taken and dice.random() < 0.93:
            continue
        if name in (row[0] for row in _KNOWN):
            continue
        taken.add(name)
        yield name, gender


def _someone(
    dice: random.Random, number: int, name: str, gender: Literal["f", "m"], phone: str, today: date
) -> Person:
    habit = dice.choices([habit for habit, _ in _HABITS], [share for _, share in _HABITS])[0]
    tiers: tuple[Tier, ...] = ("normal", "silver", "gold")
    tier = dice.choices(tiers, _TIERS[habit])[0]
    low, high = _POINTS[tier]
    month = dice.randint(1, 12)
    lunar = dice.random() < 0.12
    day = dice.randint(1, 30 if lunar else _DAYS[month - 1])
    on_page = (
        dice.random() < {"loyal": 0.8, "regular": 0.55, "occasional": 0.3, "asleep": 0.1}[habit]
    )
    age_days = int(40 + 2300 * dice.betavariate(1.2, 1.6))
    if habit == "asleep":
        age_days += 260
    return Person(
        number=number,
        name=name,
        gender=gender,
        phone=phone,
        tier=tier,
        points=int(dice.triangular(low, high, low + (high - low) * 0.3)) // 10 * 10,
        birthday=(month, day),
        lunar=lunar,
        sizes=_sizes(dice, gender),
        tags=_tags(dice, gender, habit),
        joined=today - timedelta(days=age_days),
        opted_in=dice.random() < (0.86 if on_page else 0.6),
        weekly_cap=dice.choices((3, 2, 1), (82, 12, 6))[0],
        on_page=on_page,
        habit=habit,
    )


def _sizes(dice: random.Random, gender: str) -> dict[str, str]:
    labels = ("S", "M", "L", "XL") if gender == "f" else ("M", "L", "XL", "XXL")
    weights = (28, 40, 23, 9) if gender == "f" else (22, 40, 28, 10)
    at = dice.choices(range(4), weights)[0]
    waist = (26, 27, 28, 30) if gender == "f" else (30, 31, 32, 34)
    return {"top": labels[at], "bottom": labels[at], "waist": str(waist[at])}


def _tags(dice: random.Random, gender: str, habit: Habit) -> tuple[str, ...]:
    styles = ["通勤", "休闲", "百搭", "保暖", "简约"]
    styles += (
        ["复古", "法式", "显瘦", "碎花", "新中式", "约会"]
        if gender == "f"
        else ["商务", "户外", "运动", "潮流"]
    )
    count = {"loyal": 3, "regular": 2, "occasional": 1, "asleep": 0}[habit]
    chosen = dice.sample(styles, count)
    extra = ["VIP"] if habit == "loyal" and dice.random() < 0.15 else []
    return ("女装" if gender == "f" else "男装", *chosen, *extra)
