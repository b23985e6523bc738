"""Edits of the table: read from what was typed, done, taken back and done again."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from console.desk.product_types import FieldEdit, VariantItem
from console.desk.products_port import ProductsPort
from console.domain import goods
from console.ui.tasks import Tasks
from console.views.products import words
from console.wire.errors import Refusal

_OF_VARIANTS: Final = frozenset({"stock", "shelf", "barcode"})
_MOST: Final = 200


class Edits(QObject):
    """One after the other, so that each sees what the one before left."""

    complained = Signal(str)
    """One clear sentence; nothing was changed."""
    changed = Signal()
    """What can be taken back or done again is another."""

    def __init__(self, port: ProductsPort, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._port, self._tasks = port, tasks
        self._done: list[FieldEdit] = []
        self._undone: list[FieldEdit] = []

    def take(self, item: VariantItem, column: str, text: str) -> None:
        """Somebody typed ``text`` into a cell."""
        try:
            value = _read(column, text)
        except ValueError:
            self.complained.emit(words.fault(column))
            return
        before = getattr(item, column)
        if value == before:
            return
        edit = FieldEdit(sku=item.sku, field=column, before=before, after=value,
                         variant_id=item.variant_id if column in _OF_VARIANTS else 0)  # fmt: skip
        self._tasks.spawn(self._begin(edit))

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._undone)

    def undo(self) -> None:
        """Take the newest edit back."""
        if self._done:
            edit = self._done.pop()
            self._undone.append(edit)
            self._tasks.spawn(self._do(edit.back))
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._undone:
            edit = self._undone.pop()
            self._done.append(edit)
            self._tasks.spawn(self._do(edit))
            self.changed.emit()

    async def _begin(self, edit: FieldEdit) -> None:
        if await self._do(edit):
            self._done = [*self._done[1 - _MOST :], edit]
            self._undone.clear()
            self.changed.emit()

    async def _do(self, edit: FieldEdit) -> bool:
        try:
            if edit.field == "stock":
                await self._port.count(edit.variant_id, edit.after, edit.before)
            else:
                await self._port.edit(edit)
        except Refusal as refusal:
            self.complained.emit(
                words.refusal(refusal.code, refusal.parameters, refusal.field or edit.field)
            )
            return False
        return True


def _read(column: str, text: str) -> Any:
    """The value that was typed.  Raises ``ValueError``."""
    if column == "stock":
        return goods.units_of(text)
    if column == "promo_price":
        return goods.cents_of(text) or None
    if column == "price":
        return goods.cents_of(text) or 0
    return goods.tidy(text)
