"""Long commands go slice by slice: nobody waits for them, and nothing else tells the difference."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.relay import lanes
from console.relay.actor import RELAY, Actor
from console.relay.batch import Job
from console.relay.internal import Notice, SendNotices
from console.relay.lanes import GROWTH, LARGE_SLICE, SMALL_SLICE, Lanes
from console.relay.outcome import Outcome
from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.helpers.relay_kit import PATIENCE_S, open_core, text
from tests.unit.relay.shop import Shop

CHILD = """
import asyncio, sys
from pathlib import Path
from console.relay.actor import RELAY
from console.relay.core import RelayCore
from tests.unit.relay.test_lanes import many

async def main():
    core = await RelayCore.open(Path(sys.argv[1]))
    await core.call(RELAY, many(int(sys.argv[2]), 1))

asyncio.run(main())
"""


def many(count: int, *members: int, marketing: bool = False) -> SendNotices:
    notices = [
        Notice(member_id=members[n % len(members)], client_id=f"n{n}", body=f"第{n}条")
        for n in range(count)
    ]
    return SendNotices(notices=notices, marketing=marketing)


async def told(shop: Shop, command: SendNotices) -> tuple[Any, list[dict[str, Any]]]:
    result = await shop.core.call(RELAY, command)
    return result, shop.rows(
        "select id, conversation_id, seq, client_id, body, sender_kind from message order by id"
    )


async def test_slices_leave_the_same_rows_and_answer_as_one_transaction(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Also where nobody else has written for a while: 50, 200 and 500 are not all.
    command = many(800, shop.anna.id, shop.bea.id, 999, marketing=True)
    before = shop.core.head
    sliced = await told(shop, command)
    assert shop.core.head - before > 3
    monkeypatch.setattr(lanes, "SMALL_SLICE", 10_000)
    whole = Shop(tmp_path / "whole.sqlite")
    await whole.open()
    before = whole.core.head
    assert await told(whole, command) == sliced
    assert whole.core.head == before + 1
    await whole.core.close()
    result, rows = sliced
    assert result["skipped"] == {str(shop.bea.id): "opted_out", "999": "not_joined"}
    assert result["written"] == [row["id"] for row in rows]


async def test_people_write_between_the_slices(shop: Shop) -> None:
    long = asyncio.ensure_future(shop.core.call(RELAY, many(2_000, shop.anna.id)))
    await asyncio.sleep(0)
    await shop.core.call(shop.clerk, text(shop.bea.conversation_id, "我在"))
    assert not long.done()
    await long
    rows = shop.rows("select rev from message where conversation_id = ?", shop.bea.conversation_id)
    revs = {row["rev"] for row in shop.rows("select distinct rev from message")}
    assert min(revs) <= rows[0]["rev"] < max(revs)


async def test_who_opts_out_between_the_slices_gets_nothing_more(shop: Shop) -> None:
    long = asyncio.ensure_future(shop.core.call(RELAY, many(2_000, shop.anna.id, marketing=True)))
    await asyncio.sleep(0)
    refuse = commands.SetConsent(purpose="marketing", granted=False, text_hash="t")
    await shop.core.call(shop.anna, refuse)
    result = await long
    assert result["skipped"] == {str(shop.anna.id): "opted_out"}
    out = shop.rows("select max(rev) as rev from consent")[0]["rev"]
    assert all(row["rev"] < out for row in shop.rows("select rev from message"))


async def test_a_long_command_killed_half_way_is_finished_without_a_double(
    shop: Shop, tmp_path: Path
) -> None:
    count, member = 20_000, shop.anna.id
    await shop.core.close()
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, str(shop.path), str(count)
    )

    def written() -> int:
        with closing(sqlite3.connect(shop.path)) as connection:
            found = connection.execute("select count(*) from message").fetchone()
        return int(found[0])

    async with asyncio.timeout(PATIENCE_S * 3):
        while not (some := await asyncio.to_thread(written)):
            assert child.returncode is None
    child.kill()
    await child.wait()
    some = written()
    assert 0 < some < count
    await shop.open_anew()
    result = await shop.core.call(RELAY, many(count, member))
    assert len(result["written"]) == count - some
    seqs = [row["seq"] for row in shop.rows("select seq from message order by seq")]
    assert seqs == list(range(1, count + 1))
    assert len(shop.rows("select distinct client_id from message")) == count


# --- the order of turns -----------------------------------------------------------------------


class Turns:
    """Lanes with a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.lanes = Lanes(lambda: self.now)
        self.rev = 0

    def chat(self) -> Job:
        job = Job(Actor(kind="member"), text(1))
        self.lanes.put(job)
        return job

    def take(self) -> int:
        """Settle the next batch; how many notices were in it (0: none, or of people)."""
        jobs = self.lanes.take()
        if not jobs:
            return 0
        self.rev += 1
        outcome = Outcome(self.rev, {"written": [], "skipped": {}})
        self.lanes.answer(jobs, [outcome] * len(jobs))
        command = jobs[0].command
        return len(command.notices) if isinstance(command, SendNotices) else 0


