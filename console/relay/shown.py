"""What a message shows a member of the shop's articles, and in what she may ask to have it kept.

Reads; writes nothing.  A phone has no catalogue, so it names a message and what it saw there.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from console.domain import holds, waitlist
from console.relay.actor import Actor
from console.store import reading, tables
from console.wire.errors import Code, Refusal
from console.wire.rows import MediaRef, MessageRow, ProductRow, VariantRow, WaitlistRow


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One colour and size that a photo's article may be asked for in; ``left``: in stock."""

    variant_id: int
    colour: str
    colour_en: str
    size: str
    left: bool
    title: str
    title_en: str


def message(connection: Connection, actor: Actor, message_id: int) -> MessageRow:
    """A message of her own chat.  Raises ``not_found``."""
    table = tables.message
    row: MessageRow | None = reading.one(connection, table, table.c.id == message_id)
    if row is None or not actor.may_chat(row.conversation_id, row.shop_id):
        raise Refusal(Code.NOT_FOUND, field="message_id")
    return row


def is_taken_back(connection: Connection, row: MessageRow) -> bool:
    """Whether it was recalled, or its campaign was and its turn is still to come."""
    if row.recalled_at is not None or row.campaign_id is None:
        return row.recalled_at is not None
    table = tables.campaign
    recalled = table.c.id == row.campaign_id, table.c.recalled_at.is_not(None)
    return reading.one(connection, table, *recalled) is not None


def photo(connection: Connection, row: MessageRow, media_id: int) -> MediaRef | None:
    """A photo of it that shows an article the shop still has, else ``None``."""
    found: MediaRef | None = next((each for each in row.media if each.id == media_id), None)
    if found is None or found.product_id is None or is_taken_back(connection, row):
        return None
    return found if _product(connection, found.product_id) is not None else None


def variants(connection: Connection, product_id: int, colour: str) -> list[VariantRow]:
    """In what an article shown in that colour ("": in all) may be asked for; in stock first."""
    table = tables.variant
    rows: list[VariantRow] = reading.fetch(connection, table, table.c.product_id == product_id)
    return holds.offered(sorted(rows, key=lambda row: row.id), colour)


def choices(connection: Connection, actor: Actor, message_id: int, media_id: int) -> list[Choice]:
    """In what she may ask for what a photo shows.  Raises ``not_found``, also for nothing."""
    found = photo(connection, message(connection, actor, message_id), media_id)
    if found is None or found.product_id is None:
        raise Refusal(Code.NOT_FOUND, field="media_id")
    rows = variants(connection, found.product_id, found.colour)
    if not rows:
        raise Refusal(Code.NOT_FOUND, field="media_id")
    product = _product(connection, found.product_id)
    return [
        Choice(variant_id=row.id, colour=row.colour, colour_en=row.colour_en, size=row.size,
               left=holds.is_left(row), **titles(product, row))
        for row in rows
    ]  # fmt: skip


def places(connection: Connection, actor: Actor) -> dict[str, int]:
    """A member's places among those who wait, from 1, by ``client_id``."""
    table = tables.waitlist
    mine: list[WaitlistRow] = reading.fetch(
        connection, table, table.c.member_id == actor.id, tables.WAITLIST_LIVE
    )
    found: dict[str, int] = {}
    for row in mine:
        every = reading.fetch(
            connection, table, table.c.variant_id == row.variant_id, tables.WAITLIST_LIVE
        )
        place = waitlist.place(every, actor.id)
        if place is not None and row.state == waitlist.State.WAITING:
            found[row.client_id] = place
    return found


def titles(product: ProductRow | None, variant: VariantRow) -> dict[str, str]:
    """The variant in words, ``title`` and ``title_en``; no colour twice (``米白衬衫``)."""
    if product is None:
        return {"title": "", "title_en": ""}
    colour = "" if product.name.startswith(variant.colour) else variant.colour
    parts = (product.name_en or product.name, variant.colour_en, variant.size)
    return {"title": f"{colour}{product.name} {variant.size}".strip(),
            "title_en": " ".join(part for part in parts if part)}  # fmt: skip


def titles_of(connection: Connection, variant: VariantRow) -> dict[str, str]:
    """``titles`` of a variant whose article is to be looked up."""
    return titles(_product(connection, variant.product_id), variant)


def _product(connection: Connection, product_id: int) -> Any:
    table = tables.product
    return reading.one(connection, table, table.c.id == product_id)
