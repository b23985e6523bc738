"""Colours across sizes: how many of each, and which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem

from console.desk.product_types import VariantItem
from console.domain.clothing_sizes import in_order
from console.ui import theme
from console.ui.plain_table import PlainTable
from console.views.products import words

_ROW = 34
_COLOUR = 84
_VARIANT = int(Qt.ItemDataRole.UserRole)


class StockGrid(PlainTable):
    """``picked`` carries the variant of a cell."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__(1, {0: _COLOUR}, _ROW, ())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(PlainTable.SelectionBehavior.SelectItems)
        self._quiet = False
        self.currentCellChanged.connect(lambda *_: self._on_current())

    def show_variants(self, variants: Sequence[VariantItem], chosen: int) -> None:
        """Show what an article is made in."""
        self._quiet = True
        colours = list(dict.fromkeys(each.colour for each in variants))
        sizes = in_order(dict.fromkeys(each.size for each in variants))
        self.clear()
        self.setRowCount(len(colours))
        self.setColumnCount(len(sizes) + 1)
        head = self.horizontalHeader()
        for place in range(len(sizes) + 1):
            fixed = place == 0
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, mode)
        head.resizeSection(0, _COLOUR)
        self.say_head([words.heading("colour"), *(size or words.NONE for size in sizes)])
        for each in variants:
            self._put(each, colours.index(each.colour), sizes.index(each.size) + 1, chosen)
        high = head.sizeHint().height() + _ROW * len(colours) + 2
        self.setFixedHeight(high)
        self._quiet = False

    def _put(self, each: VariantItem, row: int, column: int, chosen: int) -> None:
        name = self.put(row, 0, words.colour(each) or words.NONE)
        name.setFlags(Qt.ItemFlag.ItemIsEnabled)
        shown = f"{each.stock:,}" if not each.held else f"{each.stock:,} ({each.free:,})"
        tip = f"{words.title(each)}: {words.stands(each)}"
        cell = self.put(row, column, shown, tip=tip, faint=not each.stock, strong=True)
        cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        cell.setData(_VARIANT, each.variant_id)
        cell.setData(Qt.ItemDataRole.AccessibleTextRole, tip)
        if each.oversold:
            cell.setForeground(theme.color("alert_ink"))
        if each.variant_id == chosen:
            self.setCurrentItem(cell)

    def _on_current(self) -> None:
        item: QTableWidgetItem | None = self.currentItem()
        number = item.data(_VARIANT) if item is not None else None
        if number and not self._quiet:
            self.picked.emit(number)
