"""The card of who is signed in on this computer, and out with one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.accounts import AccountsDesk, StaffChoice
from console.models.faults import coded
from console.ui.i18n import translate
from console.ui.section import Section, emptied
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import Avatar, button, label, snug, speaks


class PeopleCard(Section):
    """Rows of people who may switch to each other by PIN here."""

    signed_out = Signal(int)

    def __init__(self, accounts: AccountsDesk, tasks: Tasks) -> None:
        super().__init__()
        self._accounts, self._tasks = accounts, tasks
        self._fresh = Reload(tasks, self._load)
        self._people: Sequence[StaffChoice] = ()
        self.rows = QVBoxLayout()
        snug(self.rows, spacing=8)
        self.column.addLayout(self.rows)
        self._speak()

    def reload(self) -> None:
        """Read again who is signed in."""
        self._fresh.start()

    async def _load(self) -> None:
        people = await coded(self._accounts.staff_list())
        self._people = [person for person in people if person.remembered]
        self._show()

    def _show(self) -> None:
        emptied(self.rows)
        for person in self._people:
            self.rows.addWidget(self._person(person))

    def _person(self, person: StaffChoice) -> QWidget:
        row, name, leave = QWidget(), label(), button("link")
        line = QHBoxLayout(row)
        snug(line, spacing=10)
        avatar = Avatar(32)
        avatar.show_name(person.name)
        name.setText(person.name)
        leave.setText(translate("Settings", "Sign out"))
        leave.setAccessibleName(translate("Settings", "Sign out {name}").format(name=person.name))
        leave.clicked.connect(lambda: self._tasks.spawn(self._sign_out(person.staff_id)))
        line.addWidget(avatar)
        line.addWidget(name, 1)
        line.addWidget(leave)
        return row

    async def _sign_out(self, staff_id: int) -> None:
        await self._accounts.forget(staff_id)
        self.signed_out.emit(staff_id)
        await self._fresh.now()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
            self._show()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "Signed in on this computer"))
