"""Turn a photo and choose the part of it that stays; Enter takes it, Esc leaves it as it was."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.photo_shapes import Shape
from console.ui import icons, theme
from console.ui.crop_canvas import CropCanvas
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.widgets import Chip, button, label, snug

RATIOS: Final = {"free": 0.0, "square": 1.0, "portrait": 3 / 4, "original": -1.0}
"""Width by height; -1 is the photo's own."""
_MOST: Final = (860, 680)


class CropWindow(QDialog):
    """``picture`` is the whole photo, upright; ``shape`` how it is turned and cut so far."""

    shaped = Signal(object)
    """The ``Shape`` that was chosen."""

    def __init__(self, picture: QPixmap, shape: Shape, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.canvas = CropCanvas(picture, shape)
        self.ratios = {name: Chip() for name in RATIOS}
        self.left, self.right = self._icon("rotate-left"), self._icon("rotate-right")
        self.whole, self.cancel, self.take = button("link"), button(), button("primary")
        self._hint = label("tiny", wrap=True)
        self._arrange()
        self._connect()
        self._speak()
        self._choose("free")
        room = parent.window().size()
        self.resize(min(_MOST[0], room.width() - 40), min(_MOST[1], room.height() - 60))
        self.canvas.setFocus()

    def _icon(self, name: str) -> QPushButton:
        made = button()
        made.setIcon(icons.icon(name, 18, theme.color("ink")))
        return made

    def _arrange(self) -> None:
        tools, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        snug(tools, spacing=8)
        for part in (self.left, self.right):
            tools.addWidget(part)
        tools.addSpacing(8)
        for chip in self.ratios.values():
            tools.addWidget(chip)
        tools.addStretch(1)
        tools.addWidget(self.whole)
        snug(foot, spacing=8)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        snug(column, 18, 16, 18, 16, spacing=12)
        column.addWidget(self.canvas, 1)
        column.addLayout(tools)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.left.clicked.connect(lambda: self._turn(-1))
        self.right.clicked.connect(lambda: self._turn(1))
        self.whole.clicked.connect(self._start_over)
        self.cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._finish)
        for name, chip in self.ratios.items():
            chip.clicked.connect(lambda _=False, name=name: self._choose(name))

    # --- choosing -------------------------------------------------------------------------

    @property
    def _chosen(self) -> str:
        return next(name for name, chip in self.ratios.items() if chip.isChecked())

    def _choose(self, name: str) -> None:
        for each, chip in self.ratios.items():
            chip.setChecked(each == name)
        ratio = RATIOS[name]
        self.canvas.keep_ratio(self.canvas.own_ratio if ratio < 0 else ratio)

    def _turn(self, quarters: int) -> None:
        self.canvas.turn(quarters, 0.0)
        self._choose(self._chosen)

    def _start_over(self) -> None:
        self.canvas.start_over()
        self._choose("free")

    def _finish(self) -> None:
        self.shaped.emit(self.canvas.shape_chosen)
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it; the keys that turn a tile turn it here, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif keymap().matches("photo.right", event):
            self._turn(1)
        elif keymap().matches("photo.left", event):
            self._turn(-1)
        else:
            super().keyPressEvent(event)

    # --- language -------------------------------------------------------------------------

    def _speak(self) -> None:
        self.setWindowTitle(translate("CropWindow", "Crop and turn"))
        self.canvas.setAccessibleName(translate("CropWindow", "The part that stays"))
        words = translate("CropWindow", "Arrows move the frame, Shift and arrows change its size")
        self.canvas.setAccessibleDescription(words)
        self._hint.setText(words)
        for made, text, command in (
            (self.left, translate("CropWindow", "Turn left"), "photo.left"),
            (self.right, translate("CropWindow", "Turn right"), "photo.right"),
        ):
            keys = keymap().text(command)
            made.setToolTip(f"{text} ({keys})" if keys else text)
            made.setAccessibleName(text)
        self.ratios["free"].setText(translate("CropWindow", "Free"))
        self.ratios["square"].setText("1:1")
        self.ratios["portrait"].setText("3:4")
        self.ratios["original"].setText(translate("CropWindow", "Original"))
        self.whole.setText(translate("CropWindow", "The whole photo"))
        self.cancel.setText(translate("CropWindow", "Cancel"))
        self.take.setText(translate("CropWindow", "Crop"))
