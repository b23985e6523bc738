"""Paints the lines of a timeline: bubbles, dividers, notices, the row that loads older ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console import roles
from console.ui import (
    bubble,
    bubble_card,
    bubble_photos,
    bubble_quote,
    bubble_voice,
    draw,
    fonts,
    icons,
    line_painter,
    marked_line,
    phrases,
    pictures,
    text_layout,
    theme,
)
from console.ui.clock import ShopClock
from console.ui.playing import Playing

_CACHED: Final = 2_000
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the pointer.

    ``link``, ``photo``, ``video``, ``play``, ``seek``, ``speed``, ``quote``, ``older``, or an
    action below a bubble: ``retry``, ``discard``, ``send_now``, ``reschedule``, ``unschedule``,
    ``unsend``.
    """

    kind: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Selected:
    """Characters chosen with the mouse, in the text of one bubble and in Qt's units."""

    key: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """Places in one bubble that a search led to: in its text, and in what else it shows."""

    key: str = ""
    hits: marked_line.Hits = ()
    others: tuple[tuple[str, marked_line.Hits], ...] = ()

    def of(self, words: str) -> marked_line.Hits:
        """Places in a caption or a card's title."""
        return next((hits for text, hits in self.others if text == words), ())


class MessageDelegate(QStyledItemDelegate):
    """Measures each line once per width and paints it from that.

    Attributes:
        selected: what is chosen with the mouse.
        marked: what a search led to.
        flashing: key of the bubble that was jumped to, "" when none shines.
        playing: what the player holds, asked while painting.
    """

    def __init__(
        self,
        clock: ShopClock,
        photos: pictures.Pictures,
        me: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._me = me
        self._clock = clock
        self._photos = photos
        self.selected, self.marked = Selected(), Marked()
        self.flashing = ""
        self.playing: Callable[[], Playing | None] = lambda: None
        self._cache: OrderedDict[str, tuple[Any, int, bool, bubble.Bubble]] = OrderedDict()

    def forget(self) -> None:
        """Measure everything anew: another language, palette or font."""
        self._cache.clear()

    def heights(self, indexes: Sequence[QModelIndex], width: int) -> list[int]:
        """Heights of lines at a width."""
        return [self._height(index, width) for index in indexes]

    def _height(self, index: _Index, width: int) -> int:
        line = index.data(roles.LINE)
        if line == roles.LINE_MESSAGE:
            return round(self.measured(index, width).height)
        return line_painter.height(line)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Width of the view, height of the line."""
        width = option.rect.width()
        return QSize(width, self._height(index, width))

    def measured(self, index: _Index, width: int) -> bubble.Bubble:
        """The parts of a message's line."""
        item, joined = index.data(roles.ITEM), bool(index.data(roles.JOINED))
        kept = self._cache.get(item.key)
        if kept is not None and kept[0] == item and kept[1] == width and kept[2] == joined:
            return kept[3]
        made = bubble.measure(item, width, self._clock, joined=joined, me=self._me)
        self._cache[item.key] = (item, width, joined, made)
        self._cache.move_to_end(item.key)
        if len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return made

    # --- painting -------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        line, width = index.data(roles.LINE), option.rect.width()
        if line == roles.LINE_MESSAGE:
            made, item = self.measured(index, width), index.data(roles.ITEM)
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            if item.key == self.flashing:
                line_painter.flash(painter, width, made.height)
            if made.notice:
                line_painter.centred(painter, width, made.notice, made.height)
            else:
                self._message(painter, made, item, selected=selected)
        elif line == roles.LINE_DAY:
            when = phrases.divider(index.data(roles.LINE_AT), self._clock)
            line_painter.centred(painter, width, when, line_painter.DIVIDER)
        elif line == roles.LINE_UNREAD:
            line_painter.unread(painter, width)
        elif line == roles.LINE_OLDER:
            older = line_painter.older_text(index.data(roles.ITEM))
            line_painter.centred(painter, width, older, line_painter.DIVIDER)
        else:
            line_painter.placeholder(painter, width)
        painter.restore()

    def _message(
        self, painter: QPainter, made: bubble.Bubble, item: Any, *, selected: bool
    ) -> None:
        _ground(painter, made, item, selected=selected)
        if made.avatar is not None:
            draw.avatar(painter, made.avatar, item.sender_name)
        if made.name_at is not None:
            font, right = fonts.font(theme.TINY_PX), Qt.AlignmentFlag.AlignRight
            ink = theme.color("ink_faint")
            draw.text_line(painter, made.name_at, made.name, font, ink, right)
        _head(painter, made, item)
        marked = self.marked if self.marked.key == item.key else Marked()
        if made.quote is not None:
            bubble_quote.paint(painter, made.quote, item.quote, self._photos)
        if made.card is not None:
            found = marked.of(bubble_card.name_of(item.card))
            bubble_card.paint(painter, made.card, item.card, self._photos, found)
        self._media(painter, made, item, marked)
        if made.text is not None:
            painter.setPen(theme.color("ink"))
            mine = self.selected if self.selected.key == item.key else Selected()
            chosen = text_layout.selection(mine.start, mine.end)
            shown = [*marked_line.marks(item.body, marked.hits), *chosen]
            made.text.draw(painter, made.text_at, shown)
        line_painter.meta(painter, made)
        line_painter.failure(painter, made)

    def _media(self, painter: QPainter, made: bubble.Bubble, item: Any, marked: Marked) -> None:
        busy = item.state == "uploading"
        for box, photo in zip(made.photos, item.photos, strict=False):
            pictures.paint(painter, box, self._photos.get(photo), photo.blurhash)
            if busy:
                bubble_photos.paint_progress(painter, box, item.progress)
        bubble_photos.paint_captions(painter, made.captions, marked.of)
        if made.video is not None:
            bubble_photos.paint_video(painter, made.video, item.photos[0], self._photos, busy=busy)
            if busy:
                bubble_photos.paint_progress(painter, made.video, item.progress)
        if made.voice is not None:
            playing = self.playing()
            mine = playing if playing is not None and playing.key == item.key else None
            bubble_voice.paint(painter, made.voice, item.photos[0], mine)

    # --- the pointer ----------------------------------------------------------------------

    def hit(self, index: QModelIndex, rect: QRectF, point: QPointF) -> Hit | None:
        """What a click at a point of the viewport would do."""
        line = index.data(roles.LINE)
        if line == roles.LINE_OLDER:
            return Hit("older")
        if line != roles.LINE_MESSAGE:
            return None
        made, item = self.measured(index, round(rect.width())), index.data(roles.ITEM)
        local = point - rect.topLeft()
        for number, box in enumerate(made.photos):
            if box.contains(local):
                return Hit("photo", number)
        for name, _, box in made.actions:
            if box.contains(local):
                return Hit(name, item.entry)
        if made.video is not None and made.video.contains(local):
            return Hit("video")
        if made.quote is not None and made.quote.box.contains(local):
            return Hit("quote", item.quote)
        return _voice_hit(made, local) or _link_hit(made, local)

    def text_place(self, index: QModelIndex, rect: QRectF, point: QPointF) -> int | None:
        """Where in a bubble's text a point is; ``None`` beside the text."""
        if index.data(roles.LINE) != roles.LINE_MESSAGE:
            return None
        made = self.measured(index, round(rect.width()))
        if made.text is None or made.notice:
            return None
        inside = point - rect.topLeft() - made.text_at
        if not text_layout.is_over_text(made.text, inside):
            return None
        return text_layout.offset_at(made.text, inside)

    def nearest_place(self, index: QModelIndex, rect: QRectF, point: QPointF) -> int:
        """The place in a bubble's text that is nearest to a point anywhere."""
        made = self.measured(index, round(rect.width()))
        if made.text is None:
            return 0
        return text_layout.offset_at(made.text, point - rect.topLeft() - made.text_at)


def _voice_hit(made: bubble.Bubble, local: QPointF) -> Hit | None:
    if made.voice is None or not made.voice.box.adjusted(-6, -4, 0, 4).contains(local):
        return None
    if made.voice.speed.contains(local):
        return Hit("speed")
    if made.voice.wave.contains(local):
        return Hit("seek", (local.x() - made.voice.wave.left()) / made.voice.wave.width())
    return Hit("play")


def _link_hit(made: bubble.Bubble, local: QPointF) -> Hit | None:
    if made.text is None:
        return None
    target = text_layout.link_at(made.text, made.links, local - made.text_at)
    return Hit("link", target) if target else None


def _ground(painter: QPainter, made: bubble.Bubble, item: Any, *, selected: bool) -> None:
    fill, line = ("mine", "mine_line") if item.mine else ("surface", "line")
    style = Qt.PenStyle.SolidLine
    if item.kind == "note":
        fill, line = "warn_soft", "brand"
    elif item.kind == "scheduled":
        fill, line, style = "surface", "accent_ink", Qt.PenStyle.DashLine
    if item.state == "failed" or item.due in ("missed", "refused"):
        fill, line = "alert_soft", "alert"
    painter.setBrush(theme.color(fill))
    edge = theme.color("accent_ink") if selected else theme.color(line)
    painter.setPen(QPen(edge, 2 if selected else 1, style))
    painter.drawPath(draw.bubble_path(made.box.adjusted(0.5, 0.5, -0.5, -0.5), mine=item.mine))


def _head(painter: QPainter, made: bubble.Bubble, item: Any) -> None:
    if made.head_at is None:
        return
    note, wrong = item.kind == "note", item.due in ("missed", "refused")
    ink = theme.color("warn_ink" if note else "alert_ink" if wrong else "accent_ink")
    icon = QRectF(made.head_at.left(), made.head_at.top() + 2, 14, 14)
    icons.paint(painter, _head_icon(item), icon, ink)
    room = made.head_at.adjusted(19, 0, 4, 0)
    shown = draw.elided(made.head, theme.TINY_PX, int(room.width()), 600)
    draw.text_line(painter, room, shown, fonts.font(theme.TINY_PX, 600), ink)


def _head_icon(item: Any) -> str:
    if item.kind == "note":
        return "lock"
    if item.question is not None:
        return "chat"
    return "coupon" if item.offer is not None else "clock"
