"""The names behind a figure, read page by page while somebody scrolls."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from console.models.names_model import Fetch, NamesModel
from console.ui import member_delegate
from console.ui.i18n import counted, translate
from console.ui.member_delegate import MemberDelegate
from console.ui.notices import EmptyState
from console.ui.row_view import RowView
from console.ui.tasks import Tasks
from console.ui.widgets import LineLabel, button, label, snug
from console.ui.window_frame import window_column

_SIZE: Final = QSize(460, 560)
_AHEAD: Final = 20
"""So many rows before the end the next page is asked for."""


class NamesWindow(QDialog):
    """One figure's names; ``about`` says what the figure means."""

    def __init__(self, title: str, about: str, fetch: Fetch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.tasks = Tasks(self)
        self.model = NamesModel(fetch, self.tasks.spawn, self)
        self.view = RowView(member_delegate.heights)
        self.view.setItemDelegate(MemberDelegate(self.view))
        self.view.setModel(self.model)
        self.view.setAccessibleName(title)
        self.view.moved.connect(self._look)
        self._empty, self._stack = EmptyState("members"), QStackedWidget()
        nobody = translate("Segments", "No member is meant.")
        self._empty.say(translate("Segments", "Nobody"), nobody)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._foot = label("tiny")
        close = button()
        close.setText(translate("Segments", "Close"))
        close.clicked.connect(self.reject)
        head, words = LineLabel("heading"), label("soft", wrap=True)
        head.say(title)
        words.setText(about)
        column = window_column(self, 18, 16, 10, 14, spacing=8)
        foot = QHBoxLayout()
        snug(foot, 0, 0, 8, 0, spacing=8)
        foot.addWidget(self._foot, 1)
        foot.addWidget(close)
        self._actions = foot
        for part in (head, words):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        self.resize(_SIZE)
        self.model.filled.connect(self._on_filled)
        self.model.fetchMore(QModelIndex())

    def offer(self, action: QPushButton) -> None:
        """Put a button for what can be done with these members beside “Close”."""
        self._actions.insertWidget(self._actions.count() - 1, action)

    def _look(self) -> None:
        if self.view.visible_rows().stop + _AHEAD > self.model.rowCount():
            self.model.fetchMore(QModelIndex())

    def _on_filled(self) -> None:
        rows = self.model.rowCount()
        self._stack.setCurrentIndex(0 if rows else 1)
        if self.model.complete:
            self._foot.setText(counted(rows, translate("Segments", "1 name"),
                                       translate("Segments", "{n} names")))  # fmt: skip
        else:
            self._foot.setText(translate("Segments", "{n} names").format(n=f"{rows:,}+"))
        self._look()
