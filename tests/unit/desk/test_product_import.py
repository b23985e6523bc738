"""What a list of goods would change beside what is here."""

from __future__ import annotations

from console.desk.product_import import plan
from console.desk.product_types import VariantItem
from console.domain.goods_lists import ListedArticle, ListedVariant
from console.wire.commands import SaveProduct, VariantEdit

HERE = {"W1": [
    VariantItem(variant_id=1, product_id=1, sku="W1", name="风衣", price=59_900, colour="红",
                size="L", barcode="2000000000011", stock=2),
    VariantItem(variant_id=2, product_id=1, sku="W1", name="风衣", price=59_900, colour="红",
                size="M", stock=0),
]}  # fmt: skip


def listed(sku: str, facts: dict[str, object], *variants: dict[str, object]) -> ListedArticle:
    lines = [ListedVariant(line, dict(each)) for line, each in enumerate(variants, 2)]
    return ListedArticle(sku, dict(facts), lines)


def test_what_is_not_here_is_made() -> None:
    (made,) = plan([listed("N1", {"name": "裙"}, {"size": "M", "stock": 3})], HERE)
    assert (made.kind, made.lines) == ("new", (2,))
    assert made.command == SaveProduct(sku="N1", fresh=True, display_name="裙",
                                       variants=[VariantEdit(size="M", stock=3)])  # fmt: skip


def test_only_what_differs_is_sent_with_what_was_seen() -> None:
    article = listed("W1", {"name": "风衣", "price": 49_900},
                     {"colour": "红", "size": "L", "stock": 2},
                     {"colour": "红", "size": "M", "stock": 4},
                     {"colour": "蓝", "size": "M"})  # fmt: skip
    (changed,) = plan([article], HERE)
    assert (changed.kind, changed.lines) == ("changed", (3, 4))
    assert changed.command == SaveProduct(sku="W1", price=49_900, seen={"price": 59_900}, variants=[
        VariantEdit(variant_id=2, stock=4, seen={"stock": 0}), VariantEdit(colour="蓝", size="M"),
    ])  # fmt: skip


def test_a_variant_is_known_by_its_barcode_before_its_colour_and_size() -> None:
    (changed,) = plan([listed("W1", {}, {"barcode": "2000000000011", "size": "XL"})], HERE)
    assert changed.command is not None
    assert changed.command.variants == [
        VariantEdit(variant_id=1, size="XL", seen={"size": "L"})
    ]  # fmt: skip


def test_the_same_list_once_more_changes_nothing() -> None:
    article = listed("W1", {"price": 59_900, "promo_price": None},
                     {"colour": "红", "size": "L", "barcode": "2000000000011"})  # fmt: skip
    (same,) = plan([article], HERE)
    assert (same.kind, same.command) == ("same", None)
