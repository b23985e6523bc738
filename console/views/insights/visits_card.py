"""The card of visits per member and month beside the holdout, over the months of a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from console.desk.insight_types import VisitMonth
from console.domain.intervals import Doubt, Estimate, Told, TooFew
from console.ui.chart_frame import ChartFrame
from console.ui.chart_table import Cell, number
from console.ui.chart_table import words as text
from console.ui.i18n import translate
from console.ui.pair_chart import Pair, PairChart
from console.ui.parts_chart import Part
from console.ui.widgets import label
from console.views.insights import tile_words

MARKETED, HELD_OUT = "marketed", "held_out"
_ROLES: Final = {MARKETED: "accent_ink", HELD_OUT: "series_2"}


class VisitsCard(ChartFrame):
    """Asks for what it shows whenever it comes into sight, as ``ActivityCard`` does.

    ``opened``: a title, how it is counted, the first day of a month, and whether those of the
    holdout who came are wanted, or the others.
    """

    wanted = Signal()
    opened = Signal(str, str, object, bool)

    def __init__(self) -> None:
        self.pairs, self.standing = PairChart(), label("tiny", wrap=True)
        self.months: Sequence[VisitMonth] | None = None
        super().__init__(title, formula, self.pairs)
        self.column.addWidget(self.standing)
        self.pairs.part_requested.connect(self._open)
        self.hide()

    def show_months(self, months: Sequence[VisitMonth]) -> None:
        """Show these, the oldest first."""
        self.months = months
        self._show()
        self.standing.setVisible(bool(self.standing.text()))

    def _show(self) -> None:
        months = self.months or ()
        parts = [Part(key, name(key), role) for key, role in _ROLES.items()]
        self.pairs.show_pairs([_pair(each) for each in months], parts, head())
        self.standing.setText(standing(self.months))

    def _open(self, key: str, part: str) -> None:
        found = next(each for each in self.months or () if _key(each) == key)
        words = f"{title()} · {name(part)} · {days(found)}"
        self.opened.emit(words, self.formula.text(), found.first, part == HELD_OUT)

    def showEvent(self, event: QShowEvent) -> None:
        """It is seen from now on."""
        super().showEvent(event)
        self.wanted.emit()

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self._show()


# --- in words -----------------------------------------------------------------------------------


def title() -> str:
    """What the card is called."""
    return translate("Insights", "Visits per member a month, against the holdout")


def formula() -> str:
    """As ``statistics`` defines it."""
    return translate("Insights", "Visits ÷ members, brought to a month of 30.44 days, of those who"
                     " had joined and opted in when the month began: those who get campaigns, and"
                     " those held out in that quarter; who can never be held out is in neither"
                     " group. The line at a bar is the 95 % interval of the difference of both"
                     " means (Welch), set on the holdout's bar: where all of it lies above it,"
                     " campaigns brought more visits than chance does.")  # fmt: skip


def name(part: str) -> str:
    """What a group is called."""
    if part == HELD_OUT:
        return translate("Insights", "Held out")
    return translate("Insights", "Get campaigns")


def days(month: VisitMonth) -> str:
    """From which day to which, with the year."""
    return f"{month.first:%Y-%m-%d} – {month.last:%m-%d}"


def head() -> tuple[str, ...]:
    """Over the columns of the table."""
    return (
        translate("Insights", "Month"), name(MARKETED), name(HELD_OUT),
        translate("Insights", "Difference"), translate("Export", "95 % from"),
        translate("Export", "95 % to"), members(MARKETED), members(HELD_OUT),
    )  # fmt: skip


def members(part: str) -> str:
    """What the column of a group's size is called."""
    if part == HELD_OUT:
        return translate("Insights", "Members held out")
    return translate("Insights", "Members")


def standing(months: Sequence[VisitMonth] | None) -> str:
    """What stands in the figures' place where there are none."""
    if months is None:
        return translate("Insights", "Counting…")
    if not months:
        return translate("Insights", "Visits are compared from the first campaign on.")
    if not any(isinstance(each.comparison.rise, Estimate) for each in months):
        return translate("Insights", "Too few to tell in every month: too few members are held"
                         " out, or too few of them come.")  # fmt: skip
    return ""


def values(month: VisitMonth) -> dict[str, float | None]:
    """The mean of each group as far as it can be told: that of the holdout with the difference."""
    found = month.comparison
    compared = isinstance(found.rise, Estimate)
    told = compared or isinstance(found.told, Estimate)
    return {MARKETED: found.marketed if told else None,
            HELD_OUT: found.held_out if compared else None}  # fmt: skip


def why(doubt: Doubt) -> str:
    """Why there are too few to tell."""
    return {
        Doubt.NOBODY: translate("Insights", "nobody is in one of the groups"),
        Doubt.TOO_RARE: translate("Insights", "fewer than 5 visits in one of the groups"),
        Doubt.OUT_OF_REACH: translate("Insights", "fewer than 5 visits in one of the groups"),
        Doubt.TOO_WIDE: translate("Insights", "the interval is wider than 0.8 visits"),
    }[doubt]


def difference(rise: Told) -> tuple[str, ...]:
    """By how much the members who get campaigns came more often."""
    if isinstance(rise, TooFew):
        return translate("Insights", "against the holdout: too few to tell"), why(rise.why)
    return (translate("Insights", "Difference {rise}").format(rise=_signed(rise.value)),
            translate("Insights", "95 % interval {low} to {high}").format(
                low=_signed(rise.interval.low), high=_signed(rise.interval.high)))  # fmt: skip


def _signed(value: float) -> str:
    return tile_words.signed(value, 2)


# --- a month ------------------------------------------------------------------------------------


def _key(month: VisitMonth) -> str:
    return month.first.isoformat()


def _pair(month: VisitMonth) -> Pair:
    found, rise = values(month), month.comparison.rise
    told = rise if isinstance(rise, Estimate) else None
    held = month.comparison.held_out
    sizes = {MARKETED: month.marketed, HELD_OUT: month.held_out}
    return Pair(
        key=_key(month), name=days(month), label=f"{month.first:%Y-%m}", values=found,
        parts_told={part: _line(part, found[part], sizes[part]) for part in _ROLES},
        told=difference(rise),
        low=max(held + told.interval.low, 0.0) if told is not None else None,
        high=held + told.interval.high if told is not None else None,
        cells=(text(days(month)), *(_cell(found[part]) for part in _ROLES), *_rise(told),
               *(number(size) for size in sizes.values())),
    )  # fmt: skip


def _line(part: str, value: float | None, members: int) -> str:
    words = translate("Insights", "{group}: {value} · {n} members")
    shown = f"{value:.2f}" if value is not None else translate("Report", "Too few to tell")
    return words.format(group=name(part), value=shown, n=f"{members:,}")


def _cell(value: float | None) -> Cell:
    if value is None:
        return text(translate("Report", "Too few to tell"))
    return Cell(f"{value:.2f}", f"{value:.4f}")


def _rise(told: Estimate | None) -> tuple[Cell, Cell, Cell]:
    if told is None:
        return text(translate("Report", "Too few to tell")), text(""), text("")
    found = told.value, told.interval.low, told.interval.high
    first, low, high = (Cell(_signed(each), f"{each:.4f}") for each in found)
    return first, low, high