def test_slices_grow_while_nobody_writes_and_wait_for_the_hand_out() -> None:
    turns = Turns()
    turns.lanes.put(Job(RELAY, many(2_000, 1)))
    assert (turns.take(), turns.take()) == (SMALL_SLICE, GROWTH * SMALL_SLICE)
    assert (turns.take(), turns.lanes.wait_s()) == (0, None)
    turns.lanes.shown(1)
    assert turns.take() == LARGE_SLICE < GROWTH**2 * SMALL_SLICE
    turns.lanes.shown(3)
    assert (turns.take(), turns.take()) == (LARGE_SLICE, LARGE_SLICE)


def test_while_somebody_writes_slices_are_small_and_rest_in_between() -> None:
    turns = Turns()
    turns.lanes.put(Job(RELAY, many(2_000, 1)))
    turns.take()
    turns.chat()
    assert turns.take() == 0
    assert turns.take() == 0
    turns.now += 0.01
    turns.lanes.shown(1)
    assert turns.lanes.wait_s() == pytest.approx(0.01)
    turns.now += 0.01
    assert turns.take() == SMALL_SLICE
    turns.now += 1
    assert turns.take() == GROWTH * SMALL_SLICE


def test_a_stream_of_commands_does_not_hold_a_long_one_up() -> None:
    turns = Turns()
    turns.lanes.put(Job(RELAY, many(4 * SMALL_SLICE, 1)))
    sizes = []
    for _ in range(8):
        turns.chat()
        sizes.append(turns.take())
        turns.lanes.shown(turns.rev)
    assert sizes == [0, SMALL_SLICE] * 4
    assert len(turns.lanes) == 1


def test_a_slice_that_fails_ends_the_command() -> None:
    lanes_ = Lanes()
    job = Job(RELAY, many(2_000, 1), ticket="asker")
    lanes_.put(job)
    first = lanes_.take()
    assert lanes_.answer(first, [Outcome(1, {"written": [7], "skipped": {}})]) == ((), ())
    failed = Outcome(1, refusal=Refusal(Code.COMMAND_FAILED))
    assert lanes_.answer(lanes_.take(), [failed]) == ((job,), (failed,))
    assert len(lanes_) == 0


def test_a_numbered_command_is_one_transaction() -> None:
    lanes_ = Lanes()
    job = Job(RELAY, many(2_000, 1), n=1)
    lanes_.put(job)
    assert lanes_.take() == [job]


async def test_closing_finishes_a_long_command(shop: Shop) -> None:
    long = asyncio.ensure_future(shop.core.call(RELAY, many(2_000, shop.anna.id)))
    await asyncio.sleep(0)
    await shop.core.close()
    assert len((await long)["written"]) == 2_000
    shop.core = await open_core(shop.path, shop.clock)
