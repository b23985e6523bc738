"""The card of consoles that are signed in: which, whose, last seen, and out with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.team import SignedInConsole
from console.desk.types import Me
from console.models.faults import NoLine, coded
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import Section, emptied
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import LineLabel, Pill, button, label, snug, speaks
from console.wire.errors import Refusal


class Consoles(Protocol):
    """What the card asks (``desk.team.TeamDesk``)."""

    @property
    def me(self) -> Me:
        """Who sits here."""
        ...

    async def consoles(self) -> list[SignedInConsole]:
        """Where she (an owner: everybody) is signed in."""
        ...

    async def sign_out(self, device_id: int) -> None:
        """End a console's access."""
        ...


class DevicesCard(Section):
    """Rows of consoles, this one first."""

    def __init__(self, consoles: Consoles, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = consoles, tasks
        self._fresh = Reload(tasks, self._load)
        self._clock = ShopClock(consoles.me.timezone)
        self._consoles: Sequence[SignedInConsole] = ()
        self._offline = False
        self._lead = label("soft", wrap=True)
        self.rows = QVBoxLayout()
        snug(self.rows, spacing=10)
        self.column.addWidget(self._lead)
        self.column.addLayout(self.rows)
        self._speak()

    @property
    def lead_text(self) -> str:
        """What stands above the rows."""
        return self._lead.text()

    def reload(self) -> None:
        """Ask again which consoles are signed in."""
        self._fresh.start()

    async def _load(self) -> None:
        try:
            found = await coded(self._desk.consoles())
        except (NoLine, Refusal):
            self._offline = True
        else:
            self._offline = False
            mine = self._desk.me.staff_id
            self._consoles = sorted(found, key=lambda e: (not e.this, e.staff_id != mine))
        self._speak()
        self._show()

    def _show(self) -> None:
        emptied(self.rows)
        for console in self._consoles:
            self.rows.addWidget(self._row(console))

    def _row(self, console: SignedInConsole) -> QWidget:
        row, words = QWidget(), QVBoxLayout()
        line = QHBoxLayout(row)
        snug(line, spacing=10)
        snug(words)
        name, below = LineLabel(), LineLabel("tiny")
        name.say(console.name or translate("Devices", "A computer"))
        below.say(self._below(console))
        words.addWidget(name)
        words.addWidget(below)
        line.addLayout(words, 1)
        if console.this:
            pill = Pill("accent")
            pill.say(translate("Devices", "This computer"))
            line.addWidget(pill)
        else:
            leave = button("link")
            leave.setText(translate("Devices", "Sign out"))
            leave.setObjectName(f"leave-{console.device_id}")
            text = translate("Devices", "Sign out {name}").format(name=console.name)
            leave.setAccessibleName(text)
            leave.setEnabled(not self._offline)
            leave.clicked.connect(lambda: self._tasks.spawn(self._sign_out(console.device_id)))
            line.addWidget(leave)
        return row

    def _below(self, console: SignedInConsole) -> str:
        whose = console.staff_name
        if console.connected:
            return f"{whose} · " + translate("Devices", "connected now")
        seen = console.seen_at or console.created_at
        day = phrases.day_name(seen, self._clock)
        when = f"{day} {phrases.clock_time(seen, self._clock)}"
        last = translate("Devices", "last seen: {when}") if console.seen_at else ""
        first = translate("Devices", "signed in: {when}, not seen since")
        return f"{whose} · " + (last or first).format(when=when)

    async def _sign_out(self, device_id: int) -> None:
        try:
            await coded(self._desk.sign_out(device_id))
        except (NoLine, Refusal) as failure:
            self.complained.emit(str(failure.code))
        await self._fresh.now()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
            self._show()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Devices", "Signed in computers"))
        lead = translate("Devices", "Sign out what is lost or not used any more.")
        if self._offline:
            lead = translate(
                "Devices", "Which computers are signed in is known once the line is back."
            )
        self._lead.setText(lead)
