"""What the screens may call about reports; ``desk.reports.ReportsDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console.desk.report_types import CampaignReport


class ReportsPort(Protocol):
    """How campaigns were received; also offline."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after a report may have changed; often."""
        ...

    async def report(self, campaign_id: int) -> CampaignReport | None:
        """How it stands; ``None``: the campaign is gone."""
        ...
