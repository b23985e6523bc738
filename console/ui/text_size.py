"""How large the program is written on this computer.

Everything grows together, pictures and spaces too, so nothing is cut where only the letters
would grow.  Qt takes the factor when a program begins; choosing another one opens it anew.
"""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QSettings

SIZES: Final = (90, 100, 115, 130, 150)
"""Per cent."""
_KEY: Final = "text/size"
_FACTOR: Final = "QT_SCALE_FACTOR"
_SYSTEMS: Final = "HANGER_SYSTEM_SCALE"
"""What the factor was before the program changed it, for the program begun after this one."""


def kept(store: QSettings) -> int:
    """The size chosen on this computer, in per cent."""
    try:
        size = int(str(store.value(_KEY, 100)))
    except ValueError:
        return 100
    return size if size in SIZES else 100


def keep(store: QSettings, size: int) -> None:
    """Remember a size for the next start."""
    store.setValue(_KEY, size)
    store.sync()


def apply(store: QSettings) -> None:
    """Take the size for this run; before there is a ``QApplication``."""
    system = os.environ.setdefault(_SYSTEMS, os.environ.get(_FACTOR, ""))
    factor = _number(system) * kept(store) / 100
    if factor == 1 and not system:
        os.environ.pop(_FACTOR, None)
    else:
        os.environ[_FACTOR] = f"{factor:g}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
