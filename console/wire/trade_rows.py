"""Rows of goods and of what members did with them.  Pure data, as in ``wire.rows``."""

from __future__ import annotations

from datetime import datetime

import msgspec

from console.wire.row_parts import Row


class ProductRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """An article; ``picture`` names a file below ``/artwork/`` or a medium ``media:<id>``."""

    shop_id: int
    sku: str
    name: str
    name_en: str = ""
    category: str = ""
    gender: str = ""
    price: int = 0
    promo_price: int | None = None
    picture: str = ""
    style_tags: list[str] = msgspec.field(default_factory=list)


class VariantRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One colour and size; ``stock`` counts units on the shelf, ``held`` those of them kept."""

    shop_id: int
    product_id: int
    colour: str = ""
    colour_en: str = ""
    colour_hex: str = ""
    size: str = ""
    barcode: str = ""
    stock: int = 0
    held: int = 0
    shelf: str = ""
    picture: str = ""


class StockMovementRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A line of a variant's ledger, never changed: ``delta`` units, ``balance`` after it.

    ``reason``: ``opening``, ``arrived``, ``sold``, ``returned``, ``counted``, ``corrected`` or
    ``moved``.  ``short``: units sold besides that the stock did not know of.
    """

    shop_id: int
    variant_id: int
    delta: int
    balance: int
    short: int = 0
    reason: str
    note: str = ""
    staff_id: int | None = None
    """``None``: the relay, for the shop's tills."""
    at: datetime


class VisitRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A member came to the shop; ``client_id`` names what a counter recorded."""

    shop_id: int
    member_id: int
    at: datetime
    source: str = "counter"
    client_id: str | None = None


class PurchaseRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A line of a receipt; ``amount`` is what was paid for all ``quantity`` units, in cents."""

    shop_id: int
    member_id: int
    variant_id: int | None = None
    product_id: int | None = None
    quantity: int = 1
    amount: int = 0
    at: datetime


class EnquiryRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A member asked about a product; ``source``: ``clerk``, ``message`` or ``tap``.

    ``message_id`` and ``media_id``: the photo that was tapped, one row for each; ``colour`` is the
    one it shows, where no size was meant.
    """

    shop_id: int
    member_id: int
    product_id: int
    variant_id: int | None = None
    message_id: int | None = None
    media_id: int | None = None
    colour: str = ""
    source: str = "clerk"
    at: datetime


class FittingRoomRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A place to try things on.  ``removed_at``: no more; its fittings stay what they are."""

    shop_id: int
    client_id: str
    name: str
    place: int = 0
    """Rooms stand in this order."""
    removed_at: datetime | None = None


class FittingRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A room kept for a member from ``starts_at`` to ``ends_at``.

    ``state``: ``booked`` → ``arrived`` | ``bought`` | ``no_show`` | ``cancelled``.  Members are
    not told what is laid out, who booked it or that she was missed (for them it stays booked).
    """

    shop_id: int
    client_id: str
    member_id: int
    room_id: int
    starts_at: datetime
    ends_at: datetime
    state: str = "booked"
    variants: list[int] = msgspec.field(default_factory=list)
    """What is to be laid out for her, besides what is kept for her."""
    staff_id: int | None = None
    """Who booked it; ``None``: she herself."""
    remind_at: datetime | None = None
    """When she is to be reminded; ``None``: she was, or is not to be."""
    at: datetime


class HoldRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """Units kept for a member: ``asked`` → ``confirmed`` → ``collected`` | ``lapsed``.

    ``released``: somebody let go of it; without ``expires_at`` before it was kept.
    """

    shop_id: int
    client_id: str
    member_id: int
    variant_id: int
    title: str = ""
    """What is kept, in words (``红色风衣 L``): a member's phone has no catalogue."""
    title_en: str = ""
    quantity: int = 1
    state: str = "asked"
    expires_at: datetime | None = None
    notify_at: datetime | None = None
    """When the relay tells her next: that it ends soon, or that it has."""
    at: datetime


class WaitlistRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A member waits for one unit of a variant; the lower ``id`` is offered one earlier.

    ``waiting`` → ``offered`` → ``taken`` | ``lapsed`` | ``declined``; or ``withdrawn``.
    """

    shop_id: int
    client_id: str
    member_id: int
    variant_id: int
    staff_id: int | None = None
    """Who noted it; ``None``: she herself."""
    state: str = "waiting"
    hold_id: int | None = None
    """What is kept for her, once it was offered."""
    asked_at: datetime
    due_at: datetime | None = None
    """When the offer ends; of one who waits, when the quiet hours do that hold it back."""
    ended_at: datetime | None = None
