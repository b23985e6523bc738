"""A console's station joined to a model relay without sockets, one frame at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from console.store.replica_queries import table_rows
from console.store.scopes import STAFF_TABLES, kind_of
from console.sync.station import Station, open_station
from console.sync.workers import Workers
from console.wire.client_session import ClientSession, decode
from tests.unit.sync.model_relay import ModelRelay, ModelSession

P = ParamSpec("P")
T = TypeVar("T")


class InlineWorkers(Workers):
    """Runs everything where it is asked for: a property's steps stay in order."""

    def __init__(self) -> None:
        """No threads."""

    async def write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return work(*args, **kwargs)

    outbox = read = write

    async def close(self) -> None:
        """Nothing to end."""


class Console:
    """One station; ``line`` is its connection, or ``None``."""

    def __init__(self, folder: Path, staff: int, device: int) -> None:
        self.folder = folder
        self.staff = staff
        self.device = device
        self.page_rows = 3
        self.station: Station | None = None
        self.session: ClientSession | None = None
        self.line: ModelSession | None = None

    async def open(self) -> Station:
        """Open the files (again, after a crash)."""
        self.station = await open_station(self.folder, "http://127.0.0.1:9", "", InlineWorkers())
        return self.station

    @property
    def here(self) -> Station:
        assert self.station is not None
        return self.station

    async def close(self) -> None:
        await self.hang_up()
        if self.station is not None:
            await self.station.close()
            self.station = None

    async def crash(self) -> None:
        """The program is gone without a word; its files are opened again by the next."""
        self.session = self.line = None
        if self.station is not None:
            station, self.station = self.station, None
            await station.http.close()
            station.outbox.close()
            station.replica.close()

    async def connect(self, relay: ModelRelay) -> None:
        self.line = ModelSession(relay, self.staff, self.device)
        self.session = await self.here.new_session()
        self.session._page_rows = self.page_rows

    async def hang_up(self) -> None:
        if self.line is not None:
            self.line.relay.sessions.remove(self.line)
            self.line = self.session = None
            self.here.line_down()

    async def step(self) -> bool:
        """Carry frames both ways once; false when there were none."""
        if self.line is None or self.session is None:
            return False
        moved = False
        for data in self.session.data_to_send():
            self.line.receive(data)
            moved = True
        if self.line.outgoing:
            await self.deliver(self.line.outgoing.pop(0))
            moved = True
        if self.session is not None and self.session.welcome is not None:
            moved = await self.send_ready() or moved
        return moved

    async def deliver(self, data: bytes) -> None:
        frame = decode(data)
        assert frame is not None
        assert self.session is not None
        self.session.receive(frame)
        await self.here.apply(frame)

    async def send_ready(self) -> bool:
        """What the pump's task does, when asked."""
        if self.here.pump._sender is None:
            self.here.pump.line_up(self)
        before = set(self.here.pump._flying)
        await self.here.pump._send_ready(self)
        return set(self.here.pump._flying) != before

    async def send_command(self, n: int, name: str, body: bytes, confirmed: int) -> None:
        assert self.session is not None
        self.session.send_command(n, name, body, confirmed)

    async def table(self, table: str) -> list[Any]:
        return await self.here.read(table_rows, table)

    async def differences(self, relay: ModelRelay) -> list[str]:
        """Where replica and relay disagree, scope by scope; none when they are equal."""
        found = []
        granted = relay.scopes_of(self.staff)
        for scope in granted:
            for name in STAFF_TABLES[kind_of(scope)]:
                here, there = await self.table(name), relay.visible(scope, name)
                if here != there:
                    found.append(f"{scope} {name}: {here} != {there}")
        for kind, names in STAFF_TABLES.items():
            if kind not in {kind_of(scope) for scope in granted}:
                found += [f"{name} not forgotten" for name in names if await self.table(name)]
        return found
