"""Which column of a list is which field: guessed, and changed where the guess is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from console.domain.goods_lists import FIELDS
from console.ui.forms import Field
from console.ui.i18n import translate
from console.ui.widgets import snug
from console.views.products import import_words as words

_ACROSS = 5
_CHARS = 9


class ColumnChoices(QWidget):
    """``changed`` when another column is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {name: QComboBox() for name in FIELDS}
        grid = QGridLayout(self)
        snug(grid, spacing=8)
        for place, (name, box) in enumerate(self.boxes.items()):
            box.setMinimumContentsLength(_CHARS)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            titled = Field(box)
            titled.say(words.field(name))
            grid.addWidget(titled, place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignTop)
            box.activated.connect(lambda _: self.changed.emit())

    def offer(self, heading: Sequence[str], guessed: Mapping[str, int]) -> None:
        """The columns of a list, with the guess chosen."""
        none = translate("Products", "(none)")
        titles = [text or translate("Products", "Column {n}").format(n=place)
                  for place, text in enumerate(heading, 1)]  # fmt: skip
        for name, box in self.boxes.items():
            box.clear()
            box.addItem(none, -1)
            for place, title in enumerate(titles):
                box.addItem(title, place)
            box.setCurrentIndex(guessed.get(name, -1) + 1)

    @property
    def columns(self) -> dict[str, int]:
        """The column of each field that has one."""
        chosen = {name: int(box.currentData()) for name, box in self.boxes.items() if box.count()}
        return {name: place for name, place in chosen.items() if place >= 0}
