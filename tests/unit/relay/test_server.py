"""A relay in this process: what it opens with, how it ends by itself, what it tidies up."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from console.config import RelayConfig
from console.relay import server
from console.relay.actor import RELAY
from console.relay.backups import DATABASE
from console.relay.clock import SystemClock
from console.relay.core import RelayCore
from console.relay.http_app import build_app
from console.relay.internal import PruneFeed
from console.relay.process import RelayFailed, RelayInfo, Trouble
from console.relay.server import RelayBroken, RelayOptions
from console.store.migrate import BACKUP_KEPT_S
from console.wire import commands
from tests.helpers.relay_kit import new_member, new_staff, text
from tests.helpers.relay_kit import open_core as open_relay

CONFIG = RelayConfig(host="127.0.0.1", port=0)
PATIENCE_S = 60.0


class Served:
    """A relay with a core of the test's own, listening until ``stop`` or by itself no more."""

    def __init__(self, folder: Path, core: RelayCore) -> None:
        self.folder, self.core = folder, core
        self._ready: asyncio.Future[RelayInfo] = asyncio.get_running_loop().create_future()
        options = RelayOptions(folder, CONFIG, on_ready=self._ready.set_result)
        self.task = asyncio.create_task(server.serve(options, core))

    async def ready(self) -> RelayInfo:
        async with asyncio.timeout(PATIENCE_S):
            return await self._ready

    async def stop(self) -> None:
        info = await self._ready
        async with aiohttp.ClientSession() as client:
            await client.post(f"{info.url}/api/stop", json={"secret": info.secret})
        await self.task


async def open_core(folder: Path) -> RelayCore:
    return await open_relay(folder / DATABASE, SystemClock())


async def break_the_writer(core: RelayCore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread meets something that no transaction can be blamed for."""

    def fail(_settled: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(core._writer, "_deliver", fail)
    core.enqueue(RELAY, PruneFeed())
    async with asyncio.timeout(PATIENCE_S):
        await core.broken.wait()
        await asyncio.to_thread(core._writer._thread.join)


async def test_a_relay_whose_writer_died_ends_in_good_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = await open_core(tmp_path)
    served = Served(tmp_path, core)
    await served.ready()
    await break_the_writer(core, monkeypatch)
    assert not core.enqueue(RELAY, PruneFeed())
    with pytest.raises(RelayBroken):
        async with asyncio.timeout(PATIENCE_S):
            await served.task
    assert core.failures == 1
    assert not (tmp_path / "relay.json").exists()
    async with asyncio.timeout(PATIENCE_S):
        await core.close()


async def test_a_relay_whose_writer_died_is_not_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = await open_core(tmp_path)
    services = server.build_services(RelayOptions(tmp_path, CONFIG), core)
    runner = aiohttp.web.AppRunner(build_app(services))
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{site.port}") as client:

        async def health() -> tuple[int, bool]:
            async with client.get("/api/health") as answer:
                return answer.status, (await answer.json())["ok"]

        assert await health() == (200, True)
        await break_the_writer(core, monkeypatch)
        assert await health() == (503, False)
    await runner.cleanup()
    await services.workshop.close()
    await core.close()


async def test_the_settings_bound_what_a_connection_may_keep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[RelayCore] = []

    async def look(_options: RelayOptions, core: RelayCore) -> None:
        seen.append(core)

    monkeypatch.setattr(server, "serve", look)
    config = RelayConfig(stalled_seconds=7, send_buffer_bytes=9_999)
    await server.run(RelayOptions(tmp_path, config))
    limits = seen[0].limits
    assert (limits.stall_s, limits.buffer_bytes) == (7, 9_999)


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """What two upgrades left behind: one long ago, one today."""
    old, young = (tmp_path / f"relay-before-upgrade-of-{n}.sqlite3" for n in ("0001", "0002"))
    for file in (old, young):
        file.touch()
    long_ago = time.time() - BACKUP_KEPT_S - 60
    os.utime(old, (long_ago, long_ago))
    return old, young


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(4_000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came about")


async def test_copies_of_the_database_do_not_keep_an_erased_member(
    tmp_path: Path, copies: tuple[Path, Path]
) -> None:
    old, young = copies
    core = await open_core(tmp_path)
    await new_staff(core, role="owner")
    anna = await new_member(core)
    served = Served(tmp_path, core)
    await served.ready()
    await until(lambda: not old.exists())
    await core.call(anna, text(anna.conversation_id, client_id="one"))
    collected = asyncio.Event()
    core.on_erased(lambda _effects: collected.set())
    await core.call(anna, commands.RecallMessage(client_id="one"))
    await collected.wait()
    assert young.exists()
    await core.call(anna, commands.EraseMember())
    await until(lambda: not young.exists())
    await served.stop()
    await core.close()


@pytest.mark.parametrize(
    ("exit_code", "trouble"),
    [
        (None, Trouble.SILENT), (1, Trouble.FAILED), (2, Trouble.SETTINGS), (4, Trouble.TOO_NEW),
        (5, Trouble.BROKEN), (6, Trouble.PORT_TAKEN), (-9, Trouble.FAILED),
    ],
)  # fmt: skip
def test_every_end_of_a_relay_has_a_reason(exit_code: int | None, trouble: Trouble) -> None:
    assert RelayFailed("It ended.", exit_code).code is trouble
