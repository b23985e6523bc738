"""What tests of limited offers do in a shop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.relay.actor import Actor
from console.wire import commands
from console.wire.offer_rows import OfferTerms
from tests.helpers.campaign_kit import sent, variant
from tests.unit.relay.shop import Shop

TITLE = "周末 8 折券"


def terms(shop: Shop, quantity: int = 2, *, hours: float = 24, days: int = 7) -> OfferTerms:
    """Open for so many hours from now, good for so many days."""
    now = shop.clock.now()
    return OfferTerms(title=TITLE, quantity=quantity, ends_at=now + timedelta(hours=hours),
                      valid_until=now + timedelta(days=days))  # fmt: skip


async def offered(shop: Shop, quantity: int = 2, client_id: str = "c", **fields: Any) -> None:
    """A campaign with an offer that went to everybody who gets it now."""
    fields.setdefault("offer", terms(shop, quantity))
    await sent(shop.core, shop.clerk, client_id, variant(), **fields)


async def claim(shop: Shop, actor: Actor, offer_id: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = await shop.core.call(actor, commands.ClaimOffer(offer_id=offer_id))
    return found


def offer(shop: Shop, offer_id: int = 1) -> dict[str, Any]:
    return shop.rows("select * from offer where id = ?", offer_id)[0]


def coupons(shop: Shop) -> list[dict[str, Any]]:
    return shop.rows("select * from coupon order by id")
