"""Where somebody was is remembered for her, and taken up at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

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
    for what, value in (("section", "insights"), ("queue", "odd"), ("conversation", "4711")):
        store.setValue(f"place/a-1/{what}", value)
    shell = screens.shell(desk)
    await Place(store, shell, desk, "a-1").take_up()
    assert shell.section == "inbox"
    assert shell.inbox.timeline.model.conversation_id == 0
