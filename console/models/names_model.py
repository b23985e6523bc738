"""Members behind a figure, page by page as they are looked at.  QtCore only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from console import roles
from console.desk.segments import SegmentMember

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
Fetch = Callable[[int, int], Awaitable[Sequence[SegmentMember]]]
"""So many members behind an id."""
PAGE: Final = 60
_NOTHING: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class NamesModel(QAbstractListModel):
    """Grows while somebody scrolls; ``SegmentMember`` in the role ``ITEM``."""

    filled = Signal()
    """A page came; ``complete`` says whether it was the last."""

    def __init__(self, fetch: Fetch, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._spawn = fetch, spawn
        self._rows: list[SegmentMember] = []
        self._asking = False
        self.complete = False

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """How many are here so far."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0) -> Any:
        """The member, and her name for those who do not see her."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == roles.ITEM:
            return row
        return f"{row.name} {row.phone}".strip() if role in (0, roles.SPOKEN) else None

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there are more."""
        return not parent.isValid() and not self.complete

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page, once."""
        if self.canFetchMore(parent) and not self._asking:
            self._asking = True
            self._spawn(self._more())

    async def _more(self) -> None:
        try:
            after = self._rows[-1].member_id if self._rows else 0
            page = await self._fetch(after, PAGE)
        finally:
            self._asking = False
        self.complete = len(page) < PAGE
        if page:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
            self._rows += page
            self.endInsertRows()
        self.filled.emit()
