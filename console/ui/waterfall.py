"""Bars that get shorter step by step: who is meant, what takes some away, who is left.

Each bar can be clicked, or reached by the arrows and opened by Enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from console.ui import draw, fonts, theme
from console.ui.chart import OPEN_KEYS, Chart
from console.ui.chart_table import Cell, ChartTable, words
from console.ui.i18n import translate

_ROW: Final = 25.0
_WORDS: Final = 117.0
_PAD: Final = 5.0
"""Between the words, or the number, and the ring around their line."""
_NUMBER: Final = 52.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: ``count`` of the members from ``start`` on; ``sign`` stands before the number."""

    name: str
    words: str
    count: int
    start: int = 0
    role: str = "accent"
    sign: str = ""
    strong: bool = False


def step_head() -> str:
    """Lines are steps."""
    return translate("Waterfall", "Step")


class Waterfall(Chart):
    """Emits the name of the bar that is opened; ``first``: the head of the table's first column."""

    opened = Signal(str)

    def __init__(self, first: Callable[[], str] = step_head) -> None:
        super().__init__()
        self._first = first
        self._bars: list[Bar] = []
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def bars(self) -> list[Bar]:
        """What it shows."""
        return list(self._bars)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these."""
        self._bars = list(bars)
        self._current = min(self._current, max(0, len(bars) - 1))
        self.updateGeometry()
        self.refresh()

    def table(self) -> ChartTable:
        """A row for each line."""
        head = words(self._first()), words(translate("Waterfall", "Members"))
        return ChartTable(head, tuple(
            (words(bar.words), Cell(f"{bar.sign}{bar.count:,}", f"{bar.count}"))
            for bar in self._bars
        ))  # fmt: skip

    def spoken(self) -> str:
        """The line where the keyboard is."""
        if not self._bars:
            return ""
        bar = self._bars[self._current]
        return f"{bar.words}: {bar.sign}{bar.count:,}"

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(280, round(_ROW * len(self._bars)))

    def box(self, number: int) -> QRectF:
        """Where a line is."""
        return QRectF(0, number * _ROW, self.width(), _ROW)

    def paint_still(self, painter: QPainter) -> None:
        """Paint the lines."""
        whole = max((bar.start + bar.count for bar in self._bars), default=1) or 1
        room = self.width() - _WORDS - _NUMBER - 8
        for number, bar in enumerate(self._bars):
            line = self.box(number)
            weight = 700 if bar.strong else 400
            words = draw.elided(bar.words, theme.SMALL_PX, round(_WORDS - _PAD) - 4, weight)
            draw.text_line(painter, line.adjusted(_PAD, 0, 0, 0), words,
                           fonts.font(theme.SMALL_PX, weight), theme.color("ink"))  # fmt: skip
            thick = 12.0
            left = _WORDS + room * bar.start / whole
            shown = QRectF(left, line.center().y() - thick / 2,
                           max(3.0, room * bar.count / whole), thick)  # fmt: skip
            if bar.count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(bar.role))
                painter.drawRoundedRect(shown, 3, 3)
            draw.text_line(painter, line.adjusted(0, 0, -_PAD, 0), f"{bar.sign}{bar.count:,}",
                           fonts.font(theme.SMALL_PX, weight), theme.color("ink"),
                           Qt.AlignmentFlag.AlignRight)  # fmt: skip

    def paint_reading(self, painter: QPainter) -> None:
        """Nothing: each line says its number itself."""

    def paint_focus(self, painter: QPainter) -> None:
        """Around the line where the keyboard is."""
        if self._bars:
            draw.focus_ring(painter, self.box(self._current).adjusted(-1, 0, 1, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the line under the pointer."""
        number = int(event.position().y() // _ROW)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if 0 <= number < len(self._bars):
            self._current = number
            self.setFocus()
            self.opened.emit(self._bars[number].name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose a line, Enter opens it."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._current = min(max(self._current + step, 0), max(0, len(self._bars) - 1))
            self.read_anew()
        elif event.key() in (*OPEN_KEYS, Qt.Key.Key_Space) and self._bars:
            self.opened.emit(self._bars[self._current].name)
        else:
            super().keyPressEvent(event)
