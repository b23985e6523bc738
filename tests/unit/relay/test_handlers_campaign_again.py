"""Whom a campaign reaches once more, and whom in another quarter than it was frozen in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.domain import audiences
from console.relay.actor import Actor
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.campaign_kit import advance, frozen, members, sent, settle, variant
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in, recipients, willing
from tests.unit.relay.shop import Shop


@pytest.fixture(autouse=True)
def _nobody_is_held_out(shop: Shop) -> None:
    keep_in(shop, shop.anna, shop.bea)


async def start(shop: Shop, client_id: str = "c", **fields: object) -> None:
    """Frozen and begun, but nothing has left yet."""
    await frozen(shop.core, shop.clerk, client_id, **fields)
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id=client_id))


# --- two members of staff, one audience -----------------------------------------------------------


async def resend(shop: Shop, new_id: str, to: str, of: str = "c") -> None:
    """Made and fixed, not begun."""
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id=of, new_id=new_id, to=to))
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id=new_id))


@pytest.mark.parametrize("to", ["unreached", "unread"])
async def test_two_who_send_it_again_at_once_reach_each_once(shop: Shop, to: str) -> None:
    many = [shop.anna, *await willing(shop, 3)]
    await start(shop, rule=members(*many))
    if to == "unread":
        await settle(shop.core)
    else:
        await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    had = len(bodies(shop, shop.anna))
    for new_id in ("r1", "r2"):
        await resend(shop, new_id, to)
    shop.clock.advance(1)
    for new_id in ("r1", "r2"):
        await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id=new_id))
    await settle(shop.core)
    assert [len(bodies(shop, each)) for each in many] == [had + 1] * 4
    assert {row["reason"] for row in recipients(shop, "r2").values()} == {"reached"}
    assert campaign(shop, "r2")["counts"] == {"skipped": 4}


async def test_whom_a_resend_reached_is_unreached_no_more(shop: Shop) -> None:
    """Nor whom what was sent again of that reached."""
    [cara] = await willing(shop)
    await start(shop, rule=members(shop.anna, cara))
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    await resend(shop, "r1", "unreached")
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r1"))
    await advance(shop.core, 1)
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="r1"))
    await resend(shop, "r2", "unreached", of="r1")
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r2"))
    await settle(shop.core)
    assert bodies(shop, shop.anna) == bodies(shop, cara) == ["新款到店"]
    await shop.core.call(shop.clerk, commands.ResendCampaign(
        client_id="c", new_id="r3", to="unreached"))  # fmt: skip
    freeze = commands.FreezeCampaign(client_id="r3")
    assert await shop.refused(shop.clerk, freeze) is Code.CAMPAIGN_EMPTY


async def test_of_a_resend_taken_back_they_may_get_it_again(shop: Shop) -> None:
    await start(shop)
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    await resend(shop, "r1", "unreached")
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r1"))
    await settle(shop.core)
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="r1"))
    await settle(shop.core)
    await resend(shop, "r2", "unreached")
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r2"))
    await settle(shop.core)
    assert bodies(shop, shop.anna)[-1] == "新款到店"


@pytest.mark.parametrize("to", ["unread", "unreached"])
async def test_who_was_merged_since_gets_it_again_as_who_she_is_now(shop: Shop, to: str) -> None:
    [guest] = await willing(shop)
    shop.write("update member set marketing = 1 where id = ?", shop.bea.id)
    await start(shop, rule=members(guest))
    if to == "unread":
        await settle(shop.core)
    else:
        await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    await shop.core.call(shop.owner, commands.MergeMembers(keep_id=shop.bea.id, gone_id=guest.id))
    had = bodies(shop, shop.bea)
    shop.clock.advance(1)
    await resend(shop, "r", to)
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r"))
    await settle(shop.core)
    assert bodies(shop, shop.bea) == [*had, "新款到店"]


async def test_what_reached_her_before_a_merge_is_not_sent_again_as_unreached(shop: Shop) -> None:
    """Under one name she got it, under the other she had not joined."""
    [guest] = await willing(shop)
    await sent(shop.core, shop.clerk, rule=members(guest, shop.bea))
    shop.write("update member set marketing = 1 where id = ?", shop.bea.id)
    await shop.core.call(shop.owner, commands.MergeMembers(keep_id=shop.bea.id, gone_id=guest.id))
    await resend(shop, "r", "unreached")
    assert recipients(shop)[shop.bea.id]["state"] == "skipped"
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r"))
    await settle(shop.core)
    assert bodies(shop, shop.bea) == ["新款到店"]
    assert recipients(shop, "r")[shop.bea.id]["reason"] == "reached"


async def test_chance_gives_her_the_same_version_however_often_it_is_sent_again(
    shop: Shop,
) -> None:
    every = [shop.anna, *await willing(shop, 11)]
    versions = variant("A", "A", share=50), variant("B", "B")
    await sent(shop.core, shop.clerk, "c", *versions, rule=members(*every))
    got = {who: row["variant"] for who, row in recipients(shop).items()}
    for of, new_id in ("c", "r1"), ("r1", "r2"):
        shop.clock.advance(1)
        await resend(shop, new_id, "unread", of=of)
        await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id=new_id))
        await settle(shop.core)
    assert {who: row["variant"] for who, row in recipients(shop, "r2").items()} == got


# --- a quarter begins -----------------------------------------------------------------------------

NEW_YEAR = datetime(2027, 1, 1, 2, tzinfo=UTC)
"""Ten o'clock in Shanghai, the first morning of a quarter."""


async def around_new_year(shop: Shop) -> tuple[Actor, Actor, Actor]:
    """Held out in the old quarter, in the new one, in the new one but for her tag."""
    old, new, spared = await willing(shop, 3)
    quarters = [audiences.quarter_of(at, "Asia/Shanghai") for at in (shop.clock.now(), NEW_YEAR)]
    first = [audiences.Holdout(quarter=quarter).first for quarter in quarters]
    for who, bucket in (old, first[0]), (new, first[1]), (spared, first[1]):
        shop.write("update member set bucket = ? where id = ?", bucket, who.id)
    await shop.core.call(shop.clerk, commands.TagMember(member_id=spared.id, add=["VIP"]))
    shop.clock.time = NEW_YEAR - timedelta(days=1)
    return old, new, spared


async def test_who_is_held_out_is_asked_of_the_quarter_in_which_it_is_due(shop: Shop) -> None:
    old, new, spared = await around_new_year(shop)
    await frozen(shop.core, shop.clerk, rule=members(old, new, spared), due_at=NEW_YEAR)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    shop.clock.time = NEW_YEAR
    await settle(shop.core)
    reasons = {who: row["reason"] for who, row in recipients(shop).items()}
    assert reasons == {old.id: "", new.id: "holdout", spared.id: ""}


async def test_who_is_held_out_is_asked_again_in_the_quarter_in_which_it_is_sent(
    shop: Shop,
) -> None:
    old, new, spared = await around_new_year(shop)
    await frozen(shop.core, shop.clerk, rule=members(old, new, spared))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c", at=NEW_YEAR))
    shop.clock.time = NEW_YEAR
    await settle(shop.core)
    rows = recipients(shop)
    assert bodies(shop, new) == []
    assert (rows[new.id]["state"], rows[new.id]["reason"]) == ("skipped", "holdout")
    assert rows[old.id]["reason"] == "holdout"
    assert bodies(shop, spared) == ["新款到店"]
    assert campaign(shop)["counts"] == {"written": 1, "skipped": 2}
