"""Commands and their keys: no default clashes, a changed key works at once and is kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from console.ui import keys
from console.ui.appearance import Appearance
from console.ui.key_button import KeyButton
from console.ui.key_sheet import KeySheet
from console.ui.keymap import Keymap, as_shown, is_taken_by_writing, keymap
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def changed_keys(tmp_path: Path) -> Iterator[Keymap]:
    """The program's keys, kept in a file of this test."""
    keymap().use(QSettings(str(tmp_path / "keys.ini"), QSettings.Format.IniFormat))
    yield keymap()
    keymap().use(None)


def test_no_two_commands_share_a_key() -> None:
    for one, other in itertools.combinations(keys.COMMANDS, 2):
        pair = {one.area, other.area}
        if pair == {"chat", "bubble"}:
            continue  # the keyboard is in the reply box or at a message, never at both
        if pair & {"viewer", "chart", "goods", "fittings"} and len(pair) == 2:
            continue  # a photo covers everything else, its keys too; a chart's keys are its own
        if "photo" in pair and pair.isdisjoint({"everywhere"}) and len(pair) == 2:
            continue  # a campaign's photos are on another screen than conversations
        assert not {one.key, one.also} & {other.key, other.also} - {""}, (one.id, other.id)


def test_no_default_key_belongs_to_input_methods_or_layouts() -> None:
    taken = [
        command.id
        for command in keys.COMMANDS
        if not command.fixed and is_taken_by_writing(QKeySequence(command.key))
    ]
    assert taken == []


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("Alt+F", True), ("Ctrl+Alt+E", True), ("Ctrl+Space", True), ("Shift+Space", True),
        ("Ctrl+Shift+F", True), ("Ctrl+.", True), ("Ctrl+C", True), ("Esc", True),
        ("Return", True), ("Tab", True), ("Alt+Shift+2", True),
        ("Ctrl+D", False), ("F8", False), ("Ctrl+Down", False), ("Ctrl+Return", False),
        ("Alt+F3", False), ("Ctrl+Shift+F5", False),
    ],
)  # fmt: skip
def test_keys_that_write_or_switch_input_methods_are_refused(written: str, taken: bool) -> None:
    assert is_taken_by_writing(QKeySequence(written)) is taken


@pytest.mark.parametrize("language", ["en", "zh"])
def test_arrows_are_shown_as_on_the_keys_in_every_language(
    language: str, appearance: Appearance
) -> None:
    appearance.set_language(language)
    for key, shown in (("Ctrl+Down", "Ctrl+↓"), ("Left", "←"), ("Shift+Right", "Shift+→"),
                       ("Ctrl+D", "Ctrl+D")):  # fmt: skip
        assert as_shown(QKeySequence(key)) == shown
    assert keymap().text("queue.previous") == "Ctrl+↑"


def test_every_key_is_written_so_that_it_can_be_read_again() -> None:
    for command in keys.COMMANDS:
        read = QKeySequence(command.key, QKeySequence.SequenceFormat.PortableText)
        assert read.toString(QKeySequence.SequenceFormat.PortableText) == command.key


async def test_a_changed_key_works_at_once_and_the_old_one_no_more(
    screens: Screens, desk: MemoryDesk, changed_keys: Keymap, until: Any
) -> None:
    shell = screens.shell(desk)
    await until(shell.isActiveWindow)
    changed_keys.change("go.settings", QKeySequence("F9"))
    QTest.keyClick(shell, Qt.Key.Key_Comma, CTRL)
    assert shell.section == "inbox"
    QTest.keyClick(shell, Qt.Key.Key_F9)
    assert shell.section == "settings"
    changed_keys.change("go.inbox", QKeySequence())
    QTest.keyClick(shell, Qt.Key.Key_1, CTRL)
    assert shell.section == "settings"
    changed_keys.reset("go.inbox")
    QTest.keyClick(shell, Qt.Key.Key_1, CTRL)
    assert shell.section == "inbox"


def test_changed_and_removed_keys_are_remembered_on_this_computer(tmp_path: Path) -> None:
    file = str(tmp_path / "keys.ini")
    store = QSettings(file, QSettings.Format.IniFormat)
    first = Keymap(store)
    first.change("queue.done", QKeySequence("F8"))
    first.change("queue.later", QKeySequence())
    store.sync()
    again = Keymap(QSettings(file, QSettings.Format.IniFormat))
    assert again.text("queue.done") == "F8"
    assert again.key("queue.later").isEmpty()
    assert not again.is_changed("queue.hand_over")
    again.change("queue.done", QKeySequence(keys.BY_ID["queue.done"].key))
    assert not again.is_changed("queue.done")


