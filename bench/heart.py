"""How long the loop of a window did not turn, heard by a task that beats with it."""

from __future__ import annotations

import asyncio
import time

_BEAT_S = 0.005


class Heart:
    """Beats until stopped.

    Attributes:
        late: by how much (s) each beat came too late.
        busy: seconds of processor time that the window's thread used until each beat: what it
            would be late by on a computer with nothing else to do.
        beaten: when (``time.monotonic``) it beat last.
    """

    def __init__(self) -> None:
        self.late: list[float] = []
        self.busy: list[float] = []
        self.beaten = time.monotonic()
        self._task = asyncio.ensure_future(self._beat())

    async def _beat(self) -> None:
        while True:
            begun, used = time.monotonic(), time.thread_time()
            await asyncio.sleep(_BEAT_S)
            self.beaten = time.monotonic()
            self.late.append(self.beaten - begun - _BEAT_S)
            self.busy.append(time.thread_time() - used)

    async def stop(self) -> list[float]:
        """What was heard since the last stop or the beginning."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        return self.late
