"""A painted chart over the time since sending, of which a part can be shown larger.

By wheel, drag or keys; a double click shows the whole again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from console.ui import theme
from console.ui.chart import Chart, Choice, paint_below
from console.ui.i18n import translate
from console.ui.share_series import after
from console.ui.time_axis import HOUR_S, Spread, TimeAxis
from console.ui.timers import once

_LEFT, _TOP, _RIGHT, _BOTTOM = 46.0, 12.0, 26.0, 28.0
_LAST_S: Final = 72 * HOUR_S
_MARK_GAP: Final = 50.0
_ZOOM: Final = 1.5
_ZOOMS: Final = {Qt.Key.Key_Plus: _ZOOM, Qt.Key.Key_Equal: _ZOOM, Qt.Key.Key_Minus: 1 / _ZOOM}
_NOTCH: Final = 120


class TimeChart(Chart):
    """Subclasses say what is read out where, and what opens."""

    def __init__(self) -> None:
        super().__init__()
        self.axis = TimeAxis(_LAST_S)
        self._pressed: QPointF | None = None
        self._until: float | None = None
        self._open_later = once(self, QApplication.doubleClickInterval(), self.open_reading)

    def read_at(self, at: QPointF) -> None:
        """Read out what is nearest to the pointer."""
        raise NotImplementedError

    def open_reading(self) -> None:
        """Tell that what is behind the point read out is wanted."""
        raise NotImplementedError

    def reading_s(self) -> float | None:
        """The moment that is read out."""
        raise NotImplementedError

    def room(self) -> QRectF:
        """Where the lines are."""
        wide, high = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM
        return QRectF(_LEFT, _TOP, max(wide, 1.0), max(high, 1.0))

    # --- how time is spread ---------------------------------------------------------------

    def choices(self) -> Sequence[Choice]:
        """How time is spread."""
        return (
            Choice(translate("Curve", "Time by its square root"), self.axis.spread == "root",
                   lambda: self.spread("root")),
            Choice(translate("Curve", "Time by its logarithm"), self.axis.spread == "log",
                   lambda: self.spread("log")),
        )  # fmt: skip

    def spread(self, spread: Spread) -> None:
        """Spread time another way; the same hours stay shown."""
        self.axis.spread = spread
        self.refresh()

    def paint_hours(self, painter: QPainter) -> None:
        """Paint what moments lie at the lower edge."""
        room = self.room()
        for moment in self.axis.marks(_MARK_GAP / room.width()):
            x = room.left() + room.width() * self.axis.place(moment)
            paint_below(painter, x, room, after(moment) if moment else "0")

    def paint_marking(self, painter: QPainter) -> None:
        """Paint what is being marked to be shown larger."""
        if self._pressed is not None and self._until is not None:
            room, marked = self.room(), QColor(theme.color("accent_ink"))
            marked.setAlphaF(0.15)
            left, right = sorted((self._pressed.x(), self._until))
            painter.fillRect(QRectF(left, room.top(), right - left, room.height()), marked)

    # --- shown larger ---------------------------------------------------------------------

    def show_whole(self) -> None:
        """Show all of the time again."""
        self.axis.whole()
        self._zoom_changed()

    def zoom(self, factor: float, place: float | None = None) -> None:
        """Show ``1 ÷ factor`` of the time; ``place`` (0–1), or the point read out, stays."""
        if place is None:
            place = min(max(self.axis.place(self.reading_s() or 0.0), 0.0), 1.0)
        self.axis.zoom(place, factor)
        self._zoom_changed()

    def _zoom_changed(self) -> None:
        self.repaint_still()
        self.zoomed.emit(self.axis.is_zoomed)

    def _part(self, x: float) -> float:
        room = self.room()
        return min(max((x - room.left()) / room.width(), 0.0), 1.0)

    # --- pointer and keys -----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens, a drag marks what is to be shown larger."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._until = event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the point below the pointer out, or mark."""
        at = event.position()
        if self._pressed is not None:
            far = abs(at.x() - self._pressed.x()) >= QApplication.startDragDistance()
            if far or self._until is not None:
                self._until = at.x()
                self.update()
        self.read_at(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show what was marked, or open what was clicked."""
        pressed, until = self._pressed, self._until
        self._pressed = self._until = None
        if pressed is None:
            return
        if until is not None:
            self.axis.show(*(self.axis.moment(self._part(x)) for x in (pressed.x(), until)))
            self._zoom_changed()
        elif self.room().contains(pressed):
            self.read_at(pressed)
            # Where a second click may follow that shows the whole again, it is waited for.
            self._open_later.start() if self.axis.is_zoomed else self.open_reading()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show the whole again."""
        self._open_later.stop()
        self.show_whole()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is; the page scrolls until the chart was clicked, or with Ctrl."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        notches = event.angleDelta().y() / _NOTCH
        if not notches or not (ctrl or self.hasFocus()):
            event.ignore()
            return
        self.zoom(_ZOOM**notches, self._part(event.position().x()))
        self.read_at(event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 zoom; Esc ends marking and nothing else."""
        key = Qt.Key(event.key())
        if key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif key == Qt.Key.Key_Escape and self._pressed is not None:
            self._pressed = self._until = None
            self.update()
        else:
            super().keyPressEvent(event)
