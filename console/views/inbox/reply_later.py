"""The button that sends, and the small one beside it for later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from console.desk.later import LaterChoice
from console.desk.ports import WritingPort
from console.ui import bubble_phrases, icons, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.tasks import Tasks
from console.ui.when import WhenWindow
from console.ui.widgets import button, looked, repaints, snug, speaks


class SendButtons(QWidget):
    """Send, and send later; in a note only the one that keeps it."""

    sent = Signal()
    later = Signal(object)
    """The moment to send at, aware, in UTC."""

    def __init__(self, writing: WritingPort, tasks: Tasks, clock: ShopClock) -> None:
        super().__init__()
        self._writing, self._tasks, self._clock = writing, tasks, clock
        self._note = False
        self.menu: QMenu | None = None
        self.send, self.choose = button("primary"), button("primary")
        self.send.setProperty("part", "left")
        self.choose.setProperty("part", "right")
        self.send.setFixedHeight(40)
        self.choose.setFixedSize(30, 40)
        row = QHBoxLayout(self)
        snug(row, spacing=1)
        row.addWidget(self.send)
        row.addWidget(self.choose)
        self.send.clicked.connect(self.sent)
        self.choose.clicked.connect(self.open_menu)
        keymap().changed.connect(self._speak)
        self._speak()

    def show_state(self, *, ready: bool, note: bool) -> None:
        """Whether there is something to send, and whether it is a note."""
        if note != self._note:
            self._note = note
            self.send.setProperty("part", "" if note else "left")
            looked(self.send, "noted" if note else "primary")
            self._speak()
        self.choose.setVisible(not note)
        for each in (self.send, self.choose):
            each.setEnabled(ready)

    def open_menu(self) -> None:
        """Ask when."""
        if self.choose.isEnabled() and not self.choose.isHidden():
            self._tasks.spawn(self._open())

    async def _open(self) -> None:
        choices = await self._writing.later_choices(self._clock.now())
        self.menu = LaterMenu(choices, self._clock, self)
        self.menu.chosen.connect(self.later)
        self.menu.other.connect(self._ask)
        high = self.menu.sizeHint().height()
        self.menu.popup(self.choose.mapToGlobal(QPoint(0, -high - 4)))

    def _ask(self) -> None:
        window = WhenWindow(self._clock, self.window())
        window.chosen.connect(self._by_hand)
        window.open()

    def _by_hand(self, at: datetime) -> None:
        self._tasks.spawn(self._writing.remember_later(self._clock.local(at)))
        self.later.emit(at)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        words = translate("Reply", "Add note") if self._note else translate("Reply", "Send")
        self.send.setText(words)
        self.choose.setIcon(icons.icon("clock", 16, theme.color("on_accent")))
        later = translate("Reply", "Send later")
        keys = keymap().text("chat.later")
        self.choose.setAccessibleName(later)
        self.choose.setToolTip(f"{later} ({keys})" if keys else later)


class LaterMenu(QMenu):
    """The usual times, those used lately, another one; throws itself away when closed."""

    chosen = Signal(object)
    other = Signal()

    def __init__(self, choices: Sequence[LaterChoice], clock: ShopClock, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("later_menu")
        ink = theme.color("ink_soft")
        last = ""
        for choice in choices:
            if choice.kind == "used" != last:
                self.addSeparator()
            last = choice.kind
            when = bubble_phrases.moment(choice.at, clock)
            action = self.addAction(icons.icon("clock", 18, ink), f"{_name(choice.kind)}\t{when}")
            action.setObjectName(choice.kind)
            action.triggered.connect(lambda _=False, at=choice.at: self.chosen.emit(at))
        self.addSeparator()
        other = self.addAction(icons.icon("calendar", 18, ink), translate("When", "Another time…"))
        other.setObjectName("other")
        other.triggered.connect(self.other)
        self.aboutToHide.connect(self.deleteLater)


def _name(kind: str) -> str:
    return {
        "hour": translate("When", "In 1 hour"),
        "evening": translate("When", "This evening"),
        "opening": translate("When", "When the shop opens next"),
        "morning": translate("When", "Tomorrow morning"),
        "used": translate("When", "As lately"),
    }[kind]
