"""What the tests of the reply box share: files, drags, a microphone of our own."""

from __future__ import annotations

import math
from array import array
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.photo_strip import PhotoStrip
from console.ui.recorder import Microphone
from console.views.inbox.reply import ReplyPane


def picture(path: Path, color: str = "#C33") -> Path:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    assert image.save(str(path))
    return path


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(pane: ReplyPane, data: QMimeData) -> None:
    at, keys = QPoint(20, 10), Qt.KeyboardModifier.NoModifier
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    viewport = pane.text.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(at, actions, data, button, keys))
    QApplication.sendEvent(viewport, QDropEvent(QPointF(at), actions, data, button, keys))


def drag(strip: PhotoStrip, number: int, to: int) -> None:
    """Carry a thumbnail to another place with the left button held."""
    begin, end = strip.box(number).center(), strip.box(to).center()
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=begin.toPoint())
    for at in ((begin + end) / 2, end):
        held, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        globally = strip.mapToGlobal(at)
        moved = QMouseEvent(QEvent.Type.MouseMove, at, globally, held, held, keys)
        QApplication.sendEvent(strip, moved)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end.toPoint())


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


class OwnMicrophone(Microphone):
    """Hears what a test says."""

    newest: OwnMicrophone

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.listening = False
        OwnMicrophone.newest = self

    def begin(self) -> bool:
        self.listening = True
        return True

    def end(self) -> None:
        self.listening = False

    def say(self, seconds: float, loud: int = 8_000) -> None:
        """A tone."""
        count = round(seconds * self.rate_hz)
        wave = array("h", (round(loud * math.sin(n / 6)) for n in range(count)))
        self.heard.emit(wave.tobytes())


class NoMicrophone(Microphone):
    """A computer without one."""

    def begin(self) -> bool:
        return False
