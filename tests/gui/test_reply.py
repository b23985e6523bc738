"""The reply box, with real keys, compositions, pastes and drops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.types import DraftItem, NewMessage
from console.ui.keymap import keymap
from console.views.inbox.reply import ReplyPane
from tests.gui.memory_desk import MemoryDesk
from tests.gui.replying import picture
from tests.gui.screens import Screens


@pytest.fixture
async def reply(screens: Screens, desk: MemoryDesk, until: Any) -> ReplyPane:
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(2)
    pane = shell.inbox.reply
    pane.text.setFocus()
    await until(lambda: shell.inbox.tasks.idle)
    return pane


async def test_enter_sends_and_empties_the_box(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "Of course")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.toPlainText() == ""
    await until(lambda: desk.called("send"))
    assert desk.called("send") == [(2, NewMessage(body="Of course"))]


async def test_shift_enter_breaks_the_line(reply: ReplyPane, desk: MemoryDesk) -> None:
    QTest.keyClicks(reply.text, "one")
    QTest.keyClick(reply.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(reply.text, "two")
    assert reply.text.toPlainText() == "one\ntwo"
    assert desk.called("send") == []


async def test_enter_with_a_key_that_means_nothing_here_sends_nothing(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "one")
    keymap().change("chat.later", QKeySequence("Ctrl+J"))
    held = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier)
    for modifier in held:
        QTest.keyClick(reply.text, Qt.Key.Key_Return, modifier)
    keymap().reset("chat.later")
    assert reply.text.toPlainText() == "one"
    QTest.keyClick(reply.text, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    await until(lambda: desk.called("send"))


async def test_enter_does_not_send_while_a_composition_is_open(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QApplication.sendEvent(reply.text, QInputMethodEvent("mei", []))
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert desk.called("send") == []
    done = QInputMethodEvent("", [])
    done.setCommitString("没")
    QApplication.sendEvent(reply.text, done)
    assert reply.text.toPlainText() == "没"
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    assert desk.called("send") == [(2, NewMessage(body="没"))]


async def test_escape_keeps_the_words(reply: ReplyPane) -> None:
    QTest.keyClicks(reply.text, "half a thought")
    QTest.keyClick(reply.text, Qt.Key.Key_Escape)
    assert reply.text.toPlainText() == "half a thought"


async def test_words_are_saved_while_they_are_written(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "draft")
    await until(lambda: desk.called("save_draft"))
    assert desk.called("save_draft")[-1] == (2, "draft", False)
    assert desk.called("typing")[0] == (2, True)


async def test_another_conversation_has_its_own_words(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, settings=False)
    desk.drafts[10] = DraftItem(conversation_id=10, body="到了")
    shell.inbox.open(2)
    QTest.keyClicks(shell.inbox.reply.text, "for two")
    shell.inbox.open(10)
    await until(lambda: shell.inbox.reply.text.toPlainText() == "到了")
    shell.inbox.open(2)
    await until(lambda: shell.inbox.reply.text.toPlainText() == "for two")


async def test_the_other_consoles_words_are_kept_beside(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.drafts[3] = DraftItem(conversation_id=3, body="mine", beside="theirs")
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(3)
    reply = shell.inbox.reply
    await until(reply.drafts.isVisible)
    reply.drafts.use_beside()
    assert reply.text.toPlainText() == "mine\ntheirs"
    await until(lambda: desk.called("save_draft"))
    assert desk.called("save_draft")[-1] == (3, "mine\ntheirs", True)
    assert not reply.drafts.isVisible()


async def test_a_pasted_image_becomes_a_photo(reply: ReplyPane) -> None:
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#3A6"))
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(reply.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(reply.strip.photos) == 1
    assert isinstance(reply.strip.photos[0], bytes)
    assert reply.text.toPlainText() == ""


async def test_pasted_text_loses_its_looks(reply: ReplyPane) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    reply.text.insertFromMimeData(data)
    assert reply.text.toPlainText() == "bold"


async def test_what_could_not_be_queued_comes_back(
    reply: ReplyPane, desk: MemoryDesk, until: Any, tmp_path: Path
) -> None:
    desk.broken.add("send")
    reply.add_files([picture(tmp_path / "a.png")])
    reply.strip.chosen[0].caption = "red"
    QTest.keyClicks(reply.text, "keep me")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: reply.text.toPlainText() == "keep me")
    assert [photo.caption for photo in reply.strip.chosen] == ["red"]
    desk.broken.clear()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))


async def test_a_text_that_is_too_long_is_counted_and_not_sent(
    reply: ReplyPane, desk: MemoryDesk
) -> None:
    reply.window().resize(1800, 900)
    assert reply.tools.hint.isVisible()
    reply.text.setPlainText("字" * 4001)
    assert "4,001" in reply.tools.counter.text()
    assert not reply.tools.hint.isVisible()  # it stands in the hint's place
    QApplication.sendEvent(
        reply.text,
        QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r"),
    )
    assert len(reply.text.toPlainText()) == 4001
    assert desk.called("send") == []


async def test_the_box_grows_with_its_lines(reply: ReplyPane) -> None:
    before = reply.text.height()
    reply.text.setPlainText("line\n" * 5)
    assert reply.text.height() > before
    reply.text.setPlainText("line\n" * 50)
    assert reply.text.height() < 300
