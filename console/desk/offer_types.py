"""Limited offers and coupons as the screens get them: frozen values.  Times are aware UTC."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Final

import msgspec

CODE_CHARS: Final = 8
MAX_OFFER_TITLE: Final = 40
MAX_QUANTITY: Final = 10_000
REOPEN_WITHIN: Final = timedelta(hours=24)
"""So long after a redeeming it can be taken back."""


def tidy_code(typed: str) -> str:
    """A code as it is kept: upper case, plain width, without blanks and dashes."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


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
        ended = self.closed_at is not None or self.closing or self.ends_at <= now
        return not ended and self.claimed < self.quantity


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

    def state(self, now: datetime) -> str:
        """``open``, ``redeemed``, ``expired`` or ``voided``."""
        if self.redeemed_at is not None:
            return "redeemed"
        if self.voided_at is not None:
            return "voided"
        return "open" if now < self.expires_at else "expired"

    def can_reopen(self, now: datetime) -> bool:
        """Whether its redeeming can be taken back."""
        return self.redeemed_at is not None and now - self.redeemed_at < REOPEN_WITHIN


class Redeemed(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon that was just redeemed; ``coupon_id`` 0: the relay has not answered yet."""

    coupon_id: int = 0
    member_id: int = 0
    member: str = ""
    title: str = ""
