"""What the shop's figures of a period look like: tiles, when members look, its campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from console.desk.insight_types import Insights, Looks
from console.domain.periods import Period
from console.domain.segments import Rule
from console.ui import origin_phrases, theme
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.i18n import translate
from console.ui.page_frame import HeadState, scroll_below
from console.ui.tab_order import as_laid_out
from console.ui.widgets import Chip, Pill, frame, label, snug, speaks
from console.views.insights import insight_words as words
from console.views.insights import table_words
from console.views.insights.activity_card import ActivityCard
from console.views.insights.campaign_table import CampaignTable
from console.views.insights.curves_card import CurvesCard
from console.views.insights.heat_card import HeatCard
from console.views.insights.months_card import MonthsCard
from console.views.insights.opt_outs_card import OptOutsCard
from console.views.insights.pair_card import PairCard
from console.views.insights.tiles import Tile, Tiles
from console.views.insights.visits_card import VisitsCard

_NARROW: Final = 960
_FEW_ACROSS: Final = 3
"""So many tiles have room side by side where it is narrow."""


class PeriodChips(QWidget):
    """One of the periods is chosen: by mouse, or by the arrows where the keyboard is."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group, row = QButtonGroup(self), QHBoxLayout(self)
        self.chips = {period: Chip() for period in Period}
        snug(row, spacing=6)
        for period, chip in self.chips.items():
            self._group.addButton(chip)
            row.addWidget(chip)
            chip.toggled.connect(partial(self._tell, period))
        self.speak()

    def _tell(self, period: Period, on: bool) -> None:
        if on:
            self.chosen.emit(period)

    def choose(self, period: Period) -> None:
        """Make it the chosen one."""
        self.chips[period].setChecked(True)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        self.setAccessibleName(translate("Insights", "Period"))
        for period, chip in self.chips.items():
            chip.setText(words.period(period))


class InsightsPage(QFrame):
    """Shows the figures it was given.

    ``names_wanted``: the key of a figure, its title and its formula; ``members_wanted``: a title,
    a formula, and the members behind it; ``readers_wanted``: as ``CurvesCard.opened``.
    """

    period_chosen = Signal(str)
    names_wanted = Signal(str, str, str)
    members_wanted = Signal(str, str, object)
    readers_wanted = Signal(str, str, int, object)
    hour_wanted = Signal(int, int)
    days_wanted = Signal(object, object)
    report_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self.figures: Insights | None = None
        self.sentences: Mapping[Rule, str] = {}
        self.setProperty("look", "paper")
        self.title = label("title")
        self.state, self.state_below = Pill(), Pill()
        self.periods, self.gap = PeriodChips(), label("soft", wrap=True)
        self.note = label("soft", wrap=True)
        self.tiles, self.heat, self.table = Tiles(), HeatCard(), CampaignTable(clock)
        self.pair = PairCard(self.table, clock)
        self.curves, self.months, self.activity = CurvesCard(), MonthsCard(), ActivityCard(clock)
        self.opt_outs, self.visits = OptOutsCard(clock), VisitsCard()
        self.gap.hide()
        self.note.hide()
        self._arrange()
        self._say_origins()
        self.periods.chosen.connect(self.period_chosen)
        self.tiles.opened.connect(self.names_wanted)
        self.curves.opened.connect(self.readers_wanted)
        self.months.opened.connect(self.days_wanted)
        self.heat.opened.connect(self.hour_wanted)
        self.table.opened.connect(self.report_wanted)
        self.table.new_wanted.connect(self.new_wanted)
        self._speak()

    # --- laid out -------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.ground = ground = QWidget()
        self.year = QWidget()  # hidden as a whole: a row of hidden cards would take room
        inside, charts, year = QVBoxLayout(ground), QHBoxLayout(), QHBoxLayout(self.year)
        self._rows: list[QBoxLayout] = [charts, year]
        snug(inside, 20, 14, 20, 18, spacing=14)
        for row in (charts, year):
            snug(row, spacing=14)
        for card in (self.months, self.activity):
            year.addWidget(card, 1)
        charts.addWidget(self.curves, 5)
        charts.addWidget(self.heat, 4)
        for part in (self.state_below, self.note, self.gap, self.tiles):
            inside.addWidget(part)
        inside.addLayout(charts, 2)
        inside.addWidget(self.year, 1)
        inside.addWidget(self.visits, 1)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.pair)
        inside.addWidget(self.opt_outs)
        self._inside = inside
        head = self._head()
        self._standing = HeadState(head, self.state, self.state_below)
        scroll_below(self, head, ground)

    def _say_origins(self) -> None:
        for card in (self.tiles.open, self.tiles.visits, self.tiles.left, self.months,
                     self.activity, self.visits, self.opt_outs):  # fmt: skip
            card.come_from(origin_phrases.here)
        self.tiles.replies.come_from(origin_phrases.both(words.replies, words.holds))
        self.table.come_from(table_words.origin())
        self.curves.come_from(origin_phrases.of_curves)
        self.pair.come_from(origin_phrases.by_relay)
        self.heat.come_from(origin_phrases.either(lambda: not self.heat.group))

    def take_in(self, tile: Tile, place: int, card: QWidget, row: QBoxLayout) -> None:
        """Show one more tile in the row, and its card, whose parts lie in a row, below all."""
        self.tiles.put(tile, place)
        for part in (tile, *card.findChildren(Explained)):
            part.come_from(origin_phrases.here)
        self._inside.addWidget(card)
        self._rows.append(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text what stood side by side stands below each other."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)
        self.tiles.show_across(_FEW_ACROSS if narrow else 0)
        self.table.show_narrow(narrow)

    def _head(self) -> QFrame:
        self.header = head = frame("header")
        head.setFixedHeight(theme.HEADER_HEIGHT)
        self.head = QHBoxLayout(head)
        snug(self.head, 20, 0, 18, 0, spacing=20)
        self.head.addWidget(self.title)
        self.head.addWidget(self.periods)
        self.head.addStretch(1)
        self.head.addWidget(self.state)
        return head

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the page as it stands."""
        as_laid_out(self)
        return super().focusNextPrevChild(forward)

    # --- showing --------------------------------------------------------------------------

    def show_figures(self, figures: Insights, sentences: Mapping[Rule, str]) -> None:
        """Show these; ``sentences`` say in words whom the rules of campaigns mean."""
        self.figures, self.sentences = figures, sentences
        self._standing.say(*words.standing(figures, self._clock))
        for card in self.findChildren(Explained):
            card.stand(words.since(figures, self._clock))
        gap = words.gap(figures, self._clock)
        self.gap.setText(gap)
        self.gap.setVisible(bool(gap))
        self.tiles.show_figures(figures)
        self.curves.show_curves(figures.curves)
        self.months.show_months(figures.months, figures.goal)
        for card in (self.activity, self.visits):
            card.setVisible(figures.period is Period.YEAR)
        self.year.setVisible(not (self.months.isHidden() and self.activity.isHidden()))
        self.table.show_window(figures.window_days)
        self.table.show_lines(figures.campaigns, sentences)
        self.pair.show_figures(figures)
        self.opt_outs.show_lines(figures.campaigns)

    def show_looks(self, looks: Looks) -> None:
        """Show when members look."""
        self.heat.show_looks(looks)

    def say(self, text: str) -> None:
        """What came of the last step; nothing takes no room."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Rail", "Insights"))
        self.periods.speak()
        if self.figures is not None:
            self.show_figures(self.figures, self.sentences)
