"""Segments: kept under names, counted while a rule is being built, said in words.

Everything is answered by the replica, also offline.  What is saved shows at once; a refused
change stays with its reason until it is saved again or given up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import msgspec

from console.desk import segment_facts
from console.desk.identity import new_client_id
from console.desk.segment_facts import COUNTED, SegmentChoices
from console.desk.types import Changed, Value
from console.domain import segments as domain
from console.domain.segment_json import to_json
from console.domain.segment_parsing import parse
from console.domain.segment_sentence import sentence
from console.domain.segments import Fault, Rule
from console.store import overlay_segments, replica_members, replica_queries
from console.store.overlay_segments import LANE, LaidSegment
from console.store.replica import Connection
from console.sync.http import Offline
from console.wire.commands import DuplicateSegment, RemoveSegment, SaveSegment
from console.wire.rows import MemberRow
from console.wire.segment_faults import refusal

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

SCOPE: Final = "campaigns"
_KEPT_COUNTS: Final = 64
_CHOICES_FRESH_S: Final = 60.0


class SavedSegment(Value, frozen=True, kw_only=True):
    """A segment under its name.

    Attributes:
        id: by which other rules name it; 0 until the relay knows it.
        rev: what a change of it is based on.
        used_by: names of the segments that use it: it cannot be removed before them.
        waiting: its last change is not on the relay yet.
        failure: reason code of a refused change; ``parameters`` fill its sentence.
        entry: the refused change in the outbox, 0 without one.
    """

    client_id: str
    name: str
    rule: Rule
    id: int = 0
    rev: int = 0
    used_by: tuple[str, ...] = ()
    waiting: bool = False
    failure: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: int = 0


class SegmentCount(Value, frozen=True, kw_only=True):
    """How many members a rule means.

    Attributes:
        members: so many.
        at: when they were counted; nothing that the rule asks about has changed since.
        whole: nobody is missing: the shop is copied here to its end, and who read what longer
            ago than is kept here was counted by the relay.
    """

    members: int
    at: datetime
    whole: bool = True


class SegmentMember(Value, frozen=True, kw_only=True):
    """One of a segment's members."""

    member_id: int
    name: str
    phone: str = ""
    tier: str = "basic"
    state: str = "known"


class ImportedList(Value, frozen=True, kw_only=True):
    """A list of phones on its way; ``unknown`` are the places of numbers that are nobody's.

    ``None``: the relay has not answered yet.
    """

    client_id: str
    unknown: tuple[int, ...] | None = None


