"""Thousands of phones in one process, as cheap as Python allows: ``python -m bench.phones``.

Takes its orders from ``bench.pool`` over a pipe, in JSON lines.  The same process serves
the raw-socket floor and the websocket figures, so that a ratio compares the servers and
not the clients.  Clocks are ``time.monotonic()``, shared by all processes of one machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import struct
import sys
import time
from collections.abc import Iterator
from typing import Any

CONNECT_AT_ONCE = 2_000
_ASK_AT_ONCE = 200


class _Line(asyncio.Protocol):
    """One connection of the child, raw or websocket.

    Attributes:
        pending: bytes still to come before an armed raw connection counts as served.
        buffer: bytes of an unfinished response or frame.
        head: future of the response's head during the handshake, else ``None``.
        frame: future of the next frame that contains ``wanted``, else ``None``.
        number: the phone's place among the phones.
        welcomed: future of the welcome while it is awaited, else ``None``.
        heard: every ``changes`` frame, read only when its cursors are wanted.
        closed: set once the connection is lost.
    """

    def __init__(self, child: _Child) -> None:
        self.child = child
        self.transport: asyncio.Transport | None = None
        self.pending = 0
        self.buffer = bytearray()
        self.head: asyncio.Future[bytes] | None = None
        self.frame: asyncio.Future[bytes] | None = None
        self.wanted = b""
        self.armed = False
        self.websocket = False
        self.closed = False
        self.number = 0
        self.welcomed: asyncio.Future[bytes] | None = None
        self.heard: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def connection_lost(self, _exc: Exception | None) -> None:
        self.closed = True
        for future in (self.head, self.frame, self.welcomed):
            if future is not None and not future.done():
                future.set_exception(ConnectionError("closed"))

    def data_received(self, data: bytes) -> None:
        if self.websocket:
            self.buffer += data
            self._frames()
        elif self.head is not None:
            self.buffer += data
            self._response()
        elif self.pending:
            self.pending -= len(data)
            if self.pending <= 0:
                self.pending = 0
                self.child.served()

    def _response(self) -> None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0 or self.head is None:
            return
        head = bytes(self.buffer[: end + 4])
        size = 0
        for header in head.split(b"\r\n"):
            if header.lower().startswith(b"content-length:"):
                size = int(header.split(b":")[1])
        if len(self.buffer) < end + 4 + size:
            return
        body = bytes(self.buffer[end + 4 : end + 4 + size])
        del self.buffer[: end + 4 + size]
        self.websocket = head.startswith(b"HTTP/1.1 101")
        future, self.head = self.head, None
        future.set_result(head + body)
        if self.websocket and self.buffer:
            self._frames()

    def _frames(self) -> None:
        buffer = self.buffer
        while len(buffer) >= 2:
            size, start = buffer[1] & 0x7F, 2
            if size == 126:
                if len(buffer) < 4:
                    return
                size, start = struct.unpack_from(">H", buffer, 2)[0], 4
            elif size == 127:
                if len(buffer) < 10:
                    return
                size, start = struct.unpack_from(">Q", buffer, 2)[0], 10
            if len(buffer) < start + size:
                return
            opcode, payload = buffer[0] & 0x0F, bytes(buffer[start : start + size])
            del buffer[: start + size]
            self._frame(opcode, payload)

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == 9:
            self.send(payload, opcode=10)
            return
        if self.welcomed is not None and b'"welcome"' in payload:
            self.welcomed.set_result(payload)
            self.welcomed = None
        if payload.startswith(b'{"t":"changes"'):
            self.heard.append(payload)
        if self.wanted and self.wanted in payload:
            if self.armed:
                self.armed = False
                self.child.served()
            if self.frame is not None and not self.frame.done():
                self.frame.set_result(payload)

    def send(self, payload: bytes, opcode: int = 1) -> None:
        """Send one masked frame (mask of zeros: the cost is the server's unmasking)."""
        assert self.transport is not None
        size = len(payload)
        head = bytes([0x80 | opcode]) + (
            bytes([0x80 | size]) if size < 126 else struct.pack(">BH", 0xFE, size)
        )
        self.transport.write(head + b"\0\0\0\0" + payload)

    async def request(self, text: str) -> bytes:
        """Send one http request and wait for the whole response."""
        assert self.transport is not None
        self.head = asyncio.get_running_loop().create_future()
        self.transport.write(text.encode())
        return await self.head

    async def hello(self, known: dict[str, Any], child: _Child) -> None:
        """Introduce oneself with what is known, and remember what the welcome says."""
        self.welcomed = asyncio.get_running_loop().create_future()
        self.send(json.dumps({"t": "hello", **known}).encode())
        frame = json.loads(await self.welcomed)
        child.known[self.number] = {
            "epoch": frame["epoch"], "mark_rev": frame["head"], "mark": frame["mark"],
            "cursors": dict.fromkeys(frame["scopes"], frame["head"]),
        }  # fmt: skip

    def remember(self, known: dict[str, Any]) -> None:
        """Keep the newest cursors and mark, as a phone does with every frame it applies."""
        for payload in self.heard:
            frame = json.loads(payload)
            known["mark_rev"], known["mark"] = frame["rev"], frame["mark"]
            for scope, part in frame["scopes"].items():
                known["cursors"][scope] = part["rev"]

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Rows of a table in the changes heard so far."""
        for payload in self.heard:
            if f'"{table}"'.encode() in payload:
                for part in json.loads(payload)["scopes"].values():
                    yield from part.get("rows", {}).get(table, ())

    async def expect(self, wanted: bytes) -> bytes:
        """The next frame that contains ``wanted``."""
        self.wanted = wanted
        self.frame = asyncio.get_running_loop().create_future()
        return await self.frame


class _Child:
    """The child's side: orders in, answers out."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.last_at = 0.0
        self.left = 0
        self.done = asyncio.Event()
        self.n = 0
        self.known: dict[int, dict[str, Any]] = {}

    def served(self) -> None:
        """One armed connection got what it waits for."""
        self.left -= 1
        if self.left == 0:
            self.last_at = time.monotonic()
            self.done.set()

    async def raw(self, port: int, count: int) -> int:
        """Open bare connections."""
        loop = asyncio.get_running_loop()
        for _ in range(count):
            _, line = await loop.create_connection(lambda: _Line(self), "127.0.0.1", port)
            self.lines.append(line)
        return len(self.lines)

    async def phones(self, port: int, cookies: list[str], wanted: str = "") -> dict[str, Any]:
        """Open a websocket per phone, all at once; one that was here before resumes.

        With ``wanted`` each counts as served once a frame containing it arrives.  Answers the
        seconds until the last ``welcome`` and how many failed.
        """
        self.left = len(cookies)
        self.done.clear()
        start = time.monotonic()
        gate = asyncio.Semaphore(CONNECT_AT_ONCE)
        results = await asyncio.gather(
            *(self._phone(port, n, cookie, gate, wanted) for n, cookie in enumerate(cookies)),
            return_exceptions=True,
        )
        failures = [r for r in results if isinstance(r, BaseException)]
        self.lines += [r for r in results if isinstance(r, _Line)]
        return {
            "taken_s": time.monotonic() - start,
            "failed": len(failures),
            "why": repr(failures[:3]) if failures else "",
        }

    async def _phone(
        self, port: int, number: int, cookie: str, gate: asyncio.Semaphore, wanted: str
    ) -> _Line:
        async with gate:
            loop = asyncio.get_running_loop()
            _, line = await loop.create_connection(lambda: _Line(self), "127.0.0.1", port)
            base = f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            answer = await line.request(
                f"POST /api/ticket HTTP/1.1\r\n{base}Cookie: hanger_member={cookie}\r\n"
                "Content-Length: 0\r\n\r\n"
            )
            ticket = json.loads(answer.partition(b"\r\n\r\n")[2])["ticket"]
            answer = await line.request(
                f"GET /ws?ticket={ticket} HTTP/1.1\r\n{base}Cookie: hanger_member={cookie}\r\n"
                "Connection: Upgrade\r\n"
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Protocol: hanger.v1\r\n\r\n"
            )
            if not line.websocket:
                raise ConnectionError(answer[:200].decode(errors="replace"))
            line.number = number
            if wanted:
                line.wanted, line.armed = wanted.encode(), True
            await line.hello(self.known.get(number, {}), self)
            return line

    async def subscribe(self) -> int:
        """Page each phone's newest chat once, so that changes flow."""
        gate = asyncio.Semaphore(_ASK_AT_ONCE)

        async def page(line: _Line) -> None:
            async with gate:
                for scope in self.known[line.number]["cursors"]:
                    asked = {"t": "page_request", "scope": scope, "limit": 20}
                    line.send(json.dumps(asked).encode())
                    await line.expect(b'"page"')
                line.wanted = b""

        await asyncio.gather(*(page(line) for line in self.lines))
        return len(self.lines)

    async def arm_bytes(self, size: int) -> int:
        """Every raw connection counts once it got ``size`` more bytes."""
        self.left = len(self.lines)
        self.done.clear()
        for line in self.lines:
            line.pending = size
        return self.left

    async def arm(self, wanted: str, skip: int = 0, only: list[int] | None = None) -> int:
        """Phones but the first ``skip`` count once a frame containing ``wanted`` arrives.

        ``only`` those with these numbers, if it is given.
        """
        meant = None if only is None else set(only)
        chosen = [each for each in self.lines[skip:] if meant is None or each.number in meant]
        self.left = len(chosen)
        self.done.clear()
        for line in chosen:
            line.wanted, line.armed = wanted.encode(), True
        return self.left

    async def last(self, timeout_s: float = 60.0) -> float:
        """When the last armed connection was served."""
        try:
            async with asyncio.timeout(timeout_s):
                await self.done.wait()
        except TimeoutError:
            lost = sum(line.closed for line in self.lines)
            raise RuntimeError(f"{self.left} phones got nothing, {lost} were closed") from None
        return self.last_at

    async def send_all(self, frames: list[str]) -> float:
        """Each phone sends its frame; answers when the first went out."""
        start = time.monotonic()
        for line, frame in zip(self.lines, frames, strict=False):
            line.send(frame.encode())
        return start

    async def send_over(self, frames: list[str], over_s: float) -> int:
        """Each phone sends its frame; half of them in the first fifth of that time."""
        share = len(frames) // 2
        for number, (line, frame) in enumerate(zip(self.lines, frames, strict=False)):
            line.send(frame.encode())
            await asyncio.sleep(over_s * (0.2 if number < share else 0.8) / share)
        return len(frames)

    async def chat(
        self, conversation_ids: list[int], gap_s: float, body: str
    ) -> list[tuple[str, float]]:
        """One message per listed conversation, ``gap_s`` apart, from the first phones in turn.

        Answers ``(client_id, sent_at)`` each; the receiver's clock makes the latency.
        """
        sent = []
        for line, conversation_id in zip(self.lines, conversation_ids, strict=False):
            sent.append(self._say(line, conversation_id, body))
            await asyncio.sleep(gap_s)
        return sent

    async def write(
        self, conversation_id: int, count: int, gap_s: float
    ) -> list[tuple[str, float]]:
        """``count`` messages ``gap_s`` apart from the phone of that conversation."""
        line = next(each for each in self.lines if each.number == conversation_id - 1)
        sent = []
        for _ in range(count):
            sent.append(self._say(line, conversation_id, "那件红色的风衣还有没有 L 码"))
            await asyncio.sleep(gap_s)
        return sent

    def _say(self, line: _Line, conversation_id: int, body: str) -> tuple[str, float]:
        self.n += 1
        client_id = f"bench-{os.getpid()}-{time.monotonic_ns()}-{self.n}"
        content = {"conversation_id": conversation_id, "client_id": client_id, "body": body}
        frame = {"t": "command", "n": time.monotonic_ns(), "name": "message.send",
                 "body": content}  # fmt: skip
        sent = (client_id, time.monotonic())
        line.send(json.dumps(frame).encode())
        return sent

    async def command(self, number: int, n: int, name: str, body: dict[str, Any]) -> str:
        """The phone with that number sends a command; the relay's answer to it."""
        line = next(each for each in self.lines if each.number == number)
        frame = {"t": "command", "n": n, "name": name, "body": body}
        line.send(json.dumps(frame).encode())
        return (await line.expect(f'"n":{n}'.encode())).decode()

    async def told(self, table: str) -> dict[int, list[dict[str, Any]]]:
        """Rows of ``table`` that each phone was told of as changes, every version, in order.

        Asked once the relay has answered every phone anew.
        """
        for line in self.lines:
            line.send(b'{"t":"ping","id":1}')
        await asyncio.gather(*(line.expect(b'"pong"') for line in self.lines))
        return {line.number: list(line.rows(table)) for line in self.lines}

    async def stall(self, count: int) -> int:
        """The first ``count`` phones stop reading for good."""
        for line in self.lines[:count]:
            assert line.transport is not None
            line.transport.pause_reading()
        return count

    async def drop(self) -> int:
        """Cut every connection without a word."""
        count = len(self.lines)
        for line in self.lines:
            if line.number in self.known:
                line.remember(self.known[line.number])
            if line.transport is not None:
                line.transport.abort()
        self.lines.clear()
        await asyncio.sleep(0)
        return count


async def _main() -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    child = _Child()
    while order := await reader.readline():
        arguments = json.loads(order)
        verb = arguments.pop("verb")
        if verb == "stop":
            await child.drop()
        try:
            value = None if verb == "stop" else await getattr(child, verb)(**arguments)
            answer = {"value": value}
        except Exception as error:  # noqa: BLE001 - the parent prints the child's words
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        if verb == "stop":
            return


if __name__ == "__main__":
    asyncio.run(_main())
