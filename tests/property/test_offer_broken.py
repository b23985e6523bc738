"""What is checked of limited offers, with one mechanism broken on purpose each time.

As ``test_campaign_broken``: a short day that a sound relay survives has to end in a failed
comparison.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.wire import commands
from console.wire.commands import VariantDraft
from console.wire.errors import Code
from tests.helpers import offer_breaks
from tests.helpers.relay_campaign_moves import MARK, campaign_settle
from tests.helpers.relay_days import Day, spend
from tests.helpers.relay_offer_moves import claim, terms
from tests.helpers.relay_world import World

Break = Callable[[pytest.MonkeyPatch], None]
HOUR = 3_600


async def send(world: World, quantity: int = 1, hours: float = 24, **fields: Any) -> None:
    """An offer that went to Anna and Bea; nobody is held out."""
    await world.do("owner", commands.SetSetting(key="holdout_percent", value=0))
    for command in (
        commands.SaveCampaign(
            client_id="c", variants=[VariantDraft(name="a", body=MARK.format("c", "a"))],
            offer=terms(world, quantity, hours), **fields,
        ),
        commands.FreezeCampaign(client_id="c"),
        commands.SendCampaignNow(client_id="c"),
    ):  # fmt: skip
        assert (await world.do("owner", command)).refusal is None
    await campaign_settle(world, 0)
    world.check_tables()


async def code(world: World, name: str, offer_id: int = 1) -> str:
    """Of the coupon she has now."""
    outcome = await claim(world, name, offer_id)
    assert outcome.refusal is None
    world.check_tables()
    return str(outcome.result["code"])


async def refused(world: World, name: str, offer_id: int = 1) -> Code:
    outcome = await claim(world, name, offer_id)
    assert outcome.refusal is not None
    return outcome.refusal.code


# --- short days ---------------------------------------------------------------------------------


async def two_want_the_only_one(world: World) -> None:
    await send(world)
    both = await asyncio.gather(*(claim(world, name, 1) for name in ("anna", "bea")))
    lost = [outcome.refusal.code for outcome in both if outcome.refusal is not None]
    assert lost == [Code.OFFER_GONE]
    world.check_tables()


async def one_wants_it_twice(world: World) -> None:
    await send(world, 2)
    both = await asyncio.gather(claim(world, "anna", 1), claim(world, "anna", 1))
    assert {outcome.result["code"] for outcome in both} == {await code(world, "anna")}


async def one_wants_what_only_the_other_was_sent(world: World) -> None:
    await send(world, rule={"leaf": "members", "ids": [world.member_id("bea")]})
    assert await refused(world, "anna") is Code.NOT_FOUND


async def one_is_blocked(world: World) -> None:
    await send(world)
    await world.do("owner", commands.SetBlocked(member_id=world.member_id("anna"), blocked=True))
    assert await refused(world, "anna") is Code.NOT_FOUND


async def it_is_ended_early(world: World) -> None:
    await send(world)
    await world.do("owner", commands.CloseOffer(offer_id=1))
    assert await refused(world, "anna") is Code.OFFER_OVER


async def it_is_taken_back(world: World) -> None:
    await send(world)
    await world.do("owner", commands.RecallCampaign(client_id="c"))
    await campaign_settle(world, 0)
    world.check_tables()
    assert await refused(world, "anna") is Code.OFFER_OVER


async def sent_again_after_the_only_one_was_taken(world: World) -> None:
    await send(world)
    await code(world, "anna")
    await world.do("owner", commands.ResendCampaign(client_id="c", new_id="r"))
    await world.do("owner", commands.FreezeCampaign(client_id="r"))
    await world.do("owner", commands.SendCampaignNow(client_id="r"))
    await campaign_settle(world, 0)
    assert await refused(world, "bea") is Code.OFFER_GONE
    assert len(world.query("select 1 from offer")) == 1


async def it_ends_before_it_leaves(world: World) -> None:
    await world.do("owner", commands.SaveCampaign(
        client_id="c", variants=[VariantDraft(name="a", body=MARK.format("c", "a"))],
        offer=terms(world, 1, 1)))  # fmt: skip
    await world.do("owner", commands.FreezeCampaign(client_id="c"))
    await world.do("owner", commands.ScheduleCampaign(client_id="c"))
    world.clock.advance(1.5 * HOUR)
    await campaign_settle(world, 0)
    assert not world.query("select 1 from message")


async def two_counters_redeem_it(world: World) -> None:
    await send(world)
    await code(world, "anna")
    both = await asyncio.gather(*(
        world.do(name, commands.RedeemCoupon(coupon_id=1)) for name in ("owner", "till")
    ))  # fmt: skip
    lost = [outcome.refusal.code for outcome in both if outcome.refusal is not None]
    assert lost == [Code.COUPON_REDEEMED]
    world.check_tables()


async def anna_is_the_guest(world: World) -> None:
    """The guest claimed as Bea did; she is found to be Anna."""
    await world.do("guest", commands.SetConsent(purpose="marketing", granted=True))
    await send(world, 3)
    await code(world, "guest")
    await world.do("owner", commands.ConfirmMember(member_id=world.member_id("guest")))
    world.check_tables()


async def bea_is_erased(world: World) -> None:
    await send(world)
    await code(world, "bea")
    await world.erase("bea")
    world.check_tables()


async def phones_are_connected(world: World) -> None:
    for name in ("anna", "bea", "clerk"):
        await world.connect(name)
    await world.check()
    await send(world, 2)
    await code(world, "anna")
    await world.check()


BROKEN: dict[Break, Day] = {
    offer_breaks.units_are_not_counted: two_want_the_only_one,
    offer_breaks.the_counter_stands_still: two_want_the_only_one,
    offer_breaks.winners_get_no_coupon: two_want_the_only_one,
    offer_breaks.earlier_claims_are_forgotten: one_wants_it_twice,
    offer_breaks.claims_of_the_same_commit_are_forgotten: one_wants_it_twice,
    offer_breaks.anybody_may_claim: one_wants_what_only_the_other_was_sent,
    offer_breaks.blocked_ones_may_claim: one_is_blocked,
    offer_breaks.the_end_is_not_asked: it_is_ended_early,
    offer_breaks.a_recalled_one_goes_on: it_is_taken_back,
    offer_breaks.what_is_sent_again_has_units_of_its_own: sent_again_after_the_only_one_was_taken,
    offer_breaks.what_has_ended_is_still_sent: it_ends_before_it_leaves,
    offer_breaks.coupons_are_good_for_ever: two_counters_redeem_it,
    offer_breaks.redeemed_ones_are_not_counted: two_counters_redeem_it,
    offer_breaks.coupons_stay_with_who_is_gone: anna_is_the_guest,
    offer_breaks.coupons_outlive_who_is_erased: bea_is_erased,
    offer_breaks.coupons_reach_everybody: phones_are_connected,
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
