"""The table of variants: keys lead through it, F2, Enter or a double click edits a cell.

What is typed while it has the keyboard belongs to the search: a scanner may type anywhere.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console import roles
from console.desk.product_types import VariantItem
from console.models.products_model import COLUMNS, NUMBERS, ProductsModel
from console.ui import draw, fonts, pictures, theme
from console.ui.pictures import Pictures
from console.views.products import words

ROW: Final = 46
_THUMB: Final = 34.0
_PAD: Final = 8
_SELECTED: Final = QStyle.StateFlag.State_Selected
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_WIDTHS: Final = {
    "category": 78, "colour": 94, "size": 54, "price": 76, "promo_price": 82, "stock": 56,
    "free": 72, "shelf": 88, "barcode": 122,
}  # fmt: skip
_Index = QModelIndex | QPersistentModelIndex


class ProductsTable(QTableView):
    """Emits what was chosen, typed and edited."""

    chosen = Signal(int)
    """The variant at which the keyboard is; 0 for none."""
    sorted_by = Signal()
    """Another ``order`` is wanted."""
    typed = Signal(str)

    def __init__(self, model: ProductsModel, store: Pictures) -> None:
        super().__init__()
        self._products = model
        self.order = ("", False)
        """A column and whether the greatest comes first; "" for the articles' own order."""
        self.setModel(model)
        self.cells = Cells(store, self)
        self.setItemDelegate(self.cells)
        self.setProperty("look", "figures")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(ROW)
        self._head()
        store.arrived.connect(lambda _: self.viewport().update())
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(40)
        for place, column in enumerate(COLUMNS):
            fixed = column in _WIDTHS
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(place, mode)
            if fixed:
                head.resizeSection(place, _WIDTHS[column])
        head.sectionClicked.connect(self._on_head)

    def _on_head(self, place: int) -> None:
        """A column's head orders by it, once more the other way round, then not any more."""
        column, (wanted, down) = COLUMNS[place], self.order
        if wanted != column:
            wanted, down = column, False
        else:
            wanted, down = ("", False) if down else (column, True)
        head, order = self.horizontalHeader(), Qt.SortOrder
        head.setSortIndicatorShown(bool(wanted))
        head.setSortIndicator(place, order.DescendingOrder if down else order.AscendingOrder)
        self.order = (wanted, down)
        self.sorted_by.emit()

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._products.id_at(current.row()) if current.isValid() else 0)

    def select_variant(self, variant_id: int, column: int = -1) -> bool:
        """Put the keyboard at a variant; false when it is not in the table."""
        row = self._products.row_of(variant_id)
        if row < 0:
            return False
        place = column if column >= 0 else max(0, self.currentIndex().column())
        self.setCurrentIndex(self._products.index(row, place))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits (the one that ends an edit comes by here, too); signs are searched for."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        held &= ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid() and not self.is_editing:
                self.edit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @property
    def is_editing(self) -> bool:
        """Whether a cell is being written into."""
        return self.state() == QAbstractItemView.State.EditingState


