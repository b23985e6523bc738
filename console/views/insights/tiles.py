"""Tiles of the shop's figures: one large figure each, whose names a click opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from console.desk.insight_types import Insights
from console.domain.intervals import Estimate
from console.ui import told_share
from console.ui.explained import Explained, Words
from console.ui.i18n import translate
from console.ui.widgets import button, label, looked, snug, speaks
from console.views.insights import tile_words as words
from console.views.insights.tile_words import Said


class Tile(Explained):
    """A figure, or several side by side, and what is said of it.

    ``opened`` tells whose names are wanted: the key of the figure that was clicked.
    """

    opened = Signal(str)

    def __init__(self, title: Words, formula: Words, *behind: str) -> None:
        super().__init__(title, formula)
        self.heading.setProperty("look", "soft")
        self.figures: list[QPushButton] = []
        self.said = Said("")
        self.line, self.below = label("soft", wrap=True), label("tiny", wrap=True)
        row = QHBoxLayout()
        snug(row)
        for key in behind:
            if self.figures:
                slash = label("display")
                slash.setText(" / ")
                row.addWidget(slash)
            self.figures.append(self._figure(key))
            row.addWidget(self.figures[-1])
        row.addStretch(1)
        self.column.setSpacing(2)
        self.column.setContentsMargins(16, 12, 14, 14)
        self.column.addLayout(row)
        self.column.addWidget(self.line)
        self.column.addWidget(self.below)
        self.column.addStretch(1)
        self.speak()

    def _figure(self, key: str) -> QPushButton:
        made = button("number")
        made.setEnabled(False)
        made.clicked.connect(lambda: self.opened.emit(key))
        return made

    def say(self, values: list[tuple[str, bool]], said: Said) -> None:
        """Show figures, of each whether anybody is behind it, and what is said of them."""
        for made, (value, somebody) in zip(self.figures, values, strict=True):
            doubtful = not any(sign.isdigit() for sign in value)
            looked(made, "doubt" if doubtful else "number")
            made.setText(value)
            made.setEnabled(somebody)
            made.setAccessibleName(f"{self.heading.text()}: {value}")
            made.setToolTip(translate("Report", "Names…") if somebody else "")
        self.said = said
        looked(self.line, said.look)
        for part, text in ((self.line, said.line), (self.below, said.below)):
            part.setText(_tied(text))
            part.setVisible(bool(text))
        figures = " / ".join(value for value, _ in values)
        told = ", ".join(filter(None, (figures, said.line, said.below)))
        self.setAccessibleDescription(f"{self.heading.text()}: {told}")


def _tied(text: str) -> str:
    """No line begins with the unit of a number, and none ends within an interval."""
    return re.sub(r"(?<=\d) (?=%|[a-z]+\b)", "\u00a0", text).replace(" – ", "\u00a0–\u00a0")


def lay_tiles(grid: QGridLayout, tiles: Sequence[Tile], across: int) -> None:
    """Lay them out, so many side by side; the last one takes what its row has left."""
    for place, tile in enumerate(tiles):
        wide = -len(tiles) % across + 1 if tile is tiles[-1] else 1
        grid.addWidget(tile, place // across, place % across, 1, wide)
    for column in range(max(across, grid.columnCount())):
        grid.setColumnStretch(column, int(column < across))


class Tiles(QWidget):
    """The row of tiles; ``opened``: the key of a figure and what it is called."""

    opened = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.figures: Insights | None = None
        self.open = Tile(self._open_title, words.explained(words.OPEN)[1], "read")
        self.visits = Tile(*words.explained(words.VISITS), "visited")
        self.replies = Tile(*words.explained(words.REPLIES), "replied", "held")
        self.left = Tile(*words.explained(words.LEFT), "opted_out")
        self._tiles: list[Tile] = []
        self._grid, self._across = QGridLayout(self), 0
        snug(self._grid, spacing=14)
        for tile in (self.open, self.visits, self.replies, self.left):
            self.add(tile)

    def put(self, tile: Tile, place: int = -1) -> None:
        """Put one more into the row; -1: at its end."""
        self._tiles.insert(len(self._tiles) if place < 0 else place, tile)
        lay_tiles(self._grid, self._tiles, self._across or len(self._tiles))

    def show_across(self, across: int) -> None:
        """Lay so many side by side; 0: all of them."""
        if across != self._across:
            self._across = across
            lay_tiles(self._grid, self._tiles, across or len(self._tiles))

    def add(self, tile: Tile) -> None:
        """Put one more at the end of the row, whose figures open names."""
        self.put(tile)
        tile.opened.connect(
            lambda key: self.opened.emit(key, tile.heading.text(), tile.formula.text())
        )

    def _open_title(self) -> str:
        if self.figures is None:
            return words.title(words.OPEN)
        return words.open_title(self.figures.period)

    def show_figures(self, figures: Insights) -> None:
        """Show these."""
        self.figures = figures
        self.open.speak()
        self.replies.explain(partial(words.formula, words.REPLIES, figures.window_days))
        share, left = figures.open_rate.now, figures.opt_outs.share.now
        self.open.say([(told_share.value(share.told), share.rate.part > 0)],
                      words.open_rate(figures))  # fmt: skip
        value, said = words.visits(figures)
        self.visits.say([(value, isinstance(figures.visits.comparison.told, Estimate))], said)
        self.replies.say([(f"{figures.replied:,}", figures.replied > 0),
                          (f"{figures.held:,}", figures.held > 0)],
                         words.from_campaigns(figures))  # fmt: skip
        self.left.say([(told_share.value(left.told), left.rate.part > 0)],
                      words.opt_outs(figures))  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if speaks(event) and self.figures is not None:
            self.show_figures(self.figures)
