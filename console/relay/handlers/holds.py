"""``hold.extend`` and ``hold.collect``: what becomes of units that are kept.

Asking, keeping and letting go stand beside the rest of trade; how holds end by themselves, in
``hold_ends``.
"""

from __future__ import annotations

from typing import Any

from console.domain.holds import State, can_extend, remind_at
from console.domain.stock import Reason, sold
from console.relay.handlers import restock
from console.relay.handlers.base import Request, need_scope
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.stock import book, variant_of
from console.relay.handlers.trade import free_units, hold_of, moment_of, move_hold
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import CollectHold, ExtendHold
from console.wire.errors import Code, Refusal
from console.wire.rows import HoldRow


def extend(tx: Transaction, request: Request[ExtendHold]) -> dict[str, Any]:
    """Keep it until another time; she is reminded of that one."""
    command = request.command
    need_scope(request.actor, "trade")
    row = hold_of(tx, request.actor, command.client_id)
    state = move_hold(row, "extend")
    if command.expires_at.tzinfo is None:
        raise Refusal(Code.COMMAND_INVALID, field="expires_at")
    if not can_extend(tx.now, command.expires_at):
        raise Refusal(Code.HOLD_LENGTH, field="expires_at")
    if row.expires_at is not None and row.expires_at <= tx.now:
        # Its time is over, only nobody has said so yet.
        raise Refusal(Code.HOLD_STATE, {"state": State.LAPSED.value})
    if command.expires_at != row.expires_at:
        at = remind_at(tx.now, command.expires_at, timezone_of(tx, row.shop_id))
        tx.change(
            tables.hold, row.id, state=state.value, expires_at=command.expires_at, notify_at=at
        )
    return {"id": row.id, "expires_at": command.expires_at}


def collect(tx: Transaction, request: Request[CollectHold]) -> dict[str, int]:
    """She has it: a sale, which takes the units out of stock as any other does."""
    actor, command = request.actor, request.command
    need_scope(actor, "trade")
    row = hold_of(tx, actor, command.client_id)
    state, at = move_hold(row, "collect"), moment_of(command.at, tx.now)
    tx.change(tables.hold, row.id, state=state.value, notify_at=None)
    variant = variant_of(tx, row.variant_id)
    purchase_id = tx.add(
        tables.purchase, shop_id=row.shop_id, member_id=row.member_id, variant_id=variant.id,
        product_id=variant.product_id, quantity=row.quantity, at=at,
        amount=_price(tx, variant.product_id, row),
    )  # fmt: skip
    book(tx, actor, variant, sold(variant.stock, row.quantity), Reason.SOLD, at=at)
    restock.bought(tx, row.member_id, variant.id)
    if row.state == State.CONFIRMED:
        # After the sale: what is freed is offered by what is left.
        free_units(tx, row)
    return {"id": row.id, "purchase_id": purchase_id}


def _price(tx: Transaction, product_id: int, row: HoldRow) -> int:
    """Of all its units, in cents, at the price of now."""
    product = reading.by_ids(tx.connection, tables.product, [product_id])[product_id]
    price = product.price if product.promo_price is None else product.promo_price
    return int(price) * row.quantity
