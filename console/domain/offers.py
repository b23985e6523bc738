"""Rules of limited offers and coupons: terms, deadlines, codes.  Standard library only."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

MAX_TITLE_CHARS: Final = 40
MOST: Final = 10_000
"""Units one offer may have."""
MOST_WRITTEN: Final = 99_999
"""As many units a draft may name until somebody says that it is too many."""
FARTHEST: Final = timedelta(days=366)
"""So far ahead an offer may end, and its coupons be good."""
REOPEN_WITHIN: Final = timedelta(hours=24)
"""So long a redeeming can be taken back."""
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L."""
CODE_CHARS: Final = 8
_WEEK: Final = timedelta(days=7)
_INSTANT: Final = timedelta(milliseconds=1)
_DAY_MINUTES: Final = 24 * 60


class Terms(Protocol):
    """What is offered; ``wire.offer_rows.OfferTerms`` is one."""

    @property
    def title(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def valid_until(self) -> datetime: ...


class Plan(Protocol):
    """Terms counted from when a campaign leaves; ``wire.offer_rows.OfferPlan`` is one."""

    @property
    def title(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def ends_after_days(self) -> int: ...
    @property
    def ends_minute(self) -> int: ...
    @property
    def valid_days(self) -> int: ...


class Fault(StrEnum):
    """What is wrong with terms."""

    TITLE_EMPTY = "title_empty"
    TITLE_LONG = "title_long"
    QUANTITY = "quantity"
    TIMES = "times"
    TOO_FAR = "too_far"


def last_moment(at: datetime) -> datetime:
    """Of what ends at a moment, the last one before it."""
    return at - _INSTANT


def can_keep(terms: Terms) -> bool:
    """Whether a draft may hold them as they are written, though they are not ready."""
    aware = terms.ends_at.tzinfo is not None and terms.valid_until.tzinfo is not None
    fits = len(terms.title) <= MAX_TITLE_CHARS and 0 <= terms.quantity <= MOST_WRITTEN
    return aware and fits


def can_keep_plan(plan: Plan) -> bool:
    """Whether a template may hold it."""
    days = (plan.ends_after_days, plan.valid_days)
    return (
        len(plan.title) <= MAX_TITLE_CHARS
        and 0 <= plan.quantity <= MOST_WRITTEN
        and all(0 <= each <= FARTHEST.days for each in days)
        and 0 <= plan.ends_minute < _DAY_MINUTES
    )


def fault_of(terms: Terms, now: datetime) -> Fault | None:
    """The first thing that keeps terms from being sent.  Whether they are over is asked apart."""
    if not terms.title.strip():
        return Fault.TITLE_EMPTY
    if len(terms.title) > MAX_TITLE_CHARS:
        return Fault.TITLE_LONG
    if not 1 <= terms.quantity <= MOST:
        return Fault.QUANTITY
    if terms.ends_at.tzinfo is None or terms.valid_until.tzinfo is None:
        return Fault.TIMES
    if terms.valid_until < terms.ends_at:
        return Fault.TIMES
    return Fault.TOO_FAR if terms.valid_until > now + FARTHEST else None


# --- an offer's state ---------------------------------------------------------------------------


class Standing(StrEnum):
    """Whether an offer can still be claimed."""

    OPEN = "open"
    GONE = "gone"
    OVER = "over"


class Offer(Protocol):
    """``wire.offer_rows.OfferRow`` is one."""

    @property
    def quantity(self) -> int: ...
    @property
    def claimed(self) -> int: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


def standing(offer: Offer, now: datetime) -> Standing:
    """Over beats gone: nothing of it can come back."""
    if offer.closed_at is not None or now >= offer.ends_at:
        return Standing.OVER
    return Standing.OPEN if offer.claimed < offer.quantity else Standing.GONE


def moved_past(
    ends_at: datetime, valid_until: datetime, slot: datetime, timezone: str
) -> tuple[datetime, datetime]:
    """Deadline and validity of a weekly occurrence: whole weeks later, until ``slot`` is before.

    Weeks of the wall clock in ``timezone``: it stays the same hour of the same weekday.
    """
    zone = ZoneInfo(timezone)
    weeks = max(0, (slot - ends_at) // _WEEK)
    while _later(ends_at, weeks, zone) <= slot:
        weeks += 1
    ended = _later(ends_at, weeks, zone)
    # Where the clocks are set back, the later of two moments might come out before.
    return ended, max(ended, _later(valid_until, weeks, zone))


def _later(at: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    if not weeks:
        return at
    return (at.astimezone(zone) + _WEEK * weeks).astimezone(at.tzinfo)


# --- coupons ------------------------------------------------------------------------------------


class CouponState(StrEnum):
    """Whether a coupon is good, or why not."""

    GOOD = "good"
    REDEEMED = "redeemed"
    VOIDED = "voided"
    EXPIRED = "expired"


class Coupon(Protocol):
    """``wire.offer_rows.CouponRow`` is one."""

    @property
    def expires_at(self) -> datetime: ...
    @property
    def redeemed_at(self) -> datetime | None: ...
    @property
    def voided_at(self) -> datetime | None: ...


def coupon_state(coupon: Coupon, now: datetime) -> CouponState:
    """What has become of it."""
    if coupon.voided_at is not None:
        return CouponState.VOIDED
    if coupon.redeemed_at is not None:
        return CouponState.REDEEMED
    return CouponState.EXPIRED if now > coupon.expires_at else CouponState.GOOD


def new_code() -> str:
    """A random code; nobody guesses one of 31^8."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARS))


def typed_code(text: str) -> str:
    """What somebody typed or read out, as a code is kept: ``k7qp-2m9w`` → ``K7QP2M9W``."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isalnum())
