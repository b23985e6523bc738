"""A photo over the whole window: zoom with the wheel or +/-, arrows for the next, Esc closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from console.ui import draw, fonts, icons, theme
from console.ui.i18n import translate
from console.ui.pictures import Pictures, placeholder

_LARGE: Final = 1600
_STEP: Final = 1.25
_MOST: Final = 8.0


class PhotoViewer(QWidget):
    """Covers its window while it is open."""

    def __init__(self, pictures: Pictures, owner: QWidget) -> None:
        super().__init__(owner)
        self._pictures, self._owner = pictures, owner
        self._photos: Sequence[Any] = ()
        self._number = 0
        self._zoom = 1.0
        self._shift = QPointF()
        self._held: QPointF | None = None
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        pictures.arrived.connect(lambda _: self.update())
        self.hide()

    @property
    def number(self) -> int:
        """Which photo is shown."""
        return self._number

    @property
    def zoom(self) -> float:
        """1 shows the whole photo."""
        return self._zoom

    def open(self, photos: Sequence[Any], number: int = 0) -> None:
        """Show photos of one message, beginning with one of them."""
        self._photos, self._number = photos, number
        self._before = self.window().focusWidget()
        self.setParent(self.window())
        self.window().installEventFilter(self)
        self.setGeometry(self.window().rect())
        self.setAccessibleName(translate("PhotoViewer", "Photo"))
        self._reset()
        self.show()
        self.raise_()
        self.setFocus()

    def dismiss(self) -> None:
        """Back to the conversation."""
        self.hide()
        self.window().removeEventFilter(self)
        self.setParent(self._owner)
        if self._before is not None:
            self._before.setFocus()

    def step(self, by: int) -> None:
        """The next or the one before."""
        self._number = min(max(self._number + by, 0), len(self._photos) - 1)
        self._reset()

    def set_zoom(self, zoom: float) -> None:
        """Larger or smaller."""
        self._zoom = min(max(zoom, 1.0), _MOST)
        if self._zoom == 1.0:
            self._shift = QPointF()
        self.update()

    def _reset(self) -> None:
        self._zoom, self._shift = 1.0, QPointF()
        self.update()

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the photo on a dark ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(20, 18, 15, 235))
        if self._photos:
            photo = self._photos[self._number]
            shown = (
                self._pictures.get(photo, _LARGE)
                or self._pictures.get(photo)
                or placeholder(photo.blurhash)
            )
            self._paint_photo(painter, photo, shown)
        self._paint_controls(painter)
        painter.end()

    def _paint_photo(self, painter: QPainter, photo: Any, shown: QPixmap | None) -> None:
        room = QSizeF(self.width() - 120, self.height() - 110)
        size = QSizeF(photo.width or 480, photo.height or 480)
        if shown is not None and not photo.width:
            size = QSizeF(shown.size())
        size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        size *= self._zoom
        box = QRectF(QPointF(), size)
        box.moveCenter(QRectF(self.rect()).center() + self._shift)
        if shown is None:
            text = translate("PhotoViewer", "This photo is not on this computer yet")
            font, centre = fonts.font(theme.BODY_PX), Qt.AlignmentFlag.AlignHCenter
            draw.text_line(painter, QRectF(self.rect()), text, font, QColor("#D8D1C5"), centre)
        else:
            painter.drawPixmap(box, shown, QRectF(shown.rect()))

    def _paint_controls(self, painter: QPainter) -> None:
        for name, box, wanted in self._controls():
            if wanted:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(255, 255, 255, 36))
                painter.drawEllipse(box)
                icons.paint(painter, name, box.adjusted(10, 10, -10, -10), QColor("#FFFFFF"))
        if len(self._photos) > 1:
            text = f"{self._number + 1} / {len(self._photos)}"
            bottom = QRectF(0, self.height() - 44, self.width(), 24)
            font, centre = fonts.font(theme.SMALL_PX), Qt.AlignmentFlag.AlignHCenter
            draw.text_line(painter, bottom, text, font, QColor("#FFFFFF"), centre)

    def _controls(self) -> list[tuple[str, QRectF, bool]]:
        middle = self.height() / 2 - 20
        last = len(self._photos) - 1
        return [
            ("close", QRectF(self.width() - 56, 16, 40, 40), True),
            ("chevron-left", QRectF(12, middle, 40, 40), self._number > 0),
            ("chevron-right", QRectF(self.width() - 52, middle, 40, 40), self._number < last),
        ]

    # --- keys and pointer -----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, arrows, plus and minus."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        zooms = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in steps:
            self.step(steps[key])
        elif key in zooms:
            self.set_zoom(self._zoom * zooms[key])
        elif key == Qt.Key.Key_0:
            self.set_zoom(1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self.set_zoom(self._zoom * (_STEP if event.angleDelta().y() > 0 else 1 / _STEP))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A control, or take hold of an enlarged photo; beside the photo closes."""
        point = event.position()
        for name, box, wanted in self._controls():
            if wanted and box.contains(point):
                if name == "close":
                    self.dismiss()
                else:
                    self.step(-1 if name == "chevron-left" else 1)
                return
        self._held = point

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move an enlarged photo."""
        if self._held is not None and self._zoom > 1.0:
            self._shift += event.position() - self._held
            self._held = event.position()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the window when it is resized."""
        if watched is self.window() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False
