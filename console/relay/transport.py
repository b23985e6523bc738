"""The port between a session and a socket, so that the socket library stays replaceable.

The websocket app implements it over aiohttp; tests use a pair of queues in memory.
"""

from __future__ import annotations

from typing import Protocol


class Transport(Protocol):
    """One open connection, text frames both ways.  Used from the event loop's thread only."""

    @property
    def buffered_bytes(self) -> int:
        """Bytes sent but not yet taken by the peer's side (0 when closed)."""
        ...

    async def receive(self) -> bytes | None:
        """The next frame's bytes, or ``None`` once the connection is closed.

        A frame above the size limit or of the wrong type may be given as it came (the
        session turns it down) or end the connection.
        """
        ...

    def send(self, data: bytes) -> None:
        """Hand one text frame to the socket's buffer; never blocks, never raises when closed."""
        ...

    async def drain(self) -> None:
        """Wait until the buffer is (nearly) empty; return at once when closed."""
        ...

    async def close(self, code: int, reason: str = "") -> None:
        """Close with a websocket close code; harmless to repeat."""
        ...
