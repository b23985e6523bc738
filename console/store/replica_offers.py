"""What is asked of a replica about limited offers and the coupons made of them.  Reads only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from console.store import replica_queries
from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.store.row_codec import to_ms
from console.wire.rows import CampaignRow, CouponRow, OfferRow

_FEW = 20


class CouponFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon with the names of whose it is and of who redeemed it, "" while unknown."""

    row: CouponRow
    member: str
    staff: str


def of_campaign(db: Connection, campaign_id: int) -> OfferRow | None:
    """The offer of a campaign; what was sent again shares that of the first sending."""
    seen: set[int] = set()
    while campaign_id and campaign_id not in seen:
        seen.add(campaign_id)
        found: list[OfferRow] = _rows(db, "offer", "campaign_id = ?", (campaign_id,))
        if found:
            return found[0]
        row: CampaignRow | None = replica_queries.one(db, "campaign", campaign_id)
        resent = row is not None and row.kind == "resend"
        campaign_id = row.parent_id or 0 if row is not None and resent else 0
    return None


def redeemed(db: Connection, offer_id: int) -> int:
    """How many of its coupons were redeemed."""
    query = "SELECT count(*) FROM coupon WHERE offer_id = ? AND redeemed_at IS NOT NULL"
    (found,) = db.execute(query, (offer_id,)).fetchone()
    return int(found)


def holders(db: Connection, offer_id: int, limit: int, *, redeemed: bool) -> list[int]:
    """Members who have a coupon of it, or who ``redeemed`` it, first come first."""
    done = "AND redeemed_at IS NOT NULL" if redeemed else ""
    found = db.execute(
        f"SELECT member_id FROM coupon WHERE offer_id = ? {done} ORDER BY id LIMIT ?",  # noqa: S608
        (offer_id, limit),
    )
    return list(dict.fromkeys(row[0] for row in found))


def of_member(db: Connection, member_id: int, now_ms: int) -> list[CouponFacts]:
    """A member's newest coupons; those that can be redeemed first, the soonest to end before."""
    return _facts(
        db,
        """c.member_id = ? ORDER BY (c.redeemed_at IS NULL AND c.voided_at IS NULL
             AND c.expires_at > ?) DESC,
           CASE WHEN c.redeemed_at IS NULL AND c.voided_at IS NULL AND c.expires_at > ?
             THEN c.expires_at ELSE -c.issued_at END, c.id DESC LIMIT ?""",
        (member_id, now_ms, now_ms, _FEW),
    )


def by_code(db: Connection, code: str) -> CouponFacts | None:
    """The coupon of that code, written as codes are kept."""
    return next(iter(_facts(db, "c.code = ? ORDER BY c.id DESC LIMIT 1", (code,))), None)


def by_id(db: Connection, coupon_id: int) -> CouponFacts | None:
    """The coupon of that id."""
    return next(iter(_facts(db, "c.id = ?", (coupon_id,))), None)


def usable_title(db: Connection, member_id: int, now: datetime) -> str:
    """What the coupon is called that she can use and that ends first; "": she has none."""
    found = db.execute(
        """SELECT title FROM coupon WHERE member_id = ? AND redeemed_at IS NULL
           AND voided_at IS NULL AND expires_at >= ? ORDER BY expires_at, id LIMIT 1""",
        (member_id, to_ms(now)),
    ).fetchone()
    return str(found[0]) if found else ""


def _facts(db: Connection, where: str, parameters: tuple[Any, ...]) -> list[CouponFacts]:
    found = db.execute(
        f"""SELECT coalesce(m.name, ''), coalesce(s.name, ''), c.* FROM coupon AS c
            LEFT JOIN member AS m ON m.id = c.member_id
            LEFT JOIN staff AS s ON s.id = c.redeemed_by WHERE {where}""",  # noqa: S608 - own names
        parameters,
    )
    struct = CODECS["coupon"].struct
    return [CouponFacts(member=each[0], staff=each[1], row=struct(each[2:])) for each in found]


def _rows(db: Connection, table: str, where: str, parameters: tuple[Any, ...]) -> list[Any]:
    query = f'SELECT * FROM "{table}" WHERE {where}'  # noqa: S608 - names of our own
    return [CODECS[table].struct(values) for values in db.execute(query, parameters)]
