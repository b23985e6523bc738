"""The lock over the window: nothing to be seen, nothing lost, and only her PIN opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget

from console.sync.http import Offline
from console.ui.appearance import Appearance
from console.ui.attention import AttentionChoice
from console.ui.idle import IdleWatch
from console.views.shell import Shell
from console.views.shell_attention import Attention
from console.views.window import Window
from console.views.window_lock import LockPage
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

PIN = "284917"


class Counter:
    """A window with a signed-in shell, as the program builds it."""

    def __init__(self, screens: Screens, desk: MemoryDesk, store: QSettings) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.online, self.asked = True, 0
        self.window = Window(store)
        self.attention = Attention(app, self.window, store, tray=False)
        self.shell: Shell = screens.shell(desk, shown=False)
        self.window.show_page(self.shell)
        self.window.show()
        self.window.activateWindow()
        self.desk = desk

    def enter(self, *, proven: bool = True) -> None:
        self.attention.follow(self.shell, self.desk, self.check, proven=proven)

    async def check(self, staff_id: int, secret: str) -> None:
        self.asked += 1
        if not self.online:
            raise Offline
        if (staff_id, secret) != (1, PIN):
            raise Refusal(Code.LOGIN_WRONG)

    @property
    def page(self) -> LockPage:
        page = self.attention.locker.page
        assert page is not None
        return page

    def tries(self, pin: str) -> None:
        QTest.keyClicks(self.page.secret, pin)
        QTest.keyClick(self.page.secret, Qt.Key.Key_Return)


@pytest.fixture
def store(tmp_path: Path, appearance: Appearance) -> QSettings:
    return QSettings(str(tmp_path / "console.ini"), QSettings.Format.IniFormat)


@pytest.fixture
async def counter(screens: Screens, desk: MemoryDesk, store: QSettings) -> Any:
    made = Counter(screens, desk, store)
    made.enter()
    yield made
    await leave(made)


async def leave(made: Counter) -> None:
    await made.attention.leave()
    made.attention.close()
    made.shell.setParent(None)
    made.window.close()
    made.window.deleteLater()


def shown_texts(window: QWidget) -> str:
    """Every word that is to be seen in a window, its title included."""
    words = [window.windowTitle()]
    words += [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    return " ".join(words)


async def test_ctrl_l_locks_and_the_pin_opens_with_everything_as_it_was(
    counter: Counter, until: Any
) -> None:
    shell = counter.shell
    shell.inbox.open(1)
    await until(lambda: shell.inbox.timeline.model.rowCount() > 0)
    await until(counter.window.isActiveWindow)
    shell.inbox.reply.text.setFocus()
    QTest.keyClicks(shell.inbox.reply.text, "half a sen")
    QTest.keyClick(shell.inbox.reply.text, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert counter.attention.locker.locked
    assert not shell.isVisible()
    assert counter.window.windowTitle() == "Hanger 衣架"
    assert "周雨桐" not in shown_texts(counter.window)
    assert "李店长" in shown_texts(counter.window)
    await until(counter.page.secret.hasFocus)
    counter.tries(PIN)
    await until(lambda: not counter.attention.locker.locked)
    assert shell.isVisible()
    assert shell.inbox.reply.text.toPlainText() == "half a sen"
    assert shell.inbox.timeline.model.conversation_id == 1
    QTest.keyClicks(counter.window.focusWidget(), "tence")
    assert shell.inbox.reply.text.toPlainText() == "half a sentence"


async def test_a_wrong_pin_costs_more_time_each_time_also_after_a_restart(
    counter: Counter, store: QSettings, until: Any
) -> None:
    counter.attention.locker.lock()
    counter.tries("000000")
    await until(lambda: counter.page.fault_text)
    assert "1 s" in counter.page.fault_text
    assert not counter.page.secret.isEnabled()
    counter.tries(PIN)
    assert counter.asked == 1
    await until(counter.page.secret.isEnabled)
    counter.tries("000000")
    await until(lambda: "2 s" in counter.page.fault_text)
    again = LockPage(1, "李店长", counter.check, store)
    assert not again.secret.isEnabled()
    assert "2 s" in again.fault_text
    again.deleteLater()


async def test_a_lock_holds_over_a_restart_and_a_sign_in_ends_it(
    screens: Screens, desk: MemoryDesk, store: QSettings
) -> None:
    first = Counter(screens, desk, store)
    first.enter()
    first.attention.locker.lock()
    await leave(first)
    second = Counter(screens, desk, store)
    second.enter(proven=False)
    assert second.attention.locker.locked
    await leave(second)
    third = Counter(screens, desk, store)
    third.enter(proven=True)
    assert not third.attention.locker.locked
    await leave(third)


async def test_windows_and_menus_above_show_nothing_while_it_is_locked(
    counter: Counter, until: Any
) -> None:
    dialog, menu = QDialog(counter.window), QMenu(counter.window)
    menu.addAction("周雨桐")
    dialog.open()
    menu.popup(counter.window.pos())
    laid_over = QWidget(counter.window)
    laid_over.show()
    counter.attention.locker.lock()
    assert not dialog.isVisible()
    assert not menu.isVisible()
    assert not laid_over.isVisible()
    counter.tries(PIN)
    await until(lambda: not counter.attention.locker.locked)
    assert dialog.isVisible()
    assert laid_over.isVisible()
    assert not menu.isVisible()
    dialog.close()


async def test_without_a_line_the_page_says_that_it_cannot_check(
    counter: Counter, until: Any
) -> None:
    counter.online = False
    counter.attention.locker.lock()
    counter.tries(PIN)
    await until(lambda: "cannot be checked" in counter.page.fault_text)
    assert counter.page.secret.isEnabled()
    assert counter.page.wrong == 0


async def test_another_person_is_led_to_the_sign_in(counter: Counter) -> None:
    asked: list[int] = []
    counter.attention.other_asked.connect(lambda: asked.append(1))
    counter.attention.locker.lock()
    QTest.mouseClick(counter.page.other, Qt.MouseButton.LeftButton)
    assert asked == [1]
    assert counter.attention.locker.locked


async def test_messages_come_in_while_it_is_locked(
    counter: Counter, desk: MemoryDesk, until: Any
) -> None:
    shell = counter.shell
    shell.inbox.open(1)
    await until(lambda: shell.inbox.timeline.model.rowCount() > 0)
    before = shell.inbox.timeline.model.rowCount()
    counter.attention.locker.lock()
    desk.arrive(1, "still there?")
    await until(lambda: shell.inbox.timeline.model.rowCount() > before)
    assert desk.read.get(1, 0) < desk.items[1].last_seq


# --- when nobody is there -------------------------------------------------------------------


@pytest.fixture
def clock() -> list[float]:
    return [1000.0]


@pytest.fixture
def watch(qapp: QApplication, clock: list[float]) -> Iterator[IdleWatch]:
    made = IdleWatch(qapp, lambda: clock[0] < 0, lambda: abs(clock[0]))
    yield made
    made.end()


def test_a_hand_on_keyboard_or_mouse_puts_the_lock_off(
    watch: IdleWatch, clock: list[float], qtbot: Any
) -> None:
    told: list[int] = []
    watch.idle.connect(lambda: told.append(1))
    touched = QWidget()
    qtbot.addWidget(touched)
    watch.begin(600)
    for moment in (1500, 2000, 2500):
        clock[0] = moment
        QTest.mouseMove(touched)
        QTest.keyClick(touched, Qt.Key.Key_Shift)
        watch.look()
    assert told == []
    clock[0] = 3101
    watch.look()
    watch.look()
    assert told == [1]


def test_a_computer_that_slept_is_locked_before_the_first_touch_counts(
    watch: IdleWatch, clock: list[float], qtbot: Any
) -> None:
    told: list[int] = []
    watch.idle.connect(lambda: told.append(1))
    touched = QWidget()
    qtbot.addWidget(touched)
    watch.begin(600)
    clock[0] = 9000
    QTest.mouseClick(touched, Qt.MouseButton.LeftButton)
    assert told == [1]


def test_what_plays_counts_as_a_hand(watch: IdleWatch, clock: list[float]) -> None:
    told: list[int] = []
    watch.idle.connect(lambda: told.append(1))
    watch.begin(600)
    clock[0] = -5000
    watch.look()
    clock[0] = 5100
    watch.look()
    assert told == []


def test_minutes_are_kept_and_a_shop_to_look_at_does_not_lock_by_itself(store: QSettings) -> None:
    assert AttentionChoice(store).lock_minutes == 10
    assert AttentionChoice(store, locks=False).lock_minutes == 0
    AttentionChoice(store).set_lock_minutes(3)
    assert AttentionChoice(store, locks=False).lock_minutes == 3
    store.setValue("attention/lock", "many")
    assert AttentionChoice(store).lock_minutes == 10
