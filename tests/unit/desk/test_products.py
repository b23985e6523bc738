"""The catalogue on a real replica: found, edited offline, refused honestly, its ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.desk.inbox import InboxDesk
from console.desk.product_types import FieldEdit, ProductQuery, VariantItem
from console.desk.products import ProductsDesk
from console.desk.types import Me
from console.sync import pump
from console.sync.http import Offline
from console.wire.commands import SaveProduct, VariantEdit
from console.wire.errors import Code, Refusal
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay, Refused
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
AT = datetime(2026, 11, 1, tzinfo=UTC)
RED_L, RED_M, BLUE_M, JEANS = 1, 2, 3, 4


class GoodsRelay(ModelRelay):
    """One that takes articles and movements."""

    def do_product_save(self, rev: int, _staff: int, *, sku: str, **given: Any) -> dict[str, Any]:
        known = next((row for row in self.rows["product"].values() if row.sku == sku), None)
        facts = {name: given[name] for name in ("price",) if name in given}
        name = given.get("display_name", "" if known is None else known.name)
        row = self.put("product", rev, 0 if known is None else known.id, shop_id=1, sku=sku,
                       name=name, **facts)  # fmt: skip
        for edit in given.get("variants", ()):
            self.put("variant", rev, edit["variant_id"], shelf=edit["shelf"])
        return {"id": row.id, "variants": [], "made": known is None}

    def do_stock_move(self, rev: int, _staff: int, variant_id: int, delta: int, **_: Any) -> Any:
        units = self.rows["variant"][variant_id].stock + delta
        return {"stock": self.put("variant", rev, variant_id, stock=units).stock}

    def do_stock_count(
        self, rev: int, _staff: int, *, variant_id: int, units: int, **_: Any
    ) -> Any:
        return {"stock": self.put("variant", rev, variant_id, stock=units).stock}


class Shop:
    """A relay, a console on it, and its catalogue."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.desk = ProductsDesk(console.here, self.inbox)

    async def put(self, table: str, row_id: int, **values: Any) -> None:
        self.relay.commit(lambda rev: self.relay.put(table, rev, row_id, shop_id=1, **values))
        await settle(self.console, self.relay)

    async def stock(self) -> None:
        await self.put("product", 1, sku="W001", name="红色风衣", name_en="Trench", category="风衣",
                       gender="f", price=59_900)  # fmt: skip
        await self.put("product", 2, sku="M001", name="牛仔裤", category="裤子", gender="f",
                       price=29_900, promo_price=19_900)  # fmt: skip
        for number, (colour, size, code, units) in enumerate((
            ("红", "L", "2000000000011", 2), ("红", "M", "2000000000028", 0),
            ("蓝", "M", "2000000000035", 5),
        ), 1):  # fmt: skip
            await self.put("variant", number, product_id=1, colour=colour, size=size, barcode=code,
                           stock=units, shelf="A 区 3 排")  # fmt: skip
        await self.put("variant", JEANS, product_id=2, colour="蓝", size="M", stock=1, held=2)

    async def find(self, text: str = "", **rest: Any) -> list[int]:
        return await self.desk.ids(ProductQuery(text=text, **rest))

    async def row(self, variant_id: int) -> VariantItem:
        (item,) = await self.desk.rows([variant_id])
        return item


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = GoodsRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    await settle(console, relay)
    shop = Shop(relay, console)
    await shop.stock()
    yield shop
    await shop.inbox.close()
    await console.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [JEANS, RED_L, RED_M, BLUE_M]), ("风衣", [RED_L, RED_M, BLUE_M]),
        ("hsfy", [RED_L, RED_M, BLUE_M]), ("fengyi m", [RED_M, BLUE_M]),
        ("风衣 红 l", [RED_L]), ("trench 蓝", [BLUE_M]), ("200000000001", [RED_L]),
        ("w001", [RED_L, RED_M, BLUE_M]), ("a 3 l", [RED_L]), ("大衣", []), ("%", []),
    ],
)  # fmt: skip
async def test_every_word_must_be_meant(shop: Shop, text: str, found: list[int]) -> None:
    assert await shop.find(text) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"category": "裤子"}, [JEANS]), ({"state": "in_stock"}, [RED_L, BLUE_M]),
        ({"state": "sold_out"}, [JEANS, RED_M]), ({"state": "oversold"}, [JEANS]),
        ({"state": "promoted"}, [JEANS]), ({"sort": "stock"}, [RED_M, JEANS, RED_L, BLUE_M]),
        ({"sort": "stock", "down": True}, [BLUE_M, RED_L, JEANS, RED_M]),
    ],
)  # fmt: skip
async def test_lists_are_narrowed_and_ordered(
    shop: Shop, query: dict[str, Any], found: list[int]
) -> None:
    assert await shop.find(**query) == found


async def test_an_article_is_found_by_its_new_name_as_soon_as_it_has_it(shop: Shop) -> None:
    assert await shop.find("hsfy") == [RED_L, RED_M, BLUE_M]
    await shop.put("product", 1, name="卡其大衣")
    assert await shop.find("hsfy") == []
    assert await shop.find("kqdy") == [RED_L, RED_M, BLUE_M]


