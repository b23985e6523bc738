"""Python's garbage collector, kept in the window's own thread and out of its way.

Left to itself the collector runs in whichever thread happens to allocate; there it may
destroy widgets that only lay in a reference cycle, and Qt ends the whole program when a
widget dies outside the GUI thread.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QTimer

_EVERY_MS: Final = 500


@contextmanager
def in_gui_thread() -> Iterator[None]:
    """Collect only here, a little at a time, until left; needs a ``QCoreApplication``.

    What was imported so far is not looked at any more: going through all of it would stop
    the window for 40 ms.
    """
    automatic = gc.isenabled()
    gc.collect()
    gc.freeze()
    gc.disable()
    timer = QTimer()
    timer.setInterval(_EVERY_MS)
    timer.timeout.connect(collect_due)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        if automatic:
            gc.enable()


def collect_due() -> int:
    """Collect the generations whose turn it is; the oldest one, or -1 for none."""
    due = [
        generation
        for generation, (count, limit) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > limit > 0
    ]
    if not due:
        return -1
    gc.collect(due[-1])
    return due[-1]
