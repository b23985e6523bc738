"""One connection of one reader: hello, pages, changes and answers.

Keeps only cursors, a bounded send buffer and whether it is live.  When it lags it stops
being live and is paged from the database once its peer has taken what was sent.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from console.log import get_logger
from console.relay import identity
from console.relay.actor import RELAY, Actor
from console.relay.decoding import MAX_NUMBER
from console.relay.encoding import catch_up_frame, changes_frame, page_frame
from console.relay.greeting import reset_reason, welcome
from console.relay.intake import Intake
from console.relay.internal import ConfirmCommands
from console.relay.outcome import Outcome
from console.relay.transport import Transport
from console.store import feed, snapshot
from console.store.unit_of_work import read_head
from console.wire import frames
from console.wire.codec import decode_from_reader, encode
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.relay.core import RelayCore

PROTOCOL_ERROR, REVOKED, STALLED, INTERNAL = 4000, 4001, 4002, 1011
_MAX_PAGES = 32
_PAUSE_S = 0.02

log = get_logger("session")


class Session:
    """A reader at the other end of a transport.

    Attributes:
        actor: who she is, as the database last said.
        cursors: subscribed scopes, with the rev from which catching up would start.
        live: the hub hands her every change; else she is catching up.
        position: changes up to this rev were sent to her.
    """

    __slots__ = (
        "_answers", "_closed", "_core", "_intake", "_malformed", "_owed", "_pages", "_pump",
        "_transport", "_was_reset", "actor", "cursors", "live", "position",
    )  # fmt: skip

    def __init__(self, core: RelayCore, transport: Transport, actor: Actor) -> None:
        self._core = core
        self._intake = Intake(core, self)
        self._transport = transport
        # Lists: an empty deque weighs 760 bytes, and both are nearly always empty.
        self._answers: list[tuple[int, bytes]] = []
        self._pages: list[frames.PageRequestFrame] = []
        self._pump: asyncio.Task[None] | None = None
        self._closed = False
        self._was_reset = False
        self._malformed = 0
        self._owed = 0
        self.actor = actor
        self.cursors: dict[str, int] = {}
        self.live = False
        self.position = 0

    @property
    def audience(self) -> str:
        """Which projection of rows she gets."""
        return self.actor.audience

    @property
    def own_scope(self) -> str:
        """A member's own scope."""
        return f"self/{self.actor.id}"

    # --- its life --------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve the connection to its end."""
        try:
            hello = await self._first_frame()
            if hello is None or not await self._greet(hello):
                return
            while not self._closed:
                data = await self._transport.receive()
                if data is None:
                    break
                await self._take(data)
        finally:
            self._end()

    def _end(self) -> None:
        self._closed = True
        self.live = False
        self._core.hub.remove(self)
        if self._pump is not None:
            self._pump.cancel()

    async def _first_frame(self) -> frames.HelloFrame | None:
        try:
            async with asyncio.timeout(self._core.limits.hello_s):
                data = await self._transport.receive()
        except TimeoutError:
            data = b""
        if data is None:
            return None
        try:
            frame = decode_from_reader(data) if len(data) <= frames.MAX_FRAME_BYTES else None
        except Refusal:
            frame = None
        if isinstance(frame, frames.HelloFrame):
            return frame
        self._refuse(Code.FRAME_UNEXPECTED, close=True)
        await self._transport.close(PROTOCOL_ERROR, "hello expected")
        return None

    def hang_up(self, code: int, reason: str) -> None:
        """Close from the relay's side, in the background."""
        if not self._closed:
            self._closed = True
            self.live = False
            self._core.background(self._transport.close(code, reason))

    # --- hello -----------------------------------------------------------------------------

    async def _greet(self, hello: frames.HelloFrame) -> bool:
        reason = await reset_reason(self._core, hello)
        known = await self._core.identity_of_device(self.actor.device_id)
        if known is None:
            await self._transport.close(REVOKED, "revoked")
            return False
        # From here on nothing waits, so that no change of her grants falls in between.
        self.actor = known.actor
        hub = self._core.hub
        hub.add(self)
        cursors = {} if reason else hello.cursors
        self._was_reset = bool(reason)
        if reason:
            self.send(frames.ResetFrame(reason=reason, epoch=hub.epoch))
        self.send(welcome(self._core, self.actor))
        for scope in hello.cursors:
            if scope not in self.actor.scopes:
                self.send(frames.ForgetFrame(scope=scope))
        self._resume({name: rev for name, rev in cursors.items() if name in self.actor.scopes})
        if known.confirmed < hello.confirmed <= MAX_NUMBER:
            settle = ConfirmCommands(device_id=self.actor.device_id, confirmed=hello.confirmed)
            self._core.enqueue(RELAY, settle)
        return True

    def _resume(self, cursors: dict[str, int]) -> None:
        """Go on where she was: live at once when what she missed is still in memory."""
        hub = self._core.hub
        for scope, rev in cursors.items():
            self.cursors[scope] = rev
            hub.subscribe(self, scope)
        frame = hub.missed(cursors, self.audience)
        if frame is None:
            self._start_pump()
            return
        self.live = True
        if frame:
            self.push(frame, 0, hub.publishing)

    # --- frames from the reader ------------------------------------------------------------

    async def _take(self, data: bytes) -> None:
        if self._transport.buffered_bytes > self._core.limits.buffer_bytes:
            await self._drained()
        if len(data) > frames.MAX_FRAME_BYTES:
            self._refuse(Code.FRAME_TOO_LARGE, close=True)
            await self._transport.close(PROTOCOL_ERROR, "frame too large")
            self._closed = True
            return
        try:
            self._intake.take(decode_from_reader(data))
        except Refusal as refusal:
            await self._turn_down(refusal)

    async def _turn_down(self, refusal: Refusal) -> None:
        """Say no; hang up on who keeps sending what is no frame."""
        malformed = refusal.code is Code.FRAME_MALFORMED
        self._malformed += malformed
        close = self._malformed >= self._core.limits.malformed_frames
        self._refuse(refusal.code, close=close)
        if close:
            self._closed = True
            await self._transport.close(PROTOCOL_ERROR, "malformed frames")

    # --- frames to the reader --------------------------------------------------------------

    def send(self, frame: frames.Frame) -> None:
        """One frame to the reader."""
        self._transport.send(encode(frame))

    def send_bytes(self, data: bytes) -> None:
        """A frame that somebody else encoded."""
        if not self._closed:
            self._transport.send(data)

    def _refuse(self, code: Code, *, close: bool = False) -> None:
        self._core.counters.refused_frames += 1
        self.send(frames.RefusedFrame(code=code.value, close=close))

    def push(self, frame: bytes, low: int, high: int) -> None:
        """Changes of ``low < rev <= high``, or the beginning of falling behind."""
        if self._transport.buffered_bytes > self._core.limits.buffer_bytes:
            self.fall_behind(low)
        else:
            self._transport.send(frame)
            self.position = high

    def settle(self, n: int, outcome: Outcome) -> None:
        """A command of hers is committed: the answer waits for its changes."""
        if self._closed:
            return
        hub = self._core.hub
        self._owed = max(self._owed, outcome.rev)
        if self.live and self.position < outcome.rev <= hub.settled:
            # Decided long ago, or it changed nothing: the reader waits for that rev all the same.
            self.push(changes_frame(hub.settled, hub.mark, ()), hub.settled, hub.settled)
        self._answers.append((outcome.rev, encode(outcome.frame(n))))
        hub.answer(self)
        self.send_answers(hub.settled)

    def send_answers(self, published: int) -> bool:
        """Send what is due; True when nothing is left.  Who is behind need not wait."""
        answers = self._answers
        while answers and (not self.live or answers[0][0] <= published):
            self.send_bytes(answers.pop(0)[1])
        return not answers

    # --- grants ----------------------------------------------------------------------------

    def regrant(self, actor: Actor) -> None:
        """Her grants changed: tell her what she gained and lost, and stop what she lost."""
        before, self.actor = self.actor, actor
        for scope in before.scopes:
            if scope not in actor.scopes:
                self._drop(scope)
        for scope in actor.scopes:
            if scope not in before.scopes:
                self.send(frames.GrantedFrame(scope=scope))

    def lose_everything(self) -> None:
        """Her device is revoked or its owner gone."""
        for scope in self.actor.scopes:
            self._drop(scope)

    def _drop(self, scope: str) -> None:
        self._core.hub.unsubscribe(self, scope)
        self.cursors.pop(scope, None)
        self.send_bytes(encode(frames.ForgetFrame(scope=scope)))

    def ask_page(self, request: frames.PageRequestFrame) -> bool:
        """Queue a page; False when too many wait already."""
        if len(self._pages) >= _MAX_PAGES:
            return False
        self._pages.append(request)
        self.fall_behind(self._core.hub.settled)
        return True

    # --- behind ----------------------------------------------------------------------------

    def fall_behind(self, rev: int) -> None:
        """From now on she is served from the database, beginning after ``rev``."""
        if self.live:
            self.live = False
            for scope, cursor in self.cursors.items():
                self.cursors[scope] = max(cursor, rev)
            self.send_answers(0)
        self._start_pump()

    def _start_pump(self) -> None:
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        """Pages that were asked for and changes she missed, until she is level with the hub."""
        counters = self._core.counters
        counters.lagging += 1
        try:
            while not self._closed and await self._drained():
                await self._send_next_page()
                level = await self._send_missed()
                if level and not self._pages:
                    self.live = True
                    return
        except Exception:
            counters.failures += 1
            log.exception("catch_up_failed", device_id=self.actor.device_id)
            self.hang_up(INTERNAL, "try again")
        finally:
            counters.lagging -= 1

    async def _send_next_page(self) -> None:
        if not self._pages:
            return
        try:
            await self._send_page(self._pages.pop(0))
        except Refusal as refusal:
            self._refuse(refusal.code)

    async def _drained(self) -> bool:
        """Wait until her side took what was sent; False when it does not and was hung up on."""
        limits = self._core.limits
        while (before := self._transport.buffered_bytes) > limits.buffer_bytes // 2:
            try:
                async with asyncio.timeout(limits.stall_s):
                    await self._transport.drain()
            except TimeoutError:
                if self._transport.buffered_bytes >= before:
                    self._core.counters.stalled += 1
                    self.hang_up(STALLED, "stalled")
                    return False
            else:
                # Some transports call a half-empty buffer drained.
                await asyncio.sleep(0 if self._transport.buffered_bytes < before else _PAUSE_S)
        return not self._closed

    async def _send_page(self, request: frames.PageRequestFrame) -> None:
        scope = request.scope
        head = self._begin_scope(request)
        limit = min(max(request.limit, 1), frames.MAX_PAGE_ROWS)
        audience, now = self.audience, self._core.clock.now()
        reader = (self.actor.kind, self.actor.id)

        def work(connection: Connection) -> bytes:
            if scope not in identity.grants_of(connection, [reader]).get(reader, ()):
                return b""
            rows, after = snapshot.page(connection, scope, request.after, limit, now)
            return page_frame(scope, head, after, rows, audience)

        frame = await self._core.read(work)
        if frame and scope in self.cursors:
            self.send_bytes(frame)

    def _begin_scope(self, request: frames.PageRequestFrame) -> int:
        """Subscribe to the scope; the head its snapshot has."""
        hub = self._core.hub
        if request.scope not in self.actor.scopes:
            raise Refusal(Code.SCOPE_DENIED)
        if request.scope in self.cursors:
            return request.head or hub.settled
        if request.head and (self._was_reset or request.head > hub.settled):
            raise Refusal(Code.FRAME_UNEXPECTED)
        head = request.head or hub.settled
        self.cursors[request.scope] = head
        hub.subscribe(self, request.scope)
        return head

    async def _send_missed(self) -> bool:
        """One bounded step; True when she is level with what the hub hands out."""
        hub = self._core.hub
        wanted = max([self._owed, *self.cursors.values()])
        if wanted <= self.position and all(hub.unchanged(*part) for part in self.cursors.items()):
            return True
        cursors, audience = dict(self.cursors), self.audience
        reader = (self.actor.kind, self.actor.id)

        def work(connection: Connection) -> tuple[feed.Changes, bytes] | None:
            if min(cursors.values(), default=MAX_NUMBER) < read_head(connection).horizon:
                return None
            granted = identity.grants_of(connection, [reader]).get(reader, ())
            held = {scope: rev for scope, rev in cursors.items() if scope in granted}
            found = feed.changes(connection, held)
            return found, catch_up_frame(found, audience, held)

        answer = await self._core.read(work)
        if answer is None:
            # What it missed is not known any more; its next hello is told to begin anew.
            self.hang_up(STALLED, "too far behind")
            return False
        found, frame = answer
        if any(scope not in self.cursors for scope in found.parts):
            # A scope was lost meanwhile: what was read may not be shown; read again.
            return False
        if found.parts or found.rev > self.position:
            self.send_bytes(frame)
        for scope in cursors:
            if scope in self.cursors:
                self.cursors[scope] = max(self.cursors[scope], found.rev)
        self.position = found.rev
        return not found.more and found.rev >= hub.publishing