class SegmentsDesk:
    """``SegmentsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._turn = asyncio.Lock()
        self._newest = self._changes = 0
        self._choices: tuple[float, SegmentChoices] | None = None
        self._counts: dict[tuple[bytes, date], tuple[frozenset[str], SegmentCount]] = {}
        self._inbox.on_changed(self._drop_counts)

    def on_stale(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after something came in that a count may rest on."""
        return self._inbox.on_tables(COUNTED, listener)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after saved segments may have changed; returns what ends that."""
        return self._inbox.on_tables({"segment", "outbox"}, listener)

    # --- kept ones ------------------------------------------------------------------------

    async def saved(self) -> list[SavedSegment]:
        """All of them, by name."""
        laid = await self._laid()
        rules = {each.row.client_id: parse(each.row.rule) for each in laid}
        items = [_item(each, rules, laid) for each in laid]
        return sorted(items, key=lambda item: (item.name.casefold(), item.client_id))

    async def save(
        self, *, client_id: str = "", name: str | None = None, rule: Rule | None = None,
        base_rev: int = 0,
    ) -> str:  # fmt: skip
        """Make one ("" for ``client_id``) or change what is named; returns its ``client_id``.

        ``base_rev`` is the ``rev`` it was edited from: changed elsewhere since, it is refused.
        Raises ``Refusal`` when the rule cannot be.
        """
        if rule is not None:
            rule = self._sound(rule)
        key = client_id or new_client_id()
        laid = {each.row.client_id: each for each in await self._laid()}.get(key)
        if laid is not None and laid.failed is not None:
            await self.discard(laid.failed.position)
        elif laid is not None and laid.waiting:
            base_rev = 0  # what one changed oneself and has not heard of is no conflict
        await self._queue(SaveSegment(
            client_id=key, display_name=name, rule=None if rule is None else to_json(rule),
            base_rev=base_rev,
        ), key)  # fmt: skip
        return key

    async def import_phones(self, name: str, phones: Sequence[str]) -> ImportedList:
        """Keep the members with these numbers as a segment.  Raises ``Refusal``."""
        key = new_client_id()
        rule = {"leaf": "members", "phones": list(phones)}
        command = SaveSegment(client_id=key, display_name=name, rule=rule)
        answer = await self._inbox.outgoing.call(command, lane=LANE, scope=SCOPE, key=key)
        unknown = None if answer is None else tuple(answer["unknown"])
        return ImportedList(client_id=key, unknown=unknown)

    async def duplicate(self, client_id: str, name: str) -> str:
        """The same rule under another name; returns the copy's ``client_id``."""
        key = new_client_id()
        await self._queue(DuplicateSegment(client_id=key, source=client_id, display_name=name), key)
        return key

    async def remove(self, client_id: str) -> None:
        """Keep it no longer; refused while others use it."""
        await self._queue(RemoveSegment(client_id=client_id), client_id)

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)

    async def _queue(self, command: SaveSegment | DuplicateSegment | RemoveSegment,
                     key: str) -> None:  # fmt: skip
        await self._inbox.outgoing.queue(command, lane=LANE, scope=SCOPE, key=key)

    async def _laid(self) -> list[LaidSegment]:
        entries = self._station.outbox.entries
        rows = await self._station.read(replica_queries.table_rows, "segment")
        # A list of phones has no members before the relay put them there.
        return [
            each for each in overlay_segments.laid_over(rows, entries)
            if "phones" not in each.row.rule
        ]  # fmt: skip

    def _sound(self, rule: Rule) -> Rule:
        try:
            return parse(to_json(rule))
        except Fault as fault:
            raise refusal(fault) from fault

    # --- counting -------------------------------------------------------------------------

    async def count(self, rule: Rule) -> SegmentCount | None:
        """How many members the rule means; ``None``: a newer question took this one's place.

        One question is asked at a time, and of those that wait only the newest.  Raises
        ``Refusal`` when the rule cannot be asked.
        """
        self._newest += 1
        mine = self._newest
        async with self._turn:
            return await self._count(rule) if mine == self._newest else None

    async def _count(self, rule: Rule) -> SegmentCount:
        written = await self._written_out(rule)
        zone = ZoneInfo(self._inbox.me.timezone)
        today = datetime.now(zone).date()
        key = msgspec.json.encode(to_json(written)), today
        kept = self._counts.pop(key, None)
        if kept is None:
            at, changes = datetime.now(UTC), self._changes
            members, whole = await self._counted(written, today, zone)
            kept = segment_facts.tables(written), SegmentCount(members=members, at=at, whole=whole)
            if changes != self._changes:
                return kept[1]  # perhaps no longer so: it is not kept
        self._counts[key] = kept
        while len(self._counts) > _KEPT_COUNTS:
            del self._counts[next(iter(self._counts))]
        return kept[1]

    async def _counted(self, written: Rule, today: date, zone: ZoneInfo) -> tuple[int, bool]:
        whole = self._station.state.whole
        if segment_facts.reaches_back(written, today):
            answer = await self._ask_relay(written, 0, 0)
            if answer is not None:
                return int(answer["members"]), True
            whole = False
        return await self._station.read(_count, written, today, zone), whole

    async def _ask_relay(self, written: Rule, after: int, limit: int) -> Any:
        """The relay's answer, which keeps every recipient; ``None`` without a line."""
        body = {"rule": to_json(written), "after": after, "limit": limit}
        try:
            return await self._station.http.json("POST", "/api/staff/segment", body)
        except Offline:
            return None

    def _drop_counts(self, changed: Changed) -> None:
        """What was counted stands until one of its tables changes."""
        self._changes += 1
        if changed.everything:
            self._counts.clear()
        for key, (asked, _) in list(self._counts.items()):
            if asked & changed.tables:
                del self._counts[key]

    async def members(
        self, rule: Rule, *, after: int = 0, limit: int = 50
    ) -> tuple[SegmentMember, ...]:
        """Who they are, page by page: those behind the member ``after``.  Raises ``Refusal``."""
        written = await self._written_out(rule)
        zone = ZoneInfo(self._inbox.me.timezone)
        today = datetime.now(zone).date()
        if segment_facts.reaches_back(written, today):
            answer = await self._ask_relay(written, after, limit)
            if answer is not None:
                return await self._station.read(_named, answer["ids"])
        return await self._station.read(_members, written, today, zone, after, limit)

    async def choices(self) -> SegmentChoices:
        """What rules may name here; read again once a minute."""
        if self._choices is None or time.monotonic() - self._choices[0] > _CHOICES_FRESH_S:
            found = await self._station.read(segment_facts.read_choices)
            self._choices = (time.monotonic(), found)
        return self._choices[1]

    async def find(self, query: str) -> tuple[SegmentMember, ...]:
        """Members that a query may mean: name, pinyin, initials or the end of the number."""
        return await self._station.read(_found, query)

    async def _written_out(self, rule: Rule) -> Rule:
        if not domain.used(rule):
            return rule
        rows = await self._station.read(replica_queries.table_rows, "segment")
        try:
            return domain.expanded(rule, {row.id: parse(row.rule) for row in rows})
        except Fault as fault:
            raise refusal(fault) from fault

    # --- words ----------------------------------------------------------------------------

    async def sentence(self, rule: Rule, language: str) -> str:
        """The rule as one plain sentence, in ``zh`` or ``en``."""
        names = await self._station.read(segment_facts.names, rule, language)
        return sentence(rule, segment_facts.phrases(language), names)


