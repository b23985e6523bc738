"""Everybody of a campaign's audience with what became of each, narrowed by a search.  QtCore only.

What the columns are called and say is handed in; nothing is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter, eq
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console import roles
from console.desk.report_types import Recipient

Heads = Callable[[], Sequence[str]]
Says = Callable[[Recipient], Sequence[str]]
"""The cells of a row, one for each head."""
_NOTHING: Final = QModelIndex()
_WHO: Final = attrgetter("member_id")
_Index = QModelIndex | QPersistentModelIndex
_TEXTS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, roles.SPOKEN)


class RecipientsModel(QAbstractTableModel):
    """``Recipient`` in the role ``ITEM``, its words in the others."""

    def __init__(self, heads: Heads, says: Says, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads, self._says = heads, says
        self._all: Sequence[Recipient] = ()
        self._only: Collection[int] | None = None
        self._shown: Sequence[Recipient] = ()

    @property
    def size(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    @property
    def narrowed_to(self) -> frozenset[int] | None:
        """The members who are shown, where that is not everybody."""
        return None if self._only is None else frozenset(map(_WHO, self._shown))

    def show_recipients(self, found: Sequence[Recipient]) -> None:
        """Show these; who stays stays where she is."""
        self._all = found
        self._narrow()

    def narrow(self, only: Collection[int] | None) -> None:
        """Show these members alone; ``None``: everybody."""
        self._only = only
        self._narrow()

    def _narrow(self) -> None:
        only = self._only
        shown = self._all if only is None else [each for each in self._all
                                                if each.member_id in only]  # fmt: skip
        same = len(shown) == len(self._shown) and all(
            map(eq, map(_WHO, shown), map(_WHO, self._shown))
        )
        if not same:
            self.beginResetModel()
        self._shown = shown
        if not same:
            self.endResetModel()
        elif shown:
            last = self.index(len(shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self._narrow()

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        """As many as there are heads."""
        return 0 if parent.isValid() else len(self._heads())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, or the recipient of its row."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._shown[index.row()]
        if role == roles.ITEM:
            return row
        return self._says(row)[index.column()] if role in _TEXTS else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called."""
        across = orientation is Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and section < self.columnCount():
            return self._heads()[section]
        return None
