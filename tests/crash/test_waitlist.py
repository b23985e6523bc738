"""Offers of what is back under ``kill -9``: each member is told once, none is left out."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.world import open_at_noon, populate
from console.relay.actor import RELAY
from console.relay.core import RelayCore
from console.relay.internal import PassOn
from console.relay.tokens import token_hash
from console.wire import commands
from soak.relay import DATABASE

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
PEOPLE, UNITS = 6, 2

DYING = """
import asyncio, os, signal, sys
from pathlib import Path
from console.relay import core
from console.relay.handlers import HANDLERS
from console.relay.internal import PassOn
from console.relay.scheduler import Scheduler

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def pass_on_and_die(tx, requests):
    results = pass_on(tx, requests)
    if results[0]["done"]:
        die()
    return results

pass_on = HANDLERS[PassOn]
if sys.argv[2] == "before":
    HANDLERS[PassOn] = pass_on_and_die
else:
    deliver = core.RelayCore._deliver
    core.RelayCore._deliver = lambda self, settled: (
        die() if "waitlist" in settled.touched else deliver(self, settled))

async def main():
    relay = await core.RelayCore.open(Path(sys.argv[1]))
    await Scheduler(relay).run()

asyncio.run(main())
"""
"""A relay that dies when an offer ends and goes on: inside the transaction, or after it."""


async def offered(path: Path, token: str, members: list[int]) -> None:
    """Everybody waits, so many units come, and their time is over at once."""
    core = await RelayCore.open(path)
    clerk = await core.actor_of_token(token_hash(token))
    assert clerk is not None
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    edit = commands.VariantEdit(size="M", stock=0)
    made = await core.call(
        owner, commands.SaveProduct(sku="W1", display_name="风衣", variants=[edit])
    )
    (variant_id,) = made["variants"]
    for member_id in members:
        await core.call(clerk, commands.JoinWaitlist(
            client_id=f"w{member_id}", member_id=member_id, variant_id=variant_id))  # fmt: skip
    await core.call(clerk, commands.MoveStock(
        variant_id=variant_id, delta=UNITS, reason="arrived"))  # fmt: skip
    await core.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("update waitlist set due_at = 1 where state = 'offered'")
        database.execute("update hold set expires_at = 1")


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


STATES = "select state, count(*) from waitlist group by 1 order by 1"
TOLD = (
    "select c.member_id, count(*) from message m join conversation c on c.id = m.conversation_id"
    " where m.client_id like 'back-%' group by 1 order by 1"
)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_relay_killed_while_it_passes_on_has_told_each_once(
    tmp_path: Path, moment: str
) -> None:
    path = tmp_path / DATABASE
    world = populate(path, PEOPLE)
    open_at_noon(path)
    members = [phone.member_id for phone in world.phones]
    await offered(path, world.clerk_tokens[0], members)
    before = [("offered", UNITS), ("waiting", PEOPLE - UNITS)]
    after = [("lapsed", UNITS), ("offered", UNITS), ("waiting", PEOPLE - 2 * UNITS)]
    assert rows(path, STATES) == before
    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DYING, str(path), moment], cwd=ROOT, check=False,
        timeout=PATIENCE_S,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    assert rows(path, STATES) == (before if moment == "before" else after)
    core = await RelayCore.open(path)
    await core.call(RELAY, PassOn())
    await core.close()
    assert rows(path, STATES) == after
    assert rows(path, TOLD) == [(member_id, 1) for member_id in members[: 2 * UNITS]]
    assert rows(path, "select stock, held from variant") == [(UNITS, UNITS)]
    live = "select count(*) from hold where state = 'confirmed'"
    assert rows(path, live) == [(UNITS,)]


async def test_a_hundred_who_ask_at_once_stand_in_one_order_and_units_go_to_the_first(
    tmp_path: Path,
) -> None:
    path = tmp_path / DATABASE
    world = populate(path, 100)
    open_at_noon(path)
    core = await RelayCore.open(path)
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    edit = commands.VariantEdit(size="M", stock=0)
    made = await core.call(
        owner, commands.SaveProduct(sku="W1", display_name="风衣", variants=[edit])
    )
    (variant_id,) = made["variants"]
    arrived = commands.MoveStock(variant_id=variant_id, delta=1, reason="arrived")
    joins = [
        core.call(owner, commands.JoinWaitlist(
            client_id=f"w{phone.member_id}", member_id=phone.member_id, variant_id=variant_id))
        for phone in world.phones
    ]  # fmt: skip
    arrivals = [core.call(owner, arrived) for _ in range(5)]
    await asyncio.gather(*joins[:50], *arrivals, *joins[50:])
    await core.close()
    states = rows(path, "select state from waitlist order by id")
    assert states == [("offered",)] * 5 + [("waiting",)] * 95
    assert rows(path, "select stock, held from variant") == [(5, 5)]
    assert [times for _, times in rows(path, TOLD)] == [1] * 5
