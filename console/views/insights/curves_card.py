"""The card of read curves: several campaigns of the period compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal

from console.desk.insight_types import CampaignCurve
from console.ui import read_series
from console.ui.chart_frame import ChartFrame
from console.ui.i18n import translate
from console.ui.share_curve import ShareCurve
from console.ui.share_series import after
from console.ui.widgets import label
from console.views.insights import table_words


class CurvesCard(ChartFrame):
    """Shows the newest campaigns; ``opened``: a title, how it is counted, and which campaign's
    point of a curve, by the time after sending.
    """

    opened = Signal(str, str, int, object)

    def __init__(self) -> None:
        self.curve, self.nothing = ShareCurve(), label("soft", wrap=True)
        self.curves: Sequence[CampaignCurve] = ()
        super().__init__(read_series.title, read_series.formula, self.curve)
        self.column.addWidget(self.nothing)
        self.curve.point_requested.connect(self._open)

    def show_curves(self, curves: Sequence[CampaignCurve]) -> None:
        """Show these."""
        self.curves = curves
        self.curve.show_series([
            read_series.series(str(each.campaign_id), table_words.titled(each.title), each.curve,
                               each.table, open_ended=each.being_read)
            for each in curves
        ])  # fmt: skip
        self.nothing.setVisible(not curves)

    def _open(self, key: str, elapsed_s: float) -> None:
        found = next(each for each in self.curves if str(each.campaign_id) == key)
        words = translate("Report", "Read within {time}").format(time=after(elapsed_s))
        title = f"{table_words.titled(found.title)} · {words}"
        self.opened.emit(title, self.formula.text(), found.campaign_id,
                         timedelta(seconds=elapsed_s))  # fmt: skip

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.nothing.setText(translate("Insights", "Curves are drawn of what was sent in this"
                                       " period."))  # fmt: skip
