"""A report's figures equal a recount by hand, over random histories in a real replica."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.desk.report_making import made
from console.desk.report_types import CampaignReport
from console.domain.attribution import Outcome, attribute, steps_owed
from console.domain.statistics import CURVE, Notice, Step
from console.store import driver, replica_campaigns, replica_tables
from console.store.replica_reports import facts_of
from console.wire.tally_rows import CampaignTallyRow
from tests.helpers.campaign_history import (
    BEGAN,
    HISTORY,
    KINDS,
    MEMBERS,
    VERSIONS,
    WEEK,
    WINDOWS,
    ByHand,
    fill,
    put,
)
from tests.helpers.relay_tallies import BOUNDS, counted


@pytest.fixture(scope="module")
def replica() -> Iterator[driver.Connection]:
    db = driver.connect(":memory:")
    for statement in replica_tables.schema():
        db.execute(statement)
    yield db
    db.close()


def add_up(db: driver.Connection) -> None:
    """The sums of campaigns as the relay keeps them, by loops that know nothing of it."""
    names = ("recipient", "message", "participant", "consent")
    exported = {}
    for name in names:
        columns = replica_tables.CODECS[name].columns
        exported[name] = [dict(zip(columns, row, strict=True))
                          for row in db.execute(f"SELECT * FROM {name}").fetchall()]  # fmt: skip
    db.execute("DELETE FROM campaign_tally")
    found = []
    for number, ((campaign, variant), sums) in enumerate(counted(exported).items(), 1):
        within = [sums.get(f"within {bound}", 0) for bound in BOUNDS]
        answered = [sums.get(f"answered_within {day}", 0) for day in range(30)]
        plain = {name: n for name, n in sums.items() if " " not in name}
        found.append(CampaignTallyRow(id=number, rev=1, campaign_id=campaign, variant=variant,
                                      read_within=within, answered_within=answered,
                                      **plain))  # fmt: skip
    put(db, "campaign_tally", found)


@settings(max_examples=40)
@given(history=HISTORY, campaign=st.sampled_from(sorted(KINDS)))
def test_sums_say_the_same_of_a_campaign_whose_recipients_are_on_the_relay_only(
    replica: driver.Connection, history: dict[str, Any], campaign: int
) -> None:
    fill(replica, history)
    add_up(replica)
    hand, as_of = ByHand(history, campaign), BEGAN + timedelta(days=60)
    replica.execute("UPDATE campaign SET counts = ? WHERE id = ?",
                    (f'{{"written": {len(hand.written)}}}', campaign))  # fmt: skip
    here = facts_of(replica, campaign, WEEK)
    replica.execute("DELETE FROM recipient WHERE campaign_id = ?", (campaign,))
    elsewhere = facts_of(replica, campaign, WEEK)
    assert here is not None
    assert elsewhere is not None
    report, known = made(elsewhere, as_of), made(here, as_of)
    assert (report.missing, known.missing) == (len(hand.written), 0)
    assert (report.read, report.opt_out) == (known.read, known.opt_out)
    for mine, its in ((report.curve, known.curve), (report.table, known.table)):
        assert [(each.elapsed, each.watched) for each in mine] == [
            (each.elapsed, each.watched) for each in its
        ]
        assert [each.share for each in mine] == pytest.approx([each.share for each in its])


LONG_BEFORE: dict[str, Any] = {
    "notices": {(1, 1): (BEGAN + timedelta(hours=169), None, None), (2, 1): (BEGAN, None, None)},
    "delivered": set(), "coupon": [(1, BEGAN, BEGAN + timedelta(hours=169))],
    **{name: [] for name in ("hold", "visit", "purchase", "out", "in")},
}  # fmt: skip
"""A coupon of what was sent again over a week before the campaign itself came to her."""


@settings(max_examples=120)
@example(history=LONG_BEFORE, campaign=1, sums=False, window=WEEK)
@given(history=HISTORY, campaign=st.sampled_from(sorted(KINDS)), sums=st.booleans(),
       window=WINDOWS)  # fmt: skip
def test_every_figure_equals_a_recount_by_hand(
    replica: driver.Connection, history: dict[str, Any], campaign: int, window: timedelta, *,
    sums: bool,
) -> None:  # fmt: skip
    fill(replica, history)
    if sums:
        add_up(replica)
    facts = facts_of(replica, campaign, window)
    assert facts is not None
    report = made(facts, BEGAN + timedelta(days=60))
    hand = ByHand(history, campaign, window)
    assert report.window_days == window / timedelta(days=1)
    owed = steps_owed(attribute(*_terms(hand), window))
    assert (report.read.rate.part, report.read.rate.whole) == (
        len(hand.reached["READ"]), len(hand.written),
    )  # fmt: skip
    for stage in report.stages:
        assert list(stage.through) == hand.through(stage.step), stage.step
        took = hand.reached[stage.step.name]
        assert list(stage.took) == sorted(took), stage.step
        if stage.step > Step.READ:
            mine = {who for (of, who), steps in owed.items()
                    if of == campaign and stage.step in steps}  # fmt: skip
            assert set(stage.took) == mine
    assert list(report.readers) == sorted(hand.reached["READ"])
    for place, did in enumerate(("read", "replied"), 1):
        mine = {who for who in hand.written if hand.mine[who][place]}
        assert set(replica_campaigns.who_did(replica, campaign, did, 99)) == mine
    assert list(report.opted_out) == hand.opted_out()
    assert list(report.silent) == sorted(
        who for who in hand.reached["READ"] if not hand.mine[who][2]
    )
    assert (report.comparison is None) == (campaign not in VERSIONS)
    for version in report.comparison.versions if report.comparison else ():
        written, read = hand.of_version(version.name)
        assert (list(version.written), list(version.readers)) == (written, read)
        assert sorted((*version.readers, *version.unread)) == written
        assert (version.read.rate.part, version.read.rate.whole) == (len(read), len(written))
    if hand.written:
        assert [point.elapsed for point in report.table] == list(CURVE)
        for point in (*report.table, *report.curve):
            assert point.share == pytest.approx(hand.share_read(point.elapsed), abs=1e-9)


def _terms(hand: ByHand) -> tuple[list[Notice], list[Outcome]]:
    """All that anybody got and did, as ``domain.attribution`` takes it."""
    notices = [Notice(number, who, written, None, read)
               for (number, who), (written, read, _) in hand.notices.items()]  # fmt: skip
    ids = count(1)
    return notices, [
        Outcome(next(ids), who, Step[kind], at, named)
        for who in MEMBERS for kind, at, named in hand.deeds(who)
    ]  # fmt: skip


@settings(max_examples=60)
@given(history=HISTORY, hours=st.integers(0, 15 * 24))
def test_while_it_is_being_read_the_curve_rises_and_ends_where_the_report_was_made(
    replica: driver.Connection, history: dict[str, Any], hours: int
) -> None:
    fill(replica, history)
    add_up(replica)
    facts = facts_of(replica, 1, WEEK)
    assert facts is not None
    as_of = BEGAN + timedelta(hours=hours)
    curve = made(facts, as_of).curve
    assert [p.share for p in curve] == sorted(p.share for p in curve)
    first: list[datetime] = [row[0] for (n, _), row in history["notices"].items()
                             if n == 1 and row[0]]  # fmt: skip
    if first and timedelta() < as_of - min(first) < CURVE[-1]:
        assert curve[-1].elapsed == as_of - min(first)


@settings(max_examples=60)
@given(
    history=HISTORY, campaign=st.sampled_from(sorted(VERSIONS)), hours=st.integers(0, 16 * 24),
    open_=st.booleans(),
)  # fmt: skip
def test_no_verdict_before_everybody_had_three_days_and_none_where_chance_did_not_divide(
    replica: driver.Connection, history: dict[str, Any], campaign: int, hours: int, open_: bool
) -> None:
    fill(replica, history)
    if open_:
        replica.execute("""UPDATE campaign SET counts = '{"deferred":1}'""")
    facts = facts_of(replica, campaign, WEEK)
    assert facts is not None
    as_of = BEGAN + timedelta(hours=hours)
    found = made(facts, as_of).comparison
    assert found is not None
    moments = [row[0] for (n, _), row in history["notices"].items() if n == campaign and row[0]]
    over = bool(moments) and as_of >= max(moments) + timedelta(days=3) and not open_
    assert (found.verdict is not None) == (campaign == 1 and over)
    assert (found.difference is not None) == (campaign != 1 or over)
    assert found.ends_at == (max(moments) + timedelta(days=3) if moments else None)


def test_a_report_says_how_many_rows_are_kept_on_the_relay_only(
    replica: driver.Connection,
) -> None:
    fill(
        replica,
        {
            "notices": {(1, 1): (BEGAN, None, None)},
            "delivered": set(),
            "hold": [],
            "visit": [],
            "purchase": [],
            "out": [],
            "in": [],
            "coupon": [],
        },
    )
    replica.execute("""UPDATE campaign SET counts = '{"written":40}' WHERE id = 1""")
    facts = facts_of(replica, 1, WEEK)
    assert facts is not None
    report: CampaignReport = made(facts, BEGAN)
    assert report.missing == 39
    assert facts_of(replica, 77, WEEK) is None
