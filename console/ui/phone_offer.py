"""A limited offer as the card in a campaign's message shows it on a member's phone.  Painted.

The phone page (``resources/web/offers.js``) draws the same while it can still be claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from console.ui import draw, fonts, theme
from console.ui.phone_words import broken, said, write
from console.ui.theme import Tokens

_OUT: Final = 12.0
_IN: Final = 11.0
_BUTTON: Final = 34.0
_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
_WEEKDAYS: Final = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """What the card shows.

    Attributes:
        title: of the coupon; ``left``: how many there are.
        lasts_s: seconds until the deadline.
        good_until: the last moment of a coupon, in the shop's zone.
        whole_day: only its day is said.
    """

    title: str
    left: int
    lasts_s: float
    good_until: datetime
    whole_day: bool = True


def lasting(seconds: float, language: str) -> str:
    """What is left of a time, as the page says it."""
    if seconds <= 0:
        return ""
    if seconds < _HOUR:
        return said(language, "offer.minutes", n=max(1, int(seconds // _MINUTE)))
    if seconds < _DAY:
        hours, minutes = divmod(int(seconds // _MINUTE), 60)
        return said(language, "offer.hours", n=hours, m=minutes)
    days, hours = divmod(int(seconds // _HOUR), 24)
    return said(language, "offer.days", n=days, m=hours)


def last_day(shown: ShownOffer, language: str) -> str:
    """The last day of a coupon, as the page says it."""
    at = shown.good_until
    day = _WEEKDAYS[language][at.weekday()]
    if language == "zh":
        words = f"{at.month}月{at.day}日周{day}"
    else:
        words = f"{day}, {_MONTHS[at.month - 1]} {at.day}"
    return words if shown.whole_day else f"{words} {at:%H:%M}"


def block(
    card: QRectF, shown: ShownOffer, language: str, look: Tokens
) -> tuple[float, Callable[[QPainter, float], None]]:
    """How high it is in a message as wide as ``card``, and how it is painted."""
    left, wide = card.left() + _OUT, card.width() - 2 * _OUT
    room = wide - 2 * _IN
    title = broken(shown.title or "…", theme.BODY_PX, room, 600)
    good = said(language, "offer.valid_until", when=last_day(shown, language))
    below = broken(good, theme.TINY_PX, room)
    head = title.size().height()
    high = _IN + head + 4 + 20 + 6 + 6 + 10 + _BUTTON + 8 + below.size().height() + _IN

    def paint(painter: QPainter, at: float) -> None:
        box = QRectF(left, at + 4, wide, high)
        painter.setPen(look.color("line"))
        painter.setBrush(look.color("paper"))
        painter.drawRoundedRect(box, 10, 10)
        inner = box.adjusted(_IN, _IN, -_IN, -_IN)
        write(painter, title, inner.topLeft(), look.color("ink"))
        counts = QRectF(inner.left(), inner.top() + head + 4, inner.width(), 20)
        _counts(painter, counts, shown, language, look)
        bar = QRectF(inner.left(), counts.bottom() + 6, inner.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(bar, 3, 3)
        button = QRectF(inner.left(), bar.bottom() + 10, inner.width(), _BUTTON)
        painter.drawRoundedRect(button, 9, 9)
        draw.text_line(painter, button, said(language, "offer.claim"),
                       fonts.font(theme.BODY_PX, 600), look.color("on_accent"),
                       Qt.AlignmentFlag.AlignHCenter)  # fmt: skip
        write(painter, below, button.bottomLeft() + QPointF(0, 8), look.color("ink_soft"))

    return high + 8, paint


def _counts(
    painter: QPainter, line: QRectF, shown: ShownOffer, language: str, look: Tokens
) -> None:
    left = said(language, "offer.left", n=shown.left)
    draw.text_line(painter, line, left, fonts.font(theme.SMALL_PX, 600), look.color("accent_ink"))
    draw.text_line(painter, line, lasting(shown.lasts_s, language), fonts.font(theme.TINY_PX),
                   look.color("ink_soft"), Qt.AlignmentFlag.AlignRight)  # fmt: skip
