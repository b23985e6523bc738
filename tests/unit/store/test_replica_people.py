"""A guest got campaigns, then her number was vouched for: what she does is still theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from console.desk import report_making
from console.desk.insight_facts import Moment, facts_of
from console.desk.insight_making import behind, looks_of, made, watched
from console.domain.activity import Activity, ActivityCounts
from console.domain.attribution import WINDOW
from console.domain.intervals import Rate
from console.domain.periods import Period
from console.domain.statistics import Step
from console.store import (
    driver,
    replica_insight_activity,
    replica_insight_campaigns,
    replica_insight_trade,
    replica_insights,
    replica_keeping,
    replica_people,
    replica_queries,
    replica_recipients,
    replica_reports,
    replica_tables,
)
from console.store.row_codec import to_ms
from tests.helpers.campaign_history import BEGAN
from tests.property.test_insights import Shop

ZONE = "Asia/Shanghai"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KNOWN, GUEST, OTHER = 1, 2, 3
END = BEGAN + 10 * DAY
PERSON = {"joined": BEGAN - DAY, "blocked": False, "seen": None, "state": "confirmed",
          "bucket": 0, "vip": False}  # fmt: skip


@pytest.fixture
def db() -> Iterator[driver.Connection]:
    found = driver.connect(":memory:", isolation_level=None)
    for statement in replica_tables.schema():
        found.execute(statement)
    yield found
    found.close()


def fill(db: driver.Connection, **more: Any) -> None:
    """A campaign that ``OTHER`` and ``GUEST`` read; ``KNOWN`` was on the list, but had not joined.

    Since then ``GUEST`` was merged into her, and all that she did is ``KNOWN``'s.
    """
    nothing: dict[str, Any] = {name: [] for name in ("hold", "visit", "purchase", "out", "in")}
    history: dict[str, Any] = {
        "notices": {
            (1, KNOWN): (None, None, None), (1, GUEST): (BEGAN, BEGAN + HOUR, None),
            (1, OTHER): (BEGAN, BEGAN + HOUR, None),
        },
        "delivered": set(), "coupon": [], **nothing, **more,
    }  # fmt: skip
    Shop(db, history, dict.fromkeys((KNOWN, GUEST, OTHER), PERSON), END)
    db.execute("UPDATE recipient SET reason = 'not_joined' WHERE written_at IS NULL")
    db.execute("UPDATE member SET name = '何静', phone = '13800000001' WHERE id = ?", (KNOWN,))
    merge(db)


def merge(db: driver.Connection, gone: int = GUEST, into: int = KNOWN) -> None:
    db.execute("UPDATE member SET state = 'merged', merged_into = ? WHERE id = ?", (into, gone))


def report(db: driver.Connection) -> report_making.CampaignReport:
    facts = replica_reports.facts_of(db, 1, WINDOW)
    assert facts is not None
    return report_making.made(facts, END)


def took(db: driver.Connection, step: Step) -> tuple[int, ...]:
    [found] = [each.took for each in report(db).stages if each.step is step]
    return found


def figures(db: driver.Connection) -> Any:
    moment = Moment(period=Period.MONTH, at=END, shop_id=1, timezone=ZONE)
    return made(facts_of(db, moment), moment)


def bought(db: driver.Connection) -> Any:
    row = replica_queries.one(db, "campaign", 1)
    return replica_insight_trade.bought(db, row, ZONE, WINDOW)


DONE = [(KNOWN, BEGAN + DAY)]


def test_what_she_does_is_owed_to_what_she_got_as_a_guest(db: driver.Connection) -> None:
    fill(db, hold=DONE, visit=DONE, purchase=DONE, coupon=[(KNOWN, BEGAN + DAY, None)])
    for step in (Step.RESERVED, Step.VISITED, Step.BOUGHT):
        assert took(db, step) == (GUEST,)
    named = report_making.named(replica_recipients.of_campaign(db, 1), report(db))
    assert [each.member_id for each in named if each.bought] == [GUEST]
    [hers] = [each for each in named if each.coupon_at is not None and each.written_at is not None]
    assert (hers.member_id, hers.name, hers.phone) == (GUEST, "何静", "13800000001")
    assert replica_people.names(db, [KNOWN]).keys() == {KNOWN, GUEST}
    [line] = figures(db).campaigns
    assert line.held == 1


def test_who_bought_beside_the_holdout_is_found_under_any_name(db: driver.Connection) -> None:
    fill(db, purchase=DONE, visit=DONE)
    assert bought(db).marketed == Rate(1, 2)
    row = replica_queries.one(db, "campaign", 1)
    after = replica_insight_trade.window_after(db, row, ZONE, WINDOW)
    assert after is not None
    assert (after.bought, after.came) == ({GUEST: True}, {GUEST: True})


def test_she_opts_out_at_what_she_got_as_a_guest(db: driver.Connection) -> None:
    fill(db, out=DONE)
    assert report(db).opted_out == (GUEST,)
    [line] = figures(db).campaigns
    assert line.left == 1
    moment = Moment(period=Period.MONTH, at=END, shop_id=1, timezone=ZONE)
    assert behind("opted_out", facts_of(db, moment), moment) == (KNOWN,)


def test_who_read_as_a_guest_is_one_member_of_the_open_rate(db: driver.Connection) -> None:
    fill(db)
    assert figures(db).open_rate.now.rate == Rate(2, 2)
    moment = Moment(period=Period.MONTH, at=END, shop_id=1, timezone=ZONE)
    assert behind("read", facts_of(db, moment), moment) == (KNOWN, OTHER)
    reads = replica_insights.reads(db, BEGAN)
    cells = looks_of(reads, {KNOWN}, watched(END, ZONE), ZONE).heat.cells
    assert sum(each.readers for each in cells) == 1


def test_what_she_read_as_a_guest_is_a_sign_of_life_of_hers(db: driver.Connection) -> None:
    at = BEGAN + 100 * DAY
    fill(db)
    db.execute("UPDATE recipient SET read_at = ? WHERE written_at IS NOT NULL", (to_ms(at - DAY),))
    assert replica_insight_activity.members(db, 1, Activity.ASLEEP, at) == ()
    assert replica_insight_activity.counts(db, 1, [at]) == (ActivityCounts(at, 0, 2, 0),)
    merge(db, KNOWN, OTHER)
    assert replica_insight_activity.counts(db, 1, [at]) == (ActivityCounts(at, 0, 1, 0),)


def test_who_got_it_under_two_names_did_it_once(db: driver.Connection) -> None:
    fill(db, purchase=DONE, notices={
        (1, KNOWN): (BEGAN, BEGAN + HOUR, None), (1, GUEST): (BEGAN, BEGAN + HOUR, None),
    })  # fmt: skip
    assert took(db, Step.BOUGHT) == (KNOWN,)
    merge(db, KNOWN, OTHER)  # whose all of it is now
    db.execute("UPDATE purchase SET member_id = ?", (OTHER,))
    assert replica_people.heirs(db) == {GUEST: OTHER, KNOWN: OTHER}
    assert took(db, Step.BOUGHT) == (KNOWN,)
    assert bought(db).marketed == Rate(2, 2)


def test_a_merge_takes_out_sums_of_what_she_got_and_so_does_its_undoing(
    db: driver.Connection,
) -> None:
    at = BEGAN + 30 * DAY
    fill(db, purchase=DONE, hold=DONE)
    for undone, buyers in ((True, 0), (False, 1)):
        while replica_keeping.keep_campaigns(db, at, ZONE, WINDOW):
            pass
        assert db.execute("SELECT count(*) FROM kept_campaign").fetchone() == (1,)
        if undone:
            db.execute("UPDATE member SET state = 'confirmed', merged_into = NULL WHERE id = 2")
        else:
            merge(db)
        assert db.execute("SELECT count(*) FROM kept_campaign").fetchone() == (0,)
        assert bought(db).marketed == Rate(buyers, 2)
        row = replica_queries.one(db, "campaign", 1)
        assert len(replica_insight_campaigns.holders(db, [row], WINDOW)[1]) == buyers


def test_a_merge_of_others_takes_out_nothing(db: driver.Connection) -> None:
    fill(db)
    while replica_keeping.keep_campaigns(db, BEGAN + 30 * DAY, ZONE, WINDOW):
        pass
    db.execute("INSERT INTO kept_campaign SELECT 3, until, window_ms, tags, written, held, bought"
               " FROM kept_campaign")  # fmt: skip
    db.execute("UPDATE member SET merged_into = NULL WHERE id = ?", (GUEST,))
    assert db.execute("SELECT campaign_id FROM kept_campaign").fetchall() == [(3,)]
