"""What every painted chart has: one point read out, keys, a picture, the figures behind it.

What stays while the pointer moves is painted once and kept; over it comes what is read out.
Knows no use case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui import draw, fonts, theme
from console.ui.chart_table import ChartTable

_LINE: Final = 20.0
_WEIGHT: Final = 1_000
"""Rather is all else hidden."""
_INSIDE: Final = 12.0
SAMPLE_WIDTH: Final = 16.0
_MEAN_STEPS: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5)
OPEN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Note:
    """A line of what is read out; ``pen`` draws a sample before it."""

    text: str
    strong: bool = False
    pen: QPen | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry of a legend: which part of the chart it stands for, its name, how that looks."""

    key: str
    name: str
    pen: QPen


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to show the chart that its menu offers."""

    words: str
    chosen: bool
    choose: Callable[[], None]


class Chart(QWidget):
    """Subclasses paint ``paint_still`` and ``paint_reading`` and say what they hold."""

    zoomed = Signal(bool)
    """Whether only a part is shown from now on."""
    changed = Signal()
    """Other figures, other names, or something is shown in another way."""

    def __init__(self) -> None:
        super().__init__()
        self._still: QPixmap | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)  # a click opens who is behind a figure
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # --- what it holds --------------------------------------------------------------------

    def table(self) -> ChartTable:
        """Every figure in it."""
        raise NotImplementedError

    def spoken(self) -> str:
        """What is read out now, or what tells most without it; said to screen readers."""
        raise NotImplementedError

    def legend(self) -> Sequence[Sample]:
        """What has a colour of its own; none: nothing needs telling apart."""
        return ()

    def is_shown(self, key: str) -> bool:
        """Whether a part of the legend is shown."""
        return True

    def show_part(self, key: str, *, shown: bool) -> None:
        """Show a part of the legend, or leave it out."""

    def choices(self) -> Sequence[Choice]:
        """Other ways to show it."""
        return ()

    def show_whole(self) -> None:
        """Show all of it again, where only a part is shown."""

    # --- painted --------------------------------------------------------------------------

    def paint_still(self, painter: QPainter) -> None:
        """Paint what stays while the pointer moves."""
        raise NotImplementedError

    def paint_reading(self, painter: QPainter) -> None:
        """Paint what is read out."""
        raise NotImplementedError

    def paint_focus(self, painter: QPainter) -> None:
        """Paint where the keyboard is."""
        draw.focus_ring(painter, QRectF(self.rect()))

    def refresh(self) -> None:
        """Paint it anew and say it anew."""
        self.repaint_still()
        self.changed.emit()

    def repaint_still(self) -> None:
        """The same figures look another way."""
        self._still = None
        self.read_anew()

    def read_anew(self) -> None:
        """Something else is read out."""
        self.setAccessibleDescription(self.spoken())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what was kept, and what is read out over it."""
        if self._still is None or self._still.devicePixelRatio() != self.devicePixelRatioF():
            self._still = self._painted_still()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_reading(painter)
        if self.hasFocus():
            self.paint_focus(painter)
        painter.end()

    def _painted_still(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_still(painter)
        painter.end()
        return made

    def covered(self) -> list[QPointF]:
        """Points of what stands on the chart, so that no note is painted below it."""
        shown = (QRectF(each.geometry()) for each in self.findChildren(QWidget)
                 if each.isVisible())  # fmt: skip
        return [box.center() for box in shown] * _WEIGHT

    def picture_size(self) -> QSize:
        """How large it is painted elsewhere: as here, but never smaller than it can be read."""
        if self.size().expandedTo(self.minimumSizeHint()) != self.size():
            self.resize(self.sizeHint())
        return self.size()

    # --- when it changes ------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything has another place."""
        super().resizeEvent(event)
        self.repaint_still()

    def changeEvent(self, event: QEvent) -> None:
        """New colours, another language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()


# --- drawn by several charts ----------------------------------------------------------------------


def paint_note(
    painter: QPainter, at: QPointF, room: QRectF, notes: Sequence[Note],
    lines: Sequence[QPointF] = (), before: float = 0.0,
) -> None:  # fmt: skip
    """A small sheet beside a point and inside the room, where it hides least of ``lines``.

    ``before``: so much at the left of the point belongs to it.
    """
    widths = [draw.width_of(note.text, theme.SMALL_PX, 700 if note.strong else 400)
              + (SAMPLE_WIDTH + 6 if note.pen is not None else 0) for note in notes]  # fmt: skip
    wide, high = max(widths, default=0.0) + 2 * _INSIDE, _LINE * len(notes) + 12
    box = min(_sheets(at, room, wide, high, before), key=lambda box: sum(map(box.contains, lines)))
    painter.setPen(QPen(theme.color("field_line"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, 8, 8)
    for number, note in enumerate(notes):
        line = QRectF(box.left() + _INSIDE, box.top() + 6 + number * _LINE, wide, _LINE)
        if note.pen is not None:
            paint_sample(painter, line, note.pen)
            line.setLeft(line.left() + SAMPLE_WIDTH + 6)
        draw.text_line(painter, line, note.text,
                       fonts.font(theme.SMALL_PX, 700 if note.strong else 400),
                       theme.color("ink"))  # fmt: skip


def _sheets(
    at: QPointF, room: QRectF, wide: float, high: float, before: float
) -> list[QRectF]:  # fmt: skip
    """At its right and left: as high as the point, above, below; none that would leave the room."""
    tops = (min(max(room.top() + 4, at.y()), room.bottom() - high), room.top() + 4,
            room.bottom() - high - 4)  # fmt: skip
    sides = [left for left in (at.x() + 12, at.x() - before - 12 - wide)
             if room.left() <= left and left + wide <= room.right()]  # fmt: skip
    return [QRectF(left, top, wide, high) for top in tops
            for left in sides or [max(room.left(), room.right() - wide)]]  # fmt: skip


def paint_sample(painter: QPainter, line: QRectF, pen: QPen) -> None:
    """A short piece of a line at the left of a box."""
    painter.setPen(pen)
    middle = line.center().y()
    painter.drawLine(QPointF(line.left(), middle), QPointF(line.left() + SAMPLE_WIDTH, middle))


def paint_values(
    painter: QPainter, room: QRectF, top: float, words: Callable[[float], str], lines: int = 4
) -> None:
    """Lines across from 0 to ``top``, each with its value at the left of the room."""
    small, faint = fonts.font(theme.TINY_PX), theme.color("ink_faint")
    for number in range(lines + 1):
        value = top * number / lines
        y = round(room.bottom() - room.height() * number / lines) + 0.5
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        draw.text_line(painter, QRectF(0, y - 9, room.left() - 8, 18), words(value), small, faint,
                       Qt.AlignmentFlag.AlignRight)  # fmt: skip


def paint_below(painter: QPainter, x: float, room: QRectF, words: str, wide: float = 64) -> None:
    """What a place on the lower edge stands for."""
    draw.text_line(painter, QRectF(x - wide / 2, room.bottom() + 7, wide, 18), words,
                   fonts.font(theme.TINY_PX), theme.color("ink_faint"),
                   Qt.AlignmentFlag.AlignHCenter)  # fmt: skip


def top_share(most: float) -> float:
    """The share (0–1) at the upper edge of a chart with a largest one."""
    return next((top for top in (0.08, 0.2, 0.4, 0.6, 0.8, 1.0) if most <= top), 1.0)


def top_count(most: float) -> float:
    """The count at the upper edge: four equal steps of whole numbers that are easily read."""
    step = 1
    while step * 4 < most:
        step = _next_step(step)
    return 4.0 * step


def top_mean(most: float) -> float:
    """The same of what is no whole number, like a mean."""
    scale = 10.0 ** floor(log10(most / 4)) if most > 0 else 1.0
    return 4 * scale * next((step for step in _MEAN_STEPS if step * scale * 4 >= most), 10.0)


def _next_step(step: int) -> int:
    """1, 2, 5, 10, 20, 50 …"""
    return step * 5 // 2 if str(step)[0] == "2" else step * 2
