"""The shop's figures: as they stand, with what a cell and a question mark say, too few to tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from console.desk.insight_making import made
from console.domain.statistics import Member, Notice
from console.store.replica_insights import InsightFacts
from console.views.main_gallery.tour import Tour, until
from console.views.rail import INBOX, INSIGHTS
from console.views.shell import Shell

_ZONE: Final = "Asia/Shanghai"
_MEMBERS: Final = 900
_BUSY: Final = (8, 9, 10, 11, 12, 12, 12, 13, 13, 14, 17, 18, 19, 20, 20, 20, 21, 21, 21, 22, 23)
"""Hours in which members look, the same one several times where many do."""


async def insights(tour: Tour, shell: Shell) -> None:
    """Ends in the inbox."""
    screen = shell.insights

    async def shown() -> None:
        shell.show_section(INSIGHTS)
        await until(lambda: screen.page is not None and screen.page.figures is not None,
                    "the figures")  # fmt: skip

    await tour.shoot("insights", shown)
    page = screen.page
    real = page.figures if page is not None else None
    if page is not None and real is not None:
        facts, nobody = _facts(real.as_of.replace(hour=0)), InsightFacts(reads=(), members=())
        page.show_figures(made(facts, real.as_of, _ZONE))
        page.heat.grid.setFocus()
        page.heat.ask.click()
        await tour.shoot("insights-filled")
        page.heat.ask.click()
        page.show_figures(made(nobody, real.as_of, _ZONE, live=False))
        await tour.shoot("insights-few")
        page.show_figures(real)
    shell.show_section(INBOX)


def _facts(today: datetime) -> InsightFacts:
    """Four weeks of reads; more on Saturdays."""
    joined = today - timedelta(days=300)
    members = tuple(Member(n, joined, n % 7 > 0, today - timedelta(days=n % 120))
                    for n in range(1, _MEMBERS + 1))  # fmt: skip
    reads = []
    for n in range(3_000):
        days, turn = 1 + n % 28, n * 7_919 % 2_971
        at = today - timedelta(days=days, hours=8)
        at += timedelta(hours=_BUSY[turn % len(_BUSY)], minutes=turn % 60)
        if at.weekday() > 4 or n % 3:
            reads.append(Notice(n, 1 + turn % (_MEMBERS // 3), at - timedelta(hours=3), None, at))
    return InsightFacts(reads=tuple(reads), members=members)
