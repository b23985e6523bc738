"""A whole campaign is taken back: words and photos are gone, and who read it is told."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Connection

from console.relay import lookups
from console.relay.actor import RELAY, Actor
from console.wire import commands
from console.wire.errors import Code
from console.wire.rows import MessageRow
from tests.helpers.campaign_kit import advance, frozen, members, sent, settle, variant
from tests.helpers.relay_kit import text
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in, recipients, willing
from tests.unit.relay.shop import Shop

SECRET = "错的价钱五十元"


@pytest.fixture(autouse=True)
async def _ready(shop: Shop) -> None:
    keep_in(shop, shop.anna, shop.bea)
    await shop.core.call(RELAY, commands.FinishUpload(
        client_id="photo", owner_kind="staff", owner_id=shop.clerk.id, sha256="s",
        mime="image/webp", width=3, height=4, size=5))  # fmt: skip


async def send(shop: Shop) -> None:
    await sent(shop.core, shop.clerk, "c", variant(SECRET, media=["photo"]))


async def read_all(shop: Shop, member: Actor) -> None:
    last = shop.conversation(member)["last_seq"]
    await shop.core.call(member, commands.Seen(
        conversation_id=member.conversation_id, read=last))  # fmt: skip


async def recall(shop: Shop, correction: str = "") -> None:
    await shop.core.call(shop.clerk, commands.RecallCampaign(
        client_id="c", correction_id="fix", correction=correction))  # fmt: skip


async def test_unread_copies_vanish_and_who_read_it_is_told(shop: Shop) -> None:
    [cara] = await willing(shop)
    await send(shop)
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=1))  # fmt: skip
    await recall(shop, "对不起,应为五百元")
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["", "对不起,应为五百元"]
    assert bodies(shop, cara) == [""]
    found = shop.rows("select kind, recalled_at from message where recalled_at is not null"
                      " order by kind")  # fmt: skip
    assert [row["kind"] for row in found] == ["moved", "photo"]
    row = campaign(shop)
    assert row["counts"] == {
        "written": 2, "skipped": 1, "read": 1, "recalled_read": 1, "recalled_unread": 1
    }  # fmt: skip
    fix = campaign(shop, "fix")
    assert (fix["kind"], fix["parent_id"], fix["state"]) == ("correction", row["id"], "done")
    assert set(recipients(shop, "fix")) == {shop.anna.id}
    assert recipients(shop, "fix")[shop.anna.id]["counted"] == 0


async def test_its_words_are_in_no_file_and_its_photos_are_erased(shop: Shop) -> None:
    await send(shop)
    await recall(shop)
    assert campaign(shop)["content"]["variants"] == [{"name": "all"}]
    await settle(shop.core)
    assert shop.conversation(shop.anna)["preview_text"] == ""
    assert shop.rows("select 1 from media where erased_at is null") == []
    await shop.core.close()
    for file in shop.path.parent.glob("relay.sqlite*"):
        assert SECRET.encode() not in file.read_bytes(), file
    await shop.open_anew()


async def test_the_list_shows_what_stood_before_and_who_waits_goes_on_waiting(shop: Shop) -> None:
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "在吗"))
    before = shop.conversation(shop.anna)
    await send(shop)
    await recall(shop)
    await settle(shop.core)
    after = shop.conversation(shop.anna)
    for name in ("preview_kind", "preview_text", "preview_sender", "waiting_since"):
        assert after[name] == before[name]


async def test_from_the_command_on_nobody_gets_it(shop: Shop) -> None:
    await willing(shop, 4)
    await frozen(shop.core, shop.clerk, "c", variant(SECRET))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await advance(shop.core, 2)
    await recall(shop)
    await settle(shop.core)
    row = campaign(shop)
    assert row["state"] == "cancelled"
    assert (row["counts"]["written"], row["counts"]["cancelled"]) == (2, 3)
    assert shop.rows("select 1 from message where body != ''") == []


async def test_a_copy_is_erased_some_at_a_time_and_the_correction_comes_last(shop: Shop) -> None:
    many = [shop.anna, *await willing(shop, 4)]
    await send(shop)
    for one in many:
        await shop.core.call(one, commands.Seen(conversation_id=one.conversation_id, read=1))
    await recall(shop, "更正")
    await advance(shop.core, 2)
    assert campaign(shop, "fix")["state"] == "frozen"
    assert campaign(shop)["counts"]["recalled_read"] == 2
    await settle(shop.core)
    assert [bodies(shop, one) for one in many] == [["", "更正"]] * 5


async def test_what_was_sent_again_is_taken_back_with_it_and_told_once(shop: Shop) -> None:
    await send(shop)
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r"))
    await settle(shop.core)
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r2"))
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=2))  # fmt: skip
    await recall(shop, "更正")
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["", "", "更正"]
    assert campaign(shop, "r2")["state"] == "cancelled"
    assert shop.rows("select 1 from media where erased_at is null") == []


async def test_a_correction_leaves_at_night_too_and_asks_no_cap(shop: Shop) -> None:
    await shop.core.call(shop.anna, commands.SetWeeklyCap(cap=1))
    await send(shop)
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=1))  # fmt: skip
    shop.clock.advance(12 * 3_600)
    await recall(shop, "更正")
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["", "更正"]


async def test_who_opted_out_meanwhile_is_not_told(shop: Shop) -> None:
    await send(shop)
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "TD"))
    await shop.core.call(shop.anna, commands.Seen(
        conversation_id=shop.anna.conversation_id, read=1))  # fmt: skip
    await recall(shop, "更正")
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["", "TD"]
    assert recipients(shop, "fix")[shop.anna.id]["reason"] == "opted_out"


async def test_it_is_taken_back_once_and_not_sent_again(shop: Shop) -> None:
    await send(shop)
    await recall(shop, "更正")
    await settle(shop.core)
    head = shop.core.head
    await recall(shop, "更正")
    assert shop.core.head == head
    again = commands.ResendCampaign(client_id="c", new_id="r")
    assert await shop.refused(shop.clerk, again) is Code.CAMPAIGN_RECALLED


async def test_what_never_left_is_not_taken_back(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk)
    command = commands.RecallCampaign(client_id="c")
    assert await shop.refused(shop.clerk, command) is Code.CAMPAIGN_STATE


async def test_taking_one_copy_back_leaves_the_photo_in_the_others(shop: Shop) -> None:
    [cara] = await willing(shop)
    await send(shop)
    [mine] = shop.rows(
        "select client_id from message where conversation_id = ?", shop.anna.conversation_id
    )
    await shop.core.call(shop.clerk, commands.RecallMessage(client_id=mine["client_id"]))
    assert bodies(shop, cara) == [SECRET]
    assert len(shop.rows("select 1 from media where erased_at is null")) == 1
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="c"))
    await settle(shop.core)
    assert shop.rows("select 1 from media where erased_at is null") == []


async def test_only_those_meant_are_told(shop: Shop) -> None:
    [cara] = await willing(shop)
    await sent(shop.core, shop.clerk, "c", rule=members(cara))
    await recall(shop, "更正")
    await settle(shop.core)
    assert bodies(shop, shop.anna) == []


async def test_a_resend_taken_back_before_its_campaign_keeps_its_own_correction(
    shop: Shop,
) -> None:
    """Each reader is told what concerns what she read, once both are erased."""
    [cara] = await willing(shop)
    await send(shop)
    await read_all(shop, cara)
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="again"))
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="again"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="again"))
    await settle(shop.core)
    await read_all(shop, shop.anna)
    await shop.core.call(shop.clerk, commands.RecallCampaign(
        client_id="again", correction_id="first", correction="第二次的更正"))  # fmt: skip
    await recall(shop, "第一次的更正")
    await settle(shop.core)
    assert {name: campaign(shop, name)["state"] for name in ("first", "fix")} == {
        "first": "done", "fix": "done",
    }  # fmt: skip
    assert bodies(shop, cara) == ["", "第一次的更正"]
    assert sorted(bodies(shop, shop.anna)) == ["", "", "第一次的更正", "第二次的更正"]


async def test_of_a_merged_members_two_copies_the_one_that_stands_shows_the_photo(
    shop: Shop,
) -> None:
    [cara] = await willing(shop)
    await send(shop)
    await shop.core.call(shop.clerk, commands.MergeMembers(
        keep_id=shop.anna.id, gone_id=cara.id))  # fmt: skip
    first = shop.rows("select client_id, media from message order by seq")[0]
    await shop.core.call(shop.clerk, commands.RecallMessage(client_id=first["client_id"]))
    [medium] = json.loads(first["media"])

    def copy(connection: Connection) -> MessageRow | None:
        fact = lookups.medium(connection, medium["id"])
        assert fact is not None
        return lookups.campaign_copy(connection, fact, shop.anna.conversation_id)

    shown = await shop.core.read(copy)
    assert shown is not None
    assert shown.recalled_at is None
