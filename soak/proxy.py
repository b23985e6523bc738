"""A bad line between a reader and the relay: cut, silent, or slow on command.

A plain TCP proxy on loopback.  It knows nothing of what it carries.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field


@dataclass(slots=True)
class BadLine:
    """Forwards to ``port`` of this machine.

    Attributes:
        silent: half-open: connections stay up but no byte passes either way.
        refusing: new connections are cut at once.
        listening: the proxy's own port while it runs.
    """

    port: int
    silent: bool = False
    refusing: bool = False
    listening: int = 0
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[BadLine]:
        """Listen until left; every connection is cut at the end."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, backlog=4_096)
        self.listening = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await server.wait_closed()

    def cut(self) -> None:
        """Reset every connection, as a router that restarts does."""
        for writer in list(self._writers):
            writer.transport.abort()
        self._writers.clear()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusing:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        self._start(self._pump(reader, far_writer))
        self._start(self._pump(far_reader, writer))

    def _start(self, pump: Coroutine[None, None, None]) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(pump)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                if self.silent:
                    continue
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
        self._writers.discard(writer)
