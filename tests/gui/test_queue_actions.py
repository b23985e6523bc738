"""Handing over, putting off, being done: by mouse and keys, each with its undo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu

from console.desk.refusals import StepRefused
from console.views.inbox import InboxScreen
from console.views.shell import Shell
from console.wire.errors import Code
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

ZHOU, CHEN, ZHAO = 1, 2, 4


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def menu(inbox: InboxScreen) -> QMenu | None:
    """The menu that is open."""
    return next((each for each in inbox.findChildren(QMenu) if each.isVisible()), None)


def pick(opened: QMenu, action: QAction) -> None:
    place = opened.actionGeometry(action).center()
    QTest.mouseClick(opened, Qt.MouseButton.LeftButton, pos=place)


def offered(opened: QMenu, words: str) -> QAction:
    return next(action for action in opened.actions() if words in action.text())


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    return screens.shell(desk, settings=False)


@pytest.fixture
async def inbox(shell: Shell, until: Any) -> InboxScreen:
    await until(lambda: shell.inbox.conversations.model.rowCount() == 4)
    shell.inbox.open(ZHAO)
    await until(shell.inbox.header.done.isVisible)
    return shell.inbox


async def test_a_colleague_who_is_here_comes_first_and_undo_takes_it_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.header.over)
    await until(lambda: menu(inbox) is not None)
    opened = menu(inbox)
    assert opened is not None
    first = next(action for action in opened.actions() if not action.isSeparator())
    assert first.text() == "阿珍 · here now"
    pick(opened, first)
    await until(lambda: desk.called("assign") == [(ZHAO, 2, "阿珍")])
    await until(lambda: "阿珍" in inbox.around.bar.text)
    await until(lambda: "阿珍" in inbox.header.whose.text)
    click(inbox.around.bar.button)
    await until(lambda: desk.called("assign")[-1] == (ZHAO, 0, ""))


async def test_one_takes_it_oneself(inbox: InboxScreen, desk: MemoryDesk, until: Any) -> None:
    click(inbox.header.over)
    await until(lambda: menu(inbox) is not None)
    opened = menu(inbox)
    assert opened is not None
    pick(opened, offered(opened, "Take it myself"))
    await until(lambda: desk.called("assign") == [(ZHAO, 1, "李店长")])


async def test_what_is_put_off_leaves_the_waiting_ones_until_its_time(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.header.later)
    await until(lambda: menu(inbox) is not None)
    opened = menu(inbox)
    assert opened is not None
    pick(opened, opened.actions()[0])
    await until(lambda: desk.items[ZHAO].sleeps(datetime.now(UTC)))
    waiting = inbox.conversations.chips["waiting"]
    await until(lambda: waiting.text() == "Waiting 3")
    await until(inbox.around.bar.isVisible)
    click(inbox.around.bar.button)
    await until(lambda: desk.items[ZHAO].snoozed_until is None)
    await until(lambda: waiting.text() == "Waiting 4")


async def test_done_goes_on_to_the_next_and_undo_comes_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.header.done)
    await until(lambda: desk.items[ZHAO].done)
    await until(lambda: inbox.timeline.model.conversation_id not in {0, ZHAO})
    click(inbox.around.bar.button)
    await until(lambda: not desk.items[ZHAO].done)
    await until(lambda: inbox.timeline.model.conversation_id == ZHAO)


async def test_the_key_that_takes_back_works_from_the_reply_box_and_leaves_words_alone(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    text, control = inbox.reply.text, Qt.KeyboardModifier.ControlModifier
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_D, control)
    await until(lambda: desk.items[ZHAO].done)
    await until(lambda: inbox.timeline.model.conversation_id not in {0, ZHAO})
    assert text.hasFocus()
    QTest.keyClick(text, Qt.Key.Key_Z, control)
    await until(lambda: not desk.items[ZHAO].done)
    await until(lambda: inbox.timeline.model.conversation_id == ZHAO)
    await until(lambda: inbox.tasks.idle)
    QTest.keyClicks(text, "one")
    click(inbox.header.more)
    await until(lambda: menu(inbox) is not None)
    opened = menu(inbox)
    assert opened is not None
    pick(opened, offered(opened, "stay here"))
    await until(lambda: inbox.around.bar.is_newest)
    inbox.window().activateWindow()
    await until(inbox.window().isActiveWindow)
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Z, control)
    await until(lambda: not desk.items[ZHAO].done)
    assert text.toPlainText() == "one"
    QTest.keyClick(text, Qt.Key.Key_Z, control)
    assert text.toPlainText() == ""


async def test_done_can_stay_here(inbox: InboxScreen, desk: MemoryDesk, until: Any) -> None:
    click(inbox.header.more)
    await until(lambda: menu(inbox) is not None)
    opened = menu(inbox)
    assert opened is not None
    pick(opened, offered(opened, "stay here"))
    await until(lambda: desk.items[ZHAO].done)
    await until(inbox.around.bar.isVisible)
    assert inbox.timeline.model.conversation_id == ZHAO


async def test_a_refused_step_says_what_was_not_done_and_why(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    desk.queue.refuse(
        StepRefused(name="conversation.assign", conversation_id=ZHAO, code=Code.NOT_FOUND)
    )
    await until(lambda: shell.toast.text.startswith("Not handed over: "))
