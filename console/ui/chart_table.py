"""The figures behind a chart: as a table whose cells can be copied, and as text for a spreadsheet.

Knows no chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from console.ui.widgets import looked

_FORMULA: Final = ("=", "+", "-", "@")
_BREAKS: Final = {ord(sign): " " for sign in "\t\r\n"}
_ROOM: Final = 88
"""A column narrower than this is not stretched but scrolled to."""
_OWN: Final = frozenset({
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
})  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class Cell(NamedTuple):
    """What a table shows, and the same in plain signs for a spreadsheet."""

    shown: str
    plain: str


def words(text: str) -> Cell:
    """A cell that holds no number."""
    return Cell(text, safe(text))


def number(count: int) -> Cell:
    """A cell that holds a whole number."""
    return Cell(f"{count:,}", str(count))


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Heads of the columns, and rows of as many cells; the first column names its row."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def safe(text: str) -> str:
    """Words that no spreadsheet takes for a formula or for several cells."""
    return text.translate(_BREAKS).lstrip("".join(_FORMULA) + " ")


def as_lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows as lines, cells apart by tabs: what spreadsheets take from the clipboard."""
    return "\n".join("\t".join(row) for row in rows)


def as_data(table: ChartTable, *title: str) -> str:
    """The whole table under its title, in plain numbers."""
    rows = ([cell.plain for cell in row] for row in (table.head, *table.rows))
    return as_lines([[safe(text) for text in title], *rows])


class ChartTableModel(QAbstractTableModel):
    """Rows of a ``ChartTable``."""

    def __init__(self) -> None:
        super().__init__()
        self.table = ChartTable((), ())

    def show_table(self, table: ChartTable) -> None:
        """Show this one; rows that stay where they are keep what is marked in them."""
        old, self.table = self.table, table
        if (old.head, len(old.rows)) != (table.head, len(table.rows)):
            self.beginResetModel()
            self.endResetModel()
        elif table.rows:
            last = self.index(len(table.rows) - 1, len(table.head) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as the table has."""
        return 0 if parent is not None and parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as have a head."""
        return 0 if parent is not None and parent.isValid() else len(self.table.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words at the left, numbers at the right."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.rows[index.row()][index.column()].shown
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Heads of the columns."""
        if way == Qt.Orientation.Horizontal and section < len(self.table.head):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.table.head[section].shown
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(section)
        return None


def _side(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class ChartTableView(QTableView):
    """Cells are marked with arrows or the mouse and copied with Ctrl+C."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = ChartTableModel()
        self.setModel(self.rows)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        looked(self, "figures")

    def show_table(self, table: ChartTable) -> None:
        """Show these figures; columns fill the width while there are few of them."""
        if table.head != self.rows.table.head:
            few = len(table.head) * _ROOM < max(self.width(), 6 * _ROOM)
            mode = QHeaderView.ResizeMode
            head = self.horizontalHeader()
            head.setSectionResizeMode(mode.Stretch if few else mode.ResizeToContents)
        self.rows.show_table(table)

    def marked(self) -> str:
        """The marked cells as they are shown, rows as lines and cells apart by tabs."""
        rows: dict[int, dict[int, str]] = {}
        for index in self.selectedIndexes():
            rows.setdefault(index.row(), {})[index.column()] = str(index.data())
        return as_lines(_in_order(rows[row]) for row in sorted(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is marked; what neither moves in it nor opens a row is its holder's."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.selectedIndexes():
            QGuiApplication.clipboard().setText(self.marked())
        elif event.key() in _OWN or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()


def _in_order(cells: dict[int, str]) -> Sequence[str]:
    return [cells[column] for column in sorted(cells)]
