"""The team card of the settings: who works here, and with what each signs in.

An owner sees and changes everybody; a clerk sees herself and changes her own secret.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.desk.team import Colleague
from console.desk.types import Me
from console.models.faults import NoLine, coded
from console.ui.i18n import translate
from console.ui.section import Section, emptied
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import Avatar, button, label, snug, speaks
from console.views.settings.forms import AddForm, SecretForm, ShutOutForm, TeamForm, role_name
from console.wire.errors import Refusal


class Team(Protocol):
    """What the card asks (``desk.team.TeamDesk``)."""

    @property
    def me(self) -> Me:
        """Who sits here."""
        ...

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after colleagues changed."""
        ...

    async def people(self) -> list[Colleague]:
        """Everybody."""
        ...

    async def add(self, name: str, role: str, secret: str) -> None:
        """A new colleague."""
        ...

    async def set_active(self, staff_id: int, *, active: bool) -> None:
        """Shut her out, or let her in again."""
        ...

    async def set_secret(self, staff_id: int, secret: str, current: str = "") -> None:
        """Another PIN or password."""
        ...


class TeamCard(Section):
    """Rows of people; one form at a time below them."""

    def __init__(self, team: Team, tasks: Tasks) -> None:
        super().__init__()
        self._team, self._tasks = team, tasks
        self._fresh = Reload(tasks, self._load)
        self._people: Sequence[Colleague] = ()
        self._is_owner = team.me.role == "owner"
        self.rows = QVBoxLayout()
        snug(self.rows, spacing=10)
        self.form: TeamForm | None = None
        self._place = QVBoxLayout()
        snug(self._place)
        self.done, self.add = label("good", wrap=True), button()
        self.add.clicked.connect(self._ask_add)
        self.done.hide()
        self.column.addLayout(self.rows)
        self.column.addLayout(self._place)
        self.column.addWidget(self.done)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.setVisible(self._is_owner)
        self.destroyed.connect(team.on_changed(self.reload))
        self._speak()

    # --- rows -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again who works here."""
        self._fresh.start()

    async def _load(self) -> None:
        me = self._team.me
        self._is_owner = me.role == "owner"
        people = await self._team.people()
        self._people = [each for each in people if self._is_owner or each.staff_id == me.staff_id]
        self._show()

    def _show(self) -> None:
        emptied(self.rows)
        for person in self._people:
            self.rows.addWidget(self._row(person))
        self.add.setVisible(self._is_owner)

    def _row(self, person: Colleague) -> QWidget:
        row, name, below = QWidget(), label(), label("tiny")
        line, words = QHBoxLayout(row), QVBoxLayout()
        snug(line, spacing=10)
        snug(words)
        avatar = Avatar(34)
        avatar.show_name(person.name)
        avatar.setEnabled(person.active)
        name.setText(person.name)
        below.setText(self._below(person))
        words.addWidget(name)
        words.addWidget(below)
        line.addWidget(avatar)
        line.addLayout(words, 1)
        for made in self._buttons(person):
            line.addWidget(made)
        row.setObjectName(f"person-{person.staff_id}")
        return row

    def _below(self, person: Colleague) -> str:
        parts = [role_name(person.role)]
        if person.staff_id == self._team.me.staff_id:
            parts.append(translate("Team", "you"))
        if not person.active:
            parts.append(translate("Team", "deactivated"))
        return " · ".join(parts)

    def _buttons(self, person: Colleague) -> list[QPushButton]:
        made = []
        if person.active:
            text = translate("Team", "Change PIN")
            made.append(_link("secret", text, person, lambda: self._ask_secret(person)))
        if self._is_owner and person.staff_id != self._team.me.staff_id:
            if person.active:
                text = translate("Team", "Deactivate")
                made.append(_link("active", text, person, lambda: self._ask_out(person)))
            else:
                text = translate("Team", "Let in again")
                made.append(_link("active", text, person, lambda: self._let_in(person)))
        return made

    # --- doing ----------------------------------------------------------------------------

    def _ask_add(self) -> None:
        form = AddForm()

        def work() -> Awaitable[None]:
            texts = {name: edit.text() for name, edit in form.edits.items()}
            return self._team.add(texts["name"].strip(), form.role, texts["secret"])

        self._open(form, work, lambda: translate("Team", "Added. She can sign in now."))

    def _ask_secret(self, person: Colleague) -> None:
        form = SecretForm(person.name, own=person.staff_id == self._team.me.staff_id)

        def work() -> Awaitable[None]:
            texts = {name: edit.text() for name, edit in form.edits.items()}
            return self._team.set_secret(person.staff_id, **texts)

        self._open(form, work, lambda: translate("Team", "The new one counts from now on."))

    def _ask_out(self, person: Colleague) -> None:
        def work() -> Awaitable[None]:
            return self._team.set_active(person.staff_id, active=False)

        said = translate("Team", "{name} is signed out everywhere.").format(name=person.name)
        self._open(ShutOutForm(person.name), work, lambda: said)

    def _let_in(self, person: Colleague) -> None:
        self._close()
        self._tasks.spawn(self._let_in_now(person))

    async def _let_in_now(self, person: Colleague) -> None:
        try:
            await coded(self._team.set_active(person.staff_id, active=True))
        except (NoLine, Refusal) as failure:
            self.complained.emit(str(failure.code))
            return
        await self._fresh.now()

    def _open(
        self, form: TeamForm, work: Callable[[], Awaitable[None]], said: Callable[[], str]
    ) -> None:
        self._close()
        self.form = form
        form.left.connect(self._close)
        form.sent.connect(lambda: self._tasks.spawn(self._send(form, work, said)))
        self._place.addWidget(form)
        self.add.hide()
        form.show()
        (next(iter(form.edits.values()), form.cancel)).setFocus()

    async def _send(
        self, form: TeamForm, work: Callable[[], Awaitable[None]], said: Callable[[], str]
    ) -> None:
        try:
            await coded(work())
        except Refusal as refusal:
            form.refuse(refusal)
            return
        except NoLine as missing:
            form.fail(missing.code)
            return
        self._close()
        self.done.setText(said())
        self.done.show()
        await self._fresh.now()

    def _close(self) -> None:
        self.form = None
        self.done.hide()
        emptied(self._place)
        self.add.setVisible(self._is_owner)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
            self._show()
        super().changeEvent(event)

    def _speak(self) -> None:
        own = translate("Team", "How you sign in")
        self.title.setText(translate("Team", "Who works here") if self._is_owner else own)
        self.add.setText(translate("Team", "Add a colleague"))


def _link(kind: str, text: str, person: Colleague, slot: Callable[[], None]) -> QPushButton:
    made = button("link")
    made.setText(text)
    made.setObjectName(f"{kind}-{person.staff_id}")
    made.setAccessibleName(f"{text} · {person.name}")
    made.clicked.connect(slot)
    return made
