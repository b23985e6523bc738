"""What the shop's open rate and its heat map are counted from, asked of a replica.  Reads only.

Rows become the terms of ``domain.statistics``, which does the counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from console.domain.consent import MARKETING
from console.domain.segments import GONE_STATES
from console.domain.statistics import Member, Notice
from console.store.driver import Connection
from console.store.row_codec import from_ms, to_ms


class Wish(msgspec.Struct, frozen=True):
    """From ``at`` on a member wanted marketing, or did not."""

    member_id: int
    at: datetime
    granted: bool


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be reached, and who read.

    Attributes:
        members: every member of the shop, as she is now.
        blocked: those of them to whom nobody may write.
        wishes: of those who changed their mind since the question's moment, in order of time,
            earlier ones included.
        reads: notices that were read since then.
    """

    members: tuple[Member, ...]
    blocked: frozenset[int] = frozenset()
    wishes: tuple[Wish, ...]
    reads: tuple[Notice, ...]


def reached(db: Connection, shop_id: int, since: datetime) -> Reached:
    """Who can be reached, and who read since a moment."""
    blocked = db.execute("SELECT id FROM member WHERE blocked")
    return Reached(members=_members(db, shop_id), blocked=frozenset(who for who, in blocked),
                   wishes=_wishes(db, since), reads=reads(db, since))  # fmt: skip


def reads(db: Connection, since: datetime) -> tuple[Notice, ...]:
    """Notices that were read since; a correction is none."""
    found = db.execute(
        """SELECT campaign_id, member_id, written_at, read_at FROM recipient
           WHERE counted AND written_at IS NOT NULL AND read_at >= ?""",
        (to_ms(since),),
    )
    return tuple(Notice(campaign, member, from_ms(written), None, from_ms(at))
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


def _members(db: Connection, shop_id: int) -> tuple[Member, ...]:
    gone = sorted(GONE_STATES)
    found = db.execute(
        f"""SELECT id, joined_at, marketing AND NOT blocked, coalesce(last_seen_at, joined_at)
            FROM member WHERE shop_id = ? AND joined_at IS NOT NULL
              AND state NOT IN ({here(gone)})""",  # noqa: S608 - marks only
        (shop_id, *gone),
    )
    return tuple(Member(number, from_ms(joined), bool(opted_in), from_ms(seen))
                 for number, joined, opted_in, seen in found)  # fmt: skip


def _wishes(db: Connection, since: datetime) -> tuple[Wish, ...]:
    found = db.execute(
        """SELECT member_id, at, granted FROM consent
           WHERE purpose = :purpose AND member_id IN
             (SELECT member_id FROM consent WHERE purpose = :purpose AND at >= :since)
           ORDER BY at, id""",
        {"purpose": MARKETING, "since": to_ms(since)},
    )
    return tuple(Wish(member, from_ms(at), bool(granted)) for member, at, granted in found)
