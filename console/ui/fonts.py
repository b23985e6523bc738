"""The system's own Chinese typefaces, by size in pixels."""

from __future__ import annotations

import functools

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

_WANTED = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Noto Color Emoji",
)


@functools.cache
def families() -> tuple[str, ...]:
    """Those of the wanted families that this computer has, in order of preference."""
    here = set(QFontDatabase.families())
    found = tuple(name for name in _WANTED if name in here)
    return found or (QFont().family(),)


@functools.cache
def font(pixels: int, weight: int = 400) -> QFont:
    """The program's typeface; ``weight`` 400 is regular, 600 and above bold."""
    made = QFont(list(families()))
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@functools.cache
def metrics(pixels: int, weight: int = 400) -> QFontMetricsF:
    """Measures of that font."""
    return QFontMetricsF(font(pixels, weight))