def test_the_holder_of_a_key_is_named() -> None:
    holder = Keymap().holder(QKeySequence("Ctrl+D"), but="queue.later")
    assert holder is not None
    assert holder.id == "queue.done"
    assert Keymap().holder(QKeySequence("F1")) is keys.BY_ID["keys"]
    assert Keymap().holder(QKeySequence("F7")) is None


async def test_what_can_be_done_now_is_offered_and_carried_out(
    screens: Screens, desk: MemoryDesk
) -> None:
    shell = screens.shell(desk)
    offers = {offer.command.id: offer for offer in keymap().offers(shell)}
    assert {"go.settings", "queue.done"} <= offers.keys()
    assert offers["queue.done"].keys == "Ctrl+D"
    offers["go.settings"].run()
    assert shell.section == "settings"
    offered = [offer.command.id for offer in keymap().offers(shell)]
    assert "queue.done" not in offered


# --- the sheet ------------------------------------------------------------------------------


async def opened_sheet(shell: Shell, until: Any) -> KeySheet:
    await until(shell.isActiveWindow)
    shell.inbox.conversations.list.setFocus()
    QTest.keyClick(shell.inbox.conversations.list, "?")
    await until(lambda: shell.findChild(KeySheet) is not None)
    sheet = shell.findChild(KeySheet)
    assert sheet is not None
    await until(sheet.isVisible)
    return sheet


def key_of(sheet: KeySheet, command: str) -> KeyButton:
    found = sheet.rows[command].key
    assert isinstance(found, KeyButton)
    return found


async def test_a_question_mark_opens_the_sheet_but_not_while_somebody_writes(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.inbox.open(1)
    await until(lambda: shell.inbox.timeline.model.rowCount() > 0)
    shell.inbox.reply.text.setFocus()
    QTest.keyClick(shell.inbox.reply.text, "?")
    assert shell.inbox.reply.text.toPlainText() == "?"
    shell.inbox.conversations.search.setFocus()
    QTest.keyClick(shell.inbox.conversations.search, "?")
    assert shell.inbox.conversations.search.text() == "?"
    assert shell.findChild(KeySheet) is None
    sheet = await opened_sheet(shell, until)
    assert set(sheet.rows) == set(keys.BY_ID)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    await until(lambda: shell.findChild(KeySheet) is None)


async def test_a_key_is_captured_with_real_keys_and_works_at_once(
    screens: Screens, desk: MemoryDesk, changed_keys: Keymap, until: Any
) -> None:
    shell = screens.shell(desk)
    sheet = await opened_sheet(shell, until)
    key = key_of(sheet, "go.settings")
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert key.listening
    QTest.keyClick(key, Qt.Key.Key_Control)
    assert key.listening
    QTest.keyClick(key, Qt.Key.Key_G, CTRL)
    assert changed_keys.text("go.settings") == "Ctrl+G"
    assert sheet.rows["go.settings"].usual.isVisible()
    sheet.accept()
    shell.activateWindow()
    await until(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_G, CTRL)
    assert shell.section == "settings"


async def test_a_taken_or_unfit_key_is_refused_with_its_reason(
    screens: Screens, desk: MemoryDesk, changed_keys: Keymap, until: Any
) -> None:
    sheet = await opened_sheet(screens.shell(desk), until)
    row, key = sheet.rows["queue.later"], key_of(sheet, "queue.later")
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.keyClick(key, Qt.Key.Key_D, CTRL)
    assert row.fault_text == "Ctrl+D is taken: Done, and on to the next"
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.keyClick(key, Qt.Key.Key_Space, CTRL)
    assert "input methods" in row.fault_text
    assert changed_keys.text("queue.later") == "Ctrl+S"
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.keyClick(key, Qt.Key.Key_Escape)
    assert not key.listening
    assert sheet.isVisible()
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.keyClick(key, Qt.Key.Key_Backspace)
    assert changed_keys.key("queue.later").isEmpty()
    assert row.fault_text == ""
    assert key.text() == "no key"
    QTest.mouseClick(sheet.usual, Qt.MouseButton.LeftButton)
    assert changed_keys.text("queue.later") == "Ctrl+S"
