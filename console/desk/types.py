"""What desk hands to the screens: frozen values, nothing of the database or the socket.

Times are aware UTC; screens turn them into the shop's local time.  ``state`` of a message
made here: ``sent`` (the relay has it), ``queued`` (in the outbox), ``sending``,
``uploading`` (see ``progress``), ``failed`` (refused, see ``failure``).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from console.desk.offer_types import CouponItem
from console.wire.rows import OfferRef, ProductCard, QuestionRef

MessageState = Literal["sent", "queued", "sending", "uploading", "failed"]
ConversationFilter = Literal["waiting", "unread", "mine", "groups", "snoozed", "all"]
LinkPhase = Literal["synced", "syncing", "connecting", "offline", "refused", "update_needed"]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what screens receive."""


class LinkState(Value, frozen=True, kw_only=True):
    """The line to the relay, as the rail shows it.

    Attributes:
        phase: what is going on.
        since: when this phase began.
        queued: commands waiting in the outbox.
        code: reason code when ``refused``, else "".
        progress: 0..1 while a first copy is being fetched, else ``None``.
    """

    phase: LinkPhase
    since: datetime
    queued: int = 0
    code: str = ""
    progress: float | None = None


class Me(Value, frozen=True, kw_only=True):
    """The staff member who sits here, and her shop."""

    staff_id: int
    name: str
    role: str
    shop_id: int
    shop_name: str
    timezone: str


class Counts(Value, frozen=True, kw_only=True):
    """Figures of the queue.

    Attributes:
        longest_wait_since: oldest unanswered message, if any.
        next_wake: when the next snoozed conversation comes back, if any.
    """

    waiting: int = 0
    unread: int = 0
    mine: int = 0
    groups: int = 0
    snoozed: int = 0
    all: int = 0
    longest_wait_since: datetime | None = None
    next_wake: datetime | None = None


class ConversationItem(Value, frozen=True, kw_only=True):
    """One row of the conversation list."""

    id: int
    title: str
    """The member's name (or the group's)."""
    member_id: int | None = None
    tier: str = "basic"
    preview_kind: str = ""
    preview_text: str = ""
    preview_sender: str = ""
    preview_read: bool = False
    """A staff preview the member has read (double tick)."""
    preview_queued: bool = False
    """A preview that has not left this computer (no tick)."""
    last_message_at: datetime | None = None
    waiting_since: datetime | None = None
    unread: int = 0
    has_draft: bool = False
    draft_text: str = ""
    begun_kind: str = ""
    """What was begun on this computer besides words: ``note`` or a message's kind."""
    failed: bool = False
    """Something in its outbox lane was refused."""
    kind: str = "direct"
    done: bool = False
    last_seq: int = 0
    assignee_id: int = 0
    assignee_name: str = ""
    snoozed_until: datetime | None = None
    """Out of the queue until then; past: it is back, as a reminder."""
    woken_at: datetime | None = None
    member_state: str = ""
    blocked: bool = False

    def reminds(self, now: datetime) -> bool:
        """Whether its time has come after it was put off."""
        due = self.snoozed_until is not None and self.snoozed_until <= now
        return due or (self.woken_at is not None and self.snoozed_until is None)

    def sleeps(self, now: datetime) -> bool:
        """Whether it is put off until later."""
        return self.snoozed_until is not None and self.snoozed_until > now


class PhotoItem(Value, frozen=True, kw_only=True):
    """A photo, voice or video in a bubble: ``media_id`` (on the relay) or ``path`` (still here).

    ``waveform`` is the loudness of a voice over its length, up to 64 hexadecimal digits.
    ``price`` in cents stands behind the caption; ``product_id`` is the article that is shown, in
    ``colour`` as the catalogue calls it.
    """

    media_id: int = 0
    path: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    blurhash: str = ""
    duration_ms: int = 0
    waveform: str = ""
    caption: str = ""
    price: int | None = None
    product_id: int = 0
    colour: str = ""


