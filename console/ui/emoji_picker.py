"""Choosing an emoji: those used lately first, groups, a search; with the keyboard all the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from console.ui import emoji, fonts
from console.ui.i18n import translate
from console.ui.popover import Popover
from console.ui.widgets import Chip, label, snug, speaks

RECENT: Final = "recent"
_CELL: Final = 38
_ACROSS, _DOWN = 10, 5
_IN = 20


class EmojiPicker(Popover):
    """Stays open while one chooses, for more than one."""

    picked = Signal(str)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._recent: list[str] = []
        self._group = RECENT
        self.search, self.list = QLineEdit(), _grid()
        self.search.setProperty("look", "search")
        self._nothing = label("faint")
        self.chips: dict[str, Chip] = {}
        row = QHBoxLayout()
        snug(row, spacing=4)
        for key in (RECENT, *emoji.groups()):
            chip = Chip(tiny=True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _=False, key=key: self.show_group(key))
            self.chips[key] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.column.addWidget(self.search)
        self.column.addLayout(row)
        self.column.addWidget(self.list)
        self.column.addWidget(self._nothing)
        self.search.textChanged.connect(lambda _: self._show())
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        self._speak()

    def open(self, recent: Sequence[str]) -> None:
        """Begin with those used lately, or the first group when there are none."""
        self._recent = list(recent)
        self._group = RECENT if recent else emoji.groups()[0]
        self.search.clear()
        self._show()
        self.open_at(_IN)
        self.search.setFocus()

    def show_group(self, key: str) -> None:
        """Show a group."""
        self._group = key
        self.search.clear()
        self._show()

    @property
    def shown(self) -> list[str]:
        """What there is to choose from now."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _show(self) -> None:
        query = self.search.text()
        if query.strip():
            found = [each.sign for each in emoji.find(query)]
        elif self._group == RECENT:
            found = self._recent
        else:
            found = [each.sign for each in emoji.every() if each.group == self._group]
        for key, chip in self.chips.items():
            chip.setChecked(key == self._group and not query.strip())
        self.list.clear()
        words = {each.sign: each.words for each in emoji.every()}
        for sign in found:
            item = QListWidgetItem(sign)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.get(sign, sign))
            item.setToolTip(words.get(sign, "").split(" ")[0])
            self.list.addItem(item)
        self.list.setCurrentRow(0 if found else -1)
        self._nothing.setVisible(not found)

    def _on_item(self, item: QListWidgetItem) -> None:
        sign = item.text()
        if sign not in self._recent:
            self._recent.insert(0, sign)
        self.picked.emit(sign)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search into the grid and back, Enter takes the current one."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Down and self.list.count():
                self.list.setFocus()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if (item := self.list.currentItem()) is not None:
                    self._on_item(item)
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._turn(1 if key == Qt.Key.Key_Tab else -1)
                return True
        return super().eventFilter(watched, event)

    def _turn(self, by: int) -> None:
        keys = list(self.chips)
        self.show_group(keys[(keys.index(self._group) + by) % len(keys)])

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Emoji", "Emoji"))
        self.list.setAccessibleName(translate("Emoji", "Emoji"))
        self.search.setAccessibleName(translate("Emoji", "Search emoji"))
        self.search.setPlaceholderText(
            translate("Emoji", "Search · ↓ into the list · Tab next group")
        )
        self._nothing.setText(translate("Emoji", "Nothing here yet"))
        names = {
            RECENT: translate("Emoji", "Lately"), "smileys": translate("Emoji", "Faces"),
            "hands": translate("Emoji", "Hands"), "clothes": translate("Emoji", "Clothes"),
            "hearts": translate("Emoji", "Joy"), "nature": translate("Emoji", "Nature"),
            "things": translate("Emoji", "Things"),
        }  # fmt: skip
        for key, chip in self.chips.items():
            chip.setText(names[key])


def _grid() -> QListWidget:
    made = QListWidget()
    made.setProperty("look", "emoji")
    made.setViewMode(QListView.ViewMode.IconMode)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setMovement(QListView.Movement.Static)
    made.setUniformItemSizes(True)
    made.setGridSize(QSize(_CELL, _CELL))
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFont(fonts.font(20))
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMinimumWidth(_CELL * _ACROSS + 14)
    made.setFixedHeight(_CELL * _DOWN)
    return made
