"""The list of answers in a group: several can be marked, carried, or moved with a key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from console.ui.answer_delegate import AnswerDelegate
from console.ui.clock import ShopClock


class AnswerList(QListView):
    """Enter and M ask where the marked answers should go."""

    move_wanted = Signal()

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self.setItemDelegate(AnswerDelegate(clock, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of this list; letters do not jump to a name."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_M}:
            self.move_wanted.emit()
        else:
            super().keyPressEvent(event)
