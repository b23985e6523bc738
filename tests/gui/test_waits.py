"""What a member waits for in her panel, and who waits beside the table of goods."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console import roles
from console.desk.product_types import WaitLine
from console.desk.types import TradeLine
from console.models.products_model import COLUMNS
from console.views.inbox import InboxScreen
from console.views.rail import PRODUCTS
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

ZHOU, CHEN = 1, 2
NEXT = TradeLine(product_id=2, name="红色风衣", size="M", state="waiting", hold="w1", place=1,
                 at=datetime.now(UTC))  # fmt: skip
THIRD = msgspec.structs.replace(NEXT, size="S", hold="w2", place=3)
HERE = msgspec.structs.replace(NEXT, size="XL", hold="w3", place=0)


@pytest.fixture
async def inbox(screens: Screens, desk: MemoryDesk, until: Any) -> InboxScreen:
    panel = desk.panels[ZHOU]
    desk.panels[ZHOU] = msgspec.structs.replace(panel, waits=(HERE, THIRD, NEXT))
    shell: Shell = screens.shell(desk, settings=False)
    shell.inbox.open(ZHOU)
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
    return shell.inbox


async def test_a_place_is_given_up_unless_that_is_taken_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    waits = inbox.panel.waits
    assert waits.isVisibleTo(inbox.panel)
    assert [each.hold for each in waits.shown] == ["w3", "w2", "w1"]
    button = waits.button_of("w2")
    assert button is not None
    assert button.accessibleName() == "Waits no longer: 红色风衣 S"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [each.hold for each in waits.shown] == ["w3", "w1"]
    assert inbox.around.bar.text == "Waits no longer: 红色风衣 S"
    inbox.around.bar.undo()
    assert [each.hold for each in waits.shown] == ["w3", "w2", "w1"]
    assert desk.waitlist.left == []
    button = waits.button_of("w2")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert desk.waitlist.left == []
    inbox.open(CHEN)
    await until(lambda: desk.waitlist.left == ["w2"])
    await until(lambda: not waits.isVisibleTo(inbox.panel))


async def test_goods_say_how_many_wait_and_who_in_order(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    desk.products.waits[2] = [
        WaitLine(member_id=ZHOU, name="周敏", asked_at=at, until=at + timedelta(days=1)),
        WaitLine(member_id=CHEN, name="陈静", asked_at=at),
    ]
    desk.products.change(2, wanted=1)
    shell = screens.shell(desk, settings=False)
    shell.show_section(PRODUCTS)
    page = shell.products.page
    await until(lambda: page.model.loaded and page.model.row_of(2) >= 0)
    free = page.model.index(page.model.row_of(2), COLUMNS.index("free"))
    await until(lambda: page.model.data(free, roles.ITEM) is not None)
    assert page.model.data(free, roles.SPOKEN).endswith("To sell: 0, 1 waits")
    assert page.table.select_variant(2)
    await until(lambda: page.detail.waits.count() == 2)
    shown = [page.detail.waits.item(row).data(Qt.ItemDataRole.UserRole) for row in (0, 1)]
    assert [(each.beside, each.title) for each in shown] == [("", "周敏"), ("1", "陈静")]
    assert shown[0].below.startswith("one is kept until")
    assert page.table.select_variant(1)
    await until(lambda: page.detail.item is not None and page.detail.item.variant_id == 1)
    assert not page.detail.waits.isVisibleTo(page.detail)
