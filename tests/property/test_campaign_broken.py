"""What is checked of campaigns, with one mechanism broken on purpose each time.

As ``test_relay_broken``: a short day that a sound relay survives has to end in a failed
comparison.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from console.wire import commands
from console.wire.campaign_rows import Weekly
from console.wire.commands import VariantDraft
from tests.helpers import campaign_breaks
from tests.helpers.campaign_days import got, plan, send, start, state, write_one
from tests.helpers.relay_campaign_moves import MARK, campaign_settle
from tests.helpers.relay_days import Day, spend
from tests.helpers.relay_tap_moves import show_article
from tests.helpers.relay_world import World

Break = Callable[[pytest.MonkeyPatch], None]
HOUR, WEEK = 3_600, 7 * 86_400


# --- short days ---------------------------------------------------------------------------------


async def everybody_gets_one(world: World) -> None:
    await send(world)
    assert [got(world, name) for name in ("anna", "bea", "guest")] == [1, 1, 0]


async def phones_are_connected(world: World) -> None:
    await world.connect("anna")
    await world.check()
    await send(world)
    await world.check()


async def bea_opts_out_before_her_turn(world: World) -> None:
    await start(world)
    await write_one(world)
    await world.opt_out("bea")
    await campaign_settle(world, 0)
    world.check_tables()


async def four_in_a_week(world: World) -> None:
    for number in range(4):
        await send(world, f"c{number}")


async def the_fourth_waits_for_next_week(world: World) -> None:
    for number in range(4):
        await send(world, f"c{number}", defer=True)
    assert state(world, "c3") == "sending"
    world.clock.advance(WEEK - HOUR)
    await campaign_settle(world, 0)
    world.check_tables()
    assert (state(world, "c3"), got(world, "anna")) == ("done", 4)


async def cancelled_in_the_middle(world: World) -> None:
    await start(world)
    await write_one(world)
    await world.do("owner", commands.CancelCampaign(client_id="c"))
    world.check_tables()
    await campaign_settle(world, 0)
    assert got(world, "anna") + got(world, "bea") == 1


async def sent_in_the_night(world: World) -> None:
    world.clock.advance(12 * HOUR)
    await send(world)
    world.clock.advance(12 * HOUR)
    await campaign_settle(world, 0)
    assert got(world, "anna") == 1


async def slept_over(world: World) -> None:
    await plan(world)
    await world.do("owner", commands.ScheduleCampaign(client_id="c"))
    await world.restart()
    world.clock.advance(3 * HOUR)
    await campaign_settle(world, 0)
    assert (state(world), got(world, "anna")) == ("late", 0)


async def undone_in_time(world: World) -> None:
    await plan(world)
    await world.do("owner", commands.ScheduleCampaign(client_id="c"))
    await campaign_settle(world, 0)
    assert (await world.do("owner", commands.UndoCampaign(client_id="c"))).refusal is None
    assert got(world, "anna") == 0


async def two_variants_both_match(world: World) -> None:
    both = [VariantDraft(name=name, body=MARK.format("c", name)) for name in "ab"]
    await send(world, variants=both)
    found = world.query("select distinct variant from recipient where state = 'written'")
    assert [row["variant"] for row in found] == ["a"]


async def taken_back_after_anna_read_it(world: World) -> None:
    await send(world)
    await world.seen("anna", 9, 9)
    await world.do("owner", commands.RecallCampaign(
        client_id="c", correction_id="fix", correction="更正"))  # fmt: skip
    await campaign_settle(world, 0)
    world.check_tables()
    told = world.query("select conversation_id from message where body = '更正'")
    assert [row["conversation_id"] for row in told] == [world.conversation("anna")]
    assert state(world, "fix") == "done"


async def two_are_read_at_once(world: World) -> None:
    for number in range(2):
        await send(world, f"c{number}")
        await world.seen("anna", 9, 9)
        world.check_tables()


async def anna_reads_it_and_is_erased(world: World) -> None:
    await send(world)
    await world.seen("anna", 9, 9)
    await world.erase("anna")
    world.check_tables()


async def bea_opts_out_and_the_clock_is_set_back(world: World) -> None:
    await send(world, "c0")
    world.clock.advance(2 * HOUR)
    await world.opt_out("bea")
    world.check_tables()
    world.clock.advance(-HOUR)
    await world.do("bea", commands.SetConsent(purpose="marketing", granted=True))
    await send(world, "c1")


async def sent_again_to_who_did_not_read_it(world: World) -> None:
    await send(world)
    await world.seen("anna", 9, 9)
    await world.do("owner", commands.ResendCampaign(client_id="c", new_id="r"))
    await world.do("owner", commands.FreezeCampaign(client_id="r"))
    meant = world.query("select counts from campaign where client_id = 'r'")[0][0]
    assert json.loads(meant) == {"pending": 1}
    await world.do("owner", commands.SendCampaignNow(client_id="r"))
    await campaign_settle(world, 0)
    assert (got(world, "anna"), got(world, "bea")) == (1, 2)


async def every_week(world: World) -> None:
    await plan(world, weekly=Weekly(weekday=2, minute=12 * 60))
    await world.do("owner", commands.ScheduleCampaign(client_id="c"))
    world.clock.advance(51 * HOUR)
    await campaign_settle(world, 0)
    world.check_tables()
    world.clock.advance(-HOUR)
    await campaign_settle(world, 0)
    world.clock.advance(HOUR)
    await campaign_settle(world, 0)
    assert got(world, "anna") == 1
    world.clock.advance(WEEK)
    await campaign_settle(world, 0)
    assert got(world, "anna") == 2


async def anna_taps_every_photo_twice(world: World) -> None:
    await world.do("owner", commands.SetSetting(key="holdout_percent", value=0))
    await show_article(world, 0)
    for photo in world.query("select id from media where mime = 'image/webp'") * 2:
        await world.do("anna", commands.TapPhoto(
            message_id=message_of(world, "anna"), media_id=photo["id"]))  # fmt: skip
    world.check_tables()
    assert len(world.query("select 1 from enquiry")) == 1


def message_of(world: World, name: str) -> int:
    found = world.query("select id from message where addressee_id = ?", world.member_id(name))
    return int(found[0]["id"])


BROKEN: dict[Break, Day] = {
    campaign_breaks.nobody_is_asked_again: bea_opts_out_before_her_turn,
    campaign_breaks.the_cap_is_not_asked: four_in_a_week,
    campaign_breaks.messages_leave_without_their_recipients: everybody_gets_one,
    campaign_breaks.recipients_are_written_without_a_message: everybody_gets_one,
    campaign_breaks.cancelled_ones_stay_open: cancelled_in_the_middle,
    campaign_breaks.done_does_not_wait_for_the_deferred: the_fourth_waits_for_next_week,
    campaign_breaks.over_the_cap_is_dropped: the_fourth_waits_for_next_week,
    campaign_breaks.the_night_is_like_the_day: sent_in_the_night,
    campaign_breaks.what_was_slept_over_leaves_in_silence: slept_over,
    campaign_breaks.nothing_can_be_undone: undone_in_time,
    campaign_breaks.the_last_variant_wins: two_variants_both_match,
    campaign_breaks.copies_keep_their_words: taken_back_after_anna_read_it,
    campaign_breaks.a_recalled_campaign_keeps_its_own_words: taken_back_after_anna_read_it,
    campaign_breaks.previews_keep_recalled_words: taken_back_after_anna_read_it,
    campaign_breaks.readers_are_not_told: taken_back_after_anna_read_it,
    campaign_breaks.reading_is_not_noted: taken_back_after_anna_read_it,
    campaign_breaks.writing_moves_no_sums: everybody_gets_one,
    campaign_breaks.reading_moves_no_sums: taken_back_after_anna_read_it,
    campaign_breaks.whoever_reads_is_a_reader_once_more: two_are_read_at_once,
    campaign_breaks.nobody_is_followed: anna_reads_it_and_is_erased,
    campaign_breaks.the_clock_is_never_set_back: bea_opts_out_and_the_clock_is_set_back,
    campaign_breaks.it_is_sent_again_to_everybody: sent_again_to_who_did_not_read_it,
    campaign_breaks.a_series_begins_whenever_it_is_looked_at: every_week,
    campaign_breaks.every_tap_counts: anna_taps_every_photo_twice,
    campaign_breaks.campaigns_reach_members: phones_are_connected,
}
DAYS = sorted(set(BROKEN.values()), key=lambda day: day.__name__)


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.__name__)
def test_a_sound_relay_survives_the_day(day: Day, tmp_path: Path) -> None:
    spend(tmp_path, day)


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda found: found.__name__)
def test_a_broken_relay_does_not(
    break_it: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((AssertionError, TimeoutError)):
        spend(tmp_path, BROKEN[break_it], lambda: break_it(monkeypatch))
