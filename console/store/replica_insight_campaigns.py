"""Campaigns of a period with what they led to, asked of a replica.  Reads only.

How many got, read and answered one stands in its own row, also where its recipients are kept on
the relay only.  Whose a hold or an opt-out is, is decided in ``domain``; what comes from here is
all that the members in question got and did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count

import msgspec

from console.domain import campaigns
from console.domain.attribution import DAY, Outcome, attribute
from console.domain.consent import MARKETING
from console.domain.statistics import OPT_OUT_WINDOW, Notice, OptOut, Step
from console.store import replica_people, replica_reports
from console.store.driver import Connection
from console.store.replica_insights import here
from console.store.replica_tables import CODECS
from console.store.row_codec import from_ms, to_ms
from console.wire.campaign_rows import CampaignRow

_KINDS = sorted(campaigns.MARKETING)
_MILLISECOND = timedelta(milliseconds=1)
_CAMPAIGN = CODECS["campaign"]


def sent(db: Connection, begin: datetime, end: datetime) -> tuple[CampaignRow, ...]:
    """Campaigns whose first message was written between two moments, the newest first."""
    found = db.execute(
        f"""SELECT * FROM campaign WHERE kind IN ({here(_KINDS)}) AND started_at >= ?
              AND started_at < ? ORDER BY started_at DESC, id DESC""",  # noqa: S608 - marks only
        (*_KINDS, to_ms(begin), to_ms(end)),
    )
    rows = [_CAMPAIGN.struct(values) for values in found]
    return tuple(row for row in rows if row.counts.get("written"))


def first_at(db: Connection) -> datetime | None:
    """When the shop's first campaign began; ``None``: there is none."""
    (at,) = db.execute(
        f"""SELECT min(started_at) FROM campaign
            WHERE kind IN ({here(_KINDS)})""",  # noqa: S608 - marks only
        _KINDS,
    ).fetchone()
    return replica_reports.when(at)


def complete_since(db: Connection) -> datetime | None:
    """Since when all recipients are here; ``None``: always."""
    (latest,) = db.execute(
        f"""SELECT max(coalesce(c.finished_at, c.started_at)) FROM campaign AS c
            LEFT JOIN kept_campaign AS k ON k.campaign_id = c.id
            WHERE c.kind IN ({here(_KINDS)}) AND c.started_at IS NOT NULL
              AND coalesce(json_extract(c.counts, '$.written'), 0) > coalesce(k.written,
                (SELECT count(*) FROM recipient AS r
                 WHERE r.campaign_id = c.id AND r.state = 'written'))""",  # noqa: S608 - marks only
        _KINDS,
    ).fetchone()
    return replica_reports.when(latest)


# --- what they led to ---------------------------------------------------------------------------


class _Deeds(msgspec.Struct, frozen=True, kw_only=True):
    """What members reserved and why that may be: all that ``attribution`` asks for."""

    notices: tuple[Notice, ...]
    outcomes: tuple[Outcome, ...]


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """Opt-outs, and the notices that those members had got before."""

    notices: tuple[Notice, ...]
    opt_outs: tuple[OptOut, ...]


def _reserved(db: Connection, since: datetime, window: timedelta) -> _Deeds:
    """Holds and coupons that campaigns written since a moment may be given.

    Of members who reserved nothing there is nothing in it; earlier campaigns, whose they may be
    instead, are.
    """
    first = to_ms(since - window)
    holds = db.execute("SELECT member_id, at FROM hold WHERE at >= ?", (to_ms(since),)).fetchall()
    coupons = db.execute(
        """SELECT c.member_id, o.campaign_id, c.issued_at, c.redeemed_at
           FROM coupon AS c JOIN offer AS o ON o.id = c.offer_id WHERE c.issued_at >= ?""",
        (first,),
    ).fetchall()
    members = sorted({row[0] for row in holds} | {row[0] for row in coupons})
    ids, notices, outcomes = count(1), [], []
    for notice, replied_at in _got(db, members, first):
        notices.append(notice)
        for step, at in ((Step.READ, notice.read_at), (Step.ANSWERED, replied_at)):
            if at is not None:
                outcomes.append(Outcome(next(ids), notice.member_id, step, at, notice.campaign_id))
    outcomes += [Outcome(next(ids), who, Step.RESERVED, from_ms(at)) for who, at in holds]
    outcomes += replica_reports.coupon_outcomes(db, coupons, notices, ids)
    return _Deeds(notices=tuple(notices), outcomes=tuple(outcomes))


