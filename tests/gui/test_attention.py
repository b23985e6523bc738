"""Notices, sound and numbers: told once, to whom it concerns, and nothing while locked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui import icon_badge, theme
from console.ui.appearance import Appearance
from console.ui.chime import QUIET_S, Chime
from console.views import shell_notices
from console.views.shell_attention import Attention
from console.views.window import Window
from tests.gui.memory_desk import NOW, MemoryDesk
from tests.gui.screens import Screens

# Where there is no tray, as here, Qt looks for one in the platform.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


class Ears:
    """Counts what is rung."""

    def __init__(self) -> None:
        self.rung: list[float] = []

    def ring(self, volume: float) -> None:
        self.rung.append(volume)


class Counter:
    """The owner at her console, with a tray that notes what it shows."""

    def __init__(
        self, screens: Screens, desk: MemoryDesk, store: QSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.window, self.ears, self.desk = Window(store), Ears(), desk
        self.attention = Attention(app, self.window, store, tray=True, voice=self.ears)
        self.shell = screens.shell(desk, shown=False)
        self.shell.inbox.conversations.show_filter("all")
        self.window.show_page(self.shell)
        self.window.show()
        self.window.activateWindow()
        self.told: list[tuple[str, str]] = []
        assert self.attention.tray is not None
        self.tray = self.attention.tray
        self.tray.icon.hide()
        monkeypatch.setattr(self.tray, "notify", lambda *what: self.told.append(what))
        self.attention.follow(self.shell, desk, self.check, proven=True)

    async def check(self, _staff_id: int, _secret: str) -> None:
        """Every PIN is right."""


@pytest.fixture
def store(tmp_path: Path, appearance: Appearance) -> QSettings:
    return QSettings(str(tmp_path / "console.ini"), QSettings.Format.IniFormat)


@pytest.fixture
async def counter(
    screens: Screens, desk: MemoryDesk, store: QSettings, monkeypatch: pytest.MonkeyPatch
) -> Any:
    monkeypatch.setattr(shell_notices, "GATHER_MS", 30)
    monkeypatch.setattr(shell_notices, "QUIET_MS", 400)
    made = Counter(screens, desk, store, monkeypatch)
    yield made
    await made.attention.leave()
    made.attention.close()
    made.shell.setParent(None)
    made.window.close()
    made.window.deleteLater()


async def steadily_active(window: Window, until: Any) -> None:
    """The window Qt shows for a missing tray takes the activation for a moment, then is gone."""
    seen = 0

    def steady() -> bool:
        nonlocal seen
        seen = seen + 1 if window.isActiveWindow() else 0
        if not seen:
            window.activateWindow()
        return seen > 30

    await until(steady)


async def looked_at(counter: Counter, conversation_id: int, until: Any) -> None:
    counter.shell.inbox.open(conversation_id)
    await until(lambda: counter.shell.inbox.timeline.model.rowCount() > 0)
    await steadily_active(counter.window, until)


async def test_a_message_elsewhere_is_told_with_name_and_first_words(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    desk.arrive(2, "Is the blue shirt still there? " + "really " * 40)
    await until(lambda: counter.told)
    ((title, words),) = counter.told
    assert title == desk.items[2].title
    assert words.startswith("Is the blue shirt still there?")
    assert len(words) <= 90
    assert len(counter.ears.rung) == 1


async def test_the_open_conversation_of_an_active_window_is_neither_told_nor_heard(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    desk.arrive(1, "you see me already")
    desk.arrive(2, "but not me")
    await until(lambda: counter.told)
    assert [title for title, _ in counter.told] == [desk.items[2].title]
    counter.told.clear()
    counter.shell.show_section("settings")
    desk.arrive(1, "and now you do not")
    await until(lambda: counter.told)
    assert counter.told[0][1] == "and now you do not"


async def test_a_burst_is_one_notice_and_what_follows_is_one_more(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    desk.arrive(2, "one")
    await until(lambda: len(counter.told) == 1)
    for number in (2, 2, 3, 2):
        desk.arrive(number, "and more")
    await until(lambda: len(counter.told) == 2)
    title, words = counter.told[1]
    assert title == "2 members wrote"
    assert desk.items[2].title in words
    assert desk.items[3].title in words
    assert len(counter.ears.rung) == 1


async def test_several_messages_of_one_member_are_counted(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    desk.arrive(2, "one")
    await until(lambda: counter.told)
    desk.arrive(2, "two")
    desk.arrive(2, "three")
    await until(lambda: len(counter.told) == 2)
    assert counter.told[1] == (f"{desk.items[2].title} (2)", "three")


async def test_what_she_read_on_another_console_meanwhile_is_not_told(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    desk.arrive(2, "read elsewhere")
    desk.items[2] = msgspec.structs.replace(desk.items[2], unread=0)
    desk.arrive(3, "read nowhere")
    await until(lambda: counter.told)
    assert [title for title, _ in counter.told] == [desk.items[3].title]


async def test_blocked_and_put_off_conversations_are_silent(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    later = NOW + timedelta(hours=3)
    desk.items[2] = msgspec.structs.replace(desk.items[2], blocked=True)
    desk.items[3] = msgspec.structs.replace(desk.items[3], snoozed_until=later)
    for number in (2, 3, 4):
        desk.arrive(number, "hello?")
    await until(lambda: counter.told)
    assert [title for title, _ in counter.told] == [desk.items[4].title]


async def test_only_mine_and_nobodys_or_none_at_all_when_so_chosen(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    counter.attention.choice.set_notices("mine")
    desk.items[2] = msgspec.structs.replace(desk.items[2], assignee_id=7)
    desk.items[3] = msgspec.structs.replace(desk.items[3], assignee_id=1)
    for number in (2, 3):
        desk.arrive(number, "hello?")
    await until(lambda: counter.told)
    assert [title for title, _ in counter.told] == [desk.items[3].title]
    counter.told.clear()
    counter.attention.choice.set_notices("none")
    desk.arrive(3, "once more")
    counter.ears.rung.clear()
    quiet = counter.attention._notices
    assert quiet is not None
    await until(lambda: not quiet._quiet.isActive() and not quiet._gather.isActive())
    await until(lambda: quiet._tasks.idle)
    assert counter.told == []


async def test_nothing_of_what_was_written_is_told_while_locked_and_a_click_leads_there(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    counter.attention.locker.lock()
    desk.arrive(2, "secret words")
    await until(lambda: counter.told)
    assert counter.told == [("Hanger 衣架", "A member wrote")]
    assert "Locked" in counter.tray.icon.toolTip()
    counter.tray.notice_clicked.emit()
    page = counter.attention.locker.page
    assert page is not None
    assert counter.shell.inbox.timeline.model.conversation_id == 1
    QTest.keyClicks(page.secret, "1")
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    await until(lambda: not counter.attention.locker.locked)
    assert counter.shell.inbox.timeline.model.conversation_id == 2


async def test_a_click_shows_the_hidden_window_and_opens_the_conversation(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    await looked_at(counter, 1, until)
    counter.window.hide()
    desk.arrive(1, "are you there?")
    await until(lambda: counter.told)
    counter.shell.show_section("settings")
    counter.tray.notice_clicked.emit()
    assert counter.window.isVisible()
    assert counter.shell.section == "inbox"
    assert counter.shell.inbox.timeline.model.conversation_id == 1


async def test_the_number_is_in_the_title_and_on_the_icons(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    unread = (await desk.counts()).unread
    await until(lambda: counter.window.windowTitle() == f"({unread}) 时光衣橱 · Hanger 衣架")
    desk.arrive(9, "new") if 9 in desk.items else desk.arrive(2, "new")
    for number in list(desk.items):
        desk.items[number] = msgspec.structs.replace(desk.items[number], unread=0)
    desk.tell(*desk.items)
    await until(lambda: counter.window.windowTitle() == "时光衣橱 · Hanger 衣架")


async def test_sound_can_be_switched_off(counter: Counter, desk: MemoryDesk, until: Any) -> None:
    await looked_at(counter, 1, until)
    counter.attention.choice.set_sounds(on=False)
    desk.arrive(2, "hello?")
    await until(lambda: counter.told)
    assert counter.ears.rung == []


def test_the_sound_comes_at_most_every_few_seconds() -> None:
    ears, moment = Ears(), [0.0]
    chime = Chime(ears, lambda: moment[0])
    assert chime.ring(50)
    assert not chime.ring(50)
    moment[0] = QUIET_S
    assert chime.ring(100)
    assert ears.rung == [0.5, 1.0]
    moment[0] = 99
    assert not chime.ring(0)


def red_in(icon: QIcon) -> int:
    image = icon.pixmap(32, 32).toImage()
    alert = theme.LIGHT.color("alert")
    pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
    return sum(pixel == alert for pixel in pixels)


def test_the_icon_carries_a_badge_only_when_something_is_unread(qapp: QApplication) -> None:
    assert red_in(icon_badge.icon(0)) == 0
    assert red_in(icon_badge.icon(4)) > 60
    assert red_in(icon_badge.icon(25)) > red_in(icon_badge.icon(4)) - 20
    assert icon_badge.icon(250).cacheKey() == icon_badge.icon(99).cacheKey()
