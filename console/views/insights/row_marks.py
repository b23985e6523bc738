"""Rows of a table that are marked to be compared: by their box, Ctrl+click or Space.

At most two; a third takes the place of the one marked first.  Knows no use case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableWidget

_BOX: Final = 34
"""So wide (px) is the place at the left of a row where a click meets its box."""
_MOST: Final = 2


class RowMarks(QObject):
    """The boxes stand in the first column; what marks a row does nothing else with it."""

    changed = Signal()

    def __init__(self, rows: QTableWidget) -> None:
        super().__init__(rows)
        self._rows = rows
        self._keys: Sequence[int] = ()
        self.marked: list[int] = []
        self._pressed = False
        rows.installEventFilter(self)
        rows.viewport().installEventFilter(self)

    def show_rows(self, keys: Sequence[int]) -> None:
        """What the rows are of, from the first on; what is gone is marked no longer."""
        kept = [key for key in self.marked if key in keys]
        self._keys = keys
        self._mark(kept)

    def toggle(self, row: int) -> None:
        """Mark a row, or take its mark away."""
        key = self._keys[row]
        others = [each for each in self.marked if each != key]
        self._mark(others if key in self.marked else [*others, key][-_MOST:])

    def clear(self) -> None:
        """No row is marked."""
        self._mark([])

    def _mark(self, marked: list[int]) -> None:
        self.marked = marked
        for row, key in enumerate(self._keys):
            item = self._rows.item(row, 0)
            if item is not None:
                on = key in marked
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what marks a row."""
        if isinstance(event, QKeyEvent):
            return watched is self._rows and self._key(event)
        if isinstance(event, QMouseEvent) and watched is self._rows.viewport():
            return self._mouse(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        mine = event.key() == Qt.Key.Key_Space and self._rows.currentRow() >= 0
        if mine and event.type() == QEvent.Type.KeyPress:
            self.toggle(self._rows.currentRow())
        return mine

    def _mouse(self, event: QMouseEvent) -> bool:
        """A press that marks a row takes its release along."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            mine, self._pressed = self._pressed, False
            return mine
        at = event.position().toPoint()
        row = self._rows.rowAt(at.y())
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        in_box = 0 <= at.x() - self._rows.columnViewportPosition(0) < _BOX
        self._pressed = row >= 0 and (held or in_box)
        if self._pressed:
            self._rows.setFocus(Qt.FocusReason.MouseFocusReason)
            self._rows.selectRow(row)
            self.toggle(row)
        return self._pressed
