"""What the weekly cap leaves to a week's campaigns, as one set-wise question.

For SQLite and PostgreSQL; a replica runs its text (``segment_query.as_text``).  Reads only.
Whom ``domain.audiences.objection`` lets through, the cap aside, is asked here in SQL; the
property tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from console.domain.audiences import AWAKE, JOINED, UNMISSED, Holdout
from console.domain.members import BUCKETS
from console.store import tables
from console.store.segment_terms import Condition, bound, numbers

_member, _recipient = tables.member, tables.recipient


def reachable(shop_id: int, now: datetime, holdout: Holdout, exempt: Sequence[str]) -> Condition:
    """Nothing but the weekly cap stands against writing to her."""
    seen = func.coalesce(_member.c.last_seen_at, _member.c.joined_at)
    thread = tables.conversation
    here = exists(select(thread.c.id).where(thread.c.member_id == _member.c.id))
    return and_(
        _member.c.shop_id == shop_id,
        _member.c.state.in_(bound(_member.c.state, sorted(JOINED))),
        seen >= bound(_member.c.joined_at, [now - AWAKE])[0],
        _member.c.marketing, not_(_member.c.blocked),
        here.correlate(_member), not_(_held_out(holdout, exempt)),
    )  # fmt: skip


def _held_out(holdout: Holdout, exempt: Sequence[str]) -> Condition:
    tag, span = tables.member_tag, holdout.percent * BUCKETS // 100
    first = holdout.quarter * span % BUCKETS
    place = (_member.c.bucket + (BUCKETS - first)) % literal_column(str(BUCKETS))
    spared = select(tag.c.member_id).where(tag.c.tag.in_(bound(tag.c.tag, exempt)))
    return and_(place < literal_column(str(span)), _member.c.id.not_in(spared))


def still_open(campaign_id: int) -> Condition:
    """She is to get a campaign whose audience is fixed."""
    ours = select(_recipient.c.member_id).where(
        numbers(_recipient.c.campaign_id, [campaign_id]),
        tables.RECIPIENT_OPEN,
    )
    return _member.c.id.in_(ours)


def left_over(campaign_id: int, to: str, family: Sequence[int]) -> Condition:
    """A sent campaign did not reach her, or (``unread``) she did not read it.

    ``family``: it and what was sent again of it, which may have reached her since.
    """
    ours = select(_recipient.c.member_id).where(numbers(_recipient.c.campaign_id, [campaign_id]))
    if to == "unread":
        written = _recipient.c.state == bound(_recipient.c.state, ["written"])[0]
        return _now(ours.where(written, _recipient.c.read_at.is_(None)))
    states = bound(_recipient.c.state, ["skipped", "cancelled"])
    unmissed = _recipient.c.reason.in_(bound(_recipient.c.reason, UNMISSED))
    reached = select(_recipient.c.member_id).where(
        numbers(_recipient.c.campaign_id, family), tables.RECIPIENT_WRITTEN
    )
    missed = ours.where(
        _recipient.c.state.in_(states), not_(unmissed), _recipient.c.member_id.not_in(reached)
    )
    return _now(missed)


def _now(members: Select[tuple[int]]) -> Condition:
    """She is one of these, or one of them was merged into her since."""
    gone = _member.alias()
    heirs = select(gone.c.merged_into).where(
        gone.c.id.in_(members), gone.c.merged_into.is_not(None)
    )
    return or_(_member.c.id.in_(members), _member.c.id.in_(heirs))


def alike(
    meant: Sequence[Condition], reached: Condition, week: tuple[datetime, datetime]
) -> Select[Any]:
    """Members counted by what they may still get in the week and which campaigns mean them.

    Columns: what is left, one 0 or 1 for each campaign, how many.
    """
    begin, end = bound(_recipient.c.written_at, week)
    spent = (
        select(_recipient.c.member_id, func.count().label("spent"))
        .where(tables.RECIPIENT_COUNTED, _recipient.c.written_at >= begin,
               _recipient.c.written_at < end)
        .group_by(_recipient.c.member_id)
        .subquery()
    )  # fmt: skip
    left: ColumnElement[Any] = _member.c.weekly_cap - func.coalesce(spent.c.spent, 0)
    columns = [case((left > 0, left), else_=0).label("left_over")]
    columns += [
        case((or_(condition), 1), else_=0).label(f"meant_{place}")
        for place, condition in enumerate(meant)
    ]
    each = (
        select(*columns)
        .select_from(_member.outerjoin(spent, spent.c.member_id == _member.c.id))
        .where(reached)
        .subquery()
    )
    return select(*each.c, func.count()).group_by(*each.c)
