"""The one place that moves the sums of campaigns and of readers, in the commit of the fact.

``store.rollups`` says what they are sums of.  What happens to thousands at once (writing,
reading, answering) comes here as the change it makes; whatever else moves facts of a member
(merging, erasing, opting out) is surrounded by ``followed``, which counts her before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec.structs import replace
from sqlalchemy import BigInteger, Select, and_, bindparam, case, func, select, type_coerce

from console.domain.audiences import Fate
from console.domain.readership import ClockSpans, clock_spans
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.segments import SCOPE
from console.store import reading, rollups, tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.rollups import PROMPTED_MS, Figures, Place, Span, Tally, state_name
from console.store.row_codec import to_ms
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.tally_rows import CampaignTallyRow, ReadershipRow


class Read(NamedTuple):
    """What a report says of one recipient, and how she stood before it; times in milliseconds.

    Attributes:
        counted: it is a notice that counts for the cap.
        read: when she read it; ``None``: it only came to her phone.
        was_delivered: that much was known of it.
    """

    campaign_id: int
    variant: str
    member_id: int
    counted: bool
    written: int
    replied: int | None
    read: int | None
    was_delivered: bool


# --- changes ------------------------------------------------------------------------------------


def note_audience(tx: Transaction, campaign_id: int, numbers: Mapping[Fate, int]) -> None:
    """Recipients are new: so many of each fate."""
    figures = Figures()
    for (state, reason, variant), count in numbers.items():
        tally = figures.tally(campaign_id, variant)
        tally.numbers["audience"] += count
        tally.states[state_name(state, reason)] += count
    apply(tx, figures)


def note_states(tx: Transaction, moved: Iterable[tuple[Any, Any]]) -> None:
    """Recipients went from one state to another: rows as they were and as they are."""
    figures = Figures()
    alike = Counter(
        (before.campaign_id, before.variant, before.state, before.reason, after.state, after.reason)
        for before, after in moved
    )
    for (campaign_id, variant, *was, state, reason), count in alike.items():
        tally = figures.tally(campaign_id, variant)
        tally.states[state_name(*was)] -= count
        tally.states[state_name(state, reason)] += count
        if state == "written":
            tally.numbers["written"] += count
    apply(tx, figures)


def note_replies(tx: Transaction, rows: Iterable[Any]) -> None:
    """Recipients as they were before their first reply, which is now."""
    figures, now = Figures(), to_ms(tx.now)
    for row in rows:
        tally, is_read = figures.tally(row.campaign_id, row.variant), row.read_at is not None
        tally.numbers["replied"] += 1
        tally.numbers["silent"] -= is_read
        tally.answered(now - to_ms(row.written_at), is_read=is_read)
    apply(tx, figures)


def note_reads(
    tx: Transaction, reads: Sequence[Read], campaigns: Mapping[int, CampaignRow]
) -> None:
    """Before their rows are changed: what these members read, or what came to their phones."""
    figures = Figures()
    for read in reads:
        _add_read(figures.tally(read.campaign_id, read.variant), read)
    _add_readership(tx, reads, campaigns, figures)
    apply(tx, figures)


def _add_read(tally: Tally, read: Read) -> None:
    numbers = tally.numbers
    if not read.was_delivered:
        numbers["delivered"] += 1
    if read.read is None:
        return
    tally.read(read.read - read.written)
    if read.replied is None:
        numbers["silent"] += 1
    else:
        tally.read_answer(read.replied - read.written)


# --- readers of an hour, of a month -------------------------------------------------------------


@cache
def _known_query(dialect_name: str) -> Select[Any]:
    """Of members who read in a month: whether in an hour of it, too, and unprompted there.

    An index alone answers it.
    """
    recipient = tables.recipient
    read, written = (type_coerce(column, BigInteger)
                     for column in (recipient.c.read_at, recipient.c.written_at))  # fmt: skip
    in_hour = and_(read >= bindparam("hour_begin"), read < bindparam("hour_end"))
    alone = and_(in_hour, read - written > PROMPTED_MS)
    query = (
        select(recipient.c.member_id,
               *(func.max(case((each, 1), else_=0)).label(name)
                 for name, each in (("in_hour", in_hour), ("alone", alone))))
        .where(one_of_named(dialect_name, recipient.c.member_id, "members"),
               tables.RECIPIENT_COUNTED, recipient.c.read_at.is_not(None),
               read >= bindparam("month_begin"), read < bindparam("month_end"))
        .group_by(recipient.c.member_id)
    )  # fmt: skip
    return reading.prepared(dialect_name, query)


def _add_readership(
    tx: Transaction, reads: Sequence[Read], campaigns: Mapping[int, CampaignRow], figures: Figures
) -> None:
    """Each member is one reader of her hour and of her month, whatever else she read in it."""
    timezones: dict[int, str] = {}
    found: dict[tuple[int, ClockSpans], list[Read]] = {}
    for each in reads:
        if not each.counted or each.read is None:
            continue
        shop_id = campaigns[each.campaign_id].shop_id
        if shop_id not in timezones:
            timezones[shop_id] = timezone_of(tx, shop_id)
        place = (shop_id, clock_spans(each.read, timezones[shop_id]))
        found.setdefault(place, []).append(each)
    new_in_month: set[tuple[int, str, int]] = set()
    for (shop_id, clock), those in found.items():
        known = _known(tx, clock, {each.member_id for each in those})
        fresh = {(shop_id, clock.month, each.member_id)
                 for each in those if each.member_id not in known}  # fmt: skip
        figures.span(shop_id, clock.month)["readers"] += len(fresh - new_in_month)
        new_in_month |= fresh
        figures.span(shop_id, clock.hour).update(_new_in_hour(those, known))


def _known(
    tx: Transaction, clock: ClockSpans, member_ids: Collection[int]
) -> dict[int, tuple[int, int]]:
    name = tx.connection.dialect.name
    rows = reading.numbers(
        tx.connection, _known_query(name), members=listed(name, member_ids),
        hour_begin=clock.hour_begin, hour_end=clock.hour_end,
        month_begin=clock.month_begin, month_end=clock.month_end,
    )  # fmt: skip
    return {member_id: (in_hour, alone) for member_id, in_hour, alone in rows}


def _new_in_hour(reads: Iterable[Read], known: Mapping[int, tuple[int, int]]) -> dict[str, int]:
    every, alone = set(), set()
    for each in reads:
        in_hour, was_alone = known.get(each.member_id, (0, 0))
        if not in_hour:
            every.add(each.member_id)
        if not was_alone and each.read is not None and each.read - each.written > PROMPTED_MS:
            alone.add(each.member_id)
    return {"readers": len(every), "unprompted": len(alone)}


# --- before and after ---------------------------------------------------------------------------


@contextmanager
def followed(tx: Transaction, member_ids: Collection[int]) -> Iterator[None]:
    """Whatever is done meanwhile to facts of these members, the sums go along."""
    if not member_ids:
        yield
        return
    before = rollups.counted(tx.connection, member_ids)
    yield
    apply(tx, rollups.counted(tx.connection, member_ids).less(before))


def taken_in(tx: Transaction, member_ids: Iterable[int]) -> list[int]:
    """Members and everybody merged into one of them, directly or through another."""
    member = tables.member
    found = list(member_ids)
    for one_id in found:
        query = select(member.c.id).where(member.c.merged_into == one_id)
        found.extend(tx.connection.scalars(query))
    return found


def concerned(tx: Transaction, member_ids: Iterable[int]) -> list[int]:
    """Whose sums may change with these members and their conversations.

    A campaign may lie there that was written to somebody who was one of them at that time.
    """
    found = taken_in(tx, member_ids)
    message, thread = tables.message, tables.conversation
    addressed = (
        select(message.c.addressee_id)
        .distinct()
        .join(thread, message.c.conversation_id == thread.c.id)
        .where(one_of(tx.connection, thread.c.member_id, found), message.c.campaign_id.is_not(None))
    )
    return sorted({*found, *tx.connection.scalars(addressed)})


def blamed_later(tx: Transaction, member_ids: Collection[int]) -> list[int]:
    """Who of them opted out at this moment or, since the clock was set back, after it.

    What is written to her now takes the blame from what was written before.
    """
    if not member_ids:
        return []
    name = tx.connection.dialect.name
    query = _opted_out_query(name)
    found = reading.numbers(tx.connection, query, members=listed(name, member_ids), since=tx.now)
    return [row[0] for row in found]


@cache
def _opted_out_query(dialect_name: str) -> Select[Any]:
    """Asked in every slice of a campaign: built once."""
    consent = tables.consent
    query = (
        select(consent.c.member_id)
        .distinct()
        .where(
            one_of_named(dialect_name, consent.c.member_id, "members"),
            consent.c.at >= bindparam("since", type_=consent.c.at.type),
            ~consent.c.granted,
        )
    )
    return reading.prepared(dialect_name, query)


def forget_campaign(tx: Transaction, campaign_id: int) -> None:
    """Nobody is, or ever was, in its audience."""
    table = tables.campaign_tally
    query = select(table.c.id).where(table.c.campaign_id == campaign_id)
    tx.delete(table, list(tx.connection.scalars(query)), [SCOPE])


def recount(tx: Transaction) -> int:
    """Bring all sums to what a recount gives; how many of them were not."""
    connection = tx.connection
    kept = rollups.kept(*(reading.fetch(connection, table)
                          for table in (tables.campaign_tally, tables.readership)))  # fmt: skip
    wrong = rollups.counted(connection).less(kept)
    apply(tx, wrong)
    return len(wrong.tallies) + len(wrong.spans)


# --- writing ------------------------------------------------------------------------------------


@cache
def _tallies_query(dialect_name: str) -> Select[Any]:
    table = tables.campaign_tally
    where = one_of_named(dialect_name, table.c.campaign_id, "campaigns")
    return reading.prepared(dialect_name, reading.rows_of(table).where(where))


@cache
def _spans_query(dialect_name: str) -> Select[Any]:
    table = tables.readership
    where = one_of_named(dialect_name, table.c.span, "spans")
    return reading.prepared(dialect_name, reading.rows_of(table).where(where))


def apply(tx: Transaction, change: Figures) -> None:
    """Add a change to the sums."""
    tallies = {place: tally for place, tally in change.tallies.items() if tally.changes}
    if tallies:
        _apply_tallies(tx, tallies)
    spans = {span: counts for span, counts in change.spans.items() if any(counts.values())}
    if spans:
        _apply_spans(tx, spans)


def _apply_tallies(tx: Transaction, tallies: Mapping[Place, Tally]) -> None:
    table, name = tables.campaign_tally, tx.connection.dialect.name
    campaigns = listed(name, {campaign for campaign, _ in tallies})
    rows: list[CampaignTallyRow] = reading.run_prepared(
        tx.connection, table, _tallies_query(name), campaigns=campaigns
    )
    there = {(row.campaign_id, row.variant): row for row in rows}
    old = [place for place in tallies if place in there]
    fresh = [place for place in tallies if place not in there]
    tx.update_whole(table, [
        replace(there[place], rev=tx.rev, **tallies[place].values(there[place])) for place in old
    ], _TALLIED)  # fmt: skip
    ids = tx.new_ids(table, len(fresh)) if fresh else range(0)
    tx.insert_whole(table, [
        CampaignTallyRow(id=row_id, rev=tx.rev, campaign_id=place[0], variant=place[1],
                         **tallies[place].values())
        for row_id, place in zip(ids, fresh, strict=True)
    ], ("id", "campaign_id", "variant", *_TALLIED))  # fmt: skip


def _apply_spans(tx: Transaction, spans: Mapping[Span, Counter[str]]) -> None:
    table, name = tables.readership, tx.connection.dialect.name
    rows: list[ReadershipRow] = reading.run_prepared(
        tx.connection, table, _spans_query(name), spans=listed(name, {span for _, span in spans})
    )
    there = {(row.shop_id, row.span): row for row in rows}
    fresh = [span for span in spans if span not in there]
    tx.update_whole(table, [
        replace(row, rev=tx.rev, readers=row.readers + spans[span]["readers"],
                unprompted=row.unprompted + spans[span]["unprompted"])
        for span, row in there.items() if span in spans
    ], _SPANNED)  # fmt: skip
    ids = tx.new_ids(table, len(fresh)) if fresh else range(0)
    tx.insert_whole(table, [
        ReadershipRow(id=row_id, rev=tx.rev, shop_id=shop_id, span=span,
                      readers=spans[shop_id, span]["readers"],
                      unprompted=spans[shop_id, span]["unprompted"])
        for row_id, (shop_id, span) in zip(ids, fresh, strict=True)
    ], ("id", "shop_id", "span", *_SPANNED))  # fmt: skip


_TALLIED: Final = tuple(
    name for name in CampaignTallyRow.__struct_fields__
    if name not in {"id", "rev", "campaign_id", "variant"}
)  # fmt: skip
_SPANNED: Final = ("readers", "unprompted")
