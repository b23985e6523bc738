"""Redeem a coupon at the counter: a code is typed or scanned, whose it is is shown, then redeemed.

A scanner types the code and presses Enter; Enter in the field only leads to the button, so that
nothing is redeemed before somebody saw what.  The window stays for the next one.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.desk.offer_types import CouponItem, Redeemed
from console.desk.offers_port import OffersPort
from console.domain.offers import CODE_CHARS, CouponState, typed_code
from console.models.faults import NoLine, coded
from console.ui import coupon_phrases, reasons
from console.ui.clock import ShopClock
from console.ui.forms import line_edit
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import Avatar, LineLabel, button, frame, label, looked, snug, speaks
from console.ui.window_frame import window_column
from console.wire.errors import Refusal

_LONGEST: Final = 24
_WIDTH: Final = 440
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RedeemWindow(QDialog):
    """Opened with ``open()``; throws itself away when closed."""

    member_wanted = Signal(int)
    """Her conversation is to be shown."""

    def __init__(self, port: OffersPort, clock: ShopClock, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._port, self._clock, self._tasks = port, clock, tasks
        self.coupon: CouponItem | None = None
        self._done = Redeemed()
        self._asked = ""
        self._busy = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._lead = label("title"), label("soft", wrap=True)
        self.field = line_edit(longest=_LONGEST)
        self.field.setProperty("look", "code")
        # A scanner's letters are no spelling for an input method to compose.
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._card, self._avatar = frame("code"), Avatar(38)
        self.name, self.what = LineLabel("heading"), LineLabel()
        self.words = label("soft", wrap=True)
        self.member, self.back = button("link"), button("link")
        self.redeem, self.leave = button("primary"), button()
        self._arrange()
        self._connect()
        self._speak()
        self._show()
        self.field.setFocus()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        card, said = QHBoxLayout(self._card), QVBoxLayout()
        snug(said, spacing=2)
        said.addWidget(self.name)
        said.addWidget(self.what)
        snug(card, 14, 10, 14, 10, spacing=12)
        card.addWidget(self._avatar)
        card.addLayout(said, 1)
        card.addWidget(self.member)
        row, told = QHBoxLayout(), QHBoxLayout()
        snug(row, 0, 4, 0, 0, spacing=8)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.redeem)
        snug(told, spacing=6)
        told.addWidget(self.words, 1)
        told.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self._title, self._lead, self.field, self._card):
            column.addWidget(part)
        column.addLayout(told)
        column.addLayout(row)
        self.setFixedWidth(_WIDTH)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self.redeem.clicked.connect(lambda: self._tasks.spawn(self._redeem()))
        self.back.clicked.connect(lambda: self._tasks.spawn(self._take_back()))
        self.leave.clicked.connect(self.reject)
        self.member.clicked.connect(self._go_to_member)

    # --- looking --------------------------------------------------------------------------

    @property
    def code(self) -> str:
        """What is typed, as codes are kept."""
        return typed_code(self.field.text())

    def _typed(self) -> None:
        self.coupon, self._done, self._asked = None, Redeemed(), ""
        self._show()
        if len(self.code) == CODE_CHARS:
            self._tasks.spawn(self._look(self.code))

    async def _look(self, code: str) -> None:
        found = await self._port.coupon(code)
        if code == self.code:
            self.coupon, self._asked = found, code
            self._show()

    def _entered(self) -> None:
        if not self.code:
            return
        if len(self.code) != CODE_CHARS:
            self._say(translate("Redeem", "A code has {n} letters and digits.").format(
                n=CODE_CHARS), "fault")  # fmt: skip
        elif self._asked == self.code and not self.redeem.isEnabled():
            self.field.selectAll()
        else:
            self.redeem.setEnabled(True)
            self.redeem.setFocus()

    # --- showing --------------------------------------------------------------------------

    def _show(self) -> None:
        coupon, done = self.coupon, self._done
        who = coupon.member if coupon is not None else done.member
        title = coupon.title if coupon is not None else done.title
        self._card.setVisible(bool(coupon is not None or done.coupon_id))
        self._avatar.show_name(who)
        self.name.say(who)
        self.what.say(title)
        self.member.setVisible(bool(self._member_id))
        self.back.setVisible(bool(done.coupon_id))
        if done.coupon_id:
            self._say(translate("Redeem", "Redeemed. Ready for the next one."), "good")
        elif coupon is not None:
            told = coupon.state(self._clock.now()) is not CouponState.GOOD
            state = coupon_phrases.state(coupon, self._clock)
            sentence = translate("Redeem", "It cannot be redeemed: {state}.")
            self._say(sentence.format(state=state) if told else _sentence(state),
                      "fault" if told else "soft")  # fmt: skip
        elif self._asked:
            self._say(translate("Redeem", "No coupon with this code is known here yet. Whether"
                                " there is one, the relay says when you redeem it."),
                      "soft")  # fmt: skip
        else:
            self._say("", "soft")
        self._allow()

    def _allow(self) -> None:
        coupon, now = self.coupon, self._clock.now()
        bad = coupon is not None and coupon.state(now) is not CouponState.GOOD
        whole = len(self.code) == CODE_CHARS
        self.redeem.setEnabled(whole and not bad and not self._busy and not self._done.coupon_id)
        self.back.setEnabled(not self._busy)

    def _say(self, sentence: str, look: str) -> None:
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        looked(self.words, look)
        self.field.setAccessibleDescription(sentence)
        self.adjustSize()

    @property
    def _member_id(self) -> int:
        return self.coupon.member_id if self.coupon is not None else self._done.member_id

    # --- doing ----------------------------------------------------------------------------

    async def _redeem(self) -> None:
        if self._busy:
            return
        code = self.code
        self._be_busy(on=True)
        try:
            done = await coded(self._port.redeem(code))
        except NoLine:
            self._fail(
                translate(
                    "Redeem",
                    "There is no line to the relay. A coupon is redeemed"
                    " exactly once, so this needs it; nothing was changed.",
                )
            )
        except Refusal as refusal:
            self._fail(reasons.sentence(refusal.code, refusal.parameters))
        else:
            self._take(done)

    def _take(self, done: Redeemed) -> None:
        self._be_busy(on=False)
        if not done.coupon_id:
            self._fail(
                translate(
                    "Redeem",
                    "The relay has not answered yet. Look at the coupon"
                    " again before you hand anything out.",
                )
            )
            return
        title = done.title or (self.coupon.title if self.coupon is not None else "")
        member = done.member or (self.coupon.member if self.coupon is not None else "")
        self._done = Redeemed(coupon_id=done.coupon_id, member_id=done.member_id,
                              member=member, title=title)  # fmt: skip
        self.coupon, self._asked = None, ""
        self.field.clear()
        self.field.setFocus()
        self._show()

    async def _take_back(self) -> None:
        if self._busy or not self._done.coupon_id:
            return
        self._be_busy(on=True)
        try:
            await coded(self._port.reopen(self._done.coupon_id))
        except NoLine:
            self._fail(translate("Redeem", "This needs the line to the relay."))
        except Refusal as refusal:
            self._fail(reasons.sentence(refusal.code, refusal.parameters))
        else:
            self._done = Redeemed()
            self._be_busy(on=False)
            self._show()
            self._say(translate("Redeem", "Taken back: it can be redeemed again."), "good")
        self.field.setFocus()

    def _fail(self, sentence: str) -> None:
        self._be_busy(on=False)
        self._say(sentence, "fault")
        self.field.setFocus()
        self.field.selectAll()

    def _be_busy(self, *, on: bool) -> None:
        self._busy = on
        self._allow()

    def _go_to_member(self) -> None:
        self.member_wanted.emit(self._member_id)
        self.accept()

    # --- events ---------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter in the field goes no further: on the button that it leads to it would redeem."""
        entered = isinstance(event, QKeyEvent) and event.key() in _ENTER
        if entered and event.type() == QEvent.Type.KeyPress:
            self._entered()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it is on and no other; what is typed beside the field is a code.

        A default button would redeem on the Enter of a scanner.
        """
        focus = self.focusWidget()
        if event.key() in _ENTER:
            if isinstance(focus, QPushButton):
                focus.click()
        elif event.text().isalnum() and focus is not self.field:
            self.field.setText(event.text())
            self.field.setFocus()
            self.field.deselect()
            self._typed()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        title = translate("Redeem", "Redeem a coupon")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._lead.setText(translate("Redeem", "Scan or type the code from her phone."))
        self.field.setAccessibleName(translate("Redeem", "Code of the coupon"))
        self.field.setPlaceholderText("K7QM 2XWR")
        self.member.setText(translate("Redeem", "Show her"))
        self.back.setText(translate("Redeem", "Take back"))
        self.redeem.setText(translate("Redeem", "Redeem"))
        self.leave.setText(translate("Redeem", "Close"))
        self._show()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
