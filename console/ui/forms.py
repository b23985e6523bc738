"""Fields with a title above and one sentence below when something is wrong."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QVBoxLayout, QWidget

from console.ui.widgets import label, snug

Edit = TypeVar("Edit", bound=QDateTimeEdit)


def roomy(edit: Edit) -> Edit:
    """Keep its digits off the border: a style sheet's padding does not reach the line inside."""
    edit.lineEdit().setTextMargins(8, 0, 0, 0)
    return edit


class Field(QWidget):
    """One entry of a form: title, control, hint or fault."""

    def __init__(self, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._title, self._below = label("soft"), label("tiny", wrap=True)
        self._title.setBuddy(control)
        self._hint, self._fault = "", ""
        column = QVBoxLayout(self)
        snug(column, spacing=5)
        for part in (self._title, control, self._below):
            column.addWidget(part)
        if isinstance(control, QDateTimeEdit):
            roomy(control)
        if isinstance(control, QLineEdit):
            control.textEdited.connect(lambda _: self.fault(""))

    def say(self, title: str, hint: str = "") -> None:
        """Name the field, and explain it."""
        self._hint = hint
        self._title.setText(title)
        self.control.setAccessibleName(title)
        self._show()

    def fault(self, sentence: str) -> None:
        """Say what is wrong here; "" when nothing is."""
        if sentence != self._fault:
            self._fault = sentence
            self._show()

    @property
    def fault_text(self) -> str:
        """What is wrong here."""
        return self._fault

    def _show(self) -> None:
        self._below.setText(self._fault or self._hint)
        self._below.setVisible(bool(self._fault or self._hint))
        self._below.setProperty("look", "fault" if self._fault else "tiny")
        self.control.setProperty("fault", bool(self._fault))
        for part in (self._below, self.control):
            part.style().unpolish(part)
            part.style().polish(part)
        self.control.setAccessibleDescription(self._fault or self._hint)


def line_edit(*, secret: bool = False, longest: int = 80) -> QLineEdit:
    """A line to write in; ``secret`` shows dots."""
    made = QLineEdit()
    made.setMaxLength(longest)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
