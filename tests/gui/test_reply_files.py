"""Photos and videos of a reply: dropped, put in order, captioned, refused, sent."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from console.desk.types import MediumLook, NewMedium, NewMessage
from console.views.inbox.reply import ReplyPane
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.replying import drag, drop, files, picture, press
from tests.gui.screens import Screens


@pytest.fixture
async def reply(screens: Screens, desk: MemoryDesk, until: Any) -> ReplyPane:
    shell = screens.shell(desk)
    shell.inbox.open(2)
    shell.inbox.reply.text.setFocus()
    await until(lambda: shell.inbox.tasks.idle)
    return shell.inbox.reply


@pytest.fixture
def complaints(reply: ReplyPane) -> list[str]:
    said: list[str] = []
    reply.complained.connect(said.append)
    return said


def poster() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (480, 270), (20, 60, 90)).save(made, "JPEG")
    return made.getvalue()


async def test_dropped_photos_are_put_in_order_with_mouse_and_keys_and_sent_so(
    reply: ReplyPane, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    a, b, c = (picture(tmp_path / f"{name}.png") for name in ("a", "b", "c"))
    drop(reply, files(a, b, c))
    assert reply.strip.photos == [a, b, c]
    assert reply.strip.isVisible()
    await until(lambda: not reply.strip.busy)
    drag(reply.strip, 2, 0)
    assert reply.strip.photos == [c, a, b]
    reply.strip.setFocus()
    QTest.keyClick(reply.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert reply.strip.photos == [a, c, b]
    QTest.keyClick(reply.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert reply.strip.photos == [a, b, c]
    cross = reply.strip.remove_box(1).center().toPoint()
    QTest.mouseClick(reply.strip, Qt.MouseButton.LeftButton, pos=cross)
    assert reply.strip.photos == [a, c]
    QTest.keyClicks(reply.text, "look")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    media = (NewMedium(content=a), NewMedium(content=c))
    assert desk.called("send") == [(2, NewMessage(body="look", media=media))]
    assert not reply.strip.isVisible()


def drop_on(widget: QWidget, data: QMimeData) -> bool:
    """Drop over a widget; whoever around it takes drops gets it, as with a real pointer."""
    taker: QWidget | None = widget
    while taker is not None and not taker.acceptDrops():
        taker = taker.parentWidget()
    if taker is None:
        return False
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
           Qt.KeyboardModifier.NoModifier)  # fmt: skip
    enter = QDragEnterEvent(QPoint(9, 9), *how)
    QApplication.sendEvent(taker, enter)
    if enter.isAccepted():
        QApplication.sendEvent(taker, QDropEvent(QPointF(9, 9), *how))
    return enter.isAccepted()


async def test_photos_may_be_dropped_anywhere_on_the_conversation(
    screens: Screens, reply: ReplyPane, tmp_path: Path, until: Any
) -> None:
    photo, inbox = picture(tmp_path / "a.png"), screens.current.inbox
    assert drop_on(inbox.timeline.list.viewport(), files(photo))
    assert reply.strip.photos == [photo]
    words = QMimeData()
    words.setText("only words")
    assert not drop_on(inbox.header, words)
    reply.hide()
    assert not drop_on(inbox.timeline.list.viewport(), files(photo))
    assert reply.strip.photos == [photo]


async def test_captions_are_written_under_the_photos_and_label_a_colour_strip(
    reply: ReplyPane, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    drop(reply, files(picture(tmp_path / "a.png"), picture(tmp_path / "b.png")))
    below = reply.strip.caption_box(0).center().toPoint()
    QTest.mouseClick(reply.strip, Qt.MouseButton.LeftButton, pos=below)
    assert QApplication.focusWidget() is reply.strip.editor
    QTest.keyClicks(reply.strip.editor, "red" + "!" * 80)
    assert len(reply.strip.chosen[0].caption) == 60
    reply.strip.editor.selectAll()
    QTest.keyClicks(reply.strip.editor, "red")
    QTest.keyClick(reply.strip.editor, Qt.Key.Key_Tab)
    QTest.keyClicks(reply.strip.editor, "navy")
    QTest.keyClick(reply.strip.editor, Qt.Key.Key_Escape)
    assert [photo.caption for photo in reply.strip.chosen] == ["red", "navy"]
    assert not reply.strip.editor.isVisible()
    press(reply.attached.shelf.colours)
    reply.text.setFocus()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    (_, message), *_ = desk.called("send")
    assert message.layout == "strip"
    assert [medium.caption for medium in message.media] == ["red", "navy"]


async def test_the_keyboard_alone_writes_a_caption(reply: ReplyPane, tmp_path: Path) -> None:
    reply.add_files([picture(tmp_path / "a.png")])
    reply.strip.setFocus()
    QTest.keyClick(reply.strip, Qt.Key.Key_Return)
    QTest.keyClicks(reply.strip.editor, "red")
    QTest.keyClick(reply.strip.editor, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is reply.strip
    assert reply.strip.chosen[0].caption == "red"
    assert reply.strip.photos


async def test_files_that_cannot_be_sent_are_named_with_the_reason(
    reply: ReplyPane, desk: MemoryDesk, tmp_path: Path, until: Any, complaints: list[str]
) -> None:
    broken, paper = tmp_path / "broken.png", tmp_path / "contract.pdf"
    broken.write_bytes(b"no picture")
    paper.write_bytes(b"%PDF")
    desk.writing.looks["broken.png"] = Refusal(Code.MEDIA_BROKEN)
    good = picture(tmp_path / "good.png")
    drop(reply, files(broken, good, paper, tmp_path / "gone.jpg"))
    await until(lambda: reply.strip.photos == [good] and not reply.strip.busy)
    said = "\n".join(complaints)
    assert "No photo and no video: contract.pdf" in said
    assert "broken.png: This file is damaged" in said
    assert "gone.jpg: This file cannot be read." in said


async def test_the_tenth_photo_is_named_and_left_out(
    reply: ReplyPane, tmp_path: Path, complaints: list[str]
) -> None:
    drop(reply, files(*(picture(tmp_path / f"{n}.png") for n in range(10))))
    assert len(reply.strip.photos) == 9
    assert "9.png" in complaints[0]


async def test_heic_shows_what_the_desk_sees_in_it(
    reply: ReplyPane, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    photo = tmp_path / "IMG_0001.HEIC"
    photo.write_bytes(b"\0\0\0\x18ftypheic")
    desk.writing.looks[photo.name] = MediumLook(poster=poster())
    drop(reply, files(photo))
    assert reply.strip.busy
    await until(lambda: reply.strip.chosen[0].picture is not None)
    assert reply.strip.photos == [photo]


async def test_a_picture_dragged_out_of_a_browser_counts_not_its_address(
    reply: ReplyPane,
) -> None:
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#3A6"))
    data = QMimeData()
    data.setUrls([QUrl("https://shop.example/red.jpg")])
    data.setImageData(image)
    drop(reply, data)
    assert len(reply.strip.photos) == 1
    assert reply.text.toPlainText() == ""


async def test_photos_are_chosen_from_the_computer(
    reply: ReplyPane, tmp_path: Path, until: Any
) -> None:
    press(reply.tools.buttons["photos"])
    dialog = reply.findChild(QFileDialog)
    assert dialog is not None
    file = picture(tmp_path / "a.png")
    dialog.filesSelected.emit([str(file)])
    dialog.reject()
    assert reply.strip.photos == [file]


async def test_a_video_shows_its_look_and_length_and_is_sent_with_the_words(
    reply: ReplyPane, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    film = tmp_path / "IMG_2.MOV"
    film.write_bytes(b"film")
    desk.writing.looks[film.name] = MediumLook(poster=poster(), duration_ms=83_000)
    drop(reply, files(film))
    await until(lambda: "1:23" in reply.attached.video_chip.below_text)
    assert reply.attached.video_chip.title_text == "IMG_2.MOV"
    QTest.keyClicks(reply.text, "how it moves")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    (_, message), *_ = desk.called("send")
    assert (message.body, message.media[0].content) == ("how it moves", film)
    assert not reply.attached.video_chip.isVisible()


async def test_a_video_that_is_too_long_is_refused_before_anything_is_made(
    reply: ReplyPane, desk: MemoryDesk, tmp_path: Path, until: Any, complaints: list[str]
) -> None:
    film = tmp_path / "long.mp4"
    film.write_bytes(b"film")
    desk.writing.looks[film.name] = Refusal(Code.MEDIA_TOO_LONG)
    drop(reply, files(film))
    await until(lambda: complaints)
    assert complaints[0].startswith("long.mp4: A voice message lasts at most 5 minutes")
    assert not reply.attached.video_chip.isVisible()
    assert desk.called("send") == []


async def test_a_video_is_taken_out_again(reply: ReplyPane, tmp_path: Path, until: Any) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(b"film")
    drop(reply, files(film))
    await until(reply.attached.video_chip.isVisible)
    press(reply.attached.video_chip.remove)
    assert not reply.attached.any


async def test_every_conversation_keeps_its_own_photos(
    screens: Screens, reply: ReplyPane, tmp_path: Path
) -> None:
    inbox = screens.current.inbox
    reply.add_files([picture(tmp_path / "a.png"), picture(tmp_path / "b.png")])
    reply.strip.chosen[1].caption = "navy"
    press(reply.attached.shelf.colours)
    inbox.open(10)
    assert reply.strip.photos == []
    assert not reply.attached.shelf.strip.labelled
    inbox.open(2)
    assert [photo.caption for photo in reply.strip.chosen] == ["", "navy"]
    assert reply.attached.shelf.layout_name == "strip"


async def test_in_a_narrow_window_all_photos_are_reached_with_the_keyboard(
    screens: Screens, reply: ReplyPane, tmp_path: Path, until: Any
) -> None:
    reply.add_files([picture(tmp_path / f"{n}.png") for n in range(9)])
    screens.current.resize(700, 500)
    await until(lambda: 150 < reply.strip.width() < 400)
    strip = reply.strip
    strip.setFocus()
    for _ in range(8):
        QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.rect().contains(strip.box(8).toRect())
    assert not strip.rect().contains(strip.box(0).toRect())
    cross = strip.remove_box(8).center().toPoint()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=cross)
    assert [Path(str(photo)).name for photo in strip.photos] == [f"{n}.png" for n in range(8)]
    for _ in range(8):
        QTest.keyClick(strip, Qt.Key.Key_Left)
    assert strip.rect().contains(strip.box(0).toRect())
