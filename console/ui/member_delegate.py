"""Paints members in a list of names: disc, name, tier, number; reads ``SegmentMember``'s fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console import roles
from console.ui import draw, fonts, phrases, theme

HEIGHT: Final = 48
_DISC: Final = 32.0
_LEFT: Final = 16.0


def heights(first: int, last: int, _width: int) -> Sequence[int]:
    """Every row is as high as the others."""
    return (HEIGHT,) * (last - first)


class MemberDelegate(QStyledItemDelegate):
    """One member a row."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All alike."""
        return QSize(option.rect.width(), HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """Paint one."""
        item: Any = index.data(roles.ITEM)
        if item is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box.adjusted(6, 1, -8, -1), 8, 8)
        disc = QRectF(box.left() + _LEFT, box.center().y() - _DISC / 2, _DISC, _DISC)
        draw.avatar(painter, disc, item.name)
        line = box.adjusted(_LEFT + _DISC + 12, 0, -22, 0)
        small, right = fonts.font(theme.SMALL_PX), Qt.AlignmentFlag.AlignRight
        draw.text_line(painter, line, item.phone, small, theme.color("ink_soft"), right)
        room = int(line.width() - draw.width_of(item.phone, theme.SMALL_PX) - 90)
        name = draw.elided(item.name, theme.BODY_PX, room, 600)
        draw.text_line(painter, line, name, fonts.font(theme.BODY_PX, 600), theme.color("ink"))
        if item.tier in {"gold", "silver"}:
            left = line.left() + draw.width_of(name, theme.BODY_PX, 600) + 10
            ground, ink = theme.color("warn_soft"), theme.color("warn_ink")
            draw.pill(painter, left, box.center().y(), phrases.tier(item.tier), ground, ink)
        painter.restore()
