"""A QR code, painted; black on white in every palette, because phones must read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_QUIET: Final = 4
"""Light squares around the code, as the standard asks."""


def modules(text: str) -> Sequence[Sequence[int]]:
    """The code's dark (1) and light (0) squares, row by row."""
    matrix: Sequence[Sequence[int]] = segno.make(text, error="m", micro=False).matrix
    return matrix


def paint(painter: QPainter, text: str, box: QRectF) -> None:
    """Draw the code of ``text`` with its quiet zone into a square."""
    matrix = modules(text)
    cell = box.width() / (len(matrix) + 2 * _QUIET)
    painter.fillRect(box, Qt.GlobalColor.white)
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                left = box.left() + (column + _QUIET) * cell
                top = box.top() + (row + _QUIET) * cell
                painter.fillRect(QRectF(left, top, cell, cell), Qt.GlobalColor.black)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=smooth)


class QrView(QWidget):
    """Shows one code."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._text = ""
        self._side = side
        self.setFixedSize(side, side)

    def show_text(self, text: str, name: str) -> None:
        """Show another code; ``name`` says what it is to who cannot see it."""
        self._text = text
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it with whole pixels for each square."""
        if not self._text:
            return
        squares = len(modules(self._text)) + 2 * _QUIET
        side = max(1, self._side // squares) * squares
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(self.rect()).center().toPoint())
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        paint(painter, self._text, box)
        painter.end()
