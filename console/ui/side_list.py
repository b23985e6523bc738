"""A list of places at the side of a screen: one is chosen, by mouse or by the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.ui import icons, theme
from console.ui.widgets import looked, repaints

_ICON = 18
_HIGH = 42
_NAME = Qt.ItemDataRole.UserRole


class SideList(QListWidget):
    """Entries have a name, which is told, and a text, which is shown."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._icons: dict[str, str] = {}
        self._quiet = False
        self.setIconSize(QSize(_ICON, _ICON))
        self.setUniformItemSizes(True)
        looked(self, "side")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current)

    def show_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Names with their icons, in order; texts come with ``say``."""
        current = self.current
        self._icons = dict(entries)
        self._quiet = True
        self.clear()
        for name, _ in entries:
            item = QListWidgetItem()
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, _HIGH))
            self.addItem(item)
        self._quiet = False
        if current in self._icons:
            self.select(current)
        self._draw()

    def say(self, name: str, text: str) -> None:
        """What an entry is called."""
        item = self._item(name)
        if item is not None:
            item.setText(text)

    def select(self, name: str) -> None:
        """Choose an entry without telling."""
        item = self._item(name)
        if item is not None:
            self._quiet = True
            self.setCurrentItem(item)
            self._quiet = False
            self._draw()

    @property
    def current(self) -> str:
        """Name of the chosen entry, "" while there is none."""
        item = self.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _item(self, name: str) -> QListWidgetItem | None:
        rows = [self.item(row) for row in range(self.count())]
        return next((item for item in rows if item.data(_NAME) == name), None)

    def _on_current(self) -> None:
        if not self._quiet and self.current:
            self._draw()
            self.chosen.emit(self.current)

    def _draw(self) -> None:
        for name, drawing in self._icons.items():
            item, role = self._item(name), "accent_ink" if name == self.current else "ink_soft"
            if item is not None:
                item.setIcon(icons.icon(drawing, _ICON, theme.color(role)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the new palette."""
        if repaints(event):
            self._draw()
        super().changeEvent(event)
