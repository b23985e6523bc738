"""The section of the shop's figures, live.

Its page is made, and its modules loaded, when it is first shown: no start waits for it.  However
often rows arrive, figures are asked for once in ``_PAUSE_MS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from console.desk.ports import DeskPorts
from console.ui import i18n
from console.ui.clock import ShopClock
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.widgets import snug, speaks

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from console.desk.insight_types import Insights
    from console.desk.insights_port import Behind
    from console.domain.activity import Activity
    from console.domain.periods import Period
    from console.domain.segments import Rule
    from console.views.insights.groups_part import GroupsPart
    from console.views.insights.page import InsightsPage
    from console.views.insights.replies_part import RepliesPart

_PAUSE_MS: Final = 3_000


class InsightsScreen(QFrame):
    """Empty until it is shown."""

    report_wanted = Signal(int)
    """Of the campaign with this id."""
    names_wanted = Signal(str, str, object)
    """What a figure is called, how it is counted, and the ids of the members behind it."""
    new_wanted = Signal()
    conversation_wanted = Signal(int)

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._desks, self._port = desks, desks.insights
        self._clock = ShopClock(desks.inbox.me.timezone)
        self.setProperty("look", "paper")
        self.page: InsightsPage | None = None
        self.replies: RepliesPart | None = None
        self._period: Period | None = None
        self.tasks = Tasks(self)
        self._figures = Reload(self.tasks, self._read_figures)
        self.groups: GroupsPart | None = None
        self._others = Reload(self.tasks, self._read_others)
        self._activity = Reload(self.tasks, self._read_activity)
        self._visits = Reload(self.tasks, self._read_visits)
        self._counted: dict[Period, tuple[Insights, Mapping[Rule, str]]] = {}
        self._soon = once(self, _PAUSE_MS, self._read)
        self._stops = (self._port.on_changed(self.reload), desks.replies.on_changed(self.reload),
                       desks.inbox.on_link(lambda _: self.reload()))  # fmt: skip

    # --- its page -------------------------------------------------------------------------

    def _make(self) -> InsightsPage:
        from console.domain.periods import Period  # noqa: PLC0415
        from console.views.insights.export_part import ExportPart  # noqa: PLC0415
        from console.views.insights.groups_part import GroupsPart  # noqa: PLC0415
        from console.views.insights.page import InsightsPage  # noqa: PLC0415
        from console.views.insights.replies_part import RepliesPart  # noqa: PLC0415

        page, self._period = InsightsPage(self._clock), Period.MONTH
        page.periods.choose(self._period)
        page.period_chosen.connect(lambda period: self.show_period(Period(period)))
        page.names_wanted.connect(lambda *figure: self.tasks.spawn(self._find_names(*figure)))
        page.members_wanted.connect(self.names_wanted)
        page.hour_wanted.connect(lambda *place: self.tasks.spawn(self._find_readers(*place)))
        page.readers_wanted.connect(lambda *point: self.tasks.spawn(self._find_curve(*point)))
        page.days_wanted.connect(lambda *days: self.tasks.spawn(self._find_month(*days)))
        for made in (page.months.set_goal, page.table.set_window):
            made.setVisible(self._port.may_set)
        page.table.window_chosen.connect(lambda days: self.tasks.spawn(self._set_window(days)))
        page.months.goal_chosen.connect(lambda goal: self.tasks.spawn(self._set_goal(goal)))
        page.opt_outs.opened.connect(lambda number: self.tasks.spawn(self._find_left(number)))
        page.activity.wanted.connect(self._activity.start)
        page.activity.opened.connect(lambda *what: self.tasks.spawn(self._find_activity(*what)))
        page.visits.wanted.connect(self._visits.start)
        page.visits.opened.connect(lambda *what: self.tasks.spawn(self._find_visitors(*what)))
        page.report_wanted.connect(self.report_wanted)
        page.new_wanted.connect(self.new_wanted)
        self.replies = RepliesPart(self._desks.replies, self._clock, self.tasks, page)
        self.replies.conversation_wanted.connect(self.conversation_wanted)
        page.take_in(self.replies.tile, 2, self.replies.card, self.replies.card.row)
        self.groups = GroupsPart(self._desks, self.tasks, page.heat)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(page)
        self.taken_along = ExportPart(page, self._desks, self._clock, self.tasks, column)
        self.taken_along.conversation_wanted.connect(self.conversation_wanted)
        return page

    def show_period(self, period: Period) -> None:
        """Show the figures of another period."""
        self._period = period
        if self.page is not None:
            self.page.say("")
            if period in self._counted:  # as it stood lately, until it is counted anew
                self.page.show_figures(*self._counted[period])
            self._figures.start()
            self._read_replies()

    def reload(self) -> None:
        """Something came in: count again, soon."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _read(self) -> None:
        if self.page is not None:
            self.taken_along.reload()
        self._figures.start()
        if self.groups is not None:
            self.groups.reload()
        self._read_replies()

    def _read_replies(self) -> None:
        if self.replies is not None and self._period is not None:
            self.replies.show_period(self._period)

    async def _read_figures(self) -> None:
        asked = self._period
        if self.page is None or asked is None:
            return
        await self._count(asked)
        if asked is self._period:
            self.page.show_figures(*self._counted[asked])
            self._others.start()

    async def _count(self, period: Period) -> None:
        figures = await self._port.figures(period)
        sentences = await self._sentences({line.rule for line in figures.campaigns})
        self._counted[period] = figures, sentences

    async def _read_others(self) -> None:
        """Count the other periods before they are asked for, so that changing waits for nothing."""
        if self._period is not None:
            for period in type(self._period):
                if period not in self._counted:
                    await self._count(period)

    async def _read_activity(self) -> None:
        year = await self._desks.activity.year()
        if self.page is not None:
            self.page.activity.show_year(year)

    async def _read_visits(self) -> None:
        months = await self._port.visits_by_month()
        if self.page is not None:
            self.page.visits.show_months(months)

    async def _sentences(self, rules: set[Rule | None]) -> Mapping[Rule, str]:
        language = i18n.language()
        return {rule: await self._desks.segments.sentence(rule, language)
                for rule in rules if rule is not None}  # fmt: skip

    async def _set_goal(self, percent: int) -> None:
        await self._port.set_goal(percent)
        self._counted.clear()
        self._figures.start()

    async def _set_window(self, days: int) -> None:
        await self._port.set_window(days)
        self._counted.clear()
        self._read()

    # --- who is behind a figure -----------------------------------------------------------

    async def _find_names(self, what: Behind, title: str, about: str) -> None:
        if self._period is not None:
            members = await self._port.behind(what, self._period)
            self.names_wanted.emit(title, about, members)

    async def _find_readers(self, weekday: int, hour: int) -> None:
        from console.views.insights import insight_words as words  # noqa: PLC0415

        if self.groups is None or self.page is None:
            return
        members = await self.groups.within(await self._port.looked(weekday, hour))
        of = (words.heat(), self.page.heat.group_name, words.hour(weekday, hour))
        title = " · ".join(filter(None, of))
        self.names_wanted.emit(title, words.heat_formula(), members)

    async def _find_curve(
        self, title: str, about: str, campaign_id: int, elapsed: timedelta
    ) -> None:
        members = await self._port.readers_within(campaign_id, elapsed)
        self.names_wanted.emit(title, about, members)

    async def _find_month(self, first: date, last: date) -> None:
        from console.views.insights import insight_words, tile_words  # noqa: PLC0415

        members = await self._port.read_between(first, last)
        title = f"{tile_words.title(tile_words.OPEN)} · {insight_words.days(first, last)}"
        self.names_wanted.emit(title, tile_words.formula(tile_words.OPEN), members)

    async def _find_left(self, campaign_id: int) -> None:
        report = await self._desks.reports.report(campaign_id)
        if report is not None and self.page is not None:
            card = self.page.opt_outs
            title = f"{card.heading.text()} · {report.title}"
            self.names_wanted.emit(title, card.formula.text(), report.opted_out)

    async def _find_activity(self, title: str, about: str, what: Activity, at: datetime) -> None:
        self.names_wanted.emit(title, about, await self._desks.activity.members(what, at))

    async def _find_visitors(self, title: str, about: str, first: date, held_out: bool) -> None:
        members = await self._port.visitors(first, held_out=held_out)
        self.names_wanted.emit(title, about, members)

    def say(self, text: str) -> None:
        """What came of a step that began here."""
        if self.page is not None:
            self.page.say(text)

    def return_to_table(self) -> None:
        """The keyboard goes back to the row whose report was open."""
        if self.page is not None:
            self.page.table.rows.setFocus()

    # --- shown, hidden, ended -------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show how they stand now."""
        super().showEvent(event)
        if self.page is None:
            self.page = self._make()
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        """Whom rules mean is said in the new language, too; unseen, when it is shown next."""
        super().changeEvent(event)
        if speaks(event) and self.page is not None:
            self._counted.clear()
            if self.isVisible():
                self._figures.start()

    async def close_down(self) -> None:
        """End what runs for it."""
        self._soon.stop()
        for stop in self._stops:
            stop()
        await self.tasks.close()
