"""Fittings: booked, moved, cancelled, settled, and what is laid out for them.

Whether a place is free is decided here, in the one transaction that takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from console.domain import fittings as rules
from console.domain.fittings import LIVE, MAX_AHEAD, MAX_ITEMS, MAX_OPEN, Slot, State
from console.domain.hours import Hours
from console.relay.actor import Actor
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.fitting_rooms import rooms_of
from console.relay.handlers.trade import member_meant
from console.store import opening, reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.commands import (
    BookFitting,
    CancelFitting,
    MoveFitting,
    PickForFitting,
    SettleFitting,
)
from console.wire.errors import Code, Refusal
from console.wire.rows import FITTING_SLOT_SETTING, FittingRow, MemberRow


@dataclass(frozen=True, slots=True)
class _Place:
    """A room in a slot."""

    slot: Slot
    room_id: int


def book(tx: Transaction, request: Request[BookFitting]) -> dict[str, int]:
    """Take a place for her; the same name again is the same fitting."""
    actor, command = request.actor, request.command
    member = member_meant(tx, actor, command.member_id)
    known = _find(tx, command.client_id)
    if known is not None:
        if known.member_id != member.id:
            raise Refusal(Code.CONFLICT, field="client_id")
        return {"id": known.id, "room_id": known.room_id}
    variants = _variants(tx, actor, command.variants)
    place = _place(tx, actor, member, command.starts_at, command.room_id)
    fitting_id = tx.add(
        tables.fitting, shop_id=member.shop_id, client_id=command.client_id, member_id=member.id,
        room_id=place.room_id, starts_at=place.slot.starts_at, ends_at=place.slot.ends_at,
        variants=variants, staff_id=actor.id if actor.kind == "staff" else None, at=tx.now,
        remind_at=_reminder(tx, member.shop_id, place.slot.starts_at),
    )  # fmt: skip
    return {"id": fitting_id, "room_id": place.room_id}


def move(tx: Transaction, request: Request[MoveFitting]) -> dict[str, int]:
    """Another place for what is still to come."""
    actor, command = request.actor, request.command
    row = _own(tx, actor, command.client_id)
    there = command.room_id in {0, row.room_id} and command.starts_at == row.starts_at
    if not there:
        _check_seen(row, command)
        _check_open(tx, actor, row)
        member = member_meant(tx, actor, row.member_id)
        place = _place(tx, actor, member, command.starts_at, command.room_id, row)
        tx.change(
            tables.fitting, row.id, room_id=place.room_id, starts_at=place.slot.starts_at,
            ends_at=place.slot.ends_at,
            remind_at=_reminder(tx, row.shop_id, place.slot.starts_at),
        )  # fmt: skip
        return {"id": row.id, "room_id": place.room_id}
    return {"id": row.id, "room_id": row.room_id}


def _check_seen(row: FittingRow, command: MoveFitting) -> None:
    moved = command.seen_at is not None and command.seen_at != row.starts_at
    if moved or command.seen_room not in {0, row.room_id}:
        raise Refusal(Code.CONFLICT, field="starts_at")


def _check_open(tx: Transaction, actor: Actor, row: FittingRow) -> None:
    """It is booked; and for herself, not begun."""
    begun = actor.kind == "member" and row.starts_at <= tx.now
    if row.state != State.BOOKED or begun:
        raise Refusal(Code.FITTING_STATE, {"state": row.state})


def cancel(tx: Transaction, request: Request[CancelFitting]) -> None:
    """The place is free again."""
    row = _own(tx, request.actor, request.command.client_id)
    if row.state == State.CANCELLED:
        return
    _check_open(tx, request.actor, row)
    tx.change(tables.fitting, row.id, state=State.CANCELLED.value, remind_at=None)


def settle(tx: Transaction, request: Request[SettleFitting]) -> None:
    """What became of it; taken back, its place must still be free."""
    row, hours = _own(tx, request.actor, request.command.client_id), opening.hours_by_shop
    try:
        outcome = State(request.command.outcome)
    except ValueError as error:
        raise Refusal(Code.COMMAND_INVALID, field="outcome") from error
    if outcome == row.state:
        return
    is_free = outcome is not State.CANCELLED and rules.may_become(
        row, outcome, hours(tx.connection)[row.shop_id], tx.now
    )
    if not is_free:
        raise Refusal(Code.FITTING_STATE, {"state": row.state})
    if row.state not in LIVE and outcome in LIVE:
        _check_room(tx, row)
        if rules.taken_by(_around(tx, row.shop_id, row.starts_at, row.id), row, row.room_id):
            raise Refusal(Code.FITTING_TAKEN, field="outcome")
    booked = outcome is State.BOOKED
    due = _reminder(tx, row.shop_id, row.starts_at) if booked else None
    tx.change(tables.fitting, row.id, state=outcome.value, remind_at=due)


def _check_room(tx: Transaction, row: FittingRow) -> None:
    if row.room_id not in {room.id for room in rooms_of(tx, row.shop_id)}:
        raise missing("room_id")


def pick(tx: Transaction, request: Request[PickForFitting]) -> None:
    """What is laid out besides, and what no longer."""
    actor, command = request.actor, request.command
    row = _own(tx, actor, command.client_id)
    kept = [each for each in row.variants if each not in command.remove]
    wanted = list(dict.fromkeys([*kept, *_variants(tx, actor, command.add)]))
    if len(wanted) > MAX_ITEMS:
        raise Refusal(Code.COMMAND_INVALID, {"limit": MAX_ITEMS}, field="add")
    if wanted != row.variants:
        tx.change(tables.fitting, row.id, variants=wanted)


# --- whose, when, where -------------------------------------------------------------------------


def _find(tx: Transaction, client_id: str) -> FittingRow | None:
    table = tables.fitting
    row: FittingRow | None = reading.one(tx.connection, table, table.c.client_id == client_id)
    return row


def _own(tx: Transaction, actor: Actor, client_id: str) -> FittingRow:
    if actor.kind == "staff":
        need_scope(actor, "trade")
    row = _find(tx, client_id)
    if row is None or (actor.kind == "member" and row.member_id != actor.id):
        raise missing("client_id")
    return row


def _variants(tx: Transaction, actor: Actor, ids: list[int]) -> list[int]:
    """What is to be laid out, each once.  Members have no catalogue to choose from."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MAX_ITEMS or (wanted and actor.kind == "member"):
        raise Refusal(Code.COMMAND_INVALID, {"limit": MAX_ITEMS}, field="variants")
    variant = tables.variant
    if wanted:
        known = select(variant.c.id).where(one_of(tx.connection, variant.c.id, wanted))
        if len(set(tx.connection.scalars(known))) < len(wanted):
            raise missing("variants")
    return wanted


