"""What a timeline and a composer ask a replica besides messages: notes, messages to be sent
later, articles and their cards.

Reads only; takes a connection of ``Replica.reading``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from console.store.driver import Connection
from console.store.replica_queries import by_ids
from console.store.replica_tables import CODECS
from console.wire.rows import (
    MessageRow,
    NoteRow,
    ProductCard,
    ProductRow,
    ScheduledRow,
    VariantRow,
)

SHOWN_STATES = ("waiting", "missed", "refused")
"""States of a message to be sent later in which somebody still has to know of it."""
_MANY = 900


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A product with its colours and sizes, in the catalogue's order."""

    product: ProductRow
    variants: list[VariantRow]


def notes(db: Connection, conversation_id: int, lowest: int, highest: int | None) -> list[NoteRow]:
    """Notes behind messages ``lowest`` .. ``highest`` (``None``: to the end), in order."""
    query = """SELECT * FROM note WHERE conversation_id = ? AND after_seq >= ?
               AND after_seq <= coalesce(?, after_seq) ORDER BY after_seq, id"""
    found = db.execute(query, (conversation_id, lowest if lowest > 1 else 0, highest))
    return [CODECS["note"].struct(values) for values in found]


def scheduled(db: Connection, conversation_id: int) -> list[ScheduledRow]:
    """What is to be sent later, or could not be, soonest first."""
    marks = ", ".join("?" * len(SHOWN_STATES))
    query = f"""SELECT * FROM scheduled WHERE conversation_id = ? AND state IN ({marks})
                ORDER BY due_at, id"""  # noqa: S608 - marks only
    found = db.execute(query, (conversation_id, *SHOWN_STATES))
    return [CODECS["scheduled"].struct(values) for values in found]


def known_scheduled(db: Connection, client_ids: Sequence[str]) -> set[str]:
    """Which of those are here in any state."""
    marks = ", ".join("?" * len(client_ids))
    query = f"SELECT client_id FROM scheduled WHERE client_id IN ({marks})"  # noqa: S608
    return {row[0] for row in db.execute(query, list(client_ids))}


def with_media(db: Connection, conversation_id: int) -> list[MessageRow]:
    """Every message of a conversation that carries photos, in order."""
    query = """SELECT * FROM message WHERE conversation_id = ? AND kind = 'photo'
               AND media != '[]' ORDER BY seq"""
    return [CODECS["message"].struct(row) for row in db.execute(query, (conversation_id,))]


def articles(db: Connection, query: str, limit: int) -> list[Article]:
    """Products whose name or number holds every word of ``query``, newest first."""
    words = query.casefold().split()
    where = " AND ".join("instr(lower(name || ' ' || name_en || ' ' || sku), ?)" for _ in words)
    statement = f"""SELECT * FROM product WHERE {where or "1 = 1"}
                    ORDER BY id DESC LIMIT ?"""  # noqa: S608 - marks only
    found = [CODECS["product"].struct(row) for row in db.execute(statement, (*words, limit))]
    return _with_variants(db, found)


def article(db: Connection, product_id: int) -> Article | None:
    """One product, ``None`` when it is not here."""
    return next(iter(_with_variants(db, by_ids(db, "product", [product_id]))), None)


def cards(
    db: Connection, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], ProductCard]:
    """Cards of ``(product, variant)`` pairs as the relay would make them; 0 is no variant."""
    products = by_ids(db, "product", sorted({product for product, _ in wanted})[:_MANY])
    by_id = {each.product.id: each for each in _with_variants(db, products)}
    return {
        (product, variant): _card(by_id[product], variant)
        for product, variant in wanted
        if product in by_id
    }


def in_colours(
    db: Connection, wanted: Collection[tuple[int, str]]
) -> dict[tuple[int, str], list[VariantRow]]:
    """Sizes of products in one of their colours each."""
    products = by_ids(db, "product", sorted({product for product, _ in wanted}))
    found = {each.product.id: each.variants for each in _with_variants(db, products)}
    return {
        (product, colour): [each for each in found.get(product, ()) if each.colour == colour]
        for product, colour in wanted
    }


def _with_variants(db: Connection, products: Sequence[ProductRow]) -> list[Article]:
    by_product: dict[int, list[VariantRow]] = {product.id: [] for product in products}
    if by_product:
        marks = ", ".join("?" * len(by_product))
        query = f"SELECT * FROM variant WHERE product_id IN ({marks}) ORDER BY id"  # noqa: S608
        for values in db.execute(query, list(by_product)):
            row = CODECS["variant"].struct(values)
            by_product[row.product_id].append(row)
    return [Article(product=each, variants=by_product[each.id]) for each in products]


def _card(article: Article, variant_id: int) -> ProductCard:
    product = article.product
    chosen = next((each for each in article.variants if each.id == variant_id), None)
    in_stock = [each.size for each in article.variants if each.stock > each.held]
    return ProductCard(
        product_id=product.id, variant_id=chosen.id if chosen else None, name=product.name,
        name_en=product.name_en, colour=chosen.colour if chosen else "",
        colour_en=chosen.colour_en if chosen else "", size=chosen.size if chosen else "",
        price=product.price, promo_price=product.promo_price,
        picture=(chosen.picture if chosen else "") or product.picture,
        sizes=list(dict.fromkeys(in_stock)),
    )  # fmt: skip
