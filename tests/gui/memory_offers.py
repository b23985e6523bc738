"""Offers and coupons of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from console.desk.campaign_types import AudienceMember
from console.desk.offer_types import CouponItem, OfferItem, Redeemed
from console.desk.types import Changed
from console.domain.offers import typed_code
from console.sync.http import Offline
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from tests.gui.memory_desk import MemoryDesk


class MemoryOffers:
    """``OffersPort`` over dictionaries.

    Attributes:
        offers: by campaign; ``coupons`` by code.
        here: only these codes are known on this console, ``None``: all.
        answer: awaited before a redeeming is answered.
    """

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.offers: dict[int, OfferItem] = {}
        self.coupons: dict[str, CouponItem] = {}
        self.here: set[str] | None = None
        self.answer = asyncio.Event()
        self.answer.set()
        self._listeners: list[Callable[[], None]] = []

    def give(self, member_id: int, code: str, **facts: object) -> CouponItem:
        """She claimed a coupon."""
        now = datetime.now(UTC)
        panel = self._desk.panels[member_id]
        coupon = CouponItem(
            coupon_id=len(self.coupons) + 1, member_id=member_id, member=panel.name, code=code,
            title="周末 8 折券", issued_at=now, expires_at=now + timedelta(days=7),
        )  # fmt: skip
        self.put(msgspec.structs.replace(coupon, **facts))
        return self.coupons[code]

    def put(self, coupon: CouponItem) -> None:
        """It stands so now, in her panel too."""
        self.coupons[coupon.code] = coupon
        who = coupon.member_id
        hers = tuple(each for each in self.coupons.values() if each.member_id == who)
        panel = self._desk.panels[who]
        self._desk.panels[who] = msgspec.structs.replace(panel, coupons=hers)
        self._desk.tell_changed(Changed(tables=frozenset({"coupon"}), members=frozenset({who})))
        self.tell()

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def of_campaign(self, campaign_id: int) -> OfferItem | None:
        await asyncio.sleep(0)
        return self.offers.get(campaign_id)

    async def holders(
        self, offer_id: int, *, redeemed: bool = False, limit: int = 200
    ) -> list[AudienceMember]:
        await asyncio.sleep(0)
        found = [AudienceMember(member_id=1, name="周雨桐", phone="138****6021", tier="gold"),
                 AudienceMember(member_id=2, name="安小满", phone="137****6813")]  # fmt: skip
        return found[:1] if redeemed else found

    async def close_offer(self, offer_id: int) -> None:
        await asyncio.sleep(0)
        self._desk.calls.append(("close_offer", offer_id))
        for key, offer in self.offers.items():
            if offer.id == offer_id:
                self.offers[key] = msgspec.structs.replace(offer, closed_at=datetime.now(UTC))
        self.tell()

    async def coupon(self, code: str) -> CouponItem | None:
        await asyncio.sleep(0)
        tidy = typed_code(code)
        known = self.here is None or tidy in self.here
        return self.coupons.get(tidy) if known else None

    async def redeem(self, code: str) -> Redeemed:
        self._desk.calls.append(("redeem", typed_code(code)))
        if self._desk.link.phase != "synced":
            raise Offline
        await self.answer.wait()
        found = self.coupons.get(typed_code(code))
        if found is None:
            raise Refusal(Code.COUPON_UNKNOWN)
        if found.redeemed_at is not None:
            raise Refusal(Code.COUPON_REDEEMED, {"local": "11-28 14:02", "staff": found.staff})
        self.put(msgspec.structs.replace(found, redeemed_at=datetime.now(UTC), staff="李店长"))
        return Redeemed(coupon_id=found.coupon_id, member_id=found.member_id,
                        member=found.member, title=found.title)  # fmt: skip

    async def void(self, coupon_id: int, reason: str) -> None:
        self._desk.calls.append(("void", coupon_id, reason))
        await asyncio.sleep(0)
        found = next(each for each in self.coupons.values() if each.coupon_id == coupon_id)
        self.put(msgspec.structs.replace(found, voided_at=datetime.now(UTC)))

    async def reopen(self, coupon_id: int) -> None:
        self._desk.calls.append(("reopen", coupon_id))
        await asyncio.sleep(0)
        found = next(each for each in self.coupons.values() if each.coupon_id == coupon_id)
        self.put(msgspec.structs.replace(found, redeemed_at=None, staff=""))
