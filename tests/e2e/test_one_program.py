"""Two starts on one data folder are one program: the second raises the first one's window."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.program import command_line, environment
from console.ui.instance import call_running, instance_name

PATIENCE_S = 60


def start(home: Path) -> subprocess.Popen[bytes]:
    """The program as a person starts it, on screens that nobody sees."""
    return subprocess.Popen(
        command_line("open", "--home", str(home), "--empty"),
        env=environment(QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


async def ends(process: subprocess.Popen[bytes]) -> int:
    async with asyncio.timeout(PATIENCE_S):
        return await asyncio.to_thread(process.wait)


@pytest.fixture
async def first(tmp_path: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    process = start(tmp_path)
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    await ends(process)


@pytest.mark.skipif(sys.platform == "win32", reason="is ended with a signal")
async def test_a_second_start_calls_the_first_and_ends_at_once(
    tmp_path: Path, first: subprocess.Popen[bytes]
) -> None:
    name = instance_name((tmp_path / "data").resolve())
    for _ in range(PATIENCE_S * 10):
        if await asyncio.to_thread(call_running, name):
            break
        assert first.poll() is None
        await asyncio.sleep(0.1)
    second = start(tmp_path)
    assert await ends(second) == 0
    assert first.poll() is None
    os.kill(first.pid, signal.SIGTERM)
    assert await ends(first) == 0
    assert not call_running(name)
