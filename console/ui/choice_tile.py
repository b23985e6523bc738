"""A large button with a title and a line of explanation, or a face; one of several is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.ui import draw, fonts, theme


class ChoiceTile(QAbstractButton):
    """Shows a ring that is filled when chosen; with ``face`` a disc instead."""

    def __init__(self, *, face: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._hint = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, hint: str = "") -> None:
        """What choosing it means."""
        self._hint = hint
        self.setText(title)
        self.setAccessibleDescription(hint)
        self.update()

    def sizeHint(self) -> QSize:
        """A row, higher when there is an explanation."""
        return QSize(240, 54 if self._face else 64)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, mark, title and explanation."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = "accent_soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        edge = "accent" if self.isChecked() else "field_line"
        painter.setBrush(theme.color(ground))
        painter.setPen(QPen(theme.color("accent_ink" if self.hasFocus() else edge), 1.5))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if self._face:
            self._paint_face(painter, box)
        else:
            self._paint_choice(painter, box)
        painter.end()

    def _paint_face(self, painter: QPainter, box: QRectF) -> None:
        disc = QRectF(box.left() + 12, box.center().y() - 17, 34, 34)
        draw.avatar(painter, disc, self.text())
        line = box.adjusted(60, 0, -14, 0)
        name, faint = fonts.font(theme.NAME_PX, 700), theme.color("ink_faint")
        draw.text_line(painter, line, self.text(), name, theme.color("ink"))
        small, right = fonts.font(theme.SMALL_PX), Qt.AlignmentFlag.AlignRight
        draw.text_line(painter, line, self._hint, small, faint, right)

    def _paint_choice(self, painter: QPainter, box: QRectF) -> None:
        ring = QRectF(box.left() + 16, box.center().y() - 8, 16, 16)
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("accent" if self.isChecked() else "ink_faint"), 1.5))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
        room = int(box.width() - 62)
        first = QRectF(box.left() + 46, box.top() + 9, room, 24)
        title = draw.elided(self.text(), theme.BODY_PX, room, 700)
        bold = fonts.font(theme.BODY_PX, 700)
        draw.text_line(painter, first, title, bold, theme.color("ink"))
        hint = draw.elided(self._hint, theme.SMALL_PX, room)
        small, ink = fonts.font(theme.SMALL_PX), theme.color("ink_soft")
        draw.text_line(painter, first.translated(0, 22), hint, small, ink)
