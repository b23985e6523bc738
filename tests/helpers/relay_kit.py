"""What tests of the relay share: a bendable clock, lines in memory, small shops."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from console.relay.actor import RELAY, Actor
from console.relay.clock import Clock
from console.relay.core import RelayCore
from console.relay.limits import Limits
from console.relay.tokens import token_hash
from console.store import tables
from console.wire import commands, frames
from console.wire.codec import decode_from_relay, encode
from tests.helpers.fresh import fresh_database

PATIENCE_S = 30.0
GENEROUS = Limits(commands_per_s=1e6, command_burst=1e6, pages_per_s=1e6, page_burst=1e6)


class FakeClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self.seconds += max(0.0, seconds)


class MemoryTransport:
    """One end of a line in memory; the test holds the other.

    While ``paused`` the peer takes nothing and everything sent stays buffered.
    """

    def __init__(self) -> None:
        self._inbox: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._buffer: deque[bytes] = deque()
        self._moved = asyncio.Event()
        self._arrived = asyncio.Event()
        self.frames: list[Any] = []
        self.raw: list[bytes] = []
        self.paused = False
        self.close_code: int | None = None

    # --- the relay's side -----------------------------------------------------------------

    @property
    def buffered_bytes(self) -> int:
        return 0 if self.close_code else sum(map(len, self._buffer))

    async def receive(self) -> bytes | None:
        return None if self.close_code else await self._inbox.get()

    def send(self, data: bytes) -> None:
        if self.close_code is None:
            self._buffer.append(data)
            if not self.paused:
                self._take()

    async def drain(self) -> None:
        while self._buffer and not self.close_code:
            self._moved.clear()
            await self._moved.wait()

    async def close(self, code: int, reason: str = "") -> None:
        if self.close_code is None:
            self.close_code = code
            self._inbox.put_nowait(None)
            self._moved.set()
            self._arrived.set()

    # --- the test's side ------------------------------------------------------------------

    def _take(self) -> None:
        while self._buffer:
            data = self._buffer.popleft()
            self.raw.append(data)
            self.frames.append(decode_from_relay(data))
        self._moved.set()
        self._arrived.set()

    def resume(self) -> None:
        """Take everything that waited."""
        self.paused = False
        self._take()

    def put(self, frame: frames.Frame | bytes) -> None:
        """Send a frame to the relay."""
        self._inbox.put_nowait(frame if isinstance(frame, bytes) else encode(frame))

    def hang_up(self) -> None:
        """The line breaks."""
        if self.close_code is None:
            self.close_code = 1006
            self._inbox.put_nowait(None)
            self._moved.set()
            self._arrived.set()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait for a condition on what arrived; its value."""
        async with asyncio.timeout(PATIENCE_S):
            while not (value := condition()):
                self._arrived.clear()
                await self._arrived.wait()
        return value

    async def next(self, kind: type[Any], match: Callable[[Any], bool] = lambda _: True) -> Any:
        """Take the first frame of a kind out of what arrived."""
        found = await self.until(
            lambda: [f for f in self.frames if isinstance(f, kind) and match(f)]
        )
        self.frames.remove(found[0])
        return found[0]


class Line:
    """A connection of an actor to a core, with its serving task."""

    def __init__(self, core: RelayCore, actor: Actor) -> None:
        self.transport = MemoryTransport()
        self.task = asyncio.create_task(core.serve(self.transport, actor))
        self._numbers = itertools.count(1)

    async def hello(self, **fields: Any) -> frames.WelcomeFrame:
        self.transport.put(frames.HelloFrame(**fields))
        return await self.transport.next(frames.WelcomeFrame)

    async def page(self, scope: str, limit: int = 500) -> dict[str, list[Any]]:
        """The whole snapshot of a scope."""
        rows: dict[str, list[Any]] = {}
        head, after = 0, ""
        while True:
            self.transport.put(
                frames.PageRequestFrame(scope=scope, head=head, after=after, limit=limit)
            )
            page = await self.transport.next(frames.PageFrame, lambda p: p.scope == scope)
            for table, found in page.rows.items():
                rows.setdefault(table, []).extend(found)
            head, after = page.head, page.after
            if not after:
                return rows

    def send(self, command: commands.Command, n: int | None = None, confirmed: int = 0) -> int:
        """Put a command on the line; its number."""
        number = next(self._numbers) if n is None else n
        self.transport.put(
            frames.CommandFrame(
                n=number, name=command.name, body=msgspec.Raw(encode(command)), confirmed=confirmed
            )
        )
        return number

    async def answer(self, n: int) -> frames.AckFrame | frames.NackFrame:
        return await self.transport.next((frames.AckFrame, frames.NackFrame), lambda f: f.n == n)

    async def do(self, command: commands.Command, **kw: Any) -> frames.AckFrame | frames.NackFrame:
        """Send a command and wait for its answer."""
        return await self.answer(self.send(command, **kw))

    async def end(self) -> None:
        self.transport.hang_up()
        await self.task


async def open_core(path: Path, clock: Clock | None = None, **kw: Any) -> RelayCore:
    """A relay's core; no disk is waited for unless the test asks for it."""
    kw.setdefault("limits", GENEROUS)
    kw.setdefault("synchronous", "OFF")
    fresh_database(path)
    return await RelayCore.open(path, clock or FakeClock(), **kw)


async def new_staff(core: RelayCore, name: str = "小陈", role: str = "clerk") -> Actor:
    made = await core.call(RELAY, commands.CreateStaff(display_name=name, role=role))
    return await new_console(core, made["staff_id"])


_tokens = itertools.count(1)


async def new_console(core: RelayCore, staff_id: int) -> Actor:
    hashed = token_hash(f"console-{next(_tokens)}")
    await core.call(RELAY, commands.CreateDevice(staff_id=staff_id, token_hash=hashed))
    actor = await core.actor_of_token(hashed)
    assert actor is not None
    return actor


async def new_member(
    core: RelayCore, phone: str = "", name: str = "林晓雯", **fields: Any
) -> Actor:
    number = next(_tokens)
    hashed = token_hash(f"phone-{number}")
    await core.call(RELAY, commands.JoinMember(
        phone=phone or f"138{number:08d}", display_name=name, privacy_hash="p",
        token_hash=hashed, **fields,
    ))  # fmt: skip
    actor = await core.actor_of_token(hashed)
    assert actor is not None
    return actor


async def add_stock(core: RelayCore, stock: int = 3) -> tuple[int, int]:
    """A product with one variant, as an import writes it; their ids."""

    def fill() -> None:
        with core._write_engine.begin() as connection:
            connection.execute(
                tables.product.insert().values(
                    id=1, rev=0, shop_id=1, sku="A1", name="风衣", price=39900
                )
            )
            connection.execute(
                tables.variant.insert().values(
                    id=1, rev=0, shop_id=1, product_id=1, colour="红", size="L", stock=stock
                )
            )

    await asyncio.to_thread(fill)
    return 1, 1


def text(conversation_id: int, body: str = "你好", client_id: str = "", **kw: Any) -> Any:
    """A text message with a fresh client id."""
    return commands.SendMessage(
        conversation_id=conversation_id, body=body,
        client_id=client_id or f"m-{next(_tokens)}", **kw,
    )  # fmt: skip
