"""Visits and purchases beside those of the holdout, asked of a replica.  Reads only."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from console.domain import audiences
from console.domain.attribution import WINDOW
from console.domain.intervals import Rate
from console.domain.statistics import PurchasesComparison
from console.store import replica_campaigns, replica_queries
from console.store.driver import Connection
from console.store.replica_insights import here
from console.store.row_codec import to_ms
from console.wire.campaign_rows import CampaignRow

_AT_ONCE = timedelta(days=1)
"""To whom a campaign was written later, her week had been full: of the holdout nobody is like
her."""


class Groups(msgspec.Struct, frozen=True, kw_only=True):
    """How often members came, who is held out, and whose tags say that she never is."""

    visits: dict[int, int]
    held_out: frozenset[int]
    exempt: frozenset[int]


def groups(db: Connection, begin: datetime, end: datetime, timezone: str) -> Groups:
    """Of visits between two moments of one quarter."""
    holdout, tags = replica_campaigns.holdout(db, begin, timezone)
    visits = db.execute(
        "SELECT member_id, count(*) FROM visit WHERE at >= ? AND at < ? GROUP BY member_id",
        (to_ms(begin), to_ms(end)),
    )
    buckets = db.execute("SELECT id, bucket FROM member")
    return Groups(
        visits=dict(visits.fetchall()),
        held_out=frozenset(who for who, bucket in buckets if holdout.has(bucket)),
        exempt=replica_campaigns.tagged(db, tags),
    )


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
