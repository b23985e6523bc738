"""The card of what the program looks like: palette and language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from console.ui.appearance import LANGUAGES, THEMES, Appearance
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.widgets import Chip, label, snug, speaks


class LooksCard(Section):
    """Two lines of chips; a click counts at once."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.themes = self._choices(THEMES, appearance.set_theme)
        self.tongues = self._choices(LANGUAGES, appearance.set_language)
        self._words = (label("soft"), label("soft"))
        for words, chips in zip(self._words, (self.themes, self.tongues), strict=True):
            line = QHBoxLayout()
            snug(line, spacing=8)
            words.setMinimumWidth(96)
            line.addWidget(words)
            row = QWidget()
            flow = FlowLayout(row, 8)
            for chip in chips.values():
                flow.addWidget(chip)
            line.addWidget(row, 1)
            self.column.addLayout(line)
        appearance.changed.connect(self._mark)
        self._mark()
        self._speak()

    def _choices(
        self, values: tuple[str, ...], slot: Callable[[str], None]
    ) -> dict[str, QPushButton]:
        made: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for value in values:
            chip = Chip()
            chip.clicked.connect(lambda _=False, value=value: slot(value))
            group.addButton(chip)
            made[value] = chip
        return made

    def _mark(self) -> None:
        self.themes[self._appearance.theme].setChecked(True)
        self.tongues[self._appearance.language].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        system = translate("Settings", "Like the system")
        self.title.setText(translate("Settings", "Colours and language"))
        self._words[0].setText(translate("Settings", "Colours"))
        self._words[1].setText(translate("Settings", "Language"))
        names = (system, translate("Settings", "Light"), translate("Settings", "Dark"))
        for chip, text in zip(self.themes.values(), names, strict=True):
            chip.setText(text)
        for chip, text in zip(self.tongues.values(), (system, "简体中文", "English"), strict=True):
            chip.setText(text)
