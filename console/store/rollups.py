"""The sums that the relay keeps of campaigns and of who read when, counted anew from the facts.

Reads only, but for ``fill``.  ``relay.tallies`` moves the sums along with every fact; what is
counted here, of everybody or of some members, is what they have to equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
)

from console.domain.attribution import DAY, WINDOWS, day_of
from console.domain.consent import MARKETING
from console.domain.heat_map import PROMPTED
from console.domain.readership import BOUNDS_MS, bucket_of, clock_spans
from console.domain.statistics import OPT_OUT_WINDOW
from console.store import tables
from console.store.dialect import one_of
from console.wire.tally_rows import CampaignTallyRow, ReadershipRow

Place = tuple[int, str]
"""A campaign and one of its variants."""
Span = tuple[int, str]
"""A shop and a span of its clock."""

_DAY_MS: Final = round(DAY.total_seconds() * 1_000)
PROMPTED_MS: Final = round(PROMPTED.total_seconds() * 1_000)
_OPT_OUT_MS: Final = round(OPT_OUT_WINDOW.total_seconds() * 1_000)
_NUMBERS: Final = tuple(
    each.name for each in msgspec.structs.fields(CampaignTallyRow)
    if each.type is int and each.name not in {"id", "rev", "campaign_id"}
)  # fmt: skip
_SPAN_NUMBERS: Final = ("readers", "unprompted")
_LISTS: Final = ("read_within", "answered_within", "read_answered_within")


@dataclass(slots=True)
class Tally:
    """What is counted of one campaign and variant: as a sum, or by how much it changes."""

    numbers: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    read_within: Counter[int] = field(default_factory=Counter)
    answered_within: Counter[int] = field(default_factory=Counter)
    read_answered_within: Counter[int] = field(default_factory=Counter)

    def add(self, other: Tally, sign: int = 1) -> None:
        """Count what another has as well (-1: no more)."""
        for mine, its in ((self.numbers, other.numbers), (self.states, other.states)):
            for name, amount in its.items():
                mine[name] += sign * amount
        for each in _LISTS:
            counts: Counter[int] = getattr(self, each)
            for place, amount in getattr(other, each).items():
                counts[place] += sign * amount

    @property
    def changes(self) -> bool:
        """Whether anything in it is not zero."""
        lists = (getattr(self, each) for each in _LISTS)
        return any(any(each.values()) for each in (self.numbers, self.states, *lists))

    def read(self, elapsed_ms: int) -> None:
        """One more reader, so long after it was written to her."""
        self.numbers["read"] += 1
        bucket = bucket_of(elapsed_ms)
        if bucket < len(BOUNDS_MS):
            self.read_within[bucket] += 1

    def answered(self, elapsed_ms: int, *, is_read: bool) -> None:
        """One more first reply, so long after it was written to her."""
        day = day_of(timedelta(milliseconds=elapsed_ms))
        if day is not None:
            self.answered_within[day] += 1
            self.read_answered_within[day] += is_read

    def read_answer(self, elapsed_ms: int) -> None:
        """Who had answered it so long after it was written to her has read it, too."""
        day = day_of(timedelta(milliseconds=elapsed_ms))
        if day is not None:
            self.read_answered_within[day] += 1

    def values(self, row: CampaignTallyRow | None = None) -> dict[str, Any]:
        """The columns of its row: as a sum, or added to one that stands."""
        whole = Tally()
        if row is not None:
            whole.add(of_row(row))
        whole.add(self)
        return {
            **{name: whole.numbers[name] for name in _NUMBERS},
            "states": {name: amount for name, amount in sorted(whole.states.items()) if amount},
            **{name: _listed(getattr(whole, name)) for name in _LISTS},
        }


def _listed(counts: Counter[int]) -> list[int]:
    """By place; without zeroes at the end."""
    last = max((place for place, amount in counts.items() if amount), default=-1)
    return [counts[place] for place in range(last + 1)]


@dataclass(slots=True)
class Figures:
    """Sums of campaigns by place and of readers by span: whole ones, or changes of them."""

    tallies: dict[Place, Tally] = field(default_factory=dict)
    spans: dict[Span, Counter[str]] = field(default_factory=dict)

    def tally(self, campaign_id: int, variant: str) -> Tally:
        """That of a place."""
        found = self.tallies.get((campaign_id, variant))
        if found is None:
            found = self.tallies[campaign_id, variant] = Tally()
        return found

    def span(self, shop_id: int, span: str) -> Counter[str]:
        """That of a span."""
        found = self.spans.get((shop_id, span))
        if found is None:
            found = self.spans[shop_id, span] = Counter()
        return found

    def less(self, before: Figures) -> Figures:
        """By how much they changed."""
        found = Figures()
        for sign, each in ((1, self), (-1, before)):
            for place, tally in each.tallies.items():
                found.tally(*place).add(tally, sign)
            for span, counts in each.spans.items():
                mine = found.span(*span)
                for name, amount in counts.items():
                    mine[name] += sign * amount
        found.tallies = {place: tally for place, tally in found.tallies.items() if tally.changes}
        found.spans = {span: counts for span, counts in found.spans.items() if any(counts.values())}
        return found


def state_name(state: str, reason: str) -> str:
    """What a recipient is counted as among ``states``."""
    return f"{state}:{reason}" if reason else state


def of_row(row: CampaignTallyRow) -> Tally:
    """The sums of a row."""
    lists = (Counter(dict(enumerate(getattr(row, name)))) for name in _LISTS)
    numbers = Counter({name: getattr(row, name) for name in _NUMBERS})
    return Tally(numbers, Counter(row.states), *lists)


def kept(tallies: Iterable[CampaignTallyRow], spans: Iterable[ReadershipRow]) -> Figures:
    """The sums as rows have them."""
    return Figures(
        {(row.campaign_id, row.variant): of_row(row) for row in tallies},
        {(row.shop_id, row.span): Counter({name: getattr(row, name) for name in _SPAN_NUMBERS})
         for row in spans},
    )  # fmt: skip


def fill(connection: Connection, rev: int) -> None:
    """Write all rows anew; for a database that serves nobody yet."""
    found = counted(connection)
    made: tuple[tuple[Any, list[dict[str, Any]]], ...] = (
        (tables.campaign_tally, [{"campaign_id": campaign, "variant": variant, **tally.values()}
                                 for (campaign, variant), tally in found.tallies.items()]),
        (tables.readership, [{"shop_id": shop, "span": span, "readers": counts["readers"],
                              "unprompted": counts["unprompted"]}
                             for (shop, span), counts in found.spans.items()]),
    )  # fmt: skip
    for table, rows in made:
        connection.execute(table.delete())
        if rows:
            numbered = [{"id": number, "rev": rev, **row} for number, row in enumerate(rows, 1)]
            connection.execute(table.insert(), numbered)


# --- counting -----------------------------------------------------------------------------------


def counted(connection: Connection, member_ids: Collection[int] | None = None) -> Figures:
    """The sums of all facts, or of those of some members alone."""
    found = Figures()
    mine: ColumnElement[bool] = true()
    if member_ids is not None:
        ids = recipients_of(connection, member_ids)
        mine = one_of(connection, tables.recipient.c.id, ids) if ids else literal(False)
    _count_states(connection, mine, found)
    _count_numbers(connection, mine, found)
    _count_times(connection, mine, found)
    _count_answers(connection, mine, found)
    _count_spans(connection, mine, found)
    _count_opt_outs(connection, member_ids, found)
    return found


def recipients_of(connection: Connection, member_ids: Collection[int]) -> list[int]:
    """Ids of the rows that some members have, campaign by campaign: there is no index by member."""
    recipient, campaign = tables.recipient, tables.campaign
    hers = one_of(connection, recipient.c.member_id, member_ids)
    query = select(recipient.c.id).join(campaign, recipient.c.campaign_id == campaign.c.id)
    return list(connection.scalars(query.where(hers)))


_recipient = tables.recipient
_WRITTEN_MS = type_coerce(_recipient.c.written_at, BigInteger)
_READ_MS = type_coerce(_recipient.c.read_at, BigInteger)
_REPLIED_MS = type_coerce(_recipient.c.replied_at, BigInteger)


def _count_states(connection: Connection, mine: ColumnElement[bool], found: Figures) -> None:
    places = (_recipient.c.campaign_id, _recipient.c.variant)
    kinds = (_recipient.c.state, _recipient.c.reason)
    query = select(*places, *kinds, func.count()).where(mine).group_by(*places, *kinds)
    for campaign, variant, state, reason, amount in connection.execute(query):
        tally = found.tally(campaign, variant)
        tally.numbers["audience"] += amount
        tally.states[state_name(state, reason)] += amount


def _count_numbers(connection: Connection, mine: ColumnElement[bool], found: Figures) -> None:
    read = _recipient.c.read_at.is_not(None)
    conditions = {
        "written": true(), "delivered": or_(read, _is_delivered()), "read": read,
        "replied": _recipient.c.replied_at.is_not(None),
        "silent": and_(read, _recipient.c.replied_at.is_(None)),
    }  # fmt: skip
    places = (_recipient.c.campaign_id, _recipient.c.variant)
    sums = [func.sum(case((condition, 1), else_=0)) for condition in conditions.values()]
    written = _recipient.c.written_at.is_not(None)
    query = select(*places, *sums).where(mine, written).group_by(*places)
    for campaign, variant, *amounts in connection.execute(query):
        numbers = found.tally(campaign, variant).numbers
        numbers.update(dict(zip(conditions, map(int, amounts), strict=True)))


def _is_delivered() -> ColumnElement[bool]:
    """Her phone has it, as far as her position in the conversation says."""
    message, position = tables.message, tables.participant
    reached = or_(position.c.delivered_seq >= message.c.seq, position.c.read_seq >= message.c.seq)
    return exists(
        select(message.c.id)
        .join(position, position.c.conversation_id == message.c.conversation_id)
        .where(message.c.id == _recipient.c.message_id, position.c.member_id.is_not(None), reached)
        .correlate(_recipient)
    )


def _count_times(connection: Connection, mine: ColumnElement[bool], found: Figures) -> None:
    places = (_recipient.c.campaign_id, _recipient.c.variant)
    bucket = _bucket(0, len(BOUNDS_MS))
    read = and_(_recipient.c.read_at.is_not(None), _recipient.c.written_at.is_not(None))
    query = select(*places, bucket, func.count()).where(mine, read).group_by(*places, bucket)
    for campaign, variant, number, amount in connection.execute(query):
        if number < len(BOUNDS_MS):
            found.tally(campaign, variant).read_within[number] += amount


def _count_answers(connection: Connection, mine: ColumnElement[bool], found: Figures) -> None:
    """As ``attribution.day_of`` has it."""
    places = (_recipient.c.campaign_id, _recipient.c.variant)
    elapsed, read = _REPLIED_MS - _WRITTEN_MS, _recipient.c.read_at.is_not(None)
    day = case((elapsed > 0, (elapsed - 1) // literal(_DAY_MS, literal_execute=True)), else_=0)
    in_time = _REPLIED_MS.between(_WRITTEN_MS, _WRITTEN_MS + WINDOWS[-1] * _DAY_MS)
    query = select(*places, day, read, func.count()).where(mine, in_time)
    for campaign, variant, place, is_read, amount in connection.execute(
        query.group_by(*places, day, read)
    ):
        tally = found.tally(campaign, variant)
        tally.answered_within[int(place)] += amount
        if is_read:
            tally.read_answered_within[int(place)] += amount


@cache
def _bucket(low: int, high: int) -> ColumnElement[int]:
    """``domain.readership.bucket_of`` said in SQL: half of the buckets are ruled out each time."""
    if low == high:
        return literal(low, literal_execute=True)
    middle = (low + high) // 2
    bound = literal(BOUNDS_MS[middle], literal_execute=True)
    within = bound >= _READ_MS - _WRITTEN_MS
    return case((within, _bucket(low, middle)), else_=_bucket(middle + 1, high))


def _count_spans(connection: Connection, mine: ColumnElement[bool], found: Figures) -> None:
    """Member by member, for in each span she is one reader."""
    campaign, shop = tables.campaign, tables.shop
    query = (
        select(campaign.c.shop_id, shop.c.timezone, _recipient.c.member_id, _READ_MS, _WRITTEN_MS)
        .join(campaign, _recipient.c.campaign_id == campaign.c.id)
        .join(shop, campaign.c.shop_id == shop.c.id)
        .where(mine, tables.RECIPIENT_COUNTED, _recipient.c.read_at.is_not(None),
               _recipient.c.written_at.is_not(None))
        .order_by(_recipient.c.member_id)
    )  # fmt: skip
    hers: dict[Span, set[str]] = {}
    member = None
    for shop_id, timezone, member_id, read, written in connection.execute(query):
        if member_id != member:
            _add_spans(hers, found)
            member = member_id
        clock = clock_spans(read, timezone)
        for span in (clock.hour, clock.month):
            hers.setdefault((shop_id, span), set()).add("readers")
        if read - written > PROMPTED_MS:
            hers[shop_id, clock.hour].add("unprompted")
    _add_spans(hers, found)


def _add_spans(hers: dict[Span, set[str]], found: Figures) -> None:
    for span, kinds in hers.items():
        found.span(*span).update(kinds)
    hers.clear()


def _count_opt_outs(
    connection: Connection, member_ids: Collection[int] | None, found: Figures
) -> None:
    """As ``domain.statistics.opted_out`` has it, among campaigns that count for the cap."""
    consent, received = tables.consent, tables.recipient.alias()
    at = type_coerce(consent.c.at, BigInteger)
    written = type_coerce(received.c.written_at, BigInteger)
    newest = (
        select(received.c.id)
        .where(received.c.member_id == consent.c.member_id, received.c.counted,
               written <= at, written >= at - _OPT_OUT_MS)
        .order_by(written.desc(), received.c.campaign_id.desc())
        .limit(1)
        .correlate(consent)
        .scalar_subquery()
    )  # fmt: skip
    left = select(newest.label("recipient_id")).where(
        consent.c.purpose == MARKETING, ~consent.c.granted
    )
    if member_ids is not None:
        left = left.where(one_of(connection, consent.c.member_id, member_ids))
    blamed = left.subquery()
    query = (
        select(_recipient.c.campaign_id, _recipient.c.variant,
               func.count(_recipient.c.member_id.distinct()))
        .join(blamed, blamed.c.recipient_id == _recipient.c.id)
        .group_by(_recipient.c.campaign_id, _recipient.c.variant)
    )  # fmt: skip
    for campaign, variant, amount in connection.execute(query):
        found.tally(campaign, variant).numbers["opted_out"] += amount
