"""How soon members are answered: median and shares, how long waits last, by clerk and by hour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.reply_types import ReplyFigures, ReplyLine, WaitPart
from console.domain.intervals import Estimate
from console.ui.bar_chart import Bar, BarChart
from console.ui.chart_frame import ChartFrame
from console.ui.chart_table import number as as_number
from console.ui.chart_table import words as as_words
from console.ui.explained import Explained, Words
from console.ui.plain_table import PlainTable
from console.ui.widgets import Chip, button, label, looked, repaints, snug, speaks
from console.views.insights import reply_words as words

_ROW: Final = 30
_FEWEST: Final = 6
"""So many rows the table shows at least."""
_WIDTHS: Final = {1: 48, 2: 92, 3: 128, 4: 128}


class _Figure(QWidget):
    """A figure that opens what is behind it, with its name above and its interval below."""

    def __init__(self, name: Words) -> None:
        super().__init__()
        self._name = name
        self.caption, self.value = label("soft"), button("number")
        self.beside = label("tiny", wrap=True)
        column = QVBoxLayout(self)
        snug(column, spacing=2)
        for part in (self.caption, self.value, self.beside):
            column.addWidget(part)
        column.addStretch(1)

    def say(self, value: str, beside: str, *, doubtful: bool, anybody: bool) -> None:
        """Show these."""
        looked(self.value, "doubt" if doubtful else "number")
        self.caption.setText(self._name())
        self.value.setText(value)
        self.value.setEnabled(anybody)
        self.value.setAccessibleName(f"{self._name()}: {value}")
        self.value.setAccessibleDescription(beside)
        self.beside.setText(beside)


class RepliesChart(ChartFrame):
    """The three figures above how long waits lasted."""

    opened = Signal(object, str)

    def __init__(self) -> None:
        bars = BarChart(touching=True)
        super().__init__(words.title, words.formula, bars)
        self.bars = bars
        self.median = _Figure(words.median_title)
        self.soon, self.later = _Figure(words.soon), _Figure(words.later)
        self.unanswered, top = label("soft"), QHBoxLayout()
        snug(top, spacing=26)
        for figure in (self.median, self.soon, self.later):
            top.addWidget(figure, 1)
            figure.value.clicked.connect(partial(self._open_figure, figure))
        self.column.insertLayout(2, top)
        self.column.addWidget(self.unanswered)
        bars.bar_requested.connect(
            lambda key: self.opened.emit(WaitPart(bar=int(key)), words.bar(int(key)))
        )

    def _open_figure(self, figure: _Figure) -> None:
        self.opened.emit(WaitPart(), figure.caption.text())

    def show_figures(self, figures: ReplyFigures) -> None:
        """Show these."""
        told = figures.told
        anybody = told.later.rate.whole > 0
        self.median.say(words.median(told.median), words.around(told.median), anybody=anybody,
                        doubtful=not isinstance(told.median, Estimate))  # fmt: skip
        for shown, share in ((self.soon, told.soon), (self.later, told.later)):
            shown.say(words.share(share), words.beside(share), anybody=anybody,
                      doubtful=not isinstance(share.told, Estimate))  # fmt: skip
        self.unanswered.setText(words.unanswered(figures))
        self.unanswered.setVisible(bool(told.unanswered))
        self.bars.setAccessibleName(words.title())
        self.bars.show_bars([self._bar(*each) for each in enumerate(figures.bars)],
                            words.bars_head(), end=words.longer())  # fmt: skip

    @staticmethod
    def _bar(number: int, count: int) -> Bar:
        name, told = words.bar(number), words.waits(count)
        return Bar(key=str(number), name=name, label=words.edge(number), value=float(count),
                   told=(told,), cells=(as_words(name), as_number(count)))  # fmt: skip


class RepliesTable(Explained):
    """Lines by clerk, by hour, or by both."""

    opened = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(words.whose, words.formula)
        self.figures: ReplyFigures | None = None
        self.table, self.own = PlainTable(5, _WIDTHS, _ROW, _WIDTHS), label("tiny", wrap=True)
        self.chips, row = [Chip() for _ in words.groups()], QHBoxLayout()
        snug(row, spacing=6)
        self._group = QButtonGroup(self)
        for chip in self.chips:
            self._group.addButton(chip)
            row.addWidget(chip)
            chip.toggled.connect(self._show)
        row.addStretch(1)
        self.table.setMinimumHeight(_ROW * (_FEWEST + 1) + 6)
        self.column.addLayout(row)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.own)
        self.table.chosen.connect(self._open)
        self.chips[0].setChecked(True)
        self.speak()

    @property
    def lines(self) -> Sequence[ReplyLine]:
        """What it shows."""
        if self.figures is None:
            return ()
        places = (self.figures.clerks, self.figures.hours, self.figures.both)
        return next((found for found, chip in zip(places, self.chips, strict=True)
                     if chip.isChecked()), ())  # fmt: skip

    def show_figures(self, figures: ReplyFigures) -> None:
        """Show these."""
        self.figures = figures
        self.own.setText(words.own() if figures.own else "")
        self.own.setVisible(figures.own)
        self._show()

    def _show(self) -> None:
        lines = self.lines
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            told = line.told
            self.table.put(row, 0, words.line(line))
            self.table.put(row, 1, f"{told.later.rate.whole:,}")
            self.table.put(row, 2, words.median_cell(told.median), tip=words.around(told.median),
                           faint=not isinstance(told.median, Estimate))  # fmt: skip
            for column, share in ((3, told.soon), (4, told.later)):
                self.table.put(row, column, words.share_cell(share), tip=words.beside(share),
                               faint=not isinstance(share.told, Estimate))  # fmt: skip

    def _open(self, row: int) -> None:
        line = self.lines[row]
        self.opened.emit(line.part, words.line(line))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        super().changeEvent(event)
        if repaints(event):
            self._show()

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        for chip, text in zip(self.chips, words.groups(), strict=True):
            chip.setText(text)
        self.table.say_head(words.head())
        self.table.setAccessibleName(words.whose())


class RepliesCard(QWidget):
    """Both beside each other; ``opened``: the waits of a part are wanted, and what it is called."""

    opened = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.figures: ReplyFigures | None = None
        self.chart, self.table, self.row = RepliesChart(), RepliesTable(), QHBoxLayout(self)
        snug(self.row, spacing=14)
        self.row.addWidget(self.chart, 6)
        self.row.addWidget(self.table, 5)
        for part in (self.chart, self.table):
            part.opened.connect(self.opened)

    def show_figures(self, figures: ReplyFigures) -> None:
        """Show these."""
        self.figures = figures
        self.chart.show_figures(figures)
        self.table.show_figures(figures)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if speaks(event) and self.figures is not None:
            self.show_figures(self.figures)
