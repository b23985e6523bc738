"""The one list of refusal codes: what a relay may answer, and to what a reader may turn it.

Pure data.  A code is stable for ever; its sentence lives in ``resources/text/reasons.*.json``
under the same key, so that each reader says it in its own language.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TypeAlias

Parameter: TypeAlias = str | int | float


class Code(enum.StrEnum):
    """Stable codes of refusal.  ``transient`` tells which may succeed when simply sent again."""

    # frames and sessions
    FRAME_MALFORMED = "frame.malformed"
    FRAME_TOO_LARGE = "frame.too_large"
    FRAME_UNEXPECTED = "frame.unexpected"
    SESSION_TICKET = "session.ticket"
    SESSION_ORIGIN = "session.origin"
    SESSION_REVOKED = "session.revoked"
    SESSION_TOO_MANY = "session.too_many"
    SESSION_STALLED = "session.stalled"
    SESSION_PROTOCOL = "session.protocol"
    SCOPE_DENIED = "scope.denied"
    # commands
    COMMAND_UNKNOWN = "command.unknown"
    COMMAND_INVALID = "command.invalid"
    COMMAND_REUSED = "command.reused"
    COMMAND_PRUNED = "command.pruned"
    COMMAND_DENIED = "command.denied"
    COMMAND_FAILED = "command.failed"
    BUSY = "busy"
    RATE = "rate"
    # things
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TEXT_EMPTY = "text.empty"
    TEXT_TOO_LONG = "text.too_long"
    RECALL_TOO_LATE = "recall.too_late"
    RECALL_NOT_OWN = "recall.not_own"
    MEMBER_BLOCKED = "member.blocked"
    MEMBER_UNCONFIRMED = "member.unconfirmed"
    MEMBER_MERGED = "member.merged"
    MERGE_SAME = "merge.same"
    MERGE_UNDONE = "merge.undone"
    MERGE_TOO_LATE = "merge.too_late"
    TAGS_LIMIT = "tags.limit"
    SNOOZE_PAST = "snooze.past"
    SCHEDULE_TOO_FAR = "schedule.too_far"
    SCHEDULE_SETTLED = "schedule.settled"
    SCHEDULE_MISSED = "schedule.missed"
    SCHEDULE_RESTORED = "schedule.restored"
    CAMPAIGN_STATE = "campaign.state"
    CAMPAIGN_UNANSWERED = "campaign.unanswered"
    CAMPAIGN_EMPTY = "campaign.empty"
    CAMPAIGN_CONFIRM = "campaign.confirm"
    CAMPAIGN_RECALLED = "campaign.recalled"
    OFFER_GONE = "offer.gone"
    OFFER_OVER = "offer.over"
    COUPON_UNKNOWN = "coupon.unknown"
    COUPON_REDEEMED = "coupon.redeemed"
    COUPON_EXPIRED = "coupon.expired"
    COUPON_VOIDED = "coupon.voided"
    COUPON_TRIAL = "coupon.trial"
    COUPON_TOO_LATE = "coupon.too_late"
    QUICK_REPLY_SHORTCUT = "quick_reply.shortcut"
    SEGMENT_RULE = "segment.rule"
    SEGMENT_TOO_LARGE = "segment.too_large"
    SEGMENT_CYCLE = "segment.cycle"
    SEGMENT_MISSING = "segment.missing"
    SEGMENT_NAME = "segment.name"
    SEGMENT_PHONES = "segment.phones"
    SEGMENT_IN_USE = "segment.in_use"
    STOCK_NONE = "stock.none"
    PRODUCT_SKU = "product.sku"
    PRODUCT_BARCODE = "product.barcode"
    PRODUCT_VARIANT = "product.variant"
    PRODUCT_PROMOTION = "product.promotion"
    CODE_UNKNOWN = "code.unknown"
    CODE_EXPIRED = "code.expired"
    VISIT_COUNTED = "visit.counted"
    VISIT_TOO_LATE = "visit.too_late"
    HOLD_STATE = "hold.state"
    HOLD_LENGTH = "hold.length"
    FITTING_TAKEN = "fitting.taken"
    FITTING_TIME = "fitting.time"
    FITTING_MANY = "fitting.many"
    FITTING_STATE = "fitting.state"
    FITTING_ROOM = "fitting.room"
    FITTING_ROOM_NAME = "fitting.room_name"
    FITTING_ROOM_USED = "fitting.room_used"
    # media
    UPLOAD_MISSING = "upload.missing"
    UPLOAD_OFFSET = "upload.offset"
    UPLOAD_TOO_LARGE = "upload.too_large"
    UPLOAD_QUOTA = "upload.quota"
    MEDIA_TYPE = "media.type"
    MEDIA_BROKEN = "media.broken"
    MEDIA_GONE = "media.gone"
    MEDIA_TOO_LONG = "media.too_long"
    # joining and accounts
    JOIN_PHONE = "join.phone"
    JOIN_NAME = "join.name"
    JOIN_BIRTHDAY = "join.birthday"
    JOIN_CONSENT = "join.consent"
    JOIN_INVITE = "join.invite"
    LOGIN_WRONG = "login.wrong"
    LOGIN_LOCKED = "login.locked"
    PAIR_CODE = "pair.code"
    PASSWORD_WEAK = "password.weak"  # noqa: S105 - a code, not a secret
    PASSWORD_WRONG = "password.wrong"  # noqa: S105 - a code, not a secret
    STAFF_LAST_OWNER = "staff.last_owner"
    SHOP_NAME = "shop.name"

    @property
    def transient(self) -> bool:
        """True when nothing was decided: the same command may be sent again later."""
        return self in _TRANSIENT


_TRANSIENT = frozenset({Code.BUSY, Code.RATE, Code.UPLOAD_MISSING, Code.COMMAND_FAILED})


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A command, frame or request that was turned down; nothing of it was written.

    Attributes:
        code: the stable code.
        parameters: values for the sentence's blanks (never a body or a phone number).
        field: the field of the command's body at fault, or ``None``.
    """

    def __init__(
        self,
        code: Code,
        parameters: Mapping[str, Parameter] | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.parameters: dict[str, Parameter] = dict(parameters or {})
        self.field = field
