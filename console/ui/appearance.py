"""Palette and language of the whole program, as chosen or as the system has them.

The choice is kept in a ``QSettings`` file that is handed in.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.ui import fonts, i18n, style, theme

THEMES: Final = ("auto", "light", "dark")
LANGUAGES: Final = ("auto", "zh", "en")


class Appearance(QObject):
    """Applies palette and language, and remembers what was chosen."""

    changed = Signal()

    def __init__(
        self, app: QApplication, store: QSettings, theme_name: str = "auto", language: str = "auto"
    ) -> None:
        super().__init__(app)
        self._app, self.store = app, store
        self.theme = _one_of(str(store.value("theme", theme_name)), THEMES)
        self.language = _one_of(str(store.value("language", language)), LANGUAGES)
        app.setStyle("Fusion")
        app.setFont(fonts.font(theme.BODY_PX))
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._follow())
        i18n.use(i18n.choose(self.language))
        self._dress()

    def set_theme(self, name: str) -> None:
        """``auto``, ``light`` or ``dark``."""
        self.theme = name
        self.store.setValue("theme", name)
        self._dress()
        self.changed.emit()

    def set_language(self, name: str) -> None:
        """``auto``, ``zh`` or ``en``."""
        self.language = name
        self.store.setValue("language", name)
        i18n.use(i18n.choose(name))
        self.changed.emit()

    def _follow(self) -> None:
        if self.theme == "auto":
            self._dress()

    def _dress(self) -> None:
        chosen = theme.choose(self.theme)
        self._app.setPalette(theme.use(chosen))
        self._app.setStyleSheet(style.sheet(chosen))


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]
