"""The state machine's comparisons, with one mechanism broken on purpose each time.

A property test that passes whatever the relay does is worth nothing.  Here every mechanism is
switched off in turn; a short day, which a sound relay survives, has to end in a failed
comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.wire import commands
from tests.helpers import relay_breaks
from tests.helpers import relay_desk_moves as desk
from tests.helpers.relay_days import Day, spend
from tests.helpers.relay_moves import EVERYBODY, walk
from tests.helpers.relay_world import World

Break = Callable[[pytest.MonkeyPatch], None]


# --- short days -----------------------------------------------------------------------------


async def everybody_comes(world: World) -> None:
    for name in EVERYBODY:
        await world.connect(name)
    await world.check()


async def visit_is_recorded_again(world: World) -> None:
    """A command that only its number protects."""
    await world.do("till", commands.RecordVisit(member_id=world.member_id("anna"), again=True))
    await world.retry(0)


async def two_letters(world: World) -> None:
    await world.say("anna", "anna")
    await world.say("bea", "bea")


async def said_otherwise(world: World) -> None:
    await world.say("anna", "anna")
    await world.reuse(0)


async def photo_comes_late(world: World) -> None:
    await world.photo("anna")


async def draft(world: World, body: str) -> None:
    await world.do(
        "till",
        commands.SaveDraft(
            conversation_id=world.conversation("anna"), body=body, base_rev=world.core.head
        ),
    )


async def draft_is_emptied(world: World) -> None:
    await draft(world, "好的")
    await world.connect("clerk")
    await world.check()
    await draft(world, "")
    await world.check()


async def draft_is_emptied_long_ago(world: World) -> None:
    await draft(world, "好的")
    await world.connect("clerk")
    await world.check()
    await world.disconnect("clerk")
    await draft(world, "")
    await world.prune()
    await world.connect("clerk")
    await world.check()


async def clerk_loses_the_chats(world: World) -> None:
    await world.connect("clerk")
    await world.check()
    await world.grant("chats/1", granted=False)
    await world.say("anna", "anna")
    await world.check()


async def clerk_writes_after_losing(world: World) -> None:
    assert (await world.say("clerk", "anna")).refusal is None
    await world.grant("chats/1", granted=False)
    assert (await world.say("clerk", "anna")).refusal is not None


async def stranger_writes(world: World) -> None:
    assert (await world.say("bea", "anna")).refusal is not None


async def clerk_is_slow(world: World) -> None:
    await world.connect("clerk")
    await world.check()
    world.pause("clerk")
    for _ in range(60):
        await world.say("owner", "anna", "有的 " * 300)
        world.check_buffers()
    await world.check()


async def anna_comes_back(world: World) -> None:
    await world.connect("anna")
    await world.check()
    await world.disconnect("anna")
    await world.burst(["owner", "till"], "anna")
    await world.published()
    await world.connect("anna")
    await world.check()


async def anna_writes_while_the_clerk_loads(world: World) -> None:
    for _ in range(9):
        await world.say("anna", "anna")
    await world.connect("clerk")
    for _ in range(4):
        await world.arrived("clerk")
        await world.deliver("clerk", 3)
        await world.seen("anna", 9, 9)
        await world.say("bea", "bea")
    await world.check()


async def receipts_come_out_of_order(world: World) -> None:
    for _ in range(4):
        await world.say("owner", "anna")
    await world.seen("anna", 2, 2)
    world.check_tables()
    await world.seen("anna", 4, 1)


async def anna_opts_out(world: World) -> None:
    await world.opt_out("anna")
    await world.notices()


async def anna_recalls(world: World) -> None:
    await world.say("anna", "anna", "不要给别人看")
    await world.recall("anna", 0)


async def two_write_at_once(world: World) -> None:
    await world.burst(["owner", "till", "anna"], "anna")


async def lights_go_out(world: World) -> None:
    await world.say("anna", "anna")
    await world.restart(crash=True)


# --- short days of the desk -------------------------------------------------------------------


def thread_of_anna(world: World) -> dict[str, Any]:
    [row] = world.query("select * from conversation where id = ?", world.conversation("anna"))
    return dict(row)


async def clerk_writes_a_note(world: World) -> None:
    await world.connect("anna")
    await world.check()
    await desk.note(world, 1)
    await world.check()


async def clerk_keeps_words_of_her_own(world: World) -> None:
    await world.connect("owner")
    await world.check()
    await desk.keep_words(world, 1)
    await world.check()


async def owner_changes_the_clerks_own_words(world: World) -> None:
    await desk.keep_words(world, 1)
    outcome = await world.do("owner", commands.SaveQuickReply(client_id="q-1", body="别人的"))
    assert outcome.refusal is not None


async def message_is_sent_later(world: World) -> None:
    await desk.later(world, 11)
    world.clock.advance(60)
    await desk.fire(world, 0)
    world.check_tables()
    await desk.fire(world, 0)


async def relay_is_shut_for_an_hour(world: World) -> None:
    await desk.later(world, 11)
    await world.restart()
    world.clock.advance(3_600)
    await desk.fire(world, 0)


async def bea_is_blocked_before_it_is_due(world: World) -> None:
    await desk.later(world, 12)
    await desk.block(world, 0)
    await desk.fire(world, 1)


async def message_is_not_sent_later(world: World) -> None:
    await desk.later(world, 11)
    await desk.cancel_later(world, 0)


async def anna_writes_what_nobody_saw(world: World) -> None:
    await world.say("anna", "anna")
    await desk.finish(world, 0)


async def anna_takes_back_what_came_after(world: World) -> None:
    await world.say("anna", "anna")
    await desk.finish(world, 1)
    world.clock.advance(1)
    await world.say("anna", "anna")
    await world.recall("anna", 1)
    assert thread_of_anna(world)["waiting_since"] is None


async def anna_writes_into_a_snooze(world: World) -> None:
    await desk.snooze(world, 91)
    assert thread_of_anna(world)["snoozed_until"] is not None
    await world.say("anna", "anna")
    assert thread_of_anna(world)["snoozed_until"] is None


async def anna_writes_twice_at_night(world: World) -> None:
    await desk.answer_at_night(world, 1)
    world.clock.advance(12 * 3_600)
    for _ in range(2):
        await world.say("anna", "anna")
    assert len(world.query("select 1 from message where automatic")) == 1


async def clerk_saves_a_segment(world: World) -> None:
    await everybody_comes(world)
    await desk.save_segment(world, 1)
    await world.check()


async def clerk_makes_a_segment_use_itself(world: World) -> None:
    await desk.save_segment(world, 1)
    await desk.save_segment(world, 4)
    await world.check()


async def clerk_removes_a_used_segment(world: World) -> None:
    await desk.save_segment(world, 3)
    await desk.save_segment(world, 1)
    await desk.drop_segment(world, 0)
    await world.check()


BROKEN: dict[Break, Day] = {
    relay_breaks.answers_are_not_looked_up: visit_is_recorded_again,
    relay_breaks.bytes_of_a_retry_are_not_compared: said_otherwise,
    relay_breaks.transient_refusals_are_kept: photo_comes_late,
    relay_breaks.tombstones_are_not_sent: draft_is_emptied,
    relay_breaks.pruned_tombstones_are_not_noticed: draft_is_emptied_long_ago,
    relay_breaks.lost_grants_are_not_told: clerk_loses_the_chats,
    relay_breaks.lost_grants_still_write: stranger_writes,
    relay_breaks.devices_stay_as_first_seen: clerk_writes_after_losing,
    relay_breaks.lagging_skips_what_was_missed: clerk_is_slow,
    relay_breaks.lagging_buffers_everything: clerk_is_slow,
    relay_breaks.resuming_skips_what_was_missed: anna_comes_back,
    relay_breaks.memory_forgets_a_row: anna_comes_back,
    relay_breaks.memory_skips_what_was_missed: anna_comes_back,
    relay_breaks.catching_up_forgets_a_row: anna_comes_back,
    relay_breaks.pages_forget_a_row: everybody_comes,
    relay_breaks.snapshot_misses_what_changes_meanwhile: anna_writes_while_the_clerk_loads,
    relay_breaks.clerks_see_phone_numbers: everybody_comes,
    relay_breaks.members_see_who_waits: everybody_comes,
    relay_breaks.receipts_go_back: receipts_come_out_of_order,
    relay_breaks.opting_out_by_chat_is_ignored: anna_opts_out,
    relay_breaks.marketing_reaches_everybody: anna_opts_out,
    relay_breaks.recalled_words_stay: anna_recalls,
    relay_breaks.numbers_are_given_twice: two_write_at_once,
    relay_breaks.ids_are_given_twice: two_letters,
    relay_breaks.nothing_is_ever_committed: lights_go_out,
    relay_breaks.notes_reach_members: clerk_writes_a_note,
    relay_breaks.segments_reach_members: clerk_saves_a_segment,
    relay_breaks.segments_use_themselves: clerk_makes_a_segment_use_itself,
    relay_breaks.used_segments_are_removed: clerk_removes_a_used_segment,
    relay_breaks.own_quick_replies_reach_everybody: clerk_keeps_words_of_her_own,
    relay_breaks.colleagues_change_ones_own_quick_replies: owner_changes_the_clerks_own_words,
    relay_breaks.what_was_fired_is_forgotten: message_is_sent_later,
    relay_breaks.what_was_slept_over_is_sent_in_silence: relay_is_shut_for_an_hour,
    relay_breaks.nothing_is_checked_again_when_it_is_due: bea_is_blocked_before_it_is_due,
    relay_breaks.cancelled_words_stay: message_is_not_sent_later,
    relay_breaks.what_nobody_saw_is_done_with: anna_writes_what_nobody_saw,
    relay_breaks.what_is_done_with_waits_again: anna_takes_back_what_came_after,
    relay_breaks.who_writes_stays_asleep: anna_writes_into_a_snooze,
    relay_breaks.every_message_is_answered_at_night: anna_writes_twice_at_night,
}
DAYS = sorted(set(BROKEN.values()), key=lambda day: day.__name__)


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.__name__)
def test_a_sound_relay_survives_the_day(day: Day, tmp_path: Path) -> None:
    spend(tmp_path, day)


@pytest.mark.parametrize("day", [anna_comes_back, clerk_is_slow, draft_is_emptied])
def test_without_its_memory_a_relay_is_as_sound(
    day: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spend(tmp_path, day, lambda: relay_breaks.memory_reaches_nowhere(monkeypatch))


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda found: found.__name__)
def test_a_broken_relay_does_not(
    break_it: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError):
        spend(tmp_path, BROKEN[break_it], lambda: break_it(monkeypatch))


@pytest.mark.parametrize("seed", [3, 7])
def test_a_long_random_day_ends_well(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed == 7:
        relay_breaks.memory_reaches_nowhere(monkeypatch)
    spend(tmp_path, lambda world: walk(world, seed, 60))
