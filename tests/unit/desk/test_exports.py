"""Recipients by name out of a real replica, and who takes them along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.desk.exports import ExportsDesk
from console.desk.inbox import InboxDesk
from console.desk.reports import ReportsDesk
from console.desk.types import Me
from console.store.replica_tables import CODECS
from console.store.search import member_key
from console.sync.station import Station, open_station
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow
from console.wire.errors import Code, Refusal
from console.wire.offer_rows import CouponRow, OfferRow
from console.wire.rows import MemberRow
from console.wire.trade_rows import HoldRow

OWNER = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
CLERK = Me(staff_id=2, name="露露", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
SENT = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def got(member: int, number: int, **facts: Any) -> RecipientRow:
    return RecipientRow(id=number, rev=1, campaign_id=1, member_id=member, at=SENT, **facts)


@pytest.fixture
async def station(tmp_path: Path) -> AsyncIterator[Station]:
    made = await open_station(tmp_path, "http://127.0.0.1:9", "")
    names = ("林小雨", "周雨桐", "赵敏")
    members = [MemberRow(id=n, rev=1, shop_id=1, name=name, pinyin="linxiaoyu" if n == 1 else "",
                         initials="lxy" if n == 1 else "", state="confirmed",
                         phone=f"138****602{n}") for n, name in enumerate(names, 1)]  # fmt: skip
    content = CampaignContent()
    rows: dict[str, list[Any]] = {
        "campaign": [
            CampaignRow(id=1, rev=1, shop_id=1, client_id="a", title="周六", content=content,
                        at=SENT),
        ],
        "member": members,
        "recipient": [
            got(3, number=1, state="skipped", reason="holdout"),
            got(1, number=2, state="written", variant="women", written_at=SENT,
                read_at=SENT + HOUR, replied_at=SENT + 2 * HOUR),
            got(2, number=3, state="written", written_at=SENT, recalled_at=SENT + HOUR),
            got(9, number=4, state="skipped", reason="erased"),
        ],
        "offer": [OfferRow(id=5, rev=1, shop_id=1, campaign_id=1, quantity=9, at=SENT,
                           ends_at=SENT + 9 * HOUR, valid_until=SENT + 9 * HOUR)],
        "coupon": [
            CouponRow(id=1, rev=1, shop_id=1, offer_id=5, member_id=1, code="A",
                      issued_at=SENT + HOUR, redeemed_at=SENT + 5 * HOUR,
                      expires_at=SENT + 9 * HOUR),
            CouponRow(id=2, rev=1, shop_id=1, offer_id=5, member_id=2, code="B",
                      issued_at=SENT + HOUR, voided_at=SENT + 2 * HOUR,
                      expires_at=SENT + 9 * HOUR),
        ],
        "hold": [HoldRow(id=1, rev=1, shop_id=1, client_id="h", member_id=1, variant_id=1,
                         at=SENT + 3 * HOUR)],
    }  # fmt: skip
    with made.replica.writing() as db:
        for table, found in rows.items():
            db.executemany(CODECS[table].insert, CODECS[table].tuples(found))
        db.executemany("INSERT INTO member_key (member_id, folded) VALUES (?, ?)",
                       [(each.id, member_key(each)) for each in members])  # fmt: skip
    yield made
    await made.close()


async def test_recipients_come_with_names_times_and_what_the_report_counts(
    station: Station,
) -> None:
    inbox = InboxDesk(station, OWNER)
    desk = ReportsDesk(station, inbox)
    report = await desk.report(1)
    assert report is not None
    first, second, third, gone = await desk.recipients(report)
    assert (first.name, first.phone, first.variant) == ("林小雨", "138****6021", "women")
    assert (first.written_at, first.read_at, first.replied_at) == (
        SENT, SENT + HOUR, SENT + 2 * HOUR,
    )  # fmt: skip
    assert (first.delivered, first.reserved, first.visited, first.bought) == (
        True, True, True, False,
    )  # fmt: skip
    assert (first.coupon_at, first.redeemed_at) == (SENT + HOUR, SENT + 5 * HOUR)
    assert (second.recalled_at, second.read_at, second.delivered) == (SENT + HOUR, None, False)
    assert (second.coupon_at, second.redeemed_at) == (None, None)  # voided
    assert (third.state, third.reason, third.written_at) == ("skipped", "holdout", None)
    assert (gone.name, gone.phone, gone.reason) == ("", "", "erased")
    await inbox.close()


async def test_they_are_found_as_members_are_and_a_number_looked_up_is_recorded(
    station: Station,
) -> None:
    inbox = InboxDesk(station, CLERK)
    desk = ReportsDesk(station, inbox)
    meant = {"雨": {1, 2}, "lxy": {1}, "linxiao": {1}, "赵": {3}, "x": set()}
    for query, members in meant.items():
        assert await desk.found(query) == members
    assert station.outbox.entries == ()
    assert await desk.found("6023") == {3}
    assert await desk.found("602 3") == {3}
    assert [entry.name for entry in station.outbox.entries] == ["access.report"]
    await inbox.close()


async def test_the_owner_exports_and_it_is_durable_before_anything_is_written(
    station: Station,
) -> None:
    inbox = InboxDesk(station, OWNER)
    desk = ExportsDesk(inbox)
    assert desk.allowed
    await desk.record("campaign 1 report xlsx")
    (entry,) = station.outbox.entries
    assert (entry.name, entry.lane) == ("access.report", "access")
    assert b'"export"' in entry.body
    assert b"campaign 1 report xlsx" in entry.body
    await inbox.close()


async def test_a_clerk_takes_no_names_along(station: Station) -> None:
    inbox = InboxDesk(station, CLERK)
    desk = ExportsDesk(inbox)
    assert not desk.allowed
    with pytest.raises(Refusal) as refused:
        await desk.record("campaign 1 report xlsx")
    assert refused.value.code == Code.COMMAND_DENIED
    assert station.outbox.entries == ()
    await inbox.close()
