"""Visits and purchases beside those of the holdout, asked of a replica.  Reads only."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta

from console.domain import audiences
from console.domain.attribution import WINDOW
from console.domain.intervals import Rate
from console.domain.statistics import PurchasesComparison, Visitor
from console.store import replica_campaigns, replica_queries
from console.store.driver import Connection
from console.store.replica_insights import GONE, WANTING, here
from console.store.row_codec import to_ms
from console.wire.campaign_rows import CampaignRow

_AT_ONCE = timedelta(days=1)
"""To whom a campaign was written later, her week had been full: of the holdout nobody is like
her."""


def visits(
    db: Connection, shop_id: int, begin: datetime, end: datetime, timezone: str
) -> dict[Visitor, int]:
    """How many members came how often between two moments of one quarter.

    Of those who had joined and wanted marketing at the first of them; exempt ones are left out.
    """
    holdout, tags = replica_campaigns.holdout(db, begin, timezone)
    exempt = sorted(replica_campaigns.tagged(db, tags))
    found = db.execute(
        f"""SELECT m.bucket, coalesce(v.number, 0), count(*) {_VISITORS}
            AND m.id NOT IN (SELECT value FROM json_each(:exempt)) GROUP BY 1, 2""",  # noqa: S608
        _asked(shop_id, begin, end, exempt),
    )
    counts: Counter[Visitor] = Counter()
    for bucket, number, members in found:
        counts[Visitor(number, holdout.has(bucket))] += members
    return dict(counts)


def visited(
    db: Connection, shop_id: int, begin: datetime, end: datetime, timezone: str
) -> tuple[int, ...]:
    """Members behind ``visits`` who came and get marketing."""
    holdout, tags = replica_campaigns.holdout(db, begin, timezone)
    exempt = sorted(replica_campaigns.tagged(db, tags))
    found = db.execute(
        f"""SELECT m.id, m.bucket {_VISITORS} AND v.number
            AND m.id NOT IN (SELECT value FROM json_each(:exempt)) ORDER BY m.id""",  # noqa: S608
        _asked(shop_id, begin, end, exempt),
    )
    return tuple(who for who, bucket in found if not holdout.has(bucket))


_VISITORS = f"""FROM member AS m LEFT JOIN
      (SELECT member_id, count(*) AS number FROM visit WHERE at >= :at AND at < :end
       GROUP BY member_id) AS v ON v.member_id = m.id
    WHERE m.shop_id = :shop AND m.state NOT IN ({GONE}) AND m.joined_at < :at
      AND {WANTING}"""  # noqa: S608 - words of our own


def _asked(shop_id: int, begin: datetime, end: datetime, exempt: list[int]) -> dict[str, object]:
    return {"shop": shop_id, "at": to_ms(begin), "end": to_ms(end), "exempt": json.dumps(exempt)}


def bought(db: Connection, row: CampaignRow, timezone: str) -> PurchasesComparison | None:
    """Who bought within the week after a campaign began; ``None``: its recipients are not here."""
    if row.started_at is None or not replica_queries.column(
        db, "SELECT id FROM recipient WHERE campaign_id = ? LIMIT 1", (row.id,)
    ):
        return None
    _, tags = replica_campaigns.holdout(db, row.started_at, timezone)
    began, last = to_ms(row.started_at), to_ms(row.started_at + WINDOW)
    found = db.execute(
        f"""SELECT r.written_at IS NOT NULL, count(*), sum(EXISTS (
              SELECT 1 FROM purchase AS p
              WHERE p.member_id = r.member_id AND p.at >= ? AND p.at < ?))
            FROM recipient AS r WHERE r.campaign_id = ? AND (r.written_at < ? OR r.reason = ?)
              AND r.member_id NOT IN (SELECT member_id FROM member_tag WHERE tag IN ({here(tags)}))
            GROUP BY 1""",  # noqa: S608 - marks only
        (began, last, row.id, to_ms(row.started_at + _AT_ONCE), audiences.HOLDOUT, *tags),
    )
    rates = {bool(written): Rate(buyers, whole) for written, whole, buyers in found}
    return PurchasesComparison(rates.get(True, Rate(0, 0)), rates.get(False, Rate(0, 0)))
