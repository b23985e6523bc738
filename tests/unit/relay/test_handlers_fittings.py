"""Fittings are booked, moved, cancelled and settled; one place is one member's."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.relay import free_fittings
from console.relay.actor import RELAY, Actor
from console.relay.internal import RemindFittings
from console.relay.scheduler import next_reminder
from console.wire import commands
from console.wire.errors import Code, Refusal
from console.wire.rows import FITTING_SLOT_SETTING
from tests.helpers.relay_kit import add_stock, new_member
from tests.unit.relay.shop import Shop

TWO = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""Two in the afternoon of the day on which the shop's clock says ten."""
HALF_PAST = TWO + timedelta(minutes=30)


async def rooms(shop: Shop, count: int = 1) -> list[int]:
    """Rooms 1 to ``count``."""
    made = [await shop.core.call(shop.owner, commands.SaveFittingRoom(
        client_id=f"room{n}", display_name=f"{n} 号")) for n in range(1, count + 1)]  # fmt: skip
    return [each["id"] for each in made]


async def book(
    shop: Shop, actor: Actor | None = None, name: str = "f", at: datetime = TWO, **kw: Any
) -> Any:
    who = actor or shop.anna
    return await shop.core.call(who, commands.BookFitting(client_id=name, starts_at=at, **kw))


def state(shop: Shop, name: str = "f") -> str:
    return str(shop.rows("select state from fitting where client_id = ?", name)[0]["state"])


async def settle(shop: Shop, outcome: str, name: str = "f") -> None:
    await shop.core.call(shop.clerk, commands.SettleFitting(client_id=name, outcome=outcome))


async def test_a_place_is_taken_once_and_the_same_name_again_is_the_same(shop: Shop) -> None:
    [room] = await rooms(shop)
    made = await book(shop)
    assert made == {"id": 1, "room_id": room}
    assert await book(shop) == made
    taken = commands.BookFitting(client_id="g", starts_at=TWO)
    assert await shop.refused(shop.bea, taken) is Code.FITTING_TAKEN
    assert await shop.refused(shop.bea, commands.BookFitting(
        client_id="f", starts_at=TWO)) is Code.CONFLICT  # fmt: skip
    await book(shop, shop.bea, "g", HALF_PAST)


async def test_a_hundred_who_want_one_place_at_once_get_one(shop: Shop) -> None:
    await rooms(shop)
    people = [await new_member(shop.core) for _ in range(100)]
    answers = await asyncio.gather(
        *(book(shop, who, f"f{n}") for n, who in enumerate(people)), return_exceptions=True
    )
    won = [each for each in answers if isinstance(each, dict)]
    lost = [each.code for each in answers if isinstance(each, Refusal)]
    assert (len(won), lost) == (1, [Code.FITTING_TAKEN] * 99)
    assert shop.rows("select count(*) n from fitting") == [{"n": 1}]


