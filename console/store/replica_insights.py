"""What the shop's own figures are counted from, asked of a replica.  Reads only.

Rows become the terms of ``domain.statistics``, which does the counting.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from console.domain.segments import GONE_STATES
from console.domain.statistics import Member, Notice
from console.store.driver import Connection
from console.store.row_codec import from_ms, to_ms


class InsightFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Notices that were read lately, every member of the shop as she is now, and the newest
    moment known here.
    """

    reads: tuple[Notice, ...]
    members: tuple[Member, ...]
    newest_at: datetime | None = None


def facts_of(db: Connection, shop_id: int, now: datetime, span: timedelta) -> InsightFacts:
    """What was read in a span before the newest thing known; a correction is no notice."""
    newest = _newest(db)
    since = min(now, newest or now) - span
    read = db.execute(
        """SELECT campaign_id, member_id, written_at, read_at FROM recipient
           WHERE counted AND written_at IS NOT NULL AND read_at >= ?""",
        (to_ms(since),),
    )
    reads = tuple(Notice(campaign, member, from_ms(written), None, from_ms(at))
                  for campaign, member, written, at in read)  # fmt: skip
    gone = sorted(GONE_STATES)
    found = db.execute(
        f"""SELECT id, joined_at, marketing AND NOT blocked, coalesce(last_seen_at, joined_at)
            FROM member WHERE shop_id = ? AND joined_at IS NOT NULL
              AND state NOT IN ({", ".join("?" * len(gone))})""",  # noqa: S608 - marks only
        (shop_id, *gone),
    )
    members = tuple(Member(number, from_ms(joined), bool(opted_in), from_ms(seen))
                    for number, joined, opted_in, seen in found)  # fmt: skip
    return InsightFacts(reads=reads, members=members, newest_at=newest)


def _newest(db: Connection) -> datetime | None:
    (at,) = db.execute(
        """SELECT max(coalesce((SELECT max(last_message_at) FROM conversation), 0),
                      coalesce((SELECT max(read_at) FROM recipient), 0))"""
    ).fetchone()
    return from_ms(at) if at else None
