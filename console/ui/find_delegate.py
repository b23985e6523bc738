"""Paints the rows of a search; reads the attributes of ``FindRow``."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console import roles
from console.ui import draw, fonts, icons, marked_line, theme

_HEIGHTS: Final = {
    "heading": 32, "remark": 34, "entry": 40, "more": 40,
    "member": 54, "coupon": 54, "group": 54, "message": 54,
}  # fmt: skip
_LEFT: Final = 18.0
_DISC: Final = 34.0
_TEXT: Final = _LEFT + _DISC + 12
_RIGHT: Final = 18.0


def height_of(kind: str) -> int:
    """Pixels that a row of that kind takes."""
    return _HEIGHTS[kind]


class FindDelegate(QStyledItemDelegate):
    """Headings, people, messages, and what can be done."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as its kind."""
        return QSize(option.rect.width(), height_of(index.data(roles.ITEM).kind))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, row = QRectF(option.rect), index.data(roles.ITEM)
        if row.kind in ("heading", "remark"):
            _still(painter, box, row)
        else:
            _ground(painter, box, option.state)
            if row.kind in ("entry", "more"):
                _entry(painter, box, row)
            else:
                _person(painter, box, row)
        painter.restore()


def _ground(painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    if not chosen and not state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft" if chosen else "hover"))
    painter.drawRoundedRect(box.adjusted(8, 1, -8, -1), 8, 8)
    if chosen:
        painter.setBrush(theme.color("accent_ink"))
        painter.drawRoundedRect(QRectF(box.left() + 8, box.top() + 9, 3, box.height() - 18), 1, 1)


def _still(painter: QPainter, box: QRectF, row: Any) -> None:
    line = box.adjusted(_LEFT, 6 if row.kind == "heading" else 0, -_RIGHT, 0)
    weight = 700 if row.kind == "heading" else 400
    words = draw.elided(row.title, theme.TINY_PX, int(line.width()), weight)
    font, ink = fonts.font(theme.TINY_PX, weight), theme.color("ink_faint")
    draw.text_line(painter, line, words, font, ink)


def _aside(painter: QPainter, line: QRectF, words: str) -> QRectF:
    """Paint what stands at the right; returns the room that is left."""
    if not words:
        return line
    font, right = fonts.font(theme.TINY_PX), Qt.AlignmentFlag.AlignRight
    draw.text_line(painter, line, words, font, theme.color("ink_faint"), right)
    return line.adjusted(0, 0, -draw.width_of(words, theme.TINY_PX) - 12, 0)


def _entry(painter: QPainter, box: QRectF, row: Any) -> None:
    more = row.kind == "more"
    ink = theme.color("accent_ink" if more else "ink_soft")
    left = _LEFT + (_DISC - 18) / 2
    icons.paint(painter, row.icon, QRectF(left, box.center().y() - 9, 18, 18), ink)
    line = _aside(painter, box.adjusted(_TEXT, 0, -_RIGHT, 0), row.aside)
    text = theme.color("accent_ink" if more else "ink")
    marked_line.paint(painter, line, row.title, row.title_hits, theme.BODY_PX, text)


def _person(painter: QPainter, box: QRectF, row: Any) -> None:
    disc = QRectF(_LEFT, box.center().y() - _DISC / 2, _DISC, _DISC)
    if row.kind == "group" or row.icon == "group":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(disc)
        icons.paint(painter, "group", disc.adjusted(8, 8, -8, -8), theme.color("on_accent"))
    else:
        draw.avatar(painter, disc, row.title)
    first = QRectF(_TEXT, box.top() + 6, box.width() - _TEXT - _RIGHT, 22)
    first = _aside(painter, first, row.aside)
    ink = theme.color("ink")
    used = marked_line.paint(painter, first, row.title, row.title_hits, theme.BODY_PX, ink, 600)
    _tags(painter, first.adjusted(used + 8, 0, 0, 0), row.tags)
    second = QRectF(_TEXT, box.top() + 27, box.width() - _TEXT - _RIGHT, 20)
    soft = theme.color("ink_soft")
    marked_line.paint(painter, second, row.detail, row.detail_hits, theme.SMALL_PX, soft)


def _tags(painter: QPainter, room: QRectF, tags: tuple[str, ...]) -> None:
    left = room.left()
    for tag in tags:
        if left + draw.width_of(tag, theme.TINY_PX) + 16 > room.right():
            return
        ground, ink = theme.color("warn_soft"), theme.color("warn_ink")
        left += draw.pill(painter, left, room.center().y(), tag, ground, ink) + 5
