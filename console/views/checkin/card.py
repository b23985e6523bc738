"""What is to be known of a member who stands at the counter: kept for her, coupons, birthday.

Shows a ``MemberPanel``; changes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from console.desk.offer_types import CouponItem
from console.desk.types import MemberPanel, TradeLine
from console.domain.birthdays import days_until
from console.domain.offers import CouponState
from console.ui import coupon_phrases, phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.trade_row import TradeRow, below
from console.ui.widgets import Avatar, LineLabel, Pill, button, frame, label, snug

_NEAR_DAYS: Final = 7
_LINES: Final = 3
_HIGHEST: Final = 340


class Card(QWidget):
    """One member; her name stays in view, the rest scrolls."""

    redeem_asked = Signal(object)
    """A ``CouponItem``."""
    member_wanted = Signal(int)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self.panel: MemberPanel | None = None
        self._avatar, self.birthday = Avatar(42), Pill("warn")
        self.name, self.facts = LineLabel("heading"), LineLabel("soft")
        self.open, self.back = button("link"), button("link")
        self.open.clicked.connect(self._open)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._area = _Area(self._body)
        self._arrange()

    def _arrange(self) -> None:
        column, head, said, acts = QVBoxLayout(self), frame("code"), QVBoxLayout(), QVBoxLayout()
        snug(column, spacing=10)
        row, first = QHBoxLayout(head), QHBoxLayout()
        snug(first, spacing=8)
        first.addWidget(self.name, 1)
        first.addWidget(self.birthday)
        snug(said, spacing=2)
        said.addLayout(first)
        said.addWidget(self.facts)
        snug(acts, spacing=0)
        acts.addWidget(self.open)
        acts.addWidget(self.back)
        snug(row, 14, 10, 14, 10, spacing=12)
        row.addWidget(self._avatar)
        row.addLayout(said, 1)
        row.addLayout(acts)
        snug(self._rows, 2, 0, 12, 0, spacing=8)
        column.addWidget(head)
        column.addWidget(self._area)

    # --- showing --------------------------------------------------------------------------

    def show_member(self, panel: MemberPanel | None) -> None:
        """Show her, or nobody; the keyboard stays at the coupon it was at."""
        held = self.focusWidget()
        kept = held.objectName() if held is not None and held.hasFocus() else ""
        self.panel = panel
        self.setVisible(panel is not None)
        emptied(self._rows)
        if panel is None:
            return
        self._avatar.show_name(panel.name)
        self.name.say(panel.name)
        self.facts.say(self._facts(panel))
        self._show_birthday(panel)
        for part in self._parts(panel):
            self._rows.addWidget(part)
            # Hidden ones have no height, and by itself the layout shows them only later.
            part.show()
        self._area.setVisible(self._rows.count() > 0)
        self._area.fit()
        again = self.findChild(QPushButton, kept) if kept else None
        if again is not None:
            again.setFocus()

    def button_of(self, coupon_id: int) -> QPushButton | None:
        """What redeems a coupon."""
        return self.findChild(QPushButton, f"redeem{coupon_id}")

    @property
    def waiting(self) -> tuple[TradeLine, ...]:
        """What is kept for her."""
        holds = self.panel.holds if self.panel is not None else ()
        return tuple(line for line in holds if line.state == "confirmed")

    @property
    def coupons(self) -> tuple[CouponItem, ...]:
        """Those that can be redeemed."""
        now, held = self._clock.now(), self.panel.coupons if self.panel is not None else ()
        return tuple(each for each in held if each.state(now) is CouponState.GOOD)

    def _facts(self, panel: MemberPanel) -> str:
        points = translate("CheckIn", "{n} points").format(n=f"{panel.points:,}")
        parts = [phrases.tier(panel.tier), points, panel.phone]
        return " · ".join(part for part in parts if part)

    def _show_birthday(self, panel: MemberPanel) -> None:
        ahead = None
        if panel.birthday:
            ahead = days_until(panel.birthday, self._clock.today(), _NEAR_DAYS,
                               lunar=panel.birthday_lunar)  # fmt: skip
        self.birthday.setVisible(ahead is not None)
        if ahead is None:
            return
        near = {
            0: translate("CheckIn", "Birthday today"),
            1: translate("CheckIn", "Birthday tomorrow"),
        }
        words = near.get(ahead, translate("CheckIn", "Birthday in {n} days").format(n=ahead))
        lunar = translate("CheckIn", "{words} (lunar)").format(words=words)
        self.birthday.say(lunar if panel.birthday_lunar else words)

    # --- parts ----------------------------------------------------------------------------

    def _parts(self, panel: MemberPanel) -> Iterator[QWidget]:
        if self.waiting:
            yield _heading(translate("CheckIn", "Waiting for her"))
            for line in self.waiting:
                yield TradeRow(line, self._place(line))
        if self.coupons:
            yield _heading(translate("CheckIn", "Coupons"))
            for coupon in self.coupons:
                yield self._coupon(coupon)
        for title, lines in (
            (translate("CheckIn", "Bought last"), panel.bought),
            (translate("CheckIn", "Asked about last"), panel.asked),
        ):
            yield from self._lines(title, lines[:_LINES])

    def _lines(self, title: str, lines: Sequence[TradeLine]) -> Iterator[QWidget]:
        if lines:
            yield _heading(title)
            for line in lines:
                yield TradeRow(line, below(line, self._clock))

    def _place(self, line: TradeLine) -> str:
        """Where it lies, how many, until when."""
        parts = [translate("CheckIn", "shelf {shelf}").format(shelf=line.shelf)]
        parts = parts if line.shelf else []
        if line.quantity > 1:
            parts.append(translate("CheckIn", "{n} pcs").format(n=line.quantity))
        if line.until is not None:
            until = coupon_phrases.moment(line.until, self._clock)
            parts.append(translate("CheckIn", "kept until {when}").format(when=until))
        return " · ".join(parts) or translate("CheckIn", "kept for her")

    def _coupon(self, coupon: CouponItem) -> QWidget:
        made, act = QWidget(), button("small")
        row, said = QHBoxLayout(made), QVBoxLayout()
        title, state = LineLabel(), LineLabel("tiny")
        title.say(coupon.title or translate("CheckIn", "Coupon"))
        code = coupon_phrases.code(coupon.code)
        asked = translate("CheckIn", "the relay has not answered yet")
        words = asked if coupon.asked else coupon_phrases.state(coupon, self._clock)
        state.say(f"{code} · {words}")
        act.setObjectName(f"redeem{coupon.coupon_id}")
        act.setText(translate("CheckIn", "Redeem"))
        act.setAccessibleName(f"{act.text()}: {coupon.title} {coupon.code}")
        act.setEnabled(not coupon.asked)
        act.clicked.connect(lambda: self.redeem_asked.emit(coupon))
        snug(said, spacing=0)
        said.addWidget(title)
        said.addWidget(state)
        snug(row, spacing=8)
        row.addLayout(said, 1)
        row.addWidget(act)
        return made

    def _open(self) -> None:
        if self.panel is not None:
            self.member_wanted.emit(self.panel.member_id)

    def speak(self) -> None:
        """Speak the present language."""
        self.open.setText(translate("CheckIn", "Conversation"))
        self.back.setText(translate("CheckIn", "Take back"))
        self.back.setToolTip(translate("CheckIn", "She was not the one: count no visit"))
        self._area.setAccessibleName(translate("CheckIn", "What is to be known of her"))
        self.show_member(self.panel)


class _Area(QScrollArea):
    """As high as what it holds, up to a limit."""

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        self._body = body
        self.setWidgetResizable(True)
        self.setWidget(body)

    def fit(self) -> None:
        """Its content changed."""
        self.setFixedHeight(min(_HIGHEST, self._body.sizeHint().height() + 2))

    def sizeHint(self) -> QSize:
        """As it was fitted."""
        return QSize(360, self.height())


def _heading(text: str) -> QWidget:
    made = label("heading")
    made.setText(text)
    return made
