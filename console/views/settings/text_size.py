"""The card of how large everything is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from console.ui import text_size
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.widgets import Chip, button, label, snug, speaks


class TextSizeCard(Section):
    """Chips; another size opens the program anew, when told to."""

    restart_asked = Signal()

    def __init__(self, store: QSettings) -> None:
        super().__init__()
        self._store, self._running = store, text_size.kept(store)
        self._words, self._hint = label("soft"), label("tiny", wrap=True)
        self._group = QButtonGroup(self)
        self.chips: dict[int, QPushButton] = {}
        line = QHBoxLayout()
        snug(line, spacing=8)
        self._words.setMinimumWidth(96)
        line.addWidget(self._words)
        chips = QWidget()
        flow = FlowLayout(chips, 8)
        for size in text_size.SIZES:
            chip = self.chips[size] = Chip()
            chip.setText(f"{size} %")
            chip.clicked.connect(lambda _=False, size=size: self._choose(size))
            self._group.addButton(chip)
            flow.addWidget(chip)
        line.addWidget(chips, 1)
        self.again = button("primary")
        self.again.clicked.connect(self.restart_asked)
        self.again.hide()
        foot = QHBoxLayout()
        snug(foot, spacing=12)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.again)
        self.column.addLayout(line)
        self.column.addLayout(foot)
        self.chips[self._running].setChecked(True)
        self._speak()

    def _choose(self, size: int) -> None:
        text_size.keep(self._store, size)
        self.again.setVisible(size != self._running)
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "Text size"))
        self._words.setText(translate("Settings", "Size"))
        self.again.setText(translate("Settings", "Open again in this size"))
        for size, chip in self.chips.items():
            chip.setAccessibleName(translate("Settings", "Text size {n} %").format(n=size))
        hint = translate("Settings", "Letters, pictures and spaces grow together.")
        if not self.again.isHidden():
            hint = translate("Settings", "It takes a moment; what you began to write is kept.")
        self._hint.setText(hint)
