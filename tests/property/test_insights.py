"""The shop's figures equal a recount by hand, over random histories in a real replica."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.insight_making import SPAN, made
from console.store import driver, replica_tables
from console.store.replica_insights import facts_of
from console.wire import rows
from console.wire.campaign_rows import RecipientRow

SHANGHAI = "Asia/Shanghai"
AS_OF = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
MEMBERS = range(1, 7)
AGO = st.integers(0, 60 * 24).map(lambda hours: AS_OF - timedelta(hours=hours, minutes=7))
NOTICE = st.tuples(st.sampled_from(MEMBERS), AGO, st.none() | st.integers(0, 300), st.booleans())
PERSON = st.tuples(
    st.none() | AGO,
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 200),
    st.sampled_from(("confirmed", "guest", "merged", "erased")),
)


@pytest.fixture(scope="module")
def replica() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    yield db
    db.close()


def fill(db: driver.Connection, people: list[Any], notices: list[Any]) -> None:
    found: dict[str, list[Any]] = {
        "member": [
            rows.MemberRow(id=who, rev=1, shop_id=1, name="", state=state, joined_at=joined,
                           marketing=wants, blocked=blocked,
                           last_seen_at=None if seen is None else AS_OF - timedelta(days=seen))
            for who, (joined, wants, blocked, seen, state) in zip(MEMBERS, people, strict=True)
        ],
        "recipient": [
            RecipientRow(id=n, rev=1, campaign_id=n, member_id=who, state="written",
                         counted=counted, written_at=at, at=at,
                         read_at=None if hours is None else at + timedelta(hours=hours))
            for n, (who, at, hours, counted) in enumerate(notices, 1)
        ],
    }  # fmt: skip
    for table, made_rows in found.items():
        db.execute(f"DELETE FROM {table}")
        codec = replica_tables.CODECS[table]
        db.executemany(codec.insert, codec.tuples(made_rows))


def reads_by_hand(notices: list[Any]) -> list[tuple[int, datetime]]:
    """Of notices that count: who read, and when on the shop's clock; not what is yet to come."""
    return [(who, (at + timedelta(hours=hours)).astimezone(ZoneInfo(SHANGHAI)))
            for who, at, hours, counted in notices if counted and hours is not None]  # fmt: skip


@settings(max_examples=100)
@given(
    people=st.lists(PERSON, min_size=len(MEMBERS), max_size=len(MEMBERS)),
    notices=st.lists(NOTICE, max_size=25),
)
def test_open_rate_and_heat_map_equal_a_recount_by_hand(
    replica: driver.Connection, people: list[Any], notices: list[Any]
) -> None:
    kept = [each for each in notices if each[2] is None
            or each[1] + timedelta(hours=each[2]) <= AS_OF]  # fmt: skip
    fill(replica, people, kept)
    figures = made(facts_of(replica, 1, AS_OF, SPAN), AS_OF, SHANGHAI)
    reads = reads_by_hand(kept)

    readers = {who for who, at in reads if (at.year, at.month) == (2026, 11)}
    reachable = {
        who for who, (joined, wants, blocked, seen, state) in zip(MEMBERS, people, strict=True)
        if joined is not None and wants and not blocked and state in ("confirmed", "guest")
        and AS_OF - (joined if seen is None else AS_OF - timedelta(days=seen))
        <= timedelta(days=90)
    }  # fmt: skip
    rate = figures.open_rate.rate
    assert (rate.part, rate.whole) == (len(readers), len(readers | reachable))

    today = AS_OF.astimezone(ZoneInfo(SHANGHAI)).date()
    hours = {(who, at.date(), at.hour) for who, at in reads
             if 1 <= (today - at.date()).days <= 28}  # fmt: skip
    for cell in figures.heat.cells:
        by_hand = sum((day.weekday(), hour) == (cell.weekday, cell.hour) for _, day, hour in hours)
        assert cell.readers == by_hand
        assert cell.rate == by_hand / 4
