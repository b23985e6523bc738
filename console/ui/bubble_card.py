"""A product in a bubble: picture, name, the clerk's words, price, sizes in stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTextLayout

from console.ui import draw, fonts, marked_line, phrases, pictures, theme
from console.ui.i18n import language, translate
from console.ui.text_layout import Links, find_links, lay_out

_PICTURE: Final = (94.0, 120.0)
_GAP: Final = 13.0
_LEAST, _MOST = 150.0, 216.0
_NAME_LINE: Final = 22.0


@dataclass(slots=True)
class Card:
    """Where the parts are."""

    picture: QRectF
    name: QTextLayout
    name_at: QPointF
    words: QTextLayout | None
    words_at: QPointF
    price: QRectF
    sizes: QRectF
    width: float
    bottom: float
    links: Links = field(default_factory=list)

    @property
    def boxes(self) -> list[QRectF]:
        """Everything that moves with the bubble, but its texts."""
        return [self.picture, self.price, self.sizes]


def name_of(card: Any) -> str:
    """Name with colour and size, in the clerk's language."""
    return str(card.title(english=language() == "en"))


def sizes_of(card: Any) -> str:
    """Which sizes there were when it was shown."""
    return in_stock(card.sizes)


def in_stock(sizes: Sequence[str]) -> str:
    """Which sizes there are."""
    if not sizes:
        return translate("Bubble", "Sold out for now")
    return translate("Bubble", "{sizes} in stock").format(sizes=" / ".join(sizes))


def place(card: Any, body: str, left: float, top: float, limit: float) -> Card:
    """Lay the card out from a corner, with the message's own words under the name."""
    picture = QRectF(left, top, *_PICTURE)
    room = max(_LEAST, min(_MOST, limit - _PICTURE[0] - _GAP))
    x = picture.right() + _GAP
    name, _, high = lay_out(name_of(card), room, fonts.font(theme.NAME_PX, 700),
                            line_height=_NAME_LINE)  # fmt: skip
    y = top + high + 2
    words, words_at, links = None, QPointF(x, y), find_links(body)
    if body:
        words, _, high = lay_out(body, room, fonts.font(theme.SMALL_PX), links, 20.0)
        y += high + 4
    y = max(y, picture.bottom() - 48)
    price, sizes = QRectF(x, y + 2, room, 22), QRectF(x, y + 25, room, 18)
    return Card(picture, name, QPointF(x, top), words, words_at, price, sizes,
                x + room - left, max(picture.bottom(), sizes.bottom()), links)  # fmt: skip


def paint(
    painter: QPainter, placed: Card, card: Any, store: pictures.Pictures,
    hits: marked_line.Hits = (),
) -> None:  # fmt: skip
    """Paint everything but the message's own words; ``hits`` are marked in the name."""
    ground = QPainterPath()
    ground.addRoundedRect(placed.picture, 8, 8)
    painter.fillPath(ground, theme.color("paper"))
    pictures.paint(painter, placed.picture, pictures.of_product(store, card.picture, 360))
    painter.setPen(theme.color("ink"))
    placed.name.draw(painter, placed.name_at, marked_line.marks(name_of(card), hits))
    _price(painter, placed.price, card)
    sizes = draw.elided(sizes_of(card), theme.TINY_PX, int(placed.sizes.width()))
    draw.text_line(painter, placed.sizes, sizes, fonts.font(theme.TINY_PX),
                   theme.color("ink_faint"))  # fmt: skip


def _price(painter: QPainter, box: QRectF, card: Any) -> None:
    now = phrases.money(card.promo_price if card.promo_price is not None else card.price)
    font = fonts.font(theme.NAME_PX, 700)
    draw.text_line(painter, box, now, font, theme.color("alert_ink"))
    if card.promo_price is None or card.promo_price >= card.price:
        return
    left = box.left() + draw.width_of(now, theme.NAME_PX, 700) + 8
    old, faint = phrases.money(card.price), theme.color("ink_faint")
    room = QRectF(left, box.top(), box.right() - left, box.height())
    draw.text_line(painter, room, old, fonts.font(theme.TINY_PX), faint)
    painter.setPen(QPen(faint, 1))
    middle = box.center().y() + 1
    wide = min(room.width(), draw.width_of(old, theme.TINY_PX))
    painter.drawLine(QPointF(left, middle), QPointF(left + wide, middle))
