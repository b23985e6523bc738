"""The line to the relay: connects, stays connected, connects again.

Speaks through ``wire.client_session``; what frames mean for rows is its owner's business.
Runs in the event loop of the screens, so large frames are decoded in a thread.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Literal, Protocol

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    NegotiationError,
)
from websockets.typing import Subprotocol

from console.log import get_logger
from console.sync.http import HttpRefusal, Offline, RelayHttp
from console.waiting import occurs
from console.wire import client_session
from console.wire.client_session import ClientSession, ProtocolViolation
from console.wire.errors import Code
from console.wire.frames import PROTOCOL, FromRelay, PongFrame, RefusedFrame, WelcomeFrame

Phase = Literal["synced", "syncing", "connecting", "offline", "refused", "update_needed"]

FIRST_DELAY_S = 0.3
LONGEST_DELAY_S = 30.0
DECODE_ASIDE_BYTES = 64 * 1024
IDLE_S = 25.0
PONG_S = 10.0
PAGES_PAUSE_S = 1.0
_WOKEN_PONG_S = 3.0

_log = get_logger("sync.link")


class LinkStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What the line does, since when, and why it was refused."""

    phase: Phase
    since: datetime
    code: str = ""
    progress: float | None = None


class Peer(Protocol):
    """The owner of a link: it knows what is here already and applies what comes."""

    async def new_session(self) -> ClientSession:
        """A session whose hello says what the replica has."""
        ...

    async def apply(self, frame: FromRelay) -> None:
        """Apply one frame; the next is read when this returns."""
        ...

    def line_up(self) -> None:
        """The relay has welcomed this session."""
        ...

    def line_down(self) -> None:
        """The session is over."""
        ...


class _Stopped(Exception):  # noqa: N818 - a decision of the relay
    """Trying again at once is of no use."""

    def __init__(self, phase: Phase, code: str) -> None:
        super().__init__(code)
        self.phase = phase
        self.code = code


_CLOSE_REASONS: dict[int, tuple[Phase, str]] = {
    4001: ("refused", Code.SESSION_REVOKED),
    4003: ("refused", Code.SESSION_TOO_MANY),
    4004: ("update_needed", Code.SESSION_PROTOCOL),
}


