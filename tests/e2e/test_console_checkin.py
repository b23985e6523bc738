"""Check-in at a real relay: two counters, one visit; without a line, and taken back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from console.desk.open import Desk
from console.relay import member_codes
from console.relay.server import JOIN_KEY
from console.store import replica_queries
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, owner, relay, until  # noqa: F401 - fixtures


async def found(desk: Desk, end: str) -> int:
    """Whose number ends like this, as the counter finds her."""

    async def here() -> bool:
        return len(await desk.counter.find(end)) == 1

    await until(here)
    (member,) = await desk.counter.find(end)
    assert member.phone.endswith(end)
    return member.member_id


async def visits(desk: Desk, member_id: int) -> int:
    rows = await desk.station.read(replica_queries.newest_of_member, "visit", member_id)
    return len(rows)


async def both_count(two: Two, member_id: int, number: int) -> None:  # noqa: F811
    async def they_do() -> bool:
        seen = [await visits(desk, member_id) for desk in (two.counter, two.office)]
        return seen == [number, number]

    await until(they_do)


async def test_two_counters_count_her_once_and_it_is_taken_back(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    await join(two.process.info, "13812347041", "来一")
    member = await found(two.counter, "7041")
    assert await found(two.office, "7041") == member
    answers = await asyncio.gather(
        two.counter.counter.check_in(member), two.office.counter.check_in(member)
    )
    counted = [each for each in answers if each.visit]
    (refused,) = [each for each in answers if not each.visit]
    assert len(counted) == 1
    assert refused.counted is not None
    await both_count(two, member, 1)
    here = await two.office.inbox.panel(member)
    assert here is not None
    assert here.last_visit_at == refused.counted
    desk = two.counter if answers[0].visit else two.office
    await desk.counter.take_back(counted[0])
    await both_count(two, member, 0)

    async def never_here() -> bool:
        panel = await two.office.inbox.panel(member)
        return panel is not None and panel.last_visit_at is None

    await until(never_here)


async def test_what_two_counters_recorded_without_a_line_is_one_visit_and_said(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    await join(two.process.info, "13812347042", "来二")
    member = await found(two.counter, "7042")
    assert await found(two.office, "7042") == member
    told: list[tuple[str, int, str]] = []
    for desk in (two.counter, two.office):
        desk.queue.on_refused(lambda each: told.append((each.name, each.member_id, each.code)))
    await two.goes_offline()
    done = [await desk.counter.check_in(member) for desk in (two.counter, two.office)]
    assert all(each.visit for each in done)
    again = await two.counter.counter.check_in(member)
    assert (again.visit, again.counted is not None) == ("", True)
    await two.comes_back()
    await both_count(two, member, 1)

    async def said() -> bool:
        return told == [("visit.record", member, Code.VISIT_COUNTED)]

    await until(said)


async def test_a_scanned_code_finds_her_and_one_that_is_over_is_refused(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    await join(two.process.info, "13812347043", "来三")
    member = await found(two.counter, "7043")
    shop = two.counter.inbox.me.shop_id
    key, now = (two.process.folder / JOIN_KEY).read_bytes(), datetime.now(UTC)
    (scanned,) = await two.counter.counter.find(member_codes.make(key, shop, member, now))
    assert (scanned.member_id, scanned.name) == (member, "来三")
    over = member_codes.make(key, shop, member, now - timedelta(minutes=10))
    foreign = member_codes.make(b"another relay", shop, member, now)
    for code, reason in ((over, Code.CODE_EXPIRED), (foreign, Code.CODE_UNKNOWN)):
        with pytest.raises(Refusal) as caught:
            await two.counter.counter.find(code)
        assert caught.value.code == reason
