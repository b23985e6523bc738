"""What is said about coupons and offers, in the language spoken now.

Items are ``desk.offer_types`` values, read by their fields.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from console.domain.offers import last_moment
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate

_DAY: Final = timedelta(days=1)
_LAST_MINUTE: Final = (23, 59)


def code(text: str) -> str:
    """A code in two halves, as one reads it out."""
    half = len(text) // 2
    return f"{text[:half]} {text[half:]}"


def state(coupon: Any, clock: ShopClock) -> str:
    """Whether it can be redeemed and until when, or why not."""
    found = coupon.state(clock.now())
    if found == "redeemed":
        return redeemed(coupon, clock)
    if found == "voided":
        return translate("Coupons", "voided")
    day = until(coupon.expires_at, clock)
    if found == "expired":
        return translate("Coupons", "expired {day}").format(day=day)
    return translate("Coupons", "valid until {day}").format(day=day)


def redeemed(coupon: Any, clock: ShopClock) -> str:
    """When, and by whom."""
    when = moment(coupon.redeemed_at, clock)
    if not coupon.staff:
        return translate("Coupons", "redeemed {when}").format(when=when)
    words = translate("Coupons", "redeemed {when} by {staff}")
    return words.format(when=when, staff=coupon.staff)


def until(at: datetime, clock: ShopClock) -> str:
    """A last moment as one says it: the day alone where it is the whole day."""
    last = last_moment(at)
    return _day(last, clock) if is_whole_day(clock.local(last)) else moment(at, clock)


def is_whole_day(local: datetime) -> bool:
    """Whether a last moment of the shop's is that of its day."""
    return (local.hour, local.minute) == _LAST_MINUTE


def moment(at: datetime, clock: ShopClock) -> str:
    """Day and time in the middle of a sentence."""
    return f"{_day(at, clock)} {clock.local(at):%H:%M}"


def _day(at: datetime, clock: ShopClock) -> str:
    day, today = clock.local(at).date(), clock.today()
    near = {
        today - _DAY: translate("Coupons", "yesterday"), today: translate("Coupons", "today"),
        today + _DAY: translate("Coupons", "tomorrow"),
    }  # fmt: skip
    return near.get(day) or phrases.month_day(day, today)
