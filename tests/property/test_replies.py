"""First replies equal a recount by hand, over random histories in a real replica."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.reply_making import ReplyFacts, Viewer, lines, made, part_of
from console.desk.reply_types import NOBODY, RepliesTold, WaitPart
from console.domain.intervals import Estimate
from console.store import driver, replica_replies, replica_tables
from console.wire import rows

ZONE = ZoneInfo("Asia/Shanghai")
AS_OF = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)
SECONDS = st.sampled_from((0, 5, 15, 16, 59, 60, 61, 200, 300, 301, 900, 4_000))
OUTCOMES = ("answered", "closed", "void", "")
STAFF = {1: "小李", 2: "小陈", 3: "小郭"}
EDGES = (15, 30, 60, 120, 300, 600, 1_800, 3_600)
WAIT = st.tuples(
    st.integers(0, 3 * 24 * 60), SECONDS, st.sampled_from(OUTCOMES), st.sampled_from((1, 2, 3)),
    st.sampled_from((None, 1, 2, 3, 4)), st.booleans(),
)  # fmt: skip
"""Minutes ago, how long, how it ended, by whom, in which conversation, whether in hours."""
ASSIGNED = {1: None, 2: 1, 3: 2, 4: 3}
NAMES = {1: "周雨桐", 2: "林晓雯", 3: "何静", 4: "吴悠"}


@pytest.fixture(scope="module")
def replica() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    fill(db, "member", [rows.MemberRow(id=n, rev=1, shop_id=1, name=NAMES[n]) for n in NAMES])
    fill(db, "conversation", [
        rows.ConversationRow(id=n, rev=1, shop_id=1, member_id=n, assignee_id=staff)
        for n, staff in ASSIGNED.items()
    ])  # fmt: skip
    yield db
    db.close()


def fill(db: driver.Connection, table: str, found: list[Any]) -> None:
    codec = replica_tables.CODECS[table]
    db.execute(f"DELETE FROM {table}")
    db.executemany(codec.insert, codec.tuples(found))


def rows_of(waits: list[Any]) -> list[rows.WaitRow]:
    found = []
    for n, (minutes, seconds, outcome, staff, conversation, in_hours) in enumerate(waits, 1):
        at = AS_OF - timedelta(minutes=minutes)
        ended = min(at + timedelta(seconds=seconds), AS_OF) if outcome else None
        found.append(rows.WaitRow(
            id=n, rev=1, shop_id=1, conversation_id=conversation, asked_at=at, in_hours=in_hours,
            ended_at=ended, staff_id=staff if outcome else None, outcome=outcome,
        ))  # fmt: skip
    return found


# --- counted by hand ----------------------------------------------------------------------------


class Hand:
    """One wait as somebody with a pencil sees it."""

    def __init__(self, row: rows.WaitRow) -> None:
        self.answered, self.closed = row.outcome == "answered", row.outcome == "closed"
        self.seconds = ((row.ended_at or AS_OF) - row.asked_at).total_seconds()
        self.hour = row.asked_at.astimezone(ZONE).hour
        after = 300 if self.closed else 60
        self.due = self.answered or self.seconds > after
        whose = ASSIGNED.get(row.conversation_id or 0)
        self.whose = (row.staff_id if self.answered else whose) or NOBODY


def counted(found: list[rows.WaitRow]) -> list[Hand]:
    return [Hand(row) for row in found if row.in_hours and row.outcome != "void"
            and AS_OF - DAY <= row.asked_at < AS_OF]  # fmt: skip


def same(told: RepliesTold, hands: list[Hand]) -> bool:
    for share, limit in ((told.soon, 60), (told.later, 300)):
        good = [each for each in hands if each.answered and each.seconds <= limit]
        late = [each for each in hands if each.seconds > (300 if each.closed else limit)]
        if (share.rate.part, share.rate.whole) != (len(good), len(good) + len(late)):
            return False
    due = [each.seconds for each in hands if each.answered or each.seconds > 300]
    if isinstance(told.median, Estimate):
        return told.median.value == median(due) and told.median.interval.holds(told.median.value)
    return len(due) < 6


@settings(deadline=None)
@given(st.lists(WAIT, max_size=40), st.sampled_from((None, 1, 2)))
def test_figures_and_lists_are_what_counting_by_hand_gives(
    replica: driver.Connection, found: list[Any], only: int | None
) -> None:
    made_rows = rows_of(found)
    fill(replica, "wait", made_rows)
    waits = replica_replies.waits(replica, AS_OF - DAY, AS_OF)
    viewer = Viewer(timezone="Asia/Shanghai", as_of=AS_OF, only=only)
    figures = made(ReplyFacts(waits=waits, staff=STAFF), viewer)
    hands = counted(made_rows)

    assert same(figures.told, hands)
    keys: dict[str, Callable[[Hand], tuple[int | None, int | None]]] = {
        "clerks": lambda each: (each.whose, None), "hours": lambda each: (None, each.hour),
        "both": lambda each: (each.whose, each.hour),
    }  # fmt: skip
    for name, key in keys.items():
        shown = getattr(figures, name)
        mine = [each for each in hands
                if each.due and (name == "hours" or only in (None, each.whose))]  # fmt: skip
        assert {(each.part.staff_id, each.part.hour) for each in shown} == {
            key(each) for each in mine
        }
        for each in shown:
            place = (each.part.staff_id, each.part.hour)
            assert same(each.told, [one for one in mine if key(one) == place])
            assert each.name == STAFF.get(each.part.staff_id or 0, "")
    due = [each for each in hands if each.answered or each.seconds > 300]
    assert list(figures.bars) == [
        sum(low < each.seconds <= high for each in due)
        for low, high in zip((-1, *EDGES), (*EDGES, 10**9), strict=True)
    ]  # fmt: skip

    places = [each.conversation_id for each in waits if each.conversation_id is not None]
    names = replica_replies.names(replica, places)
    for part in (WaitPart(), WaitPart(staff_id=2), WaitPart(hour=15), WaitPart(bar=4)):
        shown = lines(part_of(waits, part, viewer), names, STAFF, AS_OF)
        seconds = [each.lasted_s for each in shown]
        assert seconds == sorted((
            each.seconds for each in due
            if part.staff_id in (None, each.whose) and part.hour in (None, each.hour)
            and (part.bar is None or 120 < each.seconds <= 300)
            and (only in (None, each.whose) or not each.answered)
        ), reverse=True)  # fmt: skip
        for each in shown:
            assert each.name == NAMES.get(each.conversation_id or 0, "")
