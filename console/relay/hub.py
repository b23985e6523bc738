"""The hub: after each commit, who gets to know what.

Runs in the event loop.  Takes the changed rows as the writer knows them, or reads them once
(in a worker thread), encodes each once per kind of reader and hands every live session its
part.  A session that is behind gets nothing here; it catches up from the database, which is
the truth.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from console.log import get_logger
from console.relay import identity
from console.relay.counters import Counters
from console.relay.delta import Delta, known_rows
from console.relay.encoding import changes_frame, scope_part, whole_frame
from console.relay.recent import Recent
from console.relay.writer import Settled
from console.store import feed, scopes
from console.store.feed import RecentChanges
from console.store.projection import EVERY_MEMBER
from console.store.unit_of_work import Effects, Head

if TYPE_CHECKING:
    from console.relay.session import Session

T = TypeVar("T")
Read = Callable[[Callable[[Connection], T]], Awaitable[T]]

FAN_OUT_CHUNK = 200
"""Sessions served before the loop gets to breathe."""
_MAX_GATHERED = 64
_MAX_MARKS = 20_000
_MAX_SCOPES = 100_000

log = get_logger("hub")


class Hub:
    """Knows every session and what it is subscribed to.

    Attributes:
        settled: every change up to this rev was handed to the sessions that were live.
        publishing: the rev whose changes are being handed out (``settled`` when idle).
        epoch, horizon: of the database.
        recent: what was handed out lately.
    """

    def __init__(
        self, head: Head, recent: RecentChanges, read: Read,  # type: ignore[type-arg]
        shown: Callable[[int], None], counters: Counters,
    ) -> None:  # fmt: skip
        self._shown = shown
        self._counters = counters
        self.settled = self.publishing = head.rev
        self.mark = head.mark
        self.epoch = head.epoch
        self.horizon = head.horizon
        self._read = read
        self.recent = Recent(recent.since)
        self.recent.add(head.rev, recent.parts)
        self._known_since = recent.since
        self._last_change: dict[str, int] = dict.fromkeys(recent.parts, head.rev)
        self._marks: OrderedDict[int, str] = OrderedDict({head.rev: head.mark})
        self.sessions: set[Session] = set()
        self._by_scope: dict[str, set[Session]] = {}
        self._by_device: dict[int, set[Session]] = {}
        self._answered: set[Session] = set()
        self._pending: list[Settled] = []
        self._wake = asyncio.Event()

    # --- sessions ------------------------------------------------------------------------

    def add(self, session: Session) -> None:
        """A session stands."""
        self.sessions.add(session)
        self._by_device.setdefault(session.actor.device_id, set()).add(session)

    def remove(self, session: Session) -> None:
        """A session ended."""
        self.sessions.discard(session)
        self._answered.discard(session)
        for scope in list(session.cursors):
            self.unsubscribe(session, scope)
        held = self._by_device.get(session.actor.device_id, set())
        held.discard(session)
        if not held:
            self._by_device.pop(session.actor.device_id, None)

    def subscribe(self, session: Session, scope: str) -> None:
        """Changes of ``scope`` concern the session."""
        self._by_scope.setdefault(scope, set()).add(session)
        if scopes.kind_of(scope) == EVERY_MEMBER:
            self._by_scope.setdefault(EVERY_MEMBER, set()).add(session)

    def unsubscribe(self, session: Session, scope: str) -> None:
        """They no longer do."""
        names = [scope]
        if scopes.kind_of(scope) == EVERY_MEMBER:
            names.append(EVERY_MEMBER)
        for name in names:
            held = self._by_scope.get(name, set())
            held.discard(session)
            if not held:
                self._by_scope.pop(name, None)

    def watching(self, names: Iterable[str]) -> set[Session]:
        """Sessions subscribed to any of these scopes."""
        found: set[Session] = set()
        for name in names:
            found |= self._by_scope.get(name, set())
        return found

    # --- what is known without asking the database -----------------------------------------

    def unchanged(self, scope: str, cursor: int) -> bool:
        """Whether surely nothing in ``scope`` changed after ``cursor``."""
        if cursor < self._known_since:
            return False
        newest = self._last_change.get(scope, 0)
        if scopes.kind_of(scope) == EVERY_MEMBER:
            newest = max(newest, self._last_change.get(EVERY_MEMBER, 0))
        return newest <= cursor

    def has_mark(self, rev: int, mark: str) -> bool:
        """Whether ``mark`` is surely the one of ``rev``."""
        return self._marks.get(rev) == mark

    def missed(self, cursors: Mapping[str, int], audience: str) -> bytes | None:
        """The frame that brings a reader to ``publishing``, "" when nothing happened.

        ``None``: only the database knows.
        """
        parts: list[tuple[str, bytes]] = []
        for scope, cursor in cursors.items():
            if self.unchanged(scope, cursor):
                continue
            part = self.recent.missed(scope, cursor)
            if part is None:
                return None
            data = scope_part(self.publishing, part, audience)
            if data:
                parts.append((scope, data))
        return changes_frame(self.publishing, self._marks[self.publishing], parts) if parts else b""

    # --- commits -------------------------------------------------------------------------

    def committed(self, settled: Settled) -> None:
        """A batch was committed (in the order of commits)."""
        self.horizon = max(self.horizon, settled.effects.horizon)
        self.epoch = settled.effects.epoch or self.epoch
        if settled.effects.erased:
            self.recent.forget(settled.rev)
            # What waits here may hold the erased words; the database does not any more.
            self._pending = [replace(waiting, known={}) for waiting in self._pending]
        self._pending.append(settled)
        self._wake.set()

    def answer(self, session: Session) -> None:
        """The session has answers to send once it was told their changes."""
        self._answered.add(session)

    async def run(self) -> None:
        """Publish commits until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._pending:
                gathered = self._pending[:_MAX_GATHERED]
                del self._pending[:_MAX_GATHERED]
                try:
                    await self._publish(gathered)
                except Exception:
                    self._counters.failures += 1
                    log.exception("publish_failed", rev=gathered[-1].rev)
                    self._give_up(gathered[-1])
                self._shown(gathered[-1].rev)

    async def _publish(self, gathered: Sequence[Settled]) -> None:
        effects = [settled.effects for settled in gathered]
        high, mark = gathered[-1].rev, gathered[-1].mark
        if high > self.settled:
            delta = await self._collect(gathered, effects)
            self._regrant(delta)
            await self._fan_out(delta)
            self.settled, self.mark = high, mark
        self._flush_answers(None)
        for effect in effects:
            self._after(effect)

    def _give_up(self, settled: Settled) -> None:
        """Changes could not be handed out: everybody catches up from the database instead."""
        low = self.settled
        self.settled = self.publishing = max(self.settled, settled.rev)
        self.mark = settled.mark
        self._known_since = self.settled
        self._note_mark(settled.rev, settled.mark)
        self.recent.restart(self.settled)
        for session in list(self.sessions):
            session.fall_behind(low)
        self._flush_answers(None)

    def _after(self, effects: Effects) -> None:
        for device_id in effects.revoked_devices:
            for session in list(self._by_device.get(device_id, ())):
                session.hang_up(4001, "revoked")
        if effects.epoch:
            for session in list(self.sessions):
                session.hang_up(1001, "new epoch")

    async def _collect(self, gathered: Sequence[Settled], effects: Sequence[Effects]) -> Delta:
        delta = Delta(self.settled, gathered[-1].rev, gathered[-1].mark)
        # Sessions that begin while this is read know their grants already.
        delta.concerned = self._concerned(effects)
        devices = [session.actor.device_id for session in delta.concerned]
        known = known_rows(gathered, delta.low)
        unknown = {name for settled in gathered for name in settled.touched}.difference(known)
        if not unknown and not devices:
            delta.parts = feed.filed(known)
            delta.spread()
            return delta

        def work(connection: Connection) -> None:
            delta.parts = feed.collect(connection, delta.low, delta.high, unknown, known)
            delta.identities = identity.by_devices(connection, devices) if devices else {}
            delta.spread()
            self._encode(delta)

        await self._read(work)
        return delta

    def _encode(self, delta: Delta) -> None:
        """Encode, away from the loop, what anybody is there for."""
        for scope in delta.parts:
            for audience in {session.audience for session in list(self._by_scope.get(scope, ()))}:
                delta.part(scope, audience)

    def _concerned(self, effects: Sequence[Effects]) -> list[Session]:
        """Sessions whose reader's grants, or whose device's owner, changed."""
        readers = {reader for effect in effects for reader in effect.readers}
        devices = {device_id for effect in effects for device_id in effect.devices}
        if not readers and not devices:
            return []
        return [
            session
            for session in self.sessions
            if session.actor.device_id in devices
            or (session.actor.kind, session.actor.id) in readers
        ]

    def _regrant(self, delta: Delta) -> None:
        for session in delta.concerned:
            if session not in self.sessions:
                continue
            known = delta.identities.get(session.actor.device_id)
            if known is not None:
                session.regrant(known.actor)
            else:
                session.lose_everything()

    # --- handing out -----------------------------------------------------------------------

    async def _fan_out(self, delta: Delta) -> None:
        self._remember(delta)
        self.publishing = delta.high
        plan: dict[Session, list[str]] = {}
        for scope in delta.parts:
            for session in self._by_scope.get(scope, ()):
                name = session.own_scope if scope == EVERY_MEMBER else scope
                if name != scope and name in delta.parts:
                    continue
                plan.setdefault(session, []).append(name)
        for number, (session, names) in enumerate(plan.items(), 1):
            self._hand(session, names, delta)
            if number % FAN_OUT_CHUNK == 0:
                await asyncio.sleep(0)
        self._flush_answers(delta)

    def _hand(self, session: Session, names: list[str], delta: Delta) -> None:
        if not session.live or session.position >= delta.high:
            return
        audience, cursors = session.audience, session.cursors
        parts = [
            (name, data)
            for name in names
            if name in cursors and (data := delta.part(name, audience))
        ]
        if parts:
            session.push(whole_frame(delta.head, parts), delta.low, delta.high)

    def _flush_answers(self, delta: Delta | None) -> None:
        """Answers go out behind the changes they are about."""
        for session in list(self._answered):
            if delta is not None and session.live and session.position < delta.high:
                session.push(changes_frame(delta.high, delta.mark, ()), delta.low, delta.high)
            if session.send_answers(self.publishing):
                self._answered.discard(session)

    def _note_mark(self, rev: int, mark: str) -> None:
        self._marks[rev] = mark
        while len(self._marks) > _MAX_MARKS:
            self._marks.popitem(last=False)

    def _remember(self, delta: Delta) -> None:
        self._note_mark(delta.high, delta.mark)
        self.recent.add(delta.high, delta.parts)
        if len(self._last_change) > _MAX_SCOPES:
            self._last_change.clear()
            self._known_since = delta.low
        self._last_change.update(dict.fromkeys(delta.parts, delta.high))
