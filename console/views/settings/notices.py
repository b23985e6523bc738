"""The card of what may call for attention on this computer: notices and the sound."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QSlider, QWidget

from console.ui.attention import NOTICES, AttentionChoice
from console.ui.chime import MessageSound, Voice
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.widgets import Chip, button, label, snug, speaks

_FIRST: Final = 96
"""Width of the words before the controls."""


class NoticesCard(Section):
    """Three chips, a switch, a slider; everything counts at once."""

    def __init__(self, choice: AttentionChoice, voice: Voice | None = None) -> None:
        super().__init__()
        self._choice = choice
        self._voice = voice or MessageSound(self)
        self._words, self._loud = label("soft"), label("soft")
        self._hint = label("tiny", wrap=True)
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for which in NOTICES:
            chip = Chip()
            chip.clicked.connect(lambda _=False, which=which: choice.set_notices(which))
            self._group.addButton(chip)
            self.chips[which] = chip
        self.sounds, self.hear = QCheckBox(), button("link")
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(5, 100)
        self.volume.setSingleStep(5)
        self.volume.setMinimumWidth(80)
        self.volume.setMaximumWidth(180)
        self._arrange()
        self._show()
        self.sounds.clicked.connect(lambda on: choice.set_sounds(on=on))
        self.volume.valueChanged.connect(choice.set_volume)
        self.hear.clicked.connect(lambda: self._voice.ring(choice.volume / 100))
        choice.changed.connect(self._show)
        self._speak()

    def _arrange(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, words in ((first, self._words), (second, self._loud)):
            snug(line, spacing=8)
            words.setMinimumWidth(_FIRST)
            line.addWidget(words)
        chips = QWidget()
        flow = FlowLayout(chips, 8)
        for chip in self.chips.values():
            flow.addWidget(chip)
        first.addWidget(chips, 1)
        second.addWidget(self.volume, 1)
        second.addWidget(self.hear)
        second.addStretch(1)
        self.column.addLayout(first)
        self.column.addWidget(self._hint)
        self.column.addWidget(self.sounds)
        self.column.addLayout(second)

    def _show(self) -> None:
        self.chips[self._choice.notices].setChecked(True)
        self.sounds.setChecked(self._choice.sounds)
        self.volume.setValue(self._choice.volume)
        self.volume.setEnabled(self._choice.sounds)
        self.hear.setEnabled(self._choice.sounds)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "New messages"))
        self._words.setText(translate("Settings", "Notices"))
        names = (
            translate("Settings", "All"),
            translate("Settings", "Mine and nobody's"),
            translate("Settings", "None"),
        )
        for chip, name in zip(self.chips.values(), names, strict=True):
            chip.setText(name)
        self._hint.setText(translate(
            "Settings",
            "On this computer only. The conversation before your eyes, put-off and blocked ones "
            "never call; while the window is locked a notice does not say who wrote what.",
        ))  # fmt: skip
        self.sounds.setText(translate("Settings", "A sound with a new message"))
        self._loud.setText(translate("Settings", "Volume"))
        self.volume.setAccessibleName(translate("Settings", "Volume"))
        self.hear.setText(translate("Settings", "Listen"))