def left(db: Connection, begin: datetime, end: datetime) -> Left:
    """Who opted out between two moments, and what she had got."""
    found = db.execute(
        """SELECT member_id, at FROM consent
           WHERE purpose = ? AND NOT granted AND at >= ? AND at < ?""",
        (MARKETING, to_ms(begin), to_ms(end)),
    ).fetchall()
    members = sorted({who for who, _ in found})
    first = to_ms(begin - OPT_OUT_WINDOW)
    notices = tuple(notice for notice, _ in _got(db, members, first))
    return Left(notices=notices, opt_outs=tuple(OptOut(who, from_ms(at)) for who, at in found))


_MANY = 900


def _got(
    db: Connection, members: Sequence[int], since_ms: int
) -> Iterator[tuple[Notice, datetime | None]]:
    """Notices written to members since a moment, each with when it was answered.

    What somebody got before she was merged into one of them is hers.
    """
    names = replica_people.names(db, members)
    called = sorted(names)
    for start in range(0, len(called), _MANY):
        some = called[start : start + _MANY]
        for campaign, member, written, read, replied in db.execute(
            f"""SELECT campaign_id, member_id, written_at, read_at, replied_at FROM recipient
                WHERE member_id IN ({here(some)}) AND written_at >= ? AND counted""",  # noqa: S608
            (*some, since_ms),
        ):
            who, at = names[member], from_ms(written)
            notice = Notice(campaign, who, at, None, replica_reports.when(read))
            yield notice, replica_reports.when(replied)


def answered(db: Connection, campaign_ids: Sequence[int], window: timedelta) -> tuple[int, ...]:
    """Members who answered one of these campaigns in time, as far as their rows are here."""
    found = db.execute(
        f"""SELECT DISTINCT member_id FROM recipient
            WHERE campaign_id IN ({here(campaign_ids)})
              AND replied_at BETWEEN written_at AND written_at + ?
            ORDER BY member_id""",  # noqa: S608 - marks only
        (*campaign_ids, window // _MILLISECOND),
    )
    return tuple(row[0] for row in found)


def answers(db: Connection, campaign_ids: Sequence[int], window: timedelta) -> dict[int, int]:
    """By campaign: how many members answered within a window; of campaigns of any age."""
    days = window // DAY
    summed = dict(db.execute(
        f"""SELECT campaign_id, sum((SELECT coalesce(sum(value), 0)
                                     FROM json_each(answered_within) WHERE key < ?))
            FROM campaign_tally WHERE campaign_id IN ({here(campaign_ids)})
            GROUP BY campaign_id""",  # noqa: S608 - marks only
        (days, *campaign_ids),
    ).fetchall())  # fmt: skip
    others = [number for number in campaign_ids if number not in summed]
    counted = dict(db.execute(
        f"""SELECT campaign_id, count(*) FROM recipient
            WHERE campaign_id IN ({here(others)})
              AND replied_at BETWEEN written_at AND written_at + ?
            GROUP BY campaign_id""",  # noqa: S608 - marks only
        (*others, window // _MILLISECOND),
    ).fetchall())  # fmt: skip
    return dict.fromkeys(campaign_ids, 0) | summed | counted


def readers(db: Connection, campaign_ids: Sequence[int]) -> tuple[int, ...]:
    """Members who read one of these campaigns, likewise."""
    found = db.execute(
        f"""SELECT DISTINCT member_id FROM recipient
            WHERE campaign_id IN ({here(campaign_ids)}) AND read_at IS NOT NULL
            ORDER BY member_id""",  # noqa: S608 - marks only
        list(campaign_ids),
    )
    return tuple(row[0] for row in found)


def holders(
    db: Connection, rows: Sequence[CampaignRow], window: timedelta
) -> dict[int, frozenset[int]]:
    """By campaign: members who reserved something that is owed to it."""
    begun = [row.started_at for row in rows if row.started_at is not None and is_here(db, row.id)]
    found: dict[int, set[int]] = {row.id: set() for row in rows}
    if begun:
        deeds = _reserved(db, min(begun), window)
        for credit in attribute(deeds.notices, deeds.outcomes, window):
            if credit.outcome.step is Step.RESERVED and credit.campaign_id in found:
                found[credit.campaign_id].add(credit.outcome.member_id)
    return {number: frozenset(members) for number, members in found.items()}


def is_here(db: Connection, campaign_id: int) -> bool:
    """Whether any of its recipients is."""
    query = "SELECT 1 FROM recipient WHERE campaign_id = ? LIMIT 1"
    return db.execute(query, (campaign_id,)).fetchone() is not None
