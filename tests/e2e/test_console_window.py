"""The window of attribution at a real relay: set without a line, and known to every console."""

from __future__ import annotations

import asyncio
from pathlib import Path

from console.desk.open import Desk, open_desk
from console.domain.periods import Period
from console.relay import process
from console.relay.process import RelayInfo
from console.sync.devices import Credential
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import owner, pair, relay, synced, until  # noqa: F401 - fixtures


async def _goes_by(desk: Desk, days: int) -> bool:
    return (await desk.insights.figures(Period.MONTH)).window_days == days


async def test_a_window_set_without_a_line_reaches_the_relay_and_the_other_console(
    relay: RelayInfo, relay_process: RelayProcess, owner: Credential,  # noqa: F811 - fixtures
    tmp_path: Path,
) -> None:  # fmt: skip
    here = await open_desk(tmp_path / "home", relay.url, owner)
    there = await open_desk(tmp_path / "there", relay.url, await pair(relay))
    try:
        for desk in (here, there):
            await synced(desk)
            assert await _goes_by(desk, 7)
        await asyncio.to_thread(relay_process.stop)
        await until(lambda: _is_down(here))
        await here.insights.set_window(14)
        assert await _goes_by(here, 14)
        assert await _goes_by(there, 7)
        await asyncio.to_thread(
            process.start_background, relay_process.folder, port=relay.port, host="127.0.0.1"
        )
        await until(lambda: _goes_by(there, 14))
        await synced(here)
        assert await _goes_by(here, 14)
    finally:
        await here.close()
        await there.close()


async def _is_down(desk: Desk) -> bool:
    return desk.inbox.link.phase != "synced"
