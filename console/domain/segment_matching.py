"""Whether one member is in a segment, in plain Python.  Standard library only.

What ``store.segment_query`` asks a database is tested against this, and it answers for a single
member whose facts are at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from console.domain.birthdays import kept_between
from console.domain.segments import (
    GONE_STATES,
    Answered,
    Asked,
    Birthday,
    Bought,
    Bucket,
    Choice,
    Dated,
    Group,
    Items,
    Leaf,
    Listed,
    Marketing,
    Noticed,
    Offered,
    Points,
    Range,
    Rule,
    Sized,
    Tagged,
    Visited,
)
from console.domain.spans import When, inside, moments

ONCE = Range(1)


@dataclass(frozen=True, slots=True)
class Deal:
    """A purchase, or a question about a product: what it was, when, and for how much (cents)."""

    at: datetime
    product: int | None = None
    category: str = ""
    wearer: str = ""
    pieces: int = 1
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A marketing notice that was written to her.

    Attributes:
        campaigns: its campaign, and those it is a resend or an occurrence of.
        offers: the campaigns of the offer it carries, as ``Coupon.campaigns``; none: it has none.
        recalled: taken back since; who had read it has read it still.
    """

    at: datetime
    campaigns: frozenset[int] = frozenset()
    read: bool = False
    answered: bool = False
    recalled: bool = False
    offers: frozenset[int] = frozenset()

    def is_one(self, did: str) -> bool:
        """Whether she did that with it."""
        if did == "unread":
            return not self.read and not self.recalled
        return {"received": True, "read": self.read, "answered": self.answered}[did]


@dataclass(frozen=True, slots=True)
class Reply:
    """Her answer to a question; ``choice`` ``None``: in her own words.

    ``campaigns``: its campaign, and that of which it is an occurrence.
    """

    campaigns: frozenset[int]
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon of hers; ``campaigns``: that of its offer, and that of which it is an occurrence."""

    campaigns: frozenset[int]
    redeemed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may ask about one member."""

    id: int
    state: str = "known"
    gender: str = ""
    tier: str = "basic"
    marketing: bool = False
    points: int = 0
    bucket: int = 0
    birthday: str = ""
    birthday_lunar: bool = False
    sizes: Mapping[str, str] = field(default_factory=dict)
    joined: datetime | None = None
    created: datetime | None = None
    seen: datetime | None = None
    tags: frozenset[str] = frozenset()
    purchases: tuple[Deal, ...] = ()
    enquiries: tuple[Deal, ...] = ()
    visits: tuple[datetime, ...] = ()
    notices: tuple[Notice, ...] = ()
    replies: tuple[Reply, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    stands_for: frozenset[int] = frozenset()
    """Members who were merged into her, directly or one after the other."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates are counted from: the shop's day and where its days begin."""

    today: date
    zone: tzinfo

    def holds(self, when: When, at: datetime | None) -> bool:
        """Whether a moment lies in a span."""
        return inside(at, moments(when, self.today, self.zone))


def matches(rule: Rule, facts: Facts, today: date, zone: tzinfo) -> bool:
    """Whether the member is in the segment.

    The rule must be ``segments.expanded``: a leaf that names another segment raises ``KeyError``.
    """
    return facts.state not in GONE_STATES and _holds(rule, facts, Clock(today, zone))


def _holds(rule: Rule, facts: Facts, clock: Clock) -> bool:
    if not isinstance(rule, Group):
        return _ASK[type(rule)](rule, facts, clock)
    parts = (_holds(part, facts, clock) for part in rule.parts)
    return all(parts) if rule.operation == "all" else any(parts) == (rule.operation == "any")


def _birthday(leaf: Birthday, facts: Facts, clock: Clock) -> bool:
    solar, lunar = kept_between(leaf.window, clock.today)
    if facts.birthday_lunar:
        return leaf.calendar != "solar" and facts.birthday in lunar
    return leaf.calendar != "lunar" and facts.birthday in solar


def _bought(leaf: Bought, facts: Facts, clock: Clock) -> bool:
    deals = list(_fitting(facts.purchases, leaf.items, leaf.when, clock))
    if leaf.pieces is None and leaf.amount is None:
        return bool(deals)
    pieces, amount = sum(deal.pieces for deal in deals), sum(deal.amount for deal in deals)
    return (leaf.pieces is None or leaf.pieces.holds(pieces)) and (
        leaf.amount is None or leaf.amount.holds(amount)
    )


def _visited(leaf: Visited, facts: Facts, clock: Clock) -> bool:
    times = sum(clock.holds(leaf.when, at) for at in facts.visits)
    return (leaf.times or ONCE).holds(times)


def _asked(leaf: Asked, facts: Facts, clock: Clock) -> bool:
    times = len(list(_fitting(facts.enquiries, leaf.items, leaf.when, clock)))
    return (leaf.times or ONCE).holds(times)


def _noticed(leaf: Noticed, facts: Facts, clock: Clock) -> bool:
    times = sum(
        notice.is_one(leaf.did) and clock.holds(leaf.when, notice.at)
        and (not leaf.campaigns or not notice.campaigns.isdisjoint(leaf.campaigns))
        for notice in facts.notices
    )  # fmt: skip
    return (leaf.times or ONCE).holds(times)


def _answered(leaf: Answered, facts: Facts, _: Clock) -> bool:
    return any(
        leaf.campaign in reply.campaigns and (not leaf.choices or reply.choice in leaf.choices)
        for reply in facts.replies
    )


def _offered(leaf: Offered, facts: Facts, _: Clock) -> bool:
    held = [coupon for coupon in facts.coupons if leaf.campaign in coupon.campaigns]
    if leaf.did != "unclaimed":
        return any(coupon.redeemed or leaf.did == "claimed" for coupon in held)
    told = (notice for notice in facts.notices if notice.read or not notice.recalled)
    return not held and any(leaf.campaign in notice.offers for notice in told)


def _fitting(deals: Iterable[Deal], items: Items, when: When, clock: Clock) -> Iterable[Deal]:
    return (deal for deal in deals if clock.holds(when, deal.at) and _fits(items, deal))


def _fits(items: Items, deal: Deal) -> bool:
    return (
        (not items.categories or deal.category in items.categories)
        and (not items.products or deal.product in items.products)
        and (not items.wearer or deal.wearer == items.wearer)
    )


_ASK: dict[type[Leaf], Callable[[Any, Facts, Clock], bool]] = {
    Choice: lambda leaf, facts, _: getattr(facts, leaf.column) in leaf.values,
    Marketing: lambda leaf, facts, _: facts.marketing == leaf.granted,
    Dated: lambda leaf, facts, clock: clock.holds(leaf.when, getattr(facts, leaf.column)),
    Sized: lambda leaf, facts, _: facts.sizes.get(leaf.part) in leaf.values,
    Tagged: lambda leaf, facts, _: not facts.tags.isdisjoint(leaf.tags),
    Points: lambda leaf, facts, _: leaf.amount.holds(facts.points),
    Birthday: _birthday,
    Bought: _bought,
    Visited: _visited,
    Asked: _asked,
    Noticed: _noticed,
    Answered: _answered,
    Offered: _offered,
    Listed: lambda leaf, facts, _: not {facts.id, *facts.stands_for}.isdisjoint(leaf.members),
    Bucket: lambda leaf, facts, _: leaf.first <= facts.bucket <= leaf.last,
}
