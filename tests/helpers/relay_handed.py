"""Whether the rows the writer hands over are those that the database tells, commit by commit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.relay.clock import Clock
from console.relay.core import RelayCore
from console.relay.delta import known_rows
from console.relay.limits import Limits
from console.relay.writer import Settled
from console.store import feed
from console.store.engine import reader_engine


class Handed:
    """Compares in the writer's thread, before anything else can be written.

    Attributes:
        rows: how many were handed over.
        wrong: what differed from the database, for people.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.rows = 0
        self.wrong: list[str] = []

    def compare(self, settled: Settled) -> None:
        """One commit, just after it was made."""
        known = known_rows([settled], settled.rev - 1)
        if not known:
            return
        engine = reader_engine(self._path, pool_size=1)
        with engine.begin() as connection:
            told = feed.collect(connection, settled.rev - 1, settled.rev, known)
        engine.dispose()
        self.rows += sum(map(len, known.values()))
        if _plain(told) != _plain(feed.filed(known)):
            self.wrong.append(f"rev {settled.rev}: {told} is not {known}")


def _plain(parts: dict[str, feed.ScopePart]) -> Any:
    """Comparable whatever the order."""
    return {
        (scope, name): sorted(rows, key=lambda row: row.id)
        for scope, part in parts.items()
        for name, rows in part.rows.items()
    }


async def opened(path: Path, clock: Clock, limits: Limits) -> tuple[RelayCore, Handed]:
    """A core whose every commit is compared; no disk is waited for, as none loses its power."""
    core = await RelayCore.open(path, clock, limits=limits, synchronous="OFF")
    return core, watch(core, path)


def watch(core: RelayCore, path: Path) -> Handed:
    """Compare every commit of this core from now on."""
    handed, deliver = Handed(path), core._writer._deliver

    def compared(settled: Settled) -> None:
        handed.compare(settled)
        deliver(settled)

    core._writer._deliver = compared
    return handed
