"""What a bubble answers: a strip with who said it and what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from console.ui import draw, fonts, phrases, pictures, theme
from console.ui.i18n import translate

_HIGH: Final = 40.0
_THUMB: Final = 32.0


@dataclass(slots=True)
class Quote:
    """Where the strip and, if there is a photo, its thumbnail are."""

    box: QRectF
    thumb: QRectF | None

    @property
    def boxes(self) -> list[QRectF]:
        """Everything that moves with the bubble."""
        return [self.box, *([self.thumb] if self.thumb is not None else [])]


def words(quote: Any) -> str:
    """What was said, in one line."""
    if quote.recalled:
        return translate("Bubble", "This message was taken back")
    if not quote.seq:
        return translate("Bubble", "An earlier message")
    return phrases.of_kind(quote.kind, quote.body)


def place(quote: Any, left: float, top: float, limit: float) -> Quote:
    """Lay the strip out, no wider than ``limit``."""
    has_photo = quote.photo is not None and quote.kind in ("photo", "video")
    text = max(
        draw.width_of(words(quote)[:80], theme.TINY_PX),
        draw.width_of(quote.sender_name[:40], theme.TINY_PX, 600),
    )
    wide = min(limit, text + 22 + (_THUMB + 8 if has_photo else 0))
    box = QRectF(left, top, wide, _HIGH)
    thumb = QRectF(box.right() - _THUMB - 4, top + 4, _THUMB, _THUMB) if has_photo else None
    return Quote(box, thumb)


def paint(painter: QPainter, placed: Quote, quote: Any, store: pictures.Pictures) -> None:
    """Paint the strip."""
    box = placed.box
    ground = QPainterPath()
    ground.addRoundedRect(box, 6, 6)
    tint = QColor(theme.color("accent"))
    tint.setAlphaF(0.10)
    painter.fillPath(ground, tint)
    painter.fillRect(QRectF(box.left(), box.top() + 3, 3, box.height() - 6), theme.color("accent"))
    room = box.adjusted(11, 0, -8, 0)
    if placed.thumb is not None:
        room.setRight(placed.thumb.left() - 8)
        pictures.paint(painter, placed.thumb, store.get(quote.photo), quote.photo.blurhash, 5)
    name = draw.elided(quote.sender_name, theme.TINY_PX, int(room.width()), 600)
    said = draw.elided(words(quote), theme.TINY_PX, int(room.width()))
    font, bold = fonts.font(theme.TINY_PX), fonts.font(theme.TINY_PX, 600)
    soft = theme.color("ink_faint" if quote.recalled else "ink_soft")
    if name:
        top = QRectF(room.left(), box.top() + 3, room.width(), 17)
        draw.text_line(painter, top, name, bold, theme.color("accent_ink"))
        room = QRectF(room.left(), box.top() + 20, room.width(), 17)
    draw.text_line(painter, room, said, font, soft, Qt.AlignmentFlag.AlignLeft)
