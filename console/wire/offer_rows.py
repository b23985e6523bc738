"""Limited offers and the coupons that come of them.  Pure data, as in ``wire.rows``."""

from __future__ import annotations

from datetime import datetime

import msgspec

from console.wire.row_parts import Row


class OfferTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a campaign offers: ``quantity`` coupons to whoever is first, until ``ends_at``."""

    title: str
    quantity: int
    ends_at: datetime
    valid_until: datetime
    """Till when a coupon can be redeemed; not before ``ends_at``."""


class OfferPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a template offers: terms whose times are counted from when a campaign leaves.

    It can be claimed until ``ends_minute`` after the shop's midnight ``ends_after_days`` later
    (0: the day it leaves); coupons are good until the end of the day ``valid_days`` after that.
    """

    title: str
    quantity: int
    ends_after_days: int
    ends_minute: int
    valid_days: int


class OfferRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The offer a message carries; how many are left is said by its ``OfferRow``."""

    id: int
    title: str
    valid_until: datetime


class OfferRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """An offer that was sent: one of ``campaign_id`` and all its resends together.

    Members get a ``campaign_id`` of 0 and no ``title``.  Taken back with
    its campaign it is closed and has no ``title`` any more.
    """

    shop_id: int
    campaign_id: int
    title: str = ""
    quantity: int
    claimed: int = 0
    ends_at: datetime
    valid_until: datetime
    closed_at: datetime | None = None
    """When staff ended it early, or its campaign was taken back."""
    at: datetime


class CouponRow(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One coupon of one member; good until ``expires_at`` unless redeemed or voided.

    ``source`` is ``offer``.  ``claimant_id`` is who claimed it: it stays when ``member_id``
    becomes another by a merge, so that nobody claims twice.  Members get neither that nor
    ``redeemed_by``.
    """

    shop_id: int
    member_id: int
    code: str
    """Eight characters that cannot be mistaken for each other."""
    title: str = ""
    source: str = "offer"
    offer_id: int | None = None
    claimant_id: int | None = None
    issued_at: datetime
    expires_at: datetime
    redeemed_at: datetime | None = None
    redeemed_by: int | None = None
    """The staff member."""
    voided_at: datetime | None = None
