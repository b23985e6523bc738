"""Paints the lines between bubbles and what stands beside a bubble."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console import roles
from console.ui import bubble, draw, fonts, theme
from console.ui.i18n import translate

DIVIDER: Final = 38
_PLACEHOLDER: Final = 48


def height(line: int) -> int:
    """Height of a line that is no message."""
    return _PLACEHOLDER if line == roles.LINE_PLACEHOLDER else DIVIDER


def older_text(state: int | None) -> str:
    """What the first row says about what is above it."""
    if state == roles.OLDER_LOADING:
        return translate("Timeline", "Loading earlier messages…")
    if state == roles.OLDER_NEEDS_LINE:
        return translate("Timeline", "Earlier messages are with the relay and need the line")
    return translate("Timeline", "Show earlier messages")


def meta(painter: QPainter, made: bubble.Bubble) -> None:
    """Time and marks beside a bubble."""
    ink = theme.color("accent_ink" if made.mark == "read" else "ink_faint")
    left, middle = made.meta_at.left(), made.meta_at.center().y()
    if made.mark == "clock":
        left += draw.clock(painter, left, middle, ink) + 4
    elif made.mark:
        left += draw.ticks(painter, left, middle, ink, double=made.mark == "read") + 4
    box = QRectF(left, made.meta_at.top(), made.meta_at.right() - left + 2, made.meta_at.height())
    draw.text_line(painter, box, made.meta, fonts.font(theme.TINY_PX), ink)


def failure(painter: QPainter, made: bubble.Bubble) -> None:
    """Why it was refused, and what can be done."""
    if made.failure is None:
        return
    painter.setPen(theme.color("alert_ink"))
    made.failure.draw(painter, made.failure_at)
    for name, label, box in made.actions:
        painter.setPen(QPen(theme.color("field_line"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        ink = theme.color("accent_ink" if name in ("retry", "send_now") else "ink_soft")
        font, centre = fonts.font(theme.TINY_PX, 600), Qt.AlignmentFlag.AlignHCenter
        draw.text_line(painter, box, label, font, ink, centre)


def flash(painter: QPainter, width: int, high: float) -> None:
    """The ground of the bubble that was jumped to."""
    painter.fillRect(QRectF(0, 2, width, high + 4), theme.color("accent_soft"))


def centred(painter: QPainter, width: int, text: str, high: float) -> None:
    """A line of small text in the middle."""
    box = QRectF(20, 6, width - 40, high - 6)
    shown = draw.elided(text, theme.TINY_PX, width - 40)
    ink, centre = theme.color("ink_faint"), Qt.AlignmentFlag.AlignHCenter
    draw.text_line(painter, box, shown, fonts.font(theme.TINY_PX), ink, centre)


def unread(painter: QPainter, width: int) -> None:
    """What is new begins here."""
    text = translate("Timeline", "New messages")
    wide = draw.width_of(text, theme.TINY_PX) + 24
    middle = DIVIDER / 2 + 3
    painter.setPen(QPen(theme.color("alert"), 1))
    centre = width / 2
    painter.drawLine(QPointF(bubble.SIDE, middle), QPointF(centre - wide / 2, middle))
    painter.drawLine(QPointF(centre + wide / 2, middle), QPointF(width - bubble.SIDE, middle))
    box = QRectF(centre - wide / 2, middle - 10, wide, 20)
    font, align = fonts.font(theme.TINY_PX), Qt.AlignmentFlag.AlignHCenter
    draw.text_line(painter, box, text, font, theme.color("alert_ink"), align)


def placeholder(painter: QPainter, width: int) -> None:
    """The place of a message that has not come."""
    painter.setPen(QPen(theme.color("line"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(bubble.SIDE + bubble.AVATAR + 10, 10, min(260, width / 2), 34)
    painter.drawRoundedRect(box, theme.RADIUS_BUBBLE, theme.RADIUS_BUBBLE)
    text = translate("Timeline", "This message is still on its way")
    font = fonts.font(theme.TINY_PX)
    draw.text_line(painter, box.adjusted(13, 0, 0, 0), text, font, theme.color("ink_faint"))
