"""Bars that get shorter step by step: who is meant, what takes some away, who is left.

Each bar can be clicked, or reached by the arrows and opened by Enter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui import draw, fonts, theme

_ROW: Final = 25.0
_WORDS: Final = 112.0
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


class Waterfall(QWidget):
    """Emits the name of the bar that is opened."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._bars: list[Bar] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
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
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(280, round(_ROW * len(self._bars)))

    def box(self, number: int) -> QRectF:
        """Where a line is."""
        return QRectF(0, number * _ROW, self.width(), _ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = max((bar.start + bar.count for bar in self._bars), default=1) or 1
        room = self.width() - _WORDS - _NUMBER - 8
        for number, bar in enumerate(self._bars):
            line = self.box(number)
            weight = 700 if bar.strong else 400
            words = draw.elided(bar.words, theme.SMALL_PX, round(_WORDS) - 4, weight)
            draw.text_line(painter, line, words, fonts.font(theme.SMALL_PX, weight),
                           theme.color("ink"))  # fmt: skip
            thick = 12.0
            left = _WORDS + room * bar.start / whole
            shown = QRectF(left, line.center().y() - thick / 2,
                           max(3.0, room * bar.count / whole), thick)  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(bar.role))
            painter.drawRoundedRect(shown, 3, 3)
            draw.text_line(painter, line.adjusted(0, 0, -2, 0), f"{bar.sign}{bar.count:,}",
                           fonts.font(theme.SMALL_PX, weight), theme.color("ink"),
                           Qt.AlignmentFlag.AlignRight)  # fmt: skip
            if self.hasFocus() and number == self._current:
                draw.focus_ring(painter, line.adjusted(-1, 0, 1, 0))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the line under the pointer."""
        number = int(event.position().y() // _ROW)
        if 0 <= number < len(self._bars):
            self._current = number
            self.setFocus()
            self.opened.emit(self._bars[number].name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose a line, Enter opens it."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._current = min(max(self._current + step, 0), max(0, len(self._bars) - 1))
            self._speak()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._bars:
            self.opened.emit(self._bars[self._current].name)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """New colours."""
        super().changeEvent(event)
        self.update()

    def _speak(self) -> None:
        if self._bars:
            bar = self._bars[self._current]
            self.setAccessibleDescription(f"{bar.words}: {bar.sign}{bar.count:,}")
