"""What a message carries: its uploads and its product card, checked; set-wise.

Shared by sending now, sending later and firing what was to be sent later.  Nothing is written
here: what follows from a checked content is left in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from console.domain.conversations import preview_text
from console.domain.messages import (
    MAX_CAMPAIGN_PHOTOS,
    MAX_PHOTOS,
    fits_layout,
    kind_of,
    tidy_captions,
)
from console.relay.actor import Actor
from console.relay.handlers.base import missing
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.commands import SendMessage
from console.wire.errors import Code, Refusal
from console.wire.frames import MAX_TEXT_CHARS
from console.wire.rows import MediaRef, ProductCard, ProductRow, QuestionRef, VariantRow

KEPT = "media:"
"""An upload named ``media:<id>`` is a picture of a quick reply, sent once more."""
COPIED = ("sha256", "mime", "width", "height", "size", "blurhash", "duration_ms", "waveform")
"""Columns of a medium that one with the same bytes has, too."""


@dataclass(frozen=True, slots=True)
class Content:
    """A checked content.

    Attributes:
        kind: ``text``, ``photo``, ``voice``, ``video`` or ``product``.
        body: its words.
        media: as the row keeps it.
        layout: "" or ``strip``.
        card: as the row keeps it, or ``None``.
        attached: ids of media that belong to this message from now on.
        copies: new rows of media it shares with a quick reply.
    """

    kind: str
    body: str
    media: list[dict[str, Any]] = field(default_factory=list)
    layout: str = ""
    card: dict[str, Any] | None = None
    attached: list[int] = field(default_factory=list)
    copies: list[dict[str, Any]] = field(default_factory=list)


def preview_of(body: str, card: Any, question: QuestionRef | None = None) -> str:
    """What a list shows of a message: its words, else what it asks or the name of what it shows."""
    words = body or (question.text if question is not None else "")
    if words or card is None:
        return preview_text(words)
    return preview_text(card["name"] if isinstance(card, dict) else card.name)


def kind_of_row(media: Sequence[MediaRef], card: ProductCard | None) -> str:
    """The kind of a message that was checked when it was written down."""
    if card is not None:
        return "product"
    return kind_of([item.mime for item in media], MAX_CAMPAIGN_PHOTOS) or "text"


def check_words(body: str, *, alone: bool) -> None:
    """Raise ``text.too_long``, or ``text.empty`` when they are ``alone`` and say nothing."""
    if len(body) > MAX_TEXT_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"limit": MAX_TEXT_CHARS}, field="body")
    if alone and not body.strip():
        raise Refusal(Code.TEXT_EMPTY, field="body")


def media_ref(row: Any, media_id: int, caption: str = "") -> dict[str, Any]:
    """A ``MediaRef`` as a row keeps it, without what it leaves at its default."""
    ref = {
        "id": media_id, "mime": row.mime, "width": row.width, "height": row.height,
        "size": row.size, "blurhash": row.blurhash,
    }  # fmt: skip
    extra = {"duration_ms": row.duration_ms, "waveform": row.waveform, "caption": caption}
    return ref | {name: value for name, value in extra.items() if value}


@dataclass(frozen=True, slots=True)
class Materials:
    """Uploads, articles and their variants, one query each for all commands."""

    tx: Transaction
    uploads: dict[str, Any]
    kept: dict[int, Any]
    products: dict[int, ProductRow]
    variants: dict[int, list[VariantRow]]

    @classmethod
    def load(cls, tx: Transaction, commands: Sequence[SendMessage]) -> Materials:
        """What those commands name, as far as it exists."""
        names = [name for command in commands for name in command.uploads]
        ids = [c.product_id for c in commands if c.product_id is not None]
        products = reading.by_ids(tx.connection, tables.product, ids)
        return cls(
            tx, load_uploads(tx, names), _load_kept(tx, names), products,
            load_variants(tx, list(products)),
        )  # fmt: skip

    def take(self, actor: Actor, command: SendMessage) -> Content:
        """Check what a command carries.

        Raises ``text.empty``, ``text.too_long``, ``command.invalid``, ``command.denied``,
        ``upload.missing``, ``conflict``, ``media.gone``, ``not_found``.
        """
        check_words(command.body, alone=not command.uploads and command.product_id is None)
        names = command.uploads
        if len(names) > MAX_PHOTOS or len(set(names)) != len(names):
            raise Refusal(Code.COMMAND_INVALID, field="uploads")
        if actor.kind != "staff" and (command.layout or command.product_id is not None):
            field = "layout" if command.layout else "product_id"
            raise Refusal(Code.COMMAND_DENIED, field=field)
        if command.product_id is not None:
            return self._product(actor, command)
        return self._media(actor, command)

    def _product(self, actor: Actor, command: SendMessage) -> Content:
        if command.uploads or command.layout or command.captions:
            raise Refusal(Code.COMMAND_INVALID, field="product_id")
        card = self._card(actor, command.product_id, command.variant_id)
        return Content("product", command.body, card=card)

    def _media(self, actor: Actor, command: SendMessage) -> Content:
        rows = [self._upload(actor, name) for name in command.uploads]
        kind = kind_of([row.mime for row in rows])
        if kind is None:
            raise Refusal(Code.COMMAND_INVALID, field="uploads")
        captions = tidy_captions(command.captions, len(rows))
        if captions is None:
            raise Refusal(Code.COMMAND_INVALID, field="captions")
        if not fits_layout(command.layout, kind):
            raise Refusal(Code.COMMAND_INVALID, field="layout")
        content = Content(kind, command.body, layout=command.layout)
        for row, caption in zip(rows, captions, strict=True):
            self._put(content, actor, row, caption)
        return content

    def _put(self, content: Content, actor: Actor, row: Any, caption: str) -> None:
        """An upload goes along itself; of a quick reply's picture a new medium does."""
        media_id = row.id
        if row.internal:
            media_id = self.tx.new_id(tables.media)
            content.copies.append({
                "id": media_id, "client_id": f"copy-{uuid4().hex}", "owner_kind": actor.kind,
                "owner_id": actor.id, "created_at": self.tx.now,
                **{column: getattr(row, column) for column in COPIED},
            })  # fmt: skip
        else:
            content.attached.append(media_id)
            # The next command of the batch finds it taken.
            self.uploads.pop(row.client_id)
        content.media.append(media_ref(row, media_id, caption))

    def _upload(self, actor: Actor, name: str) -> Any:
        """The medium of her own finished upload, or of a quick reply, that may be sent."""
        row = self.uploads.get(name)
        if row is None and name.startswith(KEPT) and actor.kind == "staff":
            row = self.kept.get(_number(name))
            if row is not None and not _shared_with(actor, row):
                row = None
        elif row is not None:
            check_own(actor, row)
        if row is None:
            raise Refusal(Code.UPLOAD_MISSING, field="uploads")
        return row

    def _card(self, actor: Actor, product_id: int | None, variant_id: int | None) -> dict[str, Any]:
        """The article as it is now, out of the relay's own rows."""
        product = self.products.get(product_id or 0)
        if product is None or product.shop_id != actor.shop_id:
            raise missing("product_id")
        variants = self.variants.get(product.id, [])
        chosen = next((row for row in variants if row.id == variant_id), None)
        if variant_id is not None and chosen is None:
            raise missing("variant_id")
        return make_card(product, variants, chosen)


