"""What each kind of reader gets of a row, and which scopes show it.

Pure functions on rows.  The only place that decides about columns; which rows a reader may
ask for is decided by scopes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from console.domain.phones import mask_phone
from console.wire import rows
from console.wire.rows import Row

AUDIENCES = ("owner", "clerk", "member")
"""Kinds of readers between whom the columns differ."""
EVERY_MEMBER = "self"
"""A scope name without key: shown in each member's own scope."""

_replace = msgspec.structs.replace


def _member_for_clerk(row: rows.MemberRow) -> Row:
    return _replace(row, phone=mask_phone(row.phone)) if row.phone else row


def _member_for_herself(row: rows.MemberRow) -> Row:
    # A guest typed her number herself.  Whoever holds a personal link may not know it.
    phone = row.phone if row.state == "guest" or not row.phone else mask_phone(row.phone)
    return _replace(row, phone=phone, pinyin="", initials="", bucket=0, blocked=False, remark="")


def _conversation_for_member(row: rows.ConversationRow) -> Row:
    return _replace(row, assignee_id=None, waiting_since=None, status="open", snoozed_until=None,
                    snoozed_by=None, woken_at=None, auto_replied_at=None)  # fmt: skip


def _setting_for_member(row: rows.SettingRow) -> Row | None:
    return row if row.public else None


def _offer_for_member(row: rows.OfferRow) -> Row:
    # Its words lie in the message of who got it.
    return _replace(row, campaign_id=0, title="")


def _coupon_for_member(row: rows.CouponRow) -> Row:
    return _replace(row, claimant_id=None, redeemed_by=None)


def _place_for_herself(row: rows.WaitlistRow) -> Row:
    return _replace(row, staff_id=None) if row.staff_id is not None else row


def _fitting_for_herself(row: rows.FittingRow) -> Row:
    state = "booked" if row.state == "no_show" else row.state
    return _replace(row, room_id=0, variants=[], staff_id=None, remind_at=None, state=state)


def _answer_for_herself(row: rows.QuestionAnswerRow) -> Row:
    return _replace(row, bucket="") if row.bucket else row


_CLERK: dict[type[Row], Callable[[Any], Row | None]] = {rows.MemberRow: _member_for_clerk}
_MEMBER: dict[type[Row], Callable[[Any], Row | None]] = {
    rows.MemberRow: _member_for_herself,
    rows.ConversationRow: _conversation_for_member,
    rows.SettingRow: _setting_for_member,
    rows.OfferRow: _offer_for_member,
    rows.CouponRow: _coupon_for_member,
    rows.WaitlistRow: _place_for_herself,
    rows.FittingRow: _fitting_for_herself,
    rows.QuestionAnswerRow: _answer_for_herself,
}
_RULES = {"owner": {}, "clerk": _CLERK, "member": _MEMBER}


def rule_for(kind: type[Row], audience: str) -> Callable[[Any], Row | None] | None:
    """How rows of a kind become what ``audience`` may see; ``None``: they go as they are.

    The rule gives ``None`` for a row that it may not see at all.
    """
    return _RULES[audience].get(kind)


def project(row: Row, audience: str) -> Row | None:
    """One row as ``audience`` may see it, or ``None`` when it may not see it at all."""
    rule = rule_for(type(row), audience)
    return row if rule is None else rule(row)


_STAFF_SCOPE: dict[type[Row], str] = {
    rows.ShopRow: "shop", rows.SettingRow: "shop", rows.StaffRow: "shop",
    rows.MemberRow: "members", rows.MemberTagRow: "members", rows.ConsentRow: "members",
    rows.MemberMergeRow: "members",
    rows.ProductRow: "products", rows.VariantRow: "products",
    rows.StockMovementRow: "products",
    rows.VisitRow: "trade", rows.PurchaseRow: "trade", rows.EnquiryRow: "trade",
    rows.HoldRow: "trade", rows.WaitlistRow: "trade", rows.CouponRow: "trade",
    rows.FittingRoomRow: "trade", rows.FittingRow: "trade",
    rows.SegmentRow: "campaigns", rows.OfferRow: "campaigns",
    rows.CampaignRow: "campaigns", rows.TemplateRow: "campaigns", rows.RecipientRow: "campaigns",
    rows.QuestionAnswerRow: "campaigns",
    rows.CampaignTallyRow: "campaigns", rows.ReadershipRow: "campaigns",
}  # fmt: skip


_FOR_ALL = frozenset({rows.ShopRow, rows.OfferRow})
_HERS = frozenset(
    {rows.WaitlistRow, rows.HoldRow, rows.FittingRow, rows.CouponRow, rows.QuestionAnswerRow}
)
"""Kinds of rows that every member sees."""


def staff_scope(row: Any) -> str:
    """The one staff scope that shows the row."""
    name = _STAFF_SCOPE.get(type(row))
    if name is not None:
        return name
    if isinstance(row, rows.DraftRow):
        return f"drafts/{row.staff_id}"
    if isinstance(row, rows.QuickReplyRow):
        return "shop" if row.staff_id is None else f"drafts/{row.staff_id}"
    return f"chats/{row.shop_id}"


def member_scope(row: Any) -> str:
    """The one member scope that shows the row, or "" for none."""
    kind = type(row)
    if kind is rows.MessageRow or kind is rows.ParticipantRow:
        return f"chat/{row.conversation_id}"
    if kind is rows.ConversationRow:
        return f"chat/{row.id}"
    if kind is rows.MemberRow:
        return f"self/{row.id}"
    if kind in _HERS:
        return f"self/{row.member_id}"
    if kind in _FOR_ALL or (kind is rows.SettingRow and row.public):
        return EVERY_MEMBER
    return ""
