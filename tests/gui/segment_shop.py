"""A shop on a real replica, and the segment picker over it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.desk.inbox import InboxDesk
from console.desk.segments import SegmentsDesk
from console.desk.types import Me
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.views.campaigns.segment_picker import SegmentPicker
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小李", role="owner", shop_id=1, shop_name="", timezone="Asia/Shanghai")
MEMBERS = 130
CATALOGUE = (
    (1, "米色风衣", "风衣", "f"),
    (2, "红色连衣裙", "裙子", "f"),
    (3, "灰色西装", "西装", "m"),
)


class Shop:
    """Rows come from a model of the relay; the desk and the picker are the real ones."""

    def __init__(self, console: Console, relay: ModelRelay) -> None:
        self.console, self.relay = console, relay
        self.inbox = InboxDesk(console.here, ME)
        self.desk = SegmentsDesk(console.here, self.inbox)

    def put(self, table: str, number: int, **values: Any) -> None:
        self.relay.commit(lambda rev: self.relay.put(table, rev, number, **values))

    async def arrive(self) -> None:
        """Let what was put come to the replica."""
        await settle(self.console, self.relay)

    async def fill(self) -> None:
        """Everybody bought something, every third has a tag."""
        now = datetime.now(UTC)
        for number, name, kind, wearer in CATALOGUE:
            self.put("product", number, shop_id=1, sku=f"P{number}", name=name, category=kind,
                     gender=wearer)  # fmt: skip
        for number in range(1, MEMBERS + 1):
            self.put("member", number, shop_id=1, name=f"会员{number}", phone=f"138****{number:04}",
                     tier=("gold", "silver", "basic")[number % 3])  # fmt: skip
            self.put("purchase", number, shop_id=1, member_id=number, quantity=1, amount=10_000,
                     product_id=1 + number % 3, at=now - timedelta(days=number))  # fmt: skip
            if number % 3 == 0:
                self.put("member_tag", number, member_id=number, tag="复古")
        rule = {"leaf": "tag", "in": ["复古"]}
        self.put("segment", 1, shop_id=1, client_id="s1", name="复古", rule=rule, at=now)
        self.put("campaign", 1, shop_id=1, client_id="c1", title="周一新款", content={}, at=now,
                 started_at=now)  # fmt: skip
        await self.arrive()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    console.page_rows = 500
    await console.open()
    await settle(console, relay)
    made = Shop(console, relay)
    await made.fill()
    yield made
    await made.inbox.close()
    await console.close()


@pytest.fixture
async def picker(shop: Shop, appearance: Appearance, until: Any) -> AsyncIterator[SegmentPicker]:
    made = SegmentPicker(shop.desk, ShopClock("Asia/Shanghai"))
    made.resize(320, 760)
    made.show()
    made.activateWindow()
    await until(lambda: made.offers.saved and made.live.count is not None)
    yield made
    await made.close_down()
    made.hide()
    made.deleteLater()