class QuoteItem(Value, frozen=True, kw_only=True):
    """The message that another one answers; ``seq`` 0: it is not on this computer."""

    id: int
    seq: int = 0
    sender_name: str = ""
    mine: bool = False
    kind: str = "text"
    body: str = ""
    recalled: bool = False
    photo: PhotoItem | None = None


class MessageItem(Value, frozen=True, kw_only=True):
    """One bubble.

    Attributes:
        key: stable for the bubble's whole life: the message's ``client_id``.
        id: the relay's id, 0 while queued.
        seq: place in the conversation; queued ones come after all others, in order.
        kind: ``text``, ``photo``, ``voice``, ``video``, ``product``, ``note`` (staff only) or
            ``scheduled`` (to be sent at ``due_at``); others are shown as their body.
        anchor: of a note: the seq it stands behind; ``None`` at the end of everything.
        mine: written on the shop's side.
        campaign: written to many members at once, who may claim coupons of its ``offer``.
        question: that it asks; ``answer``: what she chose or said, "" nothing yet.
        sender_name: who of the staff (or the member) wrote it.
        read: the member has read it, by ``read_at`` at the latest; ``delivered``: her phone
            has it.
        placeholder: the row has not arrived yet; draw a gap, never a wrong order.
        entry: outbox number for ``retry`` and ``discard`` when queued or failed, else 0.
        failure: reason code when ``failed``; ``failure_parameters`` fill its sentence.
        due: of a ``scheduled`` one: ``waiting``, ``missed`` or ``refused`` (see ``failure``).
    """

    key: str
    id: int = 0
    seq: int = 0
    kind: str = "text"
    mine: bool = False
    sender_kind: str = "member"
    sender_id: int = 0
    sender_name: str = ""
    body: str = ""
    photos: tuple[PhotoItem, ...] = ()
    layout: str = ""
    card: ProductCard | None = None
    quote: QuoteItem | None = None
    automatic: bool = False
    campaign: bool = False
    offer: OfferRef | None = None
    question: QuestionRef | None = None
    answer: str = ""
    due: str = ""
    due_at: datetime | None = None
    anchor: int | None = None
    at: datetime
    delivered: bool = False
    read: bool = False
    read_at: datetime | None = None
    recalled: bool = False
    recallable: bool = False
    state: MessageState = "sent"
    progress: float = 0.0
    entry: int = 0
    failure: str = ""
    failure_parameters: dict[str, str | int | float] = {}
    placeholder: bool = False


class MediumLook(Value, frozen=True, kw_only=True):
    """What a file shows before it is sent: a small JPEG (empty: none) and its length."""

    poster: bytes = b""
    duration_ms: int = 0


class NewMedium(Value, frozen=True, kw_only=True):
    """A file to be sent: where it is or what it is, with the words under it.

    ``waveform`` and ``duration_ms`` of a voice just recorded, for its bubble.
    """

    content: Path | bytes
    caption: str = ""
    waveform: str = ""
    duration_ms: int = 0


class NewMessage(Value, frozen=True, kw_only=True):
    """What a clerk sends: words, 1–9 photos or one voice or one video, or a product's card."""

    body: str = ""
    media: tuple[NewMedium, ...] = ()
    layout: str = ""
    product_id: int = 0
    variant_id: int = 0
    reply_to: int = 0


class VariantChoice(Value, frozen=True, kw_only=True):
    """One colour and size of a product; ``free`` units can be sold now."""

    variant_id: int
    colour: str = ""
    colour_en: str = ""
    size: str = ""
    free: int = 0
    shelf: str = ""


class ProductChoice(Value, frozen=True, kw_only=True):
    """A product as the picker shows it."""

    product_id: int
    sku: str
    name: str
    name_en: str = ""
    price: int = 0
    promo_price: int | None = None
    picture: str = ""
    variants: tuple[VariantChoice, ...] = ()


class TimelineWindow(Value, frozen=True, kw_only=True):
    """Consecutive bubbles, oldest first.

    ``has_older``: more exist below ``items[0].seq`` (asking again may fetch from the relay);
    ``older_on_relay``: they are not on this computer and need the line.
    """

    conversation_id: int
    items: tuple[MessageItem, ...] = ()
    last_seq: int = 0
    read_seq: int = 0
    """Up to where this staff member had read when the window was made (unread divider)."""
    has_older: bool = False
    older_on_relay: bool = False


