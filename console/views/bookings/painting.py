"""How fittings, times and rooms are painted on the board."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console.desk.fitting_types import FittingItem
from console.domain.fittings import State
from console.ui import draw, fonts, theme
from console.ui.i18n import translate
from console.views.bookings import words


def fitting(painter: QPainter, box: QRectF, item: FittingItem) -> None:
    """Whose it is and what is known of it; dashed while the relay has not agreed."""
    ground, ink = words.INKS[State(item.state)]
    line = Qt.PenStyle.DashLine if item.waits else Qt.PenStyle.SolidLine
    painter.setPen(QPen(theme.color(ink), 1, line))
    painter.setBrush(theme.color(ground))
    inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inside, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    above, below = box.adjusted(10, 5, -10, -5), box.adjusted(10, 5, -10, -5)
    above.setBottom(box.center().y())
    below.setTop(box.center().y())
    wide = int(above.width())
    name = draw.elided(item.name, theme.BODY_PX, wide, 600)
    draw.text_line(painter, above, name, fonts.font(theme.BODY_PX, 600), theme.color("ink"))
    said = words.state(item)
    if item.picks:
        said += " · " + translate("Bookings", "{n} to lay out").format(n=len(item.picks))
    cut = draw.elided(said, theme.TINY_PX, wide)
    draw.text_line(painter, below, cut, fonts.font(theme.TINY_PX), theme.color(ink))


def time(painter: QPainter, box: QRectF, text: str, *, running: bool) -> None:
    """When a slot begins; the one that runs stands out."""
    ink = theme.color("accent_ink" if running else "ink_soft")
    draw.text_line(painter, box, text, fonts.font(theme.SMALL_PX, 600 if running else 400), ink)


def room(painter: QPainter, box: QRectF, name: str) -> None:
    """What a room is called."""
    cut = draw.elided(name, theme.BODY_PX, int(box.width()), 600)
    draw.text_line(painter, box, cut, fonts.font(theme.BODY_PX, 600), theme.color("ink"))
