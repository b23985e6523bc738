"""Drafts of campaigns, their audience, and when they are sent."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from console.relay.actor import RELAY
from console.wire import commands
from console.wire.campaign_rows import Weekly
from console.wire.errors import Code
from tests.helpers.campaign_kit import advance, frozen, members, sent, settle, variant
from tests.helpers.relay_kit import add_stock
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in, recipients, willing
from tests.unit.relay.shop import Shop


@pytest.fixture(autouse=True)
def _nobody_is_held_out(shop: Shop) -> None:
    keep_in(shop, shop.anna, shop.bea)


# --- drafts -------------------------------------------------------------------------------------


async def test_a_draft_is_kept_and_changed(shop: Shop) -> None:
    save = commands.SaveCampaign(client_id="c", title=" 周一  上新 ", variants=[variant("一")])
    made = await shop.core.call(shop.clerk, save)
    again = await shop.core.call(shop.owner, commands.SaveCampaign(
        client_id="c", title="周二", variants=[variant("二")]))  # fmt: skip
    assert again == made
    row = campaign(shop)
    assert (row["title"], row["state"], row["created_by"]) == ("周二", "draft", shop.clerk.id)
    assert row["content"]["variants"][0]["body"] == "二"


async def test_what_another_console_saved_meanwhile_is_kept_beside(shop: Shop) -> None:
    def save(body: str, **fields: Any) -> commands.SaveCampaign:
        return commands.SaveCampaign(client_id="c", variants=[variant(body)], **fields)

    await shop.core.call(shop.clerk, save("一"))
    seen = campaign(shop)["rev"]
    await shop.core.call(shop.owner, save("店主的", base_rev=seen))
    await shop.core.call(shop.clerk, save("店员的", base_rev=seen))
    row = campaign(shop)
    assert row["content"]["variants"][0]["body"] == "店员的"
    assert [each["content"]["variants"][0]["body"] for each in row["beside"]] == ["店主的"]
    await shop.core.call(shop.clerk, save("都看过了", base_rev=row["rev"], drop_beside=True))
    assert campaign(shop)["beside"] == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"variants": [variant("x" * 4_001)]}, Code.TEXT_TOO_LONG),
        ({"title": "x" * 81}, Code.TEXT_TOO_LONG),
        ({"variants": [variant(), variant()]}, Code.COMMAND_INVALID),
        ({"variants": [variant(share=101)]}, Code.COMMAND_INVALID),
        ({"variants": [variant(fields={"phone": "x"})]}, Code.COMMAND_INVALID),
        ({"variants": [variant(layout="strip")]}, Code.COMMAND_INVALID),
        ({"variants": [variant(media=["nothing"])]}, Code.UPLOAD_MISSING),
        ({"variants": [variant(media=["media:77"])]}, Code.UPLOAD_MISSING),
        ({"variants": [variant(product_id=7)]}, Code.NOT_FOUND),
        ({"variants": [variant(rule={"no": "rule"})]}, Code.SEGMENT_RULE),
        ({"rule": {"leaf": "nonsense"}}, Code.SEGMENT_RULE),
        ({"rule": {"leaf": "segment", "id": 7}}, Code.SEGMENT_MISSING),
        ({"language": "fr"}, Code.COMMAND_INVALID),
        ({"priority": 10}, Code.COMMAND_INVALID),
        ({"weekly": Weekly(weekday=7, minute=0)}, Code.COMMAND_INVALID),
    ],
)
async def test_a_draft_that_cannot_be_is_refused(
    shop: Shop, fields: dict[str, Any], code: Code
) -> None:
    command = commands.SaveCampaign(client_id="c", **fields)
    assert await shop.refused(shop.clerk, command) is code
    assert shop.rows("select 1 from campaign") == []


async def test_only_staff_who_see_campaigns_touch_them(shop: Shop) -> None:
    save = commands.SaveCampaign(client_id="c", variants=[variant()])
    assert await shop.refused(shop.anna, save) is Code.COMMAND_DENIED
    await shop.core.call(shop.owner, commands.SetGrant(
        staff_id=shop.clerk.id, scope="campaigns", granted=False))  # fmt: skip
    assert await shop.refused(shop.clerk, save) is Code.COMMAND_DENIED
    await shop.core.call(shop.owner, save)
    freeze = commands.FreezeCampaign(client_id="c")
    assert await shop.refused(shop.clerk, freeze) is Code.COMMAND_DENIED


async def test_a_draft_is_removed_and_a_sent_one_is_not(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.RemoveCampaign(client_id="c"))
    assert shop.rows("select 1 from campaign") == []
    await sent(shop.core, shop.clerk)
    remove = commands.RemoveCampaign(client_id="c")
    assert await shop.refused(shop.clerk, remove) is Code.CAMPAIGN_STATE


async def upload(shop: Shop, name: str, mime: str = "image/webp") -> int:
    made = await shop.core.call(RELAY, commands.FinishUpload(
        client_id=name, owner_kind="staff", owner_id=shop.clerk.id, sha256=name, mime=mime,
        width=3, height=4, size=5))  # fmt: skip
    return int(made["media_id"])


async def test_pictures_taken_out_of_a_draft_can_be_put_back_until_it_is_frozen(
    shop: Shop,
) -> None:
    one, two = await upload(shop, "one"), await upload(shop, "two")

    async def save(media: list[str], captions: list[str]) -> list[Any]:
        photos = variant(media=media, captions=captions, layout="grid")
        await shop.core.call(shop.clerk, commands.SaveCampaign(client_id="c", variants=[photos]))
        shown = campaign(shop)["content"]["variants"][0]["media"]
        return [(item["id"], item.get("caption", "")) for item in shown]

    assert await save(["two", "one"], ["红"]) == [(two, "红"), (one, "")]
    assert await save([f"media:{one}", f"media:{two}"], []) == [(one, ""), (two, "")]
    assert await save([f"media:{two}"], ["蓝"]) == [(two, "蓝")]
    rows = {row["id"]: row for row in shop.rows("select * from media")}
    assert (rows[one]["erased_at"], rows[two]["erased_at"]) == (None, None)
    assert rows[two]["campaign_id"] == campaign(shop)["id"]
    assert await save(["one", f"media:{two}"], []) == [(one, ""), (two, "")]
    assert await save([f"media:{two}"], []) == [(two, "")]
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="c"))
    rows = {row["id"]: row for row in shop.rows("select * from media")}
    assert (rows[one]["erased_at"] is None, rows[two]["erased_at"] is None) == (False, True)
    await shop.core.call(shop.clerk, commands.UndoCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.RemoveCampaign(client_id="c"))
    assert shop.rows("select 1 from media where erased_at is null") == []


# --- the audience -------------------------------------------------------------------------------


async def test_freezing_writes_a_recipient_with_her_reason_for_everybody_meant(shop: Shop) -> None:
    blocked, held, asleep, capped = await willing(shop, 4)
    shop.block(blocked)
    shop.write("update member set bucket = ? where id = ?", await quarter_bucket(shop), held.id)
    old = int((shop.clock.now() - timedelta(days=91)).timestamp() * 1000)
    shop.write(
        "update member set joined_at = ?, last_seen_at = ? where id = ?", old, old, asleep.id
    )
    shop.write("update member set weekly_cap = 1 where id = ?", capped.id)
    await sent(shop.core, shop.clerk, "before", rule=members(capped))
    shop.write("insert into member (id, rev, shop_id, name) values (90, 1, 1, '未加入')")
    made = await frozen(shop.core, shop.clerk)
    found = {key: (row["state"], row["reason"]) for key, row in recipients(shop).items()}
    assert found == {
        shop.anna.id: ("pending", ""),
        shop.bea.id: ("skipped", "opted_out"),
        blocked.id: ("skipped", "blocked"),
        held.id: ("skipped", "holdout"),
        asleep.id: ("skipped", "no_channel"),
        capped.id: ("pending", "cap"),
        90: ("skipped", "not_joined"),
    }
    counts = {"pending": 2, "capped": 1, "skipped": 5}
    assert made["counts"] == campaign(shop)["counts"] == counts
    assert len(made["hash"]) == 64


async def quarter_bucket(shop: Shop) -> int:
    """A bucket that is held out now."""
    return ((2026 * 4 + 3) * 1_000) % 10_000


async def test_a_vip_is_not_held_out(shop: Shop) -> None:
    shop.write(
        "update member set bucket = ? where id = ?", await quarter_bucket(shop), shop.anna.id
    )
    await shop.core.call(shop.clerk, commands.TagMember(member_id=shop.anna.id, add=["VIP"]))
    await frozen(shop.core, shop.clerk, rule=members(shop.anna))
    assert recipients(shop)[shop.anna.id]["state"] == "pending"


async def test_nobody_gets_two_variants_and_the_first_that_matches_wins(shop: Shop) -> None:
    [cara, dora] = await willing(shop, 2)
    await sent(
        shop.core, shop.clerk, "c",
        variant("女装", "w", rule=members(shop.anna, cara)),
        variant("男装", "m", rule=members(cara, dora)),
        rule=members(shop.anna, cara, dora),
    )  # fmt: skip
    assert [bodies(shop, one) for one in (shop.anna, cara, dora)] == [["女装"], ["女装"], ["男装"]]
    assert {key: row["variant"] for key, row in recipients(shop).items()} == {
        shop.anna.id: "w", cara.id: "w", dora.id: "m"
    }  # fmt: skip


async def test_whom_no_variant_takes_is_skipped(shop: Shop) -> None:
    [cara] = await willing(shop)
    both = members(shop.anna, cara)
    await sent(shop.core, shop.clerk, "c", variant(rule=members(cara)), rule=both)
    assert recipients(shop)[shop.anna.id]["reason"] == "no_variant"


async def test_whose_week_is_full_is_not_left_out_for_another_reason(shop: Shop) -> None:
    shop.write("update member set weekly_cap = 1 where id = ?", shop.anna.id)
    await sent(shop.core, shop.clerk, "before", rule=members(shop.anna))
    [cara] = await willing(shop)
    both = members(shop.anna, cara)
    made = await frozen(shop.core, shop.clerk, "c", variant(rule=members(cara)), rule=both)
    her = recipients(shop)[shop.anna.id]
    assert (her["state"], her["reason"]) == ("skipped", "cap")
    assert made["counts"] == {"pending": 1, "skipped": 1}


async def test_the_week_asked_is_the_one_in_which_it_is_due(shop: Shop) -> None:
    shop.write("update member set weekly_cap = 1 where id = ?", shop.anna.id)
    await sent(shop.core, shop.clerk, "before", rule=members(shop.anna))
    due_at = shop.clock.now() + timedelta(days=7)
    made = await frozen(shop.core, shop.clerk, "c", rule=members(shop.anna), due_at=due_at)
    assert made["counts"] == {"pending": 1}
    shop.clock.advance(timedelta(days=7).total_seconds())
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    assert len(bodies(shop, shop.anna)) == 2


@pytest.mark.parametrize("fields", [{"variants": []}, {"variants": [variant(" ")]}])
async def test_what_says_nothing_is_not_frozen(shop: Shop, fields: dict[str, Any]) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(client_id="c", **fields))
    freeze = commands.FreezeCampaign(client_id="c")
    assert await shop.refused(shop.clerk, freeze) is Code.CAMPAIGN_EMPTY


async def test_a_card_shows_the_article_as_it_is_when_it_is_frozen(shop: Shop) -> None:
    product_id, _ = await add_stock(shop.core)
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant(product_id=product_id)]))  # fmt: skip
    shop.write("update product set price = 100 where id = ?", product_id)
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    [row] = shop.rows("select * from message")
    assert (row["kind"], json.loads(row["card"])["price"]) == ("product", 100)


async def test_a_saved_segment_that_a_campaign_asks_is_not_removed(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, commands.SaveSegment(
        client_id="s", display_name="安娜", rule=members(shop.anna)))  # fmt: skip
    rule = {"all": [{"leaf": "segment", "id": made["id"]}]}
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", title="上新", variants=[variant()], rule=rule))  # fmt: skip
    remove = commands.RemoveSegment(client_id="s")
    assert await shop.refused(shop.clerk, remove) is Code.SEGMENT_IN_USE
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="c"))
    assert set(recipients(shop)) == {shop.anna.id}
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    await shop.core.call(shop.clerk, remove)


# --- when it is sent ----------------------------------------------------------------------------


async def test_nothing_leaves_before_the_minute_is_over(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    shop.clock.advance(59.999)
    assert await advance(shop.core) == 0
    assert bodies(shop, shop.anna) == []
    shop.clock.advance(0.001)
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["新款到店"]


async def test_undone_within_the_minute_it_is_a_draft_again(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.UndoCampaign(client_id="c"))
    shop.clock.advance(120)
    await settle(shop.core)
    assert (bodies(shop, shop.anna), recipients(shop)) == ([], {})
    row = campaign(shop)
    assert (row["state"], row["counts"], row["frozen_hash"]) == ("draft", {}, "")
    await shop.core.call(shop.clerk, commands.SaveCampaign(client_id="c", variants=[variant("改")]))
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["改"]


async def test_what_somebody_saved_meanwhile_is_not_frozen_unseen(shop: Shop) -> None:
    save = commands.SaveCampaign(client_id="c", variants=[variant("五折")])
    await shop.core.call(shop.clerk, save)
    seen = campaign(shop)["rev"]
    await shop.core.call(shop.owner, commands.SaveCampaign(
        client_id="c", variants=[variant("八折")], base_rev=seen))  # fmt: skip
    freeze = commands.FreezeCampaign(client_id="c", base_rev=seen)
    assert await shop.refused(shop.clerk, freeze) is Code.CONFLICT
    freeze = commands.FreezeCampaign(client_id="c", base_rev=campaign(shop)["rev"])
    await shop.core.call(shop.clerk, freeze)
    assert campaign(shop)["state"] == "frozen"


async def test_what_is_frozen_is_not_changed(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk)
    save = commands.SaveCampaign(client_id="c", variants=[variant("改")])
    assert await shop.refused(shop.clerk, save) is Code.CAMPAIGN_STATE


async def test_what_is_being_sent_cannot_be_undone(shop: Shop) -> None:
    await sent(shop.core, shop.clerk)
    undo = commands.UndoCampaign(client_id="c")
    assert await shop.refused(shop.clerk, undo) is Code.CAMPAIGN_STATE


async def test_a_draft_is_not_sent(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(client_id="c", variants=[variant()]))
    for command in (commands.SendCampaignNow, commands.ScheduleCampaign, commands.PauseCampaign,
                    commands.ResumeCampaign, commands.CancelCampaign):  # fmt: skip
        assert await shop.refused(shop.clerk, command(client_id="c")) is Code.CAMPAIGN_STATE


async def crowd(shop: Shop) -> None:
    """202 more who are willing."""
    now_ms = int(shop.clock.now().timestamp() * 1000)
    for number in range(200, 402):
        shop.write(
            "insert into member (id, rev, shop_id, name, state, marketing, bucket, joined_at)"
            " values (?, 1, 1, 'x', 'confirmed', 1, 9999, ?)", number, now_ms,
        )  # fmt: skip
        shop.write("insert into conversation (id, rev, shop_id, member_id) values (?, 1, 1, ?)",
                   number, number)  # fmt: skip


async def test_over_two_hundred_people_need_their_number(shop: Shop) -> None:
    await crowd(shop)
    await frozen(shop.core, shop.clerk)
    now = commands.SendCampaignNow(client_id="c")
    assert await shop.refused(shop.clerk, now) is Code.CAMPAIGN_CONFIRM
    later = commands.ScheduleCampaign(client_id="c", confirm=202)
    assert await shop.refused(shop.clerk, later) is Code.CAMPAIGN_CONFIRM
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c", confirm=203))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"written": 203, "skipped": 1}


async def test_what_was_scheduled_with_its_number_needs_it_no_more(shop: Shop) -> None:
    await crowd(shop)
    await frozen(shop.core, shop.clerk)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c", confirm=203))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"written": 203, "skipped": 1}


async def test_whose_week_is_full_is_not_among_the_number(shop: Shop) -> None:
    await crowd(shop)
    first = members(shop.anna)
    shop.write("update member set weekly_cap = 1 where id = ?", shop.anna.id)
    await sent(shop.core, shop.clerk, "before", rule=first)
    made = await frozen(shop.core, shop.clerk)
    assert made["counts"] == {"pending": 203, "capped": 1, "skipped": 1}
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c", confirm=202))
    await settle(shop.core)
    assert campaign(shop)["counts"] == {"written": 202, "skipped": 2}


async def test_too_far_ahead_is_refused(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk)
    at = shop.clock.now() + timedelta(days=400)
    command = commands.ScheduleCampaign(client_id="c", at=at)
    assert await shop.refused(shop.clerk, command) is Code.SCHEDULE_TOO_FAR


async def test_erasing_somebody_leaves_the_number_that_is_to_be_said(shop: Shop) -> None:
    """Whose week is full is not among it, before and after."""
    await crowd(shop)
    shop.write("update member set weekly_cap = 1 where id = ?", shop.anna.id)
    await sent(shop.core, shop.clerk, "before", rule=members(shop.anna))
    await frozen(shop.core, shop.clerk)
    await shop.core.call(shop.owner, commands.EraseMember(member_id=200))
    assert campaign(shop)["counts"] == {"pending": 202, "capped": 1, "skipped": 2}
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.anna.id))
    assert campaign(shop)["counts"] == {"pending": 201, "skipped": 3}


async def test_a_segment_that_a_resends_version_asks_is_not_removed(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, commands.SaveSegment(
        client_id="s", display_name="安娜", rule=members(shop.anna)))  # fmt: skip
    rule = {"leaf": "segment", "id": made["id"]}
    await sent(shop.core, shop.clerk, "c", variant(rule=rule))
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    remove = commands.RemoveSegment(client_id="s")
    assert await shop.refused(shop.clerk, remove) is Code.SEGMENT_IN_USE
