"""One batch of commands inside one transaction: who may, what is new, what each answers.

Used by the writer only.  Knows neither threads nor sockets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select

from console.relay import identity
from console.relay.actor import Actor
from console.relay.handlers.base import Handler, Request
from console.relay.handlers.upkeep import settle_commands
from console.relay.identity import Identity
from console.relay.outcome import Outcome
from console.store import tables
from console.store.dialect import insert_missing, listed, one_of_named
from console.store.unit_of_work import Effects, Transaction
from console.wire.commands import UNSTORED_RESULTS, Command
from console.wire.errors import Code, Refusal

MAX_KNOWN = 20_000
"""Devices remembered between batches."""


@dataclass(slots=True, eq=False)
class Job:
    """A command on its way through the writer.

    ``n`` 0: not numbered, its answer is not kept.  ``command`` is the refusal when its bytes
    were none.  ``ticket`` is whatever the caller wants back with the outcome.
    """

    actor: Actor
    command: Command | Refusal
    n: int = 0
    digest: bytes = b""
    confirmed: int = 0
    ticket: Any = None
    submitted: float = 0.0

    @property
    def key(self) -> tuple[int, int]:
        """What makes it the same command when it comes again."""
        return (self.actor.device_id, self.n)


class Devices:
    """Identities by device, kept between batches; only the writer changes what they rest on."""

    def __init__(self) -> None:
        self._known: dict[int, Identity | None] = {}

    def load(self, tx: Transaction, device_ids: Sequence[int]) -> None:
        """Fetch those not known yet in one query."""
        wanted = [device_id for device_id in set(device_ids) if device_id not in self._known]
        if not wanted:
            return
        found = identity.by_devices(tx.connection, wanted)
        for device_id in wanted:
            self._known[device_id] = found.get(device_id)

    def get(self, device_id: int) -> Identity | None:
        """The identity of a loaded device; ``None``: no such device, or revoked."""
        return self._known.get(device_id)

    def forget(self, effects: Effects) -> None:
        """Drop what those effects made stale."""
        for device_id in effects.devices | effects.revoked_devices | effects.settled:
            self._known.pop(device_id, None)
        if effects.readers:
            stale = [
                device_id
                for device_id, known in self._known.items()
                if known is not None and (known.actor.kind, known.actor.id) in effects.readers
            ]
            for device_id in stale:
                del self._known[device_id]

    def clear(self) -> None:
        """Trust only the database again."""
        self._known.clear()

    def trim(self) -> None:
        """Stay small."""
        if len(self._known) > MAX_KNOWN:
            self._known.clear()


@cache
def _answers_query(dialect_name: str) -> Select[Any]:
    command = tables.command
    return select(
        command.c.device_id, command.c.n, command.c.digest, command.c.rev, command.c.answer
    ).where(
        one_of_named(dialect_name, command.c.device_id, "devices"),
        one_of_named(dialect_name, command.c.n, "numbers"),
    )


def _stored_answers(tx: Transaction, keys: Sequence[tuple[int, int]]) -> dict[Any, Any]:
    name = tx.connection.dialect.name
    found = tx.connection.execute(
        _answers_query(name),
        {"devices": listed(name, {device_id for device_id, _ in keys}),
         "numbers": listed(name, {n for _, n in keys})},
    )  # fmt: skip
    return {(row.device_id, row.n): row for row in found}


def permitted(actor: Actor, command: Command) -> bool:
    """Whether that kind of actor and role may send the command at all."""
    if actor.kind not in command.by:
        return False
    return not (command.needs_role and actor.kind == "staff" and actor.role != command.needs_role)


@dataclass(slots=True)
class Batch:
    """The outcomes of a batch of jobs, found inside ``tx``.

    With ``one_by_one`` every job gets a savepoint of its own, so that one that fails leaves
    nothing and takes nobody along.
    """

    tx: Transaction
    jobs: Sequence[Job]
    handlers: Mapping[type[Command], Handler]
    devices: Devices
    one_by_one: bool = False
    outcomes: list[Outcome | None] = field(default_factory=list)
    _repeats: list[tuple[int, int]] = field(default_factory=list)
    _fresh: list[int] = field(default_factory=list)
    _weight: int = 0

    def run(self) -> list[Outcome]:
        """Settle every job; the caller commits."""
        self.outcomes = [None] * len(self.jobs)
        self.devices.load(
            self.tx, [job.actor.device_id for job in self.jobs if job.actor.kind != "relay"]
        )
        todo = self._screen()
        for places in self._runs(todo):
            self._apply(places)
        self._repeat()
        self._store()
        return [outcome for outcome in self.outcomes if outcome is not None]

    # --- before --------------------------------------------------------------------------

    def _screen(self) -> list[int]:
        """Answer what was settled before; the places of what is left to do."""
        keys = [job.key for job in self.jobs if job.n]
        stored = _stored_answers(self.tx, keys) if keys else {}
        first: dict[tuple[int, int], int] = {}
        todo: list[int] = []
        for place, job in enumerate(self.jobs):
            if not job.n:
                todo.append(place)
            elif job.key in first:
                self._repeats.append((place, first[job.key]))
            elif job.key in stored:
                self.outcomes[place] = self._answered(job, stored[job.key])
            elif self._is_pruned(job):
                self._refuse(place, Code.COMMAND_PRUNED)
            else:
                first[job.key] = place
                todo.append(place)
        self._fresh = todo
        return todo

    def _answered(self, job: Job, stored: Any) -> Outcome:
        if stored.digest != job.digest:
            return Outcome(self._rev, refusal=Refusal(Code.COMMAND_REUSED))
        return Outcome.from_bytes(stored.rev, stored.answer)

    def _is_pruned(self, job: Job) -> bool:
        known = self.devices.get(job.actor.device_id)
        return known is not None and job.n <= known.confirmed

    def _refuse(self, place: int, code: Code) -> None:
        self.outcomes[place] = Outcome(self._rev, refusal=Refusal(code))

    @property
    def _rev(self) -> int:
        """The commit that will show what was done so far."""
        return self.tx.rev if self.tx.dirty else self.tx.rev - 1

    # --- doing ---------------------------------------------------------------------------

    def _runs(self, places: Sequence[int]) -> Iterator[list[int]]:
        """Adjacent jobs of one kind; single ones in a careful batch."""
        if self.one_by_one:
            for place in places:
                yield [place]
            return
        for _, run in groupby(places, key=lambda place: type(self.jobs[place].command)):
            yield list(run)

    def _apply(self, places: list[int]) -> None:
        requests: list[Request[Any]] = []
        admitted: list[int] = []
        for place in places:
            job = self.jobs[place]
            actor = self._actor(job)
            if actor is None:
                self._refuse(place, Code.SESSION_REVOKED)
            elif isinstance(job.command, Refusal):
                self.outcomes[place] = Outcome(self._rev, refusal=job.command)
            elif not permitted(actor, job.command):
                self._refuse(place, Code.COMMAND_DENIED)
            else:
                requests.append(Request(actor, job.command))
                admitted.append(place)
        if not requests:
            return
        handler = self.handlers[type(requests[0].command)]
        results = self._alone(handler, requests) if self.one_by_one else handler(self.tx, requests)
        for place, result in zip(admitted, results, strict=True):
            refusal = result if isinstance(result, Refusal) else None
            self.outcomes[place] = Outcome(self._rev, None if refusal else result, refusal)
        self._refresh_identities()

    def _refresh_identities(self) -> None:
        """Let the next commands of this batch see whom these changed."""
        effects = self.tx.effects
        weight = len(effects.readers) + len(effects.devices) + len(effects.revoked_devices)
        if weight == self._weight:
            return
        self._weight = weight
        self.devices.forget(effects)
        self.devices.load(
            self.tx, [job.actor.device_id for job in self.jobs if job.actor.kind != "relay"]
        )

    def _actor(self, job: Job) -> Actor | None:
        """The sender as the database knows her now, whatever her session believes."""
        if job.actor.kind == "relay":
            return job.actor
        known = self.devices.get(job.actor.device_id)
        return None if known is None else known.actor

    def _alone(self, handler: Handler, requests: list[Request[Any]]) -> list[Any]:
        """One command in its own savepoint; any failure leaves nothing of it."""
        tx = self.tx
        effects, touched = tx.effects.copy(), set(tx.touched)
        savepoint = tx.connection.begin_nested()
        try:
            results = handler(tx, requests)
        except Exception as error:  # noqa: BLE001 - whatever it was, the others must go on
            savepoint.rollback()
            tx.effects, tx.touched = effects, touched
            tx.forget_known()
            return [refusal_of(error)]
        savepoint.commit()
        return results

    # --- after ---------------------------------------------------------------------------

    def _repeat(self) -> None:
        """The same command twice in one batch gets one effect and one answer."""
        for place, original in self._repeats:
            outcome = self.outcomes[original]
            same = self.jobs[place].digest == self.jobs[original].digest
            if same or outcome is None:
                self.outcomes[place] = outcome
            else:
                self._refuse(place, Code.COMMAND_REUSED if outcome.final else Code.BUSY)

    def _store(self) -> None:
        """Keep final answers for retries and forget those the devices are done with."""
        rows = []
        for place in self._fresh:
            job, outcome = self.jobs[place], self.outcomes[place]
            if not job.n or outcome is None or not outcome.final:
                continue
            if outcome.refusal is not None and outcome.refusal.code is Code.SESSION_REVOKED:
                continue
            keep = getattr(job.command, "name", "") not in UNSTORED_RESULTS
            rows.append({
                "device_id": job.actor.device_id, "n": job.n, "digest": job.digest,
                "rev": outcome.rev, "answer": outcome.to_bytes(keep_result=keep),
                "at": self.tx.now,
            })  # fmt: skip
        if rows:
            self.tx.connection.execute(insert_missing(self.tx.connection, tables.command), rows)
            self.tx.note_write()
        self._prune()

    def _prune(self) -> None:
        confirmed: dict[int, int] = {}
        for job in self.jobs:
            known = self.devices.get(job.actor.device_id)
            if job.confirmed and known is not None and job.confirmed > known.confirmed:
                device_id = job.actor.device_id
                confirmed[device_id] = max(confirmed.get(device_id, 0), job.confirmed)
        if confirmed:
            settle_commands(self.tx, confirmed)


def refusal_of(error: Exception) -> Refusal:
    """What a command that ended in an exception is told."""
    if isinstance(error, Refusal):
        return error
    cause = error.__cause__
    return cause if isinstance(cause, Refusal) else Refusal(Code.COMMAND_FAILED)
