"""The waits behind a figure, the longest first; a click or Enter opens a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from console.desk.reply_types import WaitLine
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.widgets import LineLabel, button, label, plain_tip
from console.ui.window_frame import window_column
from console.views.insights import reply_words as words

_SIZE: Final = QSize(560, 560)


class WaitsWindow(QDialog):
    """Some waits; ``about`` says what the figure means."""

    conversation_wanted = Signal(int)

    def __init__(
        self, title: str, about: str, lines: Sequence[WaitLine], clock: ShopClock, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._lines = lines
        self.list, close = QListWidget(), button()
        self.list.setAccessibleName(title)
        for line in lines:
            text = words.wait(line, clock)
            item = QListWidgetItem(text)
            item.setToolTip(plain_tip(text))
            if line.conversation_id is None:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        close.setText(translate("Segments", "Close"))
        close.clicked.connect(self.reject)
        head, said, count = LineLabel("heading"), label("soft", wrap=True), label("tiny")
        head.say(title)
        said.setText(about)
        count.setText(words.waits(len(lines)))
        column = window_column(self, 18, 16, 18, 14, spacing=8)
        foot = QHBoxLayout()
        foot.addWidget(count, 1)
        foot.addWidget(close)
        for part in (head, said):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.resize(_SIZE)

    def _open(self, item: QListWidgetItem) -> None:
        found = self._lines[self.list.row(item)].conversation_id
        if found is not None:
            self.accept()
            self.conversation_wanted.emit(found)
