"""Rows of the sample shop's goods and receipts, from catalogue and history.  Pure."""

from __future__ import annotations

from functools import cache
from typing import Any

from console.demo.catalogue import CATEGORIES, Variant
from console.demo.catalogue import products as catalogue
from console.demo.history import History

Rows = dict[str, list[dict[str, Any]]]


@cache
def _numbers() -> tuple[dict[str, int], dict[tuple[str, str, str], int]]:
    """Ids of products by sku and of variants by (sku, colour, size)."""
    articles = {item.sku: n for n, item in enumerate(catalogue(), 1)}
    keys = [_key(variant) for item in catalogue() for variant in item.variants]
    return articles, {key: n for n, key in enumerate(keys, 1)}


def _key(variant: Variant) -> tuple[str, str, str]:
    return variant.sku, variant.colour.key, variant.size


def ids_of(variant: Variant) -> tuple[int, int]:
    """``(product_id, variant_id)``."""
    articles, variants = _numbers()
    return articles[variant.sku], variants[_key(variant)]


def products(rows: Rows, shop_id: int) -> None:
    """Add every product and variant."""
    rows["product"], rows["variant"] = [], []
    for item in catalogue():
        product_id = _numbers()[0][item.sku]
        rows["product"].append({
            "id": product_id, "shop_id": shop_id, "sku": item.sku, "name": item.zh,
            "name_en": item.en, "category": CATEGORIES[item.category][0],
            "gender": item.gender, "price": item.price_cents,
            "promo_price": item.promo_price_cents, "picture": item.picture(),
            "style_tags": list(item.tags),
        })  # fmt: skip
        for variant in item.variants:
            rows["variant"].append({
                "id": ids_of(variant)[1], "shop_id": shop_id, "product_id": product_id,
                "colour": variant.colour.zh, "colour_en": variant.colour.en,
                "colour_hex": variant.colour.hex, "size": variant.size,
                "barcode": variant.barcode, "stock": variant.stock, "shelf": variant.shelf,
                "picture": item.picture(variant.colour),
            })  # fmt: skip


def receipts(rows: Rows, past: History, shop_id: int) -> None:
    """Add every visit and purchase line."""
    rows["visit"] = [
        {"id": n, "shop_id": shop_id, "member_id": visit.member, "at": visit.at,
         "source": "counter"}
        for n, visit in enumerate(past.visits, 1)
    ]  # fmt: skip
    rows["purchase"] = [
        {"id": n, "shop_id": shop_id, "member_id": line.member,
         "product_id": ids_of(line.variant)[0], "variant_id": ids_of(line.variant)[1],
         "quantity": line.qty, "amount": line.price_cents * line.qty, "at": line.at}
        for n, line in enumerate(past.purchases, 1)
    ]  # fmt: skip
