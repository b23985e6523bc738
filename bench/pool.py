"""The parent's handle on the process that holds the phones (``bench.phones``)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from typing import Any


class PhonePool:
    """The parent's handle on the child process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls) -> PhonePool:
        """Start an empty child."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.phones",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**26,
        )  # fmt: skip
        return cls(process)

    @classmethod
    @contextlib.asynccontextmanager
    async def raw(cls, port: int, count: int, _size: int) -> AsyncIterator[PhonePool]:
        """``count`` bare TCP connections."""
        pool = await cls.start()
        try:
            await pool.ask("raw", port=port, count=count)
            yield pool
        finally:
            await pool.close()

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """Send one order, wait for its answer; raises ``RuntimeError`` with the child's words."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"verb": verb, **arguments}).encode() + b"\n")
        answer = json.loads(await self._process.stdout.readline() or b'{"error": "child died"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    async def arm(self, size: int) -> None:
        """Raw: count a connection as served after ``size`` more bytes."""
        await self.ask("arm_bytes", size=size)

    async def last_receipt(self) -> float:
        """Monotonic time of the last connection's receipt since it was armed."""
        return float(await self.ask("last"))

    async def close(self) -> None:
        """End the child."""
        with contextlib.suppress(RuntimeError, BrokenPipeError, ConnectionResetError):
            await self.ask("stop")
        await self._process.wait()
