"""What is asked of a replica about articles, their variants and the ledger of stock.  Reads only.

Lists of ids over 30,000 variants are one statement whose sorting SQLite does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec

from console.store.driver import Connection
from console.store.replica_queries import column
from console.store.replica_tables import CODECS
from console.wire.rows import ProductRow, StockMovementRow, VariantRow

_MANY: Final = 900
_ORDERS: Final = {
    "name": "p.name", "category": "p.category", "colour": "v.colour", "size": "v.size",
    "price": "p.price", "promo_price": "p.promo_price", "stock": "v.stock",
    "free": "v.stock - v.held", "shelf": "v.shelf", "barcode": "v.barcode",
}  # fmt: skip
SORTS: Final = tuple(_ORDERS)
"""By what variants can be ordered; in any other way they stand by article."""
_STATES: Final = {
    "in_stock": "v.stock > v.held", "sold_out": "v.stock <= v.held",
    "oversold": "v.held > v.stock", "promoted": "p.promo_price IS NOT NULL",
    "wanted": """v.id IN (SELECT variant_id FROM waitlist
                 WHERE state IN ('waiting', 'offered') AND state = 'waiting')""",
}  # fmt: skip
STATES: Final = tuple(_STATES)


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One word of a search: articles that it means, or a text that the variant has."""

    product_ids: Sequence[int]
    text: str


class StockedVariant(msgspec.Struct, frozen=True, kw_only=True):
    """A variant with its article."""

    product: ProductRow
    variant: VariantRow


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True):
    """A movement with the name of who did it, "" when nobody is known."""

    row: StockMovementRow
    staff: str


class ProductWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an article is found by."""

    id: int
    name: str
    rest: str


def variant_ids(
    db: Connection, terms: Sequence[Term], category: str, state: str, sort: str, *, down: bool
) -> list[int]:
    """Variants that every term means, of a category and state ("" for any), in order."""
    where, values = ["1 = 1"], list[Any]()
    for term in terms:
        where.append(
            """(v.product_id IN (SELECT value FROM json_each(?)) OR instr(lower(v.barcode), ?) = 1
                OR lower(v.size) = ? OR instr(lower(v.colour || ' ' || v.colour_en || ' ' ||
                v.shelf), ?))"""
        )
        values += [msgspec.json.encode(term.product_ids).decode(), *[term.text] * 3]
    if category:
        where.append("p.category = ?")
        values.append(category)
    if state in _STATES:
        where.append(_STATES[state])
    order = f"{_ORDERS[sort]} {'DESC' if down else 'ASC'}, " if sort in _ORDERS else ""
    return column(
        db,
        f"""SELECT v.id AS id FROM variant AS v JOIN product AS p ON p.id = v.product_id
            WHERE {" AND ".join(where)} ORDER BY {order}p.sku, v.id""",  # noqa: S608 - own words
        values,
    )


def stocked(db: Connection, ids: Collection[int]) -> list[StockedVariant]:
    """Variants of those ids that are here, in no order."""
    found: list[VariantRow] = _by("variant", db, "id", ids)
    articles = {row.id: row for row in _by("product", db, "id", {row.product_id for row in found})}
    return [StockedVariant(product=articles[row.product_id], variant=row)
            for row in found if row.product_id in articles]  # fmt: skip


def of_products(db: Connection, product_ids: Sequence[int]) -> list[StockedVariant]:
    """All variants of some articles, as they were made."""
    articles = {row.id: row for row in _by("product", db, "id", product_ids)}
    found: list[VariantRow] = _by("variant", db, "product_id", list(articles))
    return [StockedVariant(product=articles[row.product_id], variant=row)
            for row in sorted(found, key=lambda row: row.id)]  # fmt: skip


def by_skus(db: Connection, skus: Sequence[str]) -> list[ProductRow]:
    """Articles of those numbers that are here."""
    return _by("product", db, "sku", skus)


def with_barcode(db: Connection, code: str) -> int:
    """The variant of that barcode, 0 for none."""
    found = db.execute("SELECT id FROM variant WHERE barcode = ? LIMIT 1", (code,)).fetchone()
    return int(found[0]) if found else 0


def categories(db: Connection) -> list[str]:
    """The shop's categories, the largest first."""
    query = """SELECT category FROM product WHERE category <> '' GROUP BY category
               ORDER BY count(*) DESC, category"""
    return [row[0] for row in db.execute(query)]


def words(db: Connection) -> list[ProductWords]:
    """What every article is found by; as one text, which is faster than row by row."""
    (found,) = db.execute(
        """SELECT json_group_array(json_object('id', id, 'name', name, 'rest',
             name_en || ' ' || sku || ' ' || category)) FROM product"""
    ).fetchone()
    return msgspec.json.decode(found, type=list[ProductWords])


def ledger(db: Connection, variant_id: int, limit: int) -> list[LedgerLine]:
    """The newest movements of a variant, the newest first."""
    found = db.execute(
        """SELECT coalesce(s.name, ''), m.* FROM stock_movement AS m
           LEFT JOIN staff AS s ON s.id = m.staff_id
           WHERE m.variant_id = ? ORDER BY m.id DESC LIMIT ?""",
        (variant_id, limit),
    )
    struct = CODECS["stock_movement"].struct
    return [LedgerLine(staff=row[0], row=struct(row[1:])) for row in found]


def alike(db: Connection, product: ProductRow, limit: int) -> list[int]:
    """Articles that could be offered instead, those of its category and price first."""
    found = db.execute(
        """SELECT id FROM product
           WHERE id <> ?1 AND (gender = ?2 OR gender IN ('u', '') OR ?2 IN ('u', ''))
           ORDER BY category <> ?3, abs(coalesce(promo_price, price) - ?4) LIMIT ?5""",
        (product.id, product.gender, product.category, product.promo_price or product.price, limit),
    )
    return [row[0] for row in found]


def _by(table: str, db: Connection, name: str, values: Collection[Any]) -> list[Any]:
    """Rows that have one of these values, in no order."""
    wanted, found = list(values), list[Any]()
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        marks = ", ".join("?" * len(some))
        query = f"SELECT * FROM {table} WHERE {name} IN ({marks})"  # noqa: S608 - own names
        found += map(CODECS[table].struct, db.execute(query, some))
    return found