def _place(
    tx: Transaction, actor: Actor, member: MemberRow, at: datetime, room_id: int,
    moved: FittingRow | None = None,
) -> _Place:  # fmt: skip
    """A free place then.  Raises ``fitting.time``, ``fitting.taken`` and ``fitting.many``."""
    hours = opening.hours_by_shop(tx.connection)[member.shop_id]
    slot = _slot(tx, actor, hours, at)
    rooms = [room.id for room in rooms_of(tx, member.shop_id)]
    if room_id:
        if room_id not in rooms:
            raise missing("room_id")
        rooms = [room_id]
    if actor.kind == "member":
        _check_hers(tx, member.id, slot, moved)
    around = _around(tx, member.shop_id, slot.starts_at, moved.id if moved else 0)
    # Where she is already, she stays if that is free then, too.
    rooms.sort(key=lambda each: moved is None or each != moved.room_id)
    free = rules.free_room(around, slot, rooms)
    if free is None:
        raise Refusal(Code.FITTING_TAKEN, field="starts_at")
    return _Place(slot, free)


def _slot(tx: Transaction, actor: Actor, hours: Hours, at: datetime) -> Slot:
    """The slot that begins then: for a member one to come, for staff one that is not over."""
    if at.tzinfo is None or not tx.now - MAX_AHEAD < at <= tx.now + MAX_AHEAD:
        raise Refusal(Code.FITTING_TIME, field="starts_at")
    minutes = rules.read_slot(opening.setting(tx.connection, FITTING_SLOT_SETTING))
    slot = rules.slot_at(hours, at, minutes)
    if slot is None or (slot.starts_at if actor.kind == "member" else slot.ends_at) <= tx.now:
        raise Refusal(Code.FITTING_TIME, field="starts_at")
    return slot


def _around(tx: Transaction, shop_id: int, at: datetime, but: int = 0) -> list[FittingRow]:
    """Live fittings that may take a moment of a slot that begins then."""
    table = tables.fitting
    return reading.fetch(
        tx.connection, table, table.c.shop_id == shop_id, table.c.starts_at > at - rules.LONGEST,
        table.c.starts_at < at + rules.LONGEST, table.c.state.in_(sorted(LIVE)), table.c.id != but,
    )  # fmt: skip


def _check_hers(tx: Transaction, member_id: int, slot: Slot, moved: FittingRow | None) -> None:
    """She is in one place at a time, and leaves room for others."""
    table = tables.fitting
    hers: list[FittingRow] = reading.fetch(
        tx.connection, table, table.c.member_id == member_id, table.c.ends_at > tx.now,
        table.c.state == State.BOOKED.value,
    )  # fmt: skip
    others = [row for row in hers if moved is None or row.id != moved.id]
    if len(others) >= MAX_OPEN or any(rules.overlaps(row, slot) for row in others):
        raise Refusal(Code.FITTING_MANY, {"limit": MAX_OPEN}, field="starts_at")


def _reminder(tx: Transaction, shop_id: int, starts_at: datetime) -> datetime | None:
    timezone = opening.hours_by_shop(tx.connection)[shop_id].timezone
    return rules.remind_at(starts_at, tx.now, timezone)
