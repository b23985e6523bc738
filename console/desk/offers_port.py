"""What the screens may call about limited offers and coupons; ``desk.offers.OffersDesk`` is real.

Looking works offline.  Redeeming needs the line, since a coupon is redeemed exactly once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console.desk.campaign_types import AudienceMember
from console.desk.offer_types import CouponItem, OfferItem, Redeemed


class OffersPort(Protocol):
    """Limited offers and the coupons made of them."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after offers or coupons may have changed."""
        ...

    async def of_campaign(self, campaign_id: int) -> OfferItem | None:
        """How the offer of a campaign stands; ``None``: it has none, or it has not begun."""
        ...

    async def holders(
        self, offer_id: int, *, redeemed: bool = False, limit: int = 200
    ) -> list[AudienceMember]:
        """Who has a coupon of it, or who ``redeemed`` it."""
        ...

    async def close_offer(self, offer_id: int) -> None:
        """End it now; coupons that were claimed stay valid."""
        ...

    async def coupon(self, code: str) -> CouponItem | None:
        """The coupon with a code as somebody typed it; ``None``: none that is known here."""
        ...

    async def redeem(self, code: str) -> Redeemed:
        """Redeem it, once for all counters.  Raises ``Offline`` and ``Refusal``."""
        ...

    async def void(self, coupon_id: int, reason: str) -> None:
        """It is no longer good; the reason is recorded.  Raises ``Offline`` and ``Refusal``."""
        ...

    async def reopen(self, coupon_id: int) -> None:
        """Take a redeeming back, within a day.  Raises ``Offline`` and ``Refusal``."""
        ...
