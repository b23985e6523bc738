"""The threads that run SQL for a console: one writes the replica, one the outbox, two read.

Coroutines hand work over with ``write``, ``outbox`` and ``read``; the GUI thread never waits
for a disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """Threads of one open station; ``close`` ends them all."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, "replica-writer")
        self._outbox = ThreadPoolExecutor(1, "outbox-writer")
        self._readers = ThreadPoolExecutor(2, "replica-reader")

    async def write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run in the replica's writing thread, after what was handed over before."""
        return await _run(self._writer, work, *args, **kwargs)

    async def outbox(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run in the outbox's thread, after what was handed over before."""
        return await _run(self._outbox, work, *args, **kwargs)

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run in one of the reading threads."""
        return await _run(self._readers, work, *args, **kwargs)

    async def close(self) -> None:
        """End the threads once their work is done."""
        executors = (self._writer, self._outbox, self._readers)
        for executor in executors:
            await _run(executor, _nothing)
        for executor in executors:
            executor.shutdown(wait=True)


async def _run(
    executor: Executor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:  # fmt: skip
    future = executor.submit(work, *args, **kwargs)
    try:
        return await asyncio.shield(asyncio.wrap_future(future))
    except asyncio.CancelledError:
        # What a thread began it ends; only its outcome is of no interest any more.
        future.add_done_callback(_take_outcome)
        raise


def _take_outcome(future: object) -> None:
    """Nobody waits for it: an exception there must not be reported as never retrieved."""


def _nothing() -> None:
    """Marks the end of a thread's queue."""
