"""The page of figures leaves behind what is over, and counts on it afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from console.desk.inbox import InboxDesk
from console.desk.insights import InsightsDesk
from console.desk.types import Me
from console.domain import audiences
from console.domain.attribution import WINDOW
from console.domain.members import BUCKETS
from console.domain.periods import Period, calendar_months
from console.store import replica_kept
from console.store.replica_tables import CODECS
from console.store.row_codec import to_ms
from console.sync.station import Station, open_station
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from console.wire.client_session import ScopeState
from console.wire.rows import ConversationRow, MemberRow, ShopRow
from console.wire.trade_rows import VisitRow

ME = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
SENT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=12)
RECIPIENT = RecipientRow(id=1, rev=1, campaign_id=1, member_id=1, state="written", counted=True,
                         written_at=SENT, read_at=SENT + timedelta(hours=1), at=SENT)  # fmt: skip
ROWS = {
    "shop": [ShopRow(id=1, rev=1, name="", timezone=ME.timezone)],
    "member": [MemberRow(id=n, rev=1, shop_id=1, name="", state="confirmed", joined_at=SENT,
                         marketing=True) for n in (1, 2)],
    "campaign": [CampaignRow(id=1, rev=1, shop_id=1, client_id="c", title="", started_at=SENT,
                             content=CampaignContent(), at=SENT, counts={"written": 2})],
    # Without a line figures end where something was heard of last.
    "conversation": [ConversationRow(id=1, rev=1, shop_id=1,
                                     last_message_at=SENT + timedelta(days=11))],
    "recipient": [RECIPIENT, replace(RECIPIENT, id=2, member_id=2, read_at=None)],
}  # fmt: skip


async def whole_copy(folder: Path) -> Station:
    station = await open_station(folder, "http://127.0.0.1:9", "")
    with station.replica.writing() as db:
        for table, rows in ROWS.items():
            write(db, table, rows)
    scopes = {"shop/1": ScopeState(cursor=1, head=1, complete=True)}
    station.replica.state = replace(station.replica.state, scopes=scopes)
    return station


def write(db: Any, table: str, rows: list[Any]) -> None:
    db.executemany(CODECS[table].upsert, CODECS[table].tuples(rows))


async def test_what_is_over_is_kept_and_a_late_receipt_counts_all_the_same(tmp_path: Path) -> None:
    station = await whole_copy(tmp_path)
    inbox = InboxDesk(station, ME)
    desk = InsightsDesk(station, inbox)
    counted = await desk.figures(Period.MONTH)
    assert counted.open_rate.now.rate.part == 1
    assert station._keeping is not None
    await station._keeping
    assert list(await station.read(replica_kept.campaigns, WINDOW)) == [1]
    assert replace(await desk.figures(Period.MONTH), as_of=counted.as_of) == counted

    with station.replica.writing() as db:
        late = SENT + timedelta(hours=2)
        write(db, "recipient", [replace(ROWS["recipient"][1], rev=2, read_at=late)])
    assert await station.read(replica_kept.campaigns, WINDOW) == {}
    assert (await desk.figures(Period.MONTH)).open_rate.now.rate.part == 2
    assert await desk.readers_within(1, timedelta(hours=1)) == (1,)
    assert await desk.readers_within(1, timedelta(hours=3)) == (1, 2)
    await inbox.close()
    await station.close()


async def test_visits_of_months_that_are_over_are_kept_and_a_late_one_counts_all_the_same(
    tmp_path: Path,
) -> None:
    station, long_ago = await whole_copy(tmp_path), SENT - timedelta(days=100)
    inbox = InboxDesk(station, ME)
    desk = InsightsDesk(station, inbox)
    *_, over, _now = calendar_months((await desk.moment())[0], ME.timezone)
    visits = [VisitRow(id=n, rev=1, shop_id=1, member_id=n, at=over.end - timedelta(days=9))
              for n in (1, 2)]  # fmt: skip
    with station.replica.writing() as db:
        write(db, "campaign", [replace(ROWS["campaign"][0], rev=2, started_at=long_ago)])
        held = audiences.holdout_of(None, audiences.quarter_of(over.begin, ME.timezone)).first
        write(db, "member", [
            replace(row, rev=2, joined_at=long_ago, bucket=bucket)
            for row, bucket in zip(ROWS["member"], ((held + 5_000) % BUCKETS, held), strict=True)
        ])  # fmt: skip
        write(db, "visit", visits)
    counted = await desk.visits_by_month()
    found = counted[-2]
    assert (found.marketed, found.held_out) == (1, 1)
    assert found.comparison.marketed == found.comparison.held_out > 0
    assert await desk.visitors(found.first, held_out=False) == (1,)
    assert await desk.visitors(found.first, held_out=True) == (2,)

    await desk.figures(Period.YEAR)
    assert station._keeping is not None
    await station._keeping
    kept = "SELECT count(*) FROM kept_visits WHERE begins = ?"
    begins = (to_ms(over.begin),)
    assert (await station.read(lambda db: db.execute(kept, begins).fetchone())) == (1,)
    assert await desk.visits_by_month() == counted

    with station.replica.writing() as db:
        write(db, "visit", [replace(visits[0], id=3)])
    assert (await station.read(lambda db: db.execute(kept, begins).fetchone())) == (0,)
    later = (await desk.visits_by_month())[-2].comparison
    assert later.marketed == 2 * later.held_out
    await inbox.close()
    await station.close()
