"""One campaign in the week: carried to another day and time by mouse or by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from console.desk.week_types import PlannedItem
from console.ui.clock import ShopClock
from console.ui.widgets import LineLabel, looked, snug
from console.views.campaigns import week_words

STEP: Final = 15
"""Minutes that a card moves at a time."""
_WALKS: Final = {Qt.Key.Key_Left: "before", Qt.Key.Key_Up: "before", Qt.Key.Key_Right: "after",
                 Qt.Key.Key_Down: "after"}  # fmt: skip
_MOVES: Final = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
                 Qt.Key.Key_Up: (0, -STEP), Qt.Key.Key_Down: (0, STEP)}  # fmt: skip


class WeekCard(QFrame):
    """Tells what is wanted; the grid knows where it stands."""

    opened = Signal(object)
    walked = Signal(object, str)
    shifted = Signal(object, int, int)
    """The card, and by how many days and minutes it goes."""
    carried = Signal(object, QPoint)
    """The card, and where in the grid its corner would be."""
    dropped = Signal(object)

    def __init__(self, item: PlannedItem, clock: ShopClock) -> None:
        super().__init__()
        self.item, self._clock = item, clock
        self._held: QPoint | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shape = Qt.CursorShape.OpenHandCursor if item.movable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setProperty("lost", item.lost > 0)
        self.setProperty("over", not item.counts)
        looked(self, "planned")
        self.when, self._title, self._figure = (
            LineLabel("tiny"),
            LineLabel("strong"),
            LineLabel("tiny"),
        )
        column = QVBoxLayout(self)
        snug(column, 8, 4, 6, 5, spacing=0)
        for part in (self.when, self._title, self._figure):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.say()

    def say(self) -> None:
        """In the language spoken now."""
        item = self.item
        self.when.say(week_words.time_line(item, self._clock))
        self._title.say(week_words.title(item))
        self._figure.say(week_words.figure(item))
        spoken = (week_words.title(item), week_words.moment(item.at, self._clock),
                  week_words.figure(item))  # fmt: skip
        self.setAccessibleName(", ".join(spoken))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps the begin of a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()
            self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the card along."""
        if self._held is None or not self.item.movable:
            return
        here = event.position().toPoint()
        far = (here - self._held).manhattanLength() >= QApplication.startDragDistance()
        self._dragging = self._dragging or far
        if self._dragging:
            self.carried.emit(self, self.mapToParent(here) - self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go; a double click opens it."""
        was_dragging, self._dragging, self._held = self._dragging, False, None
        if was_dragging:
            self.dropped.emit(self)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open the campaign."""
        self.opened.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Alt they move the card; Enter opens it."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _MOVES:
            if self.item.movable:
                self.shifted.emit(self, *_MOVES[key])
        elif key in _WALKS:
            self.walked.emit(self, _WALKS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self)
        else:
            super().keyPressEvent(event)
