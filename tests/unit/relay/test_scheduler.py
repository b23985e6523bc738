"""What is due happens once and at its second, however the clock is bent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from console.relay.actor import RELAY
from console.relay.internal import FireScheduled
from console.relay.scheduler import Scheduler, next_campaign, next_scheduled, next_waking
from console.wire import commands
from console.wire.campaign_rows import Weekly
from tests.helpers.campaign_kit import frozen
from tests.helpers.relay_kit import text
from tests.unit.relay.shop import Shop

PATIENCE_S = 30.0


@asynccontextmanager
async def at_work(shop: Shop) -> AsyncIterator[Scheduler]:
    """A scheduler that glances often, so that no test waits for it."""
    scheduler = Scheduler(shop.core, glance_s=0.01)
    task = asyncio.create_task(scheduler.run())
    try:
        yield scheduler
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], Any]) -> Any:
    async with asyncio.timeout(PATIENCE_S):
        while not (found := condition()):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.005)
    return found


async def glances(scheduler: Scheduler) -> None:
    """Until it surely looked at the clock as it is now."""
    seen = scheduler.glances
    await until(lambda: scheduler.glances > seen + 1)


async def plan(shop: Shop, seconds: float, client_id: str = "later", **kw: Any) -> int:
    """A message of the clerk to Anna, due so many seconds from now."""
    made = await shop.core.call(shop.clerk, commands.ScheduleMessage(
        conversation_id=shop.anna.conversation_id, client_id=client_id, body="明天见",
        due_at=shop.clock.now() + timedelta(seconds=seconds), **kw))  # fmt: skip
    return int(made["id"])


def state(shop: Shop, client_id: str = "later") -> str:
    found = shop.rows("select state from scheduled where client_id = ?", client_id)
    return str(found[0]["state"])


def written(shop: Shop) -> list[str]:
    return [row["client_id"] for row in shop.rows("select client_id from message order by seq")]


async def test_nothing_is_sent_before_its_second(shop: Shop) -> None:
    async with at_work(shop) as scheduler:
        await plan(shop, 60)
        shop.clock.advance(59.999)
        await glances(scheduler)
        assert written(shop) == []
        shop.clock.advance(0.001)
        await until(lambda: state(shop) == "sent")
    assert written(shop) == ["later"]


async def test_a_clock_that_jumps_forward_sends_once(shop: Shop) -> None:
    async with at_work(shop) as scheduler:
        await plan(shop, 300)
        shop.clock.advance(600)
        await until(lambda: state(shop) == "sent")
        shop.clock.advance(86_400)
        await glances(scheduler)
    assert written(shop) == ["later"]


async def test_a_weekly_campaign_does_not_wait_for_where_the_clock_once_was(shop: Shop) -> None:
    def begun() -> int:
        return len(shop.rows("select id from campaign where kind = 'occurrence'"))

    await frozen(shop.core, shop.clerk, weekly=Weekly(weekday=2, minute=12 * 60))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    async with at_work(shop) as scheduler:
        shop.clock.advance(80 * 86_400)
        await until(lambda: begun() == 1)
        shop.clock.advance(-80 * 86_400)
        await glances(scheduler)
        assert begun() == 1
        shop.clock.advance(2 * 86_400 + 2 * 3_600)
        await until(lambda: begun() == 2)


async def test_a_clock_that_jumps_back_sends_nothing_twice(shop: Shop) -> None:
    async with at_work(shop) as scheduler:
        await plan(shop, 60)
        shop.clock.advance(60)
        await until(lambda: state(shop) == "sent")
        shop.clock.advance(-3_600)
        await plan(shop, 3_600, "other")
        shop.clock.advance(3_599)
        await glances(scheduler)
        assert written(shop) == ["later"]
        shop.clock.advance(1)
        await until(lambda: state(shop, "other") == "sent")
    assert written(shop) == ["later", "other"]


async def test_a_clock_set_back_before_the_time_makes_it_wait_for_its_second(shop: Shop) -> None:
    async with at_work(shop) as scheduler:
        await plan(shop, 60)
        shop.clock.advance(-600)
        await glances(scheduler)
        shop.clock.advance(600)
        await glances(scheduler)
        assert state(shop) == "waiting"
        shop.clock.advance(60)
        await until(lambda: state(shop) == "sent")


async def test_what_was_due_while_the_relay_rested_a_moment_is_sent_at_its_start(
    shop: Shop,
) -> None:
    await plan(shop, 60)
    await shop.core.close()
    shop.clock.advance(60 + 600)
    await shop.open_anew()
    async with at_work(shop):
        await until(lambda: state(shop) == "sent")
    assert written(shop) == ["later"]


async def test_what_was_slept_over_is_reported_and_not_sent(shop: Shop) -> None:
    await plan(shop, 60)
    await shop.core.close()
    shop.clock.advance(60 + 601)
    await shop.open_anew()
    async with at_work(shop):
        await until(lambda: state(shop) == "missed")
    row = shop.rows("select code, body from scheduled")[0]
    assert (row["code"], row["body"], written(shop)) == ("schedule.missed", "明天见", [])


async def test_a_missed_message_goes_out_when_staff_say_so(shop: Shop) -> None:
    await plan(shop, 60)
    shop.clock.advance(7_200)
    async with at_work(shop):
        await until(lambda: state(shop) == "missed")
        await shop.core.call(shop.owner, commands.ChangeScheduled(client_id="later", body="今天见"))
        await until(lambda: state(shop) == "sent")
    message = shop.rows("select body, sender_id from message")[0]
    assert (message["body"], message["sender_id"]) == ("今天见", shop.owner.id)


async def test_a_thousand_due_at_once_all_go_out_once(shop: Shop) -> None:
    due_at = shop.clock.now() + timedelta(seconds=60)
    await asyncio.gather(*(
        shop.core.call(shop.clerk, commands.ScheduleMessage(
            conversation_id=(shop.anna, shop.bea)[n % 2].conversation_id, client_id=f"s{n}",
            body=f"第 {n} 条", due_at=due_at))
        for n in range(1_000)
    ))  # fmt: skip
    async with at_work(shop):
        shop.clock.advance(61)
        await until(lambda: not shop.rows("select 1 from scheduled where state = 'waiting'"))
    assert len(set(written(shop))) == len(written(shop)) == 1_000
    for member in (shop.anna, shop.bea):
        seqs = shop.rows("select seq from message where conversation_id = ? order by seq",
                         member.conversation_id)  # fmt: skip
        assert [row["seq"] for row in seqs] == list(range(1, 501))


async def test_a_snooze_ends_at_its_second(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    async with at_work(shop) as scheduler:
        await shop.core.call(shop.clerk, commands.SnoozeConversation(
            conversation_id=thread, until=shop.clock.now() + timedelta(hours=2)))  # fmt: skip
        shop.clock.advance(7_199)
        await glances(scheduler)
        assert shop.conversation(shop.anna)["snoozed_until"] is not None
        shop.clock.advance(1)
        await until(lambda: shop.conversation(shop.anna)["snoozed_until"] is None)
    found = shop.conversation(shop.anna)
    assert (found["status"], found["snoozed_by"]) == ("open", None)
    assert found["woken_at"] == int(shop.clock.now().timestamp() * 1000)


async def test_an_idle_relay_is_not_asked(shop: Shop) -> None:
    async with at_work(shop) as scheduler:
        await plan(shop, 3_600)
        # Each was asked once by then, and what is planned once more.
        await glances(scheduler)
        before = scheduler.questions
        for _ in range(10):
            shop.clock.advance(60)
            await glances(scheduler)
        assert scheduler.questions == before


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (next_scheduled, "ix_scheduled_due"),
        (next_waking, "ix_conversation_snoozed"),
        (next_campaign, "ix_campaign_next"),
    ],
)
async def test_the_next_moment_is_found_by_an_index(shop: Shop, ask: Any, index: str) -> None:
    asked: list[str] = []

    def trace(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        ask(connection)
        driver.set_trace_callback(None)

    await shop.core.read(trace)
    [plan_of] = shop.rows(f"explain query plan {asked[-1]}")
    assert index in plan_of["detail"]


async def test_a_relay_that_cannot_write_for_a_while_sends_when_it_can(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(shop) as scheduler:
        await plan(shop, 60)
        with monkeypatch.context() as patch:
            patch.setattr(shop.core._writer, "submit", lambda _job: False)
            shop.clock.advance(60)
            await glances(scheduler)
            assert written(shop) == []
        await until(lambda: state(shop) == "sent")
    assert written(shop) == ["later"]


async def test_firing_twice_at_once_sends_once(shop: Shop) -> None:
    await plan(shop, 0)
    results = await asyncio.gather(*(shop.core.call(RELAY, FireScheduled()) for _ in range(3)))
    assert sum(result["done"] for result in results) == 1
    assert written(shop) == ["later"]


async def test_a_scheduled_message_answers_who_waits(shop: Shop) -> None:
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "在吗"))
    await plan(shop, 0)
    await shop.core.call(RELAY, FireScheduled())
    found = shop.conversation(shop.anna)
    assert (found["waiting_since"], found["preview_text"]) == (None, "明天见")
