"""How many a rule means, asked again whenever the rule or the shop changes.

The desk counts in a thread of its own, one question at a time, and drops those that a newer one
overtook; an answer to another rule than the present one is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.segments import SegmentCount
from console.desk.segments_port import SegmentsPort
from console.domain.segments import EVERYBODY, Rule
from console.wire.errors import Refusal

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
_SETTLE_MS: Final = 500
"""A burst of changes in the shop is counted once."""


class LiveCount(QObject):
    """Follows one rule at a time."""

    asked = Signal()
    """The number that is shown is not of the present rule any more."""
    counted = Signal(object)
    """A ``SegmentCount`` of the present rule."""
    refused = Signal(str, dict)
    """The present rule cannot be asked: reason code and what fills its sentence."""

    def __init__(self, port: SegmentsPort, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port, self._spawn = port, spawn
        self._rule: Rule = EVERYBODY
        self._awake = True
        self.count: SegmentCount | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.again)
        self._stop = port.on_stale(self._timer.start)

    def ask(self, rule: Rule) -> None:
        """Count the members of another rule."""
        if self.count is None or rule != self._rule:
            self._rule, self.count = rule, None
            self.asked.emit()
            self.again()

    def again(self) -> None:
        """Count the present rule once more."""
        if self._awake:
            self._spawn(self._ask(self._rule))

    def rest(self) -> None:
        """Count nothing while nobody looks."""
        self._awake = False

    def wake(self) -> None:
        """Somebody looks: count what may be another number by now."""
        self._awake = True
        self.again()

    async def _ask(self, rule: Rule) -> None:
        try:
            found = await self._port.count(rule)
        except Refusal as refusal:
            if rule == self._rule:
                self.refused.emit(str(refusal.code), dict(refusal.parameters))
            return
        if found is not None and rule == self._rule:
            self.count = found
            self.counted.emit(found)

    def close(self) -> None:
        """Follow the shop no longer."""
        self._stop()
        self._timer.stop()
