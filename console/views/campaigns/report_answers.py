"""A card of a report: how many answered what to the campaign's question."""

from __future__ import annotations

from PySide6.QtCore import Signal

from console.desk.answer_types import AnswersReport
from console.desk.answers_port import AnswersPort
from console.desk.report_types import CampaignReport
from console.ui.chart_frame import LinesFrame
from console.ui.i18n import translate
from console.ui.tasks import Reload, Tasks
from console.ui.waterfall import Bar, Waterfall
from console.views.campaigns.answers_words import name_of


class AnswersCard(LinesFrame):
    """Hidden for a campaign that asks nothing; ``opened``: an answer and who gave it."""

    opened = Signal(str, object)

    def __init__(self, port: AnswersPort, tasks: Tasks) -> None:
        self.bars = Waterfall(lambda: translate("Report", "Answer"))
        self._port, self._campaign_id = port, 0
        self._answers: AnswersReport | None = None
        super().__init__(title, formula, self.bars)
        self._fresh = Reload(tasks, self._read)
        self.bars.opened.connect(self._open)
        self.stop = port.on_changed(self._reload)
        self.hide()

    def show_report(self, report: CampaignReport) -> None:
        """Show the answers to this one."""
        self._campaign_id = report.campaign_id
        self._fresh.start()

    def _reload(self) -> None:
        if self.isVisible():
            self._fresh.start()

    async def _read(self) -> None:
        asked = self._campaign_id
        found = await self._port.report(asked)
        if asked == self._campaign_id:
            self._answers = found
            self._show()

    def _show(self) -> None:
        groups = self._answers.groups if self._answers is not None else ()
        self.bars.show_bars([Bar(each.key, name_of(each), len(each.answers)) for each in groups])
        self.setVisible(bool(groups))

    def _open(self, key: str) -> None:
        groups = self._answers.groups if self._answers is not None else ()
        for group in groups:
            if group.key == key:
                members = tuple(sorted({each.member_id for each in group.answers}))
                self.opened.emit(f"{self.heading.text()} · {name_of(group)}", members)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self._show()


def title() -> str:
    """What the card is called."""
    return translate("Report", "Answers")


def formula() -> str:
    """How it is counted."""
    return translate("Report", "Members by their newest answer to its question, each once, also"
                     " those whom only what was sent again reached. What was said in words is put"
                     " together by what it means, or by hand.")  # fmt: skip
