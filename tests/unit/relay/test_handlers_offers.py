"""A limited offer: as many coupons as there are units, one a member, told honestly."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from console.wire import commands
from console.wire.campaign_rows import Weekly
from console.wire.errors import Code, Refusal
from console.wire.frames import ChangesFrame
from tests.helpers.campaign_kit import advance, frozen, members, sent, settle, variant
from tests.helpers.relay_kit import text
from tests.unit.relay.campaign_shop import campaign, keep_in, recipients, willing
from tests.unit.relay.merging import merge, unmerge, whose
from tests.unit.relay.offer_shop import TITLE, claim, coupons, offer, offered, terms
from tests.unit.relay.shop import Shop

HOUR, DAY = 3_600, 86_400


@pytest.fixture(autouse=True)
def _nobody_is_held_out(shop: Shop) -> None:
    keep_in(shop, shop.anna, shop.bea)
    shop.write("update member set marketing = 1")


async def over(shop: Shop, command: commands.Command) -> None:
    with pytest.raises(Refusal) as caught:
        await shop.core.call(shop.clerk, command)
    assert (caught.value.code, caught.value.field) == (Code.OFFER_OVER, "offer")


# --- making it ----------------------------------------------------------------------------------


async def test_every_message_carries_the_offer_that_the_first_one_made(shop: Shop) -> None:
    await offered(shop)
    said = [json.loads(row["offer"]) for row in shop.rows("select offer from message")]
    assert [(each["id"], each["title"]) for each in said] == [(1, TITLE), (1, TITLE)]
    row = offer(shop)
    assert (row["quantity"], row["claimed"], row["campaign_id"]) == (2, 0, campaign(shop)["id"])


async def test_a_campaign_that_reached_nobody_made_no_offer(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk, offer=terms(shop))
    shop.write("update member set marketing = 0")
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    assert shop.rows("select 1 from offer") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, Code.TEXT_EMPTY),
        ({"quantity": 0}, Code.COMMAND_INVALID),
        ({"quantity": 10_001}, Code.COMMAND_INVALID),
        ({"valid_until": datetime(2020, 1, 1, tzinfo=UTC)}, Code.COMMAND_INVALID),
    ],
)
async def test_an_unfinished_offer_is_kept_in_the_draft_and_not_sent(
    shop: Shop, change: dict[str, Any], code: Code
) -> None:
    said = msgspec.structs.replace(terms(shop), **change)
    command = commands.SaveCampaign(client_id="c", variants=[variant()], offer=said)
    await shop.core.call(shop.clerk, command)
    assert await shop.refused(shop.clerk, commands.FreezeCampaign(client_id="c")) is code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "券" * 41}, Code.TEXT_TOO_LONG),
        ({"quantity": -1}, Code.COMMAND_INVALID),
        ({"quantity": 100_000}, Code.COMMAND_INVALID),
    ],
)
async def test_terms_that_no_draft_can_hold_are_refused(
    shop: Shop, change: dict[str, Any], code: Code
) -> None:
    said = msgspec.structs.replace(terms(shop), **change)
    command = commands.SaveCampaign(client_id="c", variants=[variant()], offer=said)
    assert await shop.refused(shop.clerk, command) is code


async def test_the_deadline_must_lie_after_the_sending(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="past", variants=[variant()], offer=terms(shop, hours=-1)))  # fmt: skip
    await over(shop, commands.FreezeCampaign(client_id="past"))
    await frozen(shop.core, shop.clerk, offer=terms(shop, hours=2))
    at = shop.clock.now() + timedelta(hours=2)
    await over(shop, commands.ScheduleCampaign(client_id="c", at=at))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    shop.clock.advance(2 * HOUR)
    await over(shop, commands.SendCampaignNow(client_id="c"))


async def test_what_waits_for_the_morning_is_offered_in_the_morning(shop: Shop) -> None:
    shop.clock.advance(12 * HOUR)
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant()], offer=terms(shop, hours=10)))  # fmt: skip
    await over(shop, commands.FreezeCampaign(client_id="c"))


async def test_nobody_is_told_of_what_has_ended_meanwhile(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk, offer=terms(shop, hours=1))
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    shop.clock.advance(1.5 * HOUR)
    await settle(shop.core)
    assert (campaign(shop)["state"], shop.rows("select 1 from message")) == ("late", [])
    await over(shop, commands.ResumeCampaign(client_id="c"))
    await shop.core.call(shop.clerk, commands.UndoCampaign(client_id="c"))


async def test_an_offer_that_is_closed_goes_to_nobody_else(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk, offer=terms(shop))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await advance(shop.core, 1)
    await shop.core.call(shop.clerk, commands.CloseOffer(offer_id=1))
    await settle(shop.core)
    assert (campaign(shop)["state"], len(shop.rows("select 1 from message"))) == ("late", 1)


async def test_nobody_waits_for_a_week_in_which_the_offer_is_over(shop: Shop) -> None:
    for number in range(3):
        await sent(shop.core, shop.clerk, f"n{number}")
    await sent(shop.core, shop.clerk, "c", defer=True, offer=terms(shop, hours=24))
    await sent(shop.core, shop.clerk, "d", defer=True, offer=terms(shop, hours=24 * 14, days=20))
    found = [recipients(shop, name)[shop.anna.id] for name in ("c", "d")]
    assert [(row["state"], row["reason"]) for row in found] == [
        ("skipped", "cap"), ("deferred", "cap")]  # fmt: skip


async def test_each_week_has_an_offer_of_its_own(shop: Shop) -> None:
    said = terms(shop, hours=30, days=3)
    await frozen(shop.core, shop.clerk, weekly=Weekly(weekday=0, minute=660), offer=said)
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    for _ in range(3):
        shop.clock.advance(HOUR)
        await settle(shop.core)
        shop.clock.advance(7 * DAY - HOUR)
    found = shop.rows("select ends_at, valid_until from offer order by id")
    first, weeks = said.ends_at.timestamp() * 1000, 7 * DAY * 1000
    assert [row["ends_at"] for row in found] == [first, first + weeks, first + 2 * weeks]
    assert {row["valid_until"] - row["ends_at"] for row in found} == {42 * HOUR * 1000}


# --- claiming -----------------------------------------------------------------------------------


async def test_the_first_ones_get_a_coupon_and_the_others_are_told(shop: Shop) -> None:
    many = await willing(shop, 6)
    await offered(shop, 3)
    made = await asyncio.gather(*(claim(shop, each) for each in many), return_exceptions=True)
    won = [found for found in made if isinstance(found, dict)]
    lost = [found for found in made if isinstance(found, Refusal)]
    assert len({found["code"] for found in won}) == 3
    assert [each.code for each in lost] == [Code.OFFER_GONE] * 3
    row = offer(shop)
    assert (row["claimed"], campaign(shop)["counts"]["claimed"]) == (3, 3)
    assert [each["code"] for each in coupons(shop)] == [found["code"] for found in won]
    assert {each["expires_at"] for each in coupons(shop)} == {row["valid_until"]}
    assert {each["title"] for each in coupons(shop)} == {TITLE}


async def test_who_claims_again_has_the_same_coupon(shop: Shop) -> None:
    await offered(shop, 1)
    first = await claim(shop, shop.anna)
    both = await asyncio.gather(claim(shop, shop.anna), claim(shop, shop.anna))
    shop.clock.advance(2 * DAY)
    assert [*both, await claim(shop, shop.anna)] == [first] * 3
    assert (offer(shop)["claimed"], len(coupons(shop))) == (1, 1)


async def test_two_claims_of_one_member_in_one_commit_are_one(shop: Shop) -> None:
    await offered(shop, 2)
    both = await asyncio.gather(claim(shop, shop.anna), claim(shop, shop.anna))
    assert both[0] == both[1]
    assert (offer(shop)["claimed"], len(coupons(shop))) == (1, 1)


async def test_after_the_deadline_or_the_end_it_is_over(shop: Shop) -> None:
    await offered(shop)
    await offered(shop, client_id="d")
    await shop.core.call(shop.owner, commands.CloseOffer(offer_id=2))
    assert await shop.refused(shop.anna, commands.ClaimOffer(offer_id=2)) is Code.OFFER_OVER
    shop.clock.advance(DAY)
    assert await shop.refused(shop.anna, commands.ClaimOffer(offer_id=1)) is Code.OFFER_OVER
    assert coupons(shop) == []


async def test_closing_it_is_in_the_operation_log_once(shop: Shop) -> None:
    await offered(shop)
    for _ in range(2):
        await shop.core.call(shop.clerk, commands.CloseOffer(offer_id=1))
    lines = shop.rows("select actor, subject_id from audit where what = 'offer.close'")
    assert lines == [{"actor": shop.clerk.label, "subject_id": 1}]


async def test_whom_it_was_not_sent_to_learns_nothing_of_it(shop: Shop) -> None:
    await offered(shop, rule=members(shop.anna))
    for offer_id in (1, 2, 2**62):
        command = commands.ClaimOffer(offer_id=offer_id)
        assert await shop.refused(shop.bea, command) is Code.NOT_FOUND
    await shop.core.call(shop.clerk, commands.CloseOffer(offer_id=1))
    assert await shop.refused(shop.bea, commands.ClaimOffer(offer_id=1)) is Code.NOT_FOUND


async def test_a_blocked_member_claims_nothing_and_who_opted_out_may(shop: Shop) -> None:
    await offered(shop)
    shop.block(shop.bea)
    await shop.core.call(shop.anna, commands.SetConsent(purpose="marketing", granted=False))
    assert await shop.refused(shop.bea, commands.ClaimOffer(offer_id=1)) is Code.NOT_FOUND
    assert (await claim(shop, shop.anna))["code"]


async def test_a_message_taken_back_from_her_alone_takes_the_offer_along(shop: Shop) -> None:
    await offered(shop)
    message = shop.rows("select client_id from message where addressee_id = ?", shop.anna.id)[0]
    await shop.core.call(shop.clerk, commands.RecallMessage(client_id=message["client_id"]))
    assert await shop.refused(shop.anna, commands.ClaimOffer(offer_id=1)) is Code.NOT_FOUND
    assert (await claim(shop, shop.bea))["code"]


# --- sent again, taken back ---------------------------------------------------------------------


async def resend(shop: Shop, **fields: Any) -> None:
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    made = await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(
        client_id="r", confirm=made["counts"]["pending"]))  # fmt: skip
    await settle(shop.core)


async def test_what_is_sent_again_shares_the_units(shop: Shop) -> None:
    await offered(shop, 1)
    await claim(shop, shop.anna)
    await resend(shop)
    assert {json.loads(row["offer"])["id"] for row in shop.rows("select offer from message")} == {1}
    assert await shop.refused(shop.bea, commands.ClaimOffer(offer_id=1)) is Code.OFFER_GONE
    assert campaign(shop)["counts"]["claimed"] == 1
    assert len(shop.rows("select 1 from offer")) == 1


async def test_what_is_sent_again_offers_the_same_or_nothing(shop: Shop) -> None:
    await offered(shop)
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    rule = campaign(shop, "r")["rule"]
    draft = commands.SaveCampaign(client_id="r", variants=[variant()], rule=json.loads(rule))
    other = msgspec.structs.replace(draft, offer=terms(shop, 99))
    assert await shop.refused(shop.clerk, other) is Code.COMMAND_INVALID
    await shop.core.call(shop.clerk, draft)
    assert campaign(shop, "r")["content"].get("offer") is None


async def test_an_offer_that_is_over_is_not_sent_again(shop: Shop) -> None:
    await offered(shop)
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    await shop.core.call(shop.clerk, commands.CloseOffer(offer_id=1))
    await over(shop, commands.FreezeCampaign(client_id="r"))


async def test_a_recalled_campaign_ends_its_offer_and_its_coupons_stay_good(shop: Shop) -> None:
    await offered(shop)
    mine = await claim(shop, shop.anna)
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="c"))
    for _ in range(2):
        assert await shop.refused(shop.bea, commands.ClaimOffer(offer_id=1)) is Code.OFFER_OVER
        assert await claim(shop, shop.anna) == mine
        await settle(shop.core)
    row = offer(shop)
    assert (row["title"], row["closed_at"] is None) == ("", False)
    assert [each["offer"] for each in shop.rows("select offer from message")] == [None, None]
    assert campaign(shop)["content"].get("offer") is None
    done = await shop.core.call(shop.clerk, commands.RedeemCoupon(code=mine["code"]))
    assert (done["member_id"], done["title"]) == (shop.anna.id, TITLE)


async def test_only_the_copies_of_what_was_sent_again_are_taken_back(shop: Shop) -> None:
    await offered(shop, rule=members(shop.anna, shop.bea))
    shop.write("delete from message where addressee_id = ?", shop.bea.id)
    await resend(shop)
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="r"))
    await settle(shop.core)
    assert await shop.refused(shop.bea, commands.ClaimOffer(offer_id=1)) is Code.NOT_FOUND
    assert (await claim(shop, shop.anna))["code"]
    assert offer(shop)["closed_at"] is None


# --- members become one, two, nobody ------------------------------------------------------------


async def test_two_who_become_one_keep_both_coupons_and_get_no_third(shop: Shop) -> None:
    await offered(shop, 5)
    hers, other = await claim(shop, shop.anna), await claim(shop, shop.bea)
    await merge(shop)
    assert [row["member_id"] for row in coupons(shop)] == [shop.anna.id] * 2
    phone = await whose(shop, shop.bea)
    assert (await claim(shop, phone))["code"] in {hers["code"], other["code"]}
    await unmerge(shop)
    assert [row["member_id"] for row in coupons(shop)] == [shop.anna.id, shop.bea.id]
    assert [await claim(shop, each) for each in (shop.anna, shop.bea)] == [hers, other]


async def test_who_was_taken_in_claims_what_was_sent_to_her_before(shop: Shop) -> None:
    await offered(shop, rule=members(shop.bea))
    await merge(shop)
    assert await claim(shop, shop.anna) == await claim(shop, await whose(shop, shop.bea))
    await unmerge(shop)
    # What happened since stays with her who was kept; the other has her own again.
    assert (await claim(shop, shop.bea))["coupon_id"] == 2
    assert offer(shop)["claimed"] == 2


async def test_erasing_a_member_erases_her_coupons(shop: Shop) -> None:
    await offered(shop)
    code = (await claim(shop, shop.anna))["code"]
    await claim(shop, shop.bea)
    await shop.core.call(shop.anna, commands.EraseMember())
    assert [row["member_id"] for row in coupons(shop)] == [shop.bea.id]
    assert await shop.refused(shop.clerk, commands.RedeemCoupon(code=code)) is Code.COUPON_UNKNOWN
    buried = shop.rows("select scope from tombstone where table_name = 'coupon' order by scope")
    assert [row["scope"] for row in buried] == [f"self/{shop.anna.id}", "trade"]


# --- who sees what ------------------------------------------------------------------------------


async def test_members_see_what_is_left_and_their_own_coupons_only(shop: Shop, lines: Any) -> None:
    await offered(shop, rule=members(shop.bea))
    await claim(shop, shop.bea)
    line = lines(shop.anna)
    await line.hello()
    hers = await line.page(f"self/{shop.anna.id}")
    assert [(row["quantity"], row["claimed"]) for row in hers["offer"]] == [(2, 1)]
    assert "title" not in hers["offer"][0]
    assert hers["offer"][0]["campaign_id"] == 0
    assert "coupon" not in hers
    line = lines(shop.bea)
    await line.hello()
    [mine] = (await line.page(f"self/{shop.bea.id}"))["coupon"]
    assert not {"claimant_id", "redeemed_by"} & set(mine)


async def test_a_phone_hears_at_once_how_many_are_left(shop: Shop, lines: Any) -> None:
    await offered(shop)
    line = lines(shop.anna)
    await line.hello()
    own = f"self/{shop.anna.id}"
    await line.page(own)
    await claim(shop, shop.bea)
    changes = await line.transport.next(ChangesFrame, lambda frame: own in frame.scopes)
    [row] = changes.scopes[own].rows["offer"]
    assert (row["quantity"], row["claimed"]) == (2, 1)


async def test_a_new_phone_is_not_told_of_offers_long_over(shop: Shop, lines: Any) -> None:
    await offered(shop)
    shop.clock.advance(27 * DAY)
    line = lines(shop.anna)
    await line.hello()
    assert "offer" in await line.page(f"self/{shop.anna.id}")
    shop.clock.advance(3 * DAY)
    line = lines(shop.bea)
    await line.hello()
    assert "offer" not in await line.page(f"self/{shop.bea.id}")
    line = lines(shop.clerk)
    await line.hello()
    assert "offer" in await line.page("campaigns")


async def test_chat_goes_on_beside_it(shop: Shop) -> None:
    await offered(shop)
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "还有吗"))
    assert (await claim(shop, shop.anna))["code"]


async def test_what_offered_something_is_not_removed_though_who_got_it_is_erased(
    shop: Shop,
) -> None:
    await frozen(shop.core, shop.clerk, offer=terms(shop))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await advance(shop.core, 1)
    await shop.core.call(shop.clerk, commands.CancelCampaign(client_id="c"))
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.anna.id))
    assert campaign(shop)["counts"] == {"skipped": 1, "cancelled": 1}
    remove = commands.RemoveCampaign(client_id="c")
    assert await shop.refused(shop.clerk, remove) is Code.CAMPAIGN_STATE
