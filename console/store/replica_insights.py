"""What the shop's open rate and its heat map are counted from, asked of a replica.  Reads only.

Rows become the terms of ``domain.statistics``, which does the counting.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import NamedTuple

from console.domain.audiences import AWAKE
from console.domain.consent import MARKETING
from console.domain.id_sets import IdSet
from console.domain.segments import GONE_STATES
from console.domain.statistics import Notice
from console.store import replica_kept, replica_people, replica_queries
from console.store.driver import Connection
from console.store.row_codec import from_ms, to_ms


class Opening(NamedTuple):
    """Members who read something in a stretch, and who could be reached at its end."""

    readers: Set[int]
    reachable: Set[int]


def opening(db: Connection, shop_id: int, begin: datetime, end: datetime) -> Opening:
    """Of the time from one moment until before another."""
    readers = replica_people.united(db, replica_kept.readers(db, begin, end))
    return Opening(readers, _reachable(db, shop_id, end))


def reads(db: Connection, since: datetime) -> tuple[Notice, ...]:
    """Notices that were read since; a correction is none."""
    found = db.execute(
        """SELECT campaign_id, member_id, written_at, read_at FROM recipient
           WHERE counted AND written_at IS NOT NULL AND read_at >= ?""",
        (to_ms(since),),
    )
    known = replica_people.heirs(db)
    return tuple(Notice(campaign, known.get(member, member), from_ms(written), None, from_ms(at))
                 for campaign, member, written, at in found)  # fmt: skip


def newest(db: Connection) -> datetime | None:
    """The newest thing that members and staff said or read, as far as it is known here."""
    (at,) = db.execute(
        """SELECT max(coalesce((SELECT max(last_message_at) FROM conversation), 0),
                      coalesce((SELECT max(read_at) FROM recipient
                                WHERE read_at IS NOT NULL), 0))"""
    ).fetchone()
    return from_ms(at) if at else None


def here(marks: Sequence[object]) -> str:
    """Question marks for a list of values."""
    return ", ".join("?" * len(marks))


GONE = ", ".join(f"'{state}'" for state in sorted(GONE_STATES))
WANTING = f"""NOT m.blocked AND CASE WHEN m.id IN
    (SELECT member_id FROM consent WHERE purpose = '{MARKETING}' AND at >= :at)
  THEN coalesce((SELECT c.granted FROM consent AS c
                 WHERE c.member_id = m.id AND c.purpose = '{MARKETING}' AND c.at < :at
                 ORDER BY c.at DESC, c.id DESC LIMIT 1), 0)
  ELSE m.marketing END"""  # noqa: S608 - words of our own
"""A member ``m`` wanted marketing when it was ``:at``."""


def _reachable(db: Connection, shop_id: int, at: datetime) -> IdSet:
    """As ``statistics.Member.is_reachable`` says; of who was seen since, she counts as awake."""
    query = f"""SELECT m.id FROM member AS m INDEXED BY member_known
        WHERE m.shop_id = :shop AND m.state NOT IN ({GONE}) AND m.joined_at <= :at
          AND coalesce(m.last_seen_at, m.joined_at) >= :awake AND {WANTING}"""  # noqa: S608
    return IdSet.of(replica_queries.column(
        db, query, {"shop": shop_id, "at": to_ms(at), "awake": to_ms(at - AWAKE)}
    ))  # fmt: skip
