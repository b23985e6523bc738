"""One tile of a photo grid, and the empty one where more photos go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console.ui import fonts, theme
from console.ui.i18n import translate


@dataclass(frozen=True, slots=True)
class Tile:
    """One photo: what its picture is asked with, and the words under it."""

    photo: Any
    caption: str = ""


def paint_room(painter: QPainter, box: QRectF, *, over: bool) -> None:
    """The place where more are dropped; ``over``: files are held over it."""
    role = "accent_ink" if over else "field_line"
    painter.setPen(QPen(theme.color(role), 1.6, Qt.PenStyle.DashLine))
    painter.setBrush(theme.color("accent_soft") if over else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(theme.color("ink_soft"))
    painter.setFont(fonts.font(theme.TINY_PX))
    words = translate("PhotoGrid", "Drag in, paste\nor click to pick")
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{words}\nJPG PNG WebP\nHEIC AVIF")
