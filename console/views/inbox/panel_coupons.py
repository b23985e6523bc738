"""A member's coupons in her panel: what for, the code, how it stands; redeemed and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from console.desk.offer_types import CouponItem
from console.domain.offers import CouponState
from console.ui import coupon_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import LineLabel, button, label, snug, speaks
from console.views.inbox.panel_about import heading, icon_button, section

PAST: Final = 3
"""So many that can no longer be redeemed are shown."""


class CouponsSection(QWidget):
    """Stays while the member is the same, so that the keyboard stays where it is."""

    redeem_asked = Signal(object)
    reopen_asked = Signal(object)
    void_asked = Signal(object)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._coupons: tuple[CouponItem, ...] = ()
        self._heading, self._rows = heading(""), QVBoxLayout()
        column = section(self)
        column.addWidget(self._heading)
        snug(self._rows, spacing=10)
        column.addLayout(self._rows)
        self._speak()

    def show_coupons(self, coupons: Sequence[CouponItem]) -> None:
        """Show these: all that can be redeemed, few of the others."""
        self._coupons = tuple(coupons)
        self._fill()

    @property
    def shown(self) -> list[CouponItem]:
        """What it shows, in order."""
        now = self._clock.now()
        good = [each for each in self._coupons if each.state(now) is CouponState.GOOD]
        return [*good, *[each for each in self._coupons if each not in good][:PAST]]

    def button_of(self, coupon_id: int) -> QPushButton | None:
        """What redeems a coupon, or takes its redeeming back."""
        return self.findChild(QPushButton, f"coupon{coupon_id}")

    def _fill(self) -> None:
        held = self.focusWidget()
        kept = held.objectName() if held is not None and held.hasFocus() else ""
        emptied(self._rows)
        for coupon in self.shown:
            row = CouponRow(coupon, self._clock)
            row.redeem_asked.connect(lambda each=coupon: self.redeem_asked.emit(each))
            row.reopen_asked.connect(lambda each=coupon: self.reopen_asked.emit(each))
            row.void_asked.connect(lambda each=coupon: self.void_asked.emit(each))
            self._rows.addWidget(row)
            if kept and row.act.objectName() == kept:
                row.act.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heading.setText(translate("Coupons", "Coupons"))
        self._fill()


class CouponRow(QWidget):
    """One coupon: what is done with it each day as a button, the rest in a menu."""

    redeem_asked = Signal()
    reopen_asked = Signal()
    void_asked = Signal()

    def __init__(self, coupon: CouponItem, clock: ShopClock) -> None:
        super().__init__()
        now = clock.now()
        is_open, code = coupon.state(now) is CouponState.GOOD, coupon_phrases.code(coupon.code)
        title, number, state = LineLabel("" if is_open else "faint"), label("coupon"), label("tiny")
        title.say(coupon.title or translate("Coupons", "Coupon"))
        number.setText(code)
        number.setProperty("used", not is_open)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        state.setWordWrap(True)
        asked = translate("Coupons", "the relay has not answered yet")
        state.setText(asked if coupon.asked else coupon_phrases.state(coupon, clock))
        self.act = button("small" if is_open else "link")
        self.act.setObjectName(f"coupon{coupon.coupon_id}")
        self.act.setEnabled(not coupon.asked)
        redeem, back = translate("Coupons", "Redeem"), translate("Coupons", "Take back")
        self.act.setText(redeem if is_open else back)
        self.act.setAccessibleName(f"{self.act.text()}: {coupon.title} {coupon.code}")
        self.act.clicked.connect(self.redeem_asked if is_open else self.reopen_asked)
        words = translate("Coupons", "More about the coupon {code}").format(code=coupon.code)
        self.more = icon_button("dot-menu", words)
        self.more.setObjectName(f"more{coupon.coupon_id}")
        self.more.clicked.connect(lambda: self._open_menu(coupon.code))
        self._arrange(title, number, state)
        # Only now: shown before it has its place a button is a window of its own.
        self.act.setVisible(is_open or coupon.can_reopen(now))
        self.more.setVisible(is_open)

    def _open_menu(self, code: str) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(translate("Coupons", "Copy the code"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(code))
        menu.addAction(translate("Coupons", "Void…")).triggered.connect(self.void_asked)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _arrange(self, title: QWidget, number: QWidget, state: QWidget) -> None:
        words, row = QVBoxLayout(), QHBoxLayout(self)
        snug(words, spacing=2)
        for part in (title, number, state):
            words.addWidget(part)
        snug(row, spacing=4)
        row.addLayout(words, 1)
        for part in (self.act, self.more):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
