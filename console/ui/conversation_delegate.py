"""Paints a row of the conversation list; reads the attributes of ``ConversationItem``.

A row is taller when it has something to say besides: who waits and how long, a reminder, when
it comes back, whose it is.
"""

from __future__ import annotations

import functools
import math
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console import roles
from console.ui import draw, fonts, icons, phrases, queue_phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate

ROW_HEIGHT: Final = 65
ROW_HEIGHT_WAITING: Final = 84
_LEFT, _RIGHT, _AVATAR = 14.0, 14.0, 42.0
_TEXT_LEFT = _LEFT + _AVATAR + 11
_LEAST = 40
"""Pixels a further pill needs."""


class ConversationDelegate(QStyledItemDelegate):
    """Avatar, name, one line, time, badge and the waiting pill."""

    def __init__(self, clock: ShopClock, parent: QWidget | None = None, me: int = 0) -> None:
        super().__init__(parent)
        self._clock, self._me = clock, me

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Taller when somebody waits for an answer or it is put off."""
        item = index.data(roles.ITEM)
        tall = item is not None and bool(item.waiting_since or item.snoozed_until or item.woken_at)
        return QSize(option.rect.width(), ROW_HEIGHT_WAITING if tall else ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row, or its outline while it is being fetched."""
        painter.save()
        self._ground(painter, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        item = index.data(roles.ITEM)
        if item is None:
            _skeleton(painter, box)
        else:
            self._face(painter, box, item)
            self._first_line(painter, box, item)
            self._second_line(painter, box, item)
            if box.height() >= ROW_HEIGHT_WAITING:
                self._pills(painter, box, item, chosen=_is_chosen(option.state))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw.focus_ring(painter, box)
        painter.restore()

    def _face(self, painter: QPainter, box: QRectF, item: Any) -> None:
        disc = QRectF(_LEFT, box.top() + 11, _AVATAR, _AVATAR)
        name = queue_phrases.title(item)
        if item.kind == "group":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(disc)
            icon = disc.adjusted(10, 10, -10, -10)
            icons.paint(painter, "group", icon, theme.color("on_accent"))
            return
        if name:
            draw.avatar(painter, disc, name)
            return
        # The conversation came before its member.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line_soft"))
        painter.drawEllipse(disc)
        painter.drawRoundedRect(QRectF(_TEXT_LEFT, box.top() + 15, 84, 12), 6, 6)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Before edges are smoothed: filling whole pixels is several times as fast."""
        box = option.rect
        painter.fillRect(box, theme.color(_ground_role(option.state)))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.color("line_soft"))

    def _first_line(self, painter: QPainter, box: QRectF, item: Any) -> None:
        line = QRectF(_TEXT_LEFT, box.top() + 10, box.width() - _TEXT_LEFT - _RIGHT, 23)
        used = 0.0
        if item.last_message_at is not None:
            when = phrases.list_time(item.last_message_at, self._clock)
            font = fonts.font(theme.TINY_PX)
            align = Qt.AlignmentFlag.AlignRight
            draw.text_line(painter, line, when, font, theme.color("ink_faint"), align)
            used = draw.width_of(when, theme.TINY_PX) + 8
        if item.blocked:
            used += 20
        title, gone = queue_phrases.title(item), item.member_state in {"erased", "merged"}
        name = draw.elided(title, theme.NAME_PX, int(line.width() - used), 700)
        ink = theme.color("ink_faint" if gone or item.blocked else "ink")
        draw.text_line(painter, line, name, fonts.font(theme.NAME_PX, 700), ink)
        if item.blocked:
            left = line.left() + draw.width_of(name, theme.NAME_PX, 700) + 5
            icons.paint(painter, "block", QRectF(left, line.center().y() - 7, 14, 14),
                        theme.color("alert_ink"))  # fmt: skip

    def _second_line(self, painter: QPainter, box: QRectF, item: Any) -> None:
        line = QRectF(_TEXT_LEFT, box.top() + 32, box.width() - _TEXT_LEFT - _RIGHT, 20)
        middle = line.center().y()
        if item.unread:
            line.setRight(line.right() - draw.badge(painter, line.right(), middle, item.unread) - 8)
        if item.failed:
            _failed(painter, line.right() - 16, middle)
            line.setRight(line.right() - 22)
        mark, words = self._words(item)
        if mark:
            font = fonts.font(theme.SMALL_PX)
            draw.text_line(painter, line, mark, font, theme.color("alert_ink"))
            line.setLeft(line.left() + draw.width_of(mark, theme.SMALL_PX) + 4)
        staff = item.preview_sender == "staff" and not mark
        room = line.width() - (18 if staff else 0)
        text = draw.elided(words, theme.SMALL_PX, int(room))
        draw.text_line(painter, line, text, fonts.font(theme.SMALL_PX), theme.color("ink_soft"))
        if staff:
            left = line.left() + draw.width_of(text, theme.SMALL_PX) + 4
            _how_far(painter, left, middle, item)

    def _words(self, item: Any) -> tuple[str, str]:
        if item.has_draft:
            return translate("ConversationRow", "[Draft]"), phrases.draft(item)
        return "", phrases.preview(item)

    def _pills(self, painter: QPainter, box: QRectF, item: Any, *, chosen: bool) -> None:
        left, middle, right = _TEXT_LEFT, box.top() + 63, box.width() - _RIGHT
        for whole, kind in self._states(item):
            words = draw.elided(whole, theme.TINY_PX, int(right - left - 16))
            on_its_own = chosen and kind == "accent"  # which the row is filled with
            ground = theme.color("surface" if on_its_own else f"{kind}_soft")
            ink = theme.color(f"{kind}_ink")
            left += draw.pill(painter, left, middle, words, ground, ink) + 5
            if right - left < _LEAST:
                return

    def _states(self, item: Any) -> list[tuple[str, str]]:
        now = self._clock.now()
        if item.sleeps(now):
            found = [(queue_phrases.back_at(item.snoozed_until, self._clock), "accent")]
        else:
            found = []
            if item.waiting_since is not None:
                seconds = self._clock.since_s(item.waiting_since)
                kind = "alert" if seconds >= phrases.ALERT_AFTER_S else "warn"
                found.append((phrases.waiting(seconds), kind))
            if item.reminds(now):
                found.append((queue_phrases.reminder(), "accent"))
        if item.assignee_id and item.assignee_id != self._me:
            found.append((item.assignee_name, "accent"))
        return found


@functools.cache
def _is_chosen(state: QStyle.StateFlag) -> bool:
    return bool(state & QStyle.StateFlag.State_Selected)


@functools.cache
def _ground_role(state: QStyle.StateFlag) -> str:
    if _is_chosen(state):
        return "accent_soft"
    return "hover" if state & QStyle.StateFlag.State_MouseOver else "surface"


def _how_far(painter: QPainter, left: float, middle: float, item: Any) -> None:
    """On its way (a clock), sent, read."""
    if item.preview_queued:
        icons.paint(painter, "clock", QRectF(left, middle - 6, 12, 12), theme.color("ink_faint"))
        return
    shade = theme.color("accent_ink" if item.preview_read else "ink_faint")
    draw.ticks(painter, left, middle, shade, double=item.preview_read)


def _failed(painter: QPainter, left: float, middle: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("alert"))
    painter.drawEllipse(QPointF(left + 8, middle), 8, 8)
    painter.setPen(QColor("#FFFFFF"))
    painter.setFont(fonts.font(12, 700))
    painter.drawText(QRectF(left, middle - 8, 16, 16), Qt.AlignmentFlag.AlignCenter, "!")


def _skeleton(painter: QPainter, box: QRectF) -> None:
    ratio, shade = painter.device().devicePixelRatioF(), theme.color("line_soft").rgba()
    painter.drawPixmap(box.topLeft(), _outline(box.width(), shade, ratio))


@functools.lru_cache(maxsize=8)
def _outline(width: float, shade: int, ratio: float) -> QPixmap:
    """A flung list is nothing but these for a moment; copied, they cost a tenth."""
    made = QPixmap(math.ceil(width * ratio), math.ceil(ROW_HEIGHT * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(shade))
    painter.drawEllipse(QRectF(_LEFT, 11, _AVATAR, _AVATAR))
    painter.drawRoundedRect(QRectF(_TEXT_LEFT, 15, 84, 12), 6, 6)
    painter.drawRoundedRect(QRectF(_TEXT_LEFT, 37, width - _TEXT_LEFT - 60, 10), 5, 5)
    painter.end()
    return made
