"""A short list of what is alike and there, above the enquiry strip; a press takes its card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.desk.enquiry_types import SimilarGoods
from console.ui import pictures
from console.ui.choice_list import Choice, ChoiceList
from console.ui.i18n import translate
from console.ui.pictures import Pictures
from console.ui.popover import Popover
from console.ui.widgets import label
from console.views.inbox.reply_attach import item_price, item_title
from console.views.inbox.unsent import ChosenItem

_ROWS = 6
_IN = 20


class SimilarPicker(Popover):
    """Arrows move, Enter or a click takes one, Esc goes back."""

    picked = Signal(object)
    """A ``ChosenItem``."""

    def __init__(self, store: Pictures, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._pictures = store
        self.list, self._title = ChoiceList(_ROWS), label("tiny", wrap=True)
        self.list.installEventFilter(self)
        self.list.chosen.connect(self._on_chosen)
        for part in (self._title, self.list):
            self.column.addWidget(part)
        self.setFixedWidth(420)
        store.arrived.connect(lambda _: self.list.viewport().update())

    def offer(self, found: Sequence[SimilarGoods]) -> None:
        """Show these."""
        self.setAccessibleName(translate("Enquiry", "Similar items"))
        self.list.setAccessibleName(translate("Enquiry", "Similar items"))
        self._title.setText(
            translate("Enquiry", "Similar, and there in that size · Enter adds the card")
            if found
            else translate("Enquiry", "Nothing similar is there in that size")
        )
        self.list.offer([self._choice(ChosenItem(each.product, each.variant)) for each in found])
        self.list.setVisible(bool(found))
        self.open_at(_IN)
        (self.list if found else self).setFocus()

    def _choice(self, item: ChosenItem) -> Choice:
        shelf = item.variant.shelf if item.variant is not None else ""
        return Choice(
            item, item_title(item), item_price(item), shelf,
            lambda: pictures.of_product(self._pictures, item.product.picture, 160),
        )  # fmt: skip

    def _on_chosen(self, item: ChosenItem) -> None:
        self.dismiss()
        self.picked.emit(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list takes the current one."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        pressed = watched is self.list and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in enter:
            self.list.choose()
            return True
        return super().eventFilter(watched, event)
