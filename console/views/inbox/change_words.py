"""Other words for a message that waits to be sent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from console.ui.forms import Field
from console.ui.i18n import translate
from console.ui.widgets import button, label
from console.ui.window_frame import add_foot, window_column
from console.wire.frames import MAX_TEXT_CHARS


class ChangeWords(QDialog):
    """``chosen`` carries the new words when they differ from the old; Ctrl+Enter saves."""

    chosen = Signal(str)

    def __init__(self, words: str, parent: QWidget, *, may_be_empty: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._before, self._may_be_empty = words, may_be_empty
        self.words = QPlainTextEdit(words)
        self.words.setProperty("look", "note")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(140)
        self._field, heading = Field(self.words), label("title")
        self.save, self.leave = button("primary"), button()
        self.save.setDefault(True)
        title = translate("Timeline", "Change the words")
        self.setWindowTitle(title)
        heading.setText(title)
        self._field.say(translate("Timeline", "Sent when its time comes"))
        self.save.setText(translate("Timeline", "Save"))
        self.leave.setText(translate("Timeline", "Cancel"))
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.reject)
        self._arrange(heading)

    def _arrange(self, heading: QWidget) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        column.addWidget(heading)
        column.addWidget(self._field)
        add_foot(column, self.leave, self.save)
        self.setFixedWidth(440)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            saves = QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self)
            saves.activated.connect(self._save)
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.setFocus()

    @property
    def fault_text(self) -> str:
        """What is wrong with the words."""
        return self._field.fault_text

    def _save(self) -> None:
        words = self.words.toPlainText().strip()
        if not words and not self._may_be_empty:
            self._field.fault(translate("Timeline", "Without words there is nothing to send"))
        elif len(words) > MAX_TEXT_CHARS:
            self._field.fault(
                translate("Timeline", "At most {n} characters").format(n=MAX_TEXT_CHARS)
            )
        else:
            if words != self._before:
                self.chosen.emit(words)
            self.accept()
