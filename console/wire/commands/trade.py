"""Visits, purchases, enquiries, holds; and uploads, which the relay finishes.  Pure data."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from console.wire.commands.base import BOTH, MEMBER, RELAY, STAFF, STAFF_OR_RELAY, Command


class RecordVisit(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A member came.  Result: ``{"id"}``.

    ``visit.counted`` where she came within two hours of it already, unless ``again`` says that
    both count.  ``client_id`` names it for ``visit.undo``.
    """

    name: ClassVar[str] = "visit.record"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    member_id: int
    at: datetime | None = None
    source: str = "counter"
    client_id: str | None = None
    again: bool = False


class UndoVisit(Command, frozen=True, kw_only=True, omit_defaults=True):
    """She was not the one: the visit of that ``client_id`` is not counted.

    ``visit.too_late`` where ``at`` is more than 15 minutes after it.  What was never counted
    needs no undoing.
    """

    name: ClassVar[str] = "visit.undo"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    at: datetime | None = None


class RecordPurchase(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A line of a receipt; takes the units out of stock.  Result: ``{"id"}``."""

    name: ClassVar[str] = "purchase.record"
    by: ClassVar[frozenset[str]] = STAFF_OR_RELAY
    member_id: int
    variant_id: int
    quantity: int = 1
    amount: int = 0
    at: datetime | None = None


class RecordEnquiry(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A member asked about a product.  Result: ``{"id"}``."""

    name: ClassVar[str] = "enquiry.record"
    by: ClassVar[frozenset[str]] = BOTH
    member_id: int = 0
    """0: the member who sends it."""
    product_id: int
    variant_id: int | None = None
    message_id: int | None = None
    source: str = "clerk"


class TapPhoto(Command, frozen=True, kw_only=True, omit_defaults=True):
    """She tapped a photo of a message: she asks about the article it shows.

    One enquiry for each member, message and photo, however often.  Result: ``{"id"}``, 0 where
    there is nothing to ask about (any more).
    """

    name: ClassVar[str] = "photo.tap"
    by: ClassVar[frozenset[str]] = MEMBER
    message_id: int
    media_id: int


class AskHold(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Ask for units to be kept; nothing is reserved yet.  Result: ``{"id"}``.

    A member, who has no catalogue, names instead of ``variant_id`` the message that shows her
    the article (``message_id``) and a ``size``: on its card, which is in one colour, or on one of
    its photos (``media_id``), with a ``colour`` where the photo is of several.
    """

    name: ClassVar[str] = "hold.ask"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str
    member_id: int = 0
    variant_id: int = 0
    message_id: int = 0
    media_id: int = 0
    colour: str = ""
    size: str = ""
    quantity: int = 1


class ConfirmHold(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Reserve what was asked, if ``stock - held`` allows; else ``stock.none``.

    ``hours``: from 15 minutes to 30 days, else ``hold.length``.  Result: ``{"id",
    "expires_at"}``.
    """

    name: ClassVar[str] = "hold.confirm"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    hours: float = 48


class ExtendHold(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Keep a confirmed hold until another time, which is still to come and within 30 days.

    The time is named, not added, so that two counters that mean the same do not add up.
    Result: ``{"id", "expires_at"}``.
    """

    name: ClassVar[str] = "hold.extend"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    expires_at: datetime


class CollectHold(Command, frozen=True, kw_only=True, omit_defaults=True):
    """She took what was kept: it is sold to her at the price of now, once.

    ``at``: when, if not just now.  Result: ``{"id", "purchase_id"}``.
    """

    name: ClassVar[str] = "hold.collect"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    at: datetime | None = None


class ReleaseHold(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Let go of an asked or confirmed hold."""

    name: ClassVar[str] = "hold.release"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str


class JoinWaitlist(Command, frozen=True, kw_only=True, omit_defaults=True):
    """She waits for a unit of a variant and is told when it is back.

    Result: ``{"id", "client_id", "state", "place"}``, ``place`` from 1 among those who wait, 0
    when a unit is kept for her.  Who waits already has one place, whose ``client_id`` it tells.
    The ``client_id`` of a place that was left takes it again where it was.  A member names the
    article as in ``hold.ask``.
    """

    name: ClassVar[str] = "waitlist.join"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str
    member_id: int = 0
    variant_id: int = 0
    message_id: int = 0
    media_id: int = 0
    colour: str = ""
    size: str = ""


class LeaveWaitlist(Command, frozen=True, kw_only=True, omit_defaults=True):
    """She waits no longer; a unit that was kept for her goes to whoever is next."""

    name: ClassVar[str] = "waitlist.leave"
    by: ClassVar[frozenset[str]] = BOTH
    client_id: str


class FinishUpload(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A processed upload becomes a medium nobody sees until a message carries it.

    Result: ``{"media_id"}``.
    """

    name: ClassVar[str] = "upload.finish"
    by: ClassVar[frozenset[str]] = RELAY
    client_id: str
    owner_kind: str
    owner_id: int
    sha256: str
    mime: str
    width: int
    height: int
    size: int
    blurhash: str = ""
    duration_ms: int = 0
    waveform: str = ""


class DiscardMedia(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Uploads that no message ever carried are marked erased; attached ones are left alone."""

    name: ClassVar[str] = "media.discard"
    by: ClassVar[frozenset[str]] = RELAY
    media_ids: list[int]
