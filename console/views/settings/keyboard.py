"""The card of the keyboard: leads to the sheet on which keys are seen and changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt

from console.ui.i18n import translate
from console.ui.key_sheet import KeySheet
from console.ui.keymap import keymap
from console.ui.section import Section
from console.ui.widgets import button, label, speaks


class KeysCard(Section):
    """A sentence and a button."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self.show_keys = label("soft", wrap=True), button()
        self.column.addWidget(self._words)
        self.column.addWidget(self.show_keys, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_keys.clicked.connect(lambda: KeySheet(self).open())
        keymap().changed.connect(self._speak)
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "Keys"))
        self._words.setText(translate(
            "Settings",
            "Everything can be done without a mouse. {key} shows all keys wherever you are and "
            "not writing; a changed key holds on this computer.",
        ).format(key=keymap().text("keys") or "F1"))  # fmt: skip
        self.show_keys.setText(translate("Settings", "See and change keys…"))
