"""What pages of figures have in common: a head with the way back, and one body that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.ui import theme
from console.ui.widgets import LineLabel, Pill, frame, snug


def page_head(back: QWidget, title: QWidget, *parts: QWidget) -> QFrame:
    """The way back, the title, which takes what room is left, and what else the page offers."""
    made = frame("header")
    made.setFixedHeight(theme.HEADER_HEIGHT)
    row = QHBoxLayout(made)
    snug(row, 14, 0, 18, 0, spacing=10)
    row.addWidget(back)
    row.addWidget(title, 1)
    for part in parts:
        row.addWidget(part)
    return made


def scroll_below(page: QWidget, head: QWidget, body: QWidget) -> None:
    """Lay a page out: ``body`` scrolls up and down below ``head``, and Tab passes it by."""
    area, column = QScrollArea(), QVBoxLayout(page)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    snug(column)
    column.addWidget(head)
    column.addWidget(area, 1)


class HeadState(QObject):
    """What a head's pill says; with large text it stands below, where the body has ``below``.

    ``title``: of a head that would rather cut it than anything else.
    """

    def __init__(
        self, head: QFrame, pill: Pill, below: Pill, title: LineLabel | None = None
    ) -> None:
        super().__init__(head)
        self._head, self._pill, self._below, self._title = head, pill, below, title
        below.hide()
        head.installEventFilter(self)

    def say(self, text: str, kind: str) -> None:
        """Say it where there is room."""
        for pill in (self._pill, self._below):
            pill.say(text, kind)
        self.fit()

    def fit(self) -> None:
        """Find the room for it; after the rest of the head has changed."""
        row = self._head.layout()
        if row is None or not self._pill.text:
            return
        need = row.minimumSize().width()
        if self._title is not None:
            need += self._title.whole_width
        if self._pill.isHidden():
            need += self._pill.sizeHint().width() + row.spacing()
        roomy = need <= self._head.width()
        self._pill.setVisible(roomy)
        self._below.setVisible(not roomy)

    def eventFilter(self, _head: QObject, event: QEvent) -> bool:
        """The head is narrower or wider."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False
