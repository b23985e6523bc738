"""Thousands of members who all want one of a few units: real websockets, cheap clients.

Each keeps the bytes of her claim until it is answered and sends the same ones again after
every break of her line, as the phone page's outbox does.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bench.world import Phone

OPENING_AT_ONCE = 100
_HELLO = json.dumps({"t": "hello", "epoch": "", "mark_rev": 0, "mark": "", "cursors": {}})


@dataclass(slots=True, eq=False)
class Claimant:
    """One member's phone.

    Attributes:
        left: units that were left as she was last told; ``None`` before she was told anything.
        answers: of her claims by number, each the frame that settled it.
        asked_at, answered_at: when her first claim was sent and settled, ``time.monotonic()``.
        connections: how often she came in.
    """

    phone: Phone
    left: int | None = None
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked_at: float = 0.0
    answered_at: float = 0.0
    connections: int = 0
    _open: dict[int, str] = field(default_factory=dict)
    _socket: aiohttp.ClientWebSocketResponse | None = None
    _here: asyncio.Event = field(default_factory=asyncio.Event)
    _settled: asyncio.Event = field(default_factory=asyncio.Event)

    async def claim(self, n: int, offer_id: int) -> dict[str, Any]:
        """The frame that settles her ``n``-th claim, over however many connections."""
        return await self.ask(n, "offer.claim", {"offer_id": offer_id})

    async def ask(self, n: int, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """The frame that settles her ``n``-th command, over however many connections."""
        self._open[n] = json.dumps({"t": "command", "n": n, "name": name, "body": body})
        self.asked_at = self.asked_at or time.monotonic()
        if self._socket is not None:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await self._socket.send_str(self._open[n])
        while n not in self.answers:
            self._settled.clear()
            await self._settled.wait()
        return self.answers[n]

    async def here(self) -> None:
        """Until her page shows how many are left."""
        await self._here.wait()

    async def stay(self, base: str, http: aiohttp.ClientSession, doors: asyncio.Semaphore) -> None:
        """Connected until cancelled, over all lives of the relay."""
        while True:
            with contextlib.suppress(
                aiohttp.ClientError, OSError, TimeoutError, KeyError, ValueError
            ):
                await self._visit(base, http, doors)
            self._socket = None
            self._here.clear()
            # No choice of the campaign hangs on it: how soon she is back is the machine's affair.
            await asyncio.sleep(random.uniform(0.02, 0.3))

    async def _visit(
        self, base: str, http: aiohttp.ClientSession, doors: asyncio.Semaphore
    ) -> None:
        headers = {"Cookie": f"hanger_member={self.phone.token}", "Origin": base}
        async with contextlib.AsyncExitStack() as line:
            async with doors:
                async with http.post(f"{base}/api/ticket", headers=headers) as answer:
                    ticket = (await answer.json())["ticket"]
                socket = await line.enter_async_context(http.ws_connect(
                    f"{base}/ws?ticket={ticket}", protocols=("hanger.v1",), headers=headers,
                    compress=0, max_msg_size=0,
                ))  # fmt: skip
            self.connections += 1
            await socket.send_str(_HELLO)
            async for raw in socket:
                if raw.type is not aiohttp.WSMsgType.TEXT:
                    return
                await self._take(socket, json.loads(raw.data))

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        kind, own = frame["t"], f"self/{self.phone.member_id}"
        if kind == "welcome":
            await socket.send_str(json.dumps({"t": "page_request", "scope": own, "head": 0}))
        elif kind == "page":
            self._hear(frame.get("rows", {}))
            self._socket = socket
            self._here.set()
            for text in self._open.values():
                await socket.send_str(text)
        elif kind == "changes":
            self._hear(frame.get("scopes", {}).get(own, {}).get("rows", {}))
        elif kind == "ack" or (kind == "nack" and frame.get("final", True)):
            self.answered_at = self.answered_at or time.monotonic()
            self.answers[frame["n"]] = frame
            self._open.pop(frame["n"], None)
            self._settled.set()

    def _hear(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        for row in rows.get("offer", ()):
            self.left = row["quantity"] - row.get("claimed", 0)


@contextlib.asynccontextmanager
async def crowd(base: str, phones: Sequence[Phone]) -> AsyncIterator[list[Claimant]]:
    """All of them, connected and looking at the offer."""
    made = [Claimant(phone) for phone in phones]
    doors = asyncio.Semaphore(OPENING_AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=10)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        timeout=timeout, connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as http:
        lines = [asyncio.create_task(each.stay(base, http, doors)) for each in made]
        try:
            await asyncio.gather(*(each.here() for each in made))
            yield made
        finally:
            for line in lines:
                line.cancel()
            await asyncio.gather(*lines, return_exceptions=True)
