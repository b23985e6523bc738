"""Bars of groups beside each other, like months of which each compares two means.

The line at a bar is the interval of the difference, set on the group it is compared with.  Knows
no use case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from console.ui import theme
from console.ui.bar_chart import Bar, paint_interval, paint_unknown
from console.ui.chart import top_mean
from console.ui.chart_table import Cell
from console.ui.parts_chart import Part, PartsChart

_GAP: Final = 2.0


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared in one place, like ``Bar``.

    Attributes:
        values: by key of its part; ``None``: not known, or too few to tell.
        parts_told: by key of its part, the line that reads it out; ``told``: the lines below.
        low, high: the interval of the first part's value, as the difference has it.
    """

    key: str
    name: str
    label: str
    values: dict[str, float | None]
    parts_told: dict[str, str]
    told: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    cells: tuple[Cell, ...] = ()


class PairChart(PartsChart):
    """Shows pairs; values are means, not whole numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: dict[str, Pair] = {}
        self._columns: tuple[str, ...] = ()

    # --- what it holds --------------------------------------------------------------------

    def show_pairs(self, pairs: Sequence[Pair], parts: Sequence[Part], head: Sequence[str]) -> None:
        """Show these, with the heads of their table's columns."""
        self._pairs = {pair.key: pair for pair in pairs}
        self._parts, self._columns = tuple(parts), tuple(head)
        self.show_parts()

    def show_parts(self) -> None:
        """Show the bars with the parts that are not left out."""
        self.show_bars([self._bar(pair) for pair in self._pairs.values()], self._columns)

    def _bar(self, pair: Pair) -> Bar:
        known = [value for part in self.shown_parts
                 if (value := pair.values[part.key]) is not None]  # fmt: skip
        interval = (pair.low, pair.high) if self._shows_difference(pair) else (None, None)
        told = (*(pair.parts_told[part.key] for part in self._parts), *pair.told)
        return Bar(pair.key, pair.name, pair.label, max(known, default=None), told, *interval,
                   cells=pair.cells)  # fmt: skip

    def _shows_difference(self, pair: Pair) -> bool:
        return len(self.shown_parts) == len(self._parts) and None not in pair.values.values()

    def told_of(self, bar: Bar, part: Part) -> str:
        """The line that reads it out."""
        return self._pairs[bar.key].parts_told[part.key]

    @property
    def top(self) -> float:
        """The mean at the upper edge."""
        values = [value for bar in self.bars for value in (bar.value, bar.high)
                  if value is not None]  # fmt: skip
        return top_mean(max(values, default=0.0))

    def value_words(self) -> Callable[[float], str]:
        """Means have digits."""
        return lambda mean: f"{mean:g}"

    # --- painted --------------------------------------------------------------------------

    def boxes(self, at: int) -> list[tuple[Part, QRectF]]:
        """Where the parts of a pair are, side by side; one that is not known has no height."""
        room, pair = self.box(at), self._pairs[self.bars[at].key]
        shown = self.shown_parts
        wide = (room.width() - _GAP * (len(shown) - 1)) / max(len(shown), 1)
        found = []
        for place, part in enumerate(shown):
            left, top = room.left() + place * (wide + _GAP), self.y_of(pair.values[part.key] or 0.0)
            found.append((part, QRectF(left, top, wide, room.bottom() - top)))
        return found

    def paint_bar(self, painter: QPainter, at: int) -> None:
        """Paint the parts beside each other, and how far their difference can be trusted."""
        bar, boxes = self.bars[at], self.boxes(at)
        pair = self._pairs[bar.key]
        for part, box in boxes:
            if pair.values[part.key] is None:
                paint_unknown(painter, box)
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(part.role))
            painter.drawRect(box)
        if bar.low is not None and bar.high is not None:
            paint_interval(painter, boxes[0][1].center().x(), self.y_of(bar.low),
                           self.y_of(bar.high))  # fmt: skip

    def place_at(self, at: QPointF, boxes: Sequence[tuple[Part, QRectF]]) -> int:
        """The part at that side."""
        return next((place for place, (_, box) in enumerate(boxes) if at.x() < box.right()),
                    len(boxes) - 1)  # fmt: skip
