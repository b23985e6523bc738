"""The catalogue between two consoles of one real relay: edits, counts, a list, an outage."""

from __future__ import annotations

from console.desk.open import Desk
from console.desk.product_import import plan
from console.desk.product_types import FieldEdit, ProductQuery, VariantItem
from console.domain.goods_lists import guess, read
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import owner, relay, until  # noqa: F401 - fixtures

LIST = [
    ["货号", "名称", "颜色", "尺码", "价格", "库存", "条码"],
    ["W001", "红色风衣", "红", "L", "599", "2", "2000000000011"],
    ["W001", "", "红", "M", "", "0", "2000000000028"],
    ["W002", "雾蓝连衣裙", "蓝", "M", "459", "4", "2000000000028"],
    ["W003", "牛仔裤", "", "29", "299", "1", ""],
]


async def take_in(desk: Desk) -> list[str]:
    """Import the list as the window does; reasons of what was refused."""
    reading = read(LIST[1:], guess(LIST[0]))
    refused = [each.kind for each in reading.troubles]
    present = await desk.products.present([each.sku for each in reading.articles])
    for each in plan(reading.articles, present):
        if each.command is not None:
            try:
                await desk.products.send(each.command)
            except Refusal as refusal:
                refused.append(refusal.code)
    return refused


async def items(desk: Desk, text: str = "") -> list[VariantItem]:
    ids = await desk.products.ids(ProductQuery(text=text))
    found = {each.variant_id: each for each in await desk.products.rows(ids)}
    return [found[number] for number in ids]


async def test_a_catalogue_is_one_on_two_consoles_and_no_sale_is_counted_away(two: Two) -> None:  # noqa: F811 - a fixture
    office, counter = two.office, two.counter
    assert await take_in(office) == ["twice"]
    assert await take_in(office) == ["twice"]

    async def both_have_it() -> bool:
        return len(await items(office)) == len(await items(counter)) == 3

    await until(both_have_it)
    (red,) = await items(counter, "hsfy l")
    assert (red.name, red.price, red.stock) == ("红色风衣", 59_900, 2)
    assert await counter.products.scanned("2000000000011") == red.variant_id

    await counter.products.count(red.variant_id, 5, seen=2)
    await office.products.edit(FieldEdit(sku="W001", field="price", before=59_900, after=49_900))

    async def both_see() -> bool:
        here, there = (await items(office, "红 L")), (await items(counter, "红 L"))
        return [(each.stock, each.price, each.waiting) for each in here + there] == [
            (5, 49_900, False), (5, 49_900, False)]  # fmt: skip

    await until(both_see)
    detail = await office.products.detail(red.variant_id)
    assert detail is not None
    assert [(line.delta, line.balance, line.reason) for line in detail.ledger] == [
        (3, 5, "counted"), (2, 2, "arrived")]  # fmt: skip

    # The other console's screen still shows what was there before a sale.
    await office.products.move(red.variant_id, -1, "sold")

    async def sold() -> bool:
        return [each.stock for each in await items(counter, "红 L")] == [4]

    await until(sold)
    await counter.products.count(red.variant_id, 6, seen=5)

    async def told() -> bool:
        (item,) = await items(counter, "红 L")
        return (item.failure, item.stock) == (Code.CONFLICT, 4)

    await until(told)
    (item,) = await items(counter, "红 L")
    await counter.products.discard(item.entry)
    assert (await items(counter, "红 L"))[0].failure == ""


async def test_what_is_changed_while_the_relay_is_away_is_checked_when_it_is_back(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    office = two.counter
    await take_in(office)

    async def synced() -> bool:
        return len(await items(office)) == 3

    await until(synced)
    (red,) = await items(office, "红 L")
    await two.goes_offline()
    await office.products.move(red.variant_id, 4, "arrived", "秋冬二批")
    await office.products.edit(FieldEdit(sku="W001", field="name", before="红色风衣", after="风衣"))
    (item,) = await items(office, "红 L")
    assert (item.stock, item.name, item.waiting) == (6, "风衣", True)
    await two.comes_back()

    async def settled() -> bool:
        (now,) = await items(office, "红 L")
        return (now.stock, now.name, now.waiting) == (6, "风衣", False)

    await until(settled)
    detail = await office.products.detail(red.variant_id)
    assert detail is not None
    assert detail.ledger[0].note == "秋冬二批"
