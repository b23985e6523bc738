"""The window in which an article is begun, with the colours and sizes it is made in."""

from __future__ import annotations

import itertools
import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from console.domain import goods
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.widgets import button, label, snug
from console.ui.window_frame import add_foot, window_column
from console.views.products import words
from console.wire.commands import SaveProduct, VariantEdit

_PARTS = re.compile(r"[\s,;/、,;]+")


class NewProductWindow(QDialog):
    """``answered`` carries a ``SaveProduct``; the window stays until ``accept``."""

    answered = Signal(object)

    def __init__(self, parent: QWidget, barcode: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._barcode = barcode
        self._title, self._lead = label("title"), label("soft", wrap=True)
        names = ("sku", "name", "category", "price", "colours", "sizes")
        self.edits = {name: line_edit(longest=120) for name in names}
        self.fields = {name: Field(edit) for name, edit in self.edits.items()}
        self.ok, self.leave = button("primary"), button()
        self.ok.setDefault(True)
        self._arrange()
        self._speak()
        self.ok.clicked.connect(self._answer)
        self.leave.clicked.connect(self.reject)
        self.edits["sku"].setFocus()

    def _arrange(self) -> None:
        column = window_column(self, 24, 20, 24, 20, spacing=12)
        fields = QGridLayout()
        column.addWidget(self._title)
        column.addWidget(self._lead)
        snug(fields, spacing=12)
        for place, field in enumerate(self.fields.values()):
            fields.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(fields)
        add_foot(column, self.leave, self.ok, above=6)
        self.setFixedWidth(560)

    def _speak(self) -> None:
        title = translate("Products", "New article")
        self.setWindowTitle(title)
        self._title.setText(title)
        lead = translate("Products", "Each colour is made in each size; count them afterwards.")
        if self._barcode:
            coded = translate("Products", "The first one gets the barcode {code}.")
            lead = f"{lead} {coded.format(code=self._barcode)}"
        self._lead.setText(lead)
        for name in ("category", "price"):
            self.fields[name].say(words.heading(name))
        self.fields["sku"].say(translate("Products", "Article number"))
        self.fields["name"].say(translate("Products", "Name"))
        self.fields["colours"].say(translate("Products", "Colours, with spaces between"))
        self.fields["sizes"].say(translate("Products", "Sizes, with spaces between"))
        self.ok.setText(translate("Products", "Make it"))
        self.leave.setText(translate("Products", "Cancel"))

    def text(self, name: str) -> str:
        """What stands in a field."""
        return goods.tidy(self.edits[name].text())

    def refuse(self, name: str, sentence: str) -> None:
        """Say at a field what is wrong with it."""
        field = self.fields.get("name" if name == "display_name" else name, self.fields["sku"])
        field.fault(sentence)
        field.control.setFocus()

    def _answer(self) -> None:
        try:
            price = goods.cents_of(self.text("price")) or 0
        except ValueError:
            self.refuse("price", words.fault("price"))
            return
        kinds = itertools.product(self._parts("colours"), self._parts("sizes"))
        variants = [VariantEdit(colour=colour, size=size) for colour, size in kinds]
        if self._barcode:
            first = variants[0]
            variants[0] = VariantEdit(colour=first.colour, size=first.size, barcode=self._barcode)
        self.answered.emit(SaveProduct(
            sku=self.text("sku"), fresh=True, display_name=self.text("name"),
            category=self.text("category"), price=price, variants=variants,
        ))  # fmt: skip

    def _parts(self, name: str) -> list[str]:
        found = [part for part in _PARTS.split(self.text(name)) if part]
        return list(dict.fromkeys(found)) or [""]
