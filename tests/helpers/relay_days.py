"""A day of a shop, as it should pass and with one mechanism of the relay taken out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.helpers.relay_world import World

Day = Callable[[World], Awaitable[None]]
_LONGEST_S = 30


def spend(folder: Path, day: Day, before: Callable[[], None] = lambda: None) -> None:
    """Open the shop, break what is to be broken, let the day pass, look at the tables, close.

    Raises ``TimeoutError`` when it does not end.
    """

    async def run() -> None:
        world = World(folder)
        await world.begin()
        try:
            before()
            async with asyncio.timeout(_LONGEST_S):
                await day(world)
            world.check_tables()
        finally:
            await world.end()

    asyncio.run(run())
