"""Visits and purchases beside those of the holdout, asked of a replica.  Reads only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

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
    if row.started_at is None or not _is_here(db, row):
        return None
    among, asked = _compared(db, row, row.started_at, timezone)
    found = db.execute(
        f"SELECT r.written_at IS NOT NULL, count(*), sum({_did('purchase')}) {among} GROUP BY 1",
        (*_week(row.started_at), *asked),
    )
    rates = {bool(written): Rate(buyers, whole) for written, whole, buyers in found}
    return PurchasesComparison(rates.get(True, Rate(0, 0)), rates.get(False, Rate(0, 0)))


class WeekAfter(msgspec.Struct, frozen=True, kw_only=True):
    """What became of those who are compared, in the week after a campaign began.

    Attributes:
        written, held_out: how many got it, and how many were held out.
        bought, came: who of either did that, by id; true: she got it.
    """

    written: int
    held_out: int
    bought: Mapping[int, bool]
    came: Mapping[int, bool]


def week_after(db: Connection, row: CampaignRow, timezone: str) -> WeekAfter | None:
    """The same by name, and of visits, too; ``None``: its recipients are not here."""
    if row.started_at is None or not _is_here(db, row):
        return None
    among, asked = _compared(db, row, row.started_at, timezone)
    sizes = f"SELECT r.written_at IS NOT NULL, count(*) {among} GROUP BY 1"
    counts, began = dict(db.execute(sizes, asked).fetchall()), row.started_at

    def who(table: str) -> Mapping[int, bool]:
        query = f"SELECT r.member_id, r.written_at IS NOT NULL {among} AND {_did(table)}"
        found = db.execute(query, (*asked, *_week(began)))
        return {member: bool(written) for member, written in found}

    return WeekAfter(written=counts.get(1, 0), held_out=counts.get(0, 0), bought=who("purchase"),
                     came=who("visit"))  # fmt: skip


def _is_here(db: Connection, row: CampaignRow) -> bool:
    query = "SELECT id FROM recipient WHERE campaign_id = ? LIMIT 1"
    return bool(replica_queries.column(db, query, (row.id,)))


def _compared(
    db: Connection, row: CampaignRow, began: datetime, timezone: str
) -> tuple[str, tuple[object, ...]]:
    """Recipients who are compared, and what is asked for in place of the marks."""
    _, tags = replica_campaigns.holdout(db, began, timezone)
    among = f"""FROM recipient AS r WHERE r.campaign_id = ? AND (r.written_at < ? OR r.reason = ?)
        AND r.member_id NOT IN
          (SELECT member_id FROM member_tag WHERE tag IN ({here(tags)}))"""  # noqa: S608
    return among, (row.id, to_ms(began + _AT_ONCE), audiences.HOLDOUT, *tags)


def _did(table: str) -> str:
    """Whether a recipient has a row there from one moment until before another."""
    return f"""EXISTS (SELECT 1 FROM {table} AS p
        WHERE p.member_id = r.member_id AND p.at >= ? AND p.at < ?)"""  # noqa: S608 - our own names


def _week(began: datetime) -> tuple[int, int]:
    return to_ms(began), to_ms(began + WINDOW)
