"""Stock is the sum of its ledger, never below 0, whatever is sold, counted, moved and kept."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain import stock
from console.relay.actor import RELAY
from console.relay.internal import SettleHolds
from console.wire import commands
from console.wire.errors import Refusal
from tests.unit.relay.shop import Shop

UNITS = st.integers(0, 12)
MOVES = st.one_of(
    st.tuples(st.just("sell"), st.integers(1, 6)),
    st.tuples(st.just("count"), UNITS),
    st.tuples(st.just("count_stale"), UNITS),
    st.tuples(st.sampled_from(sorted(stock.BY_HAND)), st.integers(-6, 6)),
    st.tuples(st.just("save"), UNITS),
    st.tuples(st.just("hold"), st.integers(1, 4)),
    st.tuples(st.just("release"), st.just(0)),
    st.tuples(st.just("collect"), st.just(0)),
    st.tuples(st.just("pass"), st.integers(1, 60)),
)


@given(UNITS, st.integers(0, 30))
def test_a_sale_is_split_into_what_was_there_and_what_was_short(units: int, quantity: int) -> None:
    left = stock.sold(units, quantity)
    assert left.balance == units + left.delta >= 0
    assert -left.delta + left.short == quantity
    assert left.short == 0 or left.balance == 0


@given(UNITS, st.integers(-30, 30))
def test_units_come_and_go_only_down_to_none(units: int, delta: int) -> None:
    left = stock.moved(units, delta)
    assert (left is None) == (units + delta < 0)
    assert left is None or left == stock.Movement(delta, units + delta)


@settings(max_examples=12)
@given(st.sampled_from(sorted(stock.BY_HAND)), st.integers(1, stock.MAX_UNITS), st.booleans())
def test_units_written_by_hand_always_go_a_way_that_their_reason_allows(
    reason: stock.Reason, units: int, out: bool
) -> None:
    delta = stock.signed(reason, units, out=out)
    assert abs(delta) == units
    assert stock.can_be(reason, delta)
    if stock.can_be(reason, -delta):
        assert (delta < 0) == out


@given(st.lists(MOVES, max_size=25))
def test_stock_is_the_sum_of_its_movements(moves: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_play(Path(folder) / "relay.sqlite3", moves))


async def _play(path: Path, moves: list[tuple[str, int]]) -> None:
    shop = Shop(path)
    await shop.open()
    try:
        edit = commands.VariantEdit(size="L", stock=4)
        made = await shop.core.call(shop.owner, commands.SaveProduct(
            sku="A1", display_name="风衣", variants=[edit]))  # fmt: skip
        (variant_id,) = made["variants"]
        for number, (name, amount) in enumerate(moves):
            before = _stock(shop)
            try:
                await _step(shop, variant_id, name, amount, number)
            except Refusal:
                after = _stock(shop)
                assert after == before
            _check(shop)
    finally:
        await shop.core.close()


async def _step(shop: Shop, variant_id: int, name: str, amount: int, number: int) -> None:
    core, clerk = shop.core, shop.clerk
    if name == "sell":
        await core.call(clerk, commands.RecordPurchase(
            member_id=shop.anna.id, variant_id=variant_id, quantity=amount, amount=1))  # fmt: skip
    elif name.startswith("count"):
        seen = _stock(shop) + (name == "count_stale")
        await core.call(clerk, commands.CountStock(variant_id=variant_id, units=amount, seen=seen))
    elif name == "save":
        edit = commands.VariantEdit(variant_id=variant_id, stock=amount)
        await core.call(shop.owner, commands.SaveProduct(sku="A1", variants=[edit]))
    elif name == "hold":
        client_id = f"h{number}"
        await core.call(clerk, commands.AskHold(
            client_id=client_id, member_id=shop.bea.id, variant_id=variant_id, quantity=amount,
        ))  # fmt: skip
        await core.call(clerk, commands.ConfirmHold(client_id=client_id))
    elif name == "collect":
        for row in shop.rows("select client_id from hold where state = 'confirmed' limit 1"):
            await core.call(clerk, commands.CollectHold(client_id=row["client_id"]))
    elif name == "pass":
        shop.clock.advance(amount * 3_600)
        await core.call(RELAY, SettleHolds())
    elif name == "release":
        for row in shop.rows("select client_id from hold where state = 'confirmed' limit 1"):
            await core.call(clerk, commands.ReleaseHold(client_id=row["client_id"]))
    else:
        await core.call(clerk, commands.MoveStock(
            variant_id=variant_id, delta=amount, reason=name))  # fmt: skip


def _stock(shop: Shop) -> int:
    return int(shop.rows("select stock from variant")[0]["stock"])


def _check(shop: Shop) -> None:
    (variant,) = shop.rows("select stock, held from variant")
    lines = shop.rows("select delta, balance, rev from stock_movement order by id")
    running = 0
    for line in lines:
        running += line["delta"]
        assert line["balance"] == running >= 0
    assert variant["stock"] == running
    kept = shop.rows("select coalesce(sum(quantity), 0) as n from hold where state = 'confirmed'")
    assert variant["held"] == kept[0]["n"] >= 0
