"""What a restored backup does before it serves, with one mechanism broken on purpose each time.

As ``test_relay_broken``: a short day that a sound relay survives has to end in a failed
comparison.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from console.relay.actor import RELAY
from console.relay.internal import FireScheduled, PruneFeed
from console.wire import commands
from tests.helpers import restore_breaks
from tests.helpers.campaign_days import got, plan, send, start, state, write_one
from tests.helpers.relay_campaign_moves import campaign_settle
from tests.helpers.relay_days import Day, spend
from tests.helpers.relay_restore_moves import restored
from tests.helpers.relay_world import World
from tests.helpers.restore_breaks import Break

MINUTE, DAY_S = 60, 86_400


async def bea_opts_out_after_the_backup(world: World) -> None:
    await start(world)
    backup = world.back_up()
    await world.opt_out("bea")
    await restored(world, backup)
    await world.do("owner", commands.ResumeCampaign(client_id="c"))
    await campaign_settle(world, 0)
    world.check_tables()
    assert (got(world, "anna"), got(world, "bea")) == (1, 0)


async def bea_says_no_and_yes_again(world: World) -> None:
    backup = world.back_up()
    await world.opt_out("bea")
    await world.do("bea", commands.SetConsent(purpose="marketing", granted=True))
    await restored(world, backup)
    member = world.member_id("bea")
    assert world.query("select marketing from member where id = ?", member)[0][0] == 1


async def half_of_it_was_sent(world: World) -> None:
    await start(world)
    backup = world.back_up()
    await campaign_settle(world, 0)
    await restored(world, backup)
    world.clock.advance(MINUTE)
    await campaign_settle(world, 0)
    assert (state(world), got(world, "anna")) == ("paused", 0)


async def it_was_to_be_sent_tomorrow(world: World) -> None:
    await plan(world)
    await world.do("owner", commands.ScheduleCampaign(
        client_id="c", at=world.clock.now() + timedelta(days=1)))  # fmt: skip
    backup = world.back_up()
    await world.say("anna", "anna")
    await restored(world, backup)
    world.clock.advance(DAY_S)
    await campaign_settle(world, 0)
    assert (state(world), got(world, "anna")) == ("late", 0)


async def a_letter_was_due(world: World) -> None:
    await world.do("clerk", commands.ScheduleMessage(
        conversation_id=world.conversation("anna"), client_id="later", body="到货了",
        due_at=world.clock.now() + timedelta(days=1)))  # fmt: skip
    backup = world.back_up()
    await world.do("clerk", commands.ChangeScheduled(client_id="later", body="没有到货"))
    await restored(world, backup)
    await world.core.call(RELAY, FireScheduled())
    world.clock.advance(DAY_S)
    await world.core.call(RELAY, FireScheduled())
    found = world.query("select state, code from scheduled")[0]
    assert tuple(found) == ("missed", "schedule.restored")
    assert not world.query("select 1 from message where client_id = 'later'")


async def what_staff_wrote_is_erased_after_the_backup(world: World) -> None:
    thread = world.conversation("anna")
    later = world.clock.now() + timedelta(days=1)
    for command in (
        commands.AddNote(conversation_id=thread, client_id="n", body="老顾客"),
        commands.ScheduleMessage(
            conversation_id=thread, client_id="s", body="老顾客", due_at=later),
        commands.SaveQuickReply(client_id="q", title="老顾客", body="老顾客"),
        commands.SaveTemplate(client_id="t", title="老顾客", body="老顾客"),
        commands.SaveCampaign(
            client_id="c", variants=[commands.VariantDraft(name="a", body="老顾客")]),
    ):  # fmt: skip
        assert (await world.do("owner", command)).refusal is None
    backup = world.back_up()
    for command in (
        commands.RemoveNote(client_id="n"), commands.CancelScheduled(client_id="s"),
        commands.RemoveQuickReply(client_id="q"), commands.RemoveTemplate(client_id="t"),
        commands.RemoveCampaign(client_id="c"),
    ):  # fmt: skip
        assert (await world.do("owner", command)).refusal is None
    await restored(world, backup)
    kept = {table: len(world.query(f"select 1 from {table}"))
            for table in ("note", "quick_reply", "template", "campaign")}  # fmt: skip
    assert kept == dict.fromkeys(kept, 0)
    assert [tuple(row) for row in world.query("select state, body from scheduled")] == [
        ("cancelled", "")
    ]
    while "老顾客".encode() in world.path.read_bytes():
        # The journal is folded in between two commands, once no reader needs it.
        await world.core.call(RELAY, PruneFeed())


async def bea_is_blocked_after_the_backup(world: World) -> None:
    backup = world.back_up()
    bea = world.member_id("bea")
    await world.do("owner", commands.SetBlocked(member_id=bea, blocked=True, reason="骂人"))
    await restored(world, backup)
    assert world.query("select blocked from member where id = ?", bea)[0][0] == 1


async def the_clerk_loses_a_scope_after_the_backup(world: World) -> None:
    staff_id = world.phones["clerk"].actor.id
    await world.grant("members", granted=True)
    backup = world.back_up()
    await world.grant("members", granted=False)
    await restored(world, backup)
    assert not world.query(
        'select 1 from "grant" where reader_kind = \'staff\' and reader_id = ?'
        " and scope = 'members' and revoked_at is null", staff_id)  # fmt: skip


async def anna_and_bea_are_one_and_want_fewer_notices(world: World) -> None:
    anna, bea = world.member_id("anna"), world.member_id("bea")
    backup = world.back_up()
    await world.do("owner", commands.MergeMembers(keep_id=anna, gone_id=bea))
    assert (await world.do("anna", commands.SetWeeklyCap(cap=1))).refusal is None
    await restored(world, backup)
    assert [row[0] for row in world.query(
        "select weekly_cap from member where id in (?, ?)", anna, bea)] == [1, 1]  # fmt: skip


async def everybody_says_no_yes_and_no(world: World) -> None:
    """Many of a kind are repeated at once; the last word of each counts."""
    backup = world.back_up()
    for name, last in (("anna", False), ("bea", True)):
        for granted in (False, True, last):
            await world.do(name, commands.SetConsent(purpose="marketing", granted=granted))
    lines = world.query("select count(*) from consent")[0][0]
    await restored(world, backup)
    world.check_tables()
    assert world.query("select count(*) from consent")[0][0] == lines
    says = {name: world.query("select marketing from member where id = ?", world.member_id(name))
            for name in ("anna", "bea")}  # fmt: skip
    assert {name: row[0][0] for name, row in says.items()} == {"anna": 0, "bea": 1}


async def bea_is_erased_after_the_backup(world: World) -> None:
    await world.say("bea", "bea", "我的地址是人民路")
    backup = world.back_up()
    await world.erase("bea")
    await restored(world, backup)
    world.check_tables()
    assert not world.query("select 1 from message where body like '%人民路%'")


async def words_are_taken_back_after_the_backup(world: World) -> None:
    await world.say("anna", "anna", "说错了")
    backup = world.back_up()
    await world.recall("anna", 0)
    await restored(world, backup)
    assert not world.query("select 1 from message where body = '说错了'")
    assert not world.query("select 1 from conversation where preview_text = '说错了'")


async def a_campaign_is_taken_back_after_the_backup(world: World) -> None:
    await send(world)
    backup = world.back_up()
    await world.do("owner", commands.RecallCampaign(client_id="c"))
    await campaign_settle(world, 0)
    await restored(world, backup)
    # Nobody is served before the last copy is gone.
    assert not world.query("select 1 from message where body != ''")
    world.check_tables()


async def only_ids_are_new(world: World) -> None:
    backup = world.back_up()
    await world.say("anna", "anna")
    await world.say("anna", "anna")
    highest = world.query("select max(id) from message")[0][0]
    await restored(world, backup)
    await world.say("anna", "anna")
    assert world.query("select min(id) from message")[0][0] > highest


async def the_till_is_shut_out_after_the_backup(world: World) -> None:
    backup = world.back_up()
    device = world.phones["till"].actor.device_id
    await world.do("owner", commands.RevokeDevice(device_id=device))
    await restored(world, backup)


async def the_clerk_leaves_after_the_backup(world: World) -> None:
    backup = world.back_up()
    staff_id = world.phones["clerk"].actor.id
    await world.do("owner", commands.SetStaffActive(staff_id=staff_id, active=False))
    await restored(world, backup)
    assert not world.query("select active from staff where id = ?", staff_id)[0][0]


async def two_are_told_apart_after_the_backup(world: World) -> None:
    anna, bea = world.member_id("anna"), world.member_id("bea")
    await world.say("bea", "bea", "贝亚的话")
    await world.do("owner", commands.MergeMembers(keep_id=anna, gone_id=bea))
    backup = world.back_up()
    merge = world.query("select id from member_merge")[0][0]
    await world.do("owner", commands.UnmergeMembers(merge_id=merge))
    await restored(world, backup)
    theirs = world.query("select conversation_id from message where body = '贝亚的话'")
    owner = world.query("select member_id from conversation where id = ?", theirs[0][0])
    assert owner[0][0] == bea


async def nothing_is_restored_twice(world: World) -> None:
    backup = world.back_up()
    await world.opt_out("bea")
    await restored(world, backup)
    await world.restart()
    assert not world.core.restored
    await world.do("bea", commands.SetConsent(purpose="marketing", granted=True))
    later = world.back_up()
    await world.say("anna", "anna")
    await restored(world, later)
    member = world.member_id("bea")
    assert world.query("select marketing from member where id = ?", member)[0][0] == 1


async def the_same_backup_comes_back_twice(world: World) -> None:
    backup = world.back_up()
    await world.opt_out("bea")
    await restored(world, backup)
    await world.opt_out("anna")
    await restored(world, backup)
    found = world.query("select id from member where marketing")
    assert not {row["id"] for row in found} & {world.member_id("anna"), world.member_id("bea")}


async def a_crash_is_no_restore(world: World) -> None:
    await start(world)
    await write_one(world)
    await world.opt_out("bea")
    await world.restart(crash=True)
    assert (world.core.restored, state(world)) == (False, "sending")


async def the_file_is_lost(world: World) -> None:
    """The disk it lay on broke: it is written again from what the database tells."""
    await world.opt_out("bea")
    backup = world.back_up()
    await world.opt_out("anna")
    for kept in (world.folder / "journal").iterdir():
        kept.unlink()
    await world.restart()
    assert not world.core.restored
    await restored(world, backup)


BROKEN: dict[Break, Day] = {
    restore_breaks.the_file_is_never_written: bea_opts_out_after_the_backup,
    restore_breaks.how_far_it_came_is_not_noted: half_of_it_was_sent,
    restore_breaks.campaigns_go_on: half_of_it_was_sent,
    restore_breaks.copies_are_erased_later: a_campaign_is_taken_back_after_the_backup,
    restore_breaks.messages_that_wait_leave: a_letter_was_due,
    restore_breaks.ids_begin_where_the_backup_ended: only_ids_are_new,
    restore_breaks.what_was_repeated_is_not_kept: nothing_is_restored_twice,
    restore_breaks.no_to_marketing_is_not_repeated: bea_opts_out_after_the_backup,
    restore_breaks.erasures_are_not_repeated: bea_is_erased_after_the_backup,
    restore_breaks.undone_merges_are_not_repeated: two_are_told_apart_after_the_backup,
    restore_breaks.recalls_are_not_repeated: words_are_taken_back_after_the_backup,
    restore_breaks.recalled_campaigns_are_not_repeated: a_campaign_is_taken_back_after_the_backup,
    restore_breaks.what_staff_erased_is_back: what_staff_wrote_is_erased_after_the_backup,
    restore_breaks.blocked_members_are_heard: bea_is_blocked_after_the_backup,
    restore_breaks.weekly_numbers_are_not_repeated: anna_and_bea_are_one_and_want_fewer_notices,
    restore_breaks.scopes_come_back: the_clerk_loses_a_scope_after_the_backup,
    restore_breaks.revoked_devices_are_let_in: the_till_is_shut_out_after_the_backup,
    restore_breaks.colleagues_who_left_are_let_in: the_clerk_leaves_after_the_backup,
}
DAYS = sorted({
    *BROKEN.values(), bea_says_no_and_yes_again, it_was_to_be_sent_tomorrow, a_crash_is_no_restore,
    the_same_backup_comes_back_twice, the_file_is_lost, everybody_says_no_yes_and_no,
}, key=lambda day: day.__name__)  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.__name__)
def test_a_sound_relay_survives_the_day(day: Day, tmp_path: Path) -> None:
    spend(tmp_path, day)


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda found: found.__name__)
def test_a_broken_relay_does_not(
    break_it: Break, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((AssertionError, TimeoutError)):
        spend(tmp_path, BROKEN[break_it], lambda: break_it(monkeypatch))
