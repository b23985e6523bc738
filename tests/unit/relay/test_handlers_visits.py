"""Visits at the counter: once within two hours, exact under races, taken back while fresh."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.unit.relay.shop import Shop


def came(shop: Shop, name: str | None = None, **facts: object) -> commands.RecordVisit:
    return commands.RecordVisit(member_id=shop.anna.id, client_id=name, **facts)  # type: ignore[arg-type]


def counted(shop: Shop) -> int:
    return int(shop.rows("select count(*) as n from visit")[0]["n"])


def last(shop: Shop) -> int | None:
    row = shop.rows("select last_visit_at from member where id = ?", shop.anna.id)[0]
    at = row["last_visit_at"]
    return None if at is None else int(at)


async def test_two_counters_at_once_give_one_visit(shop: Shop) -> None:
    answers = await asyncio.gather(
        *(shop.core.call(shop.clerk, came(shop, f"v{n}")) for n in range(20)),
        return_exceptions=True,
    )
    refused = [each for each in answers if isinstance(each, Refusal)]
    assert [each.code for each in refused] == [Code.VISIT_COUNTED] * 19
    assert counted(shop) == 1


async def test_the_same_check_in_twice_is_one(shop: Shop) -> None:
    one = await shop.core.call(shop.clerk, came(shop, "v"))
    assert await shop.core.call(shop.owner, came(shop, "v")) == one
    other = commands.RecordVisit(member_id=shop.bea.id, client_id="v")
    assert await shop.refused(shop.clerk, other) is Code.CONFLICT


async def test_what_was_recorded_without_a_line_is_compared_by_its_own_time(shop: Shop) -> None:
    now = shop.clock.now()
    await shop.core.call(shop.clerk, came(shop, "a", at=now - timedelta(hours=5)))
    await shop.core.call(shop.clerk, came(shop, "b", at=now))
    late = came(shop, "c", at=now - timedelta(hours=1, minutes=59))
    assert await shop.refused(shop.clerk, late) is Code.VISIT_COUNTED
    await shop.core.call(shop.clerk, came(shop, "d", at=now - timedelta(hours=2, minutes=30)))
    assert counted(shop) == 3


async def test_somebody_who_comes_again_is_counted_when_the_clerk_says_so(shop: Shop) -> None:
    await shop.core.call(shop.clerk, came(shop, "a"))
    await shop.core.call(shop.clerk, came(shop, "b", again=True))
    assert counted(shop) == 2


async def test_a_visit_taken_back_leaves_the_last_one_before_it(shop: Shop) -> None:
    now: datetime = shop.clock.now()
    await shop.core.call(shop.clerk, came(shop, "a", at=now - timedelta(days=3)))
    before = last(shop)
    await shop.core.call(shop.clerk, came(shop, "b"))
    assert last(shop) != before
    undo = commands.UndoVisit(client_id="b")
    await shop.core.call(shop.clerk, undo)
    assert (counted(shop), last(shop)) == (1, before)
    await shop.core.call(shop.clerk, undo)
    await shop.core.call(shop.clerk, came(shop, "c"))
    assert counted(shop) == 2


async def test_the_only_visit_taken_back_leaves_none(shop: Shop) -> None:
    await shop.core.call(shop.clerk, came(shop, "a"))
    await shop.core.call(shop.clerk, commands.UndoVisit(client_id="a"))
    assert (counted(shop), last(shop)) == (0, None)


async def test_an_old_visit_stays(shop: Shop) -> None:
    now = shop.clock.now()
    await shop.core.call(shop.clerk, came(shop, "a", at=now - timedelta(minutes=16)))
    undo = commands.UndoVisit(client_id="a")
    assert await shop.refused(shop.clerk, undo) is Code.VISIT_TOO_LATE
    # Taken back in time, without a line.
    earlier = commands.UndoVisit(client_id="a", at=now - timedelta(minutes=10))
    await shop.core.call(shop.clerk, earlier)
    assert counted(shop) == 0


async def test_members_take_nothing_back(shop: Shop) -> None:
    await shop.core.call(shop.clerk, came(shop, "a"))
    with pytest.raises(Refusal):
        await shop.core.call(shop.anna, commands.UndoVisit(client_id="a"))
    assert counted(shop) == 1
