"""The card of this computer: start at login, stop the shop's relay."""

from __future__ import annotations

import asyncio
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox

from console.autostart import LoginItem
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, speaks


class Computer(Protocol):
    """What settings may do with this computer (``views.window_presence.Presence``)."""

    @property
    def login_item(self) -> LoginItem:
        """Starts the program at login."""
        ...

    def ask_stop(self) -> None:
        """Ask whether the relay should stop."""
        ...


class ComputerCard(Section):
    """Shown where the shop's relay runs."""

    def __init__(self, computer: Computer, tasks: Tasks) -> None:
        super().__init__()
        self._computer, self._tasks = computer, tasks
        self._words = label("soft", wrap=True)
        self.at_login, self.stop = QCheckBox(), button()
        self.column.addWidget(self._words)
        self.column.addWidget(self.at_login)
        self.column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.at_login.clicked.connect(lambda on: tasks.spawn(self._start_at_login(on=on)))
        self.stop.clicked.connect(computer.ask_stop)
        self._speak()

    def reload(self) -> None:
        """Look again whether it starts at login."""
        self._tasks.spawn(self._load())

    async def _load(self) -> None:
        self.at_login.setChecked(await asyncio.to_thread(self._computer.login_item.is_on))

    async def _start_at_login(self, *, on: bool) -> None:
        switch = self._computer.login_item.switch
        try:
            await asyncio.to_thread(lambda: switch(on=on))
        finally:
            await self._load()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "The shop's relay"))
        self._words.setText(
            translate(
                "Settings",
                "The shop's relay runs on this computer. It goes on when the window is closed, "
                "so that members can always write.",
            )
        )
        self.at_login.setText(translate("Settings", "Start Hanger when I log in to this computer"))
        self.stop.setText(translate("Settings", "Stop the relay and quit…"))
