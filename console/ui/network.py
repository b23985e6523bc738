"""Notices that the line may work again: the network is back, or the computer slept.

Whoever has a line listens to ``woken`` and tries at once instead of waiting for its next turn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation

_BEAT_MS: Final = 10_000
_SLEPT_S: Final = 15.0


def _stood_still_s() -> float:
    """Wall clock minus running time: jumps when the computer slept or its clock was set."""
    return time.time() - time.monotonic()


class NetworkWatch(QObject):
    """Emits ``woken`` when it is worth trying the line now.

    Where the system tells nothing of its network the other signs remain.
    """

    woken = Signal()

    def __init__(
        self, app: QGuiApplication, stood_still_s: Callable[[], float] = _stood_still_s
    ) -> None:
        super().__init__()
        self._stood_still_s = stood_still_s
        self._before_s = stood_still_s()
        self._app = app
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self.look_at_clock)
        self._beat.start()
        app.applicationStateChanged.connect(self._on_state)
        self.network: QNetworkInformation | None = None
        if QNetworkInformation.loadDefaultBackend():
            self.network = QNetworkInformation.instance()
            self.network.reachabilityChanged.connect(self._on_reach)

    def close(self) -> None:
        """Look no more."""
        self._beat.stop()
        self._app.applicationStateChanged.disconnect(self._on_state)
        if self.network is not None:
            self.network.reachabilityChanged.disconnect(self._on_reach)
            self.network = None

    def look_at_clock(self) -> None:
        """Tell when the computer has slept since the last look."""
        now_s = self._stood_still_s()
        slept, self._before_s = now_s - self._before_s > _SLEPT_S, now_s
        if slept:
            self.woken.emit()

    def _on_reach(self, reach: QNetworkInformation.Reachability) -> None:
        if reach is not QNetworkInformation.Reachability.Disconnected:
            self.woken.emit()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        """Somebody looks again: a line that died meanwhile should not take its time."""
        if state is Qt.ApplicationState.ApplicationActive:
            self.woken.emit()
