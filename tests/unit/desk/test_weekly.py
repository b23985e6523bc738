"""The summary of a week on a real replica: its campaigns, its bounds, the week before, offline."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from console.desk.inbox import InboxDesk
from console.desk.insights import InsightsDesk
from console.desk.replies import RepliesDesk
from console.desk.reports import ReportsDesk
from console.desk.types import Me
from console.desk.weekly import WeeklyDesk
from console.domain.attribution import DAY
from console.domain.intervals import tell_rate_difference
from console.domain.periods import Period
from console.domain.statistics import Step
from console.store.replica_tables import CODECS
from console.sync.station import Station, open_station
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from console.wire.errors import Refusal
from console.wire.rows import ConsentRow, ConversationRow, MemberRow, WaitRow

ME = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
MONDAY = date(2026, 11, 16)
BEGIN = datetime(2026, 11, 15, 16, tzinfo=UTC)
"""Midnight in Shanghai."""
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
MEMBERS = range(1, 41)
SENT = {
    1: BEGIN,
    2: BEGIN + WEEK - HOUR / 60,
    3: BEGIN - HOUR / 60,
    4: BEGIN + WEEK,
    5: BEGIN + 2 * HOUR,
}
"""When each campaign began: the first and last minute of the week, just before, just after."""
READERS = {1: 24, 2: 16, 3: 9, 4: 40, 5: 40}
WAITS = ((BEGIN, 90), (BEGIN + WEEK - HOUR, 600), (BEGIN - HOUR, 5), (BEGIN + WEEK, 5))
"""When members began to wait, and for how many seconds: two in the week, two beside it."""
REPLIED = {1: 5, 2: 3, 3: 2, 4: 7, 5: 0}


def campaign(number: int) -> CampaignRow:
    counts = {"written": len(MEMBERS), "read": READERS[number], "replied": REPLIED[number]}
    kind = "trial" if number == 5 else "campaign"
    return CampaignRow(id=number, rev=1, shop_id=1, client_id=f"c{number}", kind=kind,
                       title=f"活动{number}", state="done", content=CampaignContent(),
                       started_at=SENT[number], finished_at=SENT[number], counts=counts,
                       at=SENT[number])  # fmt: skip


def recipients() -> list[RecipientRow]:
    return [
        RecipientRow(id=100 * number + who, rev=1, campaign_id=number, member_id=who,
                     state="written", counted=number != 5, written_at=at, at=at,
                     read_at=at + HOUR if who <= READERS[number] else None,
                     replied_at=at + 2 * HOUR if who <= REPLIED[number] else None)
        for number, at in SENT.items() for who in MEMBERS
    ]  # fmt: skip


def weekly(station: Station, inbox: InboxDesk) -> WeeklyDesk:
    return WeeklyDesk(station, inbox, InsightsDesk(station, inbox), RepliesDesk(station, inbox))


@pytest.fixture
async def station(tmp_path: Path) -> AsyncIterator[Station]:
    made = await open_station(tmp_path, "http://127.0.0.1:9", "")
    joined = BEGIN - timedelta(days=60)
    rows: dict[str, list[Any]] = {
        "member": [MemberRow(id=who, rev=1, shop_id=1, name=f"{who}", state="confirmed",
                             joined_at=joined, marketing=True, last_seen_at=BEGIN)
                   for who in MEMBERS],
        "campaign": [campaign(number) for number in SENT],
        "recipient": recipients(),
        "consent": [ConsentRow(id=n, rev=1, member_id=n, purpose="marketing",
                               granted=False, at=BEGIN + 5 * HOUR) for n in (1, 2)],
        "wait": [WaitRow(id=n, rev=1, shop_id=1, conversation_id=1, asked_at=at, in_hours=True,
                         ended_at=at + timedelta(seconds=lasted), staff_id=1, outcome="answered")
                 for n, (at, lasted) in enumerate(WAITS, 1)],
        "conversation": [ConversationRow(id=1, rev=1, shop_id=1,
                                         last_message_at=BEGIN + 2 * WEEK)],
    }  # fmt: skip
    with made.replica.writing() as db:
        for table, found in rows.items():
            db.executemany(CODECS[table].insert, CODECS[table].tuples(found))
    yield made
    await made.close()


async def test_a_week_has_what_was_sent_from_its_monday_to_its_sunday(station: Station) -> None:
    inbox = InboxDesk(station, ME)
    summary = await weekly(station, inbox).summary(MONDAY)
    week = summary.week
    assert [line.campaign_id for line in week.campaigns] == [2, 1]  # no trial, newest first
    assert [line.campaign_id for line in summary.before.campaigns] == [3]
    assert (week.first, week.last) == (MONDAY, MONDAY + timedelta(days=6))
    read, before = summary.read.now.rate, summary.read.before
    assert (read.part, read.whole) == (24 + 16, 80)
    assert before is not None
    assert (before.part, before.whole) == (9, 40)
    assert summary.read.change == tell_rate_difference(read, before)
    assert (week.replied, summary.before.replied) == (8, 2)
    left = week.opt_outs.share.now.rate
    assert (left.part, left.whole) == (2, 80)
    opened = week.open_rate.now.rate
    # 24 read campaign 1 in the week, and 9 of them campaign 3, two minutes earlier; 2 opted out.
    assert (opened.part, opened.whole) == (24, 40)
    assert (summary.still_read, week.live) == (0, False)  # offline: as of the newest thing known
    assert week.as_of == BEGIN + 2 * WEEK
    desk = weekly(station, inbox)
    assert await desk.behind("replied", MONDAY) == (1, 2, 3, 4, 5)
    assert await desk.behind("opted_out", MONDAY) == (1, 2)
    assert await desk.behind("read", MONDAY) == tuple(range(1, 25))
    answered = summary.replies.told.later.rate
    assert (answered.part, answered.whole) == (1, 2)
    assert [line.lasted_s for line in await desk.waits(MONDAY)] == [600, 90]
    assert await desk.behind("readers", MONDAY - WEEK) == tuple(range(1, 10))
    await inbox.close()


async def test_what_is_still_being_read_is_said_and_an_empty_week_has_nothing(
    station: Station,
) -> None:
    inbox = InboxDesk(station, ME)
    desk = weekly(station, inbox)
    with station.replica.writing() as db:
        db.execute("UPDATE conversation SET last_message_at = 0")
        db.execute("UPDATE recipient SET read_at = NULL WHERE campaign_id IN (2, 4)")
    summary = await desk.summary(MONDAY)
    assert summary.week.as_of == BEGIN + 3 * HOUR  # when a trial was read
    assert summary.still_read == 2
    empty = await desk.summary(MONDAY - 10 * WEEK)
    assert empty.week.campaigns == ()
    assert (empty.read.now.rate.whole, empty.read.change) == (0, None)
    await inbox.close()


async def test_the_newest_week_is_the_one_that_ended_last_sunday(station: Station) -> None:
    inbox = InboxDesk(station, ME)
    last = weekly(station, inbox).last()
    assert last.weekday() == 0
    today = datetime.now(UTC).astimezone().date()
    assert 6 <= (today - last).days <= 14
    await inbox.close()


async def test_a_goal_holds_at_once_also_without_a_line_and_only_an_owner_sets_it(
    station: Station,
) -> None:
    inbox = InboxDesk(station, ME)
    desk = InsightsDesk(station, inbox)
    assert (await desk.figures(Period.MONTH)).goal == 0.35
    await desk.set_goal(42)
    assert (await desk.figures(Period.MONTH)).goal == 0.42
    await inbox.close()
    clerk = InboxDesk(station, replace(ME, role="clerk"))
    theirs = InsightsDesk(station, clerk)
    assert not theirs.may_set
    with pytest.raises(Refusal):
        await theirs.set_goal(10)
    await clerk.close()


async def test_a_window_holds_at_once_for_every_figure_also_without_a_line(
    station: Station,
) -> None:
    inbox = InboxDesk(station, ME)
    desk, reports = InsightsDesk(station, inbox), ReportsDesk(station, inbox)
    with station.replica.writing() as db:  # members 1 to 5 answer three days later
        db.execute("UPDATE recipient SET replied_at = written_at + ? WHERE replied_at > 0",
                   (3 * DAY // timedelta(milliseconds=1),))  # fmt: skip
    for days, replied in ((7, 8), (2, 0), (3, 8), (30, 8)):
        if days != 7:
            await desk.set_window(days)
        summary = await weekly(station, inbox).summary(MONDAY)
        assert (summary.week.window_days, summary.before.window_days) == (days, days)
        assert summary.week.replied == replied
        assert len(await weekly(station, inbox).behind("replied", MONDAY)) == (5 if replied else 0)
        assert (await desk.figures(Period.MONTH)).window_days == days
        report = await reports.report(1)
        assert report is not None
        assert report.window_days == days
        [answered] = (each for each in report.stages if each.step is Step.ANSWERED)
        assert answered.took == (tuple(range(1, 6)) if replied else ())
        beside = await reports.against_holdout(report)
        assert beside is not None
        assert beside.ends_at == SENT[1] + days * DAY
    await inbox.close()
    clerk = InboxDesk(station, replace(ME, role="clerk"))
    with pytest.raises(Refusal):
        await InsightsDesk(station, clerk).set_window(3)
    assert (await InsightsDesk(station, clerk).figures(Period.MONTH)).window_days == 30
    await clerk.close()
