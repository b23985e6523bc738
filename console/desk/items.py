"""The parts of a bubble made of rows and outbox entries: media, cards, quotes.  Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from console.desk.types import MessageItem, PhotoItem, ProductChoice, QuoteItem, VariantChoice
from console.domain import prices
from console.store.outbox import Upload
from console.store.replica_talk import Article
from console.wire.rows import MediaRef, MessageRow, ProductCard

_QUOTE_CHARS = 120
_NOWHERE = datetime(1970, 1, 1, tzinfo=UTC)
Cards = Mapping[tuple[int, int], ProductCard]


def media(refs: Sequence[MediaRef]) -> tuple[PhotoItem, ...]:
    """Media that are on the relay."""
    return tuple(
        PhotoItem(media_id=each.id, mime=each.mime, width=each.width, height=each.height,
                  blurhash=each.blurhash, duration_ms=each.duration_ms,
                  waveform=each.waveform, caption=each.caption, price=each.price,
                  product_id=each.product_id or 0, colour=each.colour)
        for each in refs
    )  # fmt: skip


def uploading(uploads: Sequence[Upload], captions: Sequence[str]) -> tuple[PhotoItem, ...]:
    """Media whose bytes are still here, with the words under them by place."""
    return tuple(
        PhotoItem(path=each.path, mime=each.mime, width=each.width, height=each.height,
                  duration_ms=each.duration_ms, waveform=each.waveform,
                  caption=captions[place] if place < len(captions) else "")
        for place, each in enumerate(uploads)
    )  # fmt: skip


def quote(
    message_id: int | None, quoted: Mapping[int, MessageRow], names: Mapping[int, str],
    member_name: str, media_id: int | None = None,
) -> QuoteItem | None:  # fmt: skip
    """What is quoted, as far as it is here; recalled words are nowhere.

    ``media_id``: the one of its photos that is meant.
    """
    if not message_id:
        return None
    row = quoted.get(message_id)
    if row is None:
        return QuoteItem(id=message_id)
    mine = row.sender_kind != "member"  # a campaign's words are the shop's, too
    recalled = row.recalled_at is not None
    photos = media(row.media)
    meant = next((each for each in photos if each.media_id == media_id), None)
    label = prices.joined(meant.caption, meant.price) if meant is not None else ""
    asks = row.question.text if row.question is not None else ""
    words = label or row.body or asks or (row.card.name if row.card else "")
    return QuoteItem(
        id=row.id, seq=row.seq, mine=mine, kind=row.kind, recalled=recalled,
        sender_name=names.get(row.sender_id or 0, "") if mine else member_name,
        body="" if recalled else words[:_QUOTE_CHARS],
        photo=None if recalled else meant or next(iter(photos), None),
    )  # fmt: skip


def placeholder(conversation_id: int, seq: int) -> MessageItem:
    """The place of a message whose row has not come."""
    return MessageItem(key=f"gap/{conversation_id}/{seq}", seq=seq, at=_NOWHERE, placeholder=True)


def choice(article: Article) -> ProductChoice:
    """A product as the picker shows it."""
    product = article.product
    variants = tuple(
        VariantChoice(variant_id=each.id, colour=each.colour, colour_en=each.colour_en,
                      size=each.size, free=max(0, each.stock - each.held), shelf=each.shelf)
        for each in article.variants
    )  # fmt: skip
    return ProductChoice(
        product_id=product.id, sku=product.sku, name=product.name, name_en=product.name_en,
        price=product.price, promo_price=product.promo_price, picture=product.picture,
        variants=variants,
    )  # fmt: skip
