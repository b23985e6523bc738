"""The sheet that ``?`` opens: every command by area with its key, which can be changed there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.ui import keys
from console.ui.i18n import translate
from console.ui.key_button import KeyButton
from console.ui.keymap import as_shown, is_taken_by_writing, keymap
from console.ui.widgets import button, label, snug, speaks
from console.ui.window_frame import window_column

_WIDE: Final = 860
_HIGH: Final = 720
_COLUMNS: Final = (
    ("everywhere", "queue", "bubble", "member", "chart"),
    ("chat", "photo", "viewer"),
)


class KeyRow(QWidget):
    """One command: what it does, its key, and what is wrong with a new one."""

    def __init__(self, command: keys.Command) -> None:
        super().__init__()
        self.command = command
        self.words, self._fault = label(wrap=True), label("fault", wrap=True)
        self.key: KeyButton | QLabel
        self.usual = button("link")
        line = QHBoxLayout()
        snug(line, spacing=8)
        line.addWidget(self.words, 1)
        line.addWidget(self.usual)
        if command.fixed:
            self.key = label("keycap")
            self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.key.setMinimumWidth(104)
        else:
            self.key = KeyButton(command.text)
            self.key.pressed_keys.connect(self.change)
        self.usual.clicked.connect(lambda: keymap().reset(command.id))
        line.addWidget(self.key)
        column = QVBoxLayout(self)
        snug(column, spacing=2)
        column.addLayout(line)
        column.addWidget(self._fault)
        self._fault.hide()
        self.say()

    @property
    def fault_text(self) -> str:
        """Why the key pressed last was not taken; "" when it was."""
        return self._fault.text()

    def change(self, pressed: QKeySequence) -> None:
        """Take a key unless it has an owner or belongs to writing."""
        holder = keymap().holder(pressed, self.command.id) if not pressed.isEmpty() else None
        shown = as_shown(pressed)
        if holder is not None:
            words = translate("KeySheet", "{key} is taken: {command}")
            self._say_fault(words.format(key=shown, command=holder.text))
        elif is_taken_by_writing(pressed):
            words = translate("KeySheet", "{key} belongs to writing or to input methods")
            self._say_fault(words.format(key=shown))
        else:
            self._say_fault("")
            keymap().change(self.command.id, pressed)

    def _say_fault(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.setVisible(bool(words))

    def say(self) -> None:
        """Name it and show its key, in the language of the moment."""
        self.words.setText(self.command.text)
        shown = keymap().key(self.command.id)
        if isinstance(self.key, KeyButton):
            self.key.show_keys(shown)
        else:
            self.key.setText(as_shown(shown))
        self.usual.setText(translate("KeySheet", "Usual key"))
        self.usual.setAccessibleName(
            translate("KeySheet", "Usual key for: {command}").format(command=self.command.text)
        )
        self.usual.setVisible(keymap().is_changed(self.command.id))


class KeySheet(QDialog):
    """Lies over a window until it is closed."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows = {command.id: KeyRow(command) for command in keys.COMMANDS}
        self._title, self._hint = label("display"), label("soft", wrap=True)
        self._headings = {area: label("heading") for area in keys.AREAS}
        self.usual, self.leave = button(), button("primary")
        self.usual.clicked.connect(self._reset)
        self.leave.clicked.connect(self.accept)
        self._arrange()
        room = owner.window().size()
        self.resize(min(_WIDE, room.width() - 40), min(_HIGH, room.height() - 40))
        keymap().changed.connect(self._show)
        self._speak()
        self.leave.setFocus()

    def _arrange(self) -> None:
        column = window_column(self, 28, 22, 12, 18, spacing=10)
        body, foot = QWidget(), QHBoxLayout()
        column.addWidget(self._title)
        column.addWidget(self._hint)
        grid = QGridLayout(body)
        snug(grid, 0, 6, 16, 6)
        grid.setHorizontalSpacing(44)
        for place, areas in enumerate(_COLUMNS):
            grid.addLayout(self._areas(areas), 0, place)
            grid.setColumnStretch(place, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        column.addWidget(area, 1)
        snug(foot, 0, 0, 16, 0, spacing=8)
        foot.addWidget(self.usual)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column.addLayout(foot)

    def _areas(self, areas: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        snug(column, spacing=6)
        for area in areas:
            column.addWidget(self._headings[area])
            for row in self.rows.values():
                if row.command.area == area:
                    column.addWidget(row)
            column.addSpacing(14)
        column.addStretch(1)
        return column

    def _reset(self) -> None:
        for row in self.rows.values():
            if keymap().is_changed(row.command.id):
                keymap().reset(row.command.id)

    def _show(self) -> None:
        for row in self.rows.values():
            row.say()
        changed = any(keymap().is_changed(each) for each in self.rows)
        self.usual.setEnabled(changed)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        title = translate("KeySheet", "Keys at a glance")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._hint.setText(
            translate(
                "KeySheet",
                "Click a key, then press the one you want. Backspace leaves it without a key.",
            )
        )
        for area, heading in self._headings.items():
            heading.setText(keys.area_text(area))
        self.usual.setText(translate("KeySheet", "All keys as usual"))
        self.leave.setText(translate("KeySheet", "Close"))
        self._show()
