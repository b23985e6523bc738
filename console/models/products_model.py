"""The catalogue as a table: all ids in order, and of the rows only those that were looked at.

Order and filter are found beside the loop; a table of 30,000 variants holds 30,000 integers.
QtCore only.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from console import roles
from console.desk.product_types import ProductQuery, VariantItem
from console.desk.products_port import ProductsPort

COLUMNS: Final = (
    "name", "category", "colour", "size", "price", "promo_price", "stock", "free", "shelf",
    "barcode",
)  # fmt: skip
NUMBERS: Final = frozenset({"price", "promo_price", "stock", "free"})
_OF_ARTICLES: Final = frozenset({"name", "category", "price", "promo_price", "shelf", "barcode"})
_WINDOW: Final = 60
_KEPT: Final = 2_000
_Index = QModelIndex | QPersistentModelIndex
Spawn = Callable[[Coroutine[Any, Any, Any]], object]


class ProductsModel(QAbstractTableModel):
    """``failed`` when the ids could not be read.

    Attributes:
        query: what is shown, or being read.
        loaded: whether anything was read yet.
        say: the text of a cell, ``speak`` its sentence for screen readers, ``title`` a heading.
    """

    refreshed = Signal()
    failed = Signal()

    def __init__(self, port: ProductsPort, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port, self._spawn = port, spawn
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}
        self._items: dict[int, VariantItem] = {}
        self._stale: set[int] = set()
        self._wanted: set[int] = set()
        self._fetching = self._reading = self._again = False
        may_edit = port.may_edit
        # Asked of every cell that is painted: putting flags together costs as much as a word.
        self._flags = [_flags(column, may_edit=may_edit) for column in COLUMNS]
        self.query = ProductQuery()
        self.loaded = False
        self.say: Callable[[VariantItem, str], str] = lambda _item, _column: ""
        self.speak: Callable[[VariantItem, str], str] = lambda _item, _column: ""
        self.title: Callable[[str], str] = str

    # --- what views read ------------------------------------------------------------------

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many variants match."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Always the same."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """``ITEM``, ``ROW_ID``, the text of a cell and its sentence."""
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._ids):
            return None
        number, column = self._ids[row], COLUMNS[index.column()]
        if role == roles.ROW_ID:
            return number
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role not in {roles.ITEM, roles.SPOKEN, Qt.ItemDataRole.DisplayRole}:
            return None
        item = self._item(row, number)
        if role == roles.ITEM or item is None:
            return item
        return self.say(item, column) if role == Qt.ItemDataRole.DisplayRole else self.speak(
            item, column
        )  # fmt: skip

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is called."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(COLUMNS[section])
        return self.title(COLUMNS[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Stock may be counted by anybody, articles be changed by who may."""
        return self._flags[index.column()] if index.isValid() else Qt.ItemFlag.NoItemFlags

    def row_of(self, variant_id: int) -> int:
        """Row of a variant, -1 when it is not in the table."""
        return self._rows.get(variant_id, -1)

    def id_at(self, row: int) -> int:
        """Variant in a row, 0 outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    # --- asking ---------------------------------------------------------------------------

    def show(self, query: ProductQuery) -> None:
        """Show other variants, or in another order."""
        if query != self.query:
            self.query = query
            self.refresh()

    def refresh(self) -> None:
        """Read order and rows again; calls during a reading are gathered into one more."""
        self._stale.update(self._items)
        self._again = True
        if not self._reading:
            self._reading = True
            self._spawn(self._refresh())

    async def _refresh(self) -> None:
        try:
            while self._again:
                self._again = False
                asked = self.query
                ids = await self._port.ids(asked)
                if asked == self.query:
                    self._arrange(ids)
        except Exception:
            self.failed.emit()
            raise
        finally:
            self._reading = False

    def _arrange(self, ids: list[int]) -> None:
        if ids != self._ids or not self.loaded:
            self.beginResetModel()
            self._ids = ids
            self._rows = {number: row for row, number in enumerate(ids)}
            self.loaded = True
            self.endResetModel()
        elif ids:
            self._emit(0, len(ids) - 1)
        self.refreshed.emit()

    # --- fetching rows --------------------------------------------------------------------

    def _item(self, row: int, number: int) -> VariantItem | None:
        item = self._items.get(number)
        if (item is None or number in self._stale) and number not in self._wanted:
            near = self._ids[max(0, row - 10) : row + _WINDOW - 10]
            self._wanted.update(
                each for each in near if each not in self._items or each in self._stale
            )
            if not self._fetching:
                self._fetching = True
                self._spawn(self._fetch())
        return item

    async def _fetch(self) -> None:
        try:
            while self._wanted:
                asked = list(self._wanted)[: _WINDOW * 4]
                self._wanted.difference_update(asked)
                self._stale.difference_update(asked)
                self._keep(await self._port.rows(asked))
                here = [self._rows[number] for number in asked if number in self._rows]
                if here:
                    self._emit(min(here), max(here))
        finally:
            self._fetching = False

    def _keep(self, items: Sequence[VariantItem]) -> None:
        self._items.update((item.variant_id, item) for item in items)
        if len(self._items) > _KEPT:
            recent = {item.variant_id for item in items}
            spare = [number for number in self._items if number not in recent]
            for number in spare[: len(self._items) - _KEPT]:
                del self._items[number]
                self._stale.discard(number)

    def _emit(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))


def _flags(column: str, *, may_edit: bool) -> Qt.ItemFlag:
    flag = Qt.ItemFlag
    found = flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemNeverHasChildren
    editable = column == "stock" or (may_edit and column in _OF_ARTICLES)
    return found | flag.ItemIsEditable if editable else found


def _side(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
