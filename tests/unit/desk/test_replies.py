"""First replies from a real replica: of the period, as an owner and as a clerk see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.desk.inbox import InboxDesk
from console.desk.replies import RepliesDesk
from console.desk.reply_types import NOBODY, WaitPart
from console.desk.types import Me
from console.domain.periods import Period
from console.store.replica_tables import CODECS
from console.sync.link import LinkStatus
from console.sync.station import Station, open_station
from console.wire import rows

OWNER = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
CLERK = Me(staff_id=2, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
async def station(tmp_path: Path) -> AsyncIterator[Station]:
    opened = await open_station(tmp_path, "http://127.0.0.1:9", "")
    ago = [timedelta(days=days) for days in (1, 2, 3, 4, 5, 6, 20, 40, 50)]
    waits = [
        rows.WaitRow(id=n, rev=1, shop_id=1, conversation_id=7, asked_at=NOW - each, in_hours=True,
                     ended_at=NOW - each + timedelta(seconds=30 + n), staff_id=1 + n % 2,
                     outcome="answered")
        for n, each in enumerate(ago, 1)
    ]  # fmt: skip
    still = rows.WaitRow(id=90, rev=1, shop_id=1, conversation_id=7, in_hours=True,
                         asked_at=NOW - timedelta(hours=1))  # fmt: skip
    night = rows.WaitRow(id=91, rev=1, shop_id=1, conversation_id=7, asked_at=NOW - ago[0])
    with opened.replica.writing() as db:
        for table, found in {
            "wait": [*waits, still, night],
            "member": [rows.MemberRow(id=5, rev=1, shop_id=1, name="周雨桐")],
            "conversation": [rows.ConversationRow(id=7, rev=1, shop_id=1, member_id=5,
                                                  last_message_at=NOW - timedelta(minutes=10))],
            "staff": [rows.StaffRow(id=me.staff_id, rev=1, shop_id=1, name=me.name, role=me.role)
                      for me in (OWNER, CLERK)],
        }.items():  # fmt: skip
            db.executemany(CODECS[table].insert, CODECS[table].tuples(found))
    yield opened
    await opened.close()


async def test_an_owner_sees_every_line_and_every_wait_of_the_period(station: Station) -> None:
    inbox = InboxDesk(station, OWNER)
    desk = RepliesDesk(station, inbox)
    inbox._status(LinkStatus(phase="synced", since=NOW))
    figures = await desk.figures(Period.MONTH)
    assert figures.live
    assert (figures.told.later.rate.part, figures.told.later.rate.whole) == (7, 8)
    assert [(line.part.staff_id, line.name) for line in figures.clerks] == [
        (1, "小李"), (2, "小陈"), (NOBODY, ""),
    ]  # fmt: skip
    listed = await desk.waits(Period.MONTH, WaitPart())
    assert [line.open for line in listed] == [True, *[False] * 7]
    assert {(line.conversation_id, line.name) for line in listed} == {(7, "周雨桐")}
    assert len(await desk.waits(Period.YEAR, WaitPart(staff_id=2))) == 5
    await inbox.close()


async def test_a_clerk_sees_her_own_line_and_what_nobody_answered(station: Station) -> None:
    inbox = InboxDesk(station, CLERK)
    desk = RepliesDesk(station, inbox)
    figures = await desk.figures(Period.YEAR)
    assert figures.told.later.rate.whole == 10
    assert ([line.name for line in figures.clerks], figures.own) == (["小陈"], True)
    listed = await desk.waits(Period.YEAR, WaitPart())
    assert {line.by for line in listed if line.answered} == {"小陈"}
    await inbox.close()


async def test_without_a_line_nobody_waits_longer_than_is_known(station: Station) -> None:
    inbox = InboxDesk(station, OWNER)
    figures = await RepliesDesk(station, inbox).figures(Period.MONTH)
    assert (figures.live, figures.as_of) == (False, NOW - timedelta(minutes=10))
    [still] = [line for line in await RepliesDesk(station, inbox).waits(Period.MONTH, WaitPart())
               if line.open]  # fmt: skip
    assert still.lasted_s == 50 * 60
    await inbox.close()
