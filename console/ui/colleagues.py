"""Who else is at a conversation: a line over the reply box, a warning when two answer at once.

Signals are never stored: who has not been heard of for a while is gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from console.ui.i18n import translate
from console.ui.widgets import IconLabel, LineLabel, looked, snug, speaks

TYPING_S: Final = 8.0
VIEWING_S: Final = 100.0
"""Longer than two of the beats with which a console tells that it still looks."""
_LOOK_MS: Final = 1_000


class ColleaguesBar(QFrame):
    """Names those who look at, or answer, the conversation that is shown."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._until: dict[tuple[str, int], tuple[float, str]] = {}
        self._icon = IconLabel("eye", 15, "ink_faint")
        self._words = LineLabel("tiny")
        row = QHBoxLayout(self)
        snug(row, 12, 4, 12, 4, spacing=7)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._show)
        self._writing_here = False
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.accessibleName() if not self.isHidden() else ""

    @property
    def collides(self) -> bool:
        """Whether a colleague is answering right now."""
        return bool(self._names("typing"))

    def knows(self, staff_id: int) -> bool:
        """Whether she was heard of lately."""
        return any(who == staff_id for _, who in self._until)

    def hear(self, kind: str, staff_id: int, name: str, *, on: bool) -> None:
        """A colleague began or ended looking or typing here."""
        if on:
            lasts = TYPING_S if kind == "typing" else VIEWING_S
            self._until[kind, staff_id] = (self._clock() + lasts, name)
        else:
            self._until.pop((kind, staff_id), None)
        self._show()

    def writing_here(self, *, on: bool) -> None:
        """Whether something stands in the reply box: then a colleague's typing is a warning."""
        self._writing_here = on
        self._show()

    def forget(self) -> None:
        """Another conversation is shown."""
        self._until.clear()
        self._show()

    def _names(self, kind: str) -> list[str]:
        now = self._clock()
        self._until = {who: held for who, held in self._until.items() if held[0] > now}
        return [name for (what, _), (_, name) in self._until.items() if what == kind]

    def _show(self) -> None:
        typing, looking = self._names("typing"), self._names("viewing")
        if typing:
            text = translate("Colleagues", "{names} is answering right now").format(
                names=_joined(typing)
            )
        else:
            text = translate("Colleagues", "{names} is looking at this too").format(
                names=_joined(looking)
            )
        warns = bool(typing) and self._writing_here
        if typing and warns:
            text += translate("Colleagues", " — read it before you send")
        self.setVisible(bool(typing or looking))
        if self.isHidden():
            self._timer.stop()
            return
        if not self._timer.isActive():
            self._timer.start()
        if text != self._words.accessibleName():
            self._words.say(text)
            self._icon.show_icon("warning" if typing else "eye")
            looked(self, "collision" if typing else "colleagues")

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._show()
        super().changeEvent(event)


def _joined(names: list[str]) -> str:
    return translate("Colleagues", ", ").join(dict.fromkeys(names))
