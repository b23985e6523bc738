"""Bars whose parts stand on each other, like months of which each counts several groups.

A part can be left out at its name in the legend; up and down go from part to part of the bar
that is read out.  Knows no use case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from console.ui import theme
from console.ui.bar_chart import Bar, BarChart
from console.ui.chart import Note, Sample
from console.ui.chart_table import Cell, number, words
from console.ui.share_series import percent

_SAMPLE: Final = 8.0
_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that every bar has: its name, and the colour of the theme it is painted in."""

    key: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar, like ``Bar``; ``counts`` in the order of the parts, the lowest first."""

    key: str
    name: str
    label: str
    counts: tuple[int, ...]


class StackChart(BarChart):
    """Shows stacks; shares are told of all parts, also of those left out."""

    part_requested = Signal(str, str)
    """Keys of a bar and of a part: who is behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._stacks: dict[str, Stack] = {}
        self._parts: tuple[Part, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._left_out: set[str] = set()
        self._part = 0

    # --- what it holds --------------------------------------------------------------------

    def show_stacks(self, stacks: Sequence[Stack], parts: Sequence[Part], first: str) -> None:
        """Show these; ``first`` is the head of the table's first column."""
        self._stacks = {stack.key: stack for stack in stacks}
        self._parts = tuple(parts)
        self._columns = (first, *(part.name for part in parts))
        self._show()

    def _show(self) -> None:
        self.show_bars([self._bar(stack) for stack in self._stacks.values()], self._columns)

    def _bar(self, stack: Stack) -> Bar:
        cells: tuple[Cell, ...] = (words(stack.name), *(number(each) for each in stack.counts))
        value = sum(count for part, count in self._shown(stack))
        told = tuple(self._told(stack, part) for part in reversed(self._parts))
        return Bar(stack.key, stack.name, stack.label, float(value), told, cells=cells)

    def _shown(self, stack: Stack) -> list[tuple[Part, int]]:
        return [(part, count) for part, count in zip(self._parts, stack.counts, strict=True)
                if part.key not in self._left_out]  # fmt: skip

    def _told(self, stack: Stack, part: Part) -> str:
        count, whole = stack.counts[self._parts.index(part)], sum(stack.counts)
        share = f" · {percent(count / whole)}" if whole else ""
        return f"{part.name} {count:,}{share}"

    @property
    def part(self) -> Part | None:
        """The part of the bar that is read out."""
        shown = [part for part in self._parts if part.key not in self._left_out]
        return shown[min(self._part, len(shown) - 1)] if shown and self.reading else None

    def spoken(self) -> str:
        """The part read out first, then the others."""
        bar, part = self.reading, self.part
        if bar is None or part is None:
            return super().spoken()
        mine = self._told(self._stacks[bar.key], part)
        return ", ".join((bar.name, mine, *(told for told in bar.told if told != mine)))

    # --- its legend -----------------------------------------------------------------------

    def legend(self) -> Sequence[Sample]:
        """Its parts, the uppermost last."""
        return [Sample(part.key, part.name, _pen(part)) for part in self._parts]

    def is_shown(self, key: str) -> bool:
        """Whether a part is shown."""
        return key not in self._left_out

    def show_part(self, key: str, *, shown: bool) -> None:
        """Show a part, or leave it out; one always stays."""
        if shown:
            self._left_out.discard(key)
        elif len(self._left_out) < len(self._parts) - 1:
            self._left_out.add(key)
        self._show()

    # --- painted --------------------------------------------------------------------------

    def boxes(self, at: int) -> list[tuple[Part, QRectF]]:
        """Where the parts of a bar are, the lowest first."""
        box, bottom, found = self.box(at), self.box(at).bottom(), []
        bar = self.bars[at]
        for part, count in self._shown(self._stacks[bar.key]):
            high = box.height() * count / bar.value if bar.value else 0.0
            bottom -= high
            found.append((part, QRectF(box.left(), bottom, box.width(), high)))
        return found

    def paint_bar(self, painter: QPainter, at: int) -> None:
        """Paint its parts."""
        painter.setPen(Qt.PenStyle.NoPen)
        for part, box in self.boxes(at):
            painter.setBrush(theme.color(part.role))
            painter.drawRect(box)

    def outline(self, at: int) -> QRectF:
        """Around the part that is read out."""
        return next((box for part, box in self.boxes(at) if part == self.part), self.box(at))

    def notes(self, bar: Bar) -> list[Note]:
        """Each part with its colour."""
        return [Note(told, strong=part == self.part, pen=_pen(part))
                for part, told in zip(reversed(self._parts), bar.told, strict=True)]  # fmt: skip

    # --- read out -------------------------------------------------------------------------

    def _choose(self, part: int) -> None:
        if part != self._part:
            self._part = part
            self.read_anew()

    def _point(self, at: QPointF) -> None:
        """Read the part below the pointer out, above the bar its uppermost one."""
        if self.reading is not None:
            boxes = self.boxes(self.bars.index(self.reading))
            self._choose(next((place for place, (_, box) in enumerate(boxes)
                               if at.y() >= box.top()), len(boxes) - 1))  # fmt: skip

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
            most = len(self._parts) - len(self._left_out) - 1
            self._choose(min(max(min(self._part, most) + step, 0), most))
        else:
            super().keyPressEvent(event)


def _pen(part: Part) -> QPen:
    return QPen(theme.color(part.role), _SAMPLE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
