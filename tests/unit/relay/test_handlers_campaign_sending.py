"""A campaign reaches everybody who may get it once, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from console.relay.actor import RELAY
from console.relay.internal import AdvanceCampaigns, TurnBackSeries
from console.wire import commands
from console.wire.campaign_rows import Weekly
from console.wire.errors import Code
from tests.helpers.campaign_kit import advance, frozen, members, sent, settle, variant
from tests.helpers.relay_kit import add_stock, new_member, text
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in, recipients, willing
from tests.unit.relay.merging import merge, whose
from tests.unit.relay.shop import Shop

_DAY_MS = 86_400_000
HOUR = 3_600


@pytest.fixture(autouse=True)
def _nobody_is_held_out(shop: Shop) -> None:
    keep_in(shop, shop.anna, shop.bea)


async def start(shop: Shop, client_id: str = "c", **fields: object) -> None:
    """Frozen and begun, but nothing has left yet."""
    await frozen(shop.core, shop.clerk, client_id, **fields)
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id=client_id))


async def test_each_gets_it_once_and_the_counts_add_up(shop: Shop) -> None:
    many = await willing(shop, 5)
    await start(shop)
    for _ in range(9):
        await advance(shop.core, 2)
    row = campaign(shop)
    assert (row["state"], row["next_at"]) == ("done", None)
    assert row["counts"] == {"written": 6, "skipped": 1}
    for one in [shop.anna, *many]:
        assert bodies(shop, one) == ["新款到店"]
        mine = recipients(shop)[one.id]
        message = shop.rows("select * from message where id = ?", mine["message_id"])[0]
        assert (message["campaign_id"], message["addressee_id"]) == (row["id"], one.id)
        assert (message["sender_kind"], mine["counted"]) == ("system", 1)


async def test_several_at_once_write_nobody_twice(shop: Shop) -> None:
    await willing(shop, 6)
    await start(shop)
    await asyncio.gather(*(shop.core.call(RELAY, AdvanceCampaigns(at_most=2)) for _ in range(8)))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"written": 7, "skipped": 1}
    assert len(shop.rows("select 1 from message")) == 7


async def test_it_neither_waits_nor_moves_up_in_the_inbox(shop: Shop) -> None:
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "在吗"))
    before = shop.conversation(shop.anna)
    shop.clock.advance(60)
    await sent(shop.core, shop.clerk)
    after = shop.conversation(shop.anna)
    for name in ("waiting_since", "last_message_at", "status", "assignee_id"):
        assert after[name] == before[name]
    assert after["last_seq"] == before["last_seq"] + 1


async def test_fields_are_hers_and_blanks_their_fallback(shop: Shop) -> None:
    product_id, variant_id = await add_stock(shop.core)
    [cara] = await willing(shop, name="Cara", birthday="05-20")
    await shop.core.call(shop.clerk, commands.RecordEnquiry(
        member_id=shop.anna.id, product_id=product_id))  # fmt: skip
    await shop.core.call(shop.clerk, commands.RecordPurchase(
        member_id=cara.id, variant_id=variant_id, quantity=1, amount=100))  # fmt: skip
    body = "{name}:{last_asked}/{last_bought}/{birthday}/{points}/{coupon}"
    fields = {"last_asked": "新款", "last_bought": "旧款", "birthday": "生日", "coupon": "券"}
    await sent(shop.core, shop.clerk, "c", variant(body, fields=fields))
    assert bodies(shop, shop.anna) == ["林晓雯:风衣/旧款/生日/0/券"]
    assert bodies(shop, cara) == ["Cara:新款/风衣/5月20日/0/券"]


async def test_chance_gives_some_version_a_and_the_others_b_also_when_it_is_sent_again(
    shop: Shop,
) -> None:
    every = [shop.anna, *await willing(shop, 8)]
    versions = variant("A", "A", share=50), variant("B", "B")
    await sent(shop.core, shop.clerk, "c", *versions, rule=members(*every))
    got = {each.id: bodies(shop, each) for each in every}
    assert set(map(tuple, got.values())) == {("A",), ("B",)}
    assert {who: [row["variant"]] for who, row in recipients(shop).items()} == got
    await shop.core.call(shop.clerk, commands.ResendCampaign(
        client_id="c", new_id="r", to="unread"))  # fmt: skip
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    again = {who: [row["variant"]] for who, row in recipients(shop, "r").items()}
    assert again == got


# --- who must not get it --------------------------------------------------------------------------


async def test_who_opts_out_before_her_turn_gets_nothing(shop: Shop) -> None:
    [cara] = await willing(shop)
    await start(shop)
    await advance(shop.core, 1)
    await shop.core.call(cara, text(cara.conversation_id, "TD"))
    await settle(shop.core)
    assert bodies(shop, cara) == ["TD"]
    mine = recipients(shop)[cara.id]
    assert (mine["state"], mine["reason"]) == ("skipped", "opted_out")
    assert campaign(shop)["state"] == "done"


async def test_who_is_blocked_before_her_turn_gets_nothing(shop: Shop) -> None:
    await start(shop)
    shop.block(shop.anna)
    await settle(shop.core)
    assert recipients(shop)[shop.anna.id]["reason"] == "blocked"


@pytest.mark.parametrize("when", ["before", "after"])
async def test_of_an_erased_member_nothing_is_left(shop: Shop, when: str) -> None:
    await start(shop)
    if when == "after":
        await settle(shop.core)
        await shop.core.call(shop.anna, commands.Seen(
            conversation_id=shop.anna.conversation_id, read=1))  # fmt: skip
    await shop.core.call(shop.anna, commands.EraseMember())
    await settle(shop.core)
    mine = recipients(shop)[shop.anna.id]
    assert (mine["state"], mine["reason"]) == ("skipped", "erased")
    assert (mine["message_id"], mine["read_at"]) == (None, None)
    assert shop.rows("select 1 from message") == []
    row = campaign(shop)
    assert (row["state"], row["counts"]) == ("done", {"skipped": 2})


async def test_the_weekly_cap_holds_across_campaigns(shop: Shop) -> None:
    for number in range(4):
        await sent(shop.core, shop.clerk, f"c{number}")
    assert len(bodies(shop, shop.anna)) == 3
    mine = recipients(shop, "c3")[shop.anna.id]
    assert (mine["state"], mine["reason"]) == ("skipped", "cap")


async def test_a_recall_does_not_give_the_cap_back(shop: Shop) -> None:
    await shop.core.call(shop.anna, commands.SetWeeklyCap(cap=1))
    await sent(shop.core, shop.clerk)
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="c"))
    await settle(shop.core)
    await sent(shop.core, shop.clerk, "again")
    assert recipients(shop, "again")[shop.anna.id]["reason"] == "cap"


async def test_whom_the_cap_holds_back_gets_it_next_week_by_priority(shop: Shop) -> None:
    await shop.core.call(shop.anna, commands.SetWeeklyCap(cap=1))
    await sent(shop.core, shop.clerk, "first")
    only = members(shop.anna)
    await sent(shop.core, shop.clerk, "low", variant("低"), rule=only, defer=True, priority=1)
    await sent(shop.core, shop.clerk, "high", variant("高"), rule=only, defer=True, priority=9)
    mine = recipients(shop, "low")[shop.anna.id]
    monday = shop.clock.now() + timedelta(days=7, hours=-1)
    assert (mine["state"], mine["until"]) == ("deferred", int(monday.timestamp() * 1000))
    assert campaign(shop, "low")["state"] == "sending"
    shop.clock.advance(7 * 24 * HOUR - HOUR)
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["新款到店", "高"]
    assert (campaign(shop, "high")["state"], campaign(shop, "low")["state"]) == ("done", "sending")
    shop.clock.advance(7 * 24 * HOUR)
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["新款到店", "高", "低"]
    assert campaign(shop, "low")["state"] == "done"


async def test_after_weeks_of_waiting_it_is_let_go(shop: Shop) -> None:
    await shop.core.call(shop.anna, commands.SetWeeklyCap(cap=1))
    await sent(shop.core, shop.clerk, "w0")
    await sent(shop.core, shop.clerk, "low", rule=members(shop.anna), defer=True, priority=0)
    for week in range(1, 6):
        shop.clock.advance(7 * 24 * HOUR)
        await sent(shop.core, shop.clerk, f"w{week}")
        await settle(shop.core)
    mine = recipients(shop, "low")[shop.anna.id]
    assert (mine["state"], mine["reason"]) == ("skipped", "cap")
    assert campaign(shop, "low")["state"] == "done"


# --- time -----------------------------------------------------------------------------------------


async def test_at_night_it_waits_for_the_morning(shop: Shop) -> None:
    shop.clock.advance(12 * HOUR)
    await start(shop)
    await settle(shop.core)
    assert (bodies(shop, shop.anna), campaign(shop)["state"]) == ([], "sending")
    shop.clock.advance(11 * HOUR - 1)
    assert await advance(shop.core) == 0
    shop.clock.advance(1)
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["新款到店"]


async def schedule(shop: Shop, hours: float) -> None:
    await frozen(shop.core, shop.clerk)
    at = shop.clock.now() + timedelta(hours=hours)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c", at=at))


async def test_slept_over_for_two_hours_it_is_sent_and_longer_it_asks(shop: Shop) -> None:
    await schedule(shop, 1)
    shop.clock.advance(3 * HOUR + 0.001)
    await settle(shop.core)
    assert (campaign(shop)["state"], bodies(shop, shop.anna)) == ("late", [])
    await shop.core.call(shop.owner, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    assert (campaign(shop)["state"], bodies(shop, shop.anna)) == ("done", ["新款到店"])


async def test_two_hours_exactly_are_not_late(shop: Shop) -> None:
    await schedule(shop, 1)
    shop.clock.advance(3 * HOUR)
    await settle(shop.core)
    assert campaign(shop)["state"] == "done"


async def test_due_in_the_night_it_is_not_late_in_the_morning(shop: Shop) -> None:
    await schedule(shop, 14)
    shop.clock.advance(23.5 * HOUR)
    await settle(shop.core)
    assert campaign(shop)["state"] == "done"


async def test_a_late_one_may_be_planned_anew_or_undone(shop: Shop) -> None:
    await schedule(shop, 1)
    shop.clock.advance(4 * HOUR)
    await settle(shop.core)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    assert campaign(shop)["state"] == "scheduled"
    shop.clock.advance(4 * HOUR)
    await settle(shop.core)
    await shop.core.call(shop.clerk, commands.UndoCampaign(client_id="c"))
    assert campaign(shop)["state"] == "draft"


async def test_slept_over_in_the_middle_it_asks_and_goes_on_with_the_rest(shop: Shop) -> None:
    await willing(shop, 3)
    await start(shop)
    await advance(shop.core, 2)
    shop.clock.advance(3 * HOUR)
    await settle(shop.core)
    assert campaign(shop)["state"] == "late"
    undo = commands.UndoCampaign(client_id="c")
    assert await shop.refused(shop.clerk, undo) is Code.CAMPAIGN_STATE
    await shop.core.call(shop.clerk, commands.ResumeCampaign(client_id="c"))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"written": 4, "skipped": 1}


async def test_paused_nothing_leaves_and_resumed_the_rest_does(shop: Shop) -> None:
    await willing(shop, 3)
    await start(shop)
    await advance(shop.core, 2)
    await shop.core.call(shop.clerk, commands.PauseCampaign(client_id="c"))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"pending": 2, "written": 2, "skipped": 1}
    await shop.core.call(shop.clerk, commands.ResumeCampaign(client_id="c"))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"written": 4, "skipped": 1}


async def test_cancelled_the_rest_never_gets_it(shop: Shop) -> None:
    await willing(shop, 3)
    await start(shop)
    await advance(shop.core, 2)
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    await settle(shop.core)
    row = campaign(shop)
    assert (row["state"], row["counts"]) == (
        "cancelled", {"cancelled": 2, "written": 2, "skipped": 1},
    )  # fmt: skip
    resume = commands.ResumeCampaign(client_id="c")
    assert await shop.refused(shop.clerk, resume) is Code.CAMPAIGN_STATE


# --- each week ------------------------------------------------------------------------------------


async def weekly(shop: Shop) -> None:
    """Every Wednesday at noon in Shanghai; it is Monday at ten."""
    await frozen(shop.core, shop.clerk, weekly=Weekly(weekday=2, minute=12 * 60))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))


def occurrences(shop: Shop) -> list[tuple[str, str]]:
    found = shop.rows("select state, counts from campaign where kind = 'occurrence' order by id")
    return [(row["state"], json.loads(row["counts"]).get("written", 0)) for row in found]


async def test_a_series_sends_an_occurrence_each_week_to_who_is_there_then(shop: Shop) -> None:
    await weekly(shop)
    assert campaign(shop)["counts"] == {}
    await settle(shop.core)
    assert occurrences(shop) == []
    shop.clock.advance(50 * HOUR)
    await settle(shop.core)
    assert occurrences(shop) == [("done", 1)]
    await willing(shop)
    shop.clock.advance(7 * 24 * HOUR)
    await settle(shop.core)
    assert occurrences(shop) == [("done", 1), ("done", 2)]
    assert campaign(shop)["state"] == "scheduled"
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    shop.clock.advance(7 * 24 * HOUR)
    await settle(shop.core)
    assert len(occurrences(shop)) == 2


async def test_a_series_goes_on_after_a_clock_that_was_months_ahead(shop: Shop) -> None:
    await weekly(shop)
    shop.clock.advance((2 * 24 + 80 * 24 + 2) * HOUR)
    await settle(shop.core)
    assert occurrences(shop) == [("late", 0)]
    shop.clock.advance(-80 * 24 * HOUR - HOUR)
    await shop.core.call(RELAY, TurnBackSeries())
    assert await shop.core.call(RELAY, TurnBackSeries()) == {"done": 0}
    shop.clock.advance(HOUR)
    for week in range(1, 12):
        await settle(shop.core)
        assert occurrences(shop)[1:] == [("done", 1)] * week
        shop.clock.advance(7 * 24 * HOUR)
    # It is the week that it was ahead to: that one has begun already.
    await settle(shop.core)
    assert len(occurrences(shop)) == 12
    shop.clock.advance(7 * 24 * HOUR)
    await settle(shop.core)
    assert len(occurrences(shop)) == 13


async def test_a_series_that_is_to_begin_in_weeks_stays_where_it_is(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk, weekly=Weekly(weekday=2, minute=12 * 60))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(
        client_id="c", at=shop.clock.now() + timedelta(weeks=3)))  # fmt: skip
    before = campaign(shop)["next_at"]
    assert await shop.core.call(RELAY, TurnBackSeries()) == {"done": 0}
    assert campaign(shop)["next_at"] == before


async def test_a_series_slept_over_for_weeks_asks_once(shop: Shop) -> None:
    await weekly(shop)
    shop.clock.advance(24 * 24 * HOUR)
    await settle(shop.core)
    assert occurrences(shop) == [("late", 0)]
    shop.clock.advance(-14 * 24 * HOUR)
    await settle(shop.core)
    assert occurrences(shop) == [("late", 0)]


async def test_a_series_whose_rule_is_lost_asks_and_is_scheduled_anew(shop: Shop) -> None:
    await weekly(shop)
    shop.write("""update campaign set rule = '{"leaf": "segment", "id": 7}'""")
    shop.clock.advance(50 * HOUR)
    await settle(shop.core)
    assert (campaign(shop)["state"], occurrences(shop)) == ("late", [])
    resume = commands.ResumeCampaign(client_id="c")
    assert await shop.refused(shop.clerk, resume) is Code.CAMPAIGN_STATE
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    assert campaign(shop)["state"] == "scheduled"


# --- again, and what members do -------------------------------------------------------------------


async def test_reading_and_answering_are_noted_from_her_own_reports(shop: Shop) -> None:
    [cara] = await willing(shop)
    await sent(shop.core, shop.clerk)
    shop.clock.advance(60)
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, delivered=1, read=0))  # fmt: skip
    assert recipients(shop)[shop.anna.id]["read_at"] is None
    long_ago = shop.clock.now() - timedelta(days=3)
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=1, at=long_ago))  # fmt: skip
    mine = recipients(shop)[shop.anna.id]
    assert mine["read_at"] == mine["written_at"]
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "有 L 码吗"))
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "在吗"))
    assert recipients(shop)[shop.anna.id]["replied_at"] is not None
    await shop.core.call(shop.clerk, text(cara.conversation_id, "您好"))
    assert recipients(shop)[cara.id]["replied_at"] is None
    assert campaign(shop)["counts"] == {"written": 2, "skipped": 1, "read": 1, "replied": 1}


async def test_an_answer_counts_in_its_day_up_to_the_longest_window(shop: Shop) -> None:
    await willing(shop)
    await sent(shop.core, shop.clerk)
    said = (shop.anna.conversation_id, "有 L 码吗")
    shop.clock.advance(timedelta(days=30, seconds=1).total_seconds())
    await shop.core.call(shop.anna, text(*said))
    assert recipients(shop)[shop.anna.id]["replied_at"] is None
    shop.clock.advance(-timedelta(days=21, hours=1).total_seconds())
    await shop.core.call(shop.anna, text(*said))
    mine = recipients(shop)[shop.anna.id]
    assert 8 * _DAY_MS < mine["replied_at"] - mine["written_at"] <= 9 * _DAY_MS
    [tally] = shop.rows("select * from campaign_tally where replied > 0")
    assert json.loads(tally["answered_within"]) == [*[0] * 8, 1]
    assert json.loads(tally["read_answered_within"]) == []


async def test_it_is_sent_again_to_those_who_did_not_read_it(shop: Shop) -> None:
    [cara] = await willing(shop)
    await sent(shop.core, shop.clerk)
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=1))  # fmt: skip
    again = commands.ResendCampaign(client_id="c", new_id="r", to="unread")
    assert await shop.core.call(shop.clerk, again) == await shop.core.call(shop.clerk, again)
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r"))
    await settle(shop.core)
    assert set(recipients(shop, "r")) == {cara.id}
    assert bodies(shop, cara) == ["新款到店"] * 2
    assert campaign(shop, "r")["parent_id"] == campaign(shop)["id"]


async def test_who_reads_it_before_it_is_sent_again_gets_it_no_second_time(shop: Shop) -> None:
    [cara] = await willing(shop)
    await sent(shop.core, shop.clerk)
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="r"))
    await shop.core.call(cara, commands.Seen(conversation_id=cara.conversation_id, read=1))
    shop.clock.advance(60)
    await settle(shop.core)
    assert bodies(shop, cara) == ["新款到店"]
    assert bodies(shop, shop.anna) == ["新款到店"] * 2
    row = recipients(shop, "r")[cara.id]
    assert (row["state"], row["reason"]) == ("skipped", "read")


async def test_it_is_sent_again_to_those_it_did_not_reach(shop: Shop) -> None:
    await start(shop)
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r",
                                                             to="unreached"))  # fmt: skip
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r"))
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["新款到店"]


async def test_a_merged_guest_who_got_it_under_both_names_keeps_both(shop: Shop) -> None:
    guest = await shop.guest("13800000001")
    shop.write("update member set marketing = 1 where id = ?", guest.id)
    keep_in(shop, guest)
    await sent(shop.core, shop.clerk)
    await shop.core.call(shop.owner, commands.MergeMembers(
        keep_id=shop.anna.id, gone_id=guest.id))  # fmt: skip
    assert bodies(shop, shop.anna) == ["新款到店"] * 2
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=2))  # fmt: skip
    assert campaign(shop)["counts"]["read"] == 2


async def test_a_guest_confirmed_before_her_turn_gets_it_as_who_she_is_now(shop: Shop) -> None:
    guest = await new_member(shop.core, phone="13911112222", marketing=True)
    shop.write("update member set state = 'known', phone = (select phone from member where id = ?)"
               " where id = ?", guest.id, shop.bea.id)  # fmt: skip
    keep_in(shop, guest, shop.bea)
    await frozen(shop.core, shop.clerk, rule=members(guest, shop.bea))
    assert recipients(shop)[shop.bea.id]["reason"] == "not_joined"
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    assert bodies(shop, shop.bea) == ["新款到店"]
    row = recipients(shop)[guest.id]
    assert (row["state"], row["reason"]) == ("written", "")
    await shop.core.call(await whose(shop, guest), commands.Seen(
        conversation_id=shop.bea.conversation_id, read=1))  # fmt: skip
    assert campaign(shop)["counts"] == {"written": 1, "skipped": 1, "read": 1}


@pytest.mark.parametrize("at_once", [1, 5_000])
async def test_two_who_became_one_before_their_turn_get_it_once(shop: Shop, at_once: int) -> None:
    """Whichever of them it reached first; nobody was missed."""
    shop.write("update member set marketing = 1 where id = ?", shop.bea.id)
    keep_in(shop, shop.anna, shop.bea)
    await frozen(shop.core, shop.clerk)
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    if at_once == 1:
        await advance(shop.core, 1)
    await shop.core.call(shop.clerk, commands.MergeMembers(
        keep_id=shop.bea.id, gone_id=shop.anna.id))  # fmt: skip
    await settle(shop.core)
    assert bodies(shop, shop.bea) == ["新款到店"]
    found = {each: (row["state"], row["reason"]) for each, row in recipients(shop).items()}
    assert found == {shop.anna.id: ("written", ""), shop.bea.id: ("skipped", "merged")}
    await shop.core.call(shop.clerk, commands.ResendCampaign(
        client_id="c", new_id="r", to="unreached"))  # fmt: skip
    freeze = commands.FreezeCampaign(client_id="r")
    assert await shop.refused(shop.clerk, freeze) is Code.CAMPAIGN_EMPTY


async def test_what_she_got_before_a_merge_counts_for_her_week(shop: Shop) -> None:
    shop.write("update member set marketing = 1")
    keep_in(shop, shop.anna, shop.bea)
    for client_id in "xyz":
        await sent(shop.core, shop.clerk, client_id, rule=members(shop.bea))
    await merge(shop)
    await sent(shop.core, shop.clerk, rule=members(shop.anna))
    assert recipients(shop)[shop.anna.id]["reason"] == "cap"


async def test_late_occurrences_planned_for_one_time_take_no_weeks_place(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="s", variants=[variant()], weekly=Weekly(weekday=1, minute=600)))  # fmt: skip
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="s"))
    slot = (await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="s")))["due_at"]
    for week in range(2):
        shop.clock.time = slot + timedelta(weeks=week, hours=3)
        await settle(shop.core)
    late = shop.rows("select client_id from campaign where state = 'late'")
    for row in late:
        await shop.core.call(shop.clerk, commands.ScheduleCampaign(
            client_id=row["client_id"], at=slot + timedelta(weeks=2)))  # fmt: skip
    shop.clock.time = slot + timedelta(weeks=2, seconds=1)
    await settle(shop.core)
    found = shop.rows("select state from campaign where kind = 'occurrence'")
    assert [row["state"] for row in found] == ["done"] * 3
