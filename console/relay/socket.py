"""The websocket endpoint: who may open one, and ``Transport`` over aiohttp.

A ticket says whose connection it is; everything after the handshake is the session's.
"""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import ClientConnectionResetError, WSMsgType, web

from console.config import RelayConfig
from console.relay.actor import RELAY, Actor
from console.relay.core import RelayCore
from console.relay.http_common import (
    SERVICES,
    allowed_origin,
    member_token,
    rate_address,
    refusal_response,
)
from console.relay.internal import SeeDevice
from console.relay.tokens import token_hash
from console.wire.errors import Code, Refusal
from console.wire.frames import PROTOCOL

NORMAL, TOO_MANY = 1000, 4003
CLOSE_PATIENCE_S = 2.0
"""How long a peer may take to answer a close before its line is cut."""
_SHORT, _MEDIUM = 126, 65_536
_DATA = frozenset({WSMsgType.TEXT, WSMsgType.BINARY})


def text_frame(data: bytes) -> bytes:
    """A whole unmasked text frame, as a server sends it (RFC 6455, section 5.2)."""
    size = len(data)
    if size < _SHORT:
        return bytes((0x81, size)) + data
    if size < _MEDIUM:
        return b"\x81\x7e" + size.to_bytes(2, "big") + data
    return b"\x81\x7f" + size.to_bytes(8, "big") + data


class SocketTransport:
    """One websocket as the sessions know it (``console.relay.transport.Transport``)."""

    __slots__ = ("_line", "_request", "_socket")

    def __init__(self, request: web.Request, socket: web.WebSocketResponse[bool]) -> None:
        self._request = request
        self._socket = socket
        self._line = request.transport

    @property
    def buffered_bytes(self) -> int:
        """Bytes the peer's side has not taken yet; 0 when closed."""
        line = self._line
        if line is None or line.is_closing():
            return 0
        return line.get_write_buffer_size()

    async def receive(self) -> bytes | None:
        """The next frame, or ``None`` once the connection is closed in any way."""
        message = await self._socket.receive()
        return bytes(message.data) if message.type in _DATA else None

    def send(self, data: bytes) -> None:
        """Hand a frame to the line at once: aiohttp's own way is a coroutine per frame."""
        line = self._line
        if line is not None and not line.is_closing() and not self._socket.closed:
            line.write(text_frame(data))

    async def drain(self) -> None:
        """Until the line's buffer is nearly empty."""
        with contextlib.suppress(ClientConnectionResetError, ConnectionError):
            # aiohttp offers this wait only together with sending a frame.
            await self._request.protocol._drain_helper()

    async def close(self, code: int, reason: str = "") -> None:
        """Say goodbye; a peer that does not answer is cut off."""
        with contextlib.suppress(TimeoutError, ConnectionError, RuntimeError):
            async with asyncio.timeout(CLOSE_PATIENCE_S):
                await self._socket.close(code=code, message=reason.encode()[:120])
        if self._line is not None and not self._line.is_closing():
            self._line.abort()


async def open_socket(request: web.Request) -> web.StreamResponse:
    """``GET /ws?ticket=…``: check everything, then hand the connection to its session.

    One coroutine for all of a connection's life: every frame more is memory per phone.
    """
    services = request.app[SERVICES]
    try:
        actor = await _holder(request)
    except Refusal as refusal:
        return refusal_response(refusal)
    address = rate_address(request)
    if not services.connections.enter(address, actor.device_id):
        return await _turn_away(request)
    try:
        socket = _websocket(services.config)
        await socket.prepare(request)
        services.metrics.count(
            "hanger_websockets_opened_total", "Websockets opened, by reader.", kind=actor.kind
        )
        transport = SocketTransport(request, socket)
        _note_seen(services.core, actor)
        try:
            await services.core.serve(transport, actor)
        finally:
            _note_seen(services.core, actor)
            await transport.close(NORMAL)
        return socket
    finally:
        services.connections.leave(address, actor.device_id)


def _note_seen(core: RelayCore, actor: Actor) -> None:
    """Consoles are few and their owners ask when each was last there; phones are not noted."""
    if actor.kind == "staff":
        core.enqueue(RELAY, SeeDevice(device_id=actor.device_id))


def _websocket(config: RelayConfig) -> web.WebSocketResponse[bool]:
    return web.WebSocketResponse(
        protocols=(PROTOCOL,),
        # Deflate costs three times the processor and seven times the memory.
        compress=False,
        heartbeat=config.heartbeat_seconds,
        max_msg_size=config.max_frame_bytes,
        timeout=CLOSE_PATIENCE_S,
        decode_text=False,
    )


async def _turn_away(request: web.Request) -> web.StreamResponse:
    """Too many: said by a close code, since browsers do not show a handshake's status."""
    socket = web.WebSocketResponse(protocols=(PROTOCOL,), compress=False, timeout=CLOSE_PATIENCE_S)
    await socket.prepare(request)
    await socket.close(code=TOO_MANY, message=Code.SESSION_TOO_MANY.encode())
    return socket


async def _holder(request: web.Request) -> Actor:
    """Whose ticket it is, if it comes from where she may come from."""
    services = request.app[SERVICES]
    offered = request.headers.get("Sec-WebSocket-Protocol", "")
    if PROTOCOL not in {name.strip() for name in offered.split(",")}:
        raise Refusal(Code.SESSION_PROTOCOL)
    if request.headers.get("Upgrade", "").lower() != "websocket":
        raise Refusal(Code.SESSION_PROTOCOL)
    origin_given = "Origin" in request.headers
    if origin_given and not await allowed_origin(request):
        raise Refusal(Code.SESSION_ORIGIN)
    # Redeemed after the origin: a wrong page must not burn somebody's ticket.
    held = services.tickets.redeem(request.query.get("ticket", ""))
    if held.kind == "member":
        token = member_token(request)
        if not origin_given:
            raise Refusal(Code.SESSION_ORIGIN)
        if token is None or token_hash(token) != held.token_hash:
            raise Refusal(Code.SESSION_TICKET)
    actor = await services.core.actor_of_token(held.token_hash)
    if actor is None or actor.device_id != held.device_id:
        raise Refusal(Code.SESSION_REVOKED)
    return actor
