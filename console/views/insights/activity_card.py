"""The card of members asleep, waking and active at the end of each of twelve months."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from console.desk.activity_port import ActivityMonth, ActivityYear
from console.domain.activity import Activity, ActivityCounts
from console.ui.chart_frame import ChartFrame
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.parts_chart import Part
from console.ui.stack_chart import Stack, StackChart
from console.ui.widgets import label
from console.views.insights import insight_words

_ROLES: Final = {
    Activity.ACTIVE: "accent_ink", Activity.WAKING: "series_3", Activity.ASLEEP: "field_line",
}  # fmt: skip
KINDS: Final = tuple(_ROLES)
"""From the bottom of a bar to its top."""


class ActivityCard(ChartFrame):
    """Asks for what it shows whenever it comes into sight, for it changes slowly.

    ``opened``: a title, how it is counted, and who was what at a moment is wanted.
    """

    wanted = Signal()
    opened = Signal(str, str, Activity, object)

    def __init__(self, clock: ShopClock) -> None:
        self.stacks, self.now, self.limits = StackChart(), label("strong"), label("tiny", wrap=True)
        self._clock, self.year = clock, ActivityYear(months=())
        super().__init__(title, formula, self.stacks)
        self.column.insertWidget(2, self.now)
        self.column.addWidget(self.limits)
        self.stacks.part_requested.connect(self._open)
        self.hide()

    def show_year(self, year: ActivityYear) -> None:
        """Show these."""
        self.year = year
        parts = [Part(what, name(what), role) for what, role in _ROLES.items()]
        self.stacks.show_stacks(
            [Stack(each.last.isoformat(), month(each), f"{each.last:%m-%d}",
                   tuple(count(each.counts, what) for what in KINDS))
             for each in year.months], parts, translate("Insights", "Month"),
        )  # fmt: skip
        self.now.setText(self._now())
        self.limits.setText(limits(self.year, self._clock))

    def _now(self) -> str:
        if not self.year.months:
            return translate("Insights", "Counting…")
        counts = self.year.months[-1].counts
        told = (f"{name(what)} {count(counts, what):,}" for what in KINDS)
        return translate("Insights", "Now: {counts}").format(counts=" · ".join(told))

    def _open(self, key: str, part: str) -> None:
        found = next(each for each in self.year.months if each.last.isoformat() == key)
        what = Activity(part)
        title = f"{name(what)} · {month(found)}"
        self.opened.emit(title, self.formula.text(), what, found.counts.at)

    def showEvent(self, event: QShowEvent) -> None:
        """It is seen from now on."""
        super().showEvent(event)
        self.wanted.emit()

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.show_year(self.year)


def title() -> str:
    """What the card is called."""
    return translate("Insights", "Member activity")


def formula() -> str:
    """As ``activity`` defines it."""
    return translate("Insights", "Members by their signs of life until the end of each month:"
                     " opening her page, reading, writing, reserving, visiting, buying. Asleep:"
                     " the last is more than 90 days ago, or there never was one. Waking: there is"
                     " one. Active: there is one 30 days after she woke, or later; who came once"
                     " stays “waking” until she sleeps again. The last bar is now.")  # fmt: skip


def name(what: Activity) -> str:
    """What members of it are called."""
    return {
        Activity.ASLEEP: translate("Insights", "Asleep"),
        Activity.WAKING: translate("Insights", "Waking"),
        Activity.ACTIVE: translate("Insights", "Active"),
    }[what]


def month(found: ActivityMonth) -> str:
    """Its days."""
    return insight_words.days(found.first, found.last)


def limits(year: ActivityYear, clock: ShopClock) -> str:
    """What is not known of the past."""
    if year.reads_since is None:
        return translate("Insights", "Of opening her page only the last time is kept: in earlier"
                         " months more members may have been awake than stand here.")  # fmt: skip
    words = translate("Insights", "Of opening her page only the last time is kept, and what was"
                      " read before {day} is not here: in earlier months more members may have"
                      " been awake than stand here.")  # fmt: skip
    return words.format(day=f"{clock.local(year.reads_since):%Y-%m-%d}")


def count(counts: ActivityCounts, what: Activity) -> int:
    """How many were that."""
    return {Activity.ASLEEP: counts.asleep, Activity.WAKING: counts.waking,
            Activity.ACTIVE: counts.active}[what]  # fmt: skip
