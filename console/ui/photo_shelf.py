"""The photos of a reply, and how they will lie in the bubble: an album or a colour strip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.i18n import translate
from console.ui.photo_strip import MOST, PhotoStrip
from console.ui.widgets import Chip, label, snug, speaks


class PhotoShelf(QWidget):
    """The strip, and from two photos on a choice of layout below it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strip = PhotoStrip()
        self.album, self.colours = Chip(tiny=True), Chip(tiny=True)
        self._count = label("tiny")
        self._choice = QWidget()
        row, column = QHBoxLayout(self._choice), QVBoxLayout(self)
        snug(row, 0, 0, 4, 0, spacing=6)
        for part in (self.album, self.colours):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._count)
        snug(column, spacing=4)
        column.addWidget(self.strip)
        column.addWidget(self._choice)
        self.album.clicked.connect(lambda: self.lay_out(as_strip=False))
        self.colours.clicked.connect(lambda: self.lay_out(as_strip=True))
        self.strip.changed.connect(self._show)
        self.lay_out(as_strip=False)
        self._speak()

    @property
    def layout_name(self) -> str:
        """``strip`` for photos side by side with labels, else ""."""
        return "strip" if self.strip.labelled and len(self.strip.photos) > 1 else ""

    def lay_out(self, *, as_strip: bool) -> None:
        """Choose how the photos will lie."""
        self.strip.labelled = as_strip
        self.album.setChecked(not as_strip)
        self.colours.setChecked(as_strip)
        self.strip.update()
        self._show()

    def _show(self) -> None:
        count = len(self.strip.photos)
        self.setVisible(bool(count))
        self._choice.setVisible(count > 1)
        self._count.setText(f"{count} / {MOST}")
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.album.setText(translate("PhotoStrip", "Album"))
        self.colours.setText(translate("PhotoStrip", "Colour strip"))
        self.album.setToolTip(translate("PhotoStrip", "Photos one by one, with captions"))
        self.colours.setToolTip(
            translate("PhotoStrip", "Photos side by side, to compare; captions are their labels")
        )
