"""The card of how soon one is answered: whether the phone page says so, and what it says now."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox

from console.desk.opening import OpeningPort, PromiseNow
from console.models.faults import NoLine, coded
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import label, speaks
from console.wire.errors import Refusal

_HOUR_MIN = 60


class PromiseCard(Section):
    """A switch that counts at once."""

    def __init__(self, desk: OpeningPort, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._fresh = Reload(tasks, self._load)
        self._fresh_switch = Reload(tasks, self._load_switch)
        self._now: PromiseNow | None = None
        self.on, self._words = QCheckBox(), label("soft", wrap=True)
        self._hint = label("tiny", wrap=True)
        self.column.addWidget(self.on)
        self.column.addWidget(self._words)
        self.column.addWidget(self._hint)
        self.on.clicked.connect(lambda on: tasks.spawn(self._save(on=on)))
        self.destroyed.connect(desk.on_changed(self._reload_switch))
        self._speak()

    @property
    def text(self) -> str:
        """What it tells of the phone page."""
        return self._words.text()

    def reload(self) -> None:
        """Ask again what the phone page says."""
        self._reload_switch()
        self._fresh.start()

    def _reload_switch(self) -> None:
        self._fresh_switch.start()

    async def _load_switch(self) -> None:
        found = await self._desk.opening()
        if found is not None:
            self.on.setChecked(found.promise)
            self._speak()

    async def _load(self) -> None:
        try:
            self._now = await coded(self._desk.promise())
        except (NoLine, Refusal):
            self._now = None
        self._speak()

    async def _save(self, *, on: bool) -> None:
        await self._desk.save_promise(on=on)
        await self._fresh_switch.now()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Promise", "Promise of a reply"))
        self.on.setText(translate("Promise", "The phone page says how soon we usually answer"))
        self._words.setText(self._says())
        self._hint.setText(
            translate(
                "Promise",
                "It is the usual wait of the last 14 days during opening hours; who still waits "
                "counts too. With too few replies nothing is promised.",
            )
        )

    def _says(self) -> str:
        now = self._now
        if now is None:
            return translate("Promise", "What it says now is known once the line is back.")
        if now.reply_s is None:
            text = translate(
                "Promise", "It says nothing now: {n} replies are counted, {needed} are needed."
            )
            return text.format(n=now.samples, needed=now.needed)
        if not self.on.isChecked():
            return translate("Promise", "Hidden. It would say “{text}”.").format(
                text=_sentence(now.reply_s)
            )
        return translate("Promise", "Now it says “{text}”.").format(text=_sentence(now.reply_s))


def _sentence(seconds: int) -> str:
    """As the phone page says it."""
    minutes = max(1, math.ceil(seconds / 60))
    if minutes < _HOUR_MIN:
        return translate("Promise", "Usually replies within {n} min").format(n=minutes)
    hours = math.ceil(minutes / _HOUR_MIN)
    return translate("Promise", "Usually replies within {n} h").format(n=hours)
