"""A reader's side of the protocol without input or output: bytes in, frames and bytes out.

Knows the order of frames, which page of which scope to ask for next, and how a hello is
made.  It owns no socket, clock or database: the caller hands in what was received, applies
the frames it gets back, and sends what ``data_to_send`` holds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import get_args

import msgspec

from console.wire.codec import decode_from_relay, encode
from console.wire.errors import Code, Refusal
from console.wire.frames import (
    MAX_PAGE_ROWS,
    ChangesFrame,
    CommandFrame,
    ForgetFrame,
    Frame,
    FromRelay,
    GrantedFrame,
    HelloFrame,
    PageFrame,
    PageRequestFrame,
    PingFrame,
    RefusedFrame,
    ResetFrame,
    SignalFrame,
    WelcomeFrame,
)

_KNOWN = frozenset(kind.__struct_config__.tag for kind in get_args(FromRelay))


class ProtocolViolation(Exception):  # noqa: N818 - what the other side did
    """The relay sent what the protocol does not allow here; the connection is of no use."""


class ScopeState(msgspec.Struct, frozen=True, kw_only=True):
    """How much of one scope a reader has.

    Attributes:
        cursor: every visible change up to this rev is applied (when ``complete``).
        head: rev at which the snapshot was begun, 0 before its first page.
        after: where the next page goes on.
        complete: the last page is in.
    """

    cursor: int = 0
    head: int = 0
    after: str = ""
    complete: bool = False


def decode(data: bytes | str) -> FromRelay | None:
    """The frame in ``data``; ``None`` for a kind only a newer relay knows.

    Pure, so that a large frame may be decoded in any thread.  Raises
    ``ProtocolViolation`` when it is no frame.
    """
    try:
        return decode_from_relay(data.encode() if isinstance(data, str) else data)
    except Refusal as refusal:
        if _kind_of(data) in _KNOWN | {None}:
            raise ProtocolViolation(refusal.code) from refusal
        return None


def _kind_of(data: bytes | str) -> str | None:
    try:
        kind = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("t", msgspec.Raw(b"1"))
        return msgspec.json.decode(kind, type=str)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


class ClientSession:
    """One connection of a reader.

    Attributes:
        welcome: the relay's welcome, ``None`` until it came.
        scopes: state of every scope as of the frames received so far.
        head: newest rev the relay told of.
        paused: pages were asked for too fast; go on with ``resume_paging`` after a while.
    """

    def __init__(
        self,
        *,
        epoch: str = "",
        mark_rev: int = 0,
        mark: str = "",
        scopes: Mapping[str, ScopeState] | None = None,
        confirmed: int = 0,
        program: str = "",
        page_rows: int = MAX_PAGE_ROWS,
    ) -> None:
        self.welcome: WelcomeFrame | None = None
        self.scopes: dict[str, ScopeState] = dict(scopes or {})
        self.head = 0
        self.paused = False
        self._page_rows = page_rows
        self._out: list[bytes] = []
        self._turns: deque[str] = deque()
        self._asked = ""
        self._ping = 0
        self._send(
            HelloFrame(
                epoch=epoch,
                mark_rev=mark_rev,
                mark=mark,
                cursors=self._cursors(),
                confirmed=confirmed,
                program=program,
            )
        )

    # --- sending ---

    def data_to_send(self) -> list[bytes]:
        """Encoded frames to send now, in order; each is handed out once."""
        out, self._out = self._out, []
        return out

    def send_command(self, n: int, name: str, body: bytes, confirmed: int = 0) -> None:
        """Queue a command; ``body`` is sent as it stands, a retry must repeat it exactly."""
        self._send(CommandFrame(n=n, name=name, body=msgspec.Raw(body), confirmed=confirmed))

    def send_signal(self, kind: str, conversation_id: int, *, on: bool) -> None:
        """Queue a signal that nobody stores."""
        self._send(SignalFrame(kind=kind, conversation_id=conversation_id, on=on))

    def send_ping(self) -> int:
        """Queue a heartbeat; the ``pong`` carries the id returned."""
        self._ping += 1
        self._send(PingFrame(id=self._ping))
        return self._ping

    def resume_paging(self) -> None:
        """Ask on after a pause."""
        self.paused = False
        self._ask_page()

    # --- receiving ---

    def receive_data(self, data: bytes | str) -> list[FromRelay]:
        """Frames to apply, in order.  Raises ``ProtocolViolation``."""
        frame = decode(data)
        return [] if frame is None else [self.receive(frame)]

    def receive(self, frame: FromRelay) -> FromRelay:
        """Take note of a decoded frame and hand it back to be applied."""
        if isinstance(frame, WelcomeFrame | ResetFrame):
            self._begin(frame)
        elif self.welcome is None and isinstance(frame, ChangesFrame | PageFrame):
            raise ProtocolViolation("rows before the welcome")
        elif isinstance(frame, ChangesFrame):
            self._note_changes(frame)
        elif isinstance(frame, PageFrame):
            self._note_page(frame)
        elif isinstance(frame, GrantedFrame):
            self._add_scopes([frame.scope])
        elif isinstance(frame, ForgetFrame):
            self._drop_scope(frame.scope)
        elif isinstance(frame, RefusedFrame):
            self._page_refused(frame)
        self._ask_page()
        return frame

    @property
    def complete(self) -> bool:
        """Every scope granted has been copied to its end."""
        return self.welcome is not None and all(scope.complete for scope in self.scopes.values())

    @property
    def progress(self) -> float:
        """Part of the granted scopes that are complete, 0..1."""
        done = sum(scope.complete for scope in self.scopes.values())
        return done / len(self.scopes) if self.scopes else 0.0

    # --- inside ---

    def _send(self, frame: Frame) -> None:
        self._out.append(encode(frame))

    def _cursors(self) -> dict[str, int]:
        """A complete scope's cursor, the head of one half copied, nothing for an untouched one."""
        return {
            name: scope.cursor if scope.complete else scope.head
            for name, scope in self.scopes.items()
            if scope.complete or scope.head
        }

    def _begin(self, frame: WelcomeFrame | ResetFrame) -> None:
        if self.welcome is not None:
            raise ProtocolViolation("a second welcome")
        if isinstance(frame, ResetFrame):
            self.scopes.clear()
            return
        self.welcome = frame
        self.head = frame.head
        held = self.scopes
        self.scopes = {name: held.get(name, ScopeState()) for name in frame.scopes}
        self._turns.extend(name for name, scope in self.scopes.items() if not scope.complete)

    def _note_changes(self, frame: ChangesFrame) -> None:
        self.head = max(self.head, frame.rev)
        for name, part in frame.scopes.items():
            scope = self.scopes.get(name)
            if scope is not None:
                cursor = max(scope.cursor, part.rev)
                self.scopes[name] = msgspec.structs.replace(scope, cursor=cursor)

    def _note_page(self, frame: PageFrame) -> None:
        if frame.scope == self._asked:
            self._asked = ""
        scope = self.scopes.get(frame.scope)
        if scope is None or scope.complete or (scope.head and scope.head != frame.head):
            return
        done = frame.after == ""
        self.scopes[frame.scope] = ScopeState(
            cursor=max(scope.cursor, frame.head), head=frame.head, after=frame.after, complete=done
        )
        if done:
            self._turns.remove(frame.scope)
        else:
            # The next scope's turn: names come early in a long copy.
            self._turns.rotate(-1)

    def _add_scopes(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.scopes:
                self.scopes[name] = ScopeState()
                self._turns.append(name)

    def _drop_scope(self, name: str) -> None:
        self.scopes.pop(name, None)
        if name in self._turns:
            self._turns.remove(name)
        if self._asked == name:
            self._asked = ""

    def _page_refused(self, frame: RefusedFrame) -> None:
        """Of what a console sends outside commands only a page request is refused so."""
        asked, self._asked = self._asked, ""
        if frame.code == Code.RATE:
            self.paused = bool(asked)
        elif asked in self._turns:
            self._turns.remove(asked)

    def _ask_page(self) -> None:
        """One page is on its way at any time, so a slow reader is never flooded."""
        if self.welcome is None or self._asked or self.paused or not self._turns:
            return
        self._asked = self._turns[0]
        scope = self.scopes[self._asked]
        self._send(
            PageRequestFrame(
                scope=self._asked, head=scope.head, after=scope.after, limit=self._page_rows
            )
        )
