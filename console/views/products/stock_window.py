"""The windows in which units are counted, or booked in and out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QWidget,
)

from console.desk.product_types import VariantItem
from console.domain import goods, stock
from console.domain.stock import Reason
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.widgets import button, label
from console.ui.window_frame import add_foot, window_column
from console.views.products import words


class StockWindow(QDialog):
    """Counting (``counts``), or a movement; ``answered`` carries units or delta, reason, note."""

    answered = Signal(int, str, str)

    def __init__(self, item: VariantItem, parent: QWidget, *, counts: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.item, self._counts = item, counts
        self._title, self._lead = label("title", wrap=True), label("soft", wrap=True)
        self.reason = QComboBox()
        self.units, self.note = line_edit(longest=10), line_edit(longest=stock.MAX_NOTE_CHARS)
        self.units_field, self.note_field = Field(self.units), Field(self.note)
        self.reason_field, self.after = Field(self.reason), label("soft")
        self.ok, self.leave = button("primary"), button()
        self.ok.setDefault(True)
        self._arrange()
        self._speak()
        self.units.textChanged.connect(lambda _: self._foresee())
        self.reason.currentIndexChanged.connect(lambda _: self._foresee())
        self.ok.clicked.connect(self._answer)
        self.leave.clicked.connect(self.reject)
        self.reason_field.setVisible(not counts)
        self.units.setFocus()
        self._foresee()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        for part in (self._title, self._lead, self.reason_field, self.units_field, self.after,
                     self.note_field):  # fmt: skip
            column.addWidget(part)
        add_foot(column, self.leave, self.ok, above=6)
        self.setFixedWidth(420)

    def _speak(self) -> None:
        title = (translate("Products", "Count the stock") if self._counts
                 else translate("Products", "Units came or went"))  # fmt: skip
        self.setWindowTitle(title)
        self._title.setText(title)
        self._lead.setText(f"{words.title(self.item)}\n{words.stands(self.item)}")
        for each in stock.BY_HAND:
            self.reason.addItem(words.reason(each), each.value)
        self.reason_field.say(translate("Products", "Why"))
        self.units_field.say(
            translate("Products", "Units on the shelf") if self._counts
            else translate("Products", "Units (−2: they went)")
        )  # fmt: skip
        self.note_field.say(translate("Products", "Note"))
        self.ok.setText(translate("Products", "Write into the ledger"))
        self.leave.setText(translate("Products", "Cancel"))

    # --- answering ------------------------------------------------------------------------

    def _delta(self) -> int:
        """Units as the reason means them.  Raises ``ValueError``."""
        text = goods.tidy(self.units.text()).replace("−", "-")
        units = goods.units_of(text.lstrip("+-"))
        reason = Reason(self.reason.currentData())
        return stock.signed(reason, units, out=text.startswith("-"))

    def _movement(self) -> stock.Movement | None:
        """What would be written; ``None`` where it cannot be.  Raises ``ValueError``."""
        if self._counts:
            return stock.counted(self.item.stock, goods.units_of(self.units.text()))
        delta, reason = self._delta(), Reason(self.reason.currentData())
        if not stock.can_be(reason, delta):
            return None
        if reason is Reason.SOLD:
            return stock.sold(self.item.stock, -delta)
        return stock.moved(self.item.stock, delta)

    def _foresee(self) -> None:
        """Say what the stock will be."""
        self.units_field.fault("")
        try:
            movement = self._movement()
        except ValueError:
            movement = None
        self.after.setText("" if movement is None else translate(
            "Products", "{before} → {after}").format(before=f"{self.item.stock:,}",
                                                     after=f"{movement.balance:,}"))  # fmt: skip
        self.after.setVisible(movement is not None)

    def _answer(self) -> None:
        try:
            movement = self._movement()
        except ValueError:
            self._refuse(words.fault("stock" if self._counts else "delta"))
            return
        if movement is None:
            self._refuse(words.fault("delta"))
            return
        units = movement.balance if self._counts else self._delta()
        reason = "" if self._counts else str(self.reason.currentData())
        self.answered.emit(units, reason, self.note.text())
        self.accept()

    def _refuse(self, sentence: str) -> None:
        self.units_field.fault(sentence)
        self.units.setFocus()
