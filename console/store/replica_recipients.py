"""Who is in a campaign's audience by name, and what became of each, asked of a replica.

Reads only.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from console.store import replica_offers, replica_people, replica_queries
from console.store.driver import Connection
from console.store.row_codec import from_ms


class RecipientFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the audience; her name is "" as long as her row is not here.

    Who was merged since is called as who she is today.  ``phone`` is as the relay shows it to
    staff.  ``coupon_at``, ``redeemed_at``: of what the
    campaign offers, unless it was voided.
    """

    member_id: int
    name: str
    phone: str
    state: str
    reason: str
    variant: str
    written_at: datetime | None
    read_at: datetime | None
    replied_at: datetime | None
    recalled_at: datetime | None
    coupon_at: datetime | None
    redeemed_at: datetime | None


def of_campaign(db: Connection, campaign_id: int) -> list[RecipientFacts]:
    """All of them: who got it, then the others, in the order of their rows."""
    coupons, of_today = _coupons(db, campaign_id), _of_today(db, campaign_id)
    found = db.execute(
        """SELECT r.member_id, coalesce(m.name, ''), coalesce(m.phone, ''), r.state, r.reason,
             r.variant, r.written_at, r.read_at, r.replied_at, r.recalled_at
           FROM recipient AS r LEFT JOIN member AS m ON m.id = r.member_id
           WHERE r.campaign_id = ? ORDER BY r.state != 'written', r.id""",
        (campaign_id,),
    )
    return [
        RecipientFacts(
            member_id=member, name=today.name, phone=today.phone, state=state, reason=reason,
            variant=variant, written_at=_when(written), read_at=_when(read),
            replied_at=_when(replied), recalled_at=_when(recalled),
            coupon_at=_when(claimed), redeemed_at=_when(redeemed),
        )
        for member, name, phone, state, reason, variant, written, read, replied, recalled in found
        for today in (of_today.get(member, _Today(member, name, phone)),)
        for claimed, redeemed in (coupons.get(today.member_id, (None, None)),)
    ]  # fmt: skip


class _Today(NamedTuple):
    member_id: int
    name: str
    phone: str


def _of_today(db: Connection, campaign_id: int) -> dict[int, _Today]:
    """By those of its audience who were merged since: who each is now."""
    merged = replica_people.heirs(db)
    query = "SELECT member_id FROM recipient WHERE campaign_id = ?"
    audience = db.execute(query, (campaign_id,)) if merged else ()
    heirs = {who: merged[who] for (who,) in audience if who in merged}
    rows = replica_queries.by_ids(db, "member", sorted({*heirs.values()}))
    found = {row.id: _Today(row.id, row.name, row.phone) for row in rows}
    return {who: found[heir] for who, heir in heirs.items() if heir in found}


def _coupons(db: Connection, campaign_id: int) -> dict[int, tuple[int, int | None]]:
    """By member: when she got the first of what it offers, and redeemed the first she did."""
    offer = replica_offers.of_campaign(db, campaign_id)
    if offer is None:
        return {}
    found = db.execute(
        """SELECT member_id, min(issued_at), min(redeemed_at) FROM coupon
           WHERE offer_id = ? AND voided_at IS NULL GROUP BY member_id""",
        (offer.id,),
    )
    return {member: (issued, redeemed) for member, issued, redeemed in found}


def _when(value: int | None) -> datetime | None:
    return None if value is None else from_ms(value)
