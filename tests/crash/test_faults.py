"""Short, seeded cuts of the long campaigns of faults (``dev.py soak`` runs them whole)."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from soak import (
    campaign_kills,
    console_kills,
    disk,
    fitting_rush,
    flaps,
    hold_rush,
    kills,
    offer_rush,
    powercuts,
    stalled,
)
from soak.disk import WatchedDisk, cut

# Processes are started again and again here, each with several seconds of work before it.
pytestmark = pytest.mark.timeout(220)

needs_watched_disk = pytest.mark.skipif(
    not disk.available(), reason="this Python links no shared SQLite library"
)


async def test_a_relay_killed_under_traffic_loses_and_doubles_nothing() -> None:
    verdict = await kills.run(4, seed=1, members=30)
    assert verdict.wrong == []
    assert verdict.facts["lives"] == 5
    assert verdict.facts["messages"] > 50


async def test_a_relay_killed_while_it_sends_a_campaign_forgets_and_doubles_nobody() -> None:
    verdict = await campaign_kills.run(4, seed=4)
    assert verdict.wrong == []
    assert verdict.facts["killed"] == 4
    assert sum(map(bool, verdict.facts["kills"].values())) >= 2
    assert verdict.facts["opted_out"] > 0


async def test_a_relay_killed_while_units_are_claimed_gives_each_once_and_tells_all() -> None:
    verdict = await offer_rush.run(3, seed=5, members=200)
    assert verdict.wrong == []
    assert verdict.facts["killed"] == 3
    assert sum(map(bool, verdict.facts["kills"].values())) >= 2
    assert verdict.facts["winners"] == verdict.facts["rushes"] * 20


async def test_one_room_at_one_time_is_one_members_though_the_relay_is_killed() -> None:
    verdict = await fitting_rush.run(2, seed=3)
    assert verdict.wrong == []
    assert verdict.facts["rushes"] >= 3


async def test_a_relay_killed_while_two_counters_keep_the_last_units_keeps_each_once() -> None:
    verdict = await hold_rush.run(2, seed=5, holds=60)
    assert verdict.wrong == []
    assert verdict.facts["killed"] == 2
    assert verdict.facts["kept"] == verdict.facts["collected"] == verdict.facts["rushes"] * 5


async def test_a_console_killed_while_its_clerk_writes_loses_and_doubles_nothing() -> None:
    verdict = await console_kills.run(2, seed=1, members=10)
    assert verdict.wrong == []
    assert verdict.facts["written"] >= 2


async def test_a_line_that_breaks_goes_silent_or_refuses_leaves_no_gap_and_no_double() -> None:
    verdict = await flaps.run(5, seed=3, members=15)
    assert verdict.wrong == []
    assert verdict.facts["connections"] > 32


@needs_watched_disk
async def test_a_power_cut_keeps_every_acknowledged_row() -> None:
    assert (await powercuts.run(120, seed=1)).wrong == []


@needs_watched_disk
async def test_the_same_power_cuts_do_lose_rows_when_commits_are_not_flushed() -> None:
    assert (await powercuts.run(40, seed=1, synchronous="NORMAL")).wrong


@needs_watched_disk
def test_a_cut_right_after_a_flush_keeps_what_was_flushed(tmp_path: Path) -> None:
    with WatchedDisk(tmp_path / "live") as journal:
        (tmp_path / "live").mkdir()
        connection = sqlite3.connect(tmp_path / "live" / "a.sqlite", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t(x)")
        connection.execute("INSERT INTO t VALUES (1)")
        at = len(journal.events)
        connection.execute("INSERT INTO t VALUES (2)")
        connection.close()
    cut(journal, at, random.Random(1), tmp_path / "cut")
    after = sqlite3.connect(tmp_path / "cut" / "a.sqlite")
    assert after.execute("SELECT x FROM t").fetchall() == [(1,)]
    after.close()


async def test_stalled_phones_cost_bounded_memory() -> None:
    verdict = await stalled.run(20, seed=1, phones=200)
    assert verdict.facts["growth_mb"] < stalled.MAX_GROWTH_MB
