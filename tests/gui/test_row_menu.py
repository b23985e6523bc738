"""The menu at a row of the list: by mouse and keys, without opening the conversation."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from console.desk.types import MemberPanel
from console.ui.appearance import Appearance
from console.views.inbox import InboxScreen
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

ZHOU, CHEN, ZHAO = 1, 2, 4


@pytest.fixture
async def inbox(screens: Screens, desk: MemoryDesk, until: Any) -> InboxScreen:
    made = screens.shell(desk, settings=False).inbox
    await until(lambda: made.conversations.model.rowCount() == 4)
    made.open(ZHAO)
    await until(made.header.done.isVisible)
    return made


def shown(inbox: InboxScreen) -> QMenu | None:
    return next((each for each in inbox.findChildren(QMenu) if each.isVisible()), None)


def right_click(inbox: InboxScreen, conversation_id: int) -> QMenu:
    """As a system does it: the button goes down, then the menu is asked for."""
    rows = inbox.conversations.list
    model = inbox.conversations.model
    place = rows.visualRect(model.index(model.row_of(conversation_id), 0)).center()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.RightButton, pos=place)
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.RightButton, pos=place)
    at = rows.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, at)
    QApplication.sendEvent(rows.viewport(), event)
    opened = shown(inbox)
    assert opened is not None
    return opened


def pick(menu: QMenu, words: str) -> None:
    action = offered(menu, words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def offered(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if words in action.text())


async def test_the_right_button_offers_everything_and_opens_nothing(
    inbox: InboxScreen, desk: MemoryDesk
) -> None:
    menu = right_click(inbox, CHEN)
    assert inbox.timeline.model.conversation_id == ZHAO
    assert inbox.conversations.list.currentIndex().row() == inbox.conversations.model.row_of(ZHAO)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words[:4] == ["Open", "Hand over\tCtrl+T", "Remind me later\tCtrl+S", "Done\tCtrl+D"]
    assert words[-4:] == [
        "Whole history", "Book a fitting…", "Merge with another member…", "Block…",
    ]  # fmt: skip
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert inbox.timeline.model.conversation_id == CHEN


async def test_another_conversation_is_done_and_the_open_one_stays(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    pick(right_click(inbox, CHEN), "Done")
    await until(lambda: desk.items[CHEN].done)
    await until(inbox.around.bar.isVisible)
    QTest.mouseClick(inbox.around.bar.button, Qt.MouseButton.LeftButton)
    await until(lambda: not desk.items[CHEN].done)
    assert inbox.timeline.model.conversation_id == ZHAO


async def test_it_is_handed_over_and_put_off_where_it_stands(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    pick(right_click(inbox, CHEN), "Hand over")
    await until(lambda: shown(inbox) is not None)
    people = shown(inbox)
    assert people is not None
    pick(people, "阿珍")
    await until(lambda: desk.called("assign") == [(CHEN, 2, "阿珍")])
    pick(right_click(inbox, CHEN), "Remind me later")
    await until(lambda: (menu := shown(inbox)) is not None and menu.objectName() == "snooze_menu")
    times = shown(inbox)
    assert times is not None
    pick(times, times.actions()[0].text())
    await until(lambda: desk.items[CHEN].snoozed_until)


async def test_one_with_unread_messages_is_read_from_its_row(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.arrive(CHEN, "still there?")
    last = desk.items[CHEN].last_seq
    await until(lambda: (i := inbox.conversations.model.item(CHEN)) and i.last_seq == last)
    pick(right_click(inbox, CHEN), "Mark as read")
    await until(lambda: (CHEN, last) in desk.called("mark_read"))


async def test_a_phone_end_is_copied_and_that_is_recorded(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.panels[CHEN] = MemberPanel(member_id=CHEN, name="陈思敏", phone="138****6021")
    before = len(desk.called("report_look"))
    pick(right_click(inbox, CHEN), "Copy the phone end")
    await until(lambda: QGuiApplication.clipboard().text() == "6021")
    await until(lambda: len(desk.called("report_look")) == before + 1)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    ],
)
async def test_the_keyboard_opens_it_at_the_row_it_is_at(
    inbox: InboxScreen, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    inbox.conversations.list.setFocus()
    QTest.keyClick(inbox.conversations.list, key, held)
    menu = shown(inbox)
    assert menu is not None
    assert "赵" in menu.accessibleName()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert shown(inbox) is None


async def test_of_an_erased_member_only_what_is_left_is_offered(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.items[CHEN] = msgspec.structs.replace(desk.items[CHEN], member_state="erased")
    desk.tell(CHEN)
    await until(lambda: (i := inbox.conversations.model.item(CHEN)) and i.member_state == "erased")
    words = [action.text() for action in right_click(inbox, CHEN).actions()]
    assert "Whole history" in words
    assert not {"Block…", "Copy the phone end", "Merge with another member…"} & set(words)


async def test_it_speaks_chinese(inbox: InboxScreen, appearance: Appearance) -> None:
    appearance.set_language("zh")
    words = [action.text() for action in right_click(inbox, CHEN).actions()]
    assert "打开" in words
    assert "转交\tCtrl+T" in words
    assert not any(word.isascii() for word in words if word)
