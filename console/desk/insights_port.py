"""What the screens may call about the shop's figures; ``desk.insights`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from console.desk.insight_types import Insights, Looks, VisitMonth
    from console.domain.periods import Period

Behind = Literal["read", "visited", "readers", "replied", "held", "opted_out"]
"""Figures of a period with members behind them.

``read``: who read something in the period; ``readers``: who read one of its campaigns, whenever.
"""


class InsightsPort(Protocol):
    """The shop's figures; also offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after figures may have changed; often."""
        ...

    @property
    def may_set(self) -> bool:
        """Owners set the goal of a month's open rate, and the window of attribution."""
        ...

    async def set_goal(self, percent: int) -> None:
        """Say it.  Raises ``Refusal`` for who may not."""
        ...

    async def set_window(self, days: int) -> None:
        """Say for how long a campaign is given what members do, in days of
        ``attribution.WINDOWS``.  Raises ``Refusal`` for who may not.
        """
        ...

    async def figures(self, period: Period) -> Insights:
        """How they stand in a period that ends now."""
        ...

    async def looks(self) -> Looks:
        """When members look."""
        ...

    async def looks_of(self, members: Collection[int]) -> Looks:
        """When these members look, as far as what they read is here."""
        ...

    async def behind(self, what: Behind, period: Period) -> tuple[int, ...]:
        """The members behind a figure of a period, as far as their rows are here."""
        ...

    async def read_between(self, first: date, last: date) -> tuple[int, ...]:
        """Who read something on these days of the shop, both included."""
        ...

    async def visits_by_month(self) -> tuple[VisitMonth, ...]:
        """Visits beside the holdout, a month of the calendar each, the oldest first.

        Months before the shop's first campaign are left out; takes a while where members are
        many and a month was not asked for before.
        """
        ...

    async def visitors(self, first: date, *, held_out: bool) -> tuple[int, ...]:
        """Who came in the month that begins on that day: of the holdout, or of the others."""
        ...

    async def readers_within(self, campaign_id: int, elapsed: timedelta) -> tuple[int, ...]:
        """Who had read a campaign so long after it was written to her, soonest first."""
        ...

    async def looked(self, weekday: int, hour: int) -> tuple[int, ...]:
        """Who read in an hour of a weekday; 0 is Monday."""
        ...
