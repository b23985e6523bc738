"""Asks before a campaign is taken back, and for words to those who had read it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.desk.campaign_types import CampaignItem
from console.ui.i18n import counted, translate
from console.ui.widgets import button, label, snug


class RecallWindow(QDialog):
    """Emits the correction, "" for none."""

    wanted = Signal(str)

    def __init__(self, item: CampaignItem | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Campaigns", "Recall"))
        counts = item.counts if item is not None else {}
        read = counts.get("read", 0)
        about, after = label(wrap=True), label("soft", wrap=True)
        about.setText(f"{_unread(max(0, counts.get('written', 0) - read))} {_read(read)}")
        after.setText(translate("Campaigns", "A correction to those who read it (may stay empty):"))
        self.text = QPlainTextEdit()
        self.text.setProperty("look", "note")
        self.text.setAccessibleName(translate("Campaigns", "Correction"))
        self.text.setMaximumHeight(90)
        self.recall, cancel = button("primary"), button()
        self.recall.setText(translate("Campaigns", "Recall it"))
        cancel.setText(translate("Campaigns", "Leave it"))
        self.recall.clicked.connect(self._go)
        cancel.clicked.connect(self.reject)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.recall)
        snug(column, 20, 18, 20, 16, spacing=12)
        for part in (about, after, self.text):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setMinimumWidth(420)

    def _go(self) -> None:
        self.wanted.emit(self.text.toPlainText().strip())
        self.accept()


def _unread(count: int) -> str:
    return counted(
        count, translate("Campaigns", "1 unread copy vanishes."),
        translate("Campaigns", "{n} unread copies vanish."),
    )  # fmt: skip


def _read(count: int) -> str:
    return counted(
        count,
        translate("Campaigns", "1 member has read it; words and photos are erased there too, and"
                  " a notice says so."),
        translate("Campaigns", "{n} members have read it; words and photos are erased there too,"
                  " and a notice says so."),
    )  # fmt: skip
