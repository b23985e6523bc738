"""Keeping what is written as a quick reply: a name, a shortcut, for whom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from console.desk.ports import QuickRepliesPort
from console.domain.quick_replies import MAX_SHORTCUT_CHARS, MAX_TITLE_CHARS
from console.ui import reasons
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug
from console.ui.window_frame import add_foot, window_column
from console.wire.errors import Code, Refusal


class KeepWindow(QDialog):
    """Closes when it is kept; what is wrong stands at its field."""

    kept = Signal(str)
    """A sentence for the clerk."""

    def __init__(self, words: str, port: QuickRepliesPort, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._port, self.tasks = port, Tasks(self)
        self.title = line_edit(longest=MAX_TITLE_CHARS)
        self.shortcut = line_edit(longest=MAX_SHORTCUT_CHARS)
        self.words = QPlainTextEdit(words)
        self.words.setProperty("look", "note")
        self.words.setTabChangesFocus(True)
        self.mine, self.shops = QRadioButton(), QRadioButton()
        self.mine.setChecked(True)
        self.save, self.leave = button("primary"), button()
        self.save.setDefault(True)
        self._title, self._shortcut = Field(self.title), Field(self.shortcut)
        self._words, self._heading = Field(self.words), label("title")
        self.save.clicked.connect(lambda: self.tasks.spawn(self._save()))
        self.leave.clicked.connect(self.reject)
        self._arrange()
        self._speak()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        whose = QHBoxLayout()
        for field in (self._heading, self._title, self._shortcut, self._words):
            column.addWidget(field)
        snug(whose, spacing=12)
        for choice in (self.mine, self.shops):
            whose.addWidget(choice)
        whose.addStretch(1)
        column.addLayout(whose)
        add_foot(column, self.leave, self.save)
        self.words.setFixedHeight(110)
        self.setFixedWidth(440)
        self.title.setFocus()

    def _speak(self) -> None:
        heading = translate("Quick", "Save as quick reply")
        self.setWindowTitle(heading)
        self._heading.setText(heading)
        self._title.say(translate("Quick", "Title"))
        self._shortcut.say(
            translate("Quick", "Shortcut"), translate("Quick", "What you type behind /; optional")
        )
        self._words.say(
            translate("Quick", "Words"),
            translate("Quick", "{name} and {points} are filled in; [day] is a blank to type into"),
        )
        self.mine.setText(translate("Quick", "Only for me"))
        self.shops.setText(translate("Quick", "For the whole shop"))
        self.save.setText(translate("Quick", "Save"))
        self.leave.setText(translate("Quick", "Cancel"))

    @property
    def fault_text(self) -> str:
        """What is wrong, wherever."""
        return self._title.fault_text or self._shortcut.fault_text or self._words.fault_text

    async def _save(self) -> None:
        fields = {"title": self._title, "shortcut": self._shortcut}
        for field in (*fields.values(), self._words):
            field.fault("")
        try:
            await self._port.save(
                shared=self.shops.isChecked(), title=self.title.text(),
                shortcut=self.shortcut.text(), body=self.words.toPlainText(),
            )  # fmt: skip
        except Refusal as refusal:
            sentence = reasons.sentence(refusal.code, refusal.parameters)
            if refusal.code == Code.COMMAND_INVALID:
                sentence = translate("Quick", "One word without spaces")
            fields.get(refusal.field or "", self._words).fault(sentence)
            return
        self.kept.emit(translate("Quick", "Kept; / finds it"))
        self.accept()
