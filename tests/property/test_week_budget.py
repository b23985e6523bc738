"""What the weekly cap leaves to a week's campaigns: one set-wise question, and a plain recount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain import audiences, week_plan
from console.domain import segments as s
from console.domain.audiences import Holdout
from console.domain.week_plan import Alike, Share
from console.store import segment_query, week_budget
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
