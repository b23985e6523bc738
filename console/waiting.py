"""Waiting inside the event loop; knows nothing of Hanger.

``asyncio.wait_for`` is not used anywhere: up to Python 3.11 it answers instead of being
cancelled when what it waits for happens in the same turn of the loop, and whoever cancelled it
then waits for ever (CPython issue 86296, mended in 3.12).
"""

from __future__ import annotations

import asyncio
import contextlib


async def occurs(event: asyncio.Event, within_s: float) -> bool:
    """Wait for an event, at most so many seconds; whether it is set."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
    return event.is_set()
