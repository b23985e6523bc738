"""What the recogniser of enquiries asks a replica about goods.

Reads only; takes a connection of ``Replica.reading``.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from console.store.driver import Connection
from console.store.replica_queries import by_ids, table_rows
from console.wire.rows import ProductRow, VariantRow

Shape: TypeAlias = tuple[list[Any], list[Any]]
_MANY = 900


def shape(db: Connection) -> Shape:
    """What articles are called and made in, without stock: an index of them rests on this."""
    products = db.execute("SELECT id, rev FROM product ORDER BY id").fetchall()
    variants = db.execute(
        "SELECT id, product_id, colour, colour_en, colour_hex, size FROM variant ORDER BY id"
    ).fetchall()
    return products, variants


def goods(db: Connection) -> tuple[list[ProductRow], list[VariantRow]]:
    """Every article and every variant."""
    return table_rows(db, "product"), table_rows(db, "variant")


def products(db: Connection, ids: Collection[int]) -> dict[int, ProductRow]:
    """Articles by id, those that are here."""
    return {row.id: row for row in by_ids(db, "product", sorted(ids)[:_MANY])}


def variants(db: Connection, ids: Collection[int]) -> dict[int, VariantRow]:
    """Variants by id with their stock as it is now, those that are here."""
    return {row.id: row for row in by_ids(db, "variant", sorted(ids)[:_MANY])}
