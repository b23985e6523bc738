"""Limited offers are claimed and closed, coupons redeemed.  Pure data."""

from __future__ import annotations

from typing import ClassVar

from console.wire.commands.base import MEMBER, STAFF, Command


class ClaimOffer(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Take one of the coupons that an offer still has.

    Result: ``{"coupon_id", "code", "expires_at"}``, the same again for who claimed before.
    Refused: ``offer.gone`` (all are taken), ``offer.over`` (too late, or closed),
    ``not_found`` (no message brought it to her).
    """

    name: ClassVar[str] = "offer.claim"
    by: ClassVar[frozenset[str]] = MEMBER
    offer_id: int


class CloseOffer(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Nobody claims it from here on; coupons stay good."""

    name: ClassVar[str] = "offer.close"
    by: ClassVar[frozenset[str]] = STAFF
    offer_id: int


class RedeemCoupon(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Use a coupon up, named by ``code`` as somebody typed it or by ``coupon_id``.

    Result: ``{"coupon_id", "member_id", "title"}``.  Refused: ``coupon.unknown``,
    ``coupon.redeemed`` (``at``, ``local``, ``staff``), ``coupon.expired`` (``at``, ``local``),
    ``coupon.voided``; ``at`` is ISO 8601 UTC, ``local`` the shop's clock in words.
    """

    name: ClassVar[str] = "coupon.redeem"
    by: ClassVar[frozenset[str]] = STAFF
    code: str = ""
    coupon_id: int = 0


class ReopenCoupon(Command, frozen=True, kw_only=True, omit_defaults=True):
    """It was redeemed by mistake, less than 24 hours ago, and is good again.

    Refused: ``coupon.unknown``, ``coupon.too_late``.
    """

    name: ClassVar[str] = "coupon.reopen"
    by: ClassVar[frozenset[str]] = STAFF
    coupon_id: int


class VoidCoupon(Command, frozen=True, kw_only=True, omit_defaults=True):
    """It is no longer good; ``reason`` stands in the operation log.

    Refused: ``coupon.unknown``, ``coupon.redeemed``, ``text.empty``, ``text.too_long``.
    """

    name: ClassVar[str] = "coupon.void"
    by: ClassVar[frozenset[str]] = STAFF
    coupon_id: int
    reason: str
