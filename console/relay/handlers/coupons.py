"""``coupon.*`` of staff: redeemed once, taken back for a day, voided."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from console.domain.offers import REOPEN_WITHIN, CouponState, coupon_state, typed_code
from console.relay.actor import Actor
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, need_scope
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.campaigns import is_trial
from console.relay.handlers.offers import count
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import RedeemCoupon, ReopenCoupon, VoidCoupon
from console.wire.errors import Code, Parameter, Refusal
from console.wire.offer_rows import CouponRow

MAX_REASON_CHARS = 200


def redeem(tx: Transaction, request: Request[RedeemCoupon]) -> dict[str, int | str]:
    """Use it up: whoever comes first, the others are told when and by whom."""
    actor, command = request.actor, request.command
    row = _coupon(tx, actor, command.coupon_id, typed_code(command.code))
    state = coupon_state(row, tx.now)
    if state is not CouponState.GOOD:
        raise _refusal(tx, row, state)
    if _is_from_trial(tx, row):
        raise Refusal(Code.COUPON_TRIAL)
    write_line(tx, actor, "coupon.redeem", row.id)
    tx.change(tables.coupon, row.id, redeemed_at=tx.now, redeemed_by=actor.id)
    _count_redeemed(tx, row, 1)
    return {"coupon_id": row.id, "member_id": row.member_id, "title": row.title}


def reopen(tx: Transaction, request: Request[ReopenCoupon]) -> None:
    """It was a mistake: it is good again."""
    row = _coupon(tx, request.actor, request.command.coupon_id)
    if row.redeemed_at is None:
        return
    if tx.now - row.redeemed_at > REOPEN_WITHIN:
        raise Refusal(Code.COUPON_TOO_LATE)
    write_line(tx, request.actor, "coupon.reopen", row.id)
    tx.change(tables.coupon, row.id, redeemed_at=None, redeemed_by=None)
    _count_redeemed(tx, row, -1)


def void(tx: Transaction, request: Request[VoidCoupon]) -> None:
    """It is not good any more; what it was good for stays used up in its offer."""
    row = _coupon(tx, request.actor, request.command.coupon_id)
    reason = " ".join(request.command.reason.split())
    if not reason:
        raise Refusal(Code.TEXT_EMPTY, field="reason")
    if len(reason) > MAX_REASON_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"limit": MAX_REASON_CHARS}, field="reason")
    if row.voided_at is not None:
        return
    if row.redeemed_at is not None:
        raise _refusal(tx, row, CouponState.REDEEMED)
    write_line(tx, request.actor, "coupon.void", row.id, reason)
    tx.change(tables.coupon, row.id, voided_at=tx.now)


def _coupon(tx: Transaction, actor: Actor, coupon_id: int, code: str = "") -> CouponRow:
    """The one that is meant, of her shop.  Raises ``coupon.unknown``."""
    need_scope(actor, "trade")
    table = tables.coupon
    found: list[CouponRow] = (
        reading.fetch(tx.connection, table, table.c.code == code)
        if code
        else list(reading.by_ids(tx.connection, table, [coupon_id]).values())
    )
    if not found or found[0].shop_id != actor.shop_id:
        raise Refusal(Code.COUPON_UNKNOWN, field="code" if code else "coupon_id")
    return found[0]


def _is_from_trial(tx: Transaction, row: CouponRow) -> bool:
    """Whether it was claimed where a draft was tried out."""
    found = reading.by_ids(tx.connection, tables.offer, [row.offer_id or 0])
    return any(is_trial(tx, offer.campaign_id) for offer in found.values())


def _refusal(tx: Transaction, row: CouponRow, state: CouponState) -> Refusal:
    """Why it is not good, so that the member can be told."""
    if state is CouponState.VOIDED:
        return Refusal(Code.COUPON_VOIDED)
    if state is CouponState.EXPIRED:
        return Refusal(Code.COUPON_EXPIRED, _said(tx, row, row.expires_at))
    staff = reading.by_ids(tx.connection, tables.staff, [row.redeemed_by or 0])
    names = [each.name for each in staff.values()]
    told = _said(tx, row, row.redeemed_at or tx.now)
    return Refusal(Code.COUPON_REDEEMED, {**told, "staff": names[0] if names else ""})


def _said(tx: Transaction, row: CouponRow, at: datetime) -> dict[str, Parameter]:
    local = at.astimezone(ZoneInfo(timezone_of(tx, row.shop_id)))
    return {"at": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "local": f"{local:%m-%d %H:%M}"}  # fmt: skip


def _count_redeemed(tx: Transaction, row: CouponRow, by: int) -> None:
    if row.offer_id is None:
        return
    offer = reading.by_ids(tx.connection, tables.offer, [row.offer_id]).get(row.offer_id)
    if offer is not None:
        count(tx, offer.campaign_id, "redeemed", by)
