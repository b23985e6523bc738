"""Small widgets used on several screens."""

from __future__ import annotations

from html import escape
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from console.ui import draw, fonts, icons, theme


def looked(widget: QWidget, look: str) -> None:
    """Give a widget its look in the style sheet, again when it changes."""
    widget.setProperty("look", look)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(look: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A text; plain, because it may show what strangers wrote."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        made.setProperty("look", look)
    return made


def plain_tip(text: str) -> str:
    """A text as a tooltip shows it as it stands.

    Qt takes what looks like HTML for it: in a tooltip somebody's name could show a picture,
    for which Windows signs in at whatever computer the name says.
    """
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>' if "<" in text else text


def button(look: str = "") -> QPushButton:
    """A button; Tab reaches it, Space presses it."""
    made = QPushButton()
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if look:
        made.setProperty("look", look)
    return made


class Chip(QPushButton):
    """A small button that may be chosen; as wide chosen, in bold, as not."""

    def __init__(self, *, tiny: bool = False) -> None:
        super().__init__()
        self._pixels, self._beside = (theme.TINY_PX, 12) if tiny else (theme.SMALL_PX, 28)
        self.setProperty("tiny", tiny)
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("look", "chip")

    def sizeHint(self) -> QSize:
        """Room for the bold text."""
        return QSize(ceil(draw.width_of(self.text(), self._pixels, 700)) + self._beside, 26)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


def frame(look: str) -> QFrame:
    """A painted ground."""
    made = QFrame()
    made.setProperty("look", look)
    return made


def rule() -> QFrame:
    """A line across."""
    made = frame("line")
    made.setFixedHeight(1)
    return made


def snug(layout: QLayout, *margins: int, spacing: int = 0) -> None:
    """Margins left, top, right, bottom and the spacing in one line."""
    left, top, right, bottom = margins or (0, 0, 0, 0)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(spacing)


class Avatar(QWidget):
    """A disc with the first character of a name."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setFixedSize(size, size)

    def show_name(self, name: str) -> None:
        """Whose disc this is."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._name:
            draw.avatar(painter, QRectF(self.rect()), self._name)
        painter.end()


class Pill(QWidget):
    """A rounded label on a soft ground; ``kind`` is ``accent``, ``warn`` or ``alert``."""

    def __init__(self, kind: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._kind = "", kind
        self._pixels = theme.SMALL_PX
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, kind: str = "") -> None:
        """Show a text; an empty one hides the pill."""
        self._text, self._kind = text, kind or self._kind
        self.setAccessibleName(text)
        # Shown before it has a place it would be a window of its own, which takes the keyboard.
        if self.parent() is not None or not text:
            self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        return QSize(round(draw.width_of(self._text, self._pixels)) + 22, 26)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self._kind}_soft"))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        font, ink = fonts.font(self._pixels), theme.color(f"{self._kind}_ink")
        draw.text_line(painter, box, self._text, font, ink, Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class Light(QWidget):
    """A small coloured dot; ``kind`` is a colour role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "online"
        self.setFixedSize(9, 9)

    def show_kind(self, kind: str) -> None:
        """Shine in another colour."""
        self._kind = kind
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._kind))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class LineLabel(QLabel):
    """One line of text, cut with “…” where it does not fit; the whole is in its tooltip."""

    def __init__(self, look: str = "") -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if look:
            self.setProperty("look", look)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut it anew."""
        super().resizeEvent(event)
        self._cut()

    @property
    def whole_width(self) -> int:
        """So wide it is uncut."""
        return self.fontMetrics().horizontalAdvance(self._whole)

    def _cut(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, mode, self.width()))


class IconLabel(QWidget):
    """An icon in a colour role."""

    def __init__(self, name: str, size: int, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setFixedSize(size, size)

    def show_icon(self, name: str) -> None:
        """Show another one."""
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, self._name, QRectF(self.rect()), theme.color(self._role))
        painter.end()


def speaks(event: QEvent) -> bool:
    """Whether an event tells that the language changed."""
    return event.type() == QEvent.Type.LanguageChange


def repaints(event: QEvent) -> bool:
    """Whether an event tells that the palette changed."""
    return event.type() == QEvent.Type.PaletteChange
