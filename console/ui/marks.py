"""Small signs that painters draw without an icon file: play, pause."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF


def triangle(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Plays."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    left = box.left() + box.width() * 0.14
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(left, box.top()),
                QPointF(box.right(), box.center().y()),
                QPointF(left, box.bottom()),
            ]
        )
    )


def pause_bars(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Pauses."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    wide = box.width() * 0.28
    for x in (box.left() + box.width() * 0.12, box.right() - box.width() * 0.12 - wide):
        painter.drawRoundedRect(QRectF(x, box.top(), wide, box.height()), 1.5, 1.5)
