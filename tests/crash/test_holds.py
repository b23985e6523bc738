"""Holds that end under ``kill -9``: ended once, told once, whenever the relay dies."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.world import open_at_noon, populate
from console.relay.actor import RELAY
from console.relay.core import RelayCore
from console.relay.internal import SettleHolds
from console.relay.tokens import token_hash
from console.wire import commands
from soak.relay import DATABASE
from tests.helpers.relay_kit import add_stock

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
MEMBERS = 3

DYING = """
import asyncio, os, signal, sys
from pathlib import Path
from console.relay import core
from console.relay.handlers import HANDLERS
from console.relay.internal import SettleHolds
from console.relay.scheduler import Scheduler

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def settle_and_die(tx, requests):
    results = settle(tx, requests)
    if results[0]["done"]:
        die()
    return results

settle = HANDLERS[SettleHolds]
if sys.argv[2] == "before":
    HANDLERS[SettleHolds] = settle_and_die
else:
    deliver = core.RelayCore._deliver
    core.RelayCore._deliver = lambda self, settled: (
        die() if "hold" in settled.touched else deliver(self, settled))

async def main():
    relay = await core.RelayCore.open(Path(sys.argv[1]))
    await Scheduler(relay).run()

asyncio.run(main())
"""
"""A relay that dies when holds end: inside the transaction, or when it is committed."""


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


async def keep(path: Path, token: str) -> None:
    """A unit for each member, whose time ended a moment ago."""
    core = await RelayCore.open(path)
    await add_stock(core, stock=MEMBERS)
    clerk = await core.actor_of_token(token_hash(token))
    assert clerk is not None
    for member_id in range(1, MEMBERS + 1):
        client_id = f"h{member_id}"
        await core.call(clerk, commands.AskHold(
            client_id=client_id, member_id=member_id, variant_id=1))  # fmt: skip
        await core.call(clerk, commands.ConfirmHold(client_id=client_id))
    await core.close()
    ended = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp() * 1000)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update hold set expires_at = ?, notify_at = null", (ended,))


STATES = "select state, notify_at is null, count(*) from hold group by 1, 2"
TOLD = "select conversation_id, count(*) from message where sender_kind = 'system' group by 1"
HELD = "select stock, held from variant"


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_relay_killed_while_holds_end_has_ended_and_told_each_once(
    tmp_path: Path, moment: str
) -> None:
    path = tmp_path / DATABASE
    world = populate(path, MEMBERS)
    open_at_noon(path)
    await keep(path, world.clerk_tokens[0])
    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DYING, str(path), moment], cwd=ROOT, check=False,
        timeout=PATIENCE_S,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    ended = moment == "after"
    assert rows(path, STATES) == [("lapsed" if ended else "confirmed", 1, MEMBERS)]
    assert rows(path, HELD) == [(MEMBERS, 0 if ended else MEMBERS)]
    for _ in range(2):
        core = await RelayCore.open(path)
        await core.call(RELAY, SettleHolds())
        await core.close()
    assert rows(path, STATES) == [("lapsed", 1, MEMBERS)]
    assert rows(path, HELD) == [(MEMBERS, 0)]
    assert rows(path, TOLD) == [(number, 1) for number in range(1, MEMBERS + 1)]