async def test_a_scanned_code_means_one_variant(shop: Shop) -> None:
    assert await shop.desk.scanned("2000000000035") == BLUE_M
    assert await shop.desk.scanned("200000000003") == 0


async def test_edits_without_a_line_show_at_once_and_are_confirmed_later(shop: Shop) -> None:
    await shop.console.hang_up()
    await shop.desk.edit(FieldEdit(sku="W001", field="price", before=59_900, after=49_900))
    await shop.desk.edit(FieldEdit(sku="W001", field="shelf", before="A 区 3 排", after="B 区",
                                   variant_id=RED_L))  # fmt: skip
    await shop.desk.move(RED_L, 3, "arrived")
    await shop.desk.count(RED_L, 4, 5)
    item, other = await shop.row(RED_L), await shop.row(RED_M)
    assert (item.price, item.shelf, item.stock, item.waiting) == (49_900, "B 区", 4, True)
    assert (other.price, other.shelf, other.stock) == (49_900, "A 区 3 排", 0)
    detail = await shop.desk.detail(RED_L)
    assert detail is not None
    assert [(line.delta, line.balance, line.reason) for line in detail.ledger] == [
        (-1, 4, "counted"), (3, 5, "arrived")]  # fmt: skip
    await settle(shop.console, shop.relay)
    after = await shop.row(RED_L)
    assert (after.price, after.shelf, after.stock, after.waiting) == (49_900, "B 区", 4, False)


async def test_a_movement_that_is_in_the_row_is_not_added_again(shop: Shop) -> None:
    await shop.console.hang_up()
    await shop.desk.move(RED_L, 3, "arrived")
    assert (await shop.row(RED_L)).stock == 5
    await settle(shop.console, shop.relay)
    assert (await shop.row(RED_L)).stock == 5
    await shop.put("variant", RED_L, stock=4)
    assert (await shop.row(RED_L)).stock == 4


async def test_a_refused_edit_shows_what_stands_until_it_is_given_up(shop: Shop) -> None:
    shop.relay.refuse_next = Refused("conflict")
    await shop.desk.edit(FieldEdit(sku="W001", field="price", before=1, after=2))
    await settle(shop.console, shop.relay)
    item = await shop.row(RED_L)
    assert (item.price, item.failure, item.waiting) == (59_900, "conflict", False)
    await shop.desk.discard(item.entry)
    assert (await shop.row(RED_L)).failure == ""


async def test_a_new_article_waits_until_its_row_is_here(shop: Shop) -> None:
    await shop.console.hang_up()
    await shop.desk.create(SaveProduct(sku="N1", fresh=True, display_name="新裙子"))
    (waiting,) = await shop.desk.new_products()
    assert (waiting.sku, waiting.name, waiting.failure) == ("N1", "新裙子", "")
    await settle(shop.console, shop.relay)
    assert await shop.desk.new_products() == []


@pytest.mark.parametrize(
    ("field", "value"), [("price", -1), ("name", ""), ("barcode", "1 2"), ("shelf", "x" * 31)]
)
async def test_what_cannot_be_is_refused_before_it_is_queued(
    shop: Shop, field: str, value: Any
) -> None:
    edit = FieldEdit(sku="W001", field=field, before=None, after=value, variant_id=RED_L)
    with pytest.raises(Refusal) as refused:
        await shop.desk.edit(edit)
    assert (refused.value.code, refused.value.field) == (Code.COMMAND_INVALID, field)
    assert not shop.console.here.outbox.entries


async def test_a_list_is_taken_only_with_a_line(shop: Shop) -> None:
    with pytest.raises(Offline):
        await shop.desk.send(SaveProduct(sku="N1", variants=[VariantEdit(size="M")]))
    assert not shop.console.here.outbox.entries


async def test_what_is_alike_is_offered_where_it_is_in_stock(shop: Shop) -> None:
    await shop.put("product", 5, sku="W005", name="卡其风衣", category="风衣", gender="f",
                   price=55_900)  # fmt: skip
    await shop.put("variant", 51, product_id=5, colour="卡其", size="M", stock=0)
    await shop.put("variant", 52, product_id=5, colour="黑", size="M", stock=3)
    detail = await shop.desk.detail(RED_M)
    assert detail is not None
    assert _ids(detail.similar)[0] == 52
    assert _ids(detail.variants) == [RED_L, RED_M, BLUE_M]


def _ids(items: Sequence[VariantItem]) -> list[int]:
    return [item.variant_id for item in items]


async def test_the_ledger_tells_who_and_when(shop: Shop) -> None:
    await shop.put("stock_movement", 1, variant_id=RED_L, delta=3, balance=3, reason="opening",
                   at=AT)  # fmt: skip
    await shop.put("stock_movement", 2, variant_id=RED_L, delta=-1, balance=2, reason="sold",
                   staff_id=2, at=AT)  # fmt: skip
    detail = await shop.desk.detail(RED_L)
    assert detail is not None
    assert [(line.delta, line.staff) for line in detail.ledger] == [(-1, "staff 2"), (3, "")]
