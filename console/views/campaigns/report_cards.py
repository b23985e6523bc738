"""Cards of a report: the read curve and the funnel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from console.desk.report_types import CampaignReport
from console.ui.chart_frame import ChartFrame
from console.ui.i18n import translate
from console.ui.share_curve import ShareCurve
from console.ui.waterfall import Bar, Waterfall
from console.ui.widgets import label
from console.views.campaigns import report_words as words


class CurveCard(ChartFrame):
    """The read curve; a point of it opens who had read until then."""

    def __init__(self) -> None:
        self.curve = ShareCurve()
        super().__init__(*words.explained(words.CURVE), self.curve)

    def show_report(self, report: CampaignReport) -> None:
        """Show its curve."""
        self.curve.show_series([words.series(report)])


class FunnelCard(ChartFrame):
    """The steps; ``opened`` names a line whose members are wanted."""

    opened = Signal(str)

    def __init__(self) -> None:
        self.bars, self._hint = Waterfall(), label("tiny", wrap=True)
        super().__init__(*words.explained(words.FUNNEL), self.bars)
        self.column.addWidget(self._hint)
        self.bars.opened.connect(self.opened)
        self.speak()

    def show_report(self, report: CampaignReport) -> None:
        """Show its steps."""
        self.explain(partial(words.formula, words.FUNNEL, report.window_days))
        self.bars.show_bars([
            Bar(key, text, len(members), strong=key.startswith(words.THROUGH),
                role="accent" if key.startswith(words.THROUGH) else "ink_faint")
            for stage in report.stages for key, text, members in words.shown_lines(stage)
        ])  # fmt: skip

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self._hint.setText(translate("Report", "Click a line for the names"))
