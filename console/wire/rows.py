"""The synced rows as they travel and as every layer above ``store`` sees them.

One frozen struct per synced table, with the table's own column names.  ``TABLES`` maps
table name to struct; a feed carries rows of no other table.  Times are aware UTC
datetimes (ISO 8601 on the wire), money is integer cents, ``rev`` is the commit that
last changed the row.  What a reader may not see is left out by the relay's projection
(``store.projection``), which fills the field with its default.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from console.wire.campaign_rows import (
    CampaignRow,
    QuestionAnswerRow,
    RecipientRow,
    TemplateRow,
)
from console.wire.offer_rows import CouponRow, OfferRef, OfferRow, OfferTerms
from console.wire.row_parts import MediaRef, ProductCard, QuestionRef, Row
from console.wire.tally_rows import CampaignTallyRow, ReadershipRow
from console.wire.trade_rows import (
    EnquiryRow,
    FittingRoomRow,
    FittingRow,
    HoldRow,
    ProductRow,
    PurchaseRow,
    StockMovementRow,
    VariantRow,
    VisitRow,
    WaitlistRow,
)


class ShopRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A shop of the brand.  ``opens``/``closes`` are minutes after local midnight."""

    name: str
    timezone: str = "Asia/Shanghai"
    opens: int = 600
    closes: int = 1290
    greeting: str = ""


ADDRESS_SETTING = "address"
"""Key of the setting that holds the address phones use from everywhere."""
HOURS_SETTING = "hours"
"""Key of the opening hours day by day; the value is what ``domain.hours`` reads."""
RESTORED_SETTING = "restored"
"""Key of when the shop's data was last brought back from a backup, which only the relay sets.

``{"at": time, "as_of": time of the newest thing it knew, "held": [ids of campaigns]}``.
"""
FITTING_SLOT_SETTING = "fitting_slot"
"""Key of how many minutes one fitting takes, one of ``domain.fittings.SLOT_LENGTHS``."""
PROMISE_SETTING = "reply_promise"
"""Key of whether the phone page says how soon one is answered; it does unless ``False``."""
TRIAL_SETTING = "trial_phones"
"""Key of the ids of members who are the shop's own people: campaigns are tried out on them."""
GOAL_SETTING = "open_rate_goal"
"""What a month's open rate should reach, as the owner set it, in whole per cent."""
WINDOW_SETTING = "attribution_days"
"""So long after it was written a campaign is given what a member does, as the owner set it, in
whole days."""
AUTO_REPLY_SETTING = "auto_reply"
"""Key of the automatic answer after hours, which is off until somebody turns it on.

``{"on": bool, "lang": "zh"|"en", "zh": text, "en": text}``; ``{when}`` in a text becomes when
the shop opens again, an empty one is the program's own.
"""


class SettingRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One setting; ``public`` ones also reach the phone page."""

    key: str
    value: Any = None
    public: bool = False


class StaffRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A person who works here.  ``role`` is ``owner`` or ``clerk``."""

    shop_id: int
    name: str
    role: str = "clerk"
    active: bool = True


class MemberRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A member, or a guest who claims to be one.

    ``state``: ``known`` (in the shop's database, no phone page yet), ``guest`` (joined, the
    number only claimed), ``confirmed`` (joined, number confirmed), ``merged`` (a guest whose
    messages moved to ``merged_into``), ``erased``.
    """

    shop_id: int
    name: str
    pinyin: str = ""
    initials: str = ""
    phone: str = ""
    """Full for owners and a guest herself, ``138****6021`` for clerks and confirmed members."""
    gender: str = ""
    tier: str = "basic"
    """``basic``, ``silver`` or ``gold``."""
    points: int = 0
    birthday: str = ""
    """``MM-DD``, in the lunar calendar when ``birthday_lunar``."""
    birthday_lunar: bool = False
    sizes: dict[str, str] = msgspec.field(default_factory=dict)
    marketing: bool = False
    """Summary of the consent ledger: may marketing notices be sent."""
    weekly_cap: int = 3
    bucket: int = 0
    state: str = "known"
    merged_into: int | None = None
    blocked: bool = False
    """The shop wants to hear nothing from her for now."""
    remark: str = ""
    """What staff wrote about her; no member ever sees it."""
    joined_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_visit_at: datetime | None = None
    created_at: datetime | None = None


class MemberTagRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One tag on one member."""

    member_id: int
    tag: str


class ConsentRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the append-only consent ledger (``purpose``: ``privacy`` or ``marketing``)."""

    member_id: int
    purpose: str
    granted: bool
    text_hash: str = ""
    channel: str = "page"
    actor: str = ""
    at: datetime


class ConversationRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A thread with one member (``direct``); ``last_seq`` messages exist, numbered 1..last_seq.

    ``waiting_since`` is the time of the first member message nobody has answered yet.
    ``preview_*`` describe the newest message that is neither recalled nor automatic.
    ``status`` is ``open`` or ``done``; whatever a member writes opens it again and ends its
    snooze.
    """

    shop_id: int
    kind: str = "direct"
    title: str = ""
    member_id: int | None = None
    status: str = "open"
    assignee_id: int | None = None
    last_seq: int = 0
    last_message_at: datetime | None = None
    waiting_since: datetime | None = None
    snoozed_until: datetime | None = None
    """Out of the queue until then; the relay wakes it."""
    snoozed_by: int | None = None
    woken_at: datetime | None = None
    """When its snooze ended; cleared by the next answer, snooze or ``done``."""
    auto_replied_at: datetime | None = None
    """When the automatic answer was last given: once for each time the shop is shut."""
    preview_kind: str = ""
    preview_text: str = ""
    preview_sender: str = ""
    """``member``, ``staff`` or ``system``."""


class ParticipantRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """How far one person has received and read one conversation; both seqs only grow."""

    shop_id: int
    conversation_id: int
    member_id: int | None = None
    staff_id: int | None = None
    delivered_seq: int = 0
    read_seq: int = 0
    read_at: datetime | None = None


class MessageRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One message.  Recalled: ``recalled_at`` is set and ``body`` and ``media`` are empty."""

    shop_id: int
    conversation_id: int
    seq: int
    client_id: str
    sender_kind: str
    """``member``, ``staff`` or ``system``."""
    sender_id: int | None = None
    kind: str = "text"
    """``text``, ``photo``, ``voice``, ``video`` or ``product``; others are shown as their body.

    ``moved`` (recalled, of ``system``) shows nothing at all: what stood there belongs to another
    member, whose merge with this one was taken back.
    """
    body: str = ""
    media: list[MediaRef] = msgspec.field(default_factory=list)
    layout: str = ""
    """How photos are laid out: "" an album, ``strip`` side by side with their labels."""
    card: ProductCard | None = None
    question: QuestionRef | None = None
    reply_to: int | None = None
    """``id`` of the message this one answers."""
    reply_media: int | None = None
    """Which of its photos is meant."""
    automatic: bool = False
    """Written by the relay by itself (the answer after hours)."""
    campaign_id: int | None = None
    addressee_id: int | None = None
    """Whom that campaign wrote to; it stays when her conversation is joined with another."""
    offer: OfferRef | None = None
    sent_at: datetime
    """The relay's clock when it was committed."""
    recalled_at: datetime | None = None


class NoteRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Words of staff to staff beside a conversation: a table of its own, in no member's scope.

    Shown behind message ``after_seq``, in order of ``id``.  Taken back: the row is deleted.
    """

    shop_id: int
    conversation_id: int
    client_id: str
    staff_id: int
    after_seq: int
    body: str
    at: datetime


class ScheduledRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A message to be sent later, once, by the relay.

    ``state``: ``waiting`` → ``sent`` | ``cancelled`` | ``refused`` (``code`` says why) |
    ``missed`` (the relay was not running when it was due: staff decide).  The message it
    becomes has the same ``client_id``.  Sent (its words live in the message) and cancelled:
    ``body``, ``media`` and ``card`` are empty.
    """

    shop_id: int
    conversation_id: int
    client_id: str
    staff_id: int
    body: str = ""
    media: list[MediaRef] = msgspec.field(default_factory=list)
    layout: str = ""
    card: ProductCard | None = None
    reply_to: int | None = None
    due_at: datetime
    state: str = "waiting"
    code: str = ""
    message_id: int | None = None
    at: datetime


class WaitRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A member waited for a reply: from the first message nobody had answered to the answer.

    Further messages while she waits are of the same wait; what the relay says by itself, notes,
    campaigns and a snooze end none.  ``outcome``: "" (she still waits) → ``answered`` |
    ``closed`` (done with, without an answer) | ``void`` (what she asked was taken back, or she
    is erased: it counts nowhere).  An erased member's has no ``conversation_id``.
    """

    shop_id: int
    conversation_id: int | None = None
    asked_at: datetime
    in_hours: bool = False
    """Whether the shop was open then, by the hours it had then."""
    ended_at: datetime | None = None
    staff_id: int | None = None
    """Who answered, or was done with it."""
    outcome: str = ""


class QuickReplyRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Words kept ready.  ``staff_id`` ``None``: the shop's, else that staff member's own.

    In ``body``, ``{name}``, ``{staff}``, ``{shop}`` and ``{points}`` are filled in and each
    ``[hint]`` is a blank to type into.
    """

    shop_id: int
    client_id: str
    staff_id: int | None = None
    title: str = ""
    shortcut: str = ""
    """What one types behind ``/``; "" when only the title finds it."""
    body: str = ""
    media: list[MediaRef] = msgspec.field(default_factory=list)
    uses: int = 0
    used_at: datetime | None = None
    at: datetime


class MemberMergeRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Two members were found to be one person; ``undone_at`` when that was taken back."""

    keep_id: int
    gone_id: int
    gone_name: str = ""
    staff_id: int
    at: datetime
    undone_at: datetime | None = None


class DraftRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Unsent words of one staff member in one conversation, shared by her consoles."""

    staff_id: int
    conversation_id: int
    body: str = ""
    beside: str = ""
    """The other console's words when two drafts collided; never thrown away silently."""
    updated_at: datetime


class SegmentRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Members that a rule means, kept under a name; ``rule`` as ``domain.segment_json`` writes."""

    shop_id: int
    client_id: str
    name: str
    rule: dict[str, Any]
    created_by: int | None = None
    at: datetime


class GrantRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Reader ``reader_kind``/``reader_id`` may see ``scope`` until ``revoked_at``."""

    reader_kind: str
    reader_id: int
    scope: str
    revoked_at: datetime | None = None


TABLES: dict[str, type[Row]] = {
    "shop": ShopRow,
    "setting": SettingRow,
    "staff": StaffRow,
    "member": MemberRow,
    "member_tag": MemberTagRow,
    "consent": ConsentRow,
    "member_merge": MemberMergeRow,
    "conversation": ConversationRow,
    "participant": ParticipantRow,
    "message": MessageRow,
    "note": NoteRow,
    "scheduled": ScheduledRow,
    "wait": WaitRow,
    "draft": DraftRow,
    "quick_reply": QuickReplyRow,
    "product": ProductRow,
    "variant": VariantRow,
    "stock_movement": StockMovementRow,
    "visit": VisitRow,
    "purchase": PurchaseRow,
    "enquiry": EnquiryRow,
    "hold": HoldRow,
    "waitlist": WaitlistRow,
    "fitting_room": FittingRoomRow,
    "fitting": FittingRow,
    "segment": SegmentRow,
    "template": TemplateRow,
    "campaign": CampaignRow,
    "recipient": RecipientRow,
    "offer": OfferRow,
    "coupon": CouponRow,
    "question_answer": QuestionAnswerRow,
    "campaign_tally": CampaignTallyRow,
    "readership": ReadershipRow,
}
"""Every synced table.  A ``GrantRow`` does not travel as a row but as ``granted``/``forget``."""

__all__ = [
    "ADDRESS_SETTING",
    "AUTO_REPLY_SETTING",
    "FITTING_SLOT_SETTING",
    "GOAL_SETTING",
    "HOURS_SETTING",
    "PROMISE_SETTING",
    "RESTORED_SETTING",
    "TABLES",
    "TRIAL_SETTING",
    "WINDOW_SETTING",
    "CampaignRow",
    "CampaignTallyRow",
    "ConsentRow",
    "ConversationRow",
    "CouponRow",
    "DraftRow",
    "EnquiryRow",
    "FittingRoomRow",
    "FittingRow",
    "GrantRow",
    "HoldRow",
    "MediaRef",
    "MemberMergeRow",
    "MemberRow",
    "MemberTagRow",
    "MessageRow",
    "NoteRow",
    "OfferRef",
    "OfferRow",
    "OfferTerms",
    "ParticipantRow",
    "ProductCard",
    "ProductRow",
    "PurchaseRow",
    "QuestionAnswerRow",
    "QuestionRef",
    "QuickReplyRow",
    "ReadershipRow",
    "RecipientRow",
    "Row",
    "ScheduledRow",
    "SegmentRow",
    "SettingRow",
    "ShopRow",
    "StaffRow",
    "StockMovementRow",
    "TemplateRow",
    "VariantRow",
    "VisitRow",
    "WaitRow",
    "WaitlistRow",
]