def make_card(
    product: ProductRow, variants: Sequence[VariantRow], chosen: VariantRow | None
) -> dict[str, Any]:
    """The card of an article, or of one of its variants (then of that colour's sizes)."""
    same = [row for row in variants if chosen is None or row.colour == chosen.colour]
    in_stock = [row.size for row in same if row.stock > row.held]
    card: dict[str, Any] = {
        "product_id": product.id, "name": product.name, "name_en": product.name_en,
        "price": product.price, "promo_price": product.promo_price, "picture": product.picture,
        "sizes": list(dict.fromkeys(in_stock)),
    }  # fmt: skip
    if chosen is not None:
        card |= {"variant_id": chosen.id, "colour": chosen.colour, "colour_en": chosen.colour_en,
                 "size": chosen.size, "picture": chosen.picture or product.picture}  # fmt: skip
    return card


def load_uploads(tx: Transaction, names: Sequence[str]) -> dict[str, Any]:
    """Media by the names of their uploads."""
    media = tables.media
    if not names:
        return {}
    query = select(media).where(one_of(tx.connection, media.c.client_id, names))
    return {row.client_id: row for row in tx.connection.execute(query)}


def check_own(actor: Actor, row: Any) -> None:
    """A finished upload of one's own that nothing carries yet."""
    if (row.owner_kind, row.owner_id) != (actor.kind, actor.id):
        # The same answer for a stranger's: a name proves nothing.
        raise Refusal(Code.UPLOAD_MISSING, field="uploads")
    if row.conversation_id is not None or row.internal:
        raise Refusal(Code.CONFLICT, field="uploads")
    if row.erased_at is not None:
        raise Refusal(Code.MEDIA_GONE, field="uploads")


def _number(name: str) -> int:
    digits = name.removeprefix(KEPT)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else 0


def _load_kept(tx: Transaction, names: Sequence[str]) -> dict[int, Any]:
    """Pictures of quick replies among the named."""
    media = tables.media
    ids = [_number(name) for name in names if name.startswith(KEPT)]
    if not ids:
        return {}
    query = select(media).where(
        one_of(tx.connection, media.c.id, ids), media.c.internal,
        media.c.conversation_id.is_(None), media.c.erased_at.is_(None),
    )  # fmt: skip
    return {row.id: row for row in tx.connection.execute(query)}


def _shared_with(actor: Actor, row: Any) -> bool:
    """A quick reply's picture is the shop's or one's own."""
    return (row.owner_kind, row.owner_id) in {("shop", actor.shop_id), (actor.kind, actor.id)}


def load_variants(tx: Transaction, product_ids: Sequence[int]) -> dict[int, list[VariantRow]]:
    """By article, in the catalogue's order."""
    found: dict[int, list[VariantRow]] = {}
    if product_ids:
        variant = tables.variant
        wanted = one_of(tx.connection, variant.c.product_id, product_ids)
        rows = reading.fetch(tx.connection, variant, wanted)
        for row in sorted(rows, key=lambda row: row.id):
            found.setdefault(row.product_id, []).append(row)
    return found
