"""Timers that wait for a moment in which nothing more happens, or at least once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once(owner: QObject, milliseconds: int, slot: Callable[[], object]) -> QTimer:
    """A timer that, each time it is started, calls ``slot`` once."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer
