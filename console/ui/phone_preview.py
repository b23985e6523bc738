"""A campaign's message as a member's phone shows it: cards, grid or colour strip, words, the way
out.  Painted; the phone page (``resources/web``) draws the same out of the same row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui import (
    bubble_photos,
    bubble_phrases,
    draw,
    fonts,
    phone_label,
    phone_offer,
    phone_question,
    pictures,
    theme,
)
from console.ui.phone_offer import ShownOffer
from console.ui.phone_question import ShownQuestion
from console.ui.phone_words import broken, said, write
from console.ui.theme import Tokens

_WIDTH: Final = 276.0
_FRAME: Final = 9.0
_PAD: Final = 12.0
_COVER_SHAPE: Final = (0.56, 1.25)
"""Height of a cover by its width; a lower or taller photo is cut, as on the phone."""
_TILE_SHAPE, _STRIP_SHAPE = 1.18, 1.26


@dataclass(frozen=True, slots=True)
class Shown:
    """What the phone shows.

    Attributes:
        shop: whose page it is; ``to``: whose phone.
        words: as they will arrive; ``photos`` in order, each with ``caption``.
        layout: ``cards``, ``grid``, ``strip`` or "" (as ``cards``).
        question: what it asks, ``None`` without.
        offer: what it has some of, ``None`` without.
        note: instead of a message, why there is none.
    """

    shop: str = ""
    to: str = ""
    words: str = ""
    photos: Sequence[Any] = ()
    layout: str = ""
    question: ShownQuestion | None = None
    offer: ShownOffer | None = None
    note: str = ""
    language: str = "zh"
    dark: bool = False


def cover_shape(photo: Any) -> float:
    """Height of a cover by its width; of a photo whose size is not known yet, a guess."""
    width, height = photo.width, photo.height
    low, tall = _COVER_SHAPE
    return min(tall, max(low, height / width)) if width and height else 0.86


class PhonePreview(QWidget):
    """A phone as high as there is room; what does not fit is scrolled."""

    def __init__(self, picture: Callable[[Any], QPixmap | None]) -> None:
        super().__init__()
        self._picture = picture
        self._shown = Shown()
        self._scrolled = self._height = 0.0
        self._to_end = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def shown(self) -> Shown:
        """What it shows."""
        return self._shown

    def show_message(self, shown: Shown) -> None:
        """Show another message."""
        self._shown = shown
        self.setAccessibleName(shown.to)
        self.setAccessibleDescription(shown.note or shown.words)
        self.update()

    def scroll_to_end(self) -> None:
        """Show the end of the message, where an offer is."""
        self._to_end = True
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as a phone."""
        return QSize(round(_WIDTH), 590)

    def minimumSizeHint(self) -> QSize:
        """Half a phone."""
        return QSize(round(_WIDTH), 320)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page."""
        wanted = self._scrolled - event.angleDelta().y() / 3
        self._scrolled = max(0.0, min(wanted, self._height))
        event.accept()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of fonts."""
        super().changeEvent(event)
        self.update()

    # --- painting -------------------------------------------------------------------------

    @property
    def _screen(self) -> QRectF:
        high = min(float(self.height()), 640.0)
        body = QRectF(0, (self.height() - high) / 2, _WIDTH, high)
        return body.adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the phone."""
        look = theme.DARK if self._shown.dark else theme.LIGHT
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        screen = self._screen
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.drawRoundedRect(screen.adjusted(-_FRAME, -_FRAME, _FRAME, _FRAME), 32, 32)
        clip = QPainterPath()
        clip.addRoundedRect(screen, 24, 24)
        painter.setClipPath(clip)
        painter.fillRect(screen, look.color("paper"))
        self._paint_message(painter, screen, look)
        self._paint_head(painter, screen, look)
        self._paint_foot(painter, screen, look)
        painter.end()

    def _paint_head(self, painter: QPainter, screen: QRectF, look: Tokens) -> None:
        head = QRectF(screen.left(), screen.top(), screen.width(), 58)
        painter.fillRect(head, look.color("surface"))
        painter.fillRect(QRectF(head.left(), head.bottom(), head.width(), 1), look.color("line"))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw.text_line(painter, head.adjusted(0, 8, 0, -28), self._shown.shop,
                       fonts.font(theme.BODY_PX, 700), look.color("ink"), middle)  # fmt: skip
        draw.text_line(painter, head.adjusted(8, 30, -8, -6),
                       draw.elided(self._shown.to, theme.TINY_PX, round(head.width()) - 20),
                       fonts.font(theme.TINY_PX), look.color("ink_soft"), middle)  # fmt: skip

    def _paint_foot(self, painter: QPainter, screen: QRectF, look: Tokens) -> None:
        foot = QRectF(screen.left(), screen.bottom() - 46, screen.width(), 46)
        painter.fillRect(foot, look.color("surface"))
        field = foot.adjusted(12, 7, -12, -9)
        painter.setPen(look.color("line"))
        painter.setBrush(look.color("paper"))
        painter.drawRoundedRect(field, 15, 15)
        words = said(self._shown.language, "composer.placeholder")
        draw.text_line(painter, field.adjusted(12, 0, -8, 0), words, fonts.font(theme.TINY_PX),
                       look.color("ink_faint"))  # fmt: skip

    def _paint_message(self, painter: QPainter, screen: QRectF, look: Tokens) -> None:
        shown = self._shown
        top = screen.top() + 58 + 14
        room = screen.height() - 58 - 46 - 28
        if shown.note:
            box = QRectF(screen.left() + 24, screen.center().y() - 60, screen.width() - 48, 120)
            painter.setPen(look.color("ink_soft"))
            painter.setFont(fonts.font(theme.SMALL_PX))
            painter.drawText(
                box, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, shown.note
            )
            return
        card = QRectF(screen.left() + 12, top, screen.width() - 24, 0)
        blocks = self._blocks(card, look)
        card.setHeight(sum(high for high, _ in blocks))
        self._height = max(0.0, card.height() - room)
        self._scrolled = self._height if self._to_end else min(self._scrolled, self._height)
        self._to_end = False
        card.translate(0, -self._scrolled)
        painter.setPen(look.color("line"))
        painter.setBrush(look.color("surface"))
        painter.drawRoundedRect(card, 12, 12)
        at = card.top()
        for high, paint in blocks:
            paint(painter, at)
            at += high

    def _blocks(
        self, card: QRectF, look: Tokens
    ) -> list[tuple[float, Callable[[QPainter, float], None]]]:
        """What stands in the card from top to bottom: how high, and how it is painted."""
        shown, blocks = self._shown, []
        photos = list(shown.photos)
        if shown.layout == "grid" and len(photos) > 1:
            blocks.append(self._grid(card, photos, look))
        elif shown.layout == "strip" and len(photos) > 1:
            blocks.append(self._row(card, photos, look, first=True))
        elif photos:
            blocks.append(self._cover(card, photos[0], look))
        if shown.words:
            blocks.append(self._text(card, shown.words, theme.BODY_PX, look, "ink"))
        if shown.layout in {"", "cards"} and len(photos) > 1:
            blocks.append(self._row(card, photos[1:], look, first=not shown.words))
        if shown.question is not None:
            question = shown.question
            blocks.append(phone_question.block(card, question, shown.language, look))
        if shown.offer is not None:
            blocks.append(phone_offer.block(card, shown.offer, shown.language, look))
        out = said(shown.language, "campaign.opt_out")
        blocks.append(self._text(card, out, theme.TINY_PX, look, "ink_faint"))
        return blocks

    def _text(
        self, card: QRectF, words: str, pixels: int, look: Tokens, role: str
    ) -> tuple[float, Callable[[QPainter, float], None]]:
        text = broken(words, pixels, card.width() - 2 * _PAD)

        def paint(painter: QPainter, at: float) -> None:
            write(painter, text, QPointF(card.left() + _PAD, at + 9), look.color(role))

        return text.size().height() + 18.0, paint

    def _cover(
        self, card: QRectF, photo: Any, look: Tokens
    ) -> tuple[float, Callable[[QPainter, float], None]]:
        high = card.width() * cover_shape(photo)
        wide = card.width() - 2 * _PAD
        below = self._below([photo], wide)

        def paint(painter: QPainter, at: float) -> None:
            round_card = QPainterPath()
            round_card.addRoundedRect(card.adjusted(1, 1, -1, -1), 11, 11)
            painter.save()
            painter.setClipPath(round_card, Qt.ClipOperation.IntersectClip)
            box = QRectF(card.left() + 1, at, card.width() - 2, high)
            self._photo(painter, box, photo, 0)
            if getattr(photo, "mime", "").startswith("video/"):
                bubble_photos.paint_film(painter, box, bubble_phrases.minutes(photo.duration_ms))
            painter.restore()
            box = QRectF(card.left() + _PAD, at + high + 2, wide, below)
            phone_label.paint(painter, photo, box, look, self._shown.language, middle=False)

        return high + below, paint

    def _grid(
        self, card: QRectF, photos: list[Any], look: Tokens
    ) -> tuple[float, Callable[[QPainter, float], None]]:
        columns = 2 if len(photos) in {2, 4} else 3
        gap = 5.0
        side = (card.width() - 2 * _PAD - (columns - 1) * gap) / columns
        high = side * _TILE_SHAPE
        rows = [photos[first : first + columns] for first in range(0, len(photos), columns)]
        under = [self._below(row, side) for row in rows]

        def paint(painter: QPainter, at: float) -> None:
            top = at + _PAD
            for row, below in zip(rows, under, strict=True):
                for column, photo in enumerate(row):
                    box = QRectF(card.left() + _PAD + column * (side + gap), top, side, high)
                    self._photo(painter, box, photo, 6)
                    label = QRectF(box.left(), box.bottom(), side, below)
                    phone_label.paint(painter, photo, label, look, self._shown.language,
                                      at_end=True)  # fmt: skip
                top += high + below + gap

        return _PAD + sum(under) + len(rows) * (high + gap), paint

    def _row(
        self, card: QRectF, photos: list[Any], look: Tokens, *, first: bool
    ) -> tuple[float, Callable[[QPainter, float], None]]:
        wide, gap = 74.0, 6.0
        tall, above = wide * _STRIP_SHAPE, _PAD if first else 0.0
        below = self._below(photos, wide)

        def paint(painter: QPainter, at: float) -> None:
            painter.save()
            painter.setClipRect(card.adjusted(1, 0, -1, 0), Qt.ClipOperation.IntersectClip)
            for number, photo in enumerate(photos):
                box = QRectF(card.left() + _PAD + number * (wide + gap), at + above, wide, tall)
                self._photo(painter, box, photo, 6)
                label = QRectF(box.left(), box.bottom(), wide, below)
                phone_label.paint(painter, photo, label, look, self._shown.language, at_end=True)
            painter.restore()

        return above + tall + below + 2, paint

    def _below(self, photos: Sequence[Any], width: float) -> float:
        return phone_label.height(photos, width, self._shown.language)

    def _photo(self, painter: QPainter, box: QRectF, photo: Any, radius: float) -> None:
        pictures.paint(painter, box, self._picture(photo), getattr(photo, "blurhash", ""), radius)
