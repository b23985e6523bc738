"""The rail: where one can go, how the line is, who sits here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from console.desk.types import LinkState, Me
from console.ui import draw, icons, phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.rail_button import RailButton
from console.ui.widgets import Light, label, plain_tip, snug, speaks

INBOX: Final = "inbox"
CAMPAIGNS: Final = "campaigns"
PRODUCTS: Final = "products"
BOOKINGS: Final = "bookings"
INSIGHTS: Final = "insights"
SETTINGS: Final = "settings"


class Rail(QFrame):
    """Emits what was chosen; knows no screen."""

    chosen = Signal(str)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    switch_asked = Signal()
    quit_asked = Signal()

    def __init__(self, me: Me, clock: ShopClock) -> None:
        super().__init__()
        self._me, self._clock = me, clock
        self._link: LinkState | None = None
        self.preferences = ("auto", "auto")
        """Theme and language as chosen, for the marks in the menu."""
        self.setProperty("look", "rail")
        self.setFixedWidth(theme.RAIL_WIDTH)
        self.buttons = {
            INBOX: RailButton("chat"), CAMPAIGNS: RailButton("campaign"),
            PRODUCTS: RailButton("product"), BOOKINGS: RailButton("fitting"),
            INSIGHTS: RailButton("insights"), SETTINGS: RailButton("settings"),
        }  # fmt: skip
        self._light, self._words = Light(), label()
        self._words.setStyleSheet(f"color: {theme.DARK.rail_ink_soft}; font-size: 11px;")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self.me = _MeButton(me.name)
        self.me.clicked.connect(self._open_menu)
        self._arrange()
        for name, made in self.buttons.items():
            made.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        self._speak()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        snug(column, 8, 14, 8, 14, spacing=4)
        column.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        column.addWidget(self.buttons[INBOX])
        column.addWidget(self.buttons[CAMPAIGNS])
        column.addWidget(self.buttons[PRODUCTS])
        column.addWidget(self.buttons[BOOKINGS])
        column.addWidget(self.buttons[INSIGHTS])
        column.addStretch(1)
        column.addWidget(self.buttons[SETTINGS])
        link = QHBoxLayout()
        snug(link, 0, 4, 0, 8, spacing=0)
        inner = QVBoxLayout()
        snug(inner, spacing=5)
        inner.addWidget(self._light, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self._words)
        link.addLayout(inner)
        column.addLayout(link)
        column.addWidget(self.me, 0, Qt.AlignmentFlag.AlignHCenter)

    # --- showing --------------------------------------------------------------------------

    def show_section(self, name: str) -> None:
        """Mark the section that is shown."""
        self.buttons[name].setChecked(True)

    def show_unread(self, count: int) -> None:
        """The number beside the chats."""
        self.buttons[INBOX].show_count(count)
        self._speak()

    def show_link(self, link: LinkState) -> None:
        """How the line is."""
        self._link = link
        self._speak()

    @property
    def link_text(self) -> str:
        """What the light says."""
        return self._words.text()

    # --- the menu -------------------------------------------------------------------------

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.me.mapToGlobal(QPoint(self.me.width() + 10, -150)))

    def menu(self) -> QMenu:
        """What the own picture offers."""
        menu = QMenu(self)
        ink = theme.color("ink_soft")
        head = menu.addAction(f"{self._me.name} · {self._me.shop_name}")
        head.setEnabled(False)
        menu.addSeparator()
        looks = (
            ("auto", translate("Rail", "Like the system")),
            ("light", translate("Rail", "Light")),
            ("dark", translate("Rail", "Dark")),
        )
        tongues = (
            ("auto", translate("Rail", "Like the system")),
            ("zh", "简体中文"),
            ("en", "English"),
        )
        dress = menu.addMenu(icons.icon("moon", 18, ink), translate("Rail", "Appearance"))
        self._choices(dress, looks, self.preferences[0], self.theme_chosen)
        speak = menu.addMenu(icons.icon("language", 18, ink), translate("Rail", "Language"))
        self._choices(speak, tongues, self.preferences[1], self.language_chosen)
        menu.addSeparator()
        switch = menu.addAction(icons.icon("user", 18, ink), translate("Rail", "Switch user"))
        switch.triggered.connect(self.switch_asked)
        leave = menu.addAction(icons.icon("logout", 18, ink), translate("Rail", "Quit"))
        leave.triggered.connect(self.quit_asked)
        return menu

    def _choices(
        self, menu: QMenu, choices: tuple[tuple[str, str], ...], now: str, signal: object
    ) -> None:
        group = QActionGroup(menu)
        for value, text in choices:
            action = QAction(text, menu, checkable=True, checked=value == now)
            action.triggered.connect(lambda _=False, value=value: signal.emit(value))  # type: ignore[attr-defined]
            group.addAction(action)
            menu.addAction(action)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.buttons[INBOX].setText(translate("Rail", "Chats"))
        self.buttons[CAMPAIGNS].setText(translate("Rail", "Campaigns"))
        self.buttons[PRODUCTS].setText(translate("Rail", "Goods"))
        self.buttons[BOOKINGS].setText(translate("Rail", "Fittings"))
        self.buttons[INSIGHTS].setText(translate("Rail", "Insights"))
        self.buttons[SETTINGS].setText(translate("Rail", "Settings"))
        self.me.setAccessibleName(translate("Rail", "Me: {name}").format(name=self._me.name))
        self.me.setToolTip(plain_tip(self._me.name))
        if self._link is not None:
            words, kind = phrases.link(self._link, self._clock)
            self._words.setText(words)
            self._light.show_kind(kind)
            self.setAccessibleDescription(words)


class _Logo(QWidget):
    """The program's sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(38, 38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, "logo", QRectF(self.rect()), theme.color("brand"))
        painter.end()


class _MeButton(QAbstractButton):
    """The own picture."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(self.sizeHint())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """A disc."""
        return QSize(40, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, with a ring when the keyboard is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw.avatar(painter, QRectF(2, 2, 36, 36), self._name)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("brand"), 2))
            painter.drawEllipse(QRectF(1, 1, 38, 38))
        painter.end()
