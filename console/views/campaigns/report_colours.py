"""The card of a report that says which colours of its photos members touched."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from console.desk.report_types import CampaignReport, ColourInterest
from console.ui.chart_frame import LinesFrame
from console.ui.i18n import language, translate
from console.ui.waterfall import Bar, Waterfall

_APART: Final = " · "


class ColoursCard(LinesFrame):
    """Hidden as long as nobody touched one; ``opened``: a colour and who touched it."""

    opened = Signal(str, object)

    def __init__(self) -> None:
        self.bars = Waterfall(lambda: translate("Report", "Colour"))
        self._colours: tuple[ColourInterest, ...] = ()
        super().__init__(title, formula, self.bars)
        self.bars.opened.connect(self._open)
        self.hide()

    def show_report(self, report: CampaignReport) -> None:
        """Show its colours."""
        self._colours = report.colours
        self.bars.show_bars([Bar(str(place), words, len(each.members)) for place, (words, each)
                             in enumerate(named(report))])  # fmt: skip
        self.setVisible(bool(report.colours))

    def _open(self, key: str) -> None:
        bar = self.bars.bars[int(key)]
        self.opened.emit(f"{self.heading.text()}{_APART}{bar.words}",
                         self._colours[int(key)].members)  # fmt: skip


def named(report: CampaignReport) -> list[tuple[str, ColourInterest]]:
    """Colours by name, with the article where there are several."""
    several = len({each.product_id for each in report.colours}) > 1
    english = language() == "en"
    found = []
    for each in report.colours:
        colour = (each.colour_en if english else each.colour) or each.colour
        name = (each.name_en if english else each.name) or each.name
        found.append((f"{colour}{_APART}{name}" if several else colour, each))
    return found


def title() -> str:
    """What the card is called."""
    return translate("Report", "Colours touched")


def formula() -> str:
    """How it is counted."""
    return translate("Report", "Members who touched a photo of this colour in this campaign to ask"
                     " about it, each once. Who touched several colours counts at each. It says"
                     " what they like to look at, not what they will buy.")  # fmt: skip
