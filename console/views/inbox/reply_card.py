"""Choosing an item for a reply: search, arrows, a colour and size, Enter."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.desk.ports import WritingPort
from console.desk.types import ProductChoice, VariantChoice
from console.ui import pictures
from console.ui.choice_list import Choice, ChoiceList
from console.ui.flow import FlowLayout
from console.ui.i18n import language, translate
from console.ui.pictures import Pictures
from console.ui.popover import Popover
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.widgets import Chip, label, speaks
from console.views.inbox.reply_attach import item_price, item_title
from console.views.inbox.unsent import ChosenItem

_ROWS = 5
_IN = 20


class ItemPicker(Popover):
    """Search with the keyboard all the way; or with the mouse."""

    picked = Signal(object)
    """A ``ChosenItem``."""

    def __init__(
        self, writing: WritingPort, tasks: Tasks, store: Pictures, anchor: QWidget
    ) -> None:
        super().__init__(anchor)
        self._writing, self._tasks, self._pictures = writing, tasks, store
        self._finding: asyncio.Task[None] | None = None
        self._variant: VariantChoice | None = None
        self.search, self.list = QLineEdit(), ChoiceList(_ROWS)
        self.search.setProperty("look", "search")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing, self._hint = label("faint"), label("tiny")
        self._which = QWidget()
        self._chips = FlowLayout(self._which, 6)
        for part in (self.search, self.list, self._nothing, self._which, self._hint):
            self.column.addWidget(part)
        self._nothing.hide()
        self.setFixedWidth(440)
        self.search.textChanged.connect(lambda _: self._ask())
        self.list.currentRowChanged.connect(lambda _: self._show_variants())
        self.list.chosen.connect(self._on_chosen)
        store.arrived.connect(self.list.viewport().update)
        self._speak()

    def open(self) -> None:
        """Begin with everything."""
        self.search.clear()
        self._ask(show=True)

    def _ask(self, *, show: bool = False) -> None:
        if self._finding is not None:
            self._finding.cancel()
        self._finding = self._tasks.spawn(self._find(self.search.text(), show=show))

    async def _find(self, query: str, *, show: bool) -> None:
        found = await self._writing.products(query)
        self.list.offer([self._choice(each) for each in found])
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._show_variants()
        if show or not self.isHidden():
            self.open_at(_IN)
        if show:
            self.search.setFocus()

    def _choice(self, product: ProductChoice) -> Choice:
        item = ChosenItem(product)
        return Choice(
            product, item_title(item), item_price(item), product.sku,
            lambda: pictures.of_product(self._pictures, product.picture, 160),
        )  # fmt: skip

    # --- colour and size ------------------------------------------------------------------

    @property
    def variants(self) -> list[Chip]:
        """The colours and sizes to choose, the first one is "any"."""
        return self._which.findChildren(Chip)

    def _show_variants(self) -> None:
        emptied(self._chips)
        for old in self.variants:
            old.setParent(None)
        self._variant = None
        product = self.list.value
        if not isinstance(product, ProductChoice):
            return
        for variant in (None, *product.variants):
            chip = Chip(tiny=True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setText(_variant_name(variant))
            chip.setChecked(variant is None)
            chip.clicked.connect(lambda _=False, each=variant: self._take_variant(each))
            self._chips.addWidget(chip)
            chip.show()
        if not self.isHidden():
            self.fit()

    def _take_variant(self, variant: VariantChoice | None) -> None:
        self._variant = variant
        product = self.list.value
        order = (None, *product.variants) if isinstance(product, ProductChoice) else ()
        for chip, each in zip(self.variants, order, strict=False):
            chip.setChecked(each is variant)

    def _step_variant(self, by: int) -> None:
        product = self.list.value
        if isinstance(product, ProductChoice):
            order = [None, *product.variants]
            self._take_variant(order[(order.index(self._variant) + by) % len(order)])

    def _on_chosen(self, product: ProductChoice) -> None:
        variant = self._variant if self._variant in product.variants else None
        self.dismiss()
        self.picked.emit(ChosenItem(product, variant))

    # --- keys -----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search: up and down, Tab for colour and size, Enter takes it."""
        mine = watched is self.search and event.type() == QEvent.Type.KeyPress
        if mine and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        turns = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in turns:
            self._step_variant(turns[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose()
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Items", "Choose an item"))
        self.search.setPlaceholderText(translate("Items", "Name or number of an item"))
        self.search.setAccessibleName(translate("Items", "Search items"))
        self.list.setAccessibleName(translate("Items", "Items"))
        self._nothing.setText(translate("Items", "No item fits"))
        self._hint.setText(
            translate("Items", "↑ ↓ choose · Tab colour and size · Enter adds the card")
        )


def _variant_name(variant: VariantChoice | None) -> str:
    if variant is None:
        return translate("Items", "All sizes")
    colour = (variant.colour_en if language() == "en" else variant.colour) or variant.colour
    name = " ".join(part for part in (colour, variant.size) if part)
    return f"{name} · {variant.free}"
