"""Ways from the shop's figures to members and campaigns, which are another screen's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.desk.ports import DeskPorts
from console.views.campaigns import CampaignsScreen
from console.views.insights import InsightsScreen
from console.views.rail import CAMPAIGNS, INSIGHTS

if TYPE_CHECKING:
    from console.views.campaigns.report_names import ReportNames


class FromFigures(QObject):
    """Opens what is wanted there; ``show`` brings a section to the front."""

    def __init__(
        self, desks: DeskPorts, insights: InsightsScreen, campaigns: CampaignsScreen,
        show: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(insights)
        self._desks, self._insights, self._campaigns = desks, insights, campaigns
        self._show = show
        self._names: ReportNames | None = None
        insights.names_wanted.connect(self._open_names)
        insights.report_wanted.connect(self._open_report)
        insights.new_wanted.connect(self._begin)

    def _open_names(self, title: str, about: str, members: Sequence[int]) -> None:
        # Its module is loaded when names are first wanted: no start waits for it.
        if self._names is None:
            from console.views.campaigns.report_names import ReportNames  # noqa: PLC0415

            self._names = ReportNames(self._desks, self._insights.tasks, self._insights)
            self._names.begun.connect(self._open_campaign)
            self._names.said.connect(self._insights.say)
        self._names.open(title, about, members)

    def _open_report(self, campaign_id: int) -> None:
        self._campaigns.tasks.spawn(self._to_report(campaign_id))

    async def _to_report(self, campaign_id: int) -> None:
        if await self._campaigns.show_report(campaign_id, self._back):
            self._show(CAMPAIGNS)

    def _back(self) -> None:
        self._campaigns.show_list()
        self._show(INSIGHTS)
        self._insights.return_to_table()

    def _open_campaign(self, client_id: str) -> None:
        self._show(CAMPAIGNS)
        self._campaigns.tasks.spawn(self._campaigns.open(client_id))

    def _begin(self) -> None:
        self._show(CAMPAIGNS)
        self._campaigns.begin()
