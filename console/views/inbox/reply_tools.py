"""The row above the reply box: what can go with the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.ui import icons, theme
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.widgets import button, label, looked, repaints, snug, speaks

_ICON: Final = 18
_BESIDE: Final = 14
"""Of a button: everything that is neither icon nor text."""


@dataclass(frozen=True, slots=True)
class _Tool:
    """A button: its name in signals, its icon, the command whose key it tells."""

    name: str
    icon: str
    command: str


_TOOLS: Final = (
    _Tool("photos", "photo", "chat.photos"), _Tool("video", "video", "chat.video"),
    _Tool("voice", "mic", "chat.voice"), _Tool("item", "product", "chat.item"),
    _Tool("emoji", "emoji", "chat.emoji"), _Tool("quick", "quick", "chat.quick"),
    _Tool("note", "lock", "chat.note"),
)  # fmt: skip


class ToolRow(QWidget):
    """Buttons that say their names where there is room, and a counter at the right."""

    pressed = Signal(str)
    """Name of a tool: photos, video, voice, item, emoji, quick, note."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self.counter, self.hint = label("tiny"), label("tiny")
        row = QHBoxLayout(self)
        snug(row, spacing=2)
        for tool in _TOOLS:
            made = button("tool")
            made.setObjectName(tool.name)
            made.clicked.connect(lambda _=False, name=tool.name: self.pressed.emit(name))
            self.buttons[tool.name] = made
            row.addWidget(made)
        self.buttons["note"].setCheckable(True)
        row.addStretch(1)
        row.addWidget(self.counter)
        row.addWidget(self.hint)
        keymap().changed.connect(self._speak)
        self._speak()

    def show_note(self, *, on: bool) -> None:
        """In a note nothing but emoji and the note's own switch does anything."""
        self.buttons["note"].setChecked(on)
        for name in ("photos", "video", "voice", "item", "quick"):
            self.buttons[name].setEnabled(not on)
        self._speak()

    def show_count(self, words: str, *, too_long: bool) -> None:
        """How long the words are, where the hint stands otherwise; "" needs no saying."""
        changes = bool(words) != bool(self.counter.text())
        self.counter.setText(words)
        looked(self.counter, "fault" if too_long else "tiny")
        if changes:
            self._fit()

    # --- room -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names where there is room, else icons alone."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        names = _names()
        for made in self.buttons.values():
            made.setText(names[made.objectName()])
        widest = sum(made.sizeHint().width() + 2 for made in self.buttons.values())
        with_hint = widest + self.hint.sizeHint().width() + 16
        hinting = not self.counter.text()
        self.hint.setVisible(hinting and self.width() >= with_hint)
        if self.width() < widest + self.counter.sizeHint().width():
            for made in self.buttons.values():
                made.setText("")
            with_icons = self.hint.sizeHint().width() + 34 * len(_TOOLS)
            self.hint.setVisible(hinting and self.width() >= with_icons)
        for made in self.buttons.values():
            made.setProperty("bare", not made.text())
            made.style().unpolish(made)
            made.style().polish(made)

    # --- language and palette -------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        names, hints = _names(), _hints()
        for tool in _TOOLS:
            made = self.buttons[tool.name]
            role = "warn_ink" if tool.name == "note" and made.isChecked() else "ink_soft"
            made.setIcon(icons.icon(tool.icon, _ICON, theme.color(role)))
            made.setAccessibleName(names[tool.name])
            keys = keymap().text(tool.command)
            tip = f"{hints[tool.name]} ({keys})" if keys else hints[tool.name]
            made.setToolTip(tip)
            made.setAccessibleDescription(tip)
        if self.buttons["note"].isChecked():
            self.hint.setText(translate("Reply", "Enter adds the note · Esc back to the reply"))
        else:
            self.hint.setText(translate("Reply", "Enter sends · Shift+Enter new line"))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._fit()


def _names() -> dict[str, str]:
    return {
        "photos": translate("Reply", "Photo"),
        "video": translate("Reply", "Video"),
        "voice": translate("Reply", "Voice"),
        "item": translate("Reply", "Item"),
        "emoji": translate("Reply", "Emoji"),
        "quick": translate("Reply", "Quick reply /"),
        "note": translate("Reply", "Note"),
    }


def _hints() -> dict[str, str]:
    return {
        "photos": translate("Reply", "Add photos; or drop or paste them"),
        "video": translate("Reply", "Add a video of up to 3 minutes"),
        "voice": translate("Reply", "Record a voice message"),
        "item": translate("Reply", "Add an item's card"),
        "emoji": translate("Reply", "Choose an emoji"),
        "quick": translate("Reply", "Words kept ready; type / in an empty place"),
        "note": translate("Reply", "A note that only colleagues see"),
    }
