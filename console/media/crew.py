"""Several benches behind one queue, so that all of a computer's processors have work.

No decoding happens in this process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from console.media.bench import Bench
from console.media.jobs import Answer, Job

IDLE_S: Final = 10.0
"""So long a worker is kept for the next file; the first bench's always."""


class Crew:
    """Each file goes to a bench that is free, those who came first served first.

    The bench used last is taken again, so that a few files keep one worker warm and begin no
    others.
    """

    def __init__(self, benches: Sequence[Bench]) -> None:
        self._benches = benches
        self._free = list(reversed(benches))
        self._seats = asyncio.Semaphore(len(benches))
        self._leaving: dict[Bench, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def ask(self, job: Job) -> Answer:
        """One file through a worker."""
        async with self._seats:
            bench = self._free.pop()
            self._keep(bench)
            try:
                return await bench.ask(job)
            finally:
                self._free.append(bench)
                self._let_go_soon(bench)

    def _keep(self, bench: Bench) -> None:
        if (leaving := self._leaving.pop(bench, None)) is not None:
            leaving.cancel()

    def _let_go_soon(self, bench: Bench) -> None:
        if bench is not self._benches[0]:
            loop = asyncio.get_running_loop()
            self._leaving[bench] = loop.call_later(IDLE_S, self._let_go, bench)

    def _let_go(self, bench: Bench) -> None:
        self._leaving.pop(bench, None)
        task = asyncio.ensure_future(bench.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """End the workers after the files in hand."""
        for leaving in self._leaving.values():
            leaving.cancel()
        self._leaving.clear()
        await asyncio.gather(*self._closing, *(bench.close() for bench in self._benches))
