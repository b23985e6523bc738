"""One tile of a photo grid, its places and buttons, and the empty one where more photos go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QTransform

from console.ui import bubble_photos, draw, fonts, icons, pictures, theme
from console.ui.i18n import translate
from console.ui.keymap import keymap

WIDTH, GAP, CAPTION, EDGE = 118.0, 12.0, 24.0, 3.0
PITCH: Final = WIDTH + GAP
RATIO: Final = 1.06
"""How much higher than wide a picture is."""
_BUTTON: Final = 24.0
_PADDING: Final = 3.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One photo: what its picture is asked with, and the words under it.

    ``quarters``: it is being turned, so far clockwise; ``busy``: something is made of it;
    ``linked``: it shows an article; ``film``: how long a video is, "" of a photo.
    """

    photo: Any
    caption: str = ""
    quarters: int = 0
    busy: bool = False
    linked: bool = False
    film: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with a photo besides its caption, its place and taking it out."""

    id: str
    icon: str
    words: Callable[[], str]
    command: str

    @property
    def tip(self) -> str:
        """Its words, and its key."""
        keys = keymap().text(self.command)
        return f"{self.words()} ({keys})" if keys else self.words()


DEEDS: Final = (
    Deed("left", "rotate-left", lambda: translate("PhotoGrid", "Turn left"), "photo.left"),
    Deed("right", "rotate-right", lambda: translate("PhotoGrid", "Turn right"), "photo.right"),
    Deed("crop", "crop", lambda: translate("PhotoGrid", "Crop…"), "photo.crop"),
    Deed("item", "tag", lambda: translate("PhotoGrid", "Item it shows…"), "photo.item"),
)


def deed_boxes(box: QRectF) -> list[tuple[Deed, QRectF]]:
    """Where the buttons of a tile are whose picture is in ``box``."""
    wide = len(DEEDS) * _BUTTON
    left, top = box.center().x() - wide / 2, box.bottom() - _BUTTON - 8
    return [(deed, QRectF(left + number * _BUTTON, top, _BUTTON, _BUTTON))
            for number, deed in enumerate(DEEDS)]  # fmt: skip


def deed_at(box: QRectF, point: QPointF) -> Deed | None:
    """Whose button is there."""
    return next((deed for deed, place in deed_boxes(box) if place.contains(point)), None)


def paint_picture(painter: QPainter, box: QRectF, tile: Tile, shown: QPixmap | None) -> None:
    """The picture as far as it is there, turned as it will be."""
    if shown is not None and tile.quarters:
        shown = shown.transformed(QTransform().rotate(90 * tile.quarters))
    pictures.paint(painter, box, shown, getattr(tile.photo, "blurhash", ""))
    if shown is None:
        _mark(painter, box, "photo", theme.color("ink_soft"))
    elif tile.busy:
        veil = theme.color("surface")
        veil.setAlpha(120)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(box, 8, 8)
        _mark(painter, box, "clock", theme.color("ink"))
    if tile.film:
        bubble_photos.paint_film(painter, box, tile.film)


def _mark(painter: QPainter, box: QRectF, name: str, ink: Any) -> None:
    mark = QRectF(0, 0, 22, 22)
    mark.moveCenter(box.center())
    icons.paint(painter, name, mark, ink)


def paint_deeds(painter: QPainter, box: QRectF, over: Deed | None) -> None:
    """The buttons, dark in each palette: photos are not; ``over`` is under the pointer."""
    places = deed_boxes(box)
    ground = places[0][1].united(places[-1][1]).adjusted(-_PADDING, -_PADDING, _PADDING, _PADDING)
    dark = theme.LIGHT.color("ink")
    dark.setAlpha(225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(dark)
    painter.drawRoundedRect(ground, 8, 8)
    for deed, place in places:
        if deed is over:
            painter.setBrush(theme.LIGHT.color("accent"))
            painter.drawRoundedRect(place, 6, 6)
        white = theme.LIGHT.color("surface")
        icons.paint(painter, deed.icon, place.adjusted(4, 4, -4, -4), white)


def paint_cross(painter: QPainter, box: QRectF) -> None:
    """What takes it out."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.LIGHT.color("ink"))
    painter.drawEllipse(box)
    icons.paint(painter, "close", box.adjusted(5, 5, -5, -5), theme.LIGHT.color("surface"))


def paint_caption(painter: QPainter, box: QRectF, tile: Tile, *, locked: bool) -> None:
    """The words under it; where there are none, that some can be written."""
    if tile.film:
        return
    if tile.linked:
        mark = QRectF(box.left(), box.center().y() - 7, 14, 14)
        icons.paint(painter, "tag", mark, theme.color("accent_ink"))
        box = box.adjusted(17, 0, 0, 0)
    words = tile.caption or ("" if locked else translate("PhotoGrid", "Caption"))
    ink = theme.color("ink" if tile.caption else "ink_faint")
    shown = bubble_photos.fitted(words, round(box.width()))
    draw.text_line(painter, box, shown, fonts.font(theme.TINY_PX), ink)


def paint_room(painter: QPainter, box: QRectF, *, over: bool) -> None:
    """The place where more are dropped; ``over``: files are held over it."""
    role = "accent_ink" if over else "field_line"
    painter.setPen(QPen(theme.color(role), 1.6, Qt.PenStyle.DashLine))
    painter.setBrush(theme.color("accent_soft") if over else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(theme.color("ink_soft"))
    painter.setFont(fonts.font(theme.TINY_PX))
    words = translate("PhotoGrid", "Drag in, paste\nor click to pick")
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{words}\nJPG PNG WebP\nHEIC AVIF MP4")


def columns(width: float) -> int:
    """How many tiles stand in a row so wide."""
    return max(1, round((width - 2 * EDGE + GAP) / PITCH))


def box(number: int, width: float) -> QRectF:
    """Where the ``number``-th picture is in rows so wide, which the tiles fill."""
    pitch = _pitch(width)
    row, column = divmod(number, columns(width))
    return QRectF(EDGE + column * pitch, EDGE + row * _down(pitch),
                  pitch - GAP, (pitch - GAP) * RATIO)  # fmt: skip


def height(count: int, width: float) -> int:
    """Room for so many tiles in rows so wide."""
    rows = -(-count // columns(width))
    return round(rows * _down(_pitch(width)) + 2 * EDGE)


def _pitch(width: float) -> float:
    """From one tile to the next."""
    return max((width - 2 * EDGE + GAP) / columns(width), 2 * GAP)


def _down(pitch: float) -> float:
    """From one row to the next."""
    return (pitch - GAP) * RATIO + CAPTION + GAP / 2
