"""The field that a search is typed into: its keys lead through the list below it.

While an input method composes, every key is its own.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from console.ui.keymap import keymap

_Move = QAbstractItemView.CursorAction
_MOVES: Final[dict[int, _Move]] = {
    Qt.Key.Key_Down: _Move.MoveDown, Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown, Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_Home: _Move.MoveHome, Qt.Key.Key_End: _Move.MoveEnd,
}  # fmt: skip


class FindField(QLineEdit):
    """Says where the keys lead; the list follows."""

    moved = Signal(object)
    """A ``CursorAction``."""
    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._composing = False
        self.setProperty("look", "find")
        self.setClearButtonEnabled(True)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether something is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys belong to the search: no shortcut acts on what lies below it, Tab stays."""
        if isinstance(event, QKeyEvent):
            overrides = event.type() == QEvent.Type.ShortcutOverride
            if overrides and not keymap().matches("find", event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and _is_tab(event):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move, Enter opens, Esc leaves; the rest is typed."""
        move, key = _MOVES.get(event.key()), event.key()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._composing or held:
            super().keyPressEvent(event)
        elif move is not None:
            self.moved.emit(move)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _is_tab(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
