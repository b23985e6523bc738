"""The writer: one thread, one connection, one transaction per batch of waiting commands.

Group commit: whatever waits when the last commit is done goes into the next one, so that
durability costs one fsync per batch (and one more when it adds to the file of suppressions).
Optimistic: no savepoints; when anything unexpected happens the batch is rolled back and
replayed with a savepoint per command, still one commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from console.log import get_logger
from console.relay.batch import Batch, Devices, Job
from console.relay.clock import Clock
from console.relay.handlers.base import HalfWritten, Handler
from console.relay.lanes import Lanes
from console.relay.outcome import Outcome
from console.relay.suppression_file import SuppressionFile
from console.store.engine import truncate_journal
from console.store.ids import IdSource
from console.store.unit_of_work import Effects, KnownRows, Transaction, read_head, seal
from console.wire.commands import Command
from console.wire.errors import Code, Refusal

MAX_WAITING = 20_000
"""Commands that may wait; more are told to come back (``busy``)."""
_IDLE_S = 0.25
"""How soon an interrupted folding of the journal is tried again."""

log = get_logger("writer")


@dataclass(frozen=True, slots=True)
class Settled:
    """A batch after its commit.

    Attributes:
        jobs, outcomes: each command and how it ended.
        rev: the commit's revision, or the head when nothing changed.
        mark: the mark that belongs to ``rev``.
        touched: names of the synced tables it changed.
        effects: what must happen outside now.
        known: the changed rows, of those tables of which all are known.
    """

    jobs: Sequence[Job]
    outcomes: Sequence[Outcome]
    rev: int
    mark: str
    touched: frozenset[str] = frozenset()
    effects: Effects = field(default_factory=Effects)
    known: KnownRows = field(default_factory=dict)


class Writer:
    """Takes commands from any thread and reports each committed batch to ``deliver``.

    ``deliver`` is called in the writer's thread, and so is ``died``: when anything but a
    transaction fails there, nothing is taken or written any more.

    Attributes:
        failures: transactions, or the thread itself, that ended in an unexpected error.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        handlers: Mapping[type[Command], Handler],
        deliver: Callable[[Settled], None],
        died: Callable[[], None],
        suppressions: SuppressionFile,
    ) -> None:
        self._engine = engine
        self._suppressions = suppressions
        self._clock = clock
        self._handlers = handlers
        self._deliver = deliver
        self._died = died
        self._waiting = Lanes()
        self._wake = threading.Condition()
        self._closing = False
        self._ids = IdSource()
        self._devices = Devices()
        self._erased = False
        self.failures = 0
        self._thread = threading.Thread(target=self._run, name="relay-writer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, job: Job) -> bool:
        """Queue a command; False when too many wait or the writer is closing."""
        with self._wake:
            if self._closing or len(self._waiting) >= MAX_WAITING:
                return False
            self._waiting.put(job)
            self._wake.notify()
        return True

    def shown(self, rev: int) -> None:
        """Every change up to ``rev`` was handed out: a long command may go on."""
        with self._wake:
            self._waiting.shown(rev)
            self._wake.notify()

    @property
    def alive(self) -> bool:
        """Whether the thread works; false before the start, too."""
        return self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """How many commands wait."""
        return len(self._waiting)

    def close(self) -> None:
        """Finish everything that waits, then end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    # --- the thread ----------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._loop()
        except Exception:
            # What was committed but not delivered is in the database; what waits is not and
            # comes again from its sender, to the relay that is started next.
            self.failures += 1
            log.exception("writer_died", waiting=self.waiting)
            with self._wake:
                self._closing = True
            self._died()

    def _loop(self) -> None:
        while True:
            jobs = self._next_batch()
            if jobs is None:
                break
            if jobs:
                settled = self._settle(jobs)
                with self._wake:
                    told, outcomes = self._waiting.answer(settled.jobs, settled.outcomes)
                self._deliver(replace(settled, jobs=told, outcomes=outcomes))
            if self._erased:
                self._erased = not truncate_journal(self._engine)

    def _next_batch(self) -> list[Job] | None:
        """What waits now (perhaps nothing, when there is other work); ``None`` at the end."""
        with self._wake:
            jobs = self._waiting.take(in_haste=self._closing)
            if not jobs and not self._closing:
                pause_s = self._waiting.wait_s()
                self._wake.wait(_IDLE_S if pause_s is None and self._erased else pause_s)
                jobs = self._waiting.take(in_haste=self._closing)
            return None if self._closing and not jobs else jobs

    def _settle(self, jobs: list[Job]) -> Settled:
        for one_by_one in (False, True):
            try:
                return self._commit(jobs, one_by_one=one_by_one)
            except HalfWritten:
                log.debug("batch_replayed", commands=len(jobs))
            except Exception:
                self.failures += 1
                log.warning("batch_failed", commands=len(jobs), replayed=one_by_one, exc_info=True)
            self._ids.forget()
            self._devices.clear()
        return self._failed(jobs)

    def _commit(self, jobs: list[Job], *, one_by_one: bool) -> Settled:
        with self._engine.begin() as connection:
            head = read_head(connection)
            tx = Transaction(connection, head.rev + 1, self._clock.now(), self._ids)
            outcomes = Batch(tx, jobs, self._handlers, self._devices, one_by_one).run()
            self._ids.save(connection)
            mark = seal(tx) if tx.dirty else head.mark
        self._suppressions.committed(tx.effects.suppressed, (tx.rev, mark) if tx.dirty else None,
                                     self._ids.top)  # fmt: skip
        self._devices.forget(tx.effects)
        self._devices.trim()
        self._erased = self._erased or tx.effects.erased
        return Settled(
            jobs, outcomes, tx.rev if tx.dirty else head.rev, mark, frozenset(tx.touched),
            tx.effects, tx.known,
        )  # fmt: skip

    def _failed(self, jobs: list[Job]) -> Settled:
        """Nothing could be written (the disk is full, say): everybody may try again later."""
        rev, mark = self._present()
        outcome = Outcome(rev, refusal=Refusal(Code.COMMAND_FAILED))
        return Settled(jobs, [outcome] * len(jobs), rev, mark)

    def _present(self) -> tuple[int, str]:
        try:
            with self._engine.connect() as connection:
                head = read_head(connection)
                return head.rev, head.mark
        except Exception:  # noqa: BLE001 - even reading failed
            return 0, ""
