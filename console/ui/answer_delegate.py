"""Paints answers in a list: who, when, and what she said; reads the fields of ``Answer``."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console import roles
from console.ui import campaign_phrases, draw, fonts, phrases, theme
from console.ui.clock import ShopClock

_DISC: Final = 30.0
_LEFT, _RIGHT = 16.0, 20.0
_HEAD, _LINE, _MOST = 24.0, 20.0, 3


class AnswerDelegate(QStyledItemDelegate):
    """One answer a row, with up to three lines of words."""

    def __init__(self, clock: ShopClock, parent: QWidget) -> None:
        super().__init__(parent)
        self._clock, self._view = clock, parent

    def _room(self, width: float) -> float:
        return max(60.0, width - _LEFT - _DISC - 12 - _RIGHT)

    def _lines(self, text: str, width: float) -> int:
        metrics = QFontMetricsF(fonts.font(theme.BODY_PX))
        box = metrics.boundingRect(
            QRectF(0, 0, self._room(width), 4_000), Qt.TextFlag.TextWordWrap, text
        )
        return min(_MOST, max(1, round(box.height() / metrics.lineSpacing())))

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as its words need."""
        item, width = index.data(roles.ITEM), self._view.width()
        lines = self._lines(item.text, width) if item is not None and item.text else 0
        return QSize(200, round(16 + _HEAD + lines * _LINE + (4 if lines else 0)))

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
        box, state = QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box.adjusted(6, 1, -8, -1), 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            draw.focus_ring(painter, box.adjusted(6, 1, -8, -1))
        self._words(painter, box, item)
        painter.restore()

    def _words(self, painter: QPainter, box: QRectF, item: Any) -> None:
        disc = QRectF(box.left() + _LEFT, box.top() + 9, _DISC, _DISC)
        draw.avatar(painter, disc, item.name)
        left = disc.right() + 12
        head = QRectF(left, box.top() + 8, box.right() - _RIGHT - left, _HEAD)
        when = campaign_phrases.moment(item.at, self._clock)
        beside = " · ".join(part for part in (phrases.tier(item.tier), item.phone, when) if part)
        room = round(head.width() - draw.width_of(beside, theme.TINY_PX) - 12)
        name = draw.elided(item.name, theme.SMALL_PX, room, 600)
        draw.text_line(painter, head, name, fonts.font(theme.SMALL_PX, 600), theme.color("ink"))
        draw.text_line(painter, head, beside, fonts.font(theme.TINY_PX), theme.color("ink_soft"),
                       Qt.AlignmentFlag.AlignRight)  # fmt: skip
        if item.text:
            lines = self._lines(item.text, self._view.width())
            words = QRectF(left, head.bottom(), self._room(self._view.width()), lines * _LINE + 2)
            painter.setPen(theme.color("ink"))
            painter.setFont(fonts.font(theme.BODY_PX))
            painter.drawText(words, Qt.TextFlag.TextWordWrap, item.text)
