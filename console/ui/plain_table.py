"""A table without lines or frame, whose rows a click or Enter opens.  Knows no use case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from console.ui import fonts, theme
from console.ui.widgets import plain_tip

_OPEN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlainTable(QTableWidget):
    """``widths``: of columns that do not stretch; ``numbers``: those that stand at the right."""

    chosen = Signal(int)
    """The number of a row."""

    def __init__(
        self, columns: int, widths: Mapping[int, int], row_height: int, numbers: Collection[int]
    ) -> None:
        super().__init__(0, columns)
        self._numbers = numbers
        self.setProperty("look", "plain")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, wide in widths.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, wide)
        self.cellClicked.connect(lambda row, _: self.chosen.emit(row))

    def say_head(self, texts: Sequence[str]) -> None:
        """What the columns are called."""
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(self._side(column))
            item.setToolTip(plain_tip(text))
            self.setHorizontalHeaderItem(column, item)

    def put(
        self, row: int, column: int, text: str, *, tip: str = "", faint: bool = False,
        strong: bool = False,
    ) -> QTableWidgetItem:  # fmt: skip
        """Write into a cell."""
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(self._side(column))
            item.setFont(fonts.font(theme.SMALL_PX, 600 if strong else 400))
            self.setItem(row, column, item)
        item.setText(text)
        item.setToolTip(plain_tip(tip or text))
        colour = QColor(theme.color("ink_faint")) if faint else None
        item.setData(Qt.ItemDataRole.ForegroundRole, colour)
        return item

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = column in self._numbers
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row at which the keyboard is."""
        if event.key() in _OPEN_KEYS and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
        else:
            super().keyPressEvent(event)
