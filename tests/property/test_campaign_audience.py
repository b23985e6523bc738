"""Whom a campaign is for, asked of a whole shop at once, and asked member by member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from console.domain import audiences
from console.domain.audiences import AWAKE, Choice, Holdout, Person
from console.domain.members import BUCKETS
from console.relay.handlers.campaign_audience import audience_of
from console.relay.handlers.campaigns import write_recipients
from console.store import tables
from console.store.ids import IdSource
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignContent, CampaignRow, CampaignVariant
from tests.helpers.audience_people import EXEMPT, NOW, WEEK, ZONE, Someone, people, rows_of_shop
from tests.helpers.segment_shops import Databases

CAMPAIGN = 77
GOLD: dict[str, Any] = {"leaf": "tier", "in": ["gold"]}
WOMEN: dict[str, Any] = {"leaf": "gender", "in": ["f"]}
_RELAXED = settings(suppress_health_check=[*HealthCheck])
variants = st.lists(
    st.tuples(st.sampled_from([None, GOLD, WOMEN]), st.sampled_from([0, 50, 99, 100])),
    min_size=1, max_size=3,
)  # fmt: skip


SOUND = Someone(Person("confirmed", True, NOW, True, False, 1, bucket=9_999), gold=True, woman=True,
                tags=frozenset(), got=(), open=False, looked=True)  # fmt: skip
HELD = Holdout(5, audiences.quarter_of(NOW, ZONE)).quarter * 500 % BUCKETS
"""A bucket that is held out."""


def _but(one: Someone = SOUND, **facts: Any) -> Someone:
    """One with other facts."""
    return replace(one, person=one.person._replace(**facts))


ONE_FACT_APART = [
    SOUND, _but(state="known"), _but(state="guest"), _but(thread=False), _but(last_seen_at=None),
    _but(last_seen_at=NOW - AWAKE), _but(last_seen_at=NOW - AWAKE - timedelta(milliseconds=1)),
    _but(marketing=False), _but(blocked=True), _but(weekly_cap=2), _but(bucket=HELD),
    replace(_but(bucket=HELD), tags=frozenset(EXEMPT)), replace(SOUND, looked=False),
    replace(SOUND, got=((NOW, True),)), replace(_but(weekly_cap=2), got=((NOW, True),)),
    replace(SOUND, got=((WEEK[1], True),)), replace(SOUND, gold=False), replace(SOUND, woman=False),
]  # fmt: skip
"""Neighbours: whoever takes one for another of them judges her wrongly."""
someone = st.one_of(st.sampled_from(ONE_FACT_APART), st.sampled_from(ONE_FACT_APART), people())


@pytest.fixture(scope="module")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


@_RELAXED
@given(shop=st.lists(someone, max_size=24), rule=st.sampled_from([None, GOLD]), shares=variants,
       percent=st.sampled_from([0, 5, 10]))  # fmt: skip
def test_a_shop_asked_at_once_is_each_of_its_members_asked(
    databases: Databases,
    shop: list[Someone],
    rule: Any,
    shares: list[tuple[Any, int]],
    percent: int,
) -> None:
    databases.put(rows_of_shop(shop))
    row = _campaign(rule, shares)
    with databases.engine.connect() as connection:
        _set(connection, percent)
        tx = Transaction(connection, 9, NOW, IdSource())
        counts = write_recipients(tx, CAMPAIGN, audience_of(tx, row))
        written, tallied = _recipients(connection), _tallied(connection)
        connection.rollback()
    asked = [_asked(number, one, row, percent) for number, one in enumerate(shop, 1)
             if rule is None or one.gold]  # fmt: skip
    assert [each[1:] for each in written] == asked
    assert [each[0] for each in written] == list(range(written[0][0], written[0][0] + len(asked))
                                                 if written else [])  # fmt: skip
    assert counts == _counts(asked)
    assert sum(tallied) == len(asked)


def _campaign(rule: Any, shares: list[tuple[Any, int]]) -> CampaignRow:
    said = [CampaignVariant(name=f"v{place}", body="x", rule=its, share=share)
            for place, (its, share) in enumerate(shares)]  # fmt: skip
    return CampaignRow(id=CAMPAIGN, rev=1, shop_id=1, client_id="c", at=NOW, rule=rule,
                       content=CampaignContent(variants=said))  # fmt: skip


def _set(connection: Connection, percent: int) -> None:
    rows = [{"id": 1, "key": audiences.HOLDOUT_SETTING, "value": percent},
            {"id": 2, "key": audiences.EXEMPT_SETTING, "value": list(EXEMPT)}]  # fmt: skip
    connection.execute(insert(tables.setting), [{"rev": 1, **each} for each in rows])


def _recipients(connection: Connection) -> list[tuple[Any, ...]]:
    table = tables.recipient
    query = select(table).where(table.c.campaign_id == CAMPAIGN).order_by(table.c.id)
    found = connection.execute(query).all()
    for row in found:
        assert (row.rev, row.at, row.counted, row.message_id) == (9, NOW, False, None)
        assert {row.until, row.written_at, row.read_at, row.replied_at, row.recalled_at} == {None}
    return [(row.id, row.member_id, row.state, row.reason, row.variant) for row in found]


def _tallied(connection: Connection) -> list[int]:
    return list(connection.scalars(select(tables.campaign_tally.c.audience)))


def _asked(number: int, one: Someone, row: CampaignRow, percent: int) -> tuple[Any, ...]:
    """One member, by the rules as they are written down for one."""
    used = sum(counted and WEEK[0] <= at < WEEK[1] for at, counted in one.got)
    exempt = not one.tags.isdisjoint(EXEMPT)
    holdout = Holdout(percent, audiences.quarter_of(NOW, ZONE))
    person = one.person._replace(used=used, exempt=exempt)
    reason, variant = audiences.objection(person, holdout, NOW), None
    if reason in {"", "cap"}:
        meant = {str(GOLD): one.gold, str(WOMEN): one.woman, "None": True}
        choices = [Choice(each.name, {number} if meant[str(each.rule)] else (), each.share)
                   for each in row.content.variants]  # fmt: skip
        variant = audiences.choose(choices, str(row.id), number)
    if variant is None:
        return (number, "skipped", reason or "no_variant", "")
    return (number, "pending", reason, variant)


def _counts(asked: list[tuple[Any, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for _, state, reason, _ in asked:
        counts[state] = counts.get(state, 0) + 1
        if (state, reason) == ("pending", "cap"):
            counts["capped"] = counts.get("capped", 0) + 1
    return counts
