"""What the enquiry strip says of an article: what it is called, how many there are and where."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.desk.enquiry_types import GoodsItem
from console.domain.article_names import in_colour
from console.ui import draw, fonts, pictures, theme
from console.ui.i18n import counted, language, translate
from console.ui.pictures import Pictures
from console.ui.widgets import plain_tip

_PICTURE = (44, 54)
_GAP = 10


def article(item: GoodsItem, *, coloured: bool = True) -> str:
    """Name and colour in the clerk's language."""
    english = language() == "en"
    name = item.name_en if english and item.name_en else item.name
    colour = item.colour_en if english and item.colour_en else item.colour
    return in_colour(name, colour) if coloured else name


def size(item: GoodsItem) -> str:
    """“L 码”; a size in words stands as it is."""
    letters = item.size.isascii() and bool(item.size)
    return translate("Enquiry", "size {size}").format(size=item.size) if letters else item.size


def title(item: GoodsItem) -> str:
    """Article, colour and size."""
    return " · ".join(part for part in (article(item), size(item)) if part)


def stock(item: GoodsItem) -> str:
    """How many there are."""
    if item.awaited:
        return translate("Enquiry", "none left, on the list")
    if not item.units:
        return translate("Enquiry", "none left") if item.variant_id else translate(
            "Enquiry", "not there")  # fmt: skip
    one, many = translate("Enquiry", "1 in stock"), translate("Enquiry", "{n} in stock")
    return counted(item.units, one, many)


def short(item: GoodsItem, *, coloured: bool) -> str:
    """A choice among colours and sizes of one article."""
    english = language() == "en"
    colour = (item.colour_en if english else item.colour) or item.colour if coloured else ""
    name = " ".join(part for part in (colour, item.size) if part)
    return f"{name} · {item.units}" if name else str(item.units)


class GoodsPicture(QWidget):
    """The article's picture."""

    def __init__(self, store: Pictures) -> None:
        super().__init__()
        self._store, self._name = store, ""
        self.setFixedSize(*_PICTURE)
        store.arrived.connect(self._on_arrived)

    def _on_arrived(self, _key: object) -> None:
        # A method, not a lambda: lines of the strip go, the store of pictures stays.
        self.update()

    def show_picture(self, name: str) -> None:
        """Show another one."""
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = pictures.of_product(self._store, self._name, 200)
        pictures.paint(painter, QRectF(self.rect()), shown, radius=6)
        painter.end()


class GoodsWords(QWidget):
    """Two lines: what is asked for with how many there are; and which words said so."""

    def __init__(self) -> None:
        super().__init__()
        self._title = self._stock = self._shelf = self._below = ""
        self._there = True
        self.setFixedHeight(46)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """All it says."""
        parts = (self._title, self._stock, self._shelf, self._below)
        return " ".join(part for part in parts if part)

    def say(self, title: str, stock: str, shelf: str, below: str, *, there: bool) -> None:
        """``there``: some are in stock."""
        self._title, self._stock, self._shelf, self._below = title, stock, shelf, below
        self._there = there
        self.setAccessibleName(self.text)
        self.setToolTip(plain_tip("\n".join(part for part in (title, shelf, below) if part)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both; where the place in the shop does not fit it goes below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, body = float(self.width()), theme.BODY_PX
        of_stock = draw.width_of(self._stock, body, 700)
        named = draw.elided(self._title, body, int(room - of_stock - _GAP), 700)
        left = draw.width_of(named, body, 700) + (_GAP if self._stock else 0)
        draw.text_line(painter, QRectF(0, 1, room, 22), named, fonts.font(body, 700),
                       theme.color("ink"))  # fmt: skip
        ink = theme.color("accent_ink" if self._there else "alert_ink")
        draw.text_line(painter, QRectF(left, 1, room - left, 22), self._stock,
                       fonts.font(body, 700), ink)  # fmt: skip
        shelf = f"({self._shelf})" if self._shelf else ""
        left += of_stock + 6
        fits = left + draw.width_of(shelf, theme.SMALL_PX) <= room
        faint, small = theme.color("ink_faint"), fonts.font(theme.SMALL_PX)
        if fits:
            draw.text_line(painter, QRectF(left, 1, room - left, 22), shelf, small, faint)
        below = " · ".join(part for part in ("" if fits else self._shelf, self._below) if part)
        below = draw.elided(below, theme.SMALL_PX, int(room))
        draw.text_line(painter, QRectF(0, 24, room, 20), below, small, faint)
        painter.end()
