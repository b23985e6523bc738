"""``waitlist.join``, ``waitlist.leave``, and what the scheduler does when offers end."""

from __future__ import annotations

from typing import Any

from console.domain import waitlist
from console.domain.waitlist import State
from console.relay.actor import Actor
from console.relay.handlers import restock
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.stock import variant_of
from console.relay.handlers.trade import end_hold, member_meant, variant_shown
from console.relay.internal import PassOn
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import JoinWaitlist, LeaveWaitlist
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow, VariantRow, WaitlistRow


def join(tx: Transaction, request: Request[JoinWaitlist]) -> dict[str, Any]:
    """Wait for a unit; where one is free already it is offered at once."""
    actor, command = request.actor, request.command
    member = member_meant(tx, actor, command.member_id)
    variant = variant_of(tx, command.variant_id or variant_shown(tx, actor, command))
    known = _named(tx, command.client_id)
    if known is not None and (known.member_id, known.variant_id) != (member.id, variant.id):
        raise Refusal(Code.CONFLICT, field="client_id")
    live = next((row for row in restock.live(tx, variant.id) if row.member_id == member.id), None)
    if live is None:
        client_id = _enter(tx, actor, (member, variant), known, command.client_id)
        restock.settle(tx, variant.id)
    else:
        client_id = live.client_id
    return _result(tx, client_id)


def _enter(
    tx: Transaction, actor: Actor, of: tuple[MemberRow, VariantRow], known: WaitlistRow | None,
    client_id: str,
) -> str:  # fmt: skip
    """A new entry, or the one she had left, which has kept its place."""
    member, variant = of
    if known is not None:
        if waitlist.after(known.state, "return") is not None:
            restock.move(tx, known, "return")
        return client_id
    tx.add(
        tables.waitlist, shop_id=variant.shop_id, client_id=client_id, member_id=member.id,
        variant_id=variant.id, staff_id=actor.id if actor.kind == "staff" else None,
        asked_at=tx.now,
    )  # fmt: skip
    return client_id


def _result(tx: Transaction, client_id: str) -> dict[str, Any]:
    row = _named(tx, client_id)
    if row is None:
        raise missing("client_id")
    place = waitlist.place(restock.live(tx, row.variant_id), row.member_id)
    return {"id": row.id, "client_id": client_id, "state": row.state, "place": place or 0}


def leave(tx: Transaction, request: Request[LeaveWaitlist]) -> None:
    """Wait no longer; what was kept because of it goes to whoever is next."""
    actor = request.actor
    if actor.kind == "staff":
        need_scope(actor, "trade")
    row = _named(tx, request.command.client_id)
    if row is None or (actor.kind == "member" and row.member_id != actor.id):
        raise missing("client_id")
    if row.state == State.OFFERED:
        _end_hold(tx, row)
    elif row.state == State.WAITING:
        restock.move(tx, row, "leave")
        restock.settle(tx, row.variant_id)


def advance(tx: Transaction, request: Request[PassOn]) -> dict[str, int]:
    """Offers whose time is over lapse and go on; quiet hours that ended hold back nothing."""
    table = tables.waitlist
    query = (
        reading.rows_of(table).where(table.c.due_at <= tx.now)
        .order_by(table.c.due_at, table.c.id).limit(request.command.at_most)
    )  # fmt: skip
    rows: list[WaitlistRow] = reading.run(tx.connection, table, query)
    for row in rows:
        if row.state == State.OFFERED:
            _end_hold(tx, row, due=True)
    for variant_id in {row.variant_id for row in rows if row.state == State.WAITING}:
        restock.settle(tx, variant_id)
    return {"done": len(rows)}


def _end_hold(tx: Transaction, row: WaitlistRow, *, due: bool = False) -> None:
    """Nothing is kept for her any more; ``due``: unless her time was made longer."""
    hold = reading.by_ids(tx.connection, tables.hold, [row.hold_id or 0]).get(row.hold_id or 0)
    if hold is None or hold.state != "confirmed":
        restock.move(tx, row, "lapse" if due else "leave")
        restock.settle(tx, row.variant_id)
    elif due and hold.expires_at is not None and hold.expires_at > tx.now:
        tx.change(tables.waitlist, row.id, due_at=hold.expires_at)
    else:
        end_hold(tx, hold, "lapse" if due else "release")


def _named(tx: Transaction, client_id: str) -> WaitlistRow | None:
    table = tables.waitlist
    row: WaitlistRow | None = reading.one(tx.connection, table, table.c.client_id == client_id)
    return row
