"""A draft is tried out on the shop's own phones, and on nobody else's."""

from __future__ import annotations

import pytest

from console.relay.actor import Actor
from console.wire import commands
from console.wire.campaign_rows import Weekly
from console.wire.commands import VariantDraft
from console.wire.errors import Code
from console.wire.rows import TRIAL_SETTING
from tests.helpers.campaign_kit import advance, members, sent, settle, variant
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in, recipients, willing
from tests.unit.relay.offer_shop import claim, terms
from tests.unit.relay.shop import Shop

HOUR = 3_600


async def own_phones(shop: Shop, *actors: Actor) -> None:
    value = [actor.id for actor in actors]
    await shop.core.call(shop.owner, commands.SetSetting(key=TRIAL_SETTING, value=value))


async def save(shop: Shop, *variants: VariantDraft) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=list(variants) or [variant()]))  # fmt: skip


def try_on(*actors: Actor, trial_id: str = "t", client_id: str = "c") -> commands.TryCampaign:
    return commands.TryCampaign(
        client_id=client_id, trial_id=trial_id, members=[actor.id for actor in actors]
    )


async def test_every_version_comes_to_the_phone_and_the_draft_stays_one(shop: Shop) -> None:
    keep_in(shop, shop.anna)
    women = variant("女装到店,{name}", "女装", rule=members(shop.bea))
    men = variant("男装到店", "男装", share=0)
    await save(shop, women, men)
    await own_phones(shop, shop.anna)
    result = await shop.core.call(shop.clerk, try_on(shop.anna))
    assert result == {"written": 2}
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["女装到店,林晓雯", "男装到店"]
    assert bodies(shop, shop.bea) == []
    assert campaign(shop)["state"] == "draft"
    assert [campaign(shop, f"t-{n}")["state"] for n in (0, 1)] == ["done", "done"]


async def test_it_comes_at_night_past_a_full_week_and_uses_up_no_notice(shop: Shop) -> None:
    (mei,) = await willing(shop)
    shop.write("update member set weekly_cap = 0 where id = ?", mei.id)
    await save(shop)
    await own_phones(shop, mei)
    shop.clock.advance(12 * HOUR)
    await shop.core.call(shop.clerk, try_on(mei))
    await advance(shop.core)
    assert bodies(shop, mei) == ["新款到店"]
    assert [each["counted"] for each in recipients(shop, "t-0").values()] == [0]


async def test_only_those_whom_the_owner_named_are_written_to(shop: Shop) -> None:
    await save(shop)
    await own_phones(shop, shop.anna)
    refused = await shop.refused(shop.clerk, try_on(shop.anna, shop.bea))
    assert refused == Code.COMMAND_DENIED
    value = [shop.bea.id]
    refused = await shop.refused(shop.clerk, commands.SetSetting(key=TRIAL_SETTING, value=value))
    assert refused == Code.COMMAND_DENIED
    await settle(shop.core)
    assert bodies(shop, shop.anna) == bodies(shop, shop.bea) == []


async def test_who_opted_out_gets_no_trial_either(shop: Shop) -> None:
    (mei,) = await willing(shop)
    await save(shop)
    await own_phones(shop, shop.anna, mei)
    await shop.core.call(mei, commands.SetConsent(purpose="marketing", granted=False))
    assert await shop.core.call(shop.clerk, try_on(shop.anna, mei)) == {"written": 1}
    await settle(shop.core)
    assert (bodies(shop, shop.anna), bodies(shop, mei)) == (["新款到店"], [])
    assert await shop.refused(shop.clerk, try_on(mei, trial_id="u")) == Code.CAMPAIGN_EMPTY


@pytest.mark.parametrize("value", ["x", [0], ["1"], [True], list(range(1, 22)), {"1": 1}])
async def test_the_list_of_own_phones_holds_a_few_members_only(shop: Shop, value: object) -> None:
    refused = await shop.refused(shop.owner, commands.SetSetting(key=TRIAL_SETTING, value=value))
    assert refused == Code.COMMAND_INVALID


