"""Photos and videos in a bubble: one, an album with captions, a strip of colours."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from console.domain import prices
from console.ui import bubble_phrases, draw, fonts, marked_line, marks, phrases, pictures, theme

_THUMB: Final = QSizeF(96, 118)
_GAP, _STRIP_GAP = 6.0, 4.0
_ONE_MAX: Final = (240.0, 280.0)
_CAPTION: Final = 19.0
_STRIP_LEAST: Final = 64.0
_STRIP_MOST: Final = 5


@dataclass(slots=True)
class Placed:
    """Where photos and the words under them are; ``captions`` holds only those with words."""

    width: float = 0.0
    boxes: list[QRectF] = field(default_factory=list)
    captions: list[tuple[QRectF, str]] = field(default_factory=list)


def place(photos: Sequence[Any], layout: str, left: float, top: float, limit: float) -> Placed:
    """Lay photos out from a corner, no wider than ``limit``."""
    if len(photos) == 1:
        return _single(photos[0], left, top, limit)
    if layout == "strip":
        return _grid(photos, left, top, _strip_columns(len(photos), limit), _STRIP_GAP, limit)
    columns = 2 if len(photos) == 4 else min(3, len(photos))
    return _grid(photos, left, top, columns, _GAP, limit)


def one(photo: Any, left: float, top: float, limit: float) -> QRectF:
    """Where a single photo or video is, in its own proportions."""
    wide, high = float(photo.width or 240), float(photo.height or 240)
    scale = min(min(_ONE_MAX[0], limit) / wide, _ONE_MAX[1] / high, 1.0)
    return QRectF(left, top, max(72.0, wide * scale), max(56.0, high * scale))


def _single(photo: Any, left: float, top: float, limit: float) -> Placed:
    box = one(photo, left, top, limit)
    placed = Placed(box.width(), [box])
    if words := phrases.under(photo):
        wide = min(limit, max(box.width(), draw.width_of(words, theme.TINY_PX) + 2))
        placed.captions.append((QRectF(left, box.bottom() + 2, wide, _CAPTION), words))
        placed.width = wide
    return placed


def _strip_columns(count: int, limit: float) -> int:
    """As many side by side as stay wide enough to be seen."""
    fit = int((limit + _STRIP_GAP) // (_STRIP_LEAST + _STRIP_GAP))
    return max(1, min(count, fit, _STRIP_MOST))


def _grid(
    photos: Sequence[Any], left: float, top: float, columns: int, gap: float, limit: float
) -> Placed:
    wide = min(_THUMB.width(), (limit - (columns - 1) * gap) / columns)
    words = _CAPTION if any(phrases.under(photo) for photo in photos) else 0.0
    placed = Placed(columns * (wide + gap) - gap)
    for number, photo in enumerate(photos):
        row, column = divmod(number, columns)
        x = left + column * (wide + gap)
        y = top + row * (_THUMB.height() + words + gap)
        placed.boxes.append(QRectF(x, y, wide, _THUMB.height()))
        if said := phrases.under(photo):
            at = QRectF(x, y + _THUMB.height() + 1, wide, _CAPTION)
            placed.captions.append((at, said))
    return placed


# --- painting -----------------------------------------------------------------------------


def fitted(caption: str, width: int) -> str:
    """A caption in one line; where there is too little room, its price stays."""
    words, cents = prices.split(caption)
    price = "" if cents is None else f" {prices.written(cents)}"
    left = width - math.ceil(draw.width_of(price, theme.TINY_PX))
    return (draw.elided(words, theme.TINY_PX, left) + price).strip()


def paint_captions(
    painter: QPainter, captions: Sequence[tuple[QRectF, str]],
    hits: Callable[[str], marked_line.Hits],
) -> None:  # fmt: skip
    """The words under photos; ``hits`` says what of them is marked."""
    for box, words in captions:
        found = hits(words)
        if found:
            room = QRectF(box)
            wide = min(box.width(), draw.width_of(words, theme.TINY_PX) + 1.0)
            room.setLeft(box.center().x() - wide / 2)
            marked_line.paint(painter, room, words, found, theme.TINY_PX, theme.color("ink_soft"))
            continue
        shown = fitted(words, int(box.width()))
        font, centre = fonts.font(theme.TINY_PX), Qt.AlignmentFlag.AlignHCenter
        draw.text_line(painter, box, shown, font, theme.color("ink_soft"), centre)


def paint_video(
    painter: QPainter, box: QRectF, photo: Any, store: pictures.Pictures, *, busy: bool
) -> None:
    """A poster with what tells that it moves and how long."""
    poster = None if photo.path else store.get(photo)
    if poster is None and not photo.blurhash:
        path = QPainterPath()
        path.addRoundedRect(box, 8, 8)
        painter.fillPath(path, QColor("#2B2A27"))
    else:
        pictures.paint(painter, box, poster, photo.blurhash)
    length = bubble_phrases.minutes(photo.duration_ms) if photo.duration_ms else ""
    paint_film(painter, box, length, busy=busy)


def paint_film(painter: QPainter, box: QRectF, length: str, *, busy: bool = False) -> None:
    """That it moves, and how long."""
    if not busy:
        _play_badge(painter, box.center())
    if length:
        _length(painter, box, length)


def _play_badge(painter: QPainter, centre: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 18, 15, 150))
    painter.drawEllipse(centre, 22, 22)
    marks.triangle(painter, QRectF(centre.x() - 8, centre.y() - 9, 18, 18), QColor("#FFFFFF"))


def _length(painter: QPainter, box: QRectF, text: str) -> None:
    wide = draw.width_of(text, 11, 600) + 12
    pill = QRectF(box.right() - wide - 6, box.bottom() - 24, wide, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 18, 15, 170))
    painter.drawRoundedRect(pill, 9, 9)
    centre, white = Qt.AlignmentFlag.AlignHCenter, QColor("#FFFFFF")
    draw.text_line(painter, pill, text, fonts.font(11, 600), white, centre)


def paint_progress(painter: QPainter, box: QRectF, part: float) -> None:
    """How much of a file is on the relay."""
    bar = QRectF(box.left() + 10, box.bottom() - 14, box.width() - 20, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRoundedRect(bar, 2, 2)
    bar.setWidth(max(4.0, bar.width() * min(1.0, part)))
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(bar, 2, 2)
