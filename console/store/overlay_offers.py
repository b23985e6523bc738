"""Steps about coupons and offers that wait in the outbox.  Pure: values in, values out.

A redeeming is never shown as done before the relay did it: of two counters only one may.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from console.store.outbox import Entry
from console.wire.commands import CloseOffer, RedeemCoupon, ReopenCoupon, VoidCoupon


def coupon_lane(key: int | str) -> str:
    """Steps of one coupon, by its id or its code, go in order."""
    return f"coupon/{key}"


def offer_lane(offer_id: int) -> str:
    """Steps of one offer go in order."""
    return f"offer/{offer_id}"


def asked(entries: Iterable[Entry]) -> set[str]:
    """Lanes of coupons with a step that the relay has not answered."""
    names = {RedeemCoupon.name, ReopenCoupon.name, VoidCoupon.name}
    return {entry.lane for entry in entries if entry.name in names and entry.state == "queued"}


def closing(entries: Iterable[Entry]) -> set[int]:
    """Offers whose end is on its way and not in the replica."""
    return {
        msgspec.json.decode(entry.body, type=CloseOffer).offer_id
        for entry in entries
        if entry.name == CloseOffer.name and entry.state != "failed"
    }
