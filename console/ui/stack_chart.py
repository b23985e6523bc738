"""Bars whose parts stand on each other, like months of which each counts several groups.

Knows no use case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from console.ui import theme
from console.ui.bar_chart import Bar
from console.ui.chart_table import Cell, number, words
from console.ui.parts_chart import Part, PartsChart
from console.ui.share_series import percent


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar, like ``Bar``; ``counts`` in the order of the parts, the lowest first."""

    key: str
    name: str
    label: str
    counts: tuple[int, ...]


class StackChart(PartsChart):
    """Shows stacks; shares are told of all parts, also of those left out."""

    def __init__(self) -> None:
        super().__init__()
        self._stacks: dict[str, Stack] = {}
        self._columns: tuple[str, ...] = ()

    # --- what it holds --------------------------------------------------------------------

    def show_stacks(self, stacks: Sequence[Stack], parts: Sequence[Part], first: str) -> None:
        """Show these; ``first`` is the head of the table's first column."""
        self._stacks = {stack.key: stack for stack in stacks}
        self._parts = tuple(parts)
        self._columns = (first, *(part.name for part in parts))
        self.show_parts()

    def show_parts(self) -> None:
        """Show the bars with the parts that are not left out."""
        self.show_bars([self._bar(stack) for stack in self._stacks.values()], self._columns)

    def _bar(self, stack: Stack) -> Bar:
        cells: tuple[Cell, ...] = (words(stack.name), *(number(each) for each in stack.counts))
        value = sum(count for _, count in self._shown(stack))
        told = tuple(self._told(stack, part) for part in reversed(self._parts))
        return Bar(stack.key, stack.name, stack.label, float(value), told, cells=cells)

    def _shown(self, stack: Stack) -> list[tuple[Part, int]]:
        return [(part, count) for part, count in zip(self._parts, stack.counts, strict=True)
                if self.is_shown(part.key)]  # fmt: skip

    def told_of(self, bar: Bar, part: Part) -> str:
        """How many, and their share."""
        return self._told(self._stacks[bar.key], part)

    def _told(self, stack: Stack, part: Part) -> str:
        count, whole = stack.counts[self._parts.index(part)], sum(stack.counts)
        share = f" · {percent(count / whole)}" if whole else ""
        return f"{part.name} {count:,}{share}"

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

    def place_at(self, at: QPointF, boxes: Sequence[tuple[Part, QRectF]]) -> int:
        """The part at that height, above the bar its uppermost one."""
        return next((place for place, (_, box) in enumerate(boxes) if at.y() >= box.top()),
                    len(boxes) - 1)  # fmt: skip
