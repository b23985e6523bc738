"""One line of text with the places that a search was for marked in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from console.ui import draw, fonts, theme
from console.ui.text_layout import is_right_to_left, units

Hits = tuple[tuple[int, int], ...]
_BEFORE: Final = 8
"""Characters kept before the first hit when the beginning is cut off."""


def cut(text: str, hits: Hits, pixels: int, width: float, weight: int = 400) -> tuple[str, Hits]:
    """A text on one line no wider than ``width``, cut so that the first hit is in it."""
    line = "".join(" " if character.isspace() else character for character in text)
    if hits and draw.width_of(line[: hits[0][1]], pixels, weight) > width * 0.8:
        start = max(0, hits[0][0] - _BEFORE)
        line = "…" + line[start:]
        hits = tuple((first - start + 1, last - start + 1) for first, last in hits)
    mode = Qt.TextElideMode.ElideRight
    shown = fonts.metrics(pixels, weight).elidedText(line[:400], mode, width)
    end = len(shown) - (shown != line)
    kept = tuple((first, min(last, end)) for first, last in hits if first < end)
    return shown, kept


def marks(text: str, hits: Hits) -> list[QTextLayout.FormatRange]:
    """How the hits of a text are painted, in Qt's units."""
    look = QTextCharFormat()
    look.setBackground(theme.color("warn_soft"))
    look.setForeground(theme.color("warn_ink"))
    found = []
    for first, last in hits:
        made = QTextLayout.FormatRange()
        made.start, made.length = units(text[:first]), units(text[first:last])
        made.format = look
        found.append(made)
    return found


def paint(
    painter: QPainter, box: QRectF, text: str, hits: Hits, pixels: int, ink: QColor,
    weight: int = 400,
) -> float:  # fmt: skip
    """Paint one line, vertically centred at the left of ``box``; returns its width."""
    shown, kept = cut(text, hits, pixels, box.width(), weight)
    layout = QTextLayout(shown, fonts.font(pixels, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    if is_right_to_left(shown):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.setFormats(marks(shown, kept))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(box.width(), 1.0))
    layout.endLayout()
    painter.setPen(ink)
    layout.draw(painter, QPointF(box.left(), box.center().y() - line.height() / 2))
    return line.naturalTextWidth()
