"""A report without a line ends where the shop was last heard of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.desk.inbox import InboxDesk
from console.desk.reports import ReportsDesk
from console.desk.types import Me
from console.store.replica_tables import CODECS
from console.sync.link import LinkStatus
from console.sync.station import open_station
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from console.wire.rows import ConversationRow

ME = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")


async def test_a_report_ends_where_the_shop_was_last_heard_of(tmp_path: Path) -> None:
    sent = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    said = sent + timedelta(hours=2)
    station = await open_station(tmp_path, "http://127.0.0.1:9", "")
    inbox = InboxDesk(station, ME)
    desk = ReportsDesk(station, inbox)
    rows = {
        "campaign": CampaignRow(id=1, rev=1, shop_id=1, client_id="c", title="周一新款",
                                content=CampaignContent(), at=sent),
        "recipient": RecipientRow(id=1, rev=1, campaign_id=1, member_id=1, state="written",
                                  written_at=sent, counted=True, at=sent),
        "conversation": ConversationRow(id=1, rev=1, shop_id=1, last_message_at=said),
    }  # fmt: skip
    with station.replica.writing() as db:
        for table, row in rows.items():
            db.executemany(CODECS[table].insert, CODECS[table].tuples([row]))

    report = await desk.report(1)  # nothing was heard since the program began
    assert report is not None
    assert (report.live, report.as_of, report.curve[-1].elapsed) == (False, said, said - sent)
    assert await desk.report(2) is None

    lost = datetime.now(UTC) - timedelta(minutes=10)
    inbox._status(LinkStatus(phase="synced", since=said))
    report = await desk.report(1)
    assert report is not None
    assert report.live
    assert report.as_of > lost
    inbox._status(LinkStatus(phase="connecting", since=lost))
    inbox._status(LinkStatus(phase="offline", since=lost + timedelta(minutes=1)))
    report = await desk.report(1)
    assert report is not None
    assert (report.live, report.as_of) == (False, lost)
    await inbox.close()
    await station.close()
