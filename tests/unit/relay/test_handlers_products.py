"""Articles and their stock: edits, barcodes, the ledger, who may do what."""

from __future__ import annotations

from typing import Any

import pytest

from console.relay.actor import RELAY
from console.wire import commands
from console.wire.commands import SaveProduct, VariantEdit
from console.wire.errors import Code, Refusal
from tests.unit.relay.shop import Shop

RED_L = VariantEdit(colour="红", size="L", barcode="2000000000011", stock=3)


async def save(shop: Shop, sku: str = "A1", **facts: Any) -> Any:
    return await shop.core.call(shop.owner, SaveProduct(sku=sku, **facts))


async def refusal(shop: Shop, command: commands.Command, actor: Any = None) -> Refusal:
    with pytest.raises(Refusal) as refused:
        await shop.core.call(actor or shop.owner, command)
    return refused.value


def ledger(shop: Shop) -> list[tuple[Any, ...]]:
    rows = shop.rows("select delta, balance, short, reason from stock_movement order by id")
    return [tuple(row.values()) for row in rows]


async def test_an_article_comes_with_its_variants_and_their_first_movement(shop: Shop) -> None:
    made = await save(shop, display_name=" 红色  风衣 ", price=59_900, variants=[RED_L])
    assert made == {"id": made["id"], "variants": made["variants"], "made": True}
    assert shop.rows("select sku, name, price, promo_price from product") == [
        {"sku": "A1", "name": "红色 风衣", "price": 59_900, "promo_price": None}
    ]
    assert shop.rows("select colour, size, barcode, stock from variant") == [
        {"colour": "红", "size": "L", "barcode": "2000000000011", "stock": 3}
    ]
    assert ledger(shop) == [(3, 3, 0, "arrived")]


async def test_saving_again_by_barcode_or_kind_makes_no_double(shop: Shop) -> None:
    first = await save(shop, display_name="风衣", variants=[RED_L])
    coded = VariantEdit(barcode="2000000000011", shelf="A 区", stock=3)
    alike = VariantEdit(colour="红", size="L", stock=5)
    for edit in (RED_L, coded, alike):
        again = await save(shop, variants=[edit])
        assert again == {**first, "made": False}
    assert shop.rows("select shelf, stock from variant") == [{"shelf": "A 区", "stock": 5}]
    assert ledger(shop) == [(3, 3, 0, "arrived"), (2, 5, 0, "counted")]


async def test_an_edit_over_what_another_console_changed_is_refused(shop: Shop) -> None:
    await save(shop, display_name="风衣", price=100, variants=[RED_L])
    await save(shop, price=200, seen={"price": 100})
    refused = await refusal(shop, SaveProduct(sku="A1", price=300, name_en="Coat",
                                              seen={"price": 100}))  # fmt: skip
    assert (refused.code, refused.field, refused.parameters) == (
        Code.CONFLICT, "price", {"now": "200"})  # fmt: skip
    await save(shop, price=200, name_en="Coat", seen={"price": 100, "name_en": ""})
    assert shop.rows("select price, name_en from product") == [{"price": 200, "name_en": "Coat"}]
    stale = VariantEdit(colour="红", size="L", shelf="B", seen={"shelf": "C"})
    assert (await refusal(shop, SaveProduct(sku="A1", variants=[stale]))).field == (
        "variants.0.shelf")  # fmt: skip


