"""``photo.tap``: a member asks about what a photo shows, by touching it."""

from __future__ import annotations

from console.relay import shown
from console.relay.handlers.base import Request
from console.relay.handlers.campaigns import is_trial
from console.relay.handlers.conversations import member_of_shop
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import TapPhoto
from console.wire.errors import Code, Refusal


def tap(tx: Transaction, request: Request[TapPhoto]) -> dict[str, int]:
    """One enquiry for each member, message and photo; what it is about says the message."""
    actor, command = request.actor, request.command
    member = member_of_shop(tx, actor.id)
    if member.blocked:
        raise Refusal(Code.MEMBER_BLOCKED)
    row = shown.message(tx.connection, actor, command.message_id)
    photo = shown.photo(tx.connection, row, command.media_id)
    # The shop's own people only look at what members will get.
    if photo is None or is_trial(tx, row.campaign_id):
        return {"id": 0}
    return {"id": _known(tx, member.id, command) or tx.add(
        tables.enquiry, shop_id=member.shop_id, member_id=member.id, product_id=photo.product_id,
        colour=photo.colour, message_id=row.id, media_id=photo.id, source="tap", at=tx.now,
    )}  # fmt: skip


def _known(tx: Transaction, member_id: int, command: TapPhoto) -> int:
    """The enquiry that an earlier tap made, 0 without one."""
    enquiry = tables.enquiry
    row = reading.one(
        tx.connection, enquiry, enquiry.c.member_id == member_id,
        enquiry.c.message_id == command.message_id, enquiry.c.media_id == command.media_id,
    )  # fmt: skip
    return row.id if row is not None else 0