class Link:
    """Keeps one websocket to the relay.

    Attributes:
        status: what goes on now.
    """

    def __init__(
        self,
        http: RelayHttp,
        peer: Peer,
        on_status: Callable[[LinkStatus], None],
        decode_aside: Callable[[bytes], Awaitable[FromRelay | None]],
        *,
        first_delay_s: float = FIRST_DELAY_S,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.status = LinkStatus(phase="connecting", since=datetime.now(UTC))
        self._http = http
        self._peer = peer
        self._on_status = on_status
        self._decode_aside = decode_aside
        self._first_delay_s = first_delay_s
        self._chance = chance
        self._attempts = 0
        self._socket: ClientConnection | None = None
        self._session: ClientSession | None = None
        self._woken = asyncio.Event()
        self._heard = asyncio.Event()
        self._pong = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to connect."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="link")

    async def close(self) -> None:
        """Hang up and stop trying."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def wake(self) -> None:
        """The network changed or the computer woke: try, or prove the line, at once."""
        self._woken.set()

    def start_over(self) -> None:
        """Hang up and connect anew: what the present session told the relay holds no more."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def send_command(self, n: int, name: str, body: bytes, confirmed: int) -> None:
        """Send a command over the present session, if there is one."""
        if self._session is not None:
            self._session.send_command(n, name, body, confirmed)
            await self._flush()

    async def send_signal(self, kind: str, conversation_id: int, *, on: bool) -> None:
        """Send a signal; dropped without a line."""
        if self._session is not None and self._session.welcome is not None:
            self._session.send_signal(kind, conversation_id, on=on)
            await self._flush()

    @property
    def is_up(self) -> bool:
        """The relay has welcomed the present session."""
        return self._session is not None and self._session.welcome is not None

    # --- the life of the line ---

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            delay = await self._attempt()
            if await occurs(self._woken, delay):
                self._attempts = 0

    async def _attempt(self) -> float:
        """One connection from ticket to end; seconds to wait before the next."""
        if self.status.phase not in {"offline", "refused", "update_needed"}:
            self._show("connecting")
        try:
            await self._connect_and_serve()
        except _Stopped as stopped:
            self._show(stopped.phase, stopped.code)
            return LONGEST_DELAY_S * 2
        except (Offline, OSError, InvalidHandshake, TimeoutError, ConnectionClosed) as error:
            _log.info("line lost", reason=type(error).__name__)
        except ProtocolViolation:
            _log.warning("the relay broke the protocol", exc_info=True)
        except Exception as error:  # noqa: BLE001 - a full disk, say: the line is tried again
            _log.error("line_failed", exc_info=error)
        self._show("offline")
        return self._next_delay()

    def _next_delay(self) -> float:
        longest: float = min(LONGEST_DELAY_S, self._first_delay_s * 2**self._attempts)
        self._attempts += 1
        return longest * (0.5 + self._chance() / 2)

    async def _connect_and_serve(self) -> None:
        try:
            ticket = await self._http.ticket()
        except HttpRefusal as refusal:
            if refusal.status in {401, 403}:
                raise _Stopped("refused", refusal.text_code) from refusal
            raise Offline(refusal.text_code) from refusal
        try:
            async with connect(
                self._http.websocket_url(ticket), subprotocols=[Subprotocol(PROTOCOL)],
                compression=None, max_size=None, open_timeout=10, ping_interval=20,
                ping_timeout=20, close_timeout=2, proxy=None,
            ) as socket:  # fmt: skip
                if socket.subprotocol != PROTOCOL:
                    raise _Stopped("update_needed", Code.SESSION_PROTOCOL)
                await self._serve(socket)
        except NegotiationError as error:
            raise _Stopped("update_needed", Code.SESSION_PROTOCOL) from error
        except InvalidStatus as error:
            if error.response.status_code == 426:
                raise _Stopped("update_needed", Code.SESSION_PROTOCOL) from error
            raise
        except ConnectionClosed as error:
            reason = _CLOSE_REASONS.get(error.rcvd.code if error.rcvd else 0)
            if reason is not None:
                raise _Stopped(*reason) from error
            raise

    async def _serve(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._session = await self._peer.new_session()
        self._pong = 0
        heart = asyncio.get_running_loop().create_task(self._beat(socket), name="link heartbeat")
        try:
            await self._flush()
            while True:
                await self._receive(await self._next(socket))
        finally:
            self._socket = self._session = None
            heart.cancel()
            await asyncio.gather(heart, return_exceptions=True)
            self._peer.line_down()

    async def _next(self, socket: ClientConnection) -> bytes:
        """The next frame; while pages are paused, go on asking after a moment of silence."""
        while self._session is not None and self._session.paused:
            try:
                async with asyncio.timeout(PAGES_PAUSE_S):
                    return await socket.recv(decode=False)
            except TimeoutError:
                self._session.resume_paging()
                await self._flush()
        return await socket.recv(decode=False)

    async def _receive(self, data: bytes) -> None:
        self._heard.set()
        if len(data) > DECODE_ASIDE_BYTES:
            frame = await self._decode_aside(data)
        else:
            frame = client_session.decode(data)
        session = self._session
        if frame is None or session is None:
            return
        if isinstance(frame, RefusedFrame) and frame.close:
            raise _closing(frame)
        session.receive(frame)
        # The next page is asked for before this one is written: the line is never idle.
        await self._flush()
        await self._peer.apply(frame)
        if isinstance(frame, WelcomeFrame):
            self._attempts = 0
            session.send_ping()
            await self._flush()
            self._peer.line_up()
        elif isinstance(frame, PongFrame):
            self._pong = frame.id
        self._show_progress(session)

    async def _flush(self) -> None:
        socket, session = self._socket, self._session
        if socket is None or session is None:
            return
        for data in session.data_to_send():
            try:
                await socket.send(data, text=True)
            except ConnectionClosed:
                return  # the receiving side notices and starts over

    async def _beat(self, socket: ClientConnection) -> None:
        """Notice a line that died without a word."""
        while True:
            self._heard.clear()
            woken = await occurs(self._woken, IDLE_S)
            self._woken.clear()
            if self._heard.is_set() and not woken:
                continue
            self._heard.clear()
            if self._session is not None:
                self._session.send_ping()
            await self._flush()
            if not await occurs(self._heard, _WOKEN_PONG_S if woken else PONG_S):
                socket.transport.abort()
                return

    # --- what the rail shows ---

    def _show_progress(self, session: ClientSession) -> None:
        if session.complete and self._pong:
            self._show("synced")
        elif session.welcome is not None:
            self._show("syncing", progress=session.progress)

    def _show(self, phase: Phase, code: str = "", progress: float | None = None) -> None:
        old = self.status
        since = old.since if old.phase == phase else datetime.now(UTC)
        status = LinkStatus(phase=phase, since=since, code=str(code), progress=progress)
        if status != old:
            self.status = status
            self._on_status(status)


def _closing(frame: RefusedFrame) -> Exception:
    if frame.code == Code.SESSION_PROTOCOL:
        return _Stopped("update_needed", frame.code)
    if frame.code in {Code.SESSION_REVOKED, Code.SESSION_TOO_MANY}:
        return _Stopped("refused", frame.code)
    return Offline(frame.code)
