"""Check a member in: found by name, pinyin or phone end, counted, and her card at once.

Enter in the field only leads to the button that says who is meant, so that neither haste nor a
scanner counts somebody unseen.  The window stays for the next one.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QWidget,
)

from console.desk.counter_port import CheckedIn
from console.desk.find import FoundMember
from console.desk.offer_types import CouponItem, Redeemed
from console.desk.ports import DeskPorts
from console.desk.refusals import StepRefused
from console.desk.types import Changed
from console.models.faults import NoLine, coded
from console.ui import phrases, reasons
from console.ui.choice_list import ChoiceList
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.widgets import button, label, looked, snug, speaks
from console.ui.window_frame import add_foot, window_column
from console.views.checkin.card import Card
from console.views.checkin.naming import NameField, choice, short, spoken
from console.wire.errors import Refusal

_WIDTH: Final = 540
_ROWS: Final = 5
_DELAY_MS: Final = 60
_LONGEST: Final = 64
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Move = QAbstractItemView.CursorAction
_STEPS: Final = {_Move.MoveUp: -1, _Move.MoveDown: 1}


class CheckInWindow(QDialog):
    """Opened with ``open()``; throws itself away when closed."""

    member_wanted = Signal(int)
    """Her conversation is to be shown."""

    def __init__(self, desks: DeskPorts, clock: ShopClock, parent: QWidget) -> None:
        super().__init__(parent)
        self._counter, self._offers, self._inbox = desks.counter, desks.offers, desks.inbox
        self._clock, self.tasks = clock, Tasks(self)
        self._found: tuple[FoundMember, ...] = ()
        self._query, self._leads_on, self._busy = "", False, False
        self._done, self._redeemed = CheckedIn(member_id=0), Redeemed()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._lead = label("title"), label("soft", wrap=True)
        self.field, self.list = NameField(), ChoiceList(_ROWS)
        self.field.setMaxLength(_LONGEST)
        looked(self.field, "")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words, self.act = label("soft", wrap=True), button("link")
        self.card = Card(clock)
        self.confirm, self.leave = button("primary"), button()
        self._waiting = once(self, _DELAY_MS, self._ask)
        self._reload = Reload(self.tasks, self._read_card)
        self._arrange()
        self._connect()
        self._listen(desks)
        self._speak()
        self.field.setFocus()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        told = QHBoxLayout()
        snug(told, spacing=6)
        told.addWidget(self.words, 1)
        told.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self._title, self._lead, self.field, self.list):
            column.addWidget(part)
        column.addLayout(told)
        column.addWidget(self.card)
        add_foot(column, self.leave, self.confirm, above=4)
        self.field.setFixedWidth(_WIDTH - 48)
        # As high as what it shows, without waiting for somebody to say so.
        outer = self.layout()
        if outer is not None:
            outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.moved.connect(self._move)
        self.field.entered.connect(self._entered)
        self.field.left.connect(self.reject)
        self.list.currentRowChanged.connect(self._tell_current)
        self.list.chosen.connect(lambda _: self._to_button())
        self.confirm.clicked.connect(self._check_in)
        self.act.clicked.connect(self._act)
        self.leave.clicked.connect(self.reject)
        self.card.redeem_asked.connect(self._redeem)
        self.card.back.clicked.connect(self._take_back)
        self.card.member_wanted.connect(self._go_to_member)
        self.tasks.failed.connect(
            lambda code: self._fail(reasons.sentence(code, self.tasks.parameters))
        )

    def _listen(self, desks: DeskPorts) -> None:
        stops = (self._inbox.on_changed(self._on_changed),
                 desks.queue.on_refused(self._on_refused))  # fmt: skip
        self.finished.connect(lambda _: [stop() for stop in stops])

    # --- finding --------------------------------------------------------------------------

    def _typed(self) -> None:
        self._leads_on = False
        self._found, self._query = (), ""
        if not self.field.text().strip():
            self._waiting.stop()
        else:
            self._done, self._redeemed = CheckedIn(member_id=0), Redeemed()
            self.card.show_member(None)
            self._say("", "soft")
            self._waiting.start()
        self._offer()

    def _ask(self) -> None:
        self._waiting.stop()
        self.tasks.spawn(self._find(self.field.text().strip()))

    async def _find(self, query: str) -> None:
        try:
            found = await coded(self._counter.find(query))
        except NoLine:
            self._not_read(query, translate("CheckIn", "A code needs the line to the relay. Her"
                                            " name or number finds her without it."))  # fmt: skip
            return
        except Refusal as refusal:
            self._not_read(query, reasons.sentence(refusal.code, refusal.parameters))
            return
        if query != self.field.text().strip():
            return
        self._found, self._query = found, query
        self._offer()
        if not found:
            self._say(translate("CheckIn", "Nobody is found. A name, pinyin or the last digits of"
                                " her number lead to her."), "soft")  # fmt: skip
        elif self._leads_on:
            self._to_button()

    def _not_read(self, query: str, sentence: str) -> None:
        """A code that leads to nobody; the next scan overwrites it."""
        if query == self.field.text().strip():
            self._fail(sentence)
            self.field.selectAll()

    def _offer(self) -> None:
        self.list.offer([choice(each) for each in self._found])
        if len(self._found) > 1 and self._query.isdecimal():
            # Several numbers end alike: who is meant, somebody has to see.
            self.list.setCurrentRow(-1)
        self.list.setVisible(bool(self._found))
        self._allow()

    def _move(self, action: QAbstractItemView.CursorAction) -> None:
        if action in _STEPS:
            self.list.step(_STEPS[action])

    def _tell_current(self, _row: int) -> None:
        """The keyboard stays in the field: it speaks for whom Enter would lead to."""
        member = self.chosen
        self.field.setAccessibleDescription("" if member is None else spoken(member))
        self._allow()

    @property
    def chosen(self) -> FoundMember | None:
        """Who is meant."""
        found = self.list.value
        return found if isinstance(found, FoundMember) else None

    def _entered(self) -> None:
        query = self.field.text().strip()
        if query and query != self._query:
            self._leads_on = True
            self._ask()
        elif query:
            self._to_button()

    def _to_button(self) -> None:
        self._leads_on = False
        if self.confirm.isEnabled():
            self.confirm.setFocus()
        elif self._found:
            words = translate("CheckIn", "{n} numbers end like this. Choose with ↑ and ↓.")
            self._say(words.format(n=len(self._found)), "soft")

    # --- showing --------------------------------------------------------------------------

    def _allow(self) -> None:
        member = self.chosen
        self.confirm.setEnabled(member is not None and not self._busy)
        who = translate("CheckIn", "Check in {name}")
        plain = translate("CheckIn", "Check in")
        self.confirm.setText(plain if member is None else who.format(name=short(member.name)))
        self.card.back.setVisible(bool(self._done.visit))
        self.card.setEnabled(not self._busy)
        self.act.setEnabled(not self._busy)

    def _say(self, sentence: str, look: str, act: str = "") -> None:
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        looked(self.words, look)
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self.field.setAccessibleDescription(sentence)

    def _fail(self, sentence: str) -> None:
        self._be_busy(on=False)
        self._say(sentence, "fault")
        self.field.setFocus()

    def _be_busy(self, *, on: bool) -> None:
        self._busy = on
        self._allow()

    async def _read_card(self) -> None:
        member = self._done.member_id
        panel = await self._inbox.panel(member) if member else None
        if member == self._done.member_id:
            self.card.show_member(panel)
            self._allow()

    def _on_changed(self, changed: Changed) -> None:
        member = self._done.member_id
        if member and (changed.everything or member in changed.members):
            self._reload.start()

    # --- her visit ------------------------------------------------------------------------

    def _check_in(self) -> None:
        member = self.chosen
        if member is not None and not self._busy:
            self._be_busy(on=True)
            self.tasks.spawn(self._count(member.member_id, again=False))

    async def _count(self, member_id: int, *, again: bool) -> None:
        try:
            done = await self._counter.check_in(member_id, again=again)
        except Refusal as refusal:
            self._fail(reasons.sentence(refusal.code, refusal.parameters))
            return
        self.field.clear()
        self._done = done
        self._be_busy(on=False)
        await self._reload.now()
        self._tell_done()
        self.field.setFocus()

    def _tell_done(self) -> None:
        if self._done.counted is not None:
            when = phrases.clock_time(self._done.counted, self._clock)
            words = translate("CheckIn", "She is checked in since {when}: nothing more was"
                              " counted.").format(when=when)  # fmt: skip
            self._say(words, "soft", translate("CheckIn", "Count once more"))
        else:
            self._say(translate("CheckIn", "Checked in. Ready for the next one."), "good")

    def _take_back(self) -> None:
        if not self._busy and self._done.visit:
            self._be_busy(on=True)
            self.tasks.spawn(self._uncount(self._done))

    async def _uncount(self, done: CheckedIn) -> None:
        try:
            await self._counter.take_back(done)
        except Refusal as refusal:
            self._fail(reasons.sentence(refusal.code, refusal.parameters))
            return
        self._done = CheckedIn(member_id=0)
        self.card.show_member(None)
        self._be_busy(on=False)
        self._say(translate("CheckIn", "Taken back: no visit is counted."), "good")
        self.field.setFocus()

    def _on_refused(self, refused: StepRefused) -> None:
        """What waited for the line was refused: another counter was first."""
        if refused.name == "visit.record" and refused.member_id == self._done.member_id:
            self._done = CheckedIn(member_id=refused.member_id)
            self._fail(reasons.sentence(refused.code, refused.parameters))

    # --- coupons --------------------------------------------------------------------------

    def _redeem(self, coupon: CouponItem) -> None:
        if not self._busy:
            self._be_busy(on=True)
            self.tasks.spawn(self._redeem_now(coupon))

    async def _redeem_now(self, coupon: CouponItem) -> None:
        try:
            done = await coded(self._offers.redeem(coupon.code))
        except NoLine:
            self._fail(
                translate(
                    "CheckIn",
                    "There is no line to the relay. A coupon is redeemed"
                    " exactly once, so this needs it; nothing was changed.",
                )
            )
            return
        except Refusal as refusal:
            self._fail(reasons.sentence(refusal.code, refusal.parameters))
            return
        self._be_busy(on=False)
        if not done.coupon_id:
            self._fail(translate("CheckIn", "The relay has not answered yet. Look at the coupon"
                                 " again before you hand anything out."))  # fmt: skip
            return
        self._redeemed = done
        words = translate("CheckIn", "Redeemed: {title}").format(title=coupon.title)
        self._say(words, "good", translate("CheckIn", "Take back"))

    async def _reopen(self, redeemed: Redeemed) -> None:
        try:
            await coded(self._offers.reopen(redeemed.coupon_id))
        except NoLine:
            self._fail(translate("CheckIn", "This needs the line to the relay."))
            return
        except Refusal as refusal:
            self._fail(reasons.sentence(refusal.code, refusal.parameters))
            return
        self._redeemed = Redeemed()
        self._be_busy(on=False)
        self._say(translate("CheckIn", "Taken back: it can be redeemed again."), "good")

    def _act(self) -> None:
        """The one thing the sentence offers: her coupon back, or her visit counted once more."""
        if self._busy:
            return
        if self._redeemed.coupon_id:
            self._be_busy(on=True)
            self.tasks.spawn(self._reopen(self._redeemed))
        elif self._done.counted is not None:
            self._be_busy(on=True)
            self.tasks.spawn(self._count(self._done.member_id, again=True))

    def _go_to_member(self, member_id: int) -> None:
        self.member_wanted.emit(member_id)
        self.accept()

    # --- events ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it is on and no other; what is typed beside the field is a name.

        A default button would check in on the Enter of a scanner.
        """
        focus = self.focusWidget()
        if event.key() in _ENTER:
            if isinstance(focus, QPushButton):
                focus.click()
        elif event.text().isalnum() and focus is not self.field:
            self.field.setFocus()
            self.field.setText(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        title = translate("CheckIn", "Check in a member")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._lead.setText(translate("CheckIn", "Her name, pinyin or the last digits of her"
                                     " number; or scan the code on her phone."))  # fmt: skip
        self.field.setAccessibleName(translate("CheckIn", "Who comes"))
        self.field.setPlaceholderText(translate("CheckIn", "Name, pinyin or phone end"))
        self.list.setAccessibleName(translate("CheckIn", "Members found"))
        self.leave.setText(translate("CheckIn", "Close"))
        self.card.speak()
        self._say("", "soft")
        self._offer()