class DraftItem(Value, frozen=True, kw_only=True):
    """Unsent words.  ``beside``: what another console had typed meanwhile."""

    conversation_id: int
    body: str = ""
    beside: str = ""
    rev: int = 0


class TradeLine(Value, frozen=True, kw_only=True):
    """A product a member asked about, bought or has on hold, ready to show."""

    product_id: int
    name: str
    name_en: str = ""
    colour: str = ""
    colour_en: str = ""
    size: str = ""
    picture: str = ""
    price: int = 0
    promo_price: int | None = None
    stock: int = 0
    """Units that nobody has on hold."""
    state: str = ""
    at: datetime | None = None
    hold: str = ""
    """Of a hold, its ``client_id``; then also ``quantity``, and until when it is kept."""
    quantity: int = 1
    until: datetime | None = None
    place: int = 0
    """Of what she waits for (its ``client_id`` is in ``hold``): her place, from 1; 0: the relay
    has not heard of it."""
    shelf: str = ""
    """Where a variant hangs or lies in the shop."""
    unsent: bool = False
    """Something done with it here has no answer yet."""


class FieldConflict(Value, frozen=True, kw_only=True):
    """A fact that was changed here and elsewhere; nothing of either is lost until decided.

    Attributes:
        field: as ``member.update`` names it.
        mine: what was entered here; ``theirs``: what stands there now.
        code: why it was refused: ``conflict``, or what is wrong with it.
    """

    field: str
    mine: Any
    theirs: Any
    code: str = "conflict"


class MemberPanel(Value, frozen=True, kw_only=True):
    """Everything the right-hand panel shows of a member."""

    member_id: int
    name: str
    phone: str = ""
    tier: str = "basic"
    points: int = 0
    birthday: str = ""
    birthday_lunar: bool = False
    state: str = "known"
    joined_at: datetime | None = None
    created_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_visit_at: datetime | None = None
    visits_30d: int = 0
    purchases_12m: int = 0
    spent_12m: int = 0
    marketing: bool = False
    weekly_cap: int = 3
    online: bool = False
    tags: tuple[str, ...] = ()
    sizes: dict[str, str] = {}
    asked: tuple[TradeLine, ...] = ()
    bought: tuple[TradeLine, ...] = ()
    holds: tuple[TradeLine, ...] = ()
    waits: tuple[TradeLine, ...] = ()
    """What she is told of when it is back."""
    gender: str = ""
    remark: str = ""
    blocked: bool = False
    merged_into: int = 0
    merged_name: str = ""
    coupons: tuple[CouponItem, ...] = ()
    conflicts: tuple[FieldConflict, ...] = ()
    """Changes made here that were refused, with what stands there now."""


class Invite(Value, frozen=True, kw_only=True):
    """A personal link; whoever opens it first becomes that member.

    Attributes:
        at_home: the address also works outside the shop's own network.
    """

    member_id: int
    url: str
    expires_at: datetime
    at_home: bool = False


class Typing(Value, frozen=True, kw_only=True):
    """Somebody types (``typing``) or looks at (``viewing``) a conversation just now."""

    conversation_id: int
    kind: str
    sender_kind: str
    sender_id: int
    name: str
    on: bool


class Changed(Value, frozen=True, kw_only=True):
    """What a batch of applied rows touched, so that screens ask again only for that."""

    tables: frozenset[str] = frozenset()
    conversations: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    everything: bool = False
    """A reset or a whole scope: reload."""

    def concerns(self, conversation_id: int, *tables: str) -> bool:
        """Whether rows of those tables that belong to the conversation may have changed."""
        here = conversation_id in self.conversations and not self.tables.isdisjoint(tables)
        return self.everything or here

    def with_more(self, other: Changed) -> Changed:
        """Both together."""
        return Changed(tables=self.tables | other.tables, members=self.members | other.members,
                       conversations=self.conversations | other.conversations,
                       everything=self.everything or other.everything)  # fmt: skip
