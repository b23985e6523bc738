"""Limited offers and coupons: how they stand, ended early, redeemed at the counter.

What is asked is answered by the replica, also offline.  Redeeming needs the relay, which lets
one counter of several do it; nothing is shown as redeemed before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from console.desk.campaign_types import AudienceMember
from console.desk.offer_types import CouponItem, OfferItem, Redeemed
from console.domain.offers import CODE_CHARS, typed_code
from console.store import overlay_offers, replica_offers, replica_queries
from console.store.outbox import Entry
from console.store.replica import Connection
from console.store.replica_offers import CouponFacts
from console.sync.http import Offline
from console.wire.commands import CloseOffer, RedeemCoupon, ReopenCoupon, VoidCoupon
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

_CAMPAIGNS, _TRADE = "campaigns", "trade"
_TABLES: Final = frozenset({"offer", "coupon", "campaign", "outbox"})


class OffersDesk:
    """``OffersPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after offers or coupons may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    # --- offers ---------------------------------------------------------------------------

    async def of_campaign(self, campaign_id: int) -> OfferItem | None:
        """How the offer of a campaign stands; ``None``: it has none, or it has not begun."""
        entries = self._station.outbox.entries
        return await self._station.read(_offer, campaign_id, entries)

    async def holders(
        self, offer_id: int, *, redeemed: bool = False, limit: int = 200
    ) -> list[AudienceMember]:
        """Who has a coupon of it, or who ``redeemed`` it, first come first."""
        return await self._station.read(_holders, offer_id, limit, redeemed=redeemed)

    async def close_offer(self, offer_id: int) -> None:
        """End it now; without a line as soon as there is one.  Raises ``Refusal``."""
        out, lane = self._inbox.outgoing, overlay_offers.offer_lane(offer_id)
        command = CloseOffer(offer_id=offer_id)
        if out.is_up:
            await out.call(command, lane=lane, scope=_CAMPAIGNS)
        else:
            await out.queue(command, lane=lane, scope=_CAMPAIGNS)

    # --- coupons --------------------------------------------------------------------------

    async def coupon(self, code: str) -> CouponItem | None:
        """The coupon with a code as somebody typed it; ``None``: none that is known here."""
        entries = self._station.outbox.entries
        return await self._station.read(find_coupon, code, entries)

    async def redeem(self, code: str) -> Redeemed:
        """Redeem it, once for all counters; nothing of it when the relay does not answer yet.

        Raises ``Offline`` without a line, which changes nothing, and ``Refusal``.
        """
        tidy = typed_code(code)
        if not tidy:
            raise Refusal(Code.COUPON_UNKNOWN, field="code")
        answer = await self._call(RedeemCoupon(code=tidy), tidy)
        if not isinstance(answer, dict):
            return Redeemed()
        member_id = int(answer.get("member_id", 0))
        row: MemberRow | None = await self._station.read(replica_queries.one, "member", member_id)
        return Redeemed(
            coupon_id=int(answer.get("coupon_id", 0)), member_id=member_id,
            member=row.name if row is not None else "", title=str(answer.get("title", "")),
        )  # fmt: skip

    async def reopen(self, coupon_id: int) -> None:
        """Take a redeeming back, within a day.  Raises ``Offline`` and ``Refusal``."""
        await self._call(ReopenCoupon(coupon_id=coupon_id), coupon_id)

    async def void(self, coupon_id: int, reason: str) -> None:
        """It is no longer good; the reason is recorded.  Raises ``Offline`` and ``Refusal``."""
        await self._call(VoidCoupon(coupon_id=coupon_id, reason=reason), coupon_id)

    async def _call(self, command: RedeemCoupon | ReopenCoupon | VoidCoupon, key: int | str) -> Any:
        if not self._inbox.outgoing.is_up:
            raise Offline
        lane = overlay_offers.coupon_lane(key)
        return await self._inbox.outgoing.call(command, lane=lane, scope=_TRADE)


def coupon_item(facts: CouponFacts, entries: Sequence[Entry] = ()) -> CouponItem:
    """A coupon as the screens get it."""
    row = facts.row
    lanes = {overlay_offers.coupon_lane(key) for key in (row.id, row.code)}
    return CouponItem(
        coupon_id=row.id, member_id=row.member_id, member=facts.member, code=row.code,
        title=row.title, issued_at=row.issued_at, expires_at=row.expires_at,
        redeemed_at=row.redeemed_at, staff=facts.staff, voided_at=row.voided_at,
        asked=not lanes.isdisjoint(overlay_offers.asked(entries)),
    )  # fmt: skip


def find_coupon(db: Connection, typed: str, entries: Sequence[Entry] = ()) -> CouponItem | None:
    """The coupon whose code somebody typed."""
    code = typed_code(typed)
    facts = replica_offers.by_code(db, code) if len(code) == CODE_CHARS else None
    return None if facts is None else coupon_item(facts, entries)


def _offer(db: Connection, campaign_id: int, entries: Sequence[Entry]) -> OfferItem | None:
    row = replica_offers.of_campaign(db, campaign_id)
    if row is None:
        return None
    return OfferItem(
        id=row.id, title=row.title, quantity=row.quantity, claimed=row.claimed,
        redeemed=replica_offers.redeemed(db, row.id), ends_at=row.ends_at,
        valid_until=row.valid_until, closed_at=row.closed_at,
        closing=row.closed_at is None and row.id in overlay_offers.closing(entries),
    )  # fmt: skip


def _holders(db: Connection, offer_id: int, limit: int, *, redeemed: bool) -> list[AudienceMember]:
    ids = replica_offers.holders(db, offer_id, limit, redeemed=redeemed)
    rows = {row.id: row for row in replica_queries.by_ids(db, "member", ids)}
    return [
        AudienceMember(member_id=row.id, name=row.name, phone=row.phone, tier=row.tier)
        for row in (rows[each] for each in ids if each in rows)
    ]
