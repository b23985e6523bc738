"""What the screens may call about reports; ``desk.reports.ReportsDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from console.desk.report_types import AgainstHoldout, CampaignReport, Recipient


class ReportsPort(Protocol):
    """How campaigns were received; also offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after a report may have changed; often."""
        ...

    async def report(self, campaign_id: int) -> CampaignReport | None:
        """How it stands; ``None``: the campaign is gone."""
        ...

    async def recipients(self, report: CampaignReport) -> Sequence[Recipient]:
        """Everybody of its audience by name, what she did as the report counts it."""
        ...

    async def readers_within(self, report: CampaignReport, elapsed: timedelta) -> tuple[int, ...]:
        """Who had read it so long after it was written to her, soonest first."""
        ...

    async def against_holdout(self, report: CampaignReport) -> AgainstHoldout | None:
        """What it led to beside its holdout; ``None``: that is not known on this computer."""
        ...

    async def found(self, query: str) -> frozenset[int]:
        """Members that a query may mean: name, pinyin, initials, the end of the number."""
        ...
