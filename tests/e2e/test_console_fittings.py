"""Fittings at a real relay: of two counters one gets the place, also when both asked offline."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.desk.fitting_types import BoardDay
from console.desk.open import Desk
from console.desk.refusals import StepRefused
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_holds import member_of
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, owner, relay, until  # noqa: F401 - fixtures


async def tomorrow(desk: Desk) -> BoardDay:
    zone = ZoneInfo(desk.inbox.me.timezone)
    return await desk.fittings.day(datetime.now(zone).date() + timedelta(days=1))


async def booked(desk: Desk, member_id: int, room: int, board: BoardDay, slot: int) -> str:
    try:
        return await desk.fittings.book(member_id, room, board.slots[slot].starts_at)
    except Refusal as refusal:
        return str(refusal.code)


async def test_one_place_is_one_members_online_and_offline(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    counter, office = two.counter, two.office
    await counter.fittings.save_room("", "大间")
    await join(two.process.info, "13812346041", "试一")
    member = await member_of(counter, "试一")
    await member_of(office, "试一")

    async def both_have_the_room() -> bool:
        return bool((await tomorrow(office)).rooms and (await tomorrow(counter)).rooms)

    await until(both_have_the_room)
    board = await tomorrow(counter)
    room = board.rooms[0].room_id
    answers = await asyncio.gather(
        booked(counter, member, room, board, 0), booked(office, member, room, board, 0)
    )
    assert answers.count(Code.FITTING_TAKEN.value) == 1

    async def both_see(count: int, *, waits: bool = False) -> bool:
        found = [await tomorrow(desk) for desk in (counter, office)]
        return all(len(each.fittings) == count for each in found) and (
            all(any(f.waits for f in each.fittings) for each in found) is waits
        )

    await until(lambda: both_see(1))
    told: list[StepRefused] = []
    for desk in (counter, office):
        desk.queue.on_refused(told.append)
    await two.goes_offline()
    await asyncio.gather(
        booked(counter, member, room, board, 3), booked(office, member, room, board, 3)
    )
    assert await both_see(2, waits=True)
    await two.comes_back()
    await until(lambda: both_see(2))

    async def one_was_told() -> bool:
        # The other's row may be here before the answer to one's own.
        return bool(told)

    await until(one_was_told)
    assert [each.code for each in told] == [Code.FITTING_TAKEN]
    assert not any(each.waits for each in (await tomorrow(counter)).fittings)
    (last,) = [f for f in (await tomorrow(counter)).fittings
               if f.starts_at == board.slots[3].starts_at]  # fmt: skip
    await counter.fittings.move(last, board.slots[5].starts_at, room)

    async def office_sees_it_moved() -> bool:
        starts = {f.starts_at for f in (await tomorrow(office)).fittings}
        return starts == {board.slots[0].starts_at, board.slots[5].starts_at}

    await until(office_sees_it_moved)
