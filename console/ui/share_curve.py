"""A share that grows with time, painted: square roots of time across, percent upwards.

The pointer or the arrows read a point out.  Knows no use case.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui import draw, fonts, theme
from console.ui.i18n import translate

_LEFT, _TOP, _RIGHT, _BOTTOM = 46.0, 12.0, 18.0, 28.0
_HOURS: Final = (0, 1, 4, 12, 24, 48, 72)
_TOPS: Final = (0.08, 0.2, 0.4, 0.6, 0.8, 1.0)
_LINES: Final = 4
_HOUR_S: Final = 3600.0
_LAST_S: Final = _HOURS[-1] * _HOUR_S
_FAR: Final = 10_000
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10,
                 Qt.Key.Key_PageDown: 10, Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """The share (0–1) after so many seconds."""

    elapsed_s: float
    share: float


def after(elapsed_s: float) -> str:
    """``1 h 05 min``: how long ago something was."""
    hours, minutes = divmod(round(elapsed_s / 60), 60)
    if not hours:
        return translate("Curve", "{m} min").format(m=minutes)
    if not minutes:
        return translate("Curve", "{h} h").format(h=hours)
    return translate("Curve", "{h} h {m} min").format(h=hours, m=f"{minutes:02}")


def percent(share: float) -> str:
    """``34.8 %``."""
    return f"{share * 100:.1f} %"


class ShareCurve(QWidget):
    """Shows what ``show_spots`` was given; ``open_ended``: the last spot is the present."""

    def __init__(self) -> None:
        super().__init__()
        self._spots: list[Spot] = []
        self._open_ended = False
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide enough for its hours."""
        return QSize(520, 280)

    def minimumSizeHint(self) -> QSize:
        """Below this the hours run into each other."""
        return QSize(360, 220)

    def show_spots(self, spots: Sequence[Spot], *, open_ended: bool) -> None:
        """Show these, by time."""
        self._spots, self._open_ended = list(spots), open_ended
        if self._at is not None:
            self._at = min(self._at, len(spots) - 1) if spots else None
        self._speak()
        self.update()

    @property
    def spots(self) -> list[Spot]:
        """What it shows."""
        return list(self._spots)

    @property
    def reading(self) -> Spot | None:
        """The point that is read out."""
        return self._spots[self._at] if self._at is not None else None

    @property
    def top(self) -> float:
        """The share at the upper edge."""
        most = max((spot.share for spot in self._spots), default=0.0)
        return next((top for top in _TOPS if most <= top), 1.0)

    def place(self, spot: Spot) -> QPointF:
        """Where a point lies."""
        room = self._room()
        x = room.left() + room.width() * sqrt(min(spot.elapsed_s, _LAST_S) / _LAST_S)
        return QPointF(x, room.bottom() - room.height() * min(spot.share / self.top, 1.0))

    def _room(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    # --- painted --------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint lines, curve and what is read out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        if self._spots:
            self._paint_curve(painter)
        if self.reading is not None:
            self._paint_reading(painter, self.reading)
        if self.hasFocus():
            draw.focus_ring(painter, QRectF(self.rect()))
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        room, small = self._room(), fonts.font(theme.TINY_PX)
        for number in range(_LINES + 1):
            share = self.top * number / _LINES
            y = round(room.bottom() - room.height() * number / _LINES) + 0.5
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            draw.text_line(painter, QRectF(0, y - 9, _LEFT - 8, 18), f"{share * 100:g} %", small,
                           theme.color("ink_faint"), Qt.AlignmentFlag.AlignRight)  # fmt: skip
        for hour in _HOURS:
            x = self.place(Spot(hour * _HOUR_S, 0)).x()
            words = translate("Curve", "{n} h").format(n=hour) if hour else "0"
            draw.text_line(painter, QRectF(x - 32, room.bottom() + 7, 64, 18), words, small,
                           theme.color("ink_faint"), Qt.AlignmentFlag.AlignHCenter)  # fmt: skip

    def _paint_curve(self, painter: QPainter) -> None:
        line, room = QPolygonF([self.place(spot) for spot in self._spots]), self._room()
        ground = theme.color("accent_soft")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        first, last = line.first(), line.last()
        painter.drawPolygon(QPolygonF([QPointF(first.x(), room.bottom()), *line.toList(),
                                       QPointF(last.x(), room.bottom())]))  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent_ink"), 2.2))
        painter.drawPolyline(line)
        if self._open_ended:
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("online"))
            painter.drawEllipse(last, 5, 5)

    def _paint_reading(self, painter: QPainter, spot: Spot) -> None:
        at, room = self.place(spot), self._room()
        painter.setPen(QPen(theme.color("ink_faint"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at.x(), room.top()), QPointF(at.x(), room.bottom()))
        painter.setPen(QPen(theme.color("surface"), 2))
        painter.setBrush(theme.color("accent_ink"))
        painter.drawEllipse(at, 4.5, 4.5)
        when, share = _reading_words(spot)
        width = max(draw.width_of(when, theme.SMALL_PX), draw.width_of(share, theme.SMALL_PX, 700))
        box = QRectF(at.x() + 12, room.top() + 4, width + 24, 52)
        if box.right() > room.right():
            box.moveRight(at.x() - 12)
        painter.setPen(QPen(theme.color("field_line"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box, 8, 8)
        draw.text_line(painter, QRectF(box.left() + 12, box.top() + 6, width + 2, 20), when,
                       fonts.font(theme.SMALL_PX), theme.color("ink"))  # fmt: skip
        draw.text_line(painter, QRectF(box.left() + 12, box.top() + 26, width + 2, 20), share,
                       fonts.font(theme.SMALL_PX, 700), theme.color("accent_ink"))  # fmt: skip

    # --- read out -------------------------------------------------------------------------

    def _read(self, number: int | None) -> None:
        if number != self._at:
            self._at = number
            self._speak()
            self.update()

    def _nearest(self, x: float) -> int | None:
        places = [self.place(spot).x() for spot in self._spots]
        right = bisect_left(places, x)
        beside = [number for number in (right - 1, right) if 0 <= number < len(places)]
        return min(beside, key=lambda number: abs(places[number] - x), default=None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the point below the pointer out."""
        self._read(self._nearest(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is read out without a pointer or the keyboard."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from point to point."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._spots:
            super().keyPressEvent(event)
            return
        at = self._at if self._at is not None else len(self._spots) - 1
        self._read(min(max(at + step, 0), len(self._spots) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The newest point is read out first."""
        super().focusInEvent(event)
        if self._at is None and self._spots:
            self._read(len(self._spots) - 1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went elsewhere."""
        super().focusOutEvent(event)
        self._read(None)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """New colours, another language."""
        super().changeEvent(event)
        self._speak()
        self.update()

    def _speak(self) -> None:
        spot = self.reading or (self._spots[-1] if self._spots else None)
        self.setAccessibleDescription(": ".join(_reading_words(spot)) if spot is not None else "")


def _reading_words(spot: Spot) -> tuple[str, str]:
    when = translate("Curve", "{time} after sending").format(time=after(spot.elapsed_s))
    return when, translate("Curve", "{share} had read it").format(share=percent(spot.share))
