"""What the weekly cap leaves to a week's campaigns: one set-wise question, and a plain recount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from console.domain import audiences, week_plan
from console.domain import segments as s
from console.domain.audiences import Holdout
from console.domain.week_plan import Alike, Share
from console.store import replica_campaigns, segment_query, tables, week_budget
from console.wire import rows
from console.wire.campaign_rows import RecipientRow
from tests.helpers.audience_people import EXEMPT, NOW, WEEK, Someone, people, rows_of_shop
from tests.helpers.segment_shops import Databases

MEANT = (
    s.Choice("tier", ("gold",)),
    s.Choice("gender", ("f",)),
    s.Choice("tier", ("gold", "basic")),
)
CAMPAIGNS = len(MEANT) + 1
"""The last one's audience is fixed already."""
_RELAXED = settings(suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@_RELAXED
@given(shop=st.lists(people(), max_size=8), percent=st.sampled_from([0, 5, 10]),
       quarter=st.integers(0, 40))  # fmt: skip
def test_one_question_finds_what_a_recount_finds(
    databases: Databases, shop: list[Someone], percent: int, quarter: int
) -> None:
    holdout = Holdout(percent, quarter)
    databases.put(rows_of_shop(shop))
    reached = week_budget.reachable(1, NOW, holdout, EXEMPT)
    today = date(2026, 3, 18)
    meant = [segment_query.condition(rule, today, UTC) for rule in MEANT]
    question = week_budget.alike([*meant, week_budget.still_open(9)], reached, WEEK)
    with databases.engine.begin() as connection:
        on_relay = [tuple(row) for row in connection.execute(question)]
    on_replica = databases.replica.execute(*segment_query.as_text(question)).fetchall()
    for found in (on_relay, on_replica):
        groups = [_group(row) for row in found]
        counted, left = _recount(shop, holdout)
        assert week_plan.shares(groups, CAMPAIGNS) == counted
        assert week_plan.left_over(groups) == left


def _group(row: Any) -> Alike:
    left, *meant, members = row
    return Alike(left, tuple(map(bool, meant)), members)


def _recount(shop: list[Someone], holdout: Holdout) -> tuple[list[Share], dict[int, int]]:
    """One member after the other, one campaign after the other."""
    shares = [Share() for _ in range(CAMPAIGNS)]
    left_over: dict[int, int] = {}
    for one in shop:
        exempt = not one.tags.isdisjoint(EXEMPT)
        if audiences.objection(one.person._replace(exempt=exempt), holdout, NOW):
            continue
        used = sum(counted and WEEK[0] <= at < WEEK[1] for at, counted in one.got)
        left, last = max(0, one.person.weekly_cap - used), -1
        meant = [one.gold, one.woman, True, one.open]
        for place in range(CAMPAIGNS):
            share = shares[place]
            if not meant[place]:
                continue
            if left:
                left, last = left - 1, place
                shares[place] = replace(share, receive=share.receive + 1,
                                        last=share.last + (left == 0))  # fmt: skip
                continue
            shares[place] = replace(share, lost=share.lost + 1)
            if last >= 0:
                taken = shares[last].takes
                taken[place] = taken.get(place, 0) + 1
        left_over[left] = left_over.get(left, 0) + 1
    return shares, left_over


def test_whom_a_resend_reached_is_left_over_no_more_wherever_it_is_asked(
    databases: Databases,
) -> None:
    """Campaign 1, twice sent again (2, of that 3), missed everybody; 4 was taken back.

    The fifth member is the fourth since a merge.
    """
    shop = rows_of_shop([])
    parents = {2: 1, 3: 2, 4: 1}
    shop["campaign"] = [
        msgspec.structs.replace(
            row, kind="resend" if row.id in parents else "campaign", parent_id=parents.get(row.id),
            recalled_at=NOW if row.id == 4 else None,
        )
        for row in shop["campaign"]
    ]  # fmt: skip
    shop["member"] = [
        rows.MemberRow(id=n, rev=1, shop_id=1, name=f"M{n}", state="guest") for n in range(1, 6)
    ]
    shop["member"][3] = msgspec.structs.replace(shop["member"][3], state="merged", merged_into=5)
    got = {2: 1, 3: 2, 4: 3}
    states = [(1, who, "skipped") for who in range(1, 5)]
    states += [(campaign, who, "written") for campaign, who in got.items()]
    shop["recipient"] = [
        RecipientRow(id=n, rev=1, campaign_id=campaign, member_id=who, state=state, at=NOW)
        for n, (campaign, who, state) in enumerate(states, 1)
    ]
    databases.put(shop)
    for of in (1, 3):
        assert set(replica_campaigns.family(databases.replica, of)) == {1, 2, 3}
    assert replica_campaigns.left_over(databases.replica, 1, "unreached") == {3, 4, 5}
    asked = select(tables.member.c.id).where(week_budget.left_over(1, "unreached", [1, 2, 3]))
    assert databases.replica.execute(*segment_query.as_text(asked)).fetchall() == [(3,), (4,), (5,)]
    with databases.engine.begin() as connection:
        assert list(connection.scalars(asked)) == [3, 4, 5]
