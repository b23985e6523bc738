"""Which language the screens speak; switching needs no restart.

Source texts are English and go through ``translate``; Chinese comes from
``resources/i18n``.  Qt tells every widget with a ``LanguageChange``.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from console import paths

LANGUAGES: Final = ("zh", "en")
translate = QCoreApplication.translate

_installed: list[QTranslator] = []
_spoken: list[str] = ["en"]


def language() -> str:
    """``zh`` or ``en``."""
    return _spoken[0]


def counted(count: int, one: str, many: str) -> str:
    """What is said of one, or of so many; ``{n}`` becomes the number."""
    return (one if count == 1 else many).replace("{n}", f"{count:,}")


def choose(wanted: str) -> str:
    """The language for ``zh``, ``en`` or ``auto`` (Chinese when the system is Chinese)."""
    if wanted in LANGUAGES:
        return wanted
    chinese = QLocale.system().language() == QLocale.Language.Chinese
    return "zh" if chinese else "en"


def use(spoken: str) -> None:
    """Speak this language from now on."""
    _spoken[0] = spoken
    while _installed:
        QCoreApplication.removeTranslator(_installed.pop())
    if spoken == "zh":
        own = str(paths.resources() / "i18n")
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install("qtbase_zh_CN", qt)
        _install("hanger_zh_CN", own)
    QLocale.setDefault(QLocale("zh_CN" if spoken == "zh" else "en_US"))


def _install(name: str, folder: str) -> None:
    translator = QTranslator()
    if translator.load(name, folder):
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)
