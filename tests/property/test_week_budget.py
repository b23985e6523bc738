"""What the weekly cap leaves to a week's campaigns: one set-wise question, and a plain recount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain import audiences, week_plan
from console.domain import segments as s
from console.domain.audiences import AWAKE, Holdout, Person
from console.domain.campaigns import week_of
from console.domain.week_plan import Alike, Share
from console.store import segment_query, week_budget
from console.wire import rows
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from tests.helpers.segment_shops import Databases

NOW = datetime(2026, 3, 18, 4, tzinfo=UTC)
ZONE = "Asia/Shanghai"
WEEK = week_of(NOW, ZONE)
EXEMPT = ("VIP", "老板")
_BLINK = timedelta(milliseconds=1)
MEANT = (
    s.Choice("tier", ("gold",)),
    s.Choice("gender", ("f",)),
    s.Choice("tier", ("gold", "basic")),
)
CAMPAIGNS = len(MEANT) + 1
"""The last one's audience is fixed already."""
_RELAXED = settings(suppress_health_check=[*HealthCheck])


@dataclass(frozen=True)
class Someone:
    """A member, what she got, and whether the fixed campaign is still to reach her."""

    person: Person
    gold: bool
    woman: bool
    tags: frozenset[str]
    got: tuple[tuple[datetime, bool], ...]
    open: bool


def people() -> st.SearchStrategy[Someone]:
    seen = st.sampled_from([None, NOW, NOW - AWAKE, NOW - AWAKE - _BLINK, NOW - timedelta(days=3)])
    person = st.builds(
        Person, state=st.sampled_from(["known", "guest", "confirmed", "confirmed"]),
        thread=st.sampled_from([True, True, True, False]), last_seen_at=seen,
        marketing=st.sampled_from([True, True, False]),
        blocked=st.sampled_from([False, False, True]),
        weekly_cap=st.integers(1, 3), used=st.just(0),
        bucket=st.sampled_from([0, 499, 500, 999, 1_000, 9_999]),
    )  # fmt: skip
    at = st.sampled_from([WEEK[0] - _BLINK, WEEK[0], NOW, WEEK[1] - _BLINK, WEEK[1]])
    got = st.lists(st.tuples(at, st.booleans()), max_size=4).map(tuple)
    tags = st.sets(st.sampled_from([*EXEMPT, "复古"])).map(frozenset)
    return st.builds(Someone, person, st.booleans(), st.booleans(), tags, got, st.booleans())


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
    databases.put(_rows(shop))
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


def _rows(shop: list[Someone]) -> dict[str, list[Any]]:
    made: dict[str, list[Any]] = {
        "shop": [rows.ShopRow(id=1, rev=1, name="时光衣橱")],
        "campaign": [CampaignRow(id=number, rev=1, shop_id=1, client_id=f"c{number}", at=NOW,
                                 content=CampaignContent()) for number in range(1, 10)],
    }  # fmt: skip
    for number, one in enumerate(shop, 1):
        for table, row in _of(number, one):
            made.setdefault(table, []).append(row)
    for table in ("recipient", "member_tag"):
        numbered = enumerate(made.get(table, ()), 1)
        made[table] = [msgspec.structs.replace(row, id=n) for n, row in numbered]
    return made


def _of(number: int, one: Someone) -> Iterator[tuple[str, Any]]:
    person = one.person
    yield "member", rows.MemberRow(
        id=number, rev=1, shop_id=1, name=f"M{number}", state=person.state,
        gender="f" if one.woman else "m", tier="gold" if one.gold else "basic",
        marketing=person.marketing, blocked=person.blocked, weekly_cap=person.weekly_cap,
        bucket=person.bucket, last_seen_at=person.last_seen_at, created_at=NOW,
    )  # fmt: skip
    if person.thread:
        yield (
            "conversation",
            rows.ConversationRow(id=number, rev=1, shop_id=1, kind="direct", member_id=number),
        )
    for tag in sorted(one.tags):
        yield "member_tag", rows.MemberTagRow(id=0, rev=1, member_id=number, tag=tag)
    for campaign, (at, counted) in enumerate(one.got, 1):
        yield "recipient", RecipientRow(
            id=0, rev=1, campaign_id=campaign, member_id=number, at=at, state="written",
            written_at=at, counted=counted,
        )  # fmt: skip
    state = "pending" if one.open else "skipped"
    yield "recipient", RecipientRow(id=0, rev=1, campaign_id=9, member_id=number, at=NOW,
                                    state=state)  # fmt: skip
