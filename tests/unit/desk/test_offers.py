"""Offers and coupons on a real replica: how they stand, whose they are, what waits for the line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.desk.find import FindDesk
from console.desk.inbox import InboxDesk
from console.desk.offers import OffersDesk
from console.desk.refusals import Refusals
from console.desk.types import Me
from console.store import overlay_offers
from console.sync import pump
from console.sync.http import Offline
from console.wire.campaign_rows import CampaignContent
from console.wire.commands import RedeemCoupon
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import NOW, ModelRelay, Refused
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
DAY = timedelta(days=1)
FAR = NOW + 400 * DAY
"""After any clock that the tests run by."""
CODES = ("K7QM2XWR", "ABCD2345", "WXYZ6789")


class Shop:
    """A relay with an offer of three, a console on it, and its desk."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.desk = OffersDesk(console.here, self.inbox)
        chats = [relay.add_member(name) for name in ("林小雨", "周雨桐")]
        self.lin, self.zhou = [relay.rows["conversation"][chat].member_id for chat in chats]
        self.campaign, self.resend, self.other = self._campaigns()
        self.offer = self.add("offer", campaign_id=self.campaign, title="周末 8 折券", quantity=3,
                              claimed=2, ends_at=FAR, valid_until=FAR, at=NOW).id  # fmt: skip
        for member, code in zip((self.lin, self.zhou), CODES, strict=False):
            self.gives(member, code)

    def add(self, table: str, row_id: int = 0, **values: Any) -> Any:
        facts = {"shop_id": 1} | values if not row_id else values
        return self.relay.commit(lambda rev: self.relay.put(table, rev, row_id, **facts))

    def _campaigns(self) -> list[int]:
        facts = {"content": CampaignContent(), "at": NOW}
        first = self.add("campaign", client_id="c1", **facts).id
        again, weekly = (
            self.add("campaign", client_id=kind, kind=kind, parent_id=first, **facts).id
            for kind in ("resend", "occurrence")
        )
        return [first, again, weekly]

    def gives(self, member: int, code: str, **facts: Any) -> Any:
        values = {"title": "周末 8 折券", "offer_id": self.offer, "issued_at": NOW,
                  "expires_at": FAR}  # fmt: skip
        return self.add("coupon", member_id=member, code=code, **values | facts)

    async def settle(self) -> None:
        await settle(self.console, self.relay)

    @property
    def waiting(self) -> list[str]:
        return [entry.name for entry in self.console.here.outbox.entries]


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    shop = Shop(relay, console)
    await shop.settle()
    yield shop
    await shop.inbox.close()
    await console.close()


async def test_an_offer_says_how_many_were_claimed_and_redeemed_and_by_whom(shop: Shop) -> None:
    coupon = shop.relay.rows["coupon"]
    (first, *_) = coupon
    shop.add("coupon", first, redeemed_at=NOW, redeemed_by=2)
    await shop.settle()
    offer = await shop.desk.of_campaign(shop.campaign)
    assert offer is not None
    assert (offer.claimed, offer.quantity, offer.redeemed) == (2, 3, 1)
    holders = await shop.desk.holders(offer.id)
    assert [each.name for each in holders] == ["林小雨", "周雨桐"]
    assert [each.name for each in await shop.desk.holders(offer.id, redeemed=True)] == ["林小雨"]


async def test_what_was_sent_again_shares_the_offer_and_a_weeks_occurrence_does_not(
    shop: Shop,
) -> None:
    again = await shop.desk.of_campaign(shop.resend)
    assert again is not None
    assert again.id == shop.offer
    assert await shop.desk.of_campaign(shop.other) is None
    assert await shop.desk.of_campaign(0) is None


@pytest.mark.parametrize("typed", ["K7QM2XWR", "k7qm 2xwr", " K7QM-2XWR", "Ｋ７ＱＭ２ＸＷＲ"])
async def test_a_coupon_is_found_as_people_type_codes(shop: Shop, typed: str) -> None:
    found = await shop.desk.coupon(typed)
    assert found is not None
    assert (found.member, found.title) == ("林小雨", "周末 8 折券")
    assert (await FindDesk(shop.console.here, shop.inbox).find(typed)).coupon == found


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM2XW", "K7QM2XWRA", "ZZZZ2222"])
async def test_part_of_a_code_or_an_unknown_one_is_no_coupon(shop: Shop, typed: str) -> None:
    assert await shop.desk.coupon(typed) is None


async def test_her_panel_has_what_can_be_redeemed_first_and_says_who_redeemed(shop: Shop) -> None:
    shop.gives(shop.lin, CODES[2], redeemed_at=NOW, redeemed_by=2, offer_id=None)
    soon = shop.gives(shop.lin, "EEEE5555", expires_at=FAR - DAY, offer_id=None)
    await shop.settle()
    panel = await shop.inbox.panel(shop.lin)
    assert panel is not None
    assert [each.code for each in panel.coupons] == [soon.code, CODES[0], CODES[2]]
    assert panel.coupons[2].staff == "staff 2"


async def test_without_a_line_nothing_is_redeemed_now_or_later(shop: Shop) -> None:
    await shop.console.hang_up()
    with pytest.raises(Offline):
        await shop.desk.redeem(CODES[0])
    with pytest.raises(Offline):
        await shop.desk.reopen(1)
    assert shop.waiting == []


async def test_an_offer_that_is_ended_without_a_line_says_that_it_waits(shop: Shop) -> None:
    await shop.console.hang_up()
    await shop.desk.close_offer(shop.offer)
    offer = await shop.desk.of_campaign(shop.campaign)
    assert offer is not None
    assert offer.closing
    assert not offer.is_open(NOW)

    def close(rev: int, _staff: int, offer_id: int) -> None:
        shop.relay.put("offer", rev, offer_id, closed_at=NOW)

    shop.relay.do_offer_close = close  # type: ignore[attr-defined]
    await shop.settle()
    offer = await shop.desk.of_campaign(shop.campaign)
    assert offer is not None
    assert (offer.closing, offer.closed_at) == (False, NOW)


async def test_a_redeeming_that_is_answered_late_with_no_does_not_block_the_coupon(
    shop: Shop,
) -> None:
    """Nobody waits for it any more; it is told and goes."""
    told: list[str] = []
    refusals = Refusals(shop.console.here, shop.inbox)
    refusals.on_refused(lambda step: told.append(f"{step.name} {step.code}"))
    shop.relay.refuse_next = Refused("coupon.redeemed")
    await shop.inbox.outgoing.queue(
        RedeemCoupon(code=CODES[0]), lane=overlay_offers.coupon_lane(CODES[0]), scope="trade"
    )
    asked = await shop.desk.coupon(CODES[0])
    assert asked is not None
    assert asked.asked
    await shop.settle()
    await refusals.close()
    assert told == ["coupon.redeem coupon.redeemed"]
    assert shop.waiting == []
