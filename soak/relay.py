"""A real relay process that may be killed at any moment and started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from console.program import command_line, environment

DATABASE = "relay.sqlite3"


@dataclass(slots=True)
class RelayUnderTest:
    """The relay of ``folder``; keeps one port over all its lives.

    Attributes:
        folder: its data folder.
        port: where every life listens.
        lives: how often it was started.
    """

    folder: Path
    port: int = 0
    lives: int = 0
    _process: asyncio.subprocess.Process | None = None

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Its database file."""
        return self.folder / DATABASE

    @property
    def pid(self) -> int:
        """Of its present life."""
        assert self._process is not None
        return self._process.pid

    async def start(self, *options: str, fuse: Sequence[str] = ()) -> None:
        """Begin a life; returns when it answers.

        ``fuse``: where and when it kills itself, see ``soak.offer_relay``.
        """
        self.port = self.port or free_port()
        self.lives += 1
        given = ("--data", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port),
                 *options)  # fmt: skip
        self._process = await asyncio.create_subprocess_exec(
            *(_mortal(*fuse, *given) if fuse else command_line("relay", *given)),
            stdout=asyncio.subprocess.DEVNULL, env=environment(),
        )  # fmt: skip
        await self._answers()

    async def _answers(self) -> None:
        assert self._process is not None
        async with aiohttp.ClientSession() as http, asyncio.timeout(60):
            while True:
                if self._process.returncode is not None:
                    raise RuntimeError(f"the relay ended with {self._process.returncode}")
                with contextlib.suppress(aiohttp.ClientError, OSError):
                    async with http.get(f"{self.base}/api/health") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """``kill -9``."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def ended(self) -> int:
        """Until its present life has ended; the exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def stop(self) -> int:
        """Ask it to end in good order; its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        return await self._process.wait()


def _mortal(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "soak.offer_relay", *arguments]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
