"""Random rules of segments, and random members whose facts they may meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from console.domain import segments as s
from console.domain.birthdays import CALENDARS, WINDOWS, Ahead, Dates, Named
from console.domain.lunar import lunar_days
from console.domain.segment_matching import Coupon, Deal, Facts, Notice, Reply
from console.domain.spans import THIS, UNITS, Ago, Span, This

TODAY = date(2026, 3, 31)
ZONES = tuple(map(ZoneInfo, ("Asia/Shanghai", "America/New_York", "UTC")))
TAGS = ("复古", "通勤", "it's")
SIZES = ("S", "M", "XL")
PARTS = ("top", "bottom", 'a"b')
PRODUCTS = (
    (1, "风衣", "f"),
    (2, "风衣", "m"),
    (3, "裙子", "f"),
    (4, "", "u"),
)
"""Id, category and wearer."""
CATEGORIES = ("风衣", "裙子", "没有的")
CAMPAIGNS = ((1, "campaign", None), (2, "resend", 1), (3, "correction", 1), (4, "campaign", None),
             (5, "occurrence", 4), (6, "resend", 5))  # fmt: skip
"""Id, kind and parent."""
OFFERING = (1, 5)
"""Campaigns that offered something: the series 4 did so only in the occurrence."""
NAMED = (1, 2, 4, 5, 9)
MEMBERS = range(1, 7)
_NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)


def values(of: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    """One to all of these, in any order."""
    return st.lists(st.sampled_from(of), min_size=1, unique=True).map(tuple)


def ranges(most: int) -> st.SearchStrategy[s.Range]:
    """A range that is not open on both sides."""
    number = st.none() | st.integers(0, most)
    pairs = st.tuples(number, number).filter(lambda pair: pair != (None, None))
    return pairs.map(
        lambda pair: s.Range(*(pair if None in pair else sorted(pair)))  # type: ignore[type-var, arg-type]
    )


def near() -> st.SearchStrategy[date]:
    """Days close to today."""
    return st.integers(-12, 3).map(lambda days: TODAY + timedelta(days=days))


def dates() -> st.SearchStrategy[date]:
    """Days around today, half of them close."""
    return near() | st.dates(date(2024, 12, 1), date(2026, 6, 1))


def whens() -> st.SearchStrategy[Any]:
    """Spans of every kind."""
    day = st.none() | dates() | st.builds(Ago, st.integers(0, 15), st.sampled_from(UNITS))
    always = st.just(s.ALWAYS)
    span = st.builds(Span, day, day).filter(
        lambda span: (
            not (isinstance(span.first, date) and isinstance(span.last, date))
            or span.first <= span.last
        )
    )
    return always | span | st.sampled_from(THIS).map(This)


def birthdays() -> st.SearchStrategy[str]:
    """Days of a leap year, dense where something special happens."""
    special = st.sampled_from(["02-28", "02-29", "03-01", "12-30", "12-29", "03-31", "04-06"])
    return special | dates().map(lambda day: f"{day:%m-%d}")


def windows() -> st.SearchStrategy[Any]:
    """Windows of every kind."""
    return (
        st.integers(0, 40).map(Ahead)
        | st.sampled_from(WINDOWS).map(Named)
        | st.builds(Dates, birthdays(), birthdays())
    )


def items() -> st.SearchStrategy[s.Items]:
    """Products of every kind, most often any."""
    return st.just(s.Items()) | st.builds(
        s.Items,
        st.just(()) | values(CATEGORIES),
        st.just(()) | values(tuple(product[0] for product in PRODUCTS)),
        st.just("") | st.sampled_from(s.WEARERS),
    )


def leaves(saved: tuple[int, ...] = ()) -> st.SearchStrategy[s.Rule]:
    """Every kind of leaf; with ``saved``, also those that name a saved segment."""
    choices = [st.builds(s.Choice, st.just(column), values(of)) for column, of in s.CHOICES.items()]
    pieces, amount = st.none() | ranges(5), st.none() | ranges(900)
    kinds = [
        *choices,
        st.builds(s.Marketing, st.booleans()),
        st.builds(s.Dated, st.sampled_from(s.DATED), whens()),
        st.builds(s.Sized, st.sampled_from(PARTS), values(SIZES)),
        st.builds(s.Tagged, values(TAGS)),
        st.builds(s.Points, ranges(100)),
        st.builds(s.Birthday, windows(), st.sampled_from(CALENDARS)),
        st.builds(s.Bought, items(), whens(), pieces, amount),
        st.builds(s.Visited, whens(), st.none() | ranges(3)),
        st.builds(s.Asked, items(), whens(), st.none() | ranges(3)),
        st.builds(
            s.Noticed,
            st.sampled_from(s.DEEDS),
            st.just(()) | values(NAMED),
            whens(),
            st.none() | ranges(3),
        ),
        st.builds(s.Answered, st.sampled_from(NAMED), st.just(()) | values((0, 1, 7))),
        st.builds(s.Offered, st.sampled_from(NAMED), st.sampled_from(s.CLAIMS)),
        st.builds(s.Listed, values(tuple(MEMBERS))),
        st.integers(0, 9_999).flatmap(
            lambda first: st.builds(s.Bucket, st.just(first), st.integers(first, 9_999))
        ),
    ]
    if saved:
        kinds.append(st.builds(s.Saved, st.sampled_from(saved)))
    return st.one_of(kinds)


def rules(saved: tuple[int, ...] = ()) -> st.SearchStrategy[s.Rule]:
    """Trees of rules; groups within groups are rarely deeper than four."""
    tree = st.recursive(
        leaves(saved),
        lambda parts: st.builds(
            s.Group,
            st.sampled_from(s.OPERATIONS),
            st.lists(parts, min_size=1, max_size=4).map(tuple),
        ),
        max_leaves=12,
    )
    return tree | st.just(s.EVERYBODY)


def moments() -> st.SearchStrategy[datetime]:
    """Moments of 15 months; half of them stand at a midnight of these days, or just beside it."""
    hours = st.integers(0, 24 * 480).map(lambda hour: _NEW_YEAR + timedelta(hours=hour))
    midnights = st.builds(
        lambda day, zone: datetime.combine(day, time(), zone).astimezone(UTC),
        near(),
        st.sampled_from(ZONES),
    )
    beside = st.sampled_from([-1, 0, 0, 1]).map(lambda shift: timedelta(milliseconds=shift))
    return st.builds(lambda at, shift: at + shift, hours | midnights, beside)


def deals() -> st.SearchStrategy[tuple[Deal, ...]]:
    """Purchases or questions; one in five of a product nobody knows any more."""
    product = st.sampled_from([*PRODUCTS, (None, "", "")])
    one = st.builds(
        lambda at, what, pieces, amount: Deal(at, *what, pieces, amount),
        moments(), product, st.integers(1, 3), st.integers(0, 400),
    )  # fmt: skip
    return st.lists(one, max_size=4).map(tuple)


def notices() -> st.SearchStrategy[tuple[Notice, ...]]:
    """At most one of each campaign; a correction is none of them."""
    written = st.sampled_from([number for number, kind, _ in CAMPAIGNS if kind != "correction"])
    flags = st.booleans()
    found = st.builds(
        lambda at, number, read, answered, recalled: Notice(
            at, frozenset(family(number)), read, answered, recalled, _offers(number)
        ),
        moments(), written, flags, flags, flags,
    )  # fmt: skip
    return st.lists(found, max_size=4, unique_by=lambda each: each.campaigns).map(tuple)


def replies() -> st.SearchStrategy[tuple[Reply, ...]]:
    """At most one to each campaign that has a tally: what was sent again has none."""
    first = st.sampled_from([number for number, kind, _ in CAMPAIGNS if kind != "resend"])
    choice = st.none() | st.integers(0, 2)
    found = st.builds(
        lambda number, choice: Reply(frozenset(_series(number)), choice), first, choice
    )
    return st.lists(found, max_size=3, unique_by=lambda each: each.campaigns).map(tuple)


def _series(number: int) -> list[int]:
    """A campaign, and the series of which it is an occurrence."""
    return [number, *(parent for one, kind, parent in CAMPAIGNS
                      if one == number and kind == "occurrence" and parent)]  # fmt: skip


def coupons() -> st.SearchStrategy[tuple[Coupon, ...]]:
    """At most one of each offer, whether she was told of it or not."""
    found = st.builds(
        lambda number, redeemed: Coupon(_offers(number), redeemed),
        st.sampled_from(OFFERING), st.booleans(),
    )  # fmt: skip
    return st.lists(found, max_size=2, unique_by=lambda each: each.campaigns).map(tuple)


def _offers(number: int) -> frozenset[int]:
    """The campaigns of the offer that a campaign, or what was sent again of it, carries."""
    kinds = {one: (kind, parent) for one, kind, parent in CAMPAIGNS}
    kind, parent = kinds[number]
    if kind == "resend" and parent:
        return _offers(parent)
    return frozenset(_series(number)) if number in OFFERING else frozenset()


def family(number: int) -> list[int]:
    """A campaign and those it goes back to."""
    parents = {one: parent for one, _, parent in CAMPAIGNS}
    found = [number]
    while (parent := parents.get(found[-1])) is not None:
        found.append(parent)
    return found


def facts(number: int) -> st.SearchStrategy[Facts]:
    """One member."""
    maybe = st.none() | moments()
    lunar = st.sampled_from([day for each in range(60) for day in lunar_days(_day(each))])
    birthday = (
        st.just(("", False))
        | st.tuples(birthdays(), st.just(False))
        | st.tuples(lunar, st.just(True))
    )
    return st.builds(
        lambda born, **more: Facts(number, birthday=born[0], birthday_lunar=born[1], **more),
        birthday,
        state=st.sampled_from(["known", "guest", "confirmed", "confirmed", "merged", "erased"]),
        gender=st.sampled_from(s.CHOICES["gender"]), tier=st.sampled_from(s.CHOICES["tier"]),
        marketing=st.booleans(), points=st.integers(0, 100), bucket=st.integers(0, 9_999),
        sizes=st.dictionaries(st.sampled_from(PARTS), st.sampled_from(SIZES)),
        joined=maybe, created=maybe, seen=maybe,
        tags=st.sets(st.sampled_from(TAGS)).map(frozenset),
        purchases=deals(), enquiries=deals().map(_asked),
        visits=st.lists(moments(), max_size=4).map(tuple), notices=notices(),
        replies=replies(), coupons=coupons(),
    )  # fmt: skip


@dataclass(frozen=True)
class RandomShop:
    """Members, and into whom those were merged who were."""

    members: list[Facts]
    merged_into: dict[int, int]


def shops() -> st.SearchStrategy[RandomShop]:
    """A handful of members; who was merged went into one with a higher number."""
    heirs = st.dictionaries(st.sampled_from(MEMBERS), st.integers(1, len(MEMBERS)))
    return st.builds(_shop, st.tuples(*(facts(number) for number in MEMBERS)), heirs)


def _shop(members: tuple[Facts, ...], ahead: dict[int, int]) -> RandomShop:
    gone = [one.id for one in members if one.state == "merged" and one.id < MEMBERS[-1]]
    merged = {one: min(one + ahead.get(one, 1), MEMBERS[-1]) for one in gone}
    stands_for: dict[int, set[int]] = {one.id: set() for one in members}
    for one, first in merged.items():
        heir: int | None = first
        while heir is not None:
            stands_for[heir].add(one)
            heir = merged.get(heir)
    found = [replace(one, stands_for=frozenset(stands_for[one.id])) for one in members]
    return RandomShop(found, merged)


def _day(number: int) -> date:
    return TODAY + timedelta(days=number - 10)


def _asked(found: tuple[Deal, ...]) -> tuple[Deal, ...]:
    """A question is about a product that is there, and has no amount."""
    return tuple(Deal(deal.at, deal.product, deal.category, deal.wearer)
                 for deal in found if deal.product is not None)  # fmt: skip
