"""The first run: name the shop, make the owner, say where phones reach it, print the poster."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from console.desk.accounts import AccountsDesk
from console.models.faults import coded
from console.ui import phrases, reasons
from console.ui.card import CardPage
from console.ui.forms import Field, line_edit
from console.ui.i18n import language, translate
from console.ui.poster import Poster
from console.ui.poster_view import PosterView
from console.ui.reach_choice import ReachChoice
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug, speaks

_STEPS = 4


class FirstRun(CardPage):
    """Emits the owner's credential when the shop stands and the poster was seen."""

    signed_in = Signal(object)
    server_chosen = Signal()
    """The shop is to be on a server: this console pairs with it."""

    def __init__(self, accounts: AccountsDesk) -> None:
        super().__init__(width=560)
        self._accounts = accounts
        self._credential: object = None
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self._on_failed)
        self.shop, self.owner = line_edit(longest=40), line_edit(longest=40)
        self.secret = line_edit(secret=True)
        self.opens, self.closes = QTimeEdit(QTime(10, 0)), QTimeEdit(QTime(21, 30))
        for edit in (self.opens, self.closes):
            edit.setDisplayFormat("HH:mm")
        self.reach = ReachChoice(accounts.reach, accounts.relay_url, self.tasks, with_server=True)
        self.poster = PosterView()
        self._step_label, self.fault = label("tiny"), label("fault", wrap=True)
        self.back, self.next = button("flat"), button("primary")
        self._pages = QStackedWidget()
        self._fields()
        self._arrange()
        self._speak()
        self.shop.setFocus()

    def _fields(self) -> None:
        self._shop_field, self._owner_field = Field(self.shop), Field(self.owner)
        self._secret_field = Field(self.secret)
        self._opens_field, self._closes_field = Field(self.opens), Field(self.closes)
        hours = QWidget()
        line = QHBoxLayout(hours)
        snug(line, spacing=14)
        line.addWidget(self._opens_field)
        line.addWidget(self._closes_field)
        for parts in (
            (self._shop_field, hours),
            (self._owner_field, self._secret_field),
            (self.reach,),
            (self.poster,),
        ):
            page = QWidget()
            column = QVBoxLayout(page)
            snug(column, spacing=14)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            self._pages.addWidget(page)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        snug(buttons, spacing=8)
        buttons.addWidget(self._step_label)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        self.column.addWidget(self._pages)
        self.column.addWidget(self.fault)
        self.column.addLayout(buttons)
        self.next.clicked.connect(self.go_on)
        self.back.clicked.connect(lambda: self.show_step(self.step - 1))

    # --- steps ----------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """Which page is shown, from 0."""
        return self._pages.currentIndex()

    def fault_at(self, name: str) -> str:
        """What is wrong with ``shop``, ``owner`` or ``secret``."""
        fields = {"shop": self._shop_field, "owner": self._owner_field}
        return fields.get(name, self._secret_field).fault_text

    def show_step(self, step: int) -> None:
        """Turn to a page."""
        self._pages.setCurrentIndex(step)
        self.fault.clear()
        self._speak()
        first = (self.shop, self.owner, self.reach, self.next)[step]
        first.setFocus()
        if step == 2:
            self.reach.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from wherever it is pressed, but presses a button that has the keyboard."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()
        elif self.next.isEnabled():
            self.go_on()

    def go_on(self) -> None:
        """The next step, once this one is filled in."""
        if self.step == 3:
            self.signed_in.emit(self._credential)
        elif self._is_filled():
            if self.step < 2:
                self.show_step(self.step + 1)
            elif self.reach.on_server:
                self.server_chosen.emit()
            else:
                self.next.setEnabled(False)
                self.tasks.spawn(self._set_up())

    def _is_filled(self) -> bool:
        wanted = (
            ((self.shop, self._shop_field, "shop.name"),),
            (
                (self.owner, self._owner_field, "join.name"),
                (self.secret, self._secret_field, "password.weak"),
            ),
            (),
        )[self.step]
        empty = [(field, code) for edit, field, code in wanted if not edit.text().strip()]
        for field, code in empty:
            field.fault(reasons.sentence(code))
        return not empty and (self.step != 2 or self.reach.is_filled())

    async def _set_up(self) -> None:
        try:
            self._credential = await coded(
                self._accounts.setup(
                    self.shop.text().strip(),
                    self.owner.text().strip(),
                    self.secret.text(),
                    _minutes(self.opens),
                    _minutes(self.closes),
                    self.reach.public_url,
                    language(),
                )
            )
        finally:
            self.next.setEnabled(True)
        self.secret.clear()
        self.show_poster()

    def show_poster(self) -> None:
        """The last page, with the poster of what was filled in."""
        hours = phrases.hours(_minutes(self.opens), _minutes(self.closes))
        self.poster.show_poster(
            Poster(
                url=self.reach.poster_url,
                shop=self.shop.text().strip(),
                hours=hours,
                at_home=self.reach.at_home,
            )
        )
        self.show_step(3)

    def _on_failed(self, code: str) -> None:
        sentence = reasons.sentence(code, self.tasks.parameters)
        faults = {
            "shop.name": (0, self._shop_field),
            "join.name": (1, self._owner_field),
            "password.weak": (1, self._secret_field),
        }
        if code in faults:
            step, field = faults[code]
            self.show_step(step)
            field.fault(sentence)
        elif self.tasks.field == "address":
            self.reach.fault(sentence)
        else:
            self.fault.setText(sentence)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        titles = (
            translate("FirstRun", "Open your shop"),
            translate("FirstRun", "Who is the owner?"),
            translate("FirstRun", "Where do phones reach the shop?"),
            translate("FirstRun", "Hang up the poster"),
        )
        leads = (
            translate("FirstRun", "Members see this name on their phones."),
            translate("FirstRun", "You sign in with this name; clerks get their own later."),
            translate("FirstRun", "Members scan a code; nothing is installed on their phones."),
            translate("FirstRun", "Print it and put it beside the counter. A scan begins a chat."),
        )
        self.title.setText(titles[self.step])
        self.lead.setText(leads[self.step])
        self._shop_field.say(translate("FirstRun", "Shop name"))
        self._opens_field.say(translate("FirstRun", "Opens"))
        self._closes_field.say(translate("FirstRun", "Closes"))
        self._owner_field.say(translate("FirstRun", "Your name"))
        self._secret_field.say(
            translate("FirstRun", "Password or PIN"),
            translate("FirstRun", "At least 8 characters, or 6 digits that are not in a row."),
        )
        step = translate("FirstRun", "Step {n} of {all}")
        self._step_label.setText(step.format(n=self.step + 1, all=_STEPS))
        self.back.setText(translate("FirstRun", "Back"))
        self.back.setVisible(self.step in (1, 2))
        last = translate("FirstRun", "Open the console")
        self.next.setText(last if self.step == 3 else translate("FirstRun", "Next"))


def _minutes(edit: QTimeEdit) -> int:
    return edit.time().hour() * 60 + edit.time().minute()
