"""Frames from a reader once her session stands: commands, receipts, pages, signals, pings.

Checks shape and rate only; whether she may is decided by the writer, the feed and the hub.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.relay.decoding import MAX_NUMBER, decode_command, digest_of
from console.relay.limits import Bucket
from console.relay.outcome import Outcome
from console.wire import frames
from console.wire.commands import Command, Seen
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.relay.core import RelayCore
    from console.relay.session import Session

SIGNALS = frozenset({"typing", "viewing"})


class Intake:
    """Takes one session's frames."""

    __slots__ = ("_buckets", "_core", "_session")

    def __init__(self, core: RelayCore, session: Session) -> None:
        self._core = core
        self._session = session
        self._buckets: dict[str, Bucket] | None = None

    def _may(self, what: str, per_s: float, burst: float) -> bool:
        """Take a token of the bucket for ``what``, made when first needed: most lines are idle."""
        now = self._core.clock.monotonic()
        if self._buckets is None:
            self._buckets = {}
        bucket = self._buckets.get(what)
        if bucket is None:
            bucket = self._buckets[what] = Bucket(per_s, burst, now)
        return bucket.take(now)

    def take(self, frame: frames.FromReader) -> None:
        """Act on a frame; raises ``Refusal`` for one that is turned down."""
        if isinstance(frame, frames.CommandFrame):
            self._on_command(frame)
        elif isinstance(frame, frames.SeenFrame):
            self._on_seen(frame)
        elif isinstance(frame, frames.PageRequestFrame):
            self._on_page_request(frame)
        elif isinstance(frame, frames.SignalFrame):
            self._on_signal(frame)
        elif isinstance(frame, frames.PingFrame):
            if abs(frame.id) > MAX_NUMBER:
                raise Refusal(Code.FRAME_MALFORMED)
            self._session.send(frames.PongFrame(id=frame.id, now=self._core.clock.now()))
        else:
            raise Refusal(Code.FRAME_UNEXPECTED)

    def _on_command(self, frame: frames.CommandFrame) -> None:
        if not 0 < frame.n <= MAX_NUMBER or not 0 <= frame.confirmed <= MAX_NUMBER:
            raise Refusal(Code.FRAME_MALFORMED)
        if not self._core.device_limits.take(
            self._session.actor.device_id, self._core.clock.monotonic()
        ):
            self._not_now(frame.n, Code.RATE)
            return
        body = bytes(frame.body)
        command: Command | Refusal
        try:
            command = decode_command(frame.name, body)
        except Refusal as refusal:
            command = refusal
        taken = self._core.enqueue(
            self._session.actor, command, n=frame.n, digest=digest_of(frame.name, body),
            confirmed=frame.confirmed, ticket=(self._session, frame.n),
        )  # fmt: skip
        if not taken:
            self._not_now(frame.n, Code.BUSY)

    def _not_now(self, n: int, code: Code) -> None:
        """Nothing was decided: the same command may come again."""
        self._session.send(Outcome(0, refusal=Refusal(code)).frame(n))

    def _on_seen(self, frame: frames.SeenFrame) -> None:
        numbers = (frame.conversation_id, frame.delivered, frame.read)
        if any(not 0 <= number <= MAX_NUMBER for number in numbers):
            raise Refusal(Code.FRAME_MALFORMED)
        if frame.at is not None and frame.at.tzinfo is None:
            raise Refusal(Code.FRAME_MALFORMED)
        if self._session.actor.kind != "member":
            raise Refusal(Code.COMMAND_DENIED)
        limits = self._core.limits
        if not self._may("seen", limits.commands_per_s, limits.command_burst):
            raise Refusal(Code.RATE)
        seen = Seen(
            conversation_id=frame.conversation_id, delivered=frame.delivered, read=frame.read,
            at=frame.at,
        )  # fmt: skip
        if not self._core.enqueue(self._session.actor, seen):
            raise Refusal(Code.BUSY)

    def _on_signal(self, frame: frames.SignalFrame) -> None:
        if frame.kind not in SIGNALS or not 0 < frame.conversation_id <= MAX_NUMBER:
            raise Refusal(Code.FRAME_MALFORMED)
        per_s = self._core.limits.signals_per_s
        if self._may("signal", per_s, per_s):
            self._core.background(self._core.signals.pass_on(self._session, frame))

    def _on_page_request(self, frame: frames.PageRequestFrame) -> None:
        if not 0 <= frame.head <= MAX_NUMBER:
            raise Refusal(Code.FRAME_MALFORMED)
        if frame.scope not in self._session.actor.scopes:
            raise Refusal(Code.SCOPE_DENIED)
        limits = self._core.limits
        granted = self._may("page", limits.pages_per_s, limits.page_burst)
        if not granted or not self._session.ask_page(frame):
            raise Refusal(Code.RATE)
