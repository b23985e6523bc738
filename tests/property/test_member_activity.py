"""Members asleep, waking and active: counted in a replica, by the definition, and by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console.desk.activity import year_of
from console.domain.activity import Activity, Life, activity_over_time
from console.store import driver, replica_insight_activity, replica_tables
from console.wire import rows, trade_rows
from console.wire.campaign_rows import QuestionAnswerRow, RecipientRow
from console.wire.offer_rows import CouponRow
from tests.helpers.campaign_history import put

NOW = datetime(2026, 11, 29, 4, tzinfo=UTC)
DAY = timedelta(days=1)
# Around the borders of 30, 90 and 210 days, to the millisecond, as well as anywhere.
AGO = st.one_of(
    st.floats(0, 600).map(lambda days: timedelta(milliseconds=round(days * 86_400_000))),
    st.builds(
        lambda days, blink: days * DAY + blink * timedelta(milliseconds=1),
        st.sampled_from((0, 30, 60, 90, 120, 180, 210, 240)), st.integers(-1, 1),
    ).filter(lambda ago: ago >= timedelta()),
)  # fmt: skip
WHEN = AGO.map(lambda ago: NOW - ago)
KINDS = ("read", "replied", "issued", "redeemed", "asked", "enquiry", "hold", "answer", "visit",
         "purchase")  # fmt: skip
PERSON = st.fixed_dictionaries({
    "joined": st.none() | WHEN, "seen": st.none() | WHEN,
    "state": st.sampled_from(("confirmed", "confirmed", "guest", "merged", "erased")),
    "signs": st.lists(st.tuples(st.sampled_from(KINDS), WHEN), max_size=8),
})  # fmt: skip
Person = dict[str, Any]


@pytest.fixture(scope="module")
def replica() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    yield db
    db.close()


def fill(db: driver.Connection, people: list[Person]) -> None:
    for table in ("member", "conversation", "recipient", "coupon", "wait", "enquiry", "hold",
                  "question_answer", "visit", "purchase"):  # fmt: skip
        db.execute(f"DELETE FROM {table}")
    for who, each in enumerate(people, 1):
        member = rows.MemberRow(id=who, rev=1, shop_id=1, name="", state=each["state"],
                                joined_at=each["joined"], last_seen_at=each["seen"])  # fmt: skip
        put(db, "member", [member])
        put(db, "conversation", [rows.ConversationRow(id=100 + who, rev=1, shop_id=1,
                                                      member_id=who)])  # fmt: skip
        for place, (kind, at) in enumerate(each["signs"]):
            put(db, *_row(who * 100 + place, who, kind, at))


def _row(number: int, who: int, kind: str, at: datetime) -> tuple[str, list[Any]]:
    """A row that shows one sign of life and no other within reach."""
    mine: Any = {"id": number, "rev": 1, "member_id": who}
    coupon = CouponRow(**mine, shop_id=1, offer_id=9, code=f"K{number}", expires_at=NOW,
                       issued_at=NOW - 2_000 * DAY)  # fmt: skip
    recipient = RecipientRow(**mine, campaign_id=1, at=NOW)
    found: dict[str, tuple[str, Any]] = {
        "read": ("recipient", replace(recipient, read_at=at)),
        "replied": ("recipient", replace(recipient, replied_at=at)),
        "issued": ("coupon", replace(coupon, issued_at=at)),
        "redeemed": ("coupon", replace(coupon, redeemed_at=at)),
        "asked": ("wait", rows.WaitRow(id=number, rev=1, shop_id=1, conversation_id=100 + who,
                                       asked_at=at)),
        "enquiry": ("enquiry", trade_rows.EnquiryRow(**mine, shop_id=1, product_id=1, at=at)),
        "hold": ("hold", trade_rows.HoldRow(**mine, shop_id=1, client_id=f"h{number}",
                                            variant_id=1, at=at)),
        "answer": ("question_answer", QuestionAnswerRow(**mine, campaign_id=1, at=at)),
        "visit": ("visit", trade_rows.VisitRow(**mine, shop_id=1, at=at)),
        "purchase": ("purchase", trade_rows.PurchaseRow(**mine, shop_id=1, at=at)),
    }  # fmt: skip
    table, row = found[kind]
    return table, [row]


def signs_of(person: Person) -> list[datetime]:
    found = [at for _, at in person["signs"]]
    return found + [at for at in (person["joined"], person["seen"]) if at is not None]


def by_hand(person: Person, at: datetime) -> Activity | None:
    """Back from her last sign to where her spell began."""
    if person["joined"] is None or person["joined"] > at \
            or person["state"] not in ("confirmed", "guest"):  # fmt: skip
        return None
    signs = sorted(sign for sign in signs_of(person) if sign <= at)
    if not signs or at - signs[-1] > 90 * DAY:
        return Activity.ASLEEP
    begin = signs[-1]
    for sign in reversed(signs):
        if begin - sign <= 90 * DAY:
            begin = sign
    return Activity.ACTIVE if signs[-1] - begin >= 30 * DAY else Activity.WAKING


@settings(max_examples=150)
@given(people=st.lists(PERSON, min_size=1, max_size=4))
def test_every_month_counts_and_names_whom_a_plain_recount_finds(
    replica: driver.Connection, people: list[Person]
) -> None:
    fill(replica, people)
    months = year_of(replica, 1, NOW, "Asia/Shanghai").months
    assert len(months) == 12
    assert months[-1].counts.at == NOW
    known = [Life(each["joined"], signs_of(each)) for each in people
             if each["joined"] and each["state"] in ("confirmed", "guest")]  # fmt: skip
    defined = activity_over_time(known, [month.counts.at for month in months])
    assert tuple(month.counts for month in months) == defined
    for month in months:
        at = month.counts.at
        found = {who: by_hand(each, at) for who, each in enumerate(people, 1)}
        hand = Counter(found.values())
        assert (month.counts.asleep, month.counts.waking, month.counts.active) == (
            hand[Activity.ASLEEP], hand[Activity.WAKING], hand[Activity.ACTIVE],
        )  # fmt: skip
    for what in Activity:
        assert replica_insight_activity.members(replica, 1, what, at) == tuple(
            who for who, is_what in found.items() if is_what is what
        )
    begin = months[0].counts.at
    for what in Activity:
        assert replica_insight_activity.members(replica, 1, what, begin) == tuple(
            who for who, each in enumerate(people, 1) if by_hand(each, begin) is what
        )
