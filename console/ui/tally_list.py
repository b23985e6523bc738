"""Groups with their bars, one under the other; answers can be let go on those that take them.

The arrows choose a group, F2 asks for another name.  Knows no use case.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import roles
from console.ui import draw, fonts, theme

_ROW, _HEAD, _PLUS = 46.0, 34.0, 40.0
_SIDE: Final = 12.0
_BAR: Final = 6.0


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One line: a group, a heading (no ``key``), or ``adds``: where a new one is made.

    ``takes``: answers may be let go on it; ``named``: it can have another name.
    """

    key: str
    words: str
    count: int = 0
    role: str = "accent"
    takes: bool = False
    named: bool = False
    adds: bool = False


class TallyList(QWidget):
    """``chosen`` is emitted for the key of a line, whether by hand or by a key."""

    chosen = Signal(str)
    dropped = Signal(str, object)
    """A line's key and the ids of the answers."""
    renamed = Signal(str)
    held_at = Signal(int)
    """Answers are held over it at that height: what is around scrolls there."""
    entered = Signal()
    """Enter: on to what is in the group."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[TallyLine, ...] = ()
        self._whole = 1
        self._current = self._over = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # --- what it shows --------------------------------------------------------------------

    @property
    def lines(self) -> tuple[TallyLine, ...]:
        """What it shows."""
        return self._lines

    @property
    def current(self) -> str:
        """The key of the line that is chosen."""
        return self._current

    def show_lines(self, lines: Sequence[TallyLine], whole: int) -> None:
        """Show these; a bar of ``whole`` is as long as there is room."""
        if (tuple(lines), whole) == (self._lines, self._whole):
            return
        self._lines, self._whole = tuple(lines), max(1, whole)
        self.updateGeometry()
        self._speak()
        self.update()

    def choose(self, key: str) -> None:
        """Make a line the chosen one."""
        self._current = key
        self._speak()
        self.update()

    def line(self, key: str) -> TallyLine | None:
        """The line of a key."""
        return next((line for line in self._lines if key and line.key == key), None)

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(260, round(sum(_high(line) for line in self._lines)))

    def minimumSizeHint(self) -> QSize:
        """All of them; what is around scrolls."""
        return self.sizeHint()

    def box(self, key: str) -> QRectF:
        """Where a line is."""
        top = 0.0
        for line in self._lines:
            if line.key == key:
                return QRectF(0, top, self.width(), _high(line))
            top += _high(line)
        return QRectF()

    def _at(self, y: float) -> TallyLine | None:
        top = 0.0
        for line in self._lines:
            if top <= y < top + _high(line):
                return line
            top += _high(line)
        return None

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for line in self._lines:
            box = QRectF(0, top, self.width(), _high(line))
            if line.adds:
                self._paint_plus(painter, box, line)
            elif line.key:
                self._paint_line(painter, box, line)
            else:
                below = box.adjusted(_SIDE, 10, -_SIDE, 0)
                draw.text_line(painter, below, line.words, fonts.font(theme.TINY_PX, 600),
                               theme.color("ink_soft"))  # fmt: skip
            top += _high(line)
        painter.end()

    def _ground(self, painter: QPainter, box: QRectF, line: TallyLine) -> QRectF:
        inner = box.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if line.key == self._over:
            painter.setPen(theme.color("accent"))
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(inner, 8, 8)
        elif line.key == self._current:
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(inner, 8, 8)
        if self.hasFocus() and line.key == self._current:
            draw.focus_ring(painter, inner)
        return inner.adjusted(_SIDE, 0, -_SIDE, 0)

    def _paint_line(self, painter: QPainter, box: QRectF, line: TallyLine) -> None:
        inner = self._ground(painter, box, line)
        words = QRectF(inner.left(), inner.top() + 5, inner.width(), 22)
        number = f"{line.count:,}"
        room = round(words.width() - draw.width_of(number, theme.BODY_PX, 600) - 10)
        text = draw.elided(line.words, theme.BODY_PX, room, 600)
        draw.text_line(painter, words, text, fonts.font(theme.BODY_PX, 600), theme.color("ink"))
        draw.text_line(painter, words, number, fonts.font(theme.BODY_PX, 600), theme.color("ink"),
                       Qt.AlignmentFlag.AlignRight)  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(inner.left(), words.bottom() + 4, inner.width(), _BAR)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(track, 3, 3)
        if line.count:
            track.setWidth(max(_BAR, track.width() * line.count / self._whole))
            painter.setBrush(theme.color(line.role))
            painter.drawRoundedRect(track, 3, 3)

    def _paint_plus(self, painter: QPainter, box: QRectF, line: TallyLine) -> None:
        inner = self._ground(painter, box, line)
        draw.text_line(painter, inner, line.words, fonts.font(theme.SMALL_PX, 600),
                       theme.color("accent_ink"))  # fmt: skip

    # --- hand and keys --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the line under the pointer."""
        line = self._at(event.position().y())
        if line is not None and line.key:
            self.setFocus()
            self._take(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Another name for it."""
        line = self._at(event.position().y())
        if line is not None and line.named:
            self.renamed.emit(line.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be chosen."""
        line = self._at(event.position().y())
        hand = line is not None and bool(line.key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _take(self, line: TallyLine) -> None:
        if not line.adds:
            self.choose(line.key)
        self.chosen.emit(line.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, F2 names, Enter goes on."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        current = self.line(self._current)
        if step:
            self._step(step)
        elif event.key() == Qt.Key.Key_F2 and current is not None and current.named:
            self.renamed.emit(current.key)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        groups = [line for line in self._lines if line.key and not line.adds]
        keys = [line.key for line in groups]
        if not groups:
            return
        at = keys.index(self._current) + by if self._current in keys else 0
        self._take(groups[min(max(at, 0), len(groups) - 1)])

    # --- answers are let go ---------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Answers are welcome."""
        if event.mimeData().hasFormat(roles.ANSWERS_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only where they can be put."""
        line = self._at(event.position().y())
        takes = line is not None and line.takes
        self._show_over(line.key if line is not None and takes else "")
        (event.acceptProposedAction if takes else event.ignore)()
        self.held_at.emit(round(event.position().y()))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._show_over("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them there."""
        line = self._at(event.position().y())
        self._show_over("")
        if line is None or not line.takes:
            event.ignore()
            return
        event.acceptProposedAction()
        raw = event.mimeData().data(roles.ANSWERS_MIME).data()
        self.dropped.emit(line.key, json.loads(bytes(raw)))

    def _show_over(self, key: str) -> None:
        if key != self._over:
            self._over = key
            self.update()

    # --- focus, looks, speech -------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It went."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """New colours."""
        super().changeEvent(event)
        self.update()

    def _speak(self) -> None:
        line = self.line(self._current)
        if line is not None:
            self.setAccessibleDescription(f"{line.words}: {line.count:,}")


def _high(line: TallyLine) -> float:
    if line.adds:
        return _PLUS
    return _ROW if line.key else _HEAD
