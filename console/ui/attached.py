"""One thing that goes with a reply, in one line: its picture, what it is, and a cross."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.ui import icons, pictures, theme
from console.ui.i18n import translate
from console.ui.widgets import LineLabel, button, repaints, snug, speaks

_SIDE = 44


class _Thumb(QWidget):
    """A small picture, or an icon while there is none."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.picture: QPixmap | None = None
        self.setFixedSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        pictures.paint(painter, box, self.picture)
        if self.picture is None:
            icons.paint(painter, self._icon, box.adjusted(11, 11, -11, -11), theme.color("ink"))
        painter.end()


class Attached(QFrame):
    """Hidden while there is nothing."""

    removed = Signal()

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setProperty("look", "attached")
        self._thumb = _Thumb(icon)
        self._title, self._below = LineLabel("strong"), LineLabel("tiny")
        self.remove = button("flat")
        self.remove.clicked.connect(self.removed)
        words, row = QVBoxLayout(), QHBoxLayout(self)
        snug(words, spacing=1)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._below)
        words.addStretch(1)
        snug(row, 6, 5, 6, 5, spacing=10)
        row.addWidget(self._thumb)
        row.addLayout(words, 1)
        row.addWidget(self.remove)
        self.hide()
        self._dress()

    @property
    def title_text(self) -> str:
        """What it is."""
        return self._title.accessibleName()

    @property
    def below_text(self) -> str:
        """What is said under it."""
        return self._below.accessibleName()

    def say(self, title: str, below: str, picture: QPixmap | None) -> None:
        """Show something."""
        self._title.say(title)
        self._below.say(below)
        self._thumb.picture = picture
        self._thumb.update()
        self.setAccessibleName(title)
        self.setAccessibleDescription(below)
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.remove.setIcon(icons.icon("close", 16, theme.color("ink_soft")))
        self.remove.setAccessibleName(translate("Attached", "Take it out"))
        self.remove.setToolTip(translate("Attached", "Take it out"))
