"""Scheduled messages under ``kill -9``: sent once, at whatever moment the relay dies."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.world import populate
from console.relay.actor import RELAY
from console.relay.core import RelayCore
from console.relay.internal import FireScheduled
from console.relay.tokens import token_hash
from console.wire import commands
from soak.relay import DATABASE, RelayUnderTest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0

DYING = """
import asyncio, os, signal, sys
from pathlib import Path
from console.relay import core
from console.relay.handlers import HANDLERS
from console.relay.internal import FireScheduled
from console.relay.scheduler import Scheduler

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def fire_and_die(tx, requests):
    results = fire(tx, requests)
    if results[0]["done"]:
        die()
    return results

fire = HANDLERS[FireScheduled]
if sys.argv[2] == "before":
    HANDLERS[FireScheduled] = fire_and_die
else:
    deliver = core.RelayCore._deliver
    core.RelayCore._deliver = lambda self, settled: (
        die() if "scheduled" in settled.touched else deliver(self, settled))

async def main():
    relay = await core.RelayCore.open(Path(sys.argv[1]))
    await Scheduler(relay).run()

asyncio.run(main())
"""
"""A relay that dies when it sends: inside the transaction, or when it is committed."""


async def plan(path: Path, token: str, conversation_id: int, gaps_s: list[float]) -> None:
    """Messages of the clerk, due so many seconds from now."""
    core = await RelayCore.open(path)
    clerk = await core.actor_of_token(token_hash(token))
    assert clerk is not None
    now = datetime.now(UTC)
    for number, gap_s in enumerate(gaps_s):
        await core.call(clerk, commands.ScheduleMessage(
            conversation_id=conversation_id, client_id=f"later-{number}", body=f"第 {number} 条",
            due_at=now + timedelta(seconds=gap_s)))  # fmt: skip
    await core.close()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


SENT = "select client_id, count(*) from message where client_id like 'later-%' group by 1"
STATES = "select state, count(*) from scheduled group by 1"


@pytest.mark.parametrize(("moment", "left"), [("before", "waiting"), ("after", "sent")])
async def test_a_relay_killed_while_it_sends_has_sent_once_in_the_end(
    tmp_path: Path, moment: str, left: str
) -> None:
    path = tmp_path / DATABASE
    world = populate(path, 2)
    await plan(path, world.clerk_tokens[0], world.phones[0].conversation_id, [0.0, 0.0])
    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DYING, str(path), moment], cwd=ROOT, check=False,
        timeout=PATIENCE_S,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    assert rows(path, STATES) == [(left, 2)]
    core = await RelayCore.open(path)
    await core.call(RELAY, FireScheduled())
    await core.close()
    assert rows(path, STATES) == [("sent", 2)]
    assert rows(path, SENT) == [("later-0", 1), ("later-1", 1)]


async def test_a_relay_killed_at_any_moment_sends_everything_once(tmp_path: Path) -> None:
    chance = random.Random(7)
    relay = RelayUnderTest(tmp_path)
    world = populate(relay.database, 2)
    count = 60
    await plan(relay.database, world.clerk_tokens[0], world.phones[0].conversation_id,
               [2 + number / 20 for number in range(count)])  # fmt: skip
    await relay.start()
    for _ in range(4):
        await asyncio.sleep(chance.uniform(0.2, 0.8))
        await relay.kill()
        await relay.start()
    async with asyncio.timeout(PATIENCE_S):
        while rows(relay.database, STATES) != [("sent", count)]:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    await relay.stop()
    sent = rows(relay.database, SENT)
    assert len(sent) == count
    assert {times for _, times in sent} == {1}
    seqs = rows(relay.database, "select client_id from message where client_id like 'later-%'"
                " order by seq")  # fmt: skip
    assert [name for (name,) in seqs] == [f"later-{number}" for number in range(count)]
