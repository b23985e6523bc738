"""A wait ends with its event, with its time, or by being cancelled: never not at all."""

from __future__ import annotations

import asyncio

from console.waiting import occurs

SOON_S = 0.01
LONG_S = 60.0


async def test_it_tells_an_event_from_time_that_ran_out() -> None:
    event = asyncio.Event()
    assert not await occurs(event, SOON_S)
    asyncio.get_running_loop().call_soon(event.set)
    assert await occurs(event, LONG_S)


async def test_an_event_of_before_is_not_waited_for() -> None:
    event = asyncio.Event()
    event.set()
    assert await occurs(event, 0)


async def test_a_wait_cancelled_as_its_event_happens_is_cancelled() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(occurs(event, LONG_S))
    await asyncio.sleep(0)
    event.set()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
