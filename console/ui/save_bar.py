"""The foot of a form that is saved as a whole: unsaved changes, and what was changed elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.i18n import translate
from console.ui.widgets import button, label, looked, snug, speaks


class SaveBar(QWidget):
    """Hidden while there is nothing to decide.

    ``kept``: mine over what stands; ``dropped``: what stands over mine.
    """

    saved = Signal()
    undone = Signal()
    kept = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._conflict = False
        self._ground, self._words = QFrame(), label("soft", wrap=True)
        self.save, self.undo = button("primary"), button("link")
        self.save.clicked.connect(self._on_save)
        self.undo.clicked.connect(self._on_undo)
        line = QHBoxLayout(self._ground)
        snug(line, 14, 10, 14, 10, spacing=8)
        line.addWidget(self._words, 1)
        line.addWidget(self.undo)
        line.addWidget(self.save)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(self._ground)
        self.hide()
        self._speak()

    def show_state(self, *, dirty: bool, conflict: bool = False, fault: str = "") -> None:
        """What there is to decide; ``fault``: one sentence that keeps it from being saved."""
        self._conflict = conflict
        looked(self._ground, "conflict" if conflict else "beside")
        self.setVisible(dirty or conflict)
        self.save.setEnabled(not fault)
        self._speak()
        if fault:
            self._words.setText(fault)
        looked(self._words, "fault" if fault else "soft")

    def _on_save(self) -> None:
        (self.kept if self._conflict else self.saved).emit()

    def _on_undo(self) -> None:
        (self.dropped if self._conflict else self.undone).emit()

    @property
    def text(self) -> str:
        """What it says while it is shown."""
        return self._words.text() if not self.isHidden() else ""

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        if self._conflict:
            self._words.setText(
                translate("SaveBar", "This was changed on another computer meanwhile.")
            )
            self.save.setText(translate("SaveBar", "Save mine"))
            self.undo.setText(translate("SaveBar", "Show the other"))
            return
        self._words.setText(translate("SaveBar", "Not saved yet."))
        self.save.setText(translate("SaveBar", "Save"))
        self.undo.setText(translate("SaveBar", "Undo the changes"))
