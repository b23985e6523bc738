"""Bars of which each has the same parts: told apart by colour, left out at their names.

Up and down go from part to part of the bar that is read out.  Knows no use case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPen

from console.ui import theme
from console.ui.bar_chart import Bar, BarChart
from console.ui.chart import Note, Sample

_SAMPLE: Final = 8.0
_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that every bar has: its name, and the colour of the theme it is painted in."""

    key: str
    name: str
    role: str


class PartsChart(BarChart):
    """Subclasses show bars again when a part is left out (``show_parts``), say where the parts of
    a bar are (``boxes``), which of them a place belongs to, and what is told of each.
    """

    part_requested = Signal(str, str)
    """Keys of a bar and of a part: who is behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self._left_out: set[str] = set()
        self._part = 0

    # --- what it holds --------------------------------------------------------------------

    def show_parts(self) -> None:
        """Show the bars with the parts that are not left out."""
        raise NotImplementedError

    def boxes(self, at: int) -> list[tuple[Part, QRectF]]:
        """Where the parts of a bar are that are not left out."""
        raise NotImplementedError

    def place_at(self, at: QPointF, boxes: Sequence[tuple[Part, QRectF]]) -> int:
        """Which of these parts a point belongs to."""
        raise NotImplementedError

    def told_of(self, bar: Bar, part: Part) -> str:
        """What is said of a part."""
        raise NotImplementedError

    @property
    def shown_parts(self) -> list[Part]:
        """Those that are not left out."""
        return [part for part in self._parts if part.key not in self._left_out]

    @property
    def part(self) -> Part | None:
        """The part of the bar that is read out."""
        shown = self.shown_parts
        return shown[min(self._part, len(shown) - 1)] if shown and self.reading else None

    def spoken(self) -> str:
        """The part read out first, then the others."""
        bar, part = self.reading, self.part
        if bar is None or part is None:
            return super().spoken()
        mine = self.told_of(bar, part)
        return ", ".join((bar.name, mine, *(told for told in bar.told if told != mine)))

    # --- its legend -----------------------------------------------------------------------

    def legend(self) -> Sequence[Sample]:
        """Its parts, in their order."""
        return [Sample(part.key, part.name, part_pen(part)) for part in self._parts]

    def is_shown(self, key: str) -> bool:
        """Whether a part is shown."""
        return key not in self._left_out

    def show_part(self, key: str, *, shown: bool) -> None:
        """Show a part, or leave it out; one always stays."""
        if shown:
            self._left_out.discard(key)
        elif len(self._left_out) < len(self._parts) - 1:
            self._left_out.add(key)
        self.show_parts()

    # --- painted --------------------------------------------------------------------------

    def outline(self, at: int) -> QRectF:
        """Around the part that is read out."""
        return next((box for part, box in self.boxes(at) if part == self.part), self.box(at))

    def notes(self, bar: Bar) -> list[Note]:
        """What is told of the bar, parts with their colours."""
        parts = {self.told_of(bar, part): part for part in self._parts}
        found = ((told, parts.get(told)) for told in bar.told)
        return [Note(told) if part is None
                else Note(told, strong=part == self.part, pen=part_pen(part))
                for told, part in found]  # fmt: skip

    # --- read out -------------------------------------------------------------------------

    def _choose(self, part: int) -> None:
        if part != self._part:
            self._part = part
            self.read_anew()

    def _point(self, at: QPointF) -> None:
        if self.reading is not None:
            self._choose(self.place_at(at, self.boxes(self.bars.index(self.reading))))

    def open_bar(self, bar: Bar) -> None:
        """Whose part is read out."""
        if self.part is not None:
            self.part_requested.emit(bar.key, self.part.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the part below the pointer out."""
        super().mouseMoveEvent(event)
        self._point(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The part that is clicked is the one read out."""
        super().mouseMoveEvent(event)
        self._point(event.position())
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from part to part."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self.reading is not None:
            most = len(self.shown_parts) - 1
            self._choose(min(max(min(self._part, most) + step, 0), most))
        else:
            super().keyPressEvent(event)


def part_pen(part: Part) -> QPen:
    """How a legend shows its colour."""
    return QPen(theme.color(part.role), _SAMPLE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
