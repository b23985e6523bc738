"""Who sits here: choose yourself and type PIN or password, or pair with a code.

A code may come from this shop's relay or from another one, whose address is typed too.
"""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.desk.accounts import AccountsDesk, StaffChoice
from console.models.faults import NoLine, coded
from console.sync.devices import Credential
from console.ui import reasons
from console.ui.card import CardPage
from console.ui.choice_tile import ChoiceTile
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, snug, speaks

PERSON, CODE, ELSEWHERE = range(3)
"""Ways to sign in, for ``show_way``."""


class SignIn(CardPage):
    """Emits the credential of whoever signed in, ``moved_in`` when at another relay.

    ``elsewhere``: begin with another shop's address; ``may_return``: there is a relay of this
    computer to go back to; ``why``: the reason code of being here again.
    """

    signed_in = Signal(object)
    moved_in = Signal(str, object)
    """The other relay's address, and the credential there."""
    home_asked = Signal()
    """This computer's own relay, please."""

    def __init__(
        self,
        accounts: AccountsDesk,
        *,
        elsewhere: bool = False,
        may_return: bool = False,
        why: str = "",
    ) -> None:
        super().__init__()
        self._accounts = accounts
        self._begins_elsewhere, self._may_return = elsewhere, may_return
        self._people: Sequence[StaffChoice] = ()
        self._chosen: StaffChoice | None = None
        self._trouble, self._why = "", why
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self._on_failed)
        self.secret, self.code = line_edit(secret=True), line_edit(longest=16)
        self.address, self.code_there = line_edit(longest=200), line_edit(longest=16)
        self._secret_field, self._code_field = Field(self.secret), Field(self.code)
        self._address_field, self._there_field = Field(self.address), Field(self.code_there)
        self.enter, self.other = button("primary"), button("link")
        self.elsewhere, self.home = button("link"), button("link")
        self._faces, self._group = QWidget(), QButtonGroup(self)
        self._list = QVBoxLayout(self._faces)
        snug(self._list, spacing=6)
        self._ways = QStackedWidget()
        self._arrange()
        self._speak()
        self.reload()

    def _arrange(self) -> None:
        person = QWidget()
        column = QVBoxLayout(person)
        snug(column, spacing=14)
        column.addWidget(self._faces)
        column.addWidget(self._secret_field)
        self._ways.addWidget(person)
        self._ways.addWidget(self._code_field)
        there = QWidget()
        column = QVBoxLayout(there)
        snug(column, spacing=14)
        column.addWidget(self._address_field)
        column.addWidget(self._there_field)
        column.addStretch(1)
        self._ways.addWidget(there)
        buttons = QHBoxLayout()
        snug(buttons, spacing=8)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.enter)
        self.column.addWidget(self._ways)
        self.column.addLayout(buttons)
        more = QHBoxLayout()
        snug(more, spacing=8)
        more.addWidget(self.elsewhere)
        more.addStretch(1)
        more.addWidget(self.home)
        self.column.addLayout(more)
        self.elsewhere.clicked.connect(lambda: self.show_way(ELSEWHERE))
        self.home.clicked.connect(self.home_asked)
        self.enter.clicked.connect(self.submit)
        self.other.clicked.connect(self._toggle)
        for field in (self.secret, self.code, self.address, self.code_there):
            field.returnPressed.connect(self.submit)

    @property
    def faces(self) -> list[str]:
        """Names to choose from."""
        return [made.text() for made in self._group.buttons()]

    @property
    def fault_text(self) -> str:
        """What is wrong with what was typed."""
        return self._fields[0].fault_text or self._address_field.fault_text

    @property
    def _fields(self) -> tuple[Field, QLineEdit]:
        """Where what was typed last stands."""
        return (
            (self._secret_field, self.secret),
            (self._code_field, self.code),
            (self._there_field, self.code_there),
        )[self._ways.currentIndex()]

    # --- doing ----------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask who may sign in."""
        self._trouble = ""
        self.tasks.spawn(self._load())

    async def _load(self) -> None:
        try:
            people = await coded(self._accounts.staff_list())
        except NoLine as missing:
            self._trouble = missing.code
            self._speak()
            return
        for made in self._group.buttons():
            self._group.removeButton(made)
            made.deleteLater()
        self._people = people
        for person in self._people:
            tile = ChoiceTile(face=True)
            tile.say(person.name, self._role(person.role))
            tile.clicked.connect(lambda _=False, person=person: self.choose(person))
            self._group.addButton(tile)
            self._list.addWidget(tile)
        if self._people:
            self.choose(self._people[0])
        known = PERSON if self._people else CODE
        self.show_way(ELSEWHERE if self._begins_elsewhere else known)

    def _role(self, role: str) -> str:
        names = {"owner": translate("SignIn", "Owner"), "clerk": translate("SignIn", "Clerk")}
        return names.get(role, role)

    def choose(self, person: StaffChoice) -> None:
        """This is who I am."""
        self._chosen = person
        place = list(self._people).index(person)
        self._group.buttons()[place].setChecked(True)
        self._secret_field.fault("")
        self.secret.clear()
        self.secret.setFocus()

    def submit(self) -> None:
        """Sign in with what is filled in."""
        if self._ways.currentIndex() == ELSEWHERE:
            self._submit_elsewhere()
        elif self._trouble:
            self.reload()
        elif self._ways.currentIndex() == CODE:
            self._try(self._accounts.pair(self.code.text()), self.code.text())
        elif self._chosen is not None:
            self._try(
                self._accounts.login(self._chosen.staff_id, self.secret.text()),
                self.secret.text(),
            )

    def _submit_elsewhere(self) -> None:
        missing = translate("SignIn", "Please fill this in.")
        code = self.code_there.text().strip()
        self._address_field.fault("" if self.address.text().strip() else missing)
        self._there_field.fault("" if code else missing)
        if code and self.address.text().strip():
            self.enter.setEnabled(False)
            self.tasks.spawn(self._pair_elsewhere(self.address.text(), code))

    async def _pair_elsewhere(self, address: str, code: str) -> None:
        try:
            there = self._accounts.elsewhere(address)
            try:
                credential = await coded(there.pair(code))
            finally:
                await there.close()
        finally:
            self.enter.setEnabled(True)
        self.moved_in.emit(there.relay_url, credential)

    def _try(self, attempt: Coroutine[Any, Any, Credential], typed: str) -> None:
        if not typed.strip():
            attempt.close()
            self._fault(translate("SignIn", "Please fill this in."))
            return
        self.enter.setEnabled(False)
        self.tasks.spawn(self._await(attempt))

    async def _await(self, attempt: Coroutine[Any, Any, Credential]) -> None:
        try:
            credential = await coded(attempt)
        finally:
            self.enter.setEnabled(True)
        self.secret.clear()
        self.signed_in.emit(credential)

    def _fault(self, sentence: str) -> None:
        field, edit = self._fields
        field.fault(sentence)
        edit.selectAll()

    def _on_failed(self, code: str) -> None:
        if self.tasks.field == "address" or (code == NoLine.code and self._is_elsewhere):
            said = translate("SignIn", "No shop answers at this address.")
            self._address_field.fault(said)
        elif not self._people and self._ways.currentIndex() == 0:
            self._trouble = code
            self._speak()
        else:
            self._fault(reasons.sentence(code, self.tasks.parameters))

    def _toggle(self) -> None:
        self.show_way(CODE if self._ways.currentIndex() == PERSON else PERSON)

    def show_way(self, way: int) -> None:
        """A person and her secret, a code, or another shop's address and a code."""
        self._ways.setCurrentIndex(way)
        self._speak()
        (self.address if way == ELSEWHERE else self._fields[1]).setFocus()

    @property
    def _is_elsewhere(self) -> bool:
        return self._ways.currentIndex() == ELSEWHERE

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        way, elsewhere = self._ways.currentIndex(), self._is_elsewhere
        trouble = bool(self._trouble) and not elsewhere
        self.title.setText(translate("SignIn", "Welcome back"))
        self.enter.setText(translate("SignIn", "Sign in"))
        for tile, person in zip(self._group.buttons(), self._people, strict=True):
            if isinstance(tile, ChoiceTile):
                tile.say(person.name, self._role(person.role))
        leads = (
            translate("SignIn", "Who sits here?"),
            translate("SignIn", "Pair this computer with one that is signed in."),
            translate("SignIn", "Connect with a shop whose relay runs on another computer."),
        )
        self._ways.setVisible(not trouble)
        self.other.setVisible(not trouble and (way == PERSON or bool(self._people)))
        self.elsewhere.setVisible(not elsewhere)
        self.home.setVisible(self._may_return)
        why = reasons.sentence(self._why) if self._why and way == PERSON else ""
        self.lead.setText(why or leads[way])
        if trouble:
            sentence = translate("SignIn", "The shop's relay does not answer. Nothing is lost.")
            self.lead.setText(sentence)
            self.enter.setText(translate("SignIn", "Try again"))
        self._speak_fields(way)

    def _speak_fields(self, way: int) -> None:
        self._secret_field.say(translate("SignIn", "PIN or password"))
        hint = translate("SignIn", "On the other computer: Settings, “Pair another computer”.")
        self._code_field.say(translate("SignIn", "Pairing code"), hint)
        self._address_field.say(translate("SignIn", "Address of the shop"))
        self.address.setPlaceholderText("https://shop.example")
        there = translate(
            "SignIn", "From Settings of a console there, or from “hanger relay pair” on the server."
        )
        self._there_field.say(translate("SignIn", "Pairing code"), there)
        back = translate("SignIn", "Choose a person")
        self.other.setText(translate("SignIn", "Use a pairing code") if way == PERSON else back)
        self.elsewhere.setText(translate("SignIn", "Another shop address…"))
        self.home.setText(translate("SignIn", "This computer's own shop"))
