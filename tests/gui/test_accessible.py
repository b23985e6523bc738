"""What screen readers get: Qt's accessibility tree of every screen, names and whole sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.ui import spoken
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.ui.key_sheet import KeySheet
from console.views.first_run import FirstRun
from console.views.shell import Shell
from console.views.sign_in import SignIn
from console.views.window_lock import LockPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import FakeAccounts, Screens

ROLE = QAccessible.Role
ACTED_ON = {
    ROLE.Button, ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox, ROLE.EditableText,
    ROLE.Slider, ROLE.SpinBox, ROLE.Link, ROLE.ButtonMenu, ROLE.ListItem, ROLE.Cell, ROLE.MenuItem,
}  # fmt: skip
MOST_ROWS = 60


def name_of(each: QAccessibleInterface) -> str:
    return each.text(QAccessible.Text.Name).strip()


def walk(node: QAccessibleInterface | None, path: str = "") -> Iterator[tuple[str, Any]]:
    """What can be seen below a node, with its place in the tree."""
    if node is None or not node.isValid() or node.state().invisible:
        return
    owner = node.object()
    here = f"{path}/{type(owner).__name__ if owner is not None else node.role().name}"
    yield here, node
    for number in range(min(node.childCount(), MOST_ROWS)):
        yield from walk(node.child(number), here)


def unnamed(window: QWidget) -> list[str]:
    """Places of what can be acted on and says nothing."""
    root = QAccessible.queryAccessibleInterface(window)
    return [
        f"{place} {node.role().name}"
        for place, node in walk(root)
        if node.role() in ACTED_ON and not name_of(node)
    ]


async def inbox(screens: Screens, desk: MemoryDesk, until: Any) -> Shell:
    shell = screens.shell(desk)
    shell.inbox.conversations.show_filter("all")
    shell.inbox.open(1)
    await until(lambda: shell.inbox.timeline.model.rowCount() > 0)
    await until(lambda: shell.inbox.tasks.idle)
    return shell


async def test_everything_in_the_inbox_says_what_it_is(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = await inbox(screens, desk, until)
    root = QAccessible.queryAccessibleInterface(shell)
    seen = [node.role() for _, node in walk(root)]
    assert seen.count(ROLE.Cell) > 10
    assert ROLE.EditableText in seen
    assert unnamed(shell) == []


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everything_in_the_settings_says_what_it_is(
    screens: Screens, desk: MemoryDesk, appearance: Appearance, until: Any, language: str
) -> None:
    appearance.set_language(language)
    shell = screens.shell(desk)
    shell.show_section("settings")
    for section in shell.settings.sections:
        shell.settings.show_section(section)
        await until(lambda: shell.settings.tasks.idle)
        assert unnamed(shell) == [], section


async def test_doors_and_sheets_say_what_they_are(
    screens: Screens, desk: MemoryDesk, accounts: FakeAccounts, until: Any, qtbot: Any,
    appearance: Appearance,
) -> None:  # fmt: skip
    async def check(_staff_id: int, _secret: str) -> None:
        """Never asked here."""

    sign_in, first = SignIn(accounts), FirstRun(accounts)  # type: ignore[arg-type]
    lock = LockPage(1, "李店长", check, QSettings())
    sheet = KeySheet(screens.shell(desk))
    for each in (sign_in, first, lock, sheet):
        qtbot.addWidget(each)
        each.show()
    await until(lambda: sign_in.tasks.idle)
    for each in (sign_in, first, lock, sheet):
        assert unnamed(each) == []
    await sign_in.tasks.close()
    await first.tasks.close()


async def test_a_conversation_is_one_spoken_sentence(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = await inbox(screens, desk, until)
    desk.arrive(2, "Is the blue shirt still there?")
    listed = QAccessible.queryAccessibleInterface(shell.inbox.conversations.list)
    title = desk.items[2].title
    await until(lambda: any(title in name_of(listed.child(n)) for n in range(listed.childCount())
                            if "blue shirt" in name_of(listed.child(n))))  # fmt: skip
    said = next(name_of(listed.child(n)) for n in range(listed.childCount())
                if "blue shirt" in name_of(listed.child(n)))  # fmt: skip
    assert "unread" in said
    assert "Waiting" in said
    assert listed.childCount() == shell.inbox.conversations.model.rowCount()


async def test_a_bubble_says_who_what_when_and_how_far_it_came(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = await inbox(screens, desk, until)
    clock = shell.inbox.clock
    item = next(each for each in desk.messages[1] if each.mine and each.read and each.body)
    said = spoken.message(item, clock)
    rows = QAccessible.queryAccessibleInterface(shell.inbox.timeline.list)
    names = [name_of(rows.child(n)) for n in range(rows.childCount())]
    assert said in names
    assert item.body in said
    assert said.endswith("read")
    assert "" not in names


def test_rows_not_read_yet_and_dividers_say_something(qapp: QApplication) -> None:
    clock = ShopClock("Asia/Shanghai")
    assert spoken.conversation(None, clock)
    for kind in range(5):
        assert spoken.line(kind, None, clock.now(), clock)


async def test_a_new_message_is_announced(
    screens: Screens, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(spoken, "announce", lambda _widget, words: told.append(words))
    await inbox(screens, desk, until)
    desk.arrive(1, "are you there?")
    await until(lambda: told)
    assert "are you there?" in told[0]


async def test_tab_goes_through_every_control_and_comes_back(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = await inbox(screens, desk, until)
    await until(shell.isActiveWindow)
    shell.inbox.conversations.search.setFocus()
    first = QApplication.focusWidget()
    seen: list[QWidget] = []
    for _ in range(200):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is first and seen:
            break
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    reachable = {
        each
        for each in shell.findChildren(QWidget)
        if each.isVisible() and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    }  # fmt: skip
    assert QApplication.focusWidget() is first
    assert [type(each).__name__ for each in reachable - set(seen)] == []


async def test_the_keyboard_comes_to_the_newest_message_and_opens_its_menu(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = await inbox(screens, desk, until)
    await until(shell.isActiveWindow)
    bubbles = shell.inbox.timeline.list
    bubbles.setFocus(Qt.FocusReason.TabFocusReason)
    last = bubbles.model().rowCount() - 1
    assert bubbles.currentIndex().row() == last
    QTest.keyClick(bubbles, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    await until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert unnamed(menu) == []
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    await until(lambda: QApplication.activePopupWidget() is None)
