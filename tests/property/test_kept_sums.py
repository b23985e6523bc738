"""Sums that a replica keeps of what is over never differ from the rows, whatever changes later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.insight_facts import Moment, facts_of
from console.desk.insights import visits_of
from console.domain.periods import Period
from console.store import driver, replica_keeping, replica_kept, replica_tables
from console.store.replica import open_next
from console.store.replica_tables import CODECS
from console.store.row_codec import to_ms
from console.wire.rows import ShopRow
from tests.helpers.campaign_history import BEGAN, HISTORY, MEMBERS, TABLES, WEEK, WINDOWS, put
from tests.property.test_insights import PEOPLE, PERSON, Shop

ZONE = "Asia/Shanghai"
END = BEGAN + timedelta(days=45)
"""All that a history has is over by then."""
CAME = "id, rev, shop_id, member_id, at, source"
KEPT = ("kept_campaign", "kept_readers", "kept_visits")
WHO, WHEN = st.sampled_from(MEMBERS), st.integers(0, 12 * 24).map(lambda n: timedelta(hours=n))
MONTHS = st.integers(-60, 44).map(lambda n: timedelta(days=n))
"""Some before anything was sent, some after all is over."""
CHANGE = st.one_of(
    st.tuples(st.just("read"), st.integers(0, 11), st.none() | WHEN),
    st.tuples(st.just("answer"), st.integers(0, 11), st.none() | WHEN),
    st.tuples(st.just("merge"), WHO, WHO),
    st.tuples(st.just("lose"), st.integers(0, 11), st.none()),
    st.tuples(st.sampled_from(("hold", "purchase")), WHO, WHEN),
    st.tuples(st.just("undo"), st.sampled_from(("hold", "purchase", "coupon")), st.none()),
    st.tuples(st.just("coupon"), WHO, WHEN),
    st.tuples(st.just("vip"), WHO, st.booleans()),
    st.tuples(st.just("visit"), WHO, MONTHS),
    st.tuples(st.just("undo"), st.just("visit"), st.none()),
    st.tuples(st.sampled_from(("out", "in")), WHO, MONTHS),
    st.tuples(st.just("person"), WHO, PERSON),
)


def empty() -> driver.Connection:
    db = driver.connect(":memory:", isolation_level=None)
    for statement in replica_tables.schema():
        db.execute(statement)
    put(db, "shop", [ShopRow(id=1, rev=1, name="", timezone=ZONE)])
    return db


@pytest.fixture(scope="module")
def copies() -> Iterator[tuple[driver.Connection, driver.Connection]]:
    """One that keeps sums, and one for the history as it becomes."""
    found = empty(), empty()
    yield found
    for db in found:
        db.close()


def keep(db: driver.Connection, window: timedelta = WEEK) -> None:
    while replica_keeping.keep_more(db, END, ZONE, window):
        pass


def changed(history: dict[str, Any], change: tuple[str, Any, Any]) -> dict[str, Any]:
    """The history as if it had been otherwise in one thing."""
    what, which, how = change
    found = {**history, "notices": dict(history["notices"])}
    places = sorted(found["notices"])
    if what in {"read", "answer"} and places:
        place = places[which % len(places)]
        written, read, replied = found["notices"][place]
        at = None if written is None or how is None else written + how
        found["notices"][place] = (written, at, replied) if what == "read" else (written, read, at)
    elif what == "lose" and places:
        del found["notices"][places[which % len(places)]]
    elif what == "merge":
        for name in ("hold", "purchase", "visit"):
            found[name] = [(how if who == which else who, at) for who, at in history[name]]
        found["coupon"] = [(how if who == which else who, *of) for who, *of in history["coupon"]]
    elif what in {"hold", "purchase", "visit", "out", "in"}:
        found[what] = [*history[what], (which, BEGAN + how)]
    elif what == "coupon":
        found[what] = [*history[what], (which, BEGAN + how, None)]
    elif what == "undo":
        found[which] = history[which][1:]
    return found


def bring(db: driver.Connection, wanted: driver.Connection) -> None:
    """Rows of one become those of another as a frame of changes does it: row by row."""
    for table in (*TABLES, "member", "member_tag"):
        codec = replica_tables.CODECS[table]
        old, new = (
            {row[0]: row for row in each.execute(f"SELECT * FROM {table}").fetchall()}
            for each in (db, wanted)
        )
        for number in old.keys() - new.keys():
            db.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
        for number, row in new.items():
            if old.get(number) != row:
                rev = old[number][1] + 1 if number in old else 1
                db.execute(codec.upsert, (number, rev, *row[2:]))


def shown(db: driver.Connection, window: timedelta = WEEK) -> list[dict[str, Any]]:
    """What figures of several periods are made of; names aside, in the order of the database."""
    found = []
    for period, days in ((Period.MONTH, 0), (Period.WEEK, 0), (Period.MONTH, 20), (Period.YEAR, 0)):
        moment = Moment(period=period, at=END - timedelta(days=days), shop_id=1, timezone=ZONE,
                        window=window)  # fmt: skip
        facts = facts_of(db, moment)
        found.append({
            "openings": {str(month): (set(each.readers), set(each.reachable))
                         for month, each in facts.openings.items()},
            "visits": visits_of(db, 1, moment.at, ZONE),
            "held": facts.held, "bought": facts.purchases, "since": facts.complete_since,
        })  # fmt: skip
    return found


def forget(db: driver.Connection) -> None:
    for table in KEPT:
        db.execute(f"DELETE FROM {table}")


@settings(max_examples=120)
@given(history=HISTORY, people=PEOPLE, changes=st.lists(CHANGE, min_size=1, max_size=3),
       window=WINDOWS)  # fmt: skip
def test_whatever_changes_kept_sums_are_those_of_the_rows(
    copies: tuple[driver.Connection, driver.Connection], history: dict[str, Any],
    people: dict[int, Any], changes: list[tuple[str, Any, Any]], window: timedelta,
) -> None:  # fmt: skip
    db, wanted = copies
    Shop(db, history, people, END)
    counted = shown(db, window)
    keep(db, window)
    assert shown(db, window) == counted
    for change in changes:
        if change[0] == "vip":
            people = {**people, change[1]: {**people[change[1]], "vip": change[2]}}
        elif change[0] == "person":
            people = {**people, change[1]: change[2]}
        history = changed(history, change)
        Shop(wanted, history, people, END)
        bring(db, wanted)
        stands = shown(db, window)
        forget(db)
        assert stands == shown(db, window)
        keep(db, window)


@settings(max_examples=60)
@given(history=HISTORY, people=PEOPLE, windows=st.lists(WINDOWS, min_size=2, max_size=3))
def test_what_was_kept_of_one_window_is_never_shown_of_another(
    copies: tuple[driver.Connection, driver.Connection], history: dict[str, Any],
    people: dict[int, Any], windows: list[timedelta],
) -> None:  # fmt: skip
    db, _ = copies
    Shop(db, history, people, END)
    forget(db)
    counted = {window: shown(db, window) for window in windows}
    for window in windows:
        # Some are of this window, some still of the one before.
        replica_keeping.keep_campaigns(db, END, ZONE, window)
        assert {each: shown(db, each) for each in windows} == counted
        keep(db, window)
        assert shown(db, window) == counted[window]
        kept = db.execute("SELECT DISTINCT window_ms FROM kept_campaign").fetchall()
        assert [row[0] for row in kept] in ([], [window // timedelta(milliseconds=1)])


def test_what_happens_now_takes_out_no_sum_of_what_is_over() -> None:
    db = empty()
    nobody: dict[str, Any] = {name: [] for name in ("hold", "visit", "purchase", "out", "in")}
    history = {"notices": {(1, who): (BEGAN, BEGAN, None) for who in MEMBERS}, "delivered": set(),
               "coupon": [], **nobody}  # fmt: skip
    person = {"joined": BEGAN - WEEK, "blocked": False, "seen": None, "state": "confirmed",
              "bucket": 0, "vip": False}  # fmt: skip
    Shop(db, history, dict.fromkeys(MEMBERS, person), END)
    keep(db)
    kept = [db.execute(f"SELECT count(*) FROM {table}").fetchone() for table in KEPT]
    assert kept == [(1,), (45,), (11,)]
    now = int(END.timestamp() * 1_000)
    others = {"id": 99, "joined_at": now}
    newcomer = ", ".join(str(others.get(each, each)) for each in CODECS["member"].columns)
    others = {"id": 99, "member_id": 99, "at": now}
    yes = ", ".join(str(others.get(each, each)) for each in CODECS["consent"].columns)
    for statement in (
        f"UPDATE recipient SET replied_at = {now}",
        "UPDATE campaign SET counts = '{}', rev = rev + 1",
        "UPDATE member SET last_seen_at = 1, points = 9",
        f"INSERT INTO visit ({CAME}) VALUES (99, 1, 1, 1, {now}, '')",
        f"INSERT INTO member SELECT {newcomer} FROM member WHERE id = 1",
        f"INSERT INTO consent SELECT {yes} FROM consent WHERE id = 901",
    ):
        db.execute(statement)
    assert [db.execute(f"SELECT count(*) FROM {table}").fetchone() for table in KEPT] == kept
    db.close()


EARLY = to_ms(BEGAN + timedelta(hours=5))
MERGED = ", ".join({"id": "9", "merged_into": "1"}.get(each, each)
                   for each in CODECS["member"].columns)  # fmt: skip
CHANGES = {
    "recipient_update_row": "UPDATE recipient SET counted = 0 WHERE id = 1",
    "recipient_update_written_at": f"UPDATE recipient SET written_at = {EARLY} WHERE id = 1",
    "recipient_update_read_at": f"UPDATE recipient SET read_at = {EARLY} WHERE id = 1",
    "recipient_update_replied_at": f"UPDATE recipient SET replied_at = {EARLY} WHERE id = 1",
    "recipient_delete_row": "DELETE FROM recipient WHERE id = 1",
    "hold_update_row": "UPDATE hold SET member_id = 2",
    "hold_update_at": f"UPDATE hold SET at = {EARLY}",
    "hold_delete_row": "DELETE FROM hold",
    "purchase_update_row": "UPDATE purchase SET member_id = 2",
    "purchase_update_at": f"UPDATE purchase SET at = {EARLY}",
    "purchase_delete_row": "DELETE FROM purchase",
    "coupon_update_row": "UPDATE coupon SET member_id = 2",
    "coupon_update_issued_at": f"UPDATE coupon SET issued_at = {EARLY}",
    "coupon_update_redeemed_at": f"UPDATE coupon SET redeemed_at = {EARLY}",
    "coupon_delete_row": "DELETE FROM coupon",
    "offer_update_row": "UPDATE offer SET campaign_id = 3",
    "offer_delete_row": "DELETE FROM offer",
    "campaign_update_row": "UPDATE campaign SET kind = 'correction' WHERE id = 3",
    "campaign_update_at": f"UPDATE campaign SET started_at = {EARLY} WHERE id = 1",
    "campaign_delete_row": "DELETE FROM campaign WHERE id = 3",
    "member_tag_delete_row": "DELETE FROM member_tag",
    "member_tag_update_row": "UPDATE member_tag SET member_id = 2",
    "member_update_merged": "UPDATE member SET merged_into = 2 WHERE id = 1",
    "member_insert_merged": f"INSERT INTO member SELECT {MERGED} FROM member WHERE id = 1",
}


@pytest.mark.parametrize("trigger", CHANGES)
def test_a_change_of_what_a_sum_was_made_of_takes_it_out(trigger: str) -> None:
    db = empty()
    deed, later = [(1, BEGAN + timedelta(hours=9))], BEGAN + timedelta(hours=20)
    history: dict[str, Any] = {
        "notices": {(1, who): (BEGAN, BEGAN + timedelta(hours=1), later) for who in MEMBERS},
        "delivered": set(), "coupon": [(1, *deed[0][1:], later)], "hold": deed, "purchase": deed,
        **{name: [] for name in ("visit", "out", "in")},
    }  # fmt: skip
    person = {"joined": BEGAN - WEEK, "blocked": False, "seen": None, "state": "confirmed",
              "bucket": 0, "vip": False}  # fmt: skip
    people = {who: {**person, "vip": who == 3} for who in MEMBERS}
    Shop(db, history, people, END)
    keep(db)
    assert set(replica_kept.campaigns(db, WEEK)) == {1}
    db.execute(CHANGES[trigger])
    assert replica_kept.campaigns(db, WEEK) == {}
    Shop(db, history, people, END)
    keep(db)
    db.execute(f"DROP TRIGGER kept_{trigger}")
    db.execute(CHANGES[trigger])
    assert set(replica_kept.campaigns(db, WEEK)) == {1}, "another one did it"
    db.close()


OTHERS, SAID = (", ".join(CODECS[table].columns[1:]) for table in ("member", "consent"))
VISITED = {
    "visit_insert_visits":
        f"INSERT INTO visit ({CAME}) VALUES (9, 1, 1, 2, {EARLY}, '')",
    "visit_update_visits": f"UPDATE visit SET at = {EARLY}",
    "visit_delete_visits": "DELETE FROM visit",
    "member_insert_visits": f"INSERT INTO member SELECT 9, {OTHERS} FROM member WHERE id = 1",
    "member_update_visits": "UPDATE member SET bucket = 7000 WHERE id = 1",
    "member_delete_visits": "DELETE FROM member WHERE id = 1",
    "consent_insert_visits": f"INSERT INTO consent SELECT 9, {SAID} FROM consent WHERE id = 901",
    "consent_update_visits": "UPDATE consent SET granted = 0",
    "consent_delete_visits": "DELETE FROM consent",
    "member_tag_insert_row":
        "INSERT INTO member_tag (id, rev, member_id, tag) VALUES (9, 1, 1, 'VIP')",
    "member_tag_update_row": "UPDATE member_tag SET member_id = 2",
    "member_tag_delete_row": "DELETE FROM member_tag",
}  # fmt: skip


@pytest.mark.parametrize("trigger", VISITED)
def test_a_change_of_who_came_or_is_compared_takes_visits_out(trigger: str) -> None:
    db, month = empty(), "SELECT count(*) FROM kept_visits WHERE begins = ?"
    begins = (to_ms(datetime(2026, 11, 1, tzinfo=ZoneInfo(ZONE))),)
    history: dict[str, Any] = {
        "notices": {}, "delivered": set(), "visit": [(1, BEGAN + timedelta(hours=9))],
        **{name: [] for name in ("coupon", "hold", "purchase", "out", "in")},
    }  # fmt: skip
    person = {"joined": BEGAN - WEEK, "blocked": False, "seen": None, "state": "confirmed",
              "bucket": 0, "vip": False}  # fmt: skip
    people = {who: {**person, "vip": who == 3} for who in MEMBERS}
    change = VISITED[trigger]
    Shop(db, history, people, END)
    keep(db)
    assert db.execute(month, begins).fetchone() == (1,)
    db.execute(change)
    assert db.execute(month, begins).fetchone() == (0,)
    Shop(db, history, people, END)
    keep(db)
    db.execute(f"DROP TRIGGER kept_{trigger}")
    db.execute(change)
    assert db.execute(month, begins).fetchone() == (1,), "another one did it"
    db.close()


def test_a_copy_that_is_not_whole_keeps_nothing(tmp_path: Path) -> None:
    replica = open_next(tmp_path)
    assert replica_keeping.keep_some(replica, END, WEEK) is False
    replica.close()
