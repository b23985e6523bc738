"""A small window that asks why, before something that is recorded: ready answers or own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from console.ui.forms import line_edit
from console.ui.i18n import translate
from console.ui.widgets import button, label, speaks
from console.ui.window_frame import add_foot, window_column

LONGEST = 120


class ReasonWindow(QDialog):
    """Opened with ``open()``; ``answered`` carries the reason."""

    answered = Signal(str)

    def __init__(
        self, title: str, lead: str, reasons: Sequence[str], action: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._title, self._lead = label("title", wrap=True), label("soft", wrap=True)
        self._title.setText(title)
        self._lead.setText(lead)
        self._group = QButtonGroup(self)
        self.choices = [QRadioButton(reason) for reason in reasons]
        for choice in self.choices:
            self._group.addButton(choice)
        self.own = line_edit(longest=LONGEST)
        self.ok, self.leave = button("primary"), button()
        self.ok.setText(action)
        self.ok.setDefault(True)
        self.own.textEdited.connect(self._own_words)
        self._group.buttonToggled.connect(lambda *_: self._check())
        self.ok.clicked.connect(self._answer)
        self.leave.clicked.connect(self.reject)
        self._arrange()
        self._speak()
        self._check()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=10)
        for part in (self._title, self._lead, *self.choices, self.own):
            column.addWidget(part)
        add_foot(column, self.leave, self.ok, above=6)
        self.setFixedWidth(400)
        (self.choices[0] if self.choices else self.own).setFocus()

    def reason(self) -> str:
        """Own words, else the chosen answer; "" while there is neither."""
        chosen = self._group.checkedButton()
        own = self.own.text().strip()
        return own or (chosen.text() if chosen is not None else "")

    def _own_words(self, words: str) -> None:
        """Own words are the answer, no ready one."""
        chosen = self._group.checkedButton()
        if words.strip() and chosen is not None:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)
        self._check()

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.reason()))

    def _answer(self) -> None:
        if self.reason():
            self.answered.emit(self.reason())
            self.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.own.setPlaceholderText(translate("Reason", "Another reason"))
        self.own.setAccessibleName(translate("Reason", "Another reason"))
        self.leave.setText(translate("Reason", "Cancel"))
