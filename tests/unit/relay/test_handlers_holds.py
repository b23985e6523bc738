"""Holds are kept as long as staff say, extended, collected, and end by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.relay.actor import RELAY
from console.relay.internal import SettleHolds
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import add_stock
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_scheduler import at_work, glances, until

HOUR_S = 3_600.0


async def keep(shop: Shop, client_id: str = "a", hours: float = 48, quantity: int = 1) -> None:
    await shop.core.call(shop.anna, commands.AskHold(
        client_id=client_id, variant_id=1, quantity=quantity))  # fmt: skip
    await shop.core.call(shop.clerk, commands.ConfirmHold(client_id=client_id, hours=hours))


def state(shop: Shop, client_id: str = "a") -> str:
    return str(shop.rows("select state from hold where client_id = ?", client_id)[0]["state"])


def told(shop: Shop) -> list[str]:
    return [row["body"] for row in shop.rows("select body from message order by id")]


async def settle(shop: Shop) -> int:
    return int((await shop.core.call(RELAY, SettleHolds()))["done"])


@pytest.mark.parametrize("hours", [0.249, -1.0, 720.1, 1e300])
async def test_units_are_kept_for_a_quarter_of_an_hour_to_thirty_days(
    shop: Shop, hours: float
) -> None:
    await add_stock(shop.core)
    await shop.core.call(shop.anna, commands.AskHold(client_id="a", variant_id=1))
    command = commands.ConfirmHold(client_id="a", hours=hours)
    assert await shop.refused(shop.clerk, command) is Code.HOLD_LENGTH
    assert state(shop) == "asked"


async def test_another_end_is_named_and_only_ever_to_come(shop: Shop) -> None:
    await add_stock(shop.core)
    await keep(shop, hours=2)
    now = shop.clock.now()
    later = commands.ExtendHold(client_id="a", expires_at=now + timedelta(days=3))
    for _ in range(2):
        await shop.core.call(shop.clerk, later)
    found = shop.rows("select expires_at from hold")
    assert found == [{"expires_at": int(later.expires_at.timestamp() * 1000)}]
    for wrong in (now, now - timedelta(hours=1), now + timedelta(days=30, seconds=1)):
        command = commands.ExtendHold(client_id="a", expires_at=wrong)
        assert await shop.refused(shop.clerk, command) is Code.HOLD_LENGTH
    # Taken back: the old end is still to come.
    back = commands.ExtendHold(client_id="a", expires_at=now + timedelta(hours=2))
    await shop.core.call(shop.clerk, back)
    shop.clock.advance(2 * HOUR_S)
    assert await shop.refused(shop.clerk, later) is Code.HOLD_STATE


async def test_what_she_takes_is_sold_to_her_once(shop: Shop) -> None:
    await add_stock(shop.core, stock=3)
    await keep(shop, quantity=2)
    collect = commands.CollectHold(client_id="a")
    made = await shop.core.call(shop.clerk, collect)
    assert await shop.refused(shop.owner, collect) is Code.HOLD_STATE
    assert shop.rows("select stock, held from variant") == [{"stock": 1, "held": 0}]
    assert shop.rows("select id, member_id, quantity, amount from purchase") == [
        {"id": made["purchase_id"], "member_id": shop.anna.id, "quantity": 2, "amount": 79_800}
    ]
    assert shop.rows("select delta, reason from stock_movement") == [
        {"delta": -2, "reason": "sold"}
    ]
    release = commands.ReleaseHold(client_id="a")
    assert await shop.refused(shop.anna, release) is Code.HOLD_STATE


async def test_what_was_only_asked_for_cannot_be_collected_and_members_collect_nothing(
    shop: Shop,
) -> None:
    await add_stock(shop.core)
    await shop.core.call(shop.anna, commands.AskHold(client_id="a", variant_id=1))
    collect = commands.CollectHold(client_id="a")
    assert await shop.refused(shop.clerk, collect) is Code.HOLD_STATE
    assert await shop.refused(shop.anna, collect) is Code.COMMAND_DENIED


async def test_a_hold_ends_by_itself_and_she_is_told_before_and_after(shop: Shop) -> None:
    await add_stock(shop.core)
    await keep(shop, hours=8)  # from 10:00 to 18:00 of the shop's clock
    async with at_work(shop) as scheduler:
        shop.clock.advance(5 * HOUR_S - 1)
        await glances(scheduler)
        assert told(shop) == []
        shop.clock.advance(1)
        await until(lambda: len(told(shop)) == 1)
        assert "18:00" in told(shop)[0]
        shop.clock.advance(3 * HOUR_S)
        await until(lambda: len(told(shop)) == 2)
        for jump in (-5, 5, 100):
            shop.clock.advance(jump * HOUR_S)
            await glances(scheduler)
    assert state(shop) == "lapsed"
    assert len(told(shop)) == 2
    assert shop.rows("select held from variant") == [{"held": 0}]
    assert shop.conversation(shop.anna)["waiting_since"] is None


async def test_a_longer_time_has_a_reminder_of_its_own(shop: Shop) -> None:
    await add_stock(shop.core)
    await keep(shop, hours=8)
    shop.clock.advance(5 * HOUR_S)
    assert await settle(shop) == 1
    until_at = shop.clock.now() + timedelta(hours=24)
    await shop.core.call(shop.clerk, commands.ExtendHold(client_id="a", expires_at=until_at))
    shop.clock.advance(21 * HOUR_S)
    assert await settle(shop) == 1
    assert await settle(shop) == 0
    assert len(told(shop)) == 2


async def test_in_the_night_it_ends_at_once_and_she_hears_of_it_in_the_morning(
    shop: Shop,
) -> None:
    await add_stock(shop.core)
    await keep(shop, hours=13)  # until 23:00; she is reminded at 20:00
    shop.clock.advance(13 * HOUR_S)
    await settle(shop)
    assert state(shop) == "lapsed"
    assert told(shop) == []
    assert shop.rows("select held from variant") == [{"held": 0}]
    shop.clock.advance(10 * HOUR_S)
    await settle(shop)
    assert len(told(shop)) == 1
    assert await settle(shop) == 0


async def test_after_a_week_away_nobody_hears_of_what_is_no_news(shop: Shop) -> None:
    await add_stock(shop.core)
    await keep(shop, hours=8)
    shop.clock.advance(7 * 24 * HOUR_S)
    await settle(shop)
    assert state(shop) == "lapsed"
    assert told(shop) == []
    assert await settle(shop) == 0


async def test_whom_the_shop_shut_out_is_told_nothing(shop: Shop) -> None:
    await add_stock(shop.core)
    await keep(shop, hours=8)
    shop.block(shop.anna)
    shop.clock.advance(5 * HOUR_S)
    assert await settle(shop) == 1
    assert told(shop) == []


async def test_what_has_lapsed_may_still_be_collected_and_frees_nothing_twice(shop: Shop) -> None:
    await add_stock(shop.core, stock=2)
    await keep(shop, hours=8)
    shop.clock.advance(8 * HOUR_S)
    await settle(shop)
    await shop.core.call(shop.clerk, commands.CollectHold(client_id="a"))
    assert shop.rows("select stock, held from variant") == [{"stock": 1, "held": 0}]
