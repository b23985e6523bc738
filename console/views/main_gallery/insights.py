"""The shop's figures: of each period, with what a cell and a question mark say, names, too few."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QApplication, QScrollArea

from console.desk.insight_facts import Moment, PeriodFacts
from console.desk.insight_making import looks, made, watched
from console.domain.periods import Period
from console.store.replica_rollups import HourReaders
from console.views.campaigns.segment_names import NamesWindow
from console.views.insights import InsightsScreen
from console.views.insights.page import InsightsPage
from console.views.main_gallery.tour import Tour, settle, until
from console.views.rail import INBOX, INSIGHTS
from console.views.shell import Shell

_ZONE: Final = "Asia/Shanghai"


async def insights(tour: Tour, shell: Shell) -> None:
    """Ends in the inbox."""
    screen = shell.insights

    async def shown() -> None:
        shell.show_section(INSIGHTS)
        await until(lambda: screen.page is not None and screen.page.heat.looks is not None
                    and screen.page.figures is not None, "the figures")  # fmt: skip

    await tour.shoot("insights", shown)
    if screen.page is not None and screen.page.figures is not None:
        await _periods(tour, screen.page)
        await _names(tour, screen.page)
        await _few(tour, screen.page)
        await _week(tour, screen)
    shell.show_section(INBOX)


async def _week(tour: Tour, screen: InsightsScreen) -> None:
    """The summary of the newest week that is over."""
    part = screen.taken_along

    async def shown() -> None:
        part.summary.click()
        await until(lambda: part.weekly is not None and part.weekly.summary is not None, "the week")

    await tour.shoot("insights-weekly", shown)
    if part.weekly is not None:
        part.weekly.back.click()


async def _periods(tour: Tour, page: InsightsPage) -> None:
    """Of other periods, with a cell read out and a formula."""

    async def chosen(period: Period) -> None:
        page.periods.choose(period)
        await until(lambda: page.figures is not None and page.figures.period is period, period)

    async def of_year() -> None:
        await chosen(Period.YEAR)
        await until(lambda: page.visits.months is not None, "the visits of a year")

    async def visits() -> None:
        page.visits.pairs.setFocus()
        area = page.findChild(QScrollArea)
        if area is not None:
            area.ensureWidgetVisible(page.visits, 0, 40)
        await settle()

    page.heat.grid.setFocus()
    page.tiles.visits.ask.click()
    await tour.shoot("insights-year", of_year)
    page.tiles.visits.ask.click()
    await tour.shoot("insights-visits", visits)
    page.heat.grid.setFocus()
    await tour.shoot("insights-week", lambda: chosen(Period.WEEK))
    await chosen(Period.MONTH)


async def _names(tour: Tour, page: InsightsPage) -> None:
    """Who replied."""
    page.tiles.replies.figures[0].click()
    await settle()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, NamesWindow) and window.isVisible():
            await tour.shoot("insights-names", above=window)
            window.reject()


async def _few(tour: Tour, page: InsightsPage) -> None:
    """A shop without a campaign, and without a line."""
    real, at_all = page.figures, page.heat.looks
    if real is None or at_all is None:
        return
    moment = Moment(period=Period.MONTH, at=real.as_of, shop_id=1, timezone=_ZONE, live=False)
    nobody = PeriodFacts()
    page.show_figures(made(nobody, moment), {})
    page.show_looks(looks(HourReaders(), watched(real.as_of, _ZONE), _ZONE))
    await tour.shoot("insights-few")
    page.show_figures(real, {})
    page.show_looks(at_all)
