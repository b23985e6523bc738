"""Where somebody was is remembered for her, and taken up at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from console.views.shell_place import Place
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "place.ini"), QSettings.Format.IniFormat)


async def test_section_queue_and_conversation_are_taken_up_again(
    screens: Screens, desk: MemoryDesk, store: QSettings, until: Any
) -> None:
    first = screens.shell(desk)
    first.inbox.conversations.show_filter("unread")
    first.inbox.open(2)
    first.show_section("settings")
    Place(store, first, desk, "a-1").remember()
    second = screens.shell(desk)
    await Place(store, second, desk, "a-1").take_up()
    assert second.section == "settings"
    assert second.inbox.conversations.model.filter == "unread"
    assert second.inbox.conversations.chips["unread"].isChecked()
    await until(lambda: second.inbox.timeline.model.conversation_id == 2)
    other = screens.shell(desk)
    await Place(store, other, desk, "a-2").take_up()
    assert other.section == "inbox"
    assert other.inbox.timeline.model.conversation_id == 0


async def test_what_is_not_there_any_more_is_left_out(
    screens: Screens, desk: MemoryDesk, store: QSettings
) -> None:
    for what, value in (("section", "members"), ("queue", "odd"), ("conversation", "4711")):
        store.setValue(f"place/a-1/{what}", value)
    shell = screens.shell(desk)
    await Place(store, shell, desk, "a-1").take_up()
    assert shell.section == "inbox"
    assert shell.inbox.timeline.model.conversation_id == 0


async def test_the_keyboard_begins_in_the_list_and_opens_nothing_by_itself(
    screens: Screens, desk: MemoryDesk, store: QSettings, until: Any
) -> None:
    shell = screens.shell(desk)
    inbox = shell.inbox
    await Place(store, shell, desk, "a-1").take_up()
    await until(lambda: inbox.conversations.model.rowCount() > 0 and inbox.tasks.idle)
    assert inbox.conversations.list.hasFocus()
    inbox.focus_search()
    inbox.conversations.list.setFocus()
    assert inbox.timeline.model.conversation_id == 0
    assert not desk.called("mark_read")
    QTest.keyClick(inbox.conversations.list, Qt.Key.Key_Down)
    await until(lambda: inbox.timeline.model.conversation_id)