async def test_a_refused_article_leaves_nothing_behind(shop: Shop) -> None:
    await save(shop, display_name="风衣", variants=[RED_L])
    await save(shop, sku="A2", display_name="裙子")
    before = shop.core.head
    twice = VariantEdit(colour="红", size="M", barcode="2000000000011")
    refused = await refusal(shop, SaveProduct(sku="A2", price=5, variants=[
        VariantEdit(colour="蓝", size="M"), twice]))  # fmt: skip
    assert (refused.code, refused.field) == (Code.PRODUCT_BARCODE, "variants.1.barcode")
    assert refused.parameters == {"sku": "A1"}
    assert shop.core.head == before
    assert shop.rows("select price from product where sku = 'A2'") == [{"price": 0}]


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"sku": "", "display_name": "a"}, Code.COMMAND_INVALID, "sku"),
        ({"sku": "N"}, Code.COMMAND_INVALID, "display_name"),
        ({"display_name": "a" * 61}, Code.COMMAND_INVALID, "display_name"),
        ({"price": -1}, Code.COMMAND_INVALID, "price"),
        ({"price": 100, "promo_price": 100}, Code.PRODUCT_PROMOTION, "promo_price"),
        ({"gender": "x"}, Code.COMMAND_INVALID, "gender"),
        ({"style_tags": ["t" * 21]}, Code.COMMAND_INVALID, "style_tags"),
        ({"fresh": True}, Code.PRODUCT_SKU, "sku"),
        ({"variants": [VariantEdit(barcode="1 2 3 4")]}, Code.COMMAND_INVALID,
         "variants.0.barcode"),
        ({"variants": [VariantEdit(colour_hex="red")]}, Code.COMMAND_INVALID,
         "variants.0.colour_hex"),
        ({"variants": [VariantEdit(stock=-1)]}, Code.COMMAND_INVALID, "variants.0.stock"),
        ({"variants": [VariantEdit(variant_id=99)]}, Code.NOT_FOUND, "variants.0.variant_id"),
        ({"variants": [VariantEdit(size="M"), VariantEdit(size="M")]}, Code.PRODUCT_VARIANT,
         "variants"),
    ],
)  # fmt: skip
async def test_what_cannot_be_names_its_field(
    shop: Shop, facts: dict[str, Any], code: Code, field: str
) -> None:
    await save(shop, display_name="风衣", variants=[RED_L])
    refused = await refusal(shop, SaveProduct(**{"sku": "A1", **facts}))
    assert (refused.code, refused.field) == (code, field)


async def test_a_clerk_counts_and_moves_stock_but_edits_no_article(shop: Shop) -> None:
    made = await save(shop, display_name="风衣", variants=[RED_L])
    (variant_id,) = made["variants"]
    denied = await refusal(shop, SaveProduct(sku="A1", price=1), shop.clerk)
    assert denied.code is Code.COMMAND_DENIED
    moved = commands.MoveStock(variant_id=variant_id, delta=4, reason="arrived", note=" 新到 ")
    assert (await shop.core.call(shop.clerk, moved))["stock"] == 7
    counted = commands.CountStock(variant_id=variant_id, units=6, seen=7)
    assert (await shop.core.call(shop.clerk, counted))["stock"] == 6
    assert ledger(shop)[1:] == [(4, 7, 0, "arrived"), (-1, 6, 0, "counted")]
    assert shop.rows("select note, staff_id from stock_movement where id = 2") == [
        {"note": "新到", "staff_id": shop.clerk.id}
    ]


async def test_a_count_over_a_sale_nobody_saw_is_refused(shop: Shop) -> None:
    (variant_id,) = (await save(shop, display_name="风衣", variants=[RED_L]))["variants"]
    await shop.core.call(shop.clerk, commands.RecordPurchase(
        member_id=shop.anna.id, variant_id=variant_id, amount=1))  # fmt: skip
    refused = await refusal(shop, commands.CountStock(variant_id=variant_id, units=3, seen=3))
    assert (refused.code, refused.field, refused.parameters) == (
        Code.CONFLICT, "seen", {"stock": 2})  # fmt: skip


async def test_a_till_that_sells_more_than_was_counted_says_by_how_much(shop: Shop) -> None:
    (variant_id,) = (await save(shop, display_name="风衣", variants=[RED_L]))["variants"]
    await shop.core.call(RELAY, commands.RecordPurchase(
        member_id=shop.anna.id, variant_id=variant_id, quantity=5, amount=1))  # fmt: skip
    assert ledger(shop)[-1] == (-3, 0, 2, "sold")
    assert shop.rows("select staff_id from stock_movement where reason = 'sold'") == [
        {"staff_id": None}
    ]


@pytest.mark.parametrize(
    ("delta", "reason", "code"),
    [(-4, "moved", Code.STOCK_NONE), (-1, "arrived", Code.COMMAND_INVALID),
     (1, "sold", Code.COMMAND_INVALID), (0, "corrected", Code.COMMAND_INVALID),
     (1, "counted", Code.COMMAND_INVALID), (1, "opening", Code.COMMAND_INVALID)],
)  # fmt: skip
async def test_units_move_only_as_their_reason_allows(
    shop: Shop, delta: int, reason: str, code: Code
) -> None:
    (variant_id,) = (await save(shop, display_name="风衣", variants=[RED_L]))["variants"]
    command = commands.MoveStock(variant_id=variant_id, delta=delta, reason=reason)
    assert (await refusal(shop, command, shop.clerk)).code is code
    assert ledger(shop) == [(3, 3, 0, "arrived")]
