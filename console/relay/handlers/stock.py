"""``stock.move`` and ``stock.count``; and the one way in which a variant's stock changes."""

from __future__ import annotations

from datetime import datetime

from console.domain import stock
from console.domain.goods import tidy
from console.domain.stock import Movement, Reason
from console.relay.actor import Actor
from console.relay.handlers import restock
from console.relay.handlers.base import Request, missing, need_scope
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import CountStock, MoveStock
from console.wire.errors import Code, Refusal
from console.wire.rows import VariantRow

SCOPE = "products"


def variant_of(tx: Transaction, variant_id: int) -> VariantRow:
    """The variant of that id.  Raises ``not_found``."""
    row: VariantRow | None = reading.one(
        tx.connection, tables.variant, tables.variant.c.id == variant_id
    )
    if row is None:
        raise missing("variant_id")
    return row


def book(
    tx: Transaction, actor: Actor, variant: VariantRow, movement: Movement, reason: Reason,
    *, note: str = "", at: datetime | None = None,
) -> dict[str, int]:  # fmt: skip
    """Change the stock of a variant and write the line that says why; what came is offered."""
    tx.change(tables.variant, variant.id, stock=movement.balance)
    line_id = tx.add(
        tables.stock_movement, shop_id=variant.shop_id, variant_id=variant.id,
        delta=movement.delta, balance=movement.balance, short=movement.short, reason=reason.value,
        note=note, staff_id=actor.id if actor.kind == "staff" else None, at=at or tx.now,
    )  # fmt: skip
    if movement.delta > 0:
        restock.settle(tx, variant.id)
    return {"id": line_id, "stock": movement.balance}


def move(tx: Transaction, request: Request[MoveStock]) -> dict[str, int]:
    """Units came or went."""
    command = request.command
    need_scope(request.actor, SCOPE)
    reason = next((each for each in stock.BY_HAND if each == command.reason), None)
    if reason is None:
        raise Refusal(Code.COMMAND_INVALID, field="reason")
    if not stock.can_be(reason, command.delta):
        raise Refusal(Code.COMMAND_INVALID, field="delta")
    note = _note(command.note)
    variant = variant_of(tx, command.variant_id)
    if reason is Reason.SOLD:
        return book(tx, request.actor, variant, stock.sold(variant.stock, -command.delta), reason,
                    note=note)  # fmt: skip
    movement = stock.moved(variant.stock, command.delta)
    if movement is None:
        raise Refusal(Code.STOCK_NONE, {"left": variant.stock}, field="delta")
    return book(tx, request.actor, variant, movement, reason, note=note)


def count(tx: Transaction, request: Request[CountStock]) -> dict[str, int]:
    """So many are on the shelf, unless the stock moved since it was looked at."""
    command = request.command
    need_scope(request.actor, SCOPE)
    if not 0 <= command.units <= stock.MAX_UNITS:
        raise Refusal(Code.COMMAND_INVALID, field="units")
    note = _note(command.note)
    variant = variant_of(tx, command.variant_id)
    if command.seen not in {None, variant.stock}:
        raise Refusal(Code.CONFLICT, {"stock": variant.stock}, field="seen")
    movement = stock.counted(variant.stock, command.units)
    return book(tx, request.actor, variant, movement, Reason.COUNTED, note=note)


def _note(note: str) -> str:
    note = tidy(note)
    if len(note) > stock.MAX_NOTE_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"limit": stock.MAX_NOTE_CHARS}, field="note")
    return note
