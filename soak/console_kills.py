"""``kill -9`` of the console, again and again, while its clerk writes."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.world import populate
from soak.kills import Traffic
from soak.relay import DATABASE, RelayUnderTest
from soak.verdict import Verdict, timed

LAST_WORDS = 3


async def run(count: int, seed: int, *, members: int = 40) -> Verdict:
    """Kill the console ``count`` times; every message its clerk saw must arrive exactly once."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name, timed() as watch:
        folder = Path(name)
        relay = RelayUnderTest(folder / "relay")
        world = populate(relay.folder / DATABASE, members)
        await relay.start()
        traffic = Traffic(relay.base, world, rng)
        console = [str(folder / "console"), relay.base, world.clerk_tokens[1],
                   str(folder / "journal")]  # fmt: skip
        async with traffic.flowing(gap_s=0.05):
            for _ in range(count):
                await _live_and_die(console, folder / "journal", rng)
            last = await _spawn(console, LAST_WORDS)
            exit_code = await last.wait()
        await traffic.close()
        wrong = _compare(relay.database, folder / "journal")
        wrong += [f"the last console ended with {exit_code}"] if exit_code else []
        written = len((folder / "journal").read_text("utf-8").splitlines())
        await relay.stop()
    return Verdict(name="console_kills", count=count, seed=seed, wrong=wrong,
                   seconds=watch.seconds, facts={"written": written})  # fmt: skip


async def _spawn(console: list[str], quota: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "soak.clerk", *console, str(quota)
    )


async def _live_and_die(console: list[str], journal: Path, rng: random.Random) -> None:
    """Start a console, let it write a little more, kill it in the middle of it."""
    before = _size(journal)
    process = await _spawn(console, 0)
    # Another process writes the file, so there is nothing to wait on but its effect.
    while _size(journal) == before and process.returncode is None:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await asyncio.sleep(rng.uniform(0.0, 0.5))
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()


def _size(journal: Path) -> int:
    return journal.stat().st_size if journal.exists() else 0


def _compare(database: Path, journal: Path) -> list[str]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    query = "SELECT body FROM message WHERE body LIKE 'clerk %'"
    kept = Counter(row[0] for row in connection.execute(query))
    connection.close()
    # The line being written when the console died may be torn; its message is complete.
    lines = [line for line in journal.read_text("utf-8").split("\n")[:-1] if line]
    wrong = [f"lost: {line}" for line in lines if not kept[line]]
    return wrong + [f"doubled: {body}" for body, times in kept.items() if times > 1]
