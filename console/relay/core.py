"""The relay without its sockets: one way to write, one to read, one to serve a reader.

Everything here is called from the event loop's thread; the writer and the readers have
threads of their own and meet it only through ``call_soon_threadsafe`` and executors.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from console.log import get_logger
from console.relay import identity
from console.relay.actor import RELAY, Actor
from console.relay.batch import Job
from console.relay.clock import Clock, SystemClock
from console.relay.counters import Counters
from console.relay.decoding import decode_command, digest_of
from console.relay.handlers import HANDLERS
from console.relay.hub import Hub
from console.relay.identity import Identity
from console.relay.internal import MintEpoch, PruneFeed, SettleRestore
from console.relay.limits import DeviceLimits, Limits
from console.relay.outcome import Outcome
from console.relay.session import Session
from console.relay.signals import Signals
from console.relay.suppression_file import FOLDER, SuppressionFile
from console.relay.transport import Transport
from console.relay.writer import Settled, Writer
from console.store import feed
from console.store.engine import reader_engine, writer_engine
from console.store.migrate import upgrade
from console.store.unit_of_work import Effects, read_head
from console.wire.commands import Command
from console.wire.errors import Code, Refusal

__all__ = ["RELAY", "Actor", "RelayCore"]

T = TypeVar("T")
READERS = 4
_MAX_IDENTITIES = 20_000
_GOING_AWAY = 1001
_FAREWELL_S = 3.0
"""How long goodbyes may take when the relay stops."""

log = get_logger("core")


class RelayCore:
    """An open database with its writer, readers, hub and sessions.

    Attributes:
        clock: the relay's clock.
        limits: bounds of sessions.
        hub: who is connected and what they are told.
        counters: numbers for the metrics page.
        head, mark: the newest commit.
        broken: set when the writer's thread died; nothing can be written any more.
        restored: whether this start found a database brought back from a backup.
    """

    def __init__(self, path: Path, clock: Clock, limits: Limits, synchronous: str) -> None:
        self._loop = asyncio.get_running_loop()
        self.clock = clock
        self.limits = limits
        self.counters = Counters()
        self.device_limits = DeviceLimits(limits.commands_per_s, limits.command_burst)
        self.signals = Signals(self)
        self._write_engine = writer_engine(path, synchronous=synchronous)
        self._read_engine = reader_engine(path, pool_size=READERS)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="relay-reader")
        self._identities: dict[str | int, Identity] = {}
        self._identity_version = 0
        self._erased_listeners: list[Callable[[Effects], None]] = []
        self._unheard: Effects | None = None
        self._changed_listeners: list[Callable[[frozenset[str]], None]] = []
        self.broken = asyncio.Event()
        self.restored = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._publishing: asyncio.Task[None] | None = None
        with self._read_engine.begin() as connection:
            head = read_head(connection)
            recent = feed.recent(connection, head)
        self.head, self.mark = head.rev, head.mark
        self._suppressions = SuppressionFile(
            path.parent / FOLDER, head.epoch, durable=synchronous == "FULL"
        )
        self._writer = Writer(
            self._write_engine, clock, HANDLERS, self._deliver, self._writer_died,
            self._suppressions,
        )  # fmt: skip
        self.hub = Hub(head, recent, self.read, self._writer.shown, self.counters)

    @classmethod
    async def open(
        cls,
        path: Path,
        clock: Clock | None = None,
        *,
        limits: Limits | None = None,
        synchronous: str = "FULL",
    ) -> RelayCore:
        """Create or upgrade the database at ``path`` and start.

        Raises ``store.migrate.DatabaseTooNewError`` for one of a newer program.
        """
        await asyncio.to_thread(upgrade, path)
        core = cls(path, clock or SystemClock(), limits or Limits(), synchronous)
        core._writer.start()
        core._publishing = core._loop.create_task(core.hub.run())
        try:
            await core._settle_restore()
        except BaseException:
            await core.close()
            raise
        return core

    async def _settle_restore(self) -> None:
        """A database that is older than what is noted beside it was brought back."""
        since = await self.read(self._suppressions.since)
        if since is not None:
            await self.call(RELAY, SettleRestore(
                suppressions=since, top_id=self._suppressions.top_id
            ))  # fmt: skip
            await asyncio.to_thread(self._suppressions.flush)
            self.restored = True
            log.warning("restored", suppressions=len(since), head=self.head)

    async def close(self) -> None:
        """Say goodbye to every session, finish what waits to be written, release the file."""
        for session in list(self.hub.sessions):
            session.hang_up(_GOING_AWAY, "relay stopping")
        await asyncio.to_thread(self._writer.close)
        # The last batches were handed over with call_soon_threadsafe: let them arrive.
        await asyncio.sleep(0)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FAREWELL_S)
        if self._publishing is not None:
            self._tasks.add(self._publishing)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._readers.shutdown)
        self._read_engine.dispose()
        self._write_engine.dispose()
        self._suppressions.close()

    @property
    def epoch(self) -> str:
        """Which history this database holds."""
        return self.hub.epoch

    @property
    def writes(self) -> bool:
        """Whether commands are still carried out."""
        return self._writer.alive

    @property
    def failures(self) -> int:
        """Unexpected errors since the start, in whatever thread: a sound relay has none."""
        return self.counters.failures + self._writer.failures

    @property
    def writer_ms(self) -> float:
        """How long a command waits for its commit, lately."""
        return self.counters.writer_ms

    def metrics(self) -> dict[str, float]:
        """Numbers for the metrics page."""
        return {
            **self.counters.as_mapping(),
            "failures": self.failures,
            "sessions": len(self.hub.sessions),
            "commands_waiting": self._writer.waiting,
            "head": self.head,
        }

    # --- writing -------------------------------------------------------------------------

    def submit(
        self, actor: Actor, n: int, name: str, body: bytes, confirmed: int = 0
    ) -> asyncio.Future[Outcome]:
        """Queue a command as it came over a wire; the future gives its outcome."""
        command: Command | Refusal
        try:
            command = decode_command(name, body)
        except Refusal as refusal:
            command = refusal
        return self._promise(actor, command, n, digest_of(name, body), confirmed)

    async def call(self, actor: Actor, command: Command) -> Any:
        """Do a command that is not numbered; its result.  Raises ``Refusal``."""
        outcome = await self._promise(actor, command)
        if outcome.refusal is not None:
            raise outcome.refusal
        return outcome.result

    def _promise(
        self, actor: Actor, command: Command | Refusal, n: int = 0, digest: bytes = b"",
        confirmed: int = 0,
    ) -> asyncio.Future[Outcome]:  # fmt: skip
        future: asyncio.Future[Outcome] = self._loop.create_future()
        if not self.enqueue(actor, command, n=n, digest=digest, confirmed=confirmed, ticket=future):
            future.set_result(Outcome(self.head, refusal=Refusal(Code.BUSY)))
        return future

    def enqueue(
        self, actor: Actor, command: Command | Refusal, *, n: int = 0, digest: bytes = b"",
        confirmed: int = 0, ticket: Any = None,
    ) -> bool:  # fmt: skip
        """Hand a command to the writer; False when too many wait already."""
        return self._writer.submit(
            Job(actor, command, n, digest, confirmed, ticket, self.clock.monotonic())
        )

    def _deliver(self, settled: Settled) -> None:
        """In the writer's thread: pass a batch on to the loop."""
        self._loop.call_soon_threadsafe(self._committed, settled)

    def _writer_died(self) -> None:
        """In the writer's thread, as its last act; the loop may have ended before it."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.broken.set)

    def _committed(self, settled: Settled) -> None:
        self._count(settled)
        if settled.rev > self.head:
            self.head, self.mark = settled.rev, settled.mark
        self._forget_identities(settled.effects)
        if settled.effects.erased:
            self._unheard = None if self._erased_listeners else settled.effects
            for listener in self._erased_listeners:
                listener(settled.effects)
        if settled.touched:
            for changed in self._changed_listeners:
                changed(settled.touched)
        self.hub.committed(settled)
        for job, outcome in zip(settled.jobs, settled.outcomes, strict=True):
            if isinstance(job.ticket, asyncio.Future):
                if not job.ticket.done():
                    job.ticket.set_result(outcome)
            elif job.ticket is not None:
                session, n = job.ticket
                session.settle(n, outcome)

    def _count(self, settled: Settled) -> None:
        counters, now = self.counters, self.clock.monotonic()
        counters.commits += bool(settled.touched)
        counters.commands += len(settled.jobs)
        for job, outcome in zip(settled.jobs, settled.outcomes, strict=True):
            counters.observe((now - job.submitted) * 1000)
            counters.refused += outcome.refusal is not None

    def on_erased(self, listener: Callable[[Effects], None]) -> None:
        """Call ``listener`` after each commit that erased words, with its effects.

        At once, when there was one before anybody listened.
        """
        self._erased_listeners.append(listener)
        if self._unheard is not None:
            listener(self._unheard)
            self._unheard = None

    def on_changed(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call ``listener`` after each commit that changed rows, with their tables' names."""
        self._changed_listeners.append(listener)

    async def mint_epoch(self) -> None:
        """Begin a new history, after a restore: every replica starts anew."""
        await self.call(RELAY, MintEpoch())

    async def prune(self) -> None:
        """Drop tombstones and marks nobody may resume from any more."""
        await self.call(RELAY, PruneFeed())

    # --- reading -------------------------------------------------------------------------

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in one read transaction, in a worker thread."""
        return await self._loop.run_in_executor(self._readers, self._read, work)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._read_engine.begin() as connection:
            return work(connection)

    async def actor_of_token(self, token_hash: str) -> Actor | None:
        """Who a device token stands for; ``None`` when unknown or revoked."""
        known = await self._identity(
            token_hash, lambda connection: identity.by_token(connection, token_hash)
        )
        return None if known is None else known.actor

    async def identity_of_device(self, device_id: int) -> Identity | None:
        """Who a device stands for now; ``None`` when unknown or revoked."""
        return await self._identity(
            device_id,
            lambda connection: identity.by_devices(connection, [device_id]).get(device_id),
        )

    async def _identity(
        self, key: str | int, load: Callable[[Connection], Identity | None]
    ) -> Identity | None:
        """From memory, or read until no commit changed identities meanwhile."""
        known = self._identities.get(key)
        while known is None:
            version = self._identity_version
            known = await self.read(load)
            if version != self._identity_version:
                known = None
            elif known is None:
                return None
            else:
                if len(self._identities) > _MAX_IDENTITIES:
                    self._identities.clear()
                self._identities[key] = self._identities[known.actor.device_id] = known
        return known

    def _forget_identities(self, effects: Effects) -> None:
        devices = effects.devices | effects.revoked_devices
        if not devices and not effects.readers:
            return
        self._identity_version += 1
        self._identities = {
            key: known
            for key, known in self._identities.items()
            if known.actor.device_id not in devices
            and (known.actor.kind, known.actor.id) not in effects.readers
        }

    # --- serving -------------------------------------------------------------------------

    async def serve(self, transport: Transport, actor: Actor) -> None:
        """Run one connection of a reader to its end."""
        await Session(self, transport, actor).run()

    def background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something to its end that nobody waits for."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
