"""How a campaign's question is answered, in short; the page of answers has it all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.answer_types import AnswersReport
from console.desk.answers_port import AnswersPort
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.waterfall import Bar, Waterfall
from console.ui.widgets import button, label, snug, speaks
from console.views.campaigns.answers_words import name_of
from console.views.campaigns.editing import Editing


class AnswersPart(QWidget):
    """Shown while the campaign that is open asks something and left; live."""

    wanted = Signal(int)
    """All answers of the campaign of that id."""

    def __init__(self, editing: Editing, port: AnswersPort, tasks: Tasks) -> None:
        super().__init__()
        self._editing, self._port, self._tasks = editing, port, tasks
        self.report: AnswersReport | None = None
        self._title, self.words = label("heading", wrap=True), label("soft", wrap=True)
        self.bars, self.all = Waterfall(), button()
        column = QVBoxLayout(self)
        snug(column, spacing=8)
        for part in (self._title, self.words, self.bars):
            column.addWidget(part)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        editing.stood.connect(self.reload)
        self._unsubscribe = port.on_changed(self.reload)
        self.bars.opened.connect(lambda _: self._open())
        self.all.clicked.connect(self._open)
        self._speak()
        self.hide()

    def reload(self) -> None:
        """Read how it stands now."""
        item = self._editing.item
        if item is None or item.state == "draft" or not item.id:
            self._take(None)
        else:
            self._tasks.spawn(self._read(item.id))

    async def _read(self, campaign_id: int) -> None:
        found = await self._port.report(campaign_id)
        item = self._editing.item
        if item is not None and item.id == campaign_id and item.state != "draft":
            self._take(found)

    def _take(self, report: AnswersReport | None) -> None:
        if report != self.report:
            self.report = report
            self._show()
        self.setVisible(report is not None and report.asked > 0)

    def close_down(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    def _open(self) -> None:
        item = self._editing.item
        if item is not None:
            self.wanted.emit(item.id)

    def _show(self) -> None:
        report = self.report
        if report is None:
            return
        self._title.setText(report.text or translate("Answers", "Answers"))
        words = translate("Answers", "{n} of {all} answered")
        self.words.setText(words.format(n=report.answered, all=report.asked))
        bars = [Bar(group.key, name_of(group), len(group.answers)) for group in report.choices]
        spoken = sum(len(each.answers) for each in (*report.buckets, report.unsorted))
        if report.free_text:
            own = translate("Answers", "Own words")
            bars.append(Bar("words", own, spoken, role="brand"))
        self.bars.show_bars(bars)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.all.setText(translate("Answers", "Read and sort the answers…"))
        self.bars.setAccessibleName(translate("Answers", "Groups of answers"))
        self._show()
