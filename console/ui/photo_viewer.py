"""A photo over the whole window: zoom with the wheel or +/-, arrows for the next, Esc closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from console.ui import draw, fonts, icons, phrases, theme
from console.ui.covering import Covering
from console.ui.i18n import translate
from console.ui.pictures import Pictures, placeholder

_LARGE: Final = 1600
_STEP: Final = 1.25
_MOST: Final = 8.0
_NOTCH: Final = 120
_PUSH: Final = 80.0
"""So far a key moves an enlarged photo."""
_WHITE: Final = QColor("#FFFFFF")
_STEPS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Backspace: -1, Qt.Key.Key_Space: 1,
}  # fmt: skip
_ZOOMS: Final = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP}
_PUSHES: Final = {
    Qt.Key.Key_Left: QPointF(_PUSH, 0), Qt.Key.Key_Right: QPointF(-_PUSH, 0),
    Qt.Key.Key_Up: QPointF(0, _PUSH), Qt.Key.Key_Down: QPointF(0, -_PUSH),
}  # fmt: skip


class PhotoViewer(Covering):
    """Covers its window while it is open."""

    copied = Signal(object)
    saved = Signal(object)
    """This photo is to be written to a file."""

    def __init__(self, pictures: Pictures, owner: QWidget) -> None:
        super().__init__(owner)
        self._pictures = pictures
        self._photos: Sequence[Any] = ()
        self._number = 0
        self._zoom = 1.0
        self._shift = QPointF()
        self._held: QPointF | None = None
        pictures.arrived.connect(lambda _: self.update())

    @property
    def number(self) -> int:
        """Which photo is shown."""
        return self._number

    @property
    def zoom(self) -> float:
        """1 shows the whole photo."""
        return self._zoom

    @property
    def photo(self) -> Any:
        """The photo that is shown."""
        return self._photos[self._number]

    @property
    def caption(self) -> str:
        """What stands below it: its place among the others, and its own words."""
        many = len(self._photos)
        place = f"{self._number + 1} / {many}" if many > 1 else ""
        return "   ".join(part for part in (place, phrases.under(self.photo)) if part)

    def open(self, photos: Sequence[Any], number: int = 0) -> None:
        """Show photos, beginning with one of them."""
        self._photos, self._number = photos, number
        self._reset()
        self.cover()

    def step(self, by: int) -> None:
        """The next or the one before."""
        self._number = min(max(self._number + by, 0), len(self._photos) - 1)
        self._reset()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Larger or smaller; what lies at the point ``at`` (else the middle) stays there."""
        middle = QRectF(self.rect()).center()
        arm = (at if at is not None else middle) - middle
        before, self._zoom = self._zoom, min(max(zoom, 1.0), _MOST)
        self._push(arm - (arm - self._shift) * (self._zoom / before) - self._shift)

    def box(self) -> QRectF:
        """Where the photo lies, also beyond the edges."""
        size = self._size() * self._zoom
        box = QRectF(QPointF(), size)
        box.moveCenter(QRectF(self.rect()).center() + self._shift)
        return box

    def _push(self, by: QPointF) -> None:
        """Move it, but not off the place that the whole photo takes."""
        room = self._size() * ((self._zoom - 1) / 2)
        to = self._shift + by
        self._shift = QPointF(min(max(to.x(), -room.width()), room.width()),
                              min(max(to.y(), -room.height()), room.height()))  # fmt: skip
        self.update()

    def _reset(self) -> None:
        self._zoom, self._shift = 1.0, QPointF()
        words = translate("PhotoViewer", "Photo {n} of {all}")
        name = words.format(n=self._number + 1, all=len(self._photos))
        self.setAccessibleName(
            " · ".join(part for part in (name, phrases.under(self.photo)) if part)
        )
        self.update()

    def _size(self) -> QSizeF:
        """How large the whole photo is shown."""
        photo, shown = self.photo, self._shown()
        size = QSizeF(photo.width or 480, photo.height or 480)
        if shown is not None and not photo.width:
            size = QSizeF(shown.size())
        size.scale(QSizeF(self.width() - 120, self.height() - 110),
                   Qt.AspectRatioMode.KeepAspectRatio)  # fmt: skip
        return size

    def _shown(self) -> QPixmap | None:
        photo, pictures = self.photo, self._pictures
        return pictures.get(photo, _LARGE) or pictures.get(photo) or placeholder(photo.blurhash)

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the photo on a dark ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(20, 18, 15, 235))
        if self._photos:
            self._paint_photo(painter)
            self._paint_caption(painter)
        self._paint_controls(painter)
        painter.end()

    def _paint_photo(self, painter: QPainter) -> None:
        shown = self._shown()
        if shown is None:
            text = translate("PhotoViewer", "This photo is not on this computer yet")
            font, centre = fonts.font(theme.BODY_PX), Qt.AlignmentFlag.AlignHCenter
            draw.text_line(painter, QRectF(self.rect()), text, font, QColor("#D8D1C5"), centre)
        else:
            painter.drawPixmap(self.box(), shown, QRectF(shown.rect()))

    def _paint_caption(self, painter: QPainter) -> None:
        """On a plate of its own: a light photo may lie behind."""
        text = draw.elided(self.caption, theme.SMALL_PX, self.width() - 160)
        if text:
            plate = QRectF(0, self.height() - 44, draw.width_of(text, theme.SMALL_PX) + 28, 28)
            plate.moveLeft((self.width() - plate.width()) / 2)
            self._paint_plate(painter, plate)
            centre = Qt.AlignmentFlag.AlignHCenter
            draw.text_line(painter, plate, text, fonts.font(theme.SMALL_PX), _WHITE, centre)

    def _paint_plate(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(52, 48, 43, 220))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)

    def _paint_controls(self, painter: QPainter) -> None:
        for name, box, wanted in self._controls():
            if wanted:
                self._paint_plate(painter, box)
                icons.paint(painter, name, box.adjusted(10, 10, -10, -10), _WHITE)

    def _controls(self) -> list[tuple[str, QRectF, bool]]:
        middle = self.height() / 2 - 20
        last = len(self._photos) - 1
        return [
            ("close", QRectF(self.width() - 56, 16, 40, 40), True),
            ("download", QRectF(self.width() - 108, 16, 40, 40), bool(self._photos)),
            ("chevron-left", QRectF(12, middle, 40, 40), self._number > 0),
            ("chevron-right", QRectF(self.width() - 52, middle, 40, 40), self._number < last),
        ]

    # --- keys and pointer -----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, arrows, plus and minus; with Shift, arrows move an enlarged photo."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit(self.photo)
        elif event.matches(QKeySequence.StandardKey.Save):
            self.saved.emit(self.photo)
        elif key in _PUSHES and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._push(_PUSHES[key])
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.step(len(self._photos) * (1 if key == Qt.Key.Key_End else -1))
        elif key in _ZOOMS:
            self.set_zoom(self._zoom * _ZOOMS[key])
        elif key == Qt.Key.Key_0:
            self.set_zoom(1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is; a touchpad's small steps make small ones."""
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            self.set_zoom(self._zoom * _STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A control, or take hold of an enlarged photo; beside the photo closes."""
        point = event.position()
        name = next((n for n, box, wanted in self._controls() if wanted and box.contains(point)),
                    "")  # fmt: skip
        if name == "download":
            self.saved.emit(self.photo)
        elif name.startswith("chevron"):
            self.step(-1 if name == "chevron-left" else 1)
        elif name == "close" or not self.box().contains(point):
            self.dismiss()
        else:
            self._held = point

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice as large where the pointer is, and whole again; at a control a click more."""
        if any(wanted and box.contains(event.position()) for _, box, wanted in self._controls()):
            self.mousePressEvent(event)
        else:
            self.set_zoom(2.0 if self._zoom == 1.0 else 1.0, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move an enlarged photo."""
        if self._held is not None and self._zoom > 1.0:
            by, self._held = event.position() - self._held, event.position()
            self._push(by)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
