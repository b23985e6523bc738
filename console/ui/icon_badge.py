"""The program's icon with the number of what is unread on it."""

from __future__ import annotations

import functools
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from console.ui import fonts, icons, theme

_SIZES: Final = (16, 32, 64, 256)
_MOST: Final = 99


@functools.lru_cache(maxsize=2 + _MOST)
def _icon(count: int) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_pixmap(size, count))
    return made


def icon(count: int) -> QIcon:
    """The icon; with 1 and more a badge, beyond 99 it says ``99``."""
    return _icon(min(max(0, count), _MOST))


def _pixmap(size: int, count: int) -> QPixmap:
    made = QPixmap(str(icons.folder() / f"hanger-{size}.png"))
    if count:
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = size * (0.62 if count < 10 else 0.8)
        high = size * 0.62
        box = QRectF(size - wide, 0, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.LIGHT.color("alert"))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(fonts.font(max(9, round(size * 0.48)), 700))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))
        painter.end()
    return made
