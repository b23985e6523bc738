"""What is unusual about the member of an open conversation, above it and in the reply's place.

A guest can be vouched for, a blocked member heard again, a merged one followed; with an erased
one nothing can be done any more.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.desk.types import ConversationItem, MemberPanel
from console.ui.i18n import translate
from console.ui.notices import Banner
from console.ui.widgets import IconLabel, button, label, snug, speaks


def state_of(item: ConversationItem | None, panel: MemberPanel | None) -> str:
    """``erased``, ``merged``, ``blocked``, ``guest`` or "" for nothing unusual."""
    state = panel.state if panel is not None else item.member_state if item is not None else ""
    if state in {"erased", "merged"}:
        return state
    blocked = panel.blocked if panel is not None else item is not None and item.blocked
    return "blocked" if blocked else state if state == "guest" else ""


class StateBanner(Banner):
    """Above the timeline; ``asked`` carries ``guest`` (vouch), ``blocked`` or ``merged``."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self._state, self._name = "", ""
        self.button.setObjectName("state")
        self.button.clicked.connect(lambda: self.asked.emit(self._state))
        self.hide()

    def show_state(self, state: str, merged_name: str = "") -> None:
        """Tell of a state; "" hides it."""
        self._state, self._name = state, merged_name
        self._speak()
        self.setVisible(bool(state))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        if self._state == "guest":
            self.say(
                translate(
                    "Inbox", "A guest: this number is only claimed, older messages stay hidden."
                ),
                translate("Inbox", "Confirm the number"),
            )
        elif self._state == "blocked":
            self.say(
                translate("Inbox", "Blocked: what she writes does not arrive."),
                translate("Inbox", "Unblock"),
            )
        elif self._state == "merged":
            words = translate("Inbox", "Merged into {name}: the conversation goes on there.")
            self.say(words.format(name=self._name), translate("Inbox", "Go there"))
        elif self._state == "erased":
            self.say(translate("Inbox", "Erased: her messages and facts are gone for good."))


class ShutReply(QFrame):
    """In the place of the reply box while nothing can be sent; what was begun is kept."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state = ""
        self.setProperty("look", "footer")
        self._words, self.button = label("soft", wrap=True), button()
        self.button.clicked.connect(lambda: self.asked.emit(self._state))
        row = QHBoxLayout(self)
        snug(row, 20, 16, 20, 16, spacing=12)
        row.addWidget(IconLabel("lock", 18, "ink_faint"))
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_state(self, state: str) -> None:
        """Explain why nothing can be written."""
        self._state = state
        self._speak()

    @property
    def words(self) -> str:
        """The explanation."""
        return self._words.text()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        words = {
            "blocked": translate(
                "Inbox", "She is blocked, so nothing can be sent. Words you began are kept."
            ),
            "merged": translate("Inbox", "Write in the conversation she was merged into."),
            "erased": translate("Inbox", "Nobody is here to read an answer any more."),
        }
        actions = {
            "blocked": translate("Inbox", "Unblock"),
            "merged": translate("Inbox", "Go there"),
        }
        self._words.setText(words.get(self._state, ""))
        self.button.setText(actions.get(self._state, ""))
        self.button.setVisible(self._state in actions)
