"""One media worker seen from outside: started, asked, outlived and replaced.

No decoding happens in this process.  A worker is killed when it says nothing for too long,
and when whoever waits for it is cancelled.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

import msgspec

from console.log import get_logger
from console.media.jobs import Answer, Job
from console.program import command_line, environment
from console.wire.errors import Code

ShowProgress = Callable[[float], None]
_log = get_logger("media")


class Bench:
    """A queue of files in front of one worker process.

    Attributes:
        jobs_per_worker: after so many, whatever a decoder leaked is given back by ending it.
        silence_s: longest wait for a line of the worker.
        whole_s: longest wait for an answer.
    """

    def __init__(
        self, *arguments: str, jobs_per_worker: int, silence_s: float, whole_s: float
    ) -> None:
        self._arguments: Sequence[str] = arguments
        self.jobs_per_worker = jobs_per_worker
        self.silence_s = silence_s
        self.whole_s = whole_s
        self._one_at_a_time = asyncio.Lock()
        self._worker: asyncio.subprocess.Process | None = None
        self._done = 0

    @property
    def worker_pid(self) -> int | None:
        """Process id of the warm worker, if there is one."""
        return self._worker.pid if self._worker else None

    async def ask(self, job: Job, show: ShowProgress = lambda _part: None) -> Answer:
        """One file through the worker; a worker that fails in any way is replaced."""
        async with self._one_at_a_time:
            return await self._ask(job, show)

    async def _ask(self, job: Job, show: ShowProgress) -> Answer:
        healthy = False
        try:
            worker = await self._ready_worker()
            async with asyncio.timeout(self.whole_s):
                answer = await self._exchange(worker, job, show)
            healthy = True
            self._done += 1
            return answer
        except (TimeoutError, OSError, EOFError, ValueError) as error:
            _log.warning("worker_failed", reason=type(error).__name__)
            return Answer(code=Code.MEDIA_BROKEN)
        finally:
            if not healthy or self._done >= self.jobs_per_worker:
                await self._discard()

    async def _exchange(
        self, worker: asyncio.subprocess.Process, job: Job, show: ShowProgress
    ) -> Answer:
        """Write the job, read to the answer; ``EOFError`` when the worker died over it."""
        if worker.stdin is None or worker.stdout is None:
            raise EOFError
        worker.stdin.write(msgspec.json.encode(job) + b"\n")
        await worker.stdin.drain()
        while True:
            async with asyncio.timeout(self.silence_s):
                line = await worker.stdout.readline()
            if not line:
                raise EOFError
            answer = msgspec.json.decode(line, type=Answer)
            if answer.progress is None:
                return answer
            show(answer.progress)

    async def _ready_worker(self) -> asyncio.subprocess.Process:
        if self._worker is not None and self._worker.returncode is None:
            return self._worker
        self._done = 0
        self._worker = await asyncio.create_subprocess_exec(
            *command_line("media-worker", *self._arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Each allocator arena reserves address space, which is what is limited here.
            env=environment(MALLOC_ARENA_MAX="1", OMP_NUM_THREADS="1"),
        )
        return self._worker

    async def _discard(self) -> None:
        """End the worker now; the next file gets a fresh one."""
        worker, self._worker, self._done = self._worker, None, 0
        if worker is None:
            return
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()
        if worker.stdin is not None:
            worker.stdin.close()
            with contextlib.suppress(OSError):
                await worker.stdin.wait_closed()

    async def close(self) -> None:
        """End the worker after the file in hand."""
        async with self._one_at_a_time:
            await self._discard()
