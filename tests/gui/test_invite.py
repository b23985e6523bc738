"""Inviting a member from her panel, and what opening her leaves behind."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.desk.types import LinkState
from console.ui import qr
from console.ui.qr import QrView
from console.views.inbox.invite import InviteWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens


def become(desk: MemoryDesk, member_id: int, state: str) -> None:
    desk.panels[member_id] = msgspec.structs.replace(desk.panels[member_id], state=state)


def invite_button(shell: Shell) -> QPushButton | None:
    buttons = shell.inbox.panel.findChildren(QPushButton, "invite")
    return next((each for each in buttons if each.isVisible()), None)


def window(shell: Shell) -> InviteWindow | None:
    windows = shell.findChildren(InviteWindow)
    return next((each for each in windows if each.isVisible()), None)


async def invited(shell: Shell, until: Any) -> InviteWindow:
    """Open the window with the panel's button."""
    await until(lambda: invite_button(shell))
    button = invite_button(shell)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: window(shell))
    found = window(shell)
    assert found is not None
    return found


@pytest.mark.parametrize("state", ["known", "guest"])
async def test_who_has_not_joined_or_only_claims_is_invited_from_the_panel(
    state: str, screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    become(desk, 2, state)
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(2)
    shown = await invited(shell, until)
    assert shown.link.text() == "http://192.168.1.5:8787/?i=token-2"
    assert "陈思敏" in shown.words
    assert "Wi-Fi" in shown.words
    QTest.mouseClick(shown.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == shown.link.text()
    assert shown.copy.text() == "Copied"
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    await until(lambda: window(shell) is None)
    assert desk.called("invite") == [(2,)]


async def test_who_has_joined_needs_no_invitation(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    become(desk, 1, "confirmed")
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(1)
    await until(lambda: desk.called("report_look"))
    assert invite_button(shell) is None


async def test_offline_an_invitation_says_that_it_needs_the_line(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    become(desk, 2, "known")
    shell = screens.shell(desk, settings=False)
    desk.tell_link(LinkState(phase="offline", since=ago(1)))
    shell.inbox.open(2)
    await until(lambda: invite_button(shell))
    button = invite_button(shell)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: "needs the line" in shell.toast.text)
    assert window(shell) is None


def test_the_painted_code_is_the_link(qtbot: Any) -> None:
    url = "http://192.168.1.5:8787/?i=" + "x" * 43
    view = QrView(232)
    qtbot.addWidget(view)
    view.show_text(url, "code")
    image = view.grab().toImage()
    matrix = qr.modules(url)
    cell = 232 // (len(matrix) + 8)
    assert cell >= 3, "large enough for a phone across the counter"
    box = QRect(0, 0, cell * (len(matrix) + 8), cell * (len(matrix) + 8))
    box.moveCenter(view.rect().center())
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x = box.left() + (column + 4) * cell + cell // 2
            y = box.top() + (row + 4) * cell + cell // 2
            assert (image.pixelColor(x, y).lightness() < 128) == bool(dark), (row, column)


async def test_opening_a_member_is_one_look_however_often_she_is_shown_anew(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(1)
    await until(lambda: desk.called("report_look") == [(1,)])
    shown: list[object] = []
    panel = desk.panel

    async def counted(member_id: int) -> object:
        shown.append(member_id)
        return await panel(member_id)

    desk.panel = counted  # type: ignore[method-assign, assignment]
    desk.tell(everything=True)
    await until(lambda: shown)
    await until(lambda: shell.inbox.tasks.idle)
    assert desk.called("report_look") == [(1,)]
    shell.inbox.open(2)
    await until(lambda: desk.called("report_look") == [(1,), (2,)])
