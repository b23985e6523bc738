"""Products of a member, asked about, bought or kept: picture, name, a line below, a price cut.

Lines are ``desk.types.TradeLine``, read by their fields.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.domain.article_names import in_colour
from console.ui import draw, fonts, phrases, pictures, queue_phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import language, translate
from console.ui.widgets import plain_tip


def below(line: Any, clock: ShopClock) -> str:
    """The line under a product: when, in which state, for how much."""
    parts = []
    if line.at is not None:
        parts.append(phrases.day_name(line.at, clock))
    states = {
        "asked": translate("MemberPane", "asked for"),
        "confirmed": translate("MemberPane", "kept for her"),
        "collected": translate("MemberPane", "collected"),
        "released": translate("MemberPane", "released"),
        "lapsed": translate("MemberPane", "lapsed"),
    }
    if line.state in states:
        parts.append(states[line.state])
    if line.price:
        parts.append(phrases.money(line.promo_price or line.price))
    return " · ".join(parts)


def hold_line(line: Any, clock: ShopClock) -> str:
    """The line under a hold: how many there are, or how long it is kept and until when."""
    if line.unsent:
        return translate("Holds", "not sent yet · {what}").format(what=_standing(line, clock))
    if line.state == "confirmed" and line.until is not None:
        left_s = (line.until - clock.now()).total_seconds()
        if left_s <= 0:
            return translate("Holds", "time is up · {what}").format(what=_standing(line, clock))
        return translate("Holds", "{time} left · {what}").format(
            time=phrases.duration(left_s), what=_standing(line, clock)
        )
    return _standing(line, clock)


def _standing(line: Any, clock: ShopClock) -> str:
    if line.state == "asked":
        left = translate("Holds", "asked for · {n} in stock").format(n=line.stock)
        return left if line.stock else translate("Holds", "asked for · none in stock")
    if line.state == "confirmed" and line.until is not None:
        when = queue_phrases.moment_ahead(line.until, clock)
        return translate("Holds", "until {when}").format(when=when)
    return below(line, clock)


def product_name(line: Any) -> str:
    """As one says it: 红色风衣 L; a colour that the name holds is not repeated."""
    name, colour = line.name, line.colour
    if language() == "en":
        name, colour = line.name_en or name, line.colour_en or colour
    return f"{in_colour(name, colour)} {line.size}".strip()


class TradeRow(QWidget):
    """A product: picture, name, and a line below."""

    def __init__(self, line: Any, below: str) -> None:
        super().__init__()
        self._line, self._below = line, below
        zh = language() == "zh"
        self._name = product_name(line)
        promo = line.promo_price
        self._chip = phrases.discount(line.price, promo) if promo and line.price else ""
        self.setFixedHeight(46)
        self.setAccessibleName(f"{self._name} {self._below}{'，' if zh else ', '}{self._chip}")
        self.setToolTip(plain_tip(self._name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint picture, name, chip and the line below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 1, 36, 44)
        pictures.paint(painter, box, pictures.artwork(self._line.picture, 200), radius=6)
        room = self.width() - 47
        chip = draw.width_of(self._chip, theme.TINY_PX) + 22 if self._chip else 0
        name = draw.elided(self._name, theme.SMALL_PX, int(room - chip))
        at = QRectF(47, 1, room, 22)
        draw.text_line(painter, at, name, fonts.font(theme.SMALL_PX), theme.color("ink"))
        if self._chip:
            left = 47 + draw.width_of(name, theme.SMALL_PX) + 6
            soft, ink = theme.color("alert_soft"), theme.color("alert_ink")
            draw.pill(painter, left, 12, self._chip, soft, ink)
        font, faint = fonts.font(theme.TINY_PX), theme.color("ink_faint")
        draw.text_line(painter, QRectF(47, 23, room, 20), self._below, font, faint)
        painter.end()
