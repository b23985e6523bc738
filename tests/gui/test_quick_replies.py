"""The manager of quick replies: found, made, changed, removed with undo, by mouse and by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from console.desk.types import PhotoItem
from console.views.settings.quick_replies import QuickRepliesCard
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens
from tests.helpers.pictures import camera_photo

FIRST = "有现货   /yh"


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
async def card(screens: Screens, desk: MemoryDesk, until: Any) -> QuickRepliesCard:
    settings = screens.shell(desk).settings
    screens.current.show_section("settings")
    made = settings.card(QuickRepliesCard)
    settings.show_card(made)
    await until(lambda: made.list.count() == 5)
    return made


def row(card: QuickRepliesCard, number: int) -> None:
    place = card.list.visualItemRect(card.list.item(number)).center()
    QTest.mouseClick(card.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def test_the_most_used_come_first_and_typing_finds(
    card: QuickRepliesCard, until: Any
) -> None:
    assert card.list.titles[0] == FIRST
    QTest.keyClicks(card.search, "hi")
    await until(lambda: card.list.titles == ["欢迎   /hi"])
    QTest.keyClick(card.search, Qt.Key.Key_Return)
    assert card.editor.isVisible()
    assert card.editor.title.text() == "欢迎"


async def test_the_shops_and_ones_own_are_told_apart(card: QuickRepliesCard) -> None:
    click(card.parts["mine"])
    assert card.list.titles == ["我的班次"]
    click(card.parts["shop"])
    assert len(card.list.titles) == 4


async def test_a_new_one_with_blanks_is_written_with_the_chips_and_saved(
    card: QuickRepliesCard, desk: MemoryDesk, until: Any
) -> None:
    click(card.new)
    QTest.keyClicks(card.editor.title, "Hours")
    QTest.keyClicks(card.editor.shortcut, "op en")
    click(card.editor.blanks["name"])
    QTest.keyClicks(card.editor.words, ", see you ")
    click(card.editor.blanks["blank"])
    QTest.keyClicks(card.editor.words, "at 5")
    assert card.editor.words.toPlainText() == "{name}, see you [at 5]"
    click(card.editor.save)
    assert card.editor.fields["shortcut"].fault_text == "One word without spaces."
    card.editor.shortcut.clear()
    QTest.keyClicks(card.editor.shortcut, "open")
    QTest.keyClick(card.editor.shortcut, Qt.Key.Key_Return)
    await until(lambda: "Hours   /open" in card.list.titles)
    assert desk.called("save_quick") == [(False, "Hours", "open", "{name}, see you [at 5]")]
    assert not card.editor.isVisible()


async def test_what_is_refused_stands_at_its_field_and_the_words_stay(
    card: QuickRepliesCard, until: Any
) -> None:
    row(card, 0)
    card.editor.shortcut.setText("hi")
    click(card.editor.save)
    await until(lambda: "already uses this shortcut" in card.editor.fields["shortcut"].fault_text)
    card.editor.shortcut.setText("yh")
    card.editor.words.clear()
    click(card.editor.save)
    await until(lambda: "Write something" in card.editor.fields["body"].fault_text)
    assert card.editor.isVisible()
    QTest.keyClick(card.editor.words, Qt.Key.Key_Escape)
    assert card.editor.isVisible()


async def test_escape_leaves_only_when_nothing_was_typed(card: QuickRepliesCard) -> None:
    row(card, 0)
    QTest.keyClick(card.editor.title, Qt.Key.Key_Escape)
    assert not card.editor.isVisible()


async def test_a_removed_one_is_gone_at_once_and_comes_back_with_undo(
    card: QuickRepliesCard, desk: MemoryDesk, until: Any
) -> None:
    card.list.setFocus()
    QTest.keyClick(card.list, Qt.Key.Key_Delete)
    assert FIRST not in card.list.titles
    click(card.undo.button)
    assert card.list.titles[0] == FIRST
    assert desk.called("remove_quick") == []


async def test_leaving_the_section_makes_a_removal_final(
    card: QuickRepliesCard, screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    row(card, 0)
    click(card.editor.remove)
    assert FIRST not in card.list.titles
    screens.current.show_section("inbox")
    await until(lambda: desk.called("remove_quick") == [("ready-2",)])


async def test_duplicating_makes_ones_own_that_says_the_same(
    card: QuickRepliesCard, desk: MemoryDesk, until: Any
) -> None:
    row(card, 0)
    words = card.editor.words.toPlainText()
    click(card.editor.double)
    assert card.editor.mine.isChecked()
    click(card.editor.save)
    await until(lambda: desk.called("save_quick") == [(False, "有现货 (copy)", "", words)])
    await until(lambda: len(card.list.titles) == 6)


async def test_only_an_owner_moves_one_between_herself_and_the_shop(
    card: QuickRepliesCard, screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    row(card, 4)
    assert card.editor.mine.isChecked()
    click(card.editor.shops)
    click(card.editor.save)
    await until(lambda: [each[0] for each in desk.called("save_quick")] == [True])
    desk.me = msgspec.structs.replace(desk.me, role="clerk")
    settings = screens.shell(desk).settings
    screens.current.show_section("settings")
    clerks = settings.card(QuickRepliesCard)
    settings.show_card(clerks)
    await until(lambda: clerks.list.count() == 5)
    row(clerks, 0)
    assert not clerks.editor.mine.isEnabled()


async def test_pictures_are_dropped_in_kept_and_taken_out(
    card: QuickRepliesCard, desk: MemoryDesk, until: Any, tmp_path: Path
) -> None:
    file = tmp_path / "coat.jpg"
    file.write_bytes(camera_photo())
    desk.files[7] = file
    desk.memory_quick.photos["ready-2"] = (PhotoItem(media_id=7), PhotoItem(media_id=8))
    card.reload()
    await until(lambda: card.shown[0].photos)
    row(card, 0)
    pictures = card.editor.pictures
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(tmp_path / "no.txt"))])
    how = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
           Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(pictures, QDragEnterEvent(QPoint(4, 4), *how))
    QApplication.sendEvent(pictures, QDropEvent(QPointF(4, 4), *how))
    assert len(pictures.thumbs) == 3
    await until(lambda: not pictures.thumbs[0].icon().isNull())
    click(pictures.thumbs[1])
    assert (pictures.media_ids, pictures.files) == ([7], [file])
    click(card.editor.save)
    await until(lambda: not card.editor.isVisible())
    kept = desk.memory_quick.photos["ready-2"]
    assert [(each.media_id, each.path) for each in kept] == [(7, ""), (0, str(file))]


async def test_a_refused_change_is_shown_with_its_reason_and_can_be_given_up(
    card: QuickRepliesCard, desk: MemoryDesk, until: Any
) -> None:
    desk.memory_quick.failures["ready-2"] = "conflict"
    desk.memory_quick.tell()
    await until(lambda: card.shown[0].failure == "conflict")
    row(card, 0)
    assert "changed elsewhere" in card.editor.fault.text()
    click(card.editor.give_up)
    await until(lambda: desk.called("discard_quick") == [(2,)])
    assert not card.editor.isVisible()


async def test_the_usual_ones_are_added_in_the_language_one_wants(
    card: QuickRepliesCard, until: Any
) -> None:
    assert card.more["en"].text() == "Add 1 usual ones in English"
    click(card.more["en"])
    await until(lambda: "One moment" in card.list.titles)
    await until(lambda: not card.more["en"].isVisible())
    assert card.more["zh"].isVisible()