class Cells(QStyledItemDelegate):
    """Paints cells; ``edited`` carries the variant, the column and what was typed."""

    edited = Signal(object, str, str)

    def __init__(self, store: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = store

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one."""
        item: VariantItem | None = index.data(roles.ITEM)
        box, column = QRectF(option.rect), COLUMNS[index.column()]
        painter.save()
        state = option.state
        selected = _SELECTED in state
        if selected:
            painter.fillRect(box, theme.color("accent_soft"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1),
                         theme.color("line_soft"))  # fmt: skip
        if item is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._cell(painter, box.adjusted(_PAD, 0, -_PAD, 0), item, column)
        if selected and _FOCUSED in state:
            draw.focus_ring(painter, box.adjusted(1, 1, -1, -2))
        painter.restore()

    def _cell(self, painter: QPainter, box: QRectF, item: VariantItem, column: str) -> None:
        if column == "name":
            self._article(painter, box, item)
            return
        if column == "colour":
            box = _swatch(painter, box, item.colour_hex)
        if column == "free" and item.wanted:
            self._free(painter, box, item)
            return
        side = _RIGHT if column in NUMBERS else _LEFT
        strong = column == "stock"
        text = draw.elided(words.cell(item, column), theme.SMALL_PX, round(box.width()))
        font = fonts.font(theme.SMALL_PX, 600 if strong else 400)
        draw.text_line(painter, box, text, font, _ink(item, column), side)

    def _article(self, painter: QPainter, box: QRectF, item: VariantItem) -> None:
        place = QRectF(box.left(), box.center().y() - _THUMB / 2, _THUMB, _THUMB)
        shown = pictures.of_product_soon(self._pictures, item.picture, round(_THUMB * 2))
        pictures.paint(painter, place, shown, radius=6)
        left = place.right() + 10
        room = box.right() - left
        name = draw.elided(words.name(item), theme.SMALL_PX, round(room), 600)
        first, second = (
            QRectF(left, box.top() + 5, room, 19),
            QRectF(left, box.top() + 23, room, 17),
        )
        draw.text_line(painter, first, name, fonts.font(theme.SMALL_PX, 600), theme.color("ink"))
        draw.text_line(painter, second, draw.elided(_below(item), theme.TINY_PX, round(room)),
                       fonts.font(theme.TINY_PX), theme.color(_below_role(item)))  # fmt: skip

    def _free(self, painter: QPainter, box: QRectF, item: VariantItem) -> None:
        """How many there are to sell, and below how many members wait."""
        first = QRectF(box.left(), box.top() + 5, box.width(), 19)
        second = QRectF(box.left(), box.top() + 23, box.width(), 17)
        draw.text_line(painter, first, words.cell(item, "free"), fonts.font(theme.SMALL_PX),
                       _ink(item, "free"), _RIGHT)  # fmt: skip
        said = draw.elided(words.wanted(item), theme.TINY_PX, round(box.width()), 600)
        draw.text_line(painter, second, said, fonts.font(theme.TINY_PX, 600),
                       theme.color("warn_ink"), _RIGHT)  # fmt: skip

    # --- editing --------------------------------------------------------------------------

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index
    ) -> QLineEdit:
        """A line over the cell."""
        editor = QLineEdit(parent)
        editor.setProperty("look", "caption")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Begin with what stands there."""
        item: VariantItem | None = index.data(roles.ITEM)
        if isinstance(editor, QLineEdit) and item is not None and not editor.isModified():
            column = COLUMNS[index.column()]
            editor.setText(words.typed(item, column))
            editor.setAccessibleName(f"{words.title(item)}, {words.heading(column)}")
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: object, index: _Index) -> None:
        """It was typed."""
        item: VariantItem | None = index.data(roles.ITEM)
        if isinstance(editor, QLineEdit) and item is not None and editor.isModified():
            self.edited.emit(item, COLUMNS[index.column()], editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        """As large as the cell."""
        editor.setGeometry(option.rect.adjusted(2, 6, -2, -6))


def _below(item: VariantItem) -> str:
    if item.failure:
        return words.refusal(item.failure, item.parameters)
    return item.sku


def _below_role(item: VariantItem) -> str:
    return "alert_ink" if item.failure else "warn_ink" if item.waiting else "ink_faint"


def _ink(item: VariantItem, column: str) -> QColor:
    if column in {"stock", "free"} and item.oversold:
        return theme.color("alert_ink")
    if column in {"stock", "free"} and not getattr(item, column):
        return theme.color("ink_faint")
    if column == "promo_price" and item.promo_price is not None:
        return theme.color("alert_ink")
    return theme.color("ink")


def _swatch(painter: QPainter, box: QRectF, code: str) -> QRectF:
    """The colour itself before its name; what room is left."""
    if not code:
        return box
    painter.setPen(theme.color("field_line"))
    painter.setBrush(QColor(code))
    painter.drawEllipse(QRectF(box.left(), box.center().y() - 6, 12, 12))
    return box.adjusted(19, 0, 0, 0)
