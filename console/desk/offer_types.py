"""Limited offers and coupons as the screens get them: frozen values.  Times are aware UTC."""

from __future__ import annotations

from datetime import datetime

import msgspec

from console.domain.offers import REOPEN_WITHIN, CouponState, Standing, coupon_state, standing


class OfferItem(msgspec.Struct, frozen=True, kw_only=True):
    """How an offer stands.

    Attributes:
        claimed: how many of ``quantity`` are taken; ``redeemed``: how many were used.
        ends_at: until when one can be claimed; ``valid_until``: redeemed.
        closed_at: when it was ended before its time; ``closing``: that waits for the line.
    """

    id: int
    title: str
    quantity: int
    claimed: int = 0
    redeemed: int = 0
    ends_at: datetime
    valid_until: datetime | None = None
    closed_at: datetime | None = None
    closing: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether one more can be claimed."""
        return not self.closing and standing(self, now) is Standing.OPEN


class CouponItem(msgspec.Struct, frozen=True, kw_only=True):
    """A member's coupon; ``staff`` redeemed it, ``asked``: the relay has not answered a step."""

    coupon_id: int
    member_id: int
    member: str = ""
    code: str
    title: str = ""
    issued_at: datetime
    expires_at: datetime
    redeemed_at: datetime | None = None
    staff: str = ""
    voided_at: datetime | None = None
    asked: bool = False

    def state(self, now: datetime) -> CouponState:
        """Whether it is good, or why not."""
        return coupon_state(self, now)

    def can_reopen(self, now: datetime) -> bool:
        """Whether its redeeming can be taken back."""
        if self.redeemed_at is None or self.voided_at is not None:
            return False
        return now - self.redeemed_at < REOPEN_WITHIN


class Redeemed(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon that was just redeemed; ``coupon_id`` 0: the relay has not answered yet."""

    coupon_id: int = 0
    member_id: int = 0
    member: str = ""
    title: str = ""
