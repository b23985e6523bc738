"""The line: real websockets against a small server that can misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest
from aiohttp import WSMsgType, web

from console.sync import link as link_module
from console.sync.link import LinkStatus
from console.sync.station import Station, open_station
from tests.unit.sync.model_relay import ModelRelay, ModelSession

PATIENCE_S = 60.0


class Server:
    """The model relay behind one port.

    Attributes:
        close_with: close code for the next websocket right after its hello.
        silent: take frames and never answer, as a line does that died without a word.
        protocols: what it speaks.
    """

    def __init__(self, relay: ModelRelay) -> None:
        self.relay = relay
        self.close_with = 0
        self.silent = False
        self.ticket_status = 200
        self.protocols = ("hanger.v1",)
        self.connections = 0
        self.tickets = 0
        self.port = 0
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/api/staff/ticket", self._ticket)
        app.router.add_get("/ws", self._socket)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _ticket(self, request: web.Request) -> web.Response:
        self.tickets += 1
        if self.ticket_status != 200:
            body = {"code": "session.revoked", "parameters": {}, "field": None}
            return web.json_response(body, status=self.ticket_status)
        return web.json_response({"ticket": "t", "expires_s": 30})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=self.protocols, compress=False)
        await socket.prepare(request)
        self.connections += 1
        session = ModelSession(self.relay, 1, 1)
        async for message in socket:
            assert message.type == WSMsgType.TEXT
            if self.close_with:
                await socket.close(code=self.close_with)
                break
            if not self.silent:
                session.receive(message.data.encode())
                session.push()
                while session.outgoing:
                    await socket.send_str(session.outgoing.pop(0).decode())
        self.relay.sessions.remove(session)
        return socket


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    relay = ModelRelay()
    relay.set_up()
    server = Server(relay)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def station(server: Server, tmp_path: Path) -> AsyncIterator[Station]:
    station = await open_station(tmp_path, f"http://127.0.0.1:{server.port}", "token")
    station.link._first_delay_s = 0.01
    yield station
    await station.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - waits for several tasks at once
            await asyncio.sleep(0.005)


def phase(station: Station) -> str:
    return station.link.status.phase


async def test_first_connection_copies_everything_and_is_synced(
    server: Server, station: Station
) -> None:
    seen: list[LinkStatus] = []
    station.listeners.status = seen.append
    chat = server.relay.add_member("林小雨")
    for number in range(30):
        server.relay.member_says(chat, str(number))
    station.start()
    await until(lambda: phase(station) == "synced")
    assert station.state.whole
    assert [s.phase for s in seen][-1] == "synced"
    assert "syncing" in [s.phase for s in seen]
    assert all(s.since.tzinfo is not None for s in seen)


async def test_line_comes_back_after_the_relay_was_away(server: Server, station: Station) -> None:
    station.start()
    await until(lambda: phase(station) == "synced")
    await server.stop()
    await until(lambda: phase(station) == "offline")
    server.relay.add_member("came meanwhile")
    await server.start()
    station.link.wake()
    await until(lambda: phase(station) == "synced")
    assert server.connections == 2


async def test_waking_ends_a_long_wait_at_once(server: Server, station: Station) -> None:
    station.link._first_delay_s = 600.0
    await server.stop()
    station.start()
    await until(lambda: phase(station) == "offline")
    await server.start()
    station.link.wake()
    await until(lambda: phase(station) == "synced")


async def test_line_that_died_without_a_word_is_noticed(
    server: Server, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_module, "IDLE_S", 0.05)
    monkeypatch.setattr(link_module, "PONG_S", 0.1)
    station.start()
    await until(lambda: phase(station) == "synced")
    server.silent = True
    await until(lambda: phase(station) == "offline")
    server.silent = False
    await until(lambda: phase(station) == "synced")


@pytest.mark.parametrize(
    ("code", "expected", "reason"),
    [
        (4001, "refused", "session.revoked"),
        (4003, "refused", "session.too_many"),
        (4004, "update_needed", "session.protocol"),
    ],
)
async def test_close_codes_stop_the_hammering(
    code: int, expected: str, reason: str, server: Server, station: Station
) -> None:
    server.close_with = code
    station.start()
    await until(lambda: phase(station) == expected)
    assert station.link.status.code == reason
    assert server.tickets == 1
    server.close_with = 0
    station.link.wake()
    await until(lambda: phase(station) == "synced")


async def test_stalled_session_resumes_at_will(server: Server, station: Station) -> None:
    server.close_with = 4002
    station.start()
    await until(lambda: server.connections >= 2)
    server.close_with = 0
    await until(lambda: phase(station) == "synced")


async def test_revoked_device_is_told_at_the_ticket(server: Server, station: Station) -> None:
    server.ticket_status = 401
    station.start()
    await until(lambda: phase(station) == "refused")
    assert station.link.status.code == "session.revoked"


async def test_newer_relay_asks_for_an_update(server: Server, station: Station) -> None:
    server.protocols = ("hanger.v9",)
    station.start()
    await until(lambda: phase(station) == "update_needed")


async def test_delays_grow_to_half_a_minute_with_chance(station: Station) -> None:
    station.link._first_delay_s = 0.3
    station.link._chance = lambda: 1.0
    delays = [station.link._next_delay() for _ in range(9)]
    assert delays[:3] == [0.3, 0.6, 1.2]
    assert delays[-1] == 30.0
    station.link._chance = lambda: 0.0
    assert station.link._next_delay() == 15.0


async def test_unknown_frames_of_a_newer_relay_are_passed_over(
    server: Server, station: Station
) -> None:
    honest = ModelSession.push

    def with_news(self: ModelSession) -> None:
        self.outgoing.append(msgspec.json.encode({"t": "fireworks", "rev": 1}))
        honest(self)

    ModelSession.push = with_news  # type: ignore[method-assign]
    try:
        station.start()
        await until(lambda: phase(station) == "synced")
    finally:
        ModelSession.push = honest  # type: ignore[method-assign]
    assert server.connections == 1
