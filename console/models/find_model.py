"""What a search shows, section by section, for a list to paint.

Rows are made by the screen; the model holds them.  Headings and remarks cannot be chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console import roles

_NOTHING: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_STILL: Final = frozenset({"heading", "remark"})


@dataclass(frozen=True, slots=True)
class FindRow:
    """One line of a search.

    Attributes:
        kind: ``heading``, ``remark``, ``member``, ``coupon``, ``group``, ``message``, ``more`` or
            ``entry`` (a screen, an action, an earlier search).
        title, detail: the first and the second line, with the places that fit the query.
        aside: what stands at the right: a time, a key.
        tags: small labels behind the title.
        value: what choosing it is about; the list does not look at it.
    """

    kind: str
    title: str
    title_hits: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    detail_hits: tuple[tuple[int, int], ...] = ()
    aside: str = ""
    icon: str = ""
    tags: tuple[str, ...] = ()
    value: Any = None

    @property
    def spoken(self) -> str:
        """All of it in one line, for those who do not see it."""
        return ", ".join(part for part in (self.title, *self.tags, self.detail, self.aside) if part)


class FindModel(QAbstractListModel):
    """The rows of one search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FindRow] = []

    def show(self, rows: Sequence[FindRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def put(self, at: int, rows: Sequence[FindRow]) -> None:
        """Put rows in the place of the row ``at``."""
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._rows[at]
        self.endRemoveRows()
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows[at:at] = rows
            self.endInsertRows()

    def row(self, number: int) -> FindRow | None:
        """The row of that number, ``None`` beyond the ends."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def choosable(self) -> list[int]:
        """Numbers of the rows that can be chosen."""
        return [number for number, row in enumerate(self._rows) if row.kind not in _STILL]

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, or its words for those who do not see it."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == roles.ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings and remarks are only read."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if row.kind in _STILL:
            return Qt.ItemFlag.ItemIsEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
