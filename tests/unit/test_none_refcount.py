"""The Qt binding leaves ``None`` alone under the event loop that the console runs on."""

from __future__ import annotations

import subprocess
import sys

import pytest

TURNS = 20_000
DRIFT = 2_000
"""Ordinary code holds a few hundred references more or less; the fault lost one a turn."""

PROGRAM = f"""
import asyncio, sys
from PySide6.QtCore import QCoreApplication
import qasync

app = QCoreApplication([])
loop = qasync.QEventLoop(app)

async def turn():
    for _ in range({TURNS}):
        await asyncio.sleep(0)

before = sys.getrefcount(None)
with loop:
    loop.run_until_complete(turn())
print(sys.getrefcount(None) - before)
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_the_count_of_none_stays_flat_over_many_loop_turns() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=100
    )
    assert abs(int(done.stdout)) < DRIFT
