"""The parent's handle on a console with a real window (``bench.shift``)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Console:
    """One process.

    Attributes:
        usable_s: seconds from its opening until the queue could be worked on.
        whole_s: seconds until everything was copied.
    """

    process: asyncio.subprocess.Process
    usable_s: float = 0.0
    whole_s: float = 0.0

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """Give an order and wait for its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"verb": verb, **arguments}).encode() + b"\n")
        return await self.hear()

    async def hear(self) -> Any:
        """The next line."""
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line:
            raise RuntimeError("the console died")
        return json.loads(line)


@contextlib.asynccontextmanager
async def opened(home: Path, base: str, token: str, staff_id: int) -> AsyncIterator[Console]:
    """A console of that staff member with an open window, its copy whole."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.shift", str(home), base, token, str(staff_id),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24,
    )  # fmt: skip
    console = Console(process)
    try:
        console.usable_s = await console.hear()
        console.whole_s = await console.hear()
        yield console
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