def _item(laid: LaidSegment, rules: dict[str, Rule], every: Iterable[LaidSegment]) -> SavedSegment:
    row, failed = laid.row, laid.failed
    users = [other.row.name for other in every
             if row.id and row.id in domain.used(rules[other.row.client_id])]  # fmt: skip
    return SavedSegment(
        client_id=row.client_id, name=row.name, rule=rules[row.client_id], id=row.id, rev=row.rev,
        used_by=tuple(users), waiting=laid.waiting,
        failure=failed.code if failed is not None else "",
        parameters=failed.parameters if failed is not None else {},
        entry=failed.position if failed is not None else 0,
    )  # fmt: skip


def _count(db: Connection, rule: Rule, today: date, zone: ZoneInfo) -> int:
    # The SQL toolkit takes half a second to load, which no start should wait for.
    from console.store import replica_segments  # noqa: PLC0415

    return replica_segments.count(db, rule, today, zone)


def _members(
    db: Connection, rule: Rule, today: date, zone: ZoneInfo, after: int, limit: int
) -> tuple[SegmentMember, ...]:
    from console.store import replica_segments  # noqa: PLC0415 - as above

    return tuple(map(_member, replica_segments.members(db, rule, today, zone, after, limit)))


def _named(db: Connection, ids: Sequence[int]) -> tuple[SegmentMember, ...]:
    rows = {row.id: row for row in replica_queries.by_ids(db, "member", ids)}
    return tuple(_member(rows[number]) for number in ids if number in rows)


def members_named(db: Connection, member_ids: Sequence[int]) -> dict[int, SegmentMember]:
    """Members by their ids, as far as they are here."""
    rows: list[MemberRow] = replica_queries.by_ids(db, "member", member_ids)
    return {row.id: _member(row) for row in rows}


def _found(db: Connection, query: str) -> tuple[SegmentMember, ...]:
    return tuple(_member(row) for row in replica_members.find_members(db, query))


def _member(row: MemberRow) -> SegmentMember:
    return SegmentMember(member_id=row.id, name=row.name, phone=row.phone, tier=row.tier,
                         state=row.state)  # fmt: skip
