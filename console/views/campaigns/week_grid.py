"""Seven days side by side with their hours; cards stand where their time is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.desk.week_types import WeekPlan
from console.domain import week_plan
from console.domain.campaigns import QUIET_FROM, QUIET_UNTIL
from console.ui import draw, fonts, theme
from console.ui.clock import ShopClock
from console.views.campaigns import week_words
from console.views.campaigns.week_card import STEP, WeekCard

_HEAD: Final = 44
_AXIS: Final = 46
_FIRST, _LAST = 8 * 60, 22 * 60
_CARD: Final = 64
_DAY: Final = 24 * 60


class WeekGrid(QWidget):
    """Emits where a card is to go; shows the plan it is given."""

    opened = Signal(str)
    moved = Signal(str, object)
    """The campaign's ``client_id``, and the moment it was carried to."""

    def __init__(self, clock: ShopClock, timezone: str) -> None:
        super().__init__()
        self._clock, self._timezone = clock, timezone
        self._monday = week_plan.monday_of(clock.today())
        self._target: datetime | None = None
        self.cards: list[WeekCard] = []
        self.setMinimumHeight(420)

    def show_plan(self, plan: WeekPlan) -> None:
        """Show another plan; the keyboard stays with its campaign."""
        held = next((card.item.client_id for card in self.cards if card.hasFocus()), "")
        self._monday = plan.monday
        for card in self.cards:
            card.hide()
            card.deleteLater()
        ordered = sorted(plan.items, key=lambda item: item.at)
        self.cards = [self._card(WeekCard(item, self._clock)) for item in ordered]
        self._place()
        self.update()
        for card in self.cards:
            card.show()
            if card.item.client_id == held:
                card.setFocus()

    def _card(self, card: WeekCard) -> WeekCard:
        card.setParent(self)
        card.opened.connect(lambda which: self.opened.emit(which.item.client_id))
        card.walked.connect(self._walk)
        card.shifted.connect(self._shift)
        card.carried.connect(self._carry)
        card.dropped.connect(self._drop)
        return card

    # --- places ---------------------------------------------------------------------------

    def _column(self, day: int) -> QRect:
        wide = (self.width() - _AXIS) / week_plan.DAYS
        left = _AXIS + wide * day
        return QRect(round(left), _HEAD, round(wide), self.height() - _HEAD)

    def _y(self, minute: int) -> float:
        inside = min(max(minute, _FIRST), _LAST)
        room = self.height() - _HEAD - _CARD - 8
        return _HEAD + 4 + (inside - _FIRST) / (_LAST - _FIRST) * room

    def _minute(self, y: float) -> int:
        room = max(1, self.height() - _HEAD - _CARD - 8)
        minute = _FIRST + (y - _HEAD - 4) / room * (_LAST - _FIRST)
        return min(max(round(minute / STEP) * STEP, _FIRST), _LAST)

    def _place(self) -> None:
        """Where its time is, or below the one that is there already."""
        foot: dict[int, float] = {}
        for card in self.cards:
            day, minute = week_plan.place_of(card.item.at, self._timezone)
            column = self._column((day - self._monday).days)
            y = max(self._y(minute), foot.get(column.left(), 0.0))
            foot[column.left()] = y + _CARD + 3
            card.setGeometry(column.left() + 4, round(y), column.width() - 8, _CARD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards anew."""
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(900, 520)

    # --- moving ---------------------------------------------------------------------------

    def _walk(self, card: WeekCard, where: str) -> None:
        place = self.cards.index(card) + (1 if where == "after" else -1)
        if 0 <= place < len(self.cards):
            self.cards[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _shift(self, card: WeekCard, days: int, minutes: int) -> None:
        day, minute = week_plan.place_of(card.item.at, self._timezone)
        number = (day - self._monday).days + days
        if 0 <= number < week_plan.DAYS and 0 <= minute + minutes < _DAY:
            self._ask(card, self._monday + timedelta(days=number), minute + minutes)

    def _carry(self, card: WeekCard, corner: QPoint) -> None:
        middle = corner.x() + card.width() // 2
        wide = (self.width() - _AXIS) / week_plan.DAYS
        number = min(max(int((middle - _AXIS) / wide), 0), week_plan.DAYS - 1)
        minute = self._minute(corner.y())
        self._target = week_plan.moment(
            self._monday + timedelta(days=number), minute, self._timezone
        )
        card.move(corner)
        card.raise_()
        card.when.say(week_words.moment(self._target, self._clock))

    def _drop(self, card: WeekCard) -> None:
        target, self._target = self._target, None
        card.say()
        self._place()
        if target is not None and target != card.item.at:
            self.moved.emit(card.item.client_id, target)

    def _ask(self, card: WeekCard, day: date, minute: int) -> None:
        self.moved.emit(card.item.client_id, week_plan.moment(day, minute, self._timezone))

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Days, hours, and the hours in which nothing is sent."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("surface"))
        for number in range(week_plan.DAYS):
            self._paint_day(painter, number)
        for hour in range(_FIRST // 60, _LAST // 60 + 1, 2):
            self._paint_hour(painter, hour)
        painter.end()

    def _paint_day(self, painter: QPainter, number: int) -> None:
        day, column = self._monday + timedelta(days=number), self._column(number)
        soft = theme.color("paper")
        until, begin = round(self._y(QUIET_UNTIL)), round(self._y(QUIET_FROM))
        painter.fillRect(column.left(), _HEAD, column.width(), until - _HEAD, soft)
        painter.fillRect(column.left(), begin, column.width(), self.height() - begin, soft)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(column.left(), 0, column.left(), self.height())
        today = day == self._clock.today()
        head = QRectF(column.left(), 0, column.width(), _HEAD)
        words = f"{week_words.weekday(day)} {week_words.month_day(day)}"
        ink = theme.color("accent_ink" if today else "ink_soft")
        font = fonts.font(theme.SMALL_PX, 700 if today else 400)
        draw.text_line(painter, head, words, font, ink, Qt.AlignmentFlag.AlignHCenter)

    def _paint_hour(self, painter: QPainter, hour: int) -> None:
        y = round(self._y(hour * 60))
        painter.setPen(QPen(theme.color("line_soft"), 1))
        painter.drawLine(_AXIS, y, self.width(), y)
        box = QRectF(0, y - 9, _AXIS - 8, 18)
        ink, right = theme.color("ink_faint"), Qt.AlignmentFlag.AlignRight
        draw.text_line(painter, box, f"{hour}:00", fonts.font(theme.TINY_PX), ink, right)
