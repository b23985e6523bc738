"""Small things several painters draw: avatars, pills, badges, shaped bubbles, elided lines."""

from __future__ import annotations

import functools
import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from console.ui import fonts, theme


def face(name: str) -> str:
    """The one character of an avatar: a Chinese family name, a Latin initial.

    Of names as colleagues call each other (小李, 阿珍, 老王) the one that tells them apart.
    """
    name = name.strip()
    if len(name) == 2 and name[0] in "小阿老":
        name = name[1]
    for character in name:
        if character.isalnum():
            return character.upper()
    return "?"


def avatar(painter: QPainter, box: QRectF, name: str) -> None:
    """A disc in the name's own colour with its first character."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(
        box.topLeft(), _disc(face(name), theme.avatar_color(name), box.width(), ratio)
    )


@functools.lru_cache(maxsize=512)
def _disc(character: str, color: str, width: float, ratio: float) -> QPixmap:
    """Names share few colours and first characters: copying a disc costs a tenth of drawing it."""
    made = QPixmap(math.ceil(width * ratio), math.ceil(width * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter, box = QPainter(made), QRectF(0, 0, width, width)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(box)
    painter.setPen(QColor("#FFFFFF"))
    painter.setFont(fonts.font(max(9, round(width * 0.38)), 700))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, character)
    painter.end()
    return made


@functools.lru_cache(maxsize=4096)
def width_of(text: str, pixels: int, weight: int = 400) -> float:
    """How wide a line of text is."""
    return fonts.metrics(pixels, weight).horizontalAdvance(text)


@functools.lru_cache(maxsize=4096)
def elided(text: str, pixels: int, width: int, weight: int = 400) -> str:
    """One line, cut with “…” where it does not fit."""
    line = " ".join(text.split())[:400]
    return fonts.metrics(pixels, weight).elidedText(line, Qt.TextElideMode.ElideRight, width)


def end_of(text: str, pixels: int, width: int) -> str:
    """One line, cut with “…” at its beginning: what begins alike is told apart by its end."""
    line = " ".join(text.split())[-400:]
    return fonts.metrics(pixels, 400).elidedText(line, Qt.TextElideMode.ElideLeft, width)


def text_line(
    painter: QPainter,
    at: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line, vertically centred; Arabic names too stand where ``align`` says."""
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(at, _line_flags(align), text)


@functools.cache
def _line_flags(align: Qt.AlignmentFlag) -> int:
    """Putting flags together costs as much as drawing a word."""
    align |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    return int(align | Qt.TextFlag.TextSingleLine)


def pill(
    painter: QPainter, left: float, middle: float, text: str, ground: QColor, ink: QColor
) -> float:
    """A rounded label; returns its width."""
    width, height = width_of(text, theme.TINY_PX) + 16, 19.0
    box = QRectF(left, middle - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, height / 2, height / 2)
    text_line(painter, box, text, fonts.font(theme.TINY_PX), ink, Qt.AlignmentFlag.AlignHCenter)
    return width


def badge(painter: QPainter, right: float, middle: float, count: int) -> float:
    """A number on the alert colour, its right edge at ``right``; returns its width."""
    text = str(count) if count < 100 else "99+"
    width = max(18.0, width_of(text, 11, 700) + 11)
    box = QRectF(right - width, middle - 9, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("alert"))
    painter.drawRoundedRect(box, 9, 9)
    painter.setPen(QColor("#FFFFFF"))
    painter.setFont(fonts.font(11, 700))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return width


def ticks(painter: QPainter, left: float, middle: float, color: QColor, *, double: bool) -> float:
    """One tick (sent) or two (read), drawn; returns the width."""
    width, ratio = 13.0 if double else 8.0, painter.device().devicePixelRatioF()
    at = QPointF(round((left - 1) * ratio) / ratio, round((middle - 7) * ratio) / ratio)
    painter.drawPixmap(at, _ticks(color.rgba(), ratio, double))
    return width


@functools.lru_cache(maxsize=32)
def _ticks(color: int, ratio: float, double: bool) -> QPixmap:
    """A list of answers has one in every row; smoothing their edges costs more than the row."""
    made = QPixmap(math.ceil(16 * ratio), math.ceil(14 * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(
            QColor.fromRgba(color), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )  # fmt: skip
    for x in (1.0, 6.0) if double else (1.0,):
        painter.drawPolyline([QPointF(x, 7.5), QPointF(x + 3, 10.5), QPointF(x + 8, 3)])
    painter.end()
    return made


def clock(painter: QPainter, left: float, middle: float, color: QColor) -> float:
    """A small clock face (on its way); returns the width."""
    painter.setPen(QPen(color, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(left + 5.5, middle), 5, 5)
    painter.drawPolyline(
        [
            QPointF(left + 5.5, middle - 3),
            QPointF(left + 5.5, middle),
            QPointF(left + 8, middle + 1.5),
        ]
    )
    return 11.0


def bubble_path(box: QRectF, *, mine: bool) -> QPainterPath:
    """A rounded box whose lower corner points at the speaker."""
    radius, tail = float(theme.RADIUS_BUBBLE), 3.0
    left, right = (radius, tail) if mine else (tail, radius)
    path = QPainterPath()
    path.moveTo(box.left() + radius, box.top())
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + radius))
    path.lineTo(box.right(), box.bottom() - right)
    path.quadTo(box.bottomRight(), QPointF(box.right() - right, box.bottom()))
    path.lineTo(box.left() + left, box.bottom())
    path.quadTo(box.bottomLeft(), QPointF(box.left(), box.bottom() - left))
    path.lineTo(box.left(), box.top() + radius)
    path.quadTo(box.topLeft(), QPointF(box.left() + radius, box.top()))
    return path


def focus_ring(painter: QPainter, box: QRectF) -> None:
    """What shows where the keyboard is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent_ink"), 2))
    painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 6, 6)
