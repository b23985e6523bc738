"""``segment.*``: members that a rule means, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from console.domain.phones import normalise_phone
from console.domain.segment_json import to_json
from console.domain.segment_parsing import PhoneBook, parse
from console.domain.segments import (
    GONE_STATES,
    MAX_NAME_CHARS,
    Fault,
    Rule,
    Saved,
    expanded,
    used,
)
from console.relay.handlers.audit import write_line, write_lines
from console.relay.handlers.base import Request, missing, need_scope
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.commands import DuplicateSegment, RemoveSegment, SaveSegment
from console.wire.errors import Code, Refusal
from console.wire.rows import SegmentRow
from console.wire.segment_faults import refusal

MAX_KEPT = 500
"""Segments a shop may have."""
SCOPE = "campaigns"


def save(tx: Transaction, request: Request[SaveSegment]) -> dict[str, Any]:
    """Make one or change it; what another console changed meanwhile is a conflict."""
    need_scope(request.actor, SCOPE)
    command = request.command
    others = _kept(tx)
    row = others.pop(command.client_id, None)
    if row is not None and 0 < command.base_rev < row.rev:
        raise Refusal(Code.CONFLICT, {"rev": row.rev}, field="base_rev")
    values: dict[str, Any] = {}
    if command.display_name is not None or row is None:
        values["name"] = _free_name(command.display_name or "", others)
    phones = _Phones(tx)
    if command.rule is not None or row is None:
        values["rule"] = _sound(command.rule or {}, phones, others, 0 if row is None else row.id)
    if row is None:
        row_id = _add(tx, request, others, values)
    else:
        row_id = row.id
        if values:
            tx.change(tables.segment, row_id, **values)
    if phones.asked:
        found = phones.asked - len(phones.unknown)
        write_line(tx, request.actor, "segment.import", detail=f"{found} of {phones.asked}")
        if request.actor.role != "owner" and phones.found:
            # Which numbers are members' is what a clerk is not shown: who learns whose it is
            # by trying numbers has looked it up, and stands in the log like who reveals it.
            write_lines(tx, request.actor, "access.search", sorted(phones.found), "segment.import")
    return {"id": row_id, "unknown": phones.unknown}


def duplicate(tx: Transaction, request: Request[DuplicateSegment]) -> dict[str, Any]:
    """The same rule under another name."""
    need_scope(request.actor, SCOPE)
    command, kept = request.command, _kept(tx)
    source = kept.get(command.source)
    if source is None:
        raise missing("source")
    if command.client_id in kept:
        raise Refusal(Code.CONFLICT, field="client_id")
    values = {"name": _free_name(command.display_name, kept), "rule": source.rule}
    return {"id": _add(tx, request, kept, values)}


def remove(tx: Transaction, request: Request[RemoveSegment]) -> None:
    """It is gone for good, unless something still goes by it."""
    need_scope(request.actor, SCOPE)
    kept = _kept(tx)
    row = kept.get(request.command.client_id)
    if row is None:
        raise missing("client_id")
    users = [other.name for other in kept.values() if row.id in used(parse(other.rule))]
    users += _campaigns_with(tx, row.id)
    if users:
        raise Refusal(Code.SEGMENT_IN_USE, {"by": users[0], "count": len(users)})
    tx.delete(tables.segment, [row.id], [SCOPE])


def _campaigns_with(tx: Transaction, segment_id: int) -> list[str]:
    """Titles of campaigns that will still ask it."""
    table = tables.campaign
    open_states = ("draft", "frozen", "scheduled", "late")
    found = reading.fetch(tx.connection, table, table.c.state.in_(open_states))
    return [
        row.title
        for row in found
        for rule in _rules_of(row)
        if rule is not None and segment_id in used(parse(rule))
    ]


def _rules_of(row: CampaignRow) -> list[Any]:
    """Rules of a segment's kind; whom a resend is for at all says its campaign."""
    own = [] if row.kind == "resend" else [row.rule]
    return own + [variant.rule for variant in row.content.variants]


def rules(tx: Transaction) -> dict[int, Rule]:
    """The saved rules by id, to write a rule out with (``domain.segments.expanded``)."""
    return {row.id: parse(row.rule) for row in _kept(tx).values()}


def _kept(tx: Transaction) -> dict[str, SegmentRow]:
    return {row.client_id: row for row in reading.fetch(tx.connection, tables.segment)}


def _add(
    tx: Transaction, request: Request[Any], kept: Mapping[str, Any], values: dict[str, Any]
) -> int:
    if len(kept) >= MAX_KEPT:
        raise Refusal(Code.COMMAND_INVALID, {"limit": MAX_KEPT})
    return tx.add(
        tables.segment, shop_id=request.actor.shop_id, client_id=request.command.client_id,
        created_by=request.actor.id, at=tx.now, **values,
    )  # fmt: skip


def _free_name(name: str, others: Mapping[str, SegmentRow]) -> str:
    tidy = " ".join(name.split())
    taken = any(other.name == tidy for other in others.values())
    if not 0 < len(tidy) <= MAX_NAME_CHARS or not tidy.isprintable() or taken:
        raise Refusal(Code.SEGMENT_NAME, {"limit": MAX_NAME_CHARS}, field="display_name")
    return tidy


def _sound(
    value: Any, phones: PhoneBook, others: Mapping[str, SegmentRow], own_id: int
) -> dict[str, Any]:
    """The rule as it is kept, once every segment can still be written out with it."""
    try:
        rule = parse(value, phones)
        saved = {row.id: parse(row.rule) for row in others.values()} | {own_id: rule}
        for number in [own_id, *saved]:
            expanded(Saved(number), saved)
    except Fault as fault:
        raise refusal(fault) from fault
    return to_json(rule)


class _Phones:
    """Puts members where a rule names their phones.

    Attributes:
        asked: how many phones it was asked for.
        unknown: the places of those that are nobody's.
        found: the members they belong to.
    """

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection
        self.unknown: list[int] = []
        self.found: set[int] = set()
        self.asked = 0

    def __call__(self, phones: Sequence[str]) -> list[int]:
        normal = [normalise_phone(phone) for phone in phones]
        known = self._members([phone for phone in normal if phone])
        self.unknown += [self.asked + n for n, phone in enumerate(normal) if phone not in known]
        self.asked += len(phones)
        here = list(dict.fromkeys(each for phone in normal for each in known.get(phone or "", ())))
        self.found.update(here)
        return here

    def _members(self, phones: list[str]) -> dict[str | None, list[int]]:
        """Members by their numbers; who is gone has none."""
        member, found = tables.member, dict[str | None, list[int]]()
        wanted = one_of(self._connection, member.c.phone, phones)
        here = select(member.c.phone, member.c.id).where(wanted, member.c.state.not_in(GONE_STATES))
        for phone, member_id in self._connection.execute(here.order_by(member.c.id)):
            found.setdefault(phone, []).append(member_id)
        return found