async def test_nothing_to_say_and_nobody_joined_are_told(shop: Shop) -> None:
    await save(shop, variant(body=""))
    await own_phones(shop, shop.anna)
    refused = await shop.refused(shop.clerk, try_on(shop.anna))
    assert refused == Code.CAMPAIGN_EMPTY
    await save(shop)
    refused = await shop.refused(shop.clerk, commands.TryCampaign(
        client_id="c", trial_id="t", members=[],
    ))  # fmt: skip
    assert refused == Code.CAMPAIGN_EMPTY


async def test_a_trial_has_pictures_of_its_own_and_can_be_taken_back(shop: Shop) -> None:
    await save(shop)
    await own_phones(shop, shop.anna)
    await shop.core.call(shop.clerk, try_on(shop.anna))
    await settle(shop.core)
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="t-0"))
    await settle(shop.core)
    assert bodies(shop, shop.anna) == [""]
    assert campaign(shop)["content"]["variants"][0]["body"] == "新款到店"
    again = await shop.refused(shop.clerk, commands.ResendCampaign(client_id="t-0", new_id="n"))
    assert again == Code.CAMPAIGN_RECALLED


async def test_a_coupon_claimed_on_a_trial_is_good_for_nothing(shop: Shop) -> None:
    keep_in(shop, shop.anna)
    await own_phones(shop, shop.anna)
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant()], offer=terms(shop, 5)))  # fmt: skip
    await shop.core.call(shop.clerk, try_on(shop.anna))
    await settle(shop.core)
    claimed = await claim(shop, shop.anna)
    redeem = commands.RedeemCoupon(code=claimed["code"])
    assert await shop.refused(shop.clerk, redeem) == Code.COUPON_TRIAL
    # The real one is another, with all its units.
    await sent(shop.core, shop.clerk, "c", variant(), offer=terms(shop, 5))
    assert [(row["quantity"], row["claimed"]) for row in shop.rows("select * from offer")] == [
        (5, 1), (5, 0),
    ]  # fmt: skip


async def test_what_is_not_ready_is_not_tried_out_either(shop: Shop) -> None:
    await own_phones(shop, shop.anna)
    late = terms(shop, 5, hours=-1)
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant()], offer=late))  # fmt: skip
    assert await shop.refused(shop.clerk, try_on(shop.anna)) == Code.OFFER_OVER


async def test_of_a_series_a_trial_offers_what_this_weeks_would(shop: Shop) -> None:
    """Its own times lie behind from the second week on."""
    keep_in(shop, shop.anna)
    await own_phones(shop, shop.anna)
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant()], offer=terms(shop, 5, hours=24),
        weekly=Weekly(weekday=1, minute=600)))  # fmt: skip
    shop.clock.advance(2 * 86_400)
    await shop.core.call(shop.clerk, try_on(shop.anna))
    await settle(shop.core)
    assert (await claim(shop, shop.anna))["expires_at"] > shop.clock.now()


async def test_a_trial_is_taken_back_with_what_it_tried_out_and_no_file_keeps_its_words(
    shop: Shop,
) -> None:
    keep_in(shop, shop.anna)
    await own_phones(shop, shop.anna)
    secret = "错的价钱五十元"
    await save(shop, variant(secret))
    await shop.core.call(shop.clerk, try_on(shop.anna))
    await settle(shop.core)
    await sent(shop.core, shop.clerk, "c", variant(secret))
    await shop.core.call(shop.clerk, commands.RecallCampaign(
        client_id="c", correction_id="fix", correction="更正"))  # fmt: skip
    await settle(shop.core)
    assert bodies(shop, shop.anna) == ["", ""]
    await shop.core.close()
    assert all(secret.encode() not in file.read_bytes() for file in shop.path.parent.iterdir()
               if file.is_file())  # fmt: skip
    await shop.open_anew()


async def test_a_draft_that_was_tried_out_can_be_thrown_away(shop: Shop) -> None:
    await own_phones(shop, shop.anna)
    await save(shop)
    await shop.core.call(shop.clerk, try_on(shop.anna))
    await settle(shop.core)
    await shop.core.call(shop.clerk, commands.RemoveCampaign(client_id="c"))
    assert bodies(shop, shop.anna) == ["新款到店"]
    assert campaign(shop, "t-0")["parent_id"] is None
