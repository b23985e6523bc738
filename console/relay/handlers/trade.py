"""Purchases, enquiries and holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from console.domain.holds import (
    MAX_KEPT,
    MAX_QUANTITY,
    State,
    after,
    can_last,
    can_reserve,
    meant,
    remind_at,
)
from console.domain.stock import Reason, sold
from console.relay import shown
from console.relay.actor import Actor
from console.relay.handlers import restock
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.conversations import member_of_shop
from console.relay.handlers.stock import book, variant_of
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import (
    AskHold,
    ConfirmHold,
    JoinWaitlist,
    RecordEnquiry,
    RecordPurchase,
    ReleaseHold,
)
from console.wire.errors import Code, Refusal
from console.wire.rows import HoldRow, MemberRow, MessageRow

SOURCES = frozenset({"clerk", "message", "tap"})
_HOUR = timedelta(hours=1)


def member_meant(tx: Transaction, actor: Actor, member_id: int) -> MemberRow:
    """Whom it is about: for a member always herself, whatever she sent."""
    if actor.kind == "member":
        member = member_of_shop(tx, actor.id)
        if member.blocked:
            raise Refusal(Code.MEMBER_BLOCKED)
        return member
    need_scope(actor, "trade")
    return member_of_shop(tx, member_id)


def moment_of(at: datetime | None, now: datetime) -> datetime:
    """A given time, but never one still to come."""
    if at is None:
        return now
    if at.tzinfo is None or at.year < 1990:
        raise Refusal(Code.COMMAND_INVALID, field="at")
    return min(at, now)


def record_purchase(tx: Transaction, request: Request[RecordPurchase]) -> dict[str, int]:
    """Units left the shop; what she had on hold of them is no longer kept."""
    command = request.command
    member = member_meant(tx, request.actor, command.member_id)
    variant = variant_of(tx, command.variant_id)
    at = moment_of(command.at, tx.now)
    if not 0 < command.quantity <= 1_000:
        raise Refusal(Code.COMMAND_INVALID, field="quantity")
    if command.amount < 0:
        raise Refusal(Code.COMMAND_INVALID, field="amount")
    purchase_id = tx.add(
        tables.purchase, shop_id=member.shop_id, member_id=member.id, variant_id=variant.id,
        product_id=variant.product_id, quantity=command.quantity, amount=command.amount, at=at,
    )  # fmt: skip
    left = sold(variant.stock, command.quantity)
    book(tx, request.actor, variant, left, Reason.SOLD, at=at)
    # After the sale: what is freed is offered by what is left.
    restock.bought(tx, member.id, variant.id)
    _collect_hold(tx, member.id, variant.id)
    return {"id": purchase_id}


def _collect_hold(tx: Transaction, member_id: int, variant_id: int) -> None:
    hold = tables.hold
    row = reading.one(
        tx.connection, hold, hold.c.member_id == member_id, hold.c.variant_id == variant_id,
        hold.c.state == "confirmed",
    )  # fmt: skip
    if row is not None:
        free_units(tx, row)
        tx.change(hold, row.id, state=State.COLLECTED.value, notify_at=None)


def free_units(tx: Transaction, hold: HoldRow) -> None:
    """Give the units of a confirmed hold back to the shelf, or to whoever waits for them."""
    variant = variant_of(tx, hold.variant_id)
    tx.change(tables.variant, variant.id, held=max(0, variant.held - hold.quantity))
    restock.hold_ended(tx, hold)
    restock.settle(tx, variant.id)


def end_hold(tx: Transaction, row: HoldRow, name: str) -> None:
    """``release`` or ``lapse`` it; what was kept is free.  Raises ``hold.state``."""
    state = move_hold(row, name)
    # Of what lapsed she is told.
    notify_at = tx.now if state is State.LAPSED else None
    tx.change(tables.hold, row.id, state=state.value, notify_at=notify_at)
    if row.state == State.CONFIRMED:
        free_units(tx, row)


def record_enquiry(tx: Transaction, request: Request[RecordEnquiry]) -> dict[str, int]:
    """A member asked about a product."""
    command = request.command
    member = member_meant(tx, request.actor, command.member_id)
    product = reading.one(tx.connection, tables.product, tables.product.c.id == command.product_id)
    if product is None:
        raise missing("product_id")
    if command.variant_id is not None:
        variant = variant_of(tx, command.variant_id)
        if variant.product_id != product.id:
            raise missing("variant_id")
    if command.source not in SOURCES:
        raise Refusal(Code.COMMAND_INVALID, field="source")
    if command.message_id is not None:
        _check_message(tx, request.actor, command.message_id)
    enquiry_id = tx.add(
        tables.enquiry, shop_id=member.shop_id, member_id=member.id, product_id=product.id,
        variant_id=command.variant_id, message_id=command.message_id, source=command.source,
        at=tx.now,
    )  # fmt: skip
    return {"id": enquiry_id}


def _check_message(tx: Transaction, actor: Actor, message_id: int) -> None:
    row = reading.one(tx.connection, tables.message, tables.message.c.id == message_id)
    if row is None or not actor.may_chat(row.conversation_id, row.shop_id):
        raise missing("message_id")


def hold_of(tx: Transaction, actor: Actor, client_id: str) -> HoldRow:
    """The hold of that name, for a member only her own.  Raises ``not_found``."""
    row: HoldRow | None = reading.one(
        tx.connection, tables.hold, tables.hold.c.client_id == client_id
    )
    if row is None or (actor.kind == "member" and row.member_id != actor.id):
        raise missing("client_id")
    return row


def move_hold(row: HoldRow, name: str) -> State:
    """The state a hold goes to.  Raises ``hold.state`` where it cannot."""
    state = after(row.state, name)
    if state is None:
        raise Refusal(Code.HOLD_STATE, {"state": row.state})
    return state


def ask_hold(tx: Transaction, request: Request[AskHold]) -> dict[str, int]:
    """Ask; nothing is reserved yet."""
    actor, command = request.actor, request.command
    member = member_meant(tx, actor, command.member_id)
    if not 0 < command.quantity <= MAX_QUANTITY:
        raise Refusal(Code.COMMAND_INVALID, field="quantity")
    variant = variant_of(tx, command.variant_id or variant_shown(tx, actor, command))
    known = reading.one(tx.connection, tables.hold, tables.hold.c.client_id == command.client_id)
    if known is not None:
        same = (known.member_id, known.variant_id) == (member.id, variant.id)
        if not same:
            raise Refusal(Code.CONFLICT, field="client_id")
        return {"id": known.id}
    hold_id = tx.add(
        tables.hold, shop_id=variant.shop_id, client_id=command.client_id, member_id=member.id,
        variant_id=variant.id, quantity=command.quantity, at=tx.now,
        **shown.titles_of(tx.connection, variant),
    )  # fmt: skip
    return {"id": hold_id}


def variant_shown(tx: Transaction, actor: Actor, command: AskHold | JoinWaitlist) -> int:
    """The variant of that size of what a message in the member's own conversation shows.

    Raises ``not_found``, also where no colour is shown or said: it could be any of them.
    """
    if actor.kind != "member":
        raise missing("message_id")
    row = shown.message(tx.connection, actor, command.message_id)
    product_id, colour, size = _article(tx, row, command)
    found = meant(shown.variants(tx.connection, product_id, colour), command.colour, size)
    if found is None:
        raise missing("size")
    return found.id


def _article(
    tx: Transaction, row: MessageRow, command: AskHold | JoinWaitlist
) -> tuple[int, str, str]:
    """Product, colour ("": several) and size of the photo that is named, or of the card."""
    if command.media_id:
        photo = shown.photo(tx.connection, row, command.media_id)
        if photo is None or photo.product_id is None:
            raise missing("media_id")
        return photo.product_id, photo.colour, command.size
    card = None if shown.is_taken_back(tx.connection, row) else row.card
    if card is None or card.variant_id is None:
        raise missing("message_id")
    return card.product_id, card.colour, command.size or card.size


def confirm_hold(tx: Transaction, request: Request[ConfirmHold]) -> dict[str, Any]:
    """Reserve exactly what is on the shelf and not kept for somebody else."""
    need_scope(request.actor, "trade")
    row = hold_of(tx, request.actor, request.command.client_id)
    state = move_hold(row, "confirm")
    expires_at = _end(tx.now, request.command.hours)
    variant = variant_of(tx, row.variant_id)
    if not can_reserve(variant.stock, variant.held, row.quantity):
        raise Refusal(Code.STOCK_NONE, {"left": max(0, variant.stock - variant.held)})
    tx.change(tables.variant, variant.id, held=variant.held + row.quantity)
    tx.change(
        tables.hold, row.id, state=state.value, expires_at=expires_at,
        notify_at=remind_at(tx.now, expires_at, timezone_of(tx, row.shop_id)),
    )  # fmt: skip
    return {"id": row.id, "expires_at": expires_at}


def _end(now: datetime, hours: float) -> datetime:
    """When that many hours are over.  Raises ``hold.length``."""
    # Compared before it is added: no time is that far away, and NaN is no length.
    if not 0 <= hours <= MAX_KEPT / _HOUR or not can_last(now, now + timedelta(hours=hours)):
        raise Refusal(Code.HOLD_LENGTH, field="hours")
    return now + timedelta(hours=hours)


def release_hold(tx: Transaction, request: Request[ReleaseHold]) -> None:
    """Let go of an asked or confirmed hold."""
    if request.actor.kind == "staff":
        need_scope(request.actor, "trade")
    row = hold_of(tx, request.actor, request.command.client_id)
    end_hold(tx, row, "release")
