"""The card of opt-outs campaign by campaign.

Bars are members: they are few at most campaigns, so that their share can seldom be told; it is
read out with how far it can be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from console.desk.insight_types import CampaignLine
from console.domain.intervals import Estimate, Rate, tell_rate
from console.ui import told_share
from console.ui.bar_chart import Bar, BarChart
from console.ui.chart_frame import ChartFrame
from console.ui.chart_table import Cell, number
from console.ui.chart_table import words as text
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.views.insights import table_words, tile_words


class OptOutsCard(ChartFrame):
    """Hidden where nothing was sent; ``opened``: who opted out at a campaign is wanted.

    A campaign whose recipients are kept on the relay only has no bar.
    """

    opened = Signal(int)

    def __init__(self, clock: ShopClock) -> None:
        self.bars, self._clock = BarChart(), clock
        super().__init__(title, formula, self.bars)
        self.bars.bar_requested.connect(lambda key: self.opened.emit(int(key)))
        self.hide()

    def show_lines(self, lines: Sequence[CampaignLine]) -> None:
        """Show these, the newest first; bars stand in the order in which they were sent."""
        head = (translate("Insights", "Campaign"), translate("Insights", "Opt-outs"),
                translate("Insights", "Written"), translate("Export", "Share"))  # fmt: skip
        self.bars.show_bars([self._bar(line, line.left) for line in reversed(lines)
                             if line.left is not None and line.written], head)  # fmt: skip
        self.setVisible(bool(self.bars.bars))

    def _bar(self, line: CampaignLine, left: int) -> Bar:
        rate = Rate(min(left, line.written), line.written)
        told, name = tell_rate(rate), table_words.name(line)
        value = told_share.value(told)
        return Bar(
            key=str(line.campaign_id), name=f"{name} · {table_words.sent(line, self._clock)}",
            label=f"{self._clock.local(line.sent_at):%m-%d}", title=name,
            value=float(rate.part), told=(value, told_share.beside(rate, told, "")),
            cells=(text(name), number(rate.part), number(rate.whole),
                   Cell(value, f"{rate.share:.4f}" if isinstance(told, Estimate) else value)),
        )  # fmt: skip


def title() -> str:
    """What the card is called."""
    return translate("Insights", "Opt-outs by campaign")


def formula() -> str:
    """How it is counted."""
    return tile_words.formula(tile_words.LEFT)
