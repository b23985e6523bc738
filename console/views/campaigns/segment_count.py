"""How many members a rule means, its sentence, when it was counted, and the way to names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.segments import SegmentCount
from console.ui import reasons
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.timers import once
from console.ui.widgets import button, label, looked, snug, speaks

_PATIENCE_MS: Final = 150
"""A count that takes longer fades the number it is going to replace."""


class CountBox(QWidget):
    """Shows one ``SegmentCount`` after another."""

    names_wanted = Signal()

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._count: SegmentCount | None = None
        self._code, self._parameters = "", dict[str, str]()
        self.number, self._words = label("count"), label("soft")
        self.sentence = label("tiny", wrap=True, selectable=True)
        self.asof, self.fault = label("tiny"), label("fault", wrap=True)
        self.names = button("link")
        self.names.setProperty("flush", True)
        self.names.clicked.connect(self.names_wanted)
        self._timer = once(self, _PATIENCE_MS, self._fade)
        top, column = QHBoxLayout(), QVBoxLayout(self)
        snug(top, spacing=6)
        snug(column, spacing=2)
        top.addWidget(self.number)
        top.addWidget(self._words, 1)
        top.addWidget(self.names)
        column.addLayout(top)
        for part in (self.sentence, self.fault, self.asof):
            column.addWidget(part)
        self._speak()

    def say(self, sentence: str) -> None:
        """The rule in words."""
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)

    def wait(self) -> None:
        """A newer number is on its way."""
        self._timer.start()

    def show_count(self, count: SegmentCount) -> None:
        """The number of the present rule."""
        self._timer.stop()
        self._count, self._code = count, ""
        self._set_stale(stale=False)
        self._speak()

    def refuse(self, code: str, parameters: dict[str, str]) -> None:
        """The present rule cannot be counted."""
        self._timer.stop()
        self._count, self._code, self._parameters = None, code, parameters
        self._speak()

    def _fade(self) -> None:
        self._set_stale(stale=True)
        self.asof.setText(translate("Segments", "Counting…"))

    def _set_stale(self, *, stale: bool) -> None:
        self.number.setProperty("stale", stale)
        looked(self.number, "count")

    def _speak(self) -> None:
        count = self._count
        self.number.setText("–" if count is None else f"{count.members:,}")
        self._words.setText(counted(
            count.members if count is not None else 0, translate("Segments", "member is meant"),
            translate("Segments", "members are meant"),
        ))  # fmt: skip
        self._words.setContentsMargins(0, 2, 0, 0)
        self.names.setText(translate("Segments", "Show names"))
        self.names.setEnabled(count is not None and count.members > 0)
        self.fault.setText(reasons.sentence(self._code, self._parameters) if self._code else "")
        self.fault.setVisible(bool(self._code))
        self.asof.setText("" if count is None else self._as_of(count))

    def _as_of(self, count: SegmentCount) -> str:
        time = f"{self._clock.local(count.at):%H:%M:%S}"
        if count.whole:
            return translate("Segments", "As of {time}").format(time=time)
        return translate("Segments", "As of {time}, as far as known here").format(time=time)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)
