"""Segments on a real replica: counted, named, said in words, kept, also without a line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.desk import segments
from console.desk.inbox import InboxDesk
from console.desk.segments import SegmentsDesk
from console.desk.types import Me
from console.domain import segments as s
from console.domain.segments import Group, Items, Rule, Saved
from console.domain.spans import Ago, Span
from console.sync import pump
from console.wire.errors import Code, Refusal
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
GOLD = s.Choice("tier", ("gold",))
ASKED = s.Asked(Items(("风衣",)))


class Shop:
    """A relay, a console on it, and its segments."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.desk = SegmentsDesk(console.here, self.inbox)
        self.reads = 0

    async def put(self, table: str, row_id: int = 0, **values: Any) -> None:
        self.relay.commit(lambda rev: self.relay.put(table, rev, row_id, **values))
        await settle(self.console, self.relay)

    async def members(self, *tiers: str) -> None:
        for number, tier in enumerate(tiers, 1):
            await self.put("member", number, shop_id=1, name=f"M{number}", tier=tier)

    async def segment(self, number: int, name: str, rule: dict[str, Any]) -> None:
        await self.put("segment", number, shop_id=1, client_id=f"s{number}", name=name, rule=rule,
                       at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip

    async def count(self, rule: Rule) -> int:
        found = await self.desk.count(rule)
        assert found is not None
        return found.members


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    await settle(console, relay)
    shop = Shop(relay, console)
    count = segments._count

    def counted(*given: Any) -> int:
        shop.reads += 1
        return count(*given)

    monkeypatch.setattr(segments, "_count", counted)
    yield shop
    await shop.inbox.close()
    await console.close()


async def test_members_are_counted_and_named_page_by_page(shop: Shop) -> None:
    await shop.members("gold", "basic", "gold", "gold")
    assert await shop.count(GOLD) == 3
    first = await shop.desk.members(GOLD, limit=2)
    assert [member.name for member in first] == ["M1", "M3"]
    rest = await shop.desk.members(GOLD, after=first[-1].member_id, limit=2)
    assert [member.name for member in rest] == ["M4"]


async def test_a_count_is_kept_until_something_it_asks_about_changes(shop: Shop) -> None:
    await shop.members("gold", "basic")
    first = await shop.desk.count(ASKED)
    reads = shop.reads
    assert await shop.desk.count(ASKED) == first
    await shop.put("visit", shop_id=1, member_id=1, at=datetime.now(UTC))
    assert await shop.desk.count(ASKED) == first
    assert shop.reads == reads == 1
    await shop.put("product", 1, shop_id=1, sku="W1", name="红色风衣", category="风衣")
    await shop.put("enquiry", shop_id=1, member_id=1, product_id=1, at=datetime.now(UTC))
    again = await shop.desk.count(ASKED)
    assert again is not None
    assert first is not None
    assert (again.members, again.at > first.at) == (1, True)


async def test_of_many_questions_only_the_running_and_the_newest_are_answered(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.members("gold", "basic")
    read = shop.console.here.read

    async def slowly(*given: Any) -> Any:
        await asyncio.sleep(0)
        return await read(*given)

    monkeypatch.setattr(shop.console.here, "read", slowly)
    rules = [s.Choice("tier", (tier,)) for tier in ("gold", "basic", "silver")]
    found = await asyncio.gather(*(shop.desk.count(rule) for rule in [*rules, s.EVERYBODY]))
    assert found[-1] is not None
    assert found[-1].members == 2
    assert found[1:-1] == [None, None]


async def test_a_saved_segment_is_counted_inside_another(shop: Shop) -> None:
    await shop.members("gold", "basic", "silver")
    await shop.segment(7, "金卡", {"leaf": "tier", "in": ["gold"]})
    assert await shop.count(Group("none", (Saved(7),))) == 2
    assert await shop.desk.sentence(Group("none", (Saved(7),)), "zh") == "不属于「金卡」的会员"
    await shop.segment(7, "金卡", {"leaf": "tier", "in": ["gold", "silver"]})
    assert await shop.count(Group("none", (Saved(7),))) == 1
    with pytest.raises(Refusal) as refused:
        await shop.desk.count(Saved(99))
    assert refused.value.code is Code.SEGMENT_MISSING


async def test_what_is_saved_offline_shows_at_once(shop: Shop) -> None:
    await shop.console.hang_up()
    key = await shop.desk.save(name="金卡", rule=GOLD)
    copy = await shop.desk.duplicate(key, "另一个")
    await shop.desk.save(client_id=copy, rule=ASKED)
    found = {item.client_id: item for item in await shop.desk.saved()}
    assert (found[key].name, found[key].rule, found[key].waiting) == ("金卡", GOLD, True)
    assert (found[copy].name, found[copy].rule) == ("另一个", ASKED)
    await shop.desk.remove(key)
    assert [item.client_id for item in await shop.desk.saved()] == [copy]


async def test_who_uses_a_segment_is_said(shop: Shop) -> None:
    await shop.segment(7, "金卡", {"leaf": "tier", "in": ["gold"]})
    await shop.segment(8, "金卡以外", {"none": [{"leaf": "segment", "id": 7}]})
    gold, rest = await shop.desk.saved()
    assert (gold.used_by, rest.used_by) == (("金卡以外",), ())


async def test_a_rule_that_cannot_be_is_not_queued(shop: Shop) -> None:
    with pytest.raises(Refusal) as refused:
        await shop.desk.save(name="x", rule=Group("all", (Group("any"),)))
    assert refused.value.code is Code.SEGMENT_RULE
    assert refused.value.parameters == {"path": "all[0].any"}
    assert await shop.desk.saved() == []


async def test_what_may_be_named_is_what_is_in_use(shop: Shop) -> None:
    await shop.put("member", 1, shop_id=1, name="M1", sizes={"top": "M", "shoe": "38"})
    await shop.put("member_tag", 1, member_id=1, tag="复古")
    await shop.put("product", 1, shop_id=1, sku="P1", name="红色风衣", category="风衣")
    found = await shop.desk.choices()
    assert (found.tags, found.categories) == (("复古",), ("风衣",))
    assert found.sizes == {"top": ("M",), "shoe": ("38",)}
    assert found.products == ((1, "红色风衣", ""),)
    [member] = await shop.desk.find("M1")
    assert member.member_id == 1


async def test_campaigns_with_coupons_are_named_also_a_series_by_its_occurrence(
    shop: Shop,
) -> None:
    now = datetime.now(UTC)
    sent = {"shop_id": 1, "content": {}, "at": now, "started_at": now}
    await shop.put("campaign", 1, client_id="c1", title="周一新款", **sent)
    await shop.put("campaign", 2, client_id="c2", title="周六限时", **sent)
    await shop.put("campaign", 3, client_id="c3", kind="occurrence", parent_id=2, **sent)
    await shop.put("offer", 1, shop_id=1, campaign_id=3, quantity=20, ends_at=now,
                   valid_until=now, at=now)  # fmt: skip
    assert (await shop.desk.choices()).offers == ((2, "周六限时"),)
    said = await shop.desk.sentence(s.Offered(2), "zh")
    assert said == "领过「周六限时」的券的会员"


async def test_who_claimed_is_counted_here_and_again_when_one_more_does(shop: Shop) -> None:
    now = datetime.now(UTC)
    await shop.members("gold", "gold")
    await shop.put("offer", 1, shop_id=1, campaign_id=3, quantity=20, ends_at=now,
                   valid_until=now, at=now)  # fmt: skip
    assert await shop.count(s.Offered(3)) == 0
    await shop.put("coupon", 1, shop_id=1, member_id=2, code="K7QP2M9W", offer_id=1,
                   claimant_id=2, issued_at=now, expires_at=now)  # fmt: skip
    assert await shop.count(s.Offered(3)) == 1
    unclaimed = await shop.desk.count(s.Offered(3, "unclaimed"))
    assert unclaimed is not None
    assert not unclaimed.whole


async def test_notices_of_long_ago_are_counted_here_without_a_line_and_said_so(
    shop: Shop,
) -> None:
    await shop.members("gold")
    old = await shop.desk.count(Group("none", (s.Noticed("read"),)))
    lately = await shop.desk.count(s.Noticed("read", when=Span(Ago(30, "day"))))
    assert old is not None
    assert lately is not None
    assert (old.members, old.whole) == (1, False)
    assert (lately.members, lately.whole) == (0, True)
