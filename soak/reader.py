"""A reader that trusts nothing: an independent client of ``hanger.v1`` with its own ledger.

Written from ``docs/protocol.md`` alone, on plain dicts, so that it can serve as the oracle
for relay and replica: it keeps every row it was told, every command it sent (bytes kept)
and every answer it got, over any number of connections.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

Row = dict[str, Any]
RETRY_S = 0.2
"""After a refusal that was not final."""


@dataclass(slots=True)
class Reader:
    """One device, member or staff, with all it knows.

    Attributes:
        base: the relay's (or a proxy's) address.
        headers: what proves who she is: a ``Cookie`` or ``Authorization`` header.
        ticket_path: ``/api/ticket`` or ``/api/staff/ticket``.
        rows: scope → table → id → row, as the feed told it (rev guard applied).
        cursors: scope → rev; ``heads``: scope → (head, after) of an unfinished snapshot.
        sent: n → the command frame's exact text; kept until answered.
        acked: n → ack; ``nacked``: n → final nack.
        seen_seqs: conversation → seqs in the order they first became visible.
        complete: set when every granted scope has its snapshot.
    """

    base: str
    headers: dict[str, str]
    ticket_path: str = "/api/ticket"
    rows: dict[str, dict[str, dict[int, Row]]] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    epoch: str = ""
    mark_rev: int = 0
    mark: str = ""
    n: int = 0
    sent: dict[int, str] = field(default_factory=dict)
    acked: dict[int, Row] = field(default_factory=dict)
    nacked: dict[int, Row] = field(default_factory=dict)
    welcome: Row = field(default_factory=dict)
    resets: int = 0
    connections: int = 0
    on_row: Callable[[str, Row], None] | None = None
    _socket: aiohttp.ClientWebSocketResponse | None = None
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def member(cls, base: str, token: str) -> Reader:
        """A phone with that cookie."""
        return cls(base, {"Cookie": f"hanger_member={token}", "Origin": base})

    @classmethod
    def staff(cls, base: str, token: str) -> Reader:
        """A console with that device token."""
        return cls(base, {"Authorization": f"Bearer {token}"}, "/api/staff/ticket")

    # --- what a test asks ---

    def command(self, name: str, body: Row) -> int:
        """Put a command into the outbox; it is sent now if connected, and until answered."""
        self.n += 1
        frame = {"t": "command", "n": self.n, "name": name, "body": body}
        self.sent[self.n] = json.dumps(frame, ensure_ascii=False)
        if self._socket is not None and not self._socket.closed:
            self._spawn_send(self.sent[self.n])
        return self.n

    def table(self, name: str) -> dict[int, Row]:
        """All rows of a table over all scopes."""
        merged: dict[int, Row] = {}
        for tables in self.rows.values():
            merged.update(tables.get(name, {}))
        return merged

    async def until(self, condition: Callable[[], bool], timeout_s: float = 30.0) -> None:
        """Wait for a condition; raises ``TimeoutError``."""
        end = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the reader never saw it")
            await asyncio.sleep(0.005)

    # --- the connection ---

    async def run(self, rng: random.Random | None = None) -> None:
        """Stay connected until cancelled; every failure is followed by another try."""
        while True:
            with contextlib.suppress(
                aiohttp.ClientError, OSError, TimeoutError, KeyError, ValueError
            ):
                await self.connect_once()
            self._socket = None
            await asyncio.sleep((rng or random).uniform(0.02, 0.2))

    async def connect_once(self) -> None:
        """One connection from ticket to its end."""
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(headers=self.headers, timeout=timeout) as http:
            async with http.post(self.base + self.ticket_path) as answer:
                ticket = (await answer.json())["ticket"]
            async with http.ws_connect(
                f"{self.base}/ws?ticket={ticket}",
                protocols=("hanger.v1",),
                compress=0,
                max_msg_size=0,
                heartbeat=2,
                timeout=aiohttp.ClientWSTimeout(ws_close=1),
            ) as socket:
                self.connections += 1
                await self._serve(socket)

    async def _serve(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        cursors = self.cursors | {scope: head for scope, (head, _) in self.heads.items()}
        hello = {
            "t": "hello", "epoch": self.epoch, "mark_rev": self.mark_rev, "mark": self.mark,
            "cursors": cursors, "confirmed": min(self.sent, default=self.n + 1) - 1,
        }  # fmt: skip
        await socket.send_str(json.dumps(hello))
        self._socket = socket
        async for raw in socket:
            if raw.type is not aiohttp.WSMsgType.TEXT:
                return
            frame = json.loads(raw.data)
            handler = getattr(self, "_on_" + frame["t"], None)
            if handler is not None:
                await handler(socket, frame)

    def _spawn_send(self, text: str) -> None:
        task = asyncio.ensure_future(self._send_quietly(text))
        _running.add(task)
        task.add_done_callback(_running.discard)

    async def _send_quietly(self, text: str) -> None:
        if self._socket is not None:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                await self._socket.send_str(text)

    # --- frames ---

    async def _on_reset(self, _socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        self.resets += 1
        self.rows.clear()
        self.cursors.clear()
        self.heads.clear()
        self.complete.clear()
        self.epoch, self.mark_rev, self.mark = frame["epoch"], 0, ""

    async def _on_welcome(self, socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        self.welcome = frame
        self.epoch = frame["epoch"]
        for scope in frame.get("scopes", ()):
            if scope not in self.cursors:
                await self._ask_page(socket, scope)
        self._check_complete()
        for n in sorted(self.sent):
            await socket.send_str(self.sent[n])

    async def _ask_page(self, socket: aiohttp.ClientWebSocketResponse, scope: str) -> None:
        head, after = self.heads.get(scope, (0, ""))
        request = {"t": "page_request", "scope": scope, "head": head, "after": after}
        await socket.send_str(json.dumps(request))

    async def _on_granted(self, socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        await self._ask_page(socket, frame["scope"])

    async def _on_forget(self, _socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        for known in (self.rows, self.cursors, self.heads):
            known.pop(frame["scope"], None)

    async def _on_page(self, socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        scope, after = frame["scope"], frame.get("after", "")
        self._apply(scope, frame.get("rows", {}))
        if after:
            self.heads[scope] = (frame["head"], after)
            await self._ask_page(socket, scope)
            return
        self.heads.pop(scope, None)
        self.cursors[scope] = max(frame["head"], self.cursors.get(scope, 0))
        self._check_complete()

    def _check_complete(self) -> None:
        if all(scope in self.cursors for scope in self.welcome.get("scopes", ())):
            self.complete.set()

    async def _on_changes(self, _socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        for scope, part in frame.get("scopes", {}).items():
            self._apply(scope, part.get("rows", {}))
            for table, ids in part.get("gone", {}).items():
                for row_id in ids:
                    self.rows.get(scope, {}).get(table, {}).pop(row_id, None)
            if scope not in self.heads and scope in self.cursors:
                self.cursors[scope] = part["rev"]
        self.mark_rev, self.mark = frame["rev"], frame["mark"]

    def _apply(self, scope: str, tables: dict[str, list[Row]]) -> None:
        known = self.rows.setdefault(scope, {})
        for table, rows in tables.items():
            mine = known.setdefault(table, {})
            for row in rows:
                old = mine.get(row["id"])
                if old is None or old["rev"] < row["rev"]:
                    mine[row["id"]] = row
                if self.on_row is not None:
                    self.on_row(table, row)

    async def _on_ack(self, _socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        self.sent.pop(frame["n"], None)
        self.acked[frame["n"]] = frame

    async def _on_nack(self, _socket: aiohttp.ClientWebSocketResponse, frame: Row) -> None:
        if frame.get("final", True):
            self.sent.pop(frame["n"], None)
            self.nacked[frame["n"]] = frame
        else:
            loop = asyncio.get_running_loop()
            loop.call_later(RETRY_S, self._send_again, frame["n"])

    def _send_again(self, n: int) -> None:
        if n in self.sent:
            self._spawn_send(self.sent[n])


_running: set[asyncio.Task[None]] = set()
