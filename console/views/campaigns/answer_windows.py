"""A small window that asks for one name: of a bucket, or of the segment made of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.ui.i18n import translate
from console.ui.widgets import button, label, snug


class NameWindow(QDialog):
    """Emits a name that is not blank."""

    named = Signal(str)

    def __init__(self, title: str, about: str, name: str, longest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        words = label(wrap=True)
        words.setText(about)
        self.name, self.take, leave = QLineEdit(name), button("primary"), button()
        self.name.setMaxLength(longest)
        self.name.setAccessibleName(title)
        self.name.selectAll()
        self.take.setText(translate("Answers", "OK"))
        leave.setText(translate("Answers", "Cancel"))
        self.name.returnPressed.connect(self._go)
        self.name.textChanged.connect(lambda _: self._show())
        self.take.clicked.connect(self._go)
        leave.clicked.connect(self.reject)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        snug(buttons, spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.take)
        snug(column, 20, 18, 20, 16, spacing=12)
        for part in (words, self.name):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setMinimumWidth(360)
        self._show()

    def _show(self) -> None:
        self.take.setEnabled(bool(self.name.text().strip()))

    def _go(self) -> None:
        if not self.take.isEnabled():
            return
        self.named.emit(" ".join(self.name.text().split()))
        self.accept()
