"""The sample shop comes alive and leaves nothing behind, however it ends."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import psutil
import pytest

from console.demo import sample
from console.program import command_line, environment
from console.relay.lock import is_taken
from console.relay.process import find_running

PATIENCE_S = 60.0
LIVELY = 20
"""Websockets that show the members are there."""


class SampleShop:
    """A running ``hanger demo`` without a display."""

    def __init__(self, process: asyncio.subprocess.Process, base: str, folder: Path) -> None:
        self.process = process
        self.base = base
        self.relay_folder = folder / "relay"
        # The relay and the members' process are both running when the address is printed.
        self.family = psutil.Process(process.pid).children(recursive=True)

    async def websockets(self) -> int:
        """How many are connected just now."""
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{self.base}/metrics") as answer,
        ):
            found = re.search(r"^hanger_websockets (\d+)", await answer.text(), re.MULTILINE)
            return int(found.group(1)) if found else 0

    def leftovers(self) -> list[str]:
        """What is still there of it."""
        alive = [each for each in self.family if each.is_running() and _works(each)]
        locked = ["the lock"] if is_taken(self.relay_folder) else []
        return [" ".join(each.cmdline()) for each in alive] + locked


def _works(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def folder(sample_media: Path, tmp_path: Path) -> Path:
    """Where a sample shop was before: its photos are there, as at every start but the first."""
    shutil.copytree(sample_media, tmp_path / "relay" / "media")
    return tmp_path


@pytest.fixture
async def shop(folder: Path) -> AsyncIterator[SampleShop]:
    process = await asyncio.create_subprocess_exec(
        *command_line("demo", "--headless", "--folder", str(folder)),
        stdout=asyncio.subprocess.PIPE, env=environment(QT_QPA_PLATFORM="offscreen"),
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_S):
        line = (await process.stdout.readline()).decode()
    made = SampleShop(process, line.rpartition(" ")[2].strip(), folder)
    assert len(made.family) >= 2, "a relay and its members"
    yield made
    if process.returncode is None:
        process.kill()
        await process.wait()
    await until(lambda: not made.leftovers())


async def until(condition: Callable[[], bool]) -> None:
    """Wait for another process's doing."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _until_lively(shop: SampleShop) -> None:
    async with asyncio.timeout(PATIENCE_S):
        # Another process's state: there is nothing to wait on but its answer.
        while await shop.websockets() < LIVELY:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_members_come_by_themselves_and_everything_ends_with_the_window(
    shop: SampleShop,
) -> None:
    await _until_lively(shop)
    shop.process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE_S):
        assert await shop.process.wait() == 0
    assert shop.leftovers() == []


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
async def test_a_killed_console_takes_relay_and_members_with_it(shop: SampleShop) -> None:
    await _until_lively(shop)
    shop.process.kill()
    await shop.process.wait()
    await until(lambda: not shop.leftovers())


async def _begin_again(*arguments: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *command_line("demo", "--headless", "--no-members", *arguments),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=environment(QT_QPA_PLATFORM="offscreen"),
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        said, complained = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode(), complained.decode()


async def test_begun_again_it_calls_the_window_that_is_open_and_leaves_its_shop_alone(
    shop: SampleShop,
) -> None:
    await _until_lively(shop)
    folder = shop.relay_folder.parent
    code, said, complained = await _begin_again("--folder", str(folder))
    assert (code, complained) == (0, "")
    assert said == "The sample shop is open already; its window comes to the front.\n"
    assert await shop.websockets() >= LIVELY
    assert shop.process.returncode is None


async def test_where_no_window_answers_it_says_what_to_do(folder: Path) -> None:
    with sample.running(folder, members=False) as alive:
        code, said, complained = await _begin_again("--folder", str(folder))
        assert (code, said) == (1, "")
        assert complained.startswith(f"hanger: a sample shop without a window lives in {folder}")
        assert find_running(alive.relay_folder) == alive.relay
