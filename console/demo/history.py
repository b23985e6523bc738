"""Two years of the sample shop: who came when, what they bought, what they wrote.

Pure and seeded: the same moment and seed give the same shop.  Nothing here
knows how the rows are stored.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from console.demo.catalogue import Product, Variant, product, products, variant
from console.demo.people import Habit, Person, people
from console.demo.rhythm import SHOP_ZONE, Calendar, in_season, is_open, moment, opening_time
from console.demo.talks import Chat, chats
from console.demo.told import told

MONTHS = 24
SEED = 19_970_701

# Visits per ordinary month of 30 days.
_VISITS: dict[Habit, float] = {
    "loyal": 1.85,
    "regular": 0.68,
    "occasional": 0.21,
    "asleep": 0.26,
}
_BUYS: dict[Habit, float] = {"loyal": 0.46, "regular": 0.43, "occasional": 0.40, "asleep": 0.34}


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of a receipt."""

    member: int
    variant: Variant
    qty: int
    price_cents: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A member came into the shop."""

    member: int
    at: datetime
    bought: bool


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened, each list in order of time."""

    members: tuple[Person, ...]
    purchases: tuple[Purchase, ...]
    visits: tuple[Visit, ...]
    chats: tuple[Chat, ...]


def history(now: datetime, seed: int = SEED) -> History:
    """The shop's two years up to ``now`` (an aware datetime)."""
    today = now.astimezone(SHOP_ZONE).date()
    members = people(today)
    dice = random.Random(seed)
    bought, seen = _shop_life(dice, members, now, today)
    talking = random.Random(seed + 1)
    newest = tuple(told(talking, members, now))
    return History(
        members=members,
        purchases=tuple(sorted(bought, key=lambda row: (row.at, row.member))),
        visits=tuple(sorted(seen, key=lambda row: (row.at, row.member))),
        chats=tuple(chats(talking, members, now, newest)),
    )


def _shop_life(
    dice: random.Random, members: tuple[Person, ...], now: datetime, today: date
) -> tuple[list[Purchase], list[Visit]]:
    first = today - timedelta(days=MONTHS * 365 // 12)
    calendar = Calendar.between(first, today)
    wardrobe = _Wardrobe()
    bought: list[Purchase] = []
    seen: list[Visit] = []
    for person in members:
        for at in _visit_times(dice, person, calendar, first, today):
            if at >= now:
                continue
            basket = _basket(dice, person, wardrobe, at)
            bought += basket
            seen.append(Visit(person.number, at, bool(basket)))
    _well_known(now, bought, seen)
    return bought, seen


def _visit_times(
    dice: random.Random, person: Person, calendar: Calendar, first: date, today: date
) -> Iterator[datetime]:
    since = max(first, person.joined)
    until = today
    if person.habit == "asleep":
        until = today - timedelta(days=dice.randint(150, 420))
    elif person.number == 1:
        until = today - timedelta(days=75)  # her last weeks are told by hand
    if until < since:
        return
    expected = calendar.weight(since, until) / 30 * _VISITS[person.habit]
    expected *= dice.uniform(0.6, 1.4)
    count = int(expected + dice.random())
    for _ in range(count):
        yield moment(calendar.draw(dice, since, until), opening_time(dice))
    if first <= person.joined <= until and is_open(person.joined):
        yield moment(person.joined, opening_time(dice))


def _basket(
    dice: random.Random, person: Person, wardrobe: _Wardrobe, at: datetime
) -> list[Purchase]:
    if dice.random() > _BUYS[person.habit]:
        return []
    lines = dice.choices((1, 2, 3), (68, 25, 7))[0]
    local = at.astimezone(SHOP_ZONE)
    offer = local.month == 11 and 8 <= local.day <= 11
    rows = []
    for _ in range(lines):
        item = wardrobe.pick(dice, person.gender, local.month)
        chosen = fitting_variant(dice, item, person)
        qty = 2 if item.price_cents < 10_000 and dice.random() < 0.3 else 1
        rows.append(Purchase(person.number, chosen, qty, _price(item, person, offer=offer), at))
    return rows


def fitting_variant(dice: random.Random, item: Product, person: Person) -> Variant:
    """A colour she likes, in the size she wears."""
    colour = dice.choice(item.colours)
    size = fitting_size(item, person)
    return next(v for v in item.variants if v.colour == colour and v.size == size)


def fitting_size(item: Product, person: Person) -> str:
    """The product's size nearest to what the member wears."""
    wanted = person.sizes["waist"] if item.sizes[0].isdigit() else person.sizes["top"]
    if wanted in item.sizes:
        return wanted
    if item.sizes[0].isdigit():
        return min(item.sizes, key=lambda size: abs(int(size) - int(wanted)))
    scale = ("S", "M", "L", "XL", "XXL")
    if item.sizes[0] not in scale:
        return item.sizes[0]
    return min(item.sizes, key=lambda size: abs(scale.index(size) - scale.index(wanted)))


def _price(item: Product, person: Person, *, offer: bool) -> int:
    share = 85 if offer else {"gold": 90, "silver": 95, "normal": 100}[person.tier]
    return item.price_cents * share // 10_000 * 100


class _Wardrobe:
    """What sells in which month, to whom."""

    def __init__(self) -> None:
        self._items = products()
        self._totals: dict[tuple[str, int], list[float]] = {}

    def pick(self, dice: random.Random, gender: str, month: int) -> Product:
        key = gender, month
        if key not in self._totals:
            self._totals[key] = list(
                accumulate(_appeal(item, gender, month) for item in self._items)
            )
        return dice.choices(self._items, cum_weights=self._totals[key])[0]


def _appeal(item: Product, gender: str, month: int) -> float:
    weight = {None: 1.0, True: 2.4, False: 0.25}[in_season(item.category, month)]
    if item.gender == "u":
        weight *= 0.8
    elif item.gender != gender:
        weight *= 0.10 if gender == "f" else 0.05  # presents
    if item.sku[1:] in ("001", "002", "003", "004", "005", "007"):
        weight *= 2.0  # what the shop is known for
    return weight * (0.6 if item.price_cents > 80_000 else 1.0)


def _well_known(now: datetime, bought: list[Purchase], seen: list[Visit]) -> None:
    """The last weeks of 周雨桐, whose conversation opens the inbox."""
    today = now.astimezone(SHOP_ZONE).date()
    local = now.astimezone(SHOP_ZONE).replace(hour=16, minute=20, second=0, microsecond=0)
    for days, sku, colour, size in (
        (69, "W005", "black", "M"),
        (24, "", "", ""),
        (14, "A001", "camel", "均码"),
    ):
        at = moment(today - timedelta(days=days), local.time())
        seen.append(Visit(1, at, bool(sku)))
        if sku:
            item = product(sku)
            price = item.price_cents * 90 // 10_000 * 100
            bought.append(Purchase(1, variant(sku, colour, size), 1, price, at))
