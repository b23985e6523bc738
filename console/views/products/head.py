"""Above the table: how many, what is searched, which part is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from console.ui.i18n import counted, translate
from console.ui.widgets import Chip, button, label, snug, speaks

STATES: Final = ("", "in_stock", "sold_out", "oversold", "promoted", "wanted")


class SearchField(QLineEdit):
    """Typed or scanned into; Enter takes it as a code, arrows lead into the table."""

    entered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "search")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, arrows down and Esc are not typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.text())
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Head(QFrame):
    """Emits ``asked`` when something else is wanted."""

    asked = Signal()
    new_wanted = Signal()
    import_wanted = Signal()
    holds_wanted = Signal()

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._categories: list[str] = []
        self.setProperty("look", "header")
        self._title, self.count = label("title"), label("soft")
        self.search, self.category = SearchField(), QComboBox()
        self.chips = {state: Chip() for state in STATES}
        self._group = QButtonGroup(self)
        self.new, self.take_in, self.holds = button("primary"), button(), button()
        self._arrange(may_edit=may_edit)
        self.chips[""].setChecked(True)
        self.search.textChanged.connect(lambda _: self.asked.emit())
        self.category.activated.connect(lambda _: self.asked.emit())
        self._group.buttonClicked.connect(lambda _: self.asked.emit())
        self.new.clicked.connect(self.new_wanted)
        self.take_in.clicked.connect(self.import_wanted)
        self.holds.clicked.connect(self.holds_wanted)
        self._speak()

    def _arrange(self, *, may_edit: bool) -> None:
        column, first, second = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        snug(column, 22, 12, 22, 12, spacing=10)
        snug(first, spacing=12)
        snug(second, spacing=8)
        first.addWidget(self._title)
        first.addWidget(self.count, 1)
        first.addWidget(self.holds)
        for part in (self.take_in, self.new):
            first.addWidget(part)
            if not may_edit:
                part.hide()
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(380)
        second.addWidget(self.search, 100)
        second.addWidget(self.category)
        for chip in self.chips.values():
            self._group.addButton(chip)
            second.addWidget(chip)
        second.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)

    # --- what is wanted -------------------------------------------------------------------

    @property
    def state(self) -> str:
        """The part that is shown."""
        return next(state for state, chip in self.chips.items() if chip.isChecked())

    @property
    def chosen_category(self) -> str:
        """ "" for all."""
        return str(self.category.currentData() or "")

    def show_categories(self, found: Sequence[str]) -> None:
        """What can be chosen; the choice stays where it can."""
        if list(found) != self._categories:
            self._categories = list(found)
            self._fill()

    def _fill(self) -> None:
        chosen = self.chosen_category
        self.category.clear()
        self.category.addItem(translate("Products", "All categories"), "")
        for each in self._categories:
            self.category.addItem(each, each)
        self.category.setCurrentIndex(max(0, self.category.findData(chosen)))

    def show_count(self, number: int) -> None:
        """How many variants are shown."""
        self.count.setText(counted(number, translate("Products", "1 colour and size"),
                                   translate("Products", "{n} colours and sizes")))  # fmt: skip

    def show_all(self) -> None:
        """Narrow nothing any more."""
        self.search.clear()
        self.category.setCurrentIndex(0)
        self.chips[""].setChecked(True)
        self.asked.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Products", "Goods"))
        hint = translate("Products", "Name, pinyin, number, colour, size, shelf; or scan a barcode")
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(translate("Products", "Find an article, or scan it"))
        self.category.setAccessibleName(translate("Products", "Category"))
        for state, text in {
            "": translate("Products", "All"), "in_stock": translate("Products", "In stock"),
            "sold_out": translate("Products", "Sold out"),
            "oversold": translate("Products", "Oversold"),
            "promoted": translate("Products", "Promotion"),
            "wanted": translate("Products", "Waited for"),
        }.items():  # fmt: skip
            self.chips[state].setText(text)
        self.new.setText(translate("Products", "New article"))
        self.holds.setText(translate("Keys", "Holds…"))
        self.take_in.setText(translate("Products", "Import…"))
        self._fill()
