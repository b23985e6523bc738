"""What read curves of campaigns are drawn from, asked of a replica.  Reads only.

What the relay adds up says it all as soon as everybody was watched to the end of the curve.  As
long as a campaign is being read, rows are asked for the rest alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import zip_longest

import msgspec

from console.domain.read_watch import MICROSECOND, Watch
from console.domain.readership import BOUNDS_MS
from console.domain.statistics import CURVE
from console.store import replica_rollups
from console.store.driver import Connection
from console.store.replica_kept import KeptCampaign
from console.store.row_codec import from_ms, to_ms

_LONG_MS = CURVE[-1] // timedelta(milliseconds=1)


class CampaignWatch(msgspec.Struct, frozen=True, kw_only=True):
    """What the read curve of a campaign is drawn from.

    Attributes:
        written: to so many members it was.
        within: readers by bucket (``domain.readership``), when all of them were watched to the
            end of the curve.
        watch: until then, how long they were watched and when they read it; ``first_at``: when
            it was written to the first of them.
        being_read: not all of them were yet.
    """

    written: int
    within: tuple[int, ...] = ()
    watch: Watch | None = None
    first_at: datetime | None = None
    being_read: bool = False


def watched(
    db: Connection, campaign_id: int, at: datetime, kept: KeptCampaign | None = None
) -> CampaignWatch | None:
    """As it was at a moment; ``None``: its recipients are not here."""
    tallies = replica_rollups.tallies(db, campaign_id)
    within = tuple(map(sum, zip_longest(*(each.read_within for each in tallies), fillvalue=0)))
    counted = sum(each.written for each in tallies)
    if kept is not None and 0 < kept.written <= counted:
        return CampaignWatch(written=counted, within=within)
    ages = db.execute(
        """SELECT written_at, count(*), sum(read_at IS NULL OR read_at > :now)
           FROM recipient INDEXED BY recipient_audience
           WHERE campaign_id = :campaign AND written_at IS NOT NULL GROUP BY 1 ORDER BY 1""",
        {"campaign": campaign_id, "now": to_ms(at)},
    ).fetchall()
    written = sum(members for _, members, _ in ages)
    if not ages:
        return None
    over = ages[-1][0] <= to_ms(at) - _LONG_MS
    if over and counted >= written:
        return CampaignWatch(written=counted, within=within)
    now = (at - from_ms(0)) // MICROSECOND
    return CampaignWatch(
        written=written, first_at=from_ms(ages[0][0]), being_read=not over,
        watch=Watch(
            watched={now - moment * 1_000: members for moment, members, _ in ages},
            unread={now - moment * 1_000: silent for moment, _, silent in ages if silent},
            read=_reads(db, campaign_id, at, ages, within),
        ),
    )  # fmt: skip


def _reads(
    db: Connection, campaign_id: int, at: datetime, ages: Sequence[tuple[int, int, int]],
    within: Sequence[int],
) -> dict[int, int]:  # fmt: skip
    """By microseconds.  As long as all are watched, buckets say as much as every single read."""
    readers = sum(members - silent for _, members, silent in ages)
    place = bisect_right(BOUNDS_MS, to_ms(at) - ages[-1][0])
    early = dict(zip(BOUNDS_MS[:place], within, strict=False))
    late = _reads_after(db, campaign_id, at, BOUNDS_MS[place - 1]) if place else Counter[int]()
    if not place or sum(early.values()) + late.total() != readers:
        early, late = {}, _reads_after(db, campaign_id, at, -1)
    return {time * 1_000: amount for time, amount in (early | late).items() if amount}


def _reads_after(db: Connection, campaign_id: int, at: datetime, after_ms: int) -> Counter[int]:
    """Readers by how long they took, of those who took longer."""
    return Counter(row[0] for row in db.execute(
        """SELECT max(0, read_at - written_at) AS took FROM recipient INDEXED BY recipient_audience
           WHERE campaign_id = ? AND written_at IS NOT NULL AND read_at <= ? AND took > ?""",
        (campaign_id, to_ms(at), after_ms),
    ))  # fmt: skip


def readers_within(
    db: Connection, campaign_id: int, elapsed: timedelta, at: datetime
) -> tuple[int, ...]:
    """Who had read it so long after hers was written, soonest first."""
    found = db.execute(
        """SELECT member_id FROM recipient INDEXED BY recipient_audience
           WHERE campaign_id = ? AND written_at IS NOT NULL AND read_at <= ?
             AND read_at - written_at <= ? ORDER BY max(0, read_at - written_at), member_id""",
        (campaign_id, to_ms(at), elapsed / timedelta(milliseconds=1)),
    )
    return tuple(row[0] for row in found)
