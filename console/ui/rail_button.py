"""A section on the rail: icon, word, badge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.ui import draw, fonts, icons, theme


class RailButton(QAbstractButton):
    """Checked while its section is shown."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(self.sizeHint())

    @property
    def count(self) -> int:
        """The number on the badge."""
        return self._count

    def show_count(self, count: int) -> None:
        """The number on the badge; 0 hides it."""
        if count != self._count:
            self._count = count
            self.update()

    def sizeHint(self) -> QSize:
        """The rail's width less its margins."""
        return QSize(theme.RAIL_WIDTH - 16, 55)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, word and badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            ground = QColor(theme.tokens().rail_active)
            ground.setAlphaF(1.0 if self.isChecked() else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 10, 10)
        ink = theme.color("rail_ink" if self.isChecked() else "rail_ink_soft")
        icons.paint(painter, self._icon, QRectF(box.center().x() - 10, 9, 20, 20), ink)
        word = QRectF(0, 31, box.width(), 18)
        room = int(box.width()) - 2
        pixels = 12 if draw.width_of(self.text(), 12) <= room else 11
        shown = draw.elided(self.text(), pixels, room)
        draw.text_line(painter, word, shown, fonts.font(pixels), ink,
                       Qt.AlignmentFlag.AlignHCenter)  # fmt: skip
        if self._count:
            draw.badge(painter, box.center().x() + 20, 12, self._count)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("brand"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
        painter.end()
