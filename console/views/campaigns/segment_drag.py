"""Carrying a condition or a group to another place with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from console.models.segment_edits import Path
from console.ui.widgets import looked
from console.views.campaigns.segment_rows import Card, GroupBox

if TYPE_CHECKING:
    from console.views.campaigns.segment_tree import RuleTree

_THICK: Final = 3


class RuleDrag(QObject):
    """Follows the pointer, shows with a line where the card would go."""

    moved = Signal(tuple, tuple, int)
    """From where, into which group, before which of its parts."""

    def __init__(self, tree: RuleTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self._target: tuple[Path, int] | None = None
        self._line = QFrame(tree)
        looked(self._line, "drop")
        self._line.hide()

    def carry(self, card: Card, pointer: QPoint) -> None:
        """The card is held over a place of the screen."""
        card.setCursor(Qt.CursorShape.ClosedHandCursor)
        box = self._box_under(pointer, card.path)
        self._target = None
        if box is None:
            self._line.hide()
            return
        place = sum(_middle(row) < pointer.y() for row in box.rows)
        self._target = (box.path, place)
        self._show_line(box, place)

    def drop(self, card: Card) -> None:
        """Let go: there, or nowhere."""
        self._line.hide()
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        target, self._target = self._target, None
        if target is not None:
            self.moved.emit(card.path, *target)

    def _box_under(self, pointer: QPoint, source: Path) -> GroupBox | None:
        """The innermost group there that is no part of what is carried."""
        found: GroupBox | None = None
        for card in self._tree.cards():
            own = card.path[: len(source)] == source
            if isinstance(card, GroupBox) and not own and _on_screen(card).contains(pointer):
                found = card
        return found

    def _show_line(self, box: GroupBox, place: int) -> None:
        if place < len(box.rows):
            y = _on_screen(box.rows[place]).top() - 5
        elif box.rows:
            y = _on_screen(box.rows[-1]).bottom() + 3
        else:
            y = _on_screen(box.operation).bottom() + 5
        corner = self._tree.mapFromGlobal(QPoint(_on_screen(box).left() + 6, y))
        self._line.setGeometry(QRect(corner.x(), corner.y(), box.width() - 12, _THICK))
        self._line.show()
        self._line.raise_()


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _middle(row: Card) -> int:
    return _on_screen(row).center().y()
