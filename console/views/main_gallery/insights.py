"""The shop's figures: as they stand, with what a cell and a question mark say, too few to tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from console.desk.insights import made
from console.domain.statistics import Member, Notice
from console.store.replica_insights import InsightFacts
from console.views.main_gallery.tour import Tour, until
from console.views.rail import INBOX, INSIGHTS
from console.views.shell import Shell

_MEMBERS: Final = 900
_BUSY: Final = (8, 9, 10, 11, 12, 12, 12, 13, 13, 14, 17, 18, 19, 20, 20, 20, 21, 21, 21, 22, 23)
"""Hours in which members look, the same one several times where many do."""


async def insights(tour: Tour, shell: Shell) -> None:
    """Ends in the inbox."""
    screen = shell.insights

    async def shown() -> None:
        shell.show_section(INSIGHTS)
        await until(lambda: screen.figures is not None and screen.tasks.idle, "the figures")

    await tour.shoot("insights", shown)
    real = screen.figures
    if real is not None:
        zone = "Asia/Shanghai"
        screen.show_figures(made(_facts(real.as_of.replace(hour=0)), real.as_of, zone))
        screen.heat.grid.setFocus()
        screen.heat.ask.click()
        await tour.shoot("insights-filled")
        screen.heat.ask.click()
        nobody = InsightFacts(reads=(), members=())
        screen.show_figures(made(nobody, real.as_of, zone, live=False))
        await tour.shoot("insights-few")
        screen.show_figures(real)
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
