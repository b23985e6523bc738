"""Notices that nobody has touched the program for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_TOUCHES: Final = frozenset({
    QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel, QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate, QEvent.Type.DragMove, QEvent.Type.TabletMove,
})  # fmt: skip
_BEAT_MS: Final = 2_000


class IdleWatch(QObject):
    """Emits ``idle`` once when no hand has been on mouse or keyboard for ``limit_s``.

    ``busy`` is asked then: while it says yes (something plays), that counts as a touch.
    After a touch it does not look at events until the next beat, so that typing and scrolling
    cost nothing.  The clock is the wall's, so that a computer that slept is idle when it
    wakes; setting the clock ahead only locks early.
    """

    idle = Signal()

    def __init__(
        self,
        app: QCoreApplication,
        busy: Callable[[], bool] = lambda: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._app, self._busy, self._now = app, busy, now
        self._limit_s = 0.0
        self._touched = now()
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self.look)

    def begin(self, limit_s: float) -> None:
        """Watch from now on; 0: do not watch."""
        self.end()
        self._limit_s, self._touched = limit_s, self._now()
        if limit_s > 0:
            self._beat.start()
            self.look()

    def end(self) -> None:
        """Watch no more."""
        self._limit_s = 0.0
        self._beat.stop()
        self._app.removeEventFilter(self)

    def look(self) -> None:
        """See whether the time is over, and watch for the next touch."""
        if self._limit_s <= 0:
            return
        self._app.installEventFilter(self)
        if self._busy():
            self._touched = self._now()
        elif self._now() - self._touched >= self._limit_s:
            self.end()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A hand: the time begins anew, unless it was over already."""
        if event.type() in _TOUCHES:
            self._app.removeEventFilter(self)
            if self._now() - self._touched >= self._limit_s:
                self.look()
            self._touched = self._now()
        return False
