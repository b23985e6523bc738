"""Ending in order when the system asks for it."""

from __future__ import annotations

import signal
from collections.abc import Callable

from PySide6.QtCore import QTimer

_PULSE_MS = 250


def end_on_signals(end: Callable[[], None]) -> QTimer:
    """Call ``end`` on Ctrl+C or when told to stop, while the timer runs.

    Without it Python would not notice a signal as long as Qt idles.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: end())
    pulse = QTimer()
    pulse.timeout.connect(_notice)
    pulse.start(_PULSE_MS)
    return pulse


def _notice() -> None:
    """Running any Python code delivers a signal that came meanwhile."""
