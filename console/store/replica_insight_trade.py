"""Visits and purchases beside those of the holdout, asked of a replica.  Reads only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from console.domain import audiences
from console.domain.intervals import Rate
from console.domain.members import BUCKETS
from console.domain.periods import Stretch
from console.domain.statistics import PurchasesComparison, Visitor, visit_samples
from console.store import replica_campaigns, replica_insight_campaigns, replica_kept
from console.store.driver import Connection
from console.store.replica_insights import GONE, WANTING
from console.store.replica_kept import AskedVisits, Samples
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
    asked = {**_asked(shop_id, begin, end, exempt), "first": holdout.first,
             "buckets": holdout.buckets, "all": BUCKETS}  # fmt: skip
    counts: Counter[Visitor] = Counter()
    for number, held_out, members in db.execute(
        f"""SELECT v.number, {_HELD_OUT}, count(*) FROM {_CAME} AS v
            CROSS JOIN member AS m ON m.id = v.member_id WHERE {_KNOWN} GROUP BY 1, 2""",  # noqa: S608
        asked,
    ):
        counts[Visitor(number, bool(held_out))] += members
    whole, out = db.execute(
        f"""SELECT count(*), coalesce(sum({_HELD_OUT}), 0)
            FROM member AS m INDEXED BY member_known WHERE {_KNOWN}""",  # noqa: S608
        asked,
    ).fetchone()
    for held, members in ((False, whole - out), (True, out)):
        came = sum(n for each, n in counts.items() if each.held_out == held)
        counts[Visitor(0, held)] = members - came
    return dict(+counts)


def month_visits(db: Connection, shop_id: int, month: Stretch, timezone: str) -> Samples:
    """The same of a month, as it is kept, or else counted."""
    holdout, tags = replica_campaigns.holdout(db, month.begin, timezone)
    asked = AskedVisits(shop_id, holdout.first, holdout.buckets, tuple(tags))
    return replica_kept.visits(db, month, asked) or visit_samples(
        visits(db, shop_id, month.begin, month.end, timezone)
    )


def keep_month(db: Connection, shop_id: int, month: Stretch, timezone: str) -> bool:
    """Keep that of a month that is over; false: it is kept already."""
    holdout, tags = replica_campaigns.holdout(db, month.begin, timezone)
    asked = AskedVisits(shop_id, holdout.first, holdout.buckets, tuple(tags))
    if replica_kept.visits(db, month, asked) is not None:
        return False
    found = visits(db, shop_id, month.begin, month.end, timezone)
    replica_kept.keep_visits(db, month, asked, visit_samples(found))
    return True


def visited(
    db: Connection, shop_id: int, begin: datetime, end: datetime, timezone: str, *,
    held_out: bool = False,
) -> tuple[int, ...]:  # fmt: skip
    """Members behind ``visits`` who came and get marketing, or who came and were held out."""
    holdout, tags = replica_campaigns.holdout(db, begin, timezone)
    exempt = sorted(replica_campaigns.tagged(db, tags))
    found = db.execute(
        f"""SELECT m.id, m.bucket FROM {_CAME} AS v CROSS JOIN member AS m ON m.id = v.member_id
            WHERE {_KNOWN} ORDER BY m.id""",  # noqa: S608 - words of our own
        _asked(shop_id, begin, end, exempt),
    )
    return tuple(who for who, bucket in found if holdout.has(bucket) == held_out)


_CAME = """(SELECT member_id, count(*) AS number FROM visit WHERE at >= :at AND at < :end
    GROUP BY member_id)"""
_KNOWN = f"""m.shop_id = :shop AND m.state NOT IN ({GONE}) AND m.joined_at < :at AND {WANTING}
    AND m.id NOT IN (SELECT value FROM json_each(:exempt))"""  # noqa: S608 - words of our own
_HELD_OUT = "(m.bucket - :first + :all) % :all < :buckets"
"""As ``audiences.Holdout.has`` says."""


def _asked(shop_id: int, begin: datetime, end: datetime, exempt: list[int]) -> dict[str, object]:
    return {"shop": shop_id, "at": to_ms(begin), "end": to_ms(end), "exempt": json.dumps(exempt)}


def bought(
    db: Connection, row: CampaignRow, timezone: str, window: timedelta
) -> PurchasesComparison | None:
    """Who bought in the window after a campaign began; ``None``: its recipients are not here."""
    if row.started_at is None or not replica_insight_campaigns.is_here(db, row.id):
        return None
    asked = _window(db, row, row.started_at, timezone, window)
    query = f"SELECT count(*), coalesce(sum({_did('purchase')}), 0) "
    found = [db.execute(query + among, asked).fetchone() for among in _COMPARED]
    return PurchasesComparison(*(Rate(buyers, whole) for whole, buyers in found))


class WindowAfter(msgspec.Struct, frozen=True, kw_only=True):
    """What became of those who are compared, in the window after a campaign began.

    Attributes:
        written, held_out: how many got it, and how many were held out.
        bought, came: who of either did that, by id; true: she got it.
    """

    written: int
    held_out: int
    bought: Mapping[int, bool]
    came: Mapping[int, bool]


def window_after(
    db: Connection, row: CampaignRow, timezone: str, window: timedelta
) -> WindowAfter | None:
    """The same by name, and of visits, too; ``None``: its recipients are not here."""
    if row.started_at is None or not replica_insight_campaigns.is_here(db, row.id):
        return None
    asked = _window(db, row, row.started_at, timezone, window)

    def who(table: str) -> Mapping[int, bool]:
        return {
            member: place == 0 for place, among in enumerate(_COMPARED)
            for (member,) in db.execute(f"SELECT r.member_id {among} AND {_did(table)}", asked)
        }  # fmt: skip

    written, held_out = (db.execute(f"SELECT count(*) {among}", asked).fetchone()[0]
                         for among in _COMPARED)  # fmt: skip
    return WindowAfter(written=written, held_out=held_out, bought=who("purchase"),
                       came=who("visit"))  # fmt: skip


_COMPARED = tuple(
    f"""FROM recipient AS r INDEXED BY {index} WHERE r.campaign_id = :campaign AND {which}
        AND r.member_id NOT IN (SELECT member_id FROM member_tag
                                WHERE tag IN (SELECT value FROM json_each(:tags)))"""  # noqa: S608
    for index, which in (("recipient_audience", "r.written_at < :soon"),
                         ("recipient_campaign", "r.reason = :reason AND r.written_at IS NULL"))
)  # fmt: skip
"""Recipients who are compared: who got it, and who was held out."""


def _did(table: str) -> str:
    """Whether a recipient, or whom she was merged into since, has a row there in the window."""
    return f"""r.member_id IN
        (WITH RECURSIVE did (member_id) AS (
           SELECT member_id FROM {table} WHERE at >= :began AND at < :last
           UNION SELECT m.id FROM did JOIN member AS m INDEXED BY member_merged
                   ON m.merged_into = did.member_id)
         SELECT member_id FROM did)"""  # noqa: S608 - our own


def _window(
    db: Connection, row: CampaignRow, began: datetime, timezone: str, window: timedelta
) -> dict[str, object]:
    """What is asked for in place of the marks."""
    _, tags = replica_campaigns.holdout(db, began, timezone)
    return {"campaign": row.id, "reason": audiences.HOLDOUT, "tags": json.dumps(tags),
            "began": to_ms(began), "last": to_ms(began + window),
            "soon": to_ms(began + _AT_ONCE)}  # fmt: skip
