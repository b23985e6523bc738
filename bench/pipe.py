"""Orders from a parent's pipe: light, so that a measured program holds nothing but itself."""

from __future__ import annotations

import asyncio
import sys


def listen(loop: asyncio.AbstractEventLoop, orders: asyncio.Queue[bytes]) -> None:
    """Hand each line of the parent's pipe to the loop; b"" at its end.  For a thread."""
    while line := sys.stdin.buffer.readline():
        loop.call_soon_threadsafe(orders.put_nowait, line)
    loop.call_soon_threadsafe(orders.put_nowait, b"")