async def test_the_database_itself_refuses_two_in_one_place(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    copied = ("insert into fitting select 9, rev, shop_id, 'x', member_id, room_id, starts_at,"
              " ends_at, ?, variants, staff_id, remind_at, at from fitting")  # fmt: skip
    shop.write(copied, "cancelled")
    shop.write("update fitting set id = 8, client_id = 'y' where id = 9")
    with pytest.raises(sqlite3.IntegrityError):
        shop.write(copied + " where id = 1", "booked")


async def test_a_second_room_takes_a_second_member(shop: Shop) -> None:
    first, second = await rooms(shop, 2)
    assert (await book(shop))["room_id"] == first
    assert (await book(shop, shop.bea, "g"))["room_id"] == second


@pytest.mark.parametrize("at", [
    TWO + timedelta(minutes=10), TWO - timedelta(hours=5), TWO + timedelta(hours=9),
    TWO + timedelta(days=61), TWO - timedelta(days=900), datetime(9999, 12, 31, tzinfo=UTC),
])  # fmt: skip
async def test_only_slots_to_come_within_the_hours_are_booked(shop: Shop, at: datetime) -> None:
    await rooms(shop)
    asked = commands.BookFitting(client_id="f", starts_at=at)
    assert await shop.refused(shop.anna, asked) is Code.FITTING_TIME


async def test_staff_may_book_the_slot_that_is_running(shop: Shop) -> None:
    await rooms(shop)
    shop.clock.advance(4 * 3600 + 600)
    late = commands.BookFitting(client_id="f", starts_at=TWO, member_id=shop.anna.id)
    assert await shop.refused(shop.anna, late) is Code.FITTING_TIME
    await shop.core.call(shop.clerk, late)


async def test_a_longer_slot_does_not_run_into_what_is_booked(shop: Shop) -> None:
    await rooms(shop)
    await book(shop, at=HALF_PAST)
    await shop.core.call(shop.owner, commands.SetSetting(key=FITTING_SLOT_SETTING, value=60))
    asked = commands.BookFitting(client_id="g", starts_at=TWO)
    assert await shop.refused(shop.bea, asked) is Code.FITTING_TAKEN
    odd = commands.SetSetting(key=FITTING_SLOT_SETTING, value=17)
    assert await shop.refused(shop.owner, odd) is Code.COMMAND_INVALID


async def test_a_member_leaves_room_for_others_and_is_in_one_place_at_a_time(shop: Shop) -> None:
    await rooms(shop, 2)
    await book(shop)
    same = commands.BookFitting(client_id="g", starts_at=TWO)
    assert await shop.refused(shop.anna, same) is Code.FITTING_MANY
    for number in (1, 2):
        await book(shop, name=f"n{number}", at=TWO + timedelta(hours=number))
    fourth = commands.BookFitting(client_id="g", starts_at=TWO + timedelta(hours=3))
    assert await shop.refused(shop.anna, fourth) is Code.FITTING_MANY
    await book(shop, shop.clerk, "g", TWO, member_id=shop.anna.id)


async def test_a_move_takes_the_new_place_and_frees_the_old(shop: Shop) -> None:
    first, second = await rooms(shop, 2)
    await book(shop)
    moved = commands.MoveFitting(client_id="f", starts_at=HALF_PAST, room_id=second,
                                 seen_at=TWO, seen_room=first)  # fmt: skip
    there = {"id": 1, "room_id": second}
    assert await shop.core.call(shop.clerk, moved) == there
    assert await shop.core.call(shop.clerk, moved) == there
    assert (await book(shop, shop.bea, "g"))["room_id"] == first
    back = commands.MoveFitting(client_id="f", starts_at=TWO, room_id=first)
    assert await shop.refused(shop.clerk, back) is Code.FITTING_TAKEN
    stale = commands.MoveFitting(client_id="f", starts_at=TWO + timedelta(hours=1), seen_at=TWO)
    assert await shop.refused(shop.clerk, stale) is Code.CONFLICT


async def test_a_move_without_a_room_stays_in_hers_if_it_can(shop: Shop) -> None:
    _, second = await rooms(shop, 2)
    await book(shop, shop.clerk, member_id=shop.anna.id, room_id=second)
    later = commands.MoveFitting(client_id="f", starts_at=HALF_PAST)
    assert (await shop.core.call(shop.anna, later))["room_id"] == second


async def test_a_member_changes_only_her_own_and_only_before_it_begins(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    cancel = commands.CancelFitting(client_id="f")
    move = commands.MoveFitting(client_id="f", starts_at=HALF_PAST)
    assert await shop.refused(shop.bea, cancel) is Code.NOT_FOUND
    assert await shop.refused(shop.bea, move) is Code.NOT_FOUND
    shop.clock.advance(4 * 3600)
    assert await shop.refused(shop.anna, cancel) is Code.FITTING_STATE
    await shop.core.call(shop.clerk, cancel)
    await shop.core.call(shop.clerk, cancel)
    assert state(shop) == "cancelled"


async def test_what_became_of_it_can_be_taken_back(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    for outcome in ("arrived", "bought", "arrived", "booked"):
        await settle(shop, outcome)
        assert state(shop) == outcome
    await shop.core.call(shop.clerk, commands.CancelFitting(client_id="f"))
    await settle(shop, "booked")
    for outcome, code in (("no_show", Code.FITTING_STATE), ("cancelled", Code.FITTING_STATE),
                          ("away", Code.COMMAND_INVALID)):  # fmt: skip
        wrong = commands.SettleFitting(client_id="f", outcome=outcome)
        assert await shop.refused(shop.clerk, wrong) is code
    shop.clock.advance(4 * 3600)
    await settle(shop, "no_show")


async def test_a_place_that_somebody_has_by_now_is_not_taken_back(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    await shop.core.call(shop.anna, commands.CancelFitting(client_id="f"))
    await book(shop, shop.bea, "g")
    again = commands.SettleFitting(client_id="f", outcome="booked")
    assert await shop.refused(shop.clerk, again) is Code.FITTING_TAKEN


async def test_staff_say_what_is_laid_out(shop: Shop) -> None:
    _, variant = await add_stock(shop.core)
    await rooms(shop)
    hers = commands.BookFitting(client_id="f", starts_at=TWO, variants=[variant])
    assert await shop.refused(shop.anna, hers) is Code.COMMAND_INVALID
    await book(shop, shop.clerk, member_id=shop.anna.id, variants=[variant, variant])
    assert shop.rows("select variants from fitting") == [{"variants": f"[{variant}]"}]
    unknown = commands.PickForFitting(client_id="f", add=[77])
    assert await shop.refused(shop.clerk, unknown) is Code.NOT_FOUND
    await shop.core.call(shop.clerk, commands.PickForFitting(client_id="f", remove=[variant]))
    assert shop.rows("select variants from fitting") == [{"variants": "[]"}]


# --- rooms --------------------------------------------------------------------------------------


async def test_rooms_are_the_owners(shop: Shop) -> None:
    room = commands.SaveFittingRoom(client_id="room1", display_name="大间")
    assert await shop.refused(shop.clerk, room) is Code.COMMAND_DENIED
    assert await shop.refused(shop.anna, room) is Code.COMMAND_DENIED
    await shop.core.call(shop.owner, room)
    same = commands.SaveFittingRoom(client_id="room2", display_name="大间")
    assert await shop.refused(shop.owner, same) is Code.FITTING_ROOM_NAME
    lines = shop.rows("select what from audit where what like 'fitting_room%'")
    assert lines == [{"what": "fitting_room.save"}]


async def test_a_room_with_somebody_to_come_stays(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    remove = commands.RemoveFittingRoom(client_id="room1")
    assert await shop.refused(shop.owner, remove) is Code.FITTING_ROOM_USED
    await shop.core.call(shop.anna, commands.CancelFitting(client_id="f"))
    await shop.core.call(shop.owner, remove)
    asked = commands.BookFitting(client_id="g", starts_at=TWO)
    assert await shop.refused(shop.bea, asked) is Code.FITTING_TAKEN
    again = commands.SettleFitting(client_id="f", outcome="booked")
    assert await shop.refused(shop.clerk, again) is Code.NOT_FOUND
    await shop.core.call(shop.owner, commands.SaveFittingRoom(client_id="room1"))
    await settle(shop, "booked")


# --- what she sees ------------------------------------------------------------------------------


async def test_she_sees_when_a_room_is_free_and_nothing_else(shop: Shop) -> None:
    async def free() -> Any:
        return await shop.core.read(lambda each: free_fittings.free_days(each, 1, shop.clock.now()))

    assert (await free())["days"] == []
    await rooms(shop)
    before = (await free())["days"][0]["slots"]
    assert TWO in before
    await book(shop, shop.bea, "g")
    found = await free()
    assert set(found) == {"minutes", "timezone", "days"}
    assert set(before) - set(found["days"][0]["slots"]) == {TWO}
    assert len(found["days"]) == free_fittings.DAYS


async def test_another_members_fitting_never_reaches_her(shop: Shop, lines: Any) -> None:
    await rooms(shop)
    await book(shop, shop.bea, "g")
    await book(shop, name="f", at=HALF_PAST)
    line = lines(shop.anna)
    await line.hello()
    found = (await line.page(f"self/{shop.anna.id}"))["fitting"]
    assert [row["client_id"] for row in found] == ["f"]
    assert not {"room_id", "staff_id", "variants", "remind_at"} & {
        name for row in found for name, value in row.items() if value
    }


# --- reminders ----------------------------------------------------------------------------------


def told(shop: Shop) -> list[str]:
    return [row["body"] for row in shop.rows("select body from message order by id")]


async def test_she_is_reminded_once(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    assert await shop.core.read(next_reminder) == TWO - timedelta(hours=3)
    assert await shop.core.call(RELAY, RemindFittings()) == {"done": 0}
    shop.clock.advance(3600)
    assert await shop.core.call(RELAY, RemindFittings()) == {"done": 1}
    assert await shop.core.call(RELAY, RemindFittings()) == {"done": 0}
    assert len(told(shop)) == 1
    assert "今天 14:00" in told(shop)[0]
    assert await shop.core.read(next_reminder) is None


async def test_a_moved_fitting_is_reminded_of_again_and_a_cancelled_one_not(shop: Shop) -> None:
    await rooms(shop)
    await book(shop)
    shop.clock.advance(3600)
    await shop.core.call(RELAY, RemindFittings())
    later = TWO + timedelta(hours=4)
    await shop.core.call(shop.anna, commands.MoveFitting(client_id="f", starts_at=later))
    shop.clock.advance(4 * 3600)
    await shop.core.call(RELAY, RemindFittings())
    assert len(told(shop)) == 2
    await book(shop, name="g", at=TWO + timedelta(days=1))
    await shop.core.call(shop.anna, commands.CancelFitting(client_id="g"))
    shop.clock.advance(26 * 3600)
    assert await shop.core.call(RELAY, RemindFittings()) == {"done": 0}


async def test_slept_over_nothing_is_said_of_what_is_past_nor_at_night(shop: Shop) -> None:
    await rooms(shop)
    await book(shop, at=TWO)
    await book(shop, name="g", at=TWO + timedelta(days=1))
    shop.clock.advance(13 * 3600)  # eleven at night
    shop.write("update fitting set remind_at = ?", int(TWO.timestamp() * 1000))
    assert await shop.core.call(RELAY, RemindFittings()) == {"done": 2}
    assert told(shop) == []
    assert await shop.core.read(next_reminder) == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    shop.clock.advance(10 * 3600)
    await shop.core.call(RELAY, RemindFittings())
    assert len(told(shop)) == 1


async def test_who_is_blocked_or_never_joined_is_not_written_to(shop: Shop) -> None:
    await rooms(shop, 2)
    shop.write("insert into member (id, rev, shop_id, name) values (900, 1, 1, '王')")
    await book(shop, shop.clerk, "g", member_id=900)
    await book(shop)
    shop.block(shop.anna)
    shop.clock.advance(3600)
    assert await shop.core.call(RELAY, RemindFittings()) == {"done": 2}
    assert told(shop) == []
