"""Answers of one group as a list whose rows can be carried elsewhere.  QtCore only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from console import roles
from console.desk.answer_types import Answer

_NOTHING: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class AnswersModel(QAbstractListModel):
    """``Answer`` in the role ``ITEM``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Answer, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What it shows."""
        return self._rows

    def show(self, answers: Sequence[Answer]) -> bool:
        """Show these; whether anything changed."""
        rows = tuple(answers)
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0) -> Any:
        """The answer, and who said what for those who do not see it."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == roles.ITEM:
            return row
        return f"{row.name}: {row.text}".rstrip(": ") if role in (0, roles.SPOKEN) else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Words can be carried; a tap says itself where it belongs."""
        flags = super().flags(index)
        row = self._rows[index.row()] if index.isValid() else None
        return flags | Qt.ItemFlag.ItemIsDragEnabled if row is not None and row.text else flags

    def mimeTypes(self) -> list[str]:
        """Only this program takes them."""
        return [roles.ANSWERS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Ids of the answers that are carried."""
        ids = [self._rows[index.row()].id for index in indexes]
        made = QMimeData()
        made.setData(roles.ANSWERS_MIME, QByteArray(json.dumps(ids).encode()))
        return made
