"""All holds of the shop: narrowed, searched, opened by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from console.desk.hold_list import HoldItem
from console.desk.types import Changed
from console.views.holds import HoldsWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens
from tests.gui.test_holds import ASKED, CHEN, KEPT, ZHOU


def item(member_id: int, member: str, words: str, **changes: Any) -> HoldItem:
    line = msgspec.structs.replace(KEPT, **changes)
    return HoldItem(member_id=member_id, member=member, line=line, words=words)


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    made = screens.shell(desk, settings=False)
    noon = made.inbox.clock.now().replace(hour=23, minute=59)
    asked = HoldItem(
        member_id=CHEN, member="陈思敏", line=ASKED, words="陈思敏 chensimin csm 红色风衣 l"
    )
    desk.holds.items = [
        asked,
        item(ZHOU, "周雨桐", "周雨桐 zhouyutong zyt 红色风衣 s", until=noon),
        item(ZHOU, "周雨桐", "周雨桐 zhouyutong zyt 红色风衣 xl", size="XL", hold="w4",
             until=noon + timedelta(days=3)),
        item(ZHOU, "周雨桐", "周雨桐 zhouyutong zyt 红色风衣 m", size="M", hold="w5",
             state="lapsed", until=noon - timedelta(days=1)),
    ]  # fmt: skip
    return made


@pytest.fixture
async def window(shell: Shell, until: Any) -> Iterator[HoldsWindow]:
    found = shell.holds()
    await until(lambda: len(found.shown) == 4)
    yield found
    if isValid(found):
        found.reject()


def texts(window: HoldsWindow) -> list[str]:
    return [window.chips[part].text() for part in window.chips]


async def test_each_part_says_how_many_and_shows_those(window: HoldsWindow) -> None:
    assert texts(window) == ["All 4", "To confirm 1", "Kept 2", "Ends today 1", "Ran out 1"]
    for part, found in (("asked", 1), ("kept", 2), ("today", 1), ("ran_out", 1), ("all", 4)):
        QTest.mouseClick(window.chips[part], Qt.MouseButton.LeftButton)
        assert len(window.shown) == window.table.rowCount() == found


async def test_it_is_found_by_pinyin_and_size_and_opened_by_enter(
    shell: Shell, window: HoldsWindow, until: Any
) -> None:
    QTest.keyClicks(window.search, "zyt xl")
    assert [each.line.hold for each in window.shown] == ["w4"]
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    QTest.keyClick(window.table, Qt.Key.Key_Return)
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
    await until(lambda: not isValid(window))


async def test_where_nothing_fits_one_press_shows_all(window: HoldsWindow) -> None:
    window.search.setText("没有这个")
    assert window.shown == []
    assert window.empty.isVisible()
    QTest.mouseClick(window.empty.button, Qt.MouseButton.LeftButton)
    assert len(window.shown) == 4


async def test_a_change_at_another_counter_shows_at_once(
    desk: MemoryDesk, window: HoldsWindow, until: Any
) -> None:
    desk.holds.items = []
    desk.tell_changed(Changed(tables=frozenset({"hold"})))
    await until(lambda: window.shown == [])
    assert window.empty.isVisible()


async def test_keys_and_the_goods_lead_to_the_list(shell: Shell, until: Any) -> None:
    QTest.keyClick(shell, Qt.Key.Key_F4)
    (first,) = shell.findChildren(HoldsWindow)
    first.reject()
    await until(lambda: not isValid(first))
    shell.show_section("products")
    await until(lambda: shell.products.page is not None)
    assert shell.products.page is not None
    QTest.mouseClick(shell.products.page.head.holds, Qt.MouseButton.LeftButton)
    assert len(shell.findChildren(HoldsWindow)) == 1
    shell.findChildren(HoldsWindow)[0].reject()
