"""The report of a campaign that was sent: read rate, opt-outs, read curve, funnel; live.

Figures come counted from the desk.  However often rows arrive, they are asked for once in
``_PAUSE_MS``, and counting takes at most a ``_SHARE``-th of the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.ports import DeskPorts
from console.desk.report_types import CampaignReport
from console.domain.statistics import Step
from console.ui import origin_phrases, told_share
from console.ui.back_button import BackButton
from console.ui.clock import ShopClock
from console.ui.explained import Explained, FigureCard
from console.ui.i18n import counted, translate
from console.ui.page_frame import HeadState, page_head, scroll_below
from console.ui.share_series import after
from console.ui.tab_order import as_laid_out
from console.ui.tasks import Reload, Tasks
from console.ui.timers import once
from console.ui.widgets import LineLabel, Pill, button, label, snug, speaks
from console.views.campaigns import report_words as words
from console.views.campaigns.audience_card import AudienceCard
from console.views.campaigns.holdout_card import HoldoutCard
from console.views.campaigns.report_answers import AnswersCard
from console.views.campaigns.report_cards import CurveCard, FunnelCard
from console.views.campaigns.report_colours import ColoursCard
from console.views.campaigns.report_export import ReportExport
from console.views.campaigns.report_names import ReportNames
from console.views.campaigns.report_recipients import RecipientsCard
from console.views.campaigns.report_sent import SentCard
from console.views.campaigns.version_card import VersionsCard

_PAUSE_MS: Final = 700
_SHARE: Final = 4
_MINUTE_MS: Final = 60_000
_FUNNEL_WIDTH: Final = 400


class ReportPage(QFrame):
    """Shows the report of the campaign that ``open`` names."""

    left = Signal()

    def __init__(self, desks: DeskPorts, clock: ShopClock, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._clock, self._campaign_id = desks.reports, clock, 0
        self._tasks = tasks
        self.report: CampaignReport | None = None
        self.names = ReportNames(desks, tasks, self)
        self.export = ReportExport(desks, clock, tasks, self, self._found)
        self.versions = VersionsCard(self.names, clock)
        self.holdout, self.audience = HoldoutCard(desks.reports, clock, tasks), AudienceCard()
        self.sent, self.answers = SentCard(clock), AnswersCard(desks.answers, tasks)
        self.recipients = RecipientsCard(desks.reports, clock, tasks)
        self._fresh = Reload(tasks, self._read)
        self._soon = once(self, _PAUSE_MS, self._fresh.start)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self.setProperty("look", "paper")
        self.back, self.title = BackButton(), LineLabel("heading")
        self.state, self.state_below = Pill(), Pill()
        self.copy, self.note = button("head"), label("soft", wrap=True)
        self.gap = label("soft", wrap=True)
        self.gap.hide()
        self.read = FigureCard(*words.explained(words.READ))
        self.opt_out = FigureCard(*words.explained(words.OPT_OUT))
        self.silent = FigureCard(*words.explained(words.SILENT))
        self.curve, self.funnel, self.colours = CurveCard(), FunnelCard(), ColoursCard()
        self.read_names = button("small")
        self.left_names, self.silent_names = button("small"), button("small")
        self.follow = button("small")
        self._arrange()
        self._say_origins()
        self._connect(desks)
        self._say("")
        self._speak()

    def _say_origins(self) -> None:
        for card in (self.silent, self.funnel, self.colours, self.versions, self.holdout,
                     self.audience, self.answers, self.recipients):  # fmt: skip
            card.come_from(origin_phrases.here)
        elsewhere = origin_phrases.either(
            lambda: self.report is not None and self.report.missing > 0
        )
        for card in (self.read, self.opt_out):
            card.come_from(elsewhere)
        self.curve.come_from(origin_phrases.of_curves)

    # --- laid out -------------------------------------------------------------------------

    def _arrange(self) -> None:
        ground = QWidget()
        self.read.foot.insertWidget(0, self.read_names)
        self.opt_out.foot.insertWidget(0, self.left_names)
        self.silent.foot.insertWidget(0, self.silent_names)
        self.silent.foot.insertWidget(1, self.follow)
        inside, figures, below = QVBoxLayout(ground), QHBoxLayout(), QHBoxLayout()
        right = QVBoxLayout()
        for beside, room in ((self.funnel, 1), (self.colours, 0)):
            beside.setFixedWidth(_FUNNEL_WIDTH)
            right.addWidget(beside, room)
        snug(inside, 20, 16, 20, 20, spacing=14)
        snug(figures, spacing=14)
        snug(below, spacing=14)
        snug(right, spacing=14)
        for card in (self.read, self.opt_out, self.silent):
            figures.addWidget(card, 1)
        below.addWidget(self.curve, 1)
        below.addLayout(right)
        for part in (self.state_below, self.note, self.gap):
            inside.addWidget(part)
        inside.addLayout(figures)
        inside.addWidget(self.versions)
        inside.addLayout(below, 1)
        inside.addLayout(self._came_of())
        inside.addWidget(self.recipients)
        head = page_head(self.back, self.title, self.state, self.copy, self.export.button)
        self._standing = HeadState(head, self.state, self.state_below, self.title)
        scroll_below(self, head, ground)

    def _came_of(self) -> QHBoxLayout:
        made = QHBoxLayout()
        snug(made, spacing=14)
        for upper, lower, room in ((self.holdout, self.sent, 1), (self.audience, self.answers, 0)):
            side = QVBoxLayout()
            snug(side, spacing=14)
            side.addWidget(upper)
            side.addWidget(lower, 1)
            made.addLayout(side, room)
        self.audience.setFixedWidth(_FUNNEL_WIDTH)
        self.answers.setFixedWidth(_FUNNEL_WIDTH)
        return made

    def _connect(self, desks: DeskPorts) -> None:
        self.back.clicked.connect(self.left)
        self.copy.clicked.connect(self._copy)
        self.funnel.opened.connect(self._open_line)
        for card in (self.colours, self.audience, self.holdout, self.answers):
            card.opened.connect(partial(self._open_of, card))
        self.recipients.arrived.connect(self.audience.show_recipients)
        self.curve.curve.point_requested.connect(self._open_readers)
        self.read_names.clicked.connect(self._open_read)
        self.left_names.clicked.connect(self._open_left)
        self.silent_names.clicked.connect(self._open_silent)
        self.follow.clicked.connect(self._follow_up)
        self.names.said.connect(self._say)
        self.export.said.connect(self._say)
        self._minute.timeout.connect(self.reload)
        self._stops = (self._port.on_changed(self.reload),
                       desks.inbox.on_link(lambda _: self.reload()))  # fmt: skip

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the page as it stands."""
        as_laid_out(self)
        return super().focusNextPrevChild(forward)

    # --- which ----------------------------------------------------------------------------

    async def open(self, campaign_id: int) -> bool:
        """Read the report of a campaign; false when there is none."""
        self._campaign_id, self.report = campaign_id, None
        self.recipients.clear()
        self.audience.show_recipients(())
        self._say("")
        await self._fresh.now()
        self._minute.start()
        return self.report is not None

    def reload(self) -> None:
        """Something came in: count again, soon."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    async def _read(self) -> None:
        asked, began = self._campaign_id, time.monotonic()
        found = await self._port.report(asked)
        self._soon.setInterval(max(_PAUSE_MS, round((time.monotonic() - began) * 1000 * _SHARE)))
        if asked == self._campaign_id and found is not None:
            self.show_report(found)

    def close_down(self) -> None:
        """Listen no more."""
        self._minute.stop()
        self._soon.stop()
        self.recipients.close_down()
        for stop in (*self._stops, self.answers.stop):
            stop()

    # --- showing --------------------------------------------------------------------------

    def show_report(self, report: CampaignReport) -> None:
        """Show these figures."""
        self.report = report
        self.export.show_report(report)
        self.recipients.show_report(report)
        self.versions.show_report(report)
        for card in (self.holdout, self.sent, self.answers):
            card.show_report(report)
        self.title.say(report.title)
        self._standing.say(*words.standing(report, self._clock))
        for part in self.findChildren(Explained):
            part.stand(words.since(report, self._clock))
        self.read.say(told_share.value(report.read.told), words.beside(report.read))
        self.opt_out.say(told_share.value(report.opt_out.told), words.beside(report.opt_out))
        readers = report.read.rate.part
        of_readers = counted(readers, translate("Report", "of 1 who read it"),
                             translate("Report", "of {n} who read it"))  # fmt: skip
        self.silent.say(f"{len(report.silent):,}", of_readers)
        self.read_names.setEnabled(bool(report.readers))
        self.left_names.setEnabled(bool(report.opted_out))
        for made in (self.follow, self.silent_names):
            made.setEnabled(bool(report.silent))
        self.curve.show_report(report)
        self.funnel.show_report(report)
        self.colours.show_report(report)
        self.gap.setText(words.gap(report))
        self.gap.setVisible(report.missing > 0)

    def _found(self) -> frozenset[int] | None:
        return self.recipients.model.narrowed_to

    def _open_line(self, key: str) -> None:
        report = self.report
        lines = [line for stage in report.stages for line in words.shown_lines(stage)
                 if line[0] == key] if report is not None else []  # fmt: skip
        for _, name, members in lines:
            self._open(name, self.funnel.formula.text(), members)

    def _open_readers(self, _campaign: str, elapsed_s: float) -> None:
        if self.report is not None:
            self._tasks.spawn(self._find_readers(self.report, elapsed_s))

    async def _find_readers(self, report: CampaignReport, elapsed_s: float) -> None:
        members = await self._port.readers_within(report, timedelta(seconds=elapsed_s))
        name = translate("Report", "Read within {time}").format(time=after(elapsed_s))
        self._open(name, words.formula(words.CURVE), members)

    def _open_of(self, card: Explained, name: str, members: tuple[int, ...]) -> None:
        self._open(name, card.formula.text(), members)

    def _open_read(self) -> None:
        if self.report is not None:
            self._open(words.step_name(Step.READ), words.formula(words.READ), self.report.readers)

    def _open_left(self) -> None:
        if self.report is not None:
            self._open(words.title(words.OPT_OUT), words.formula(words.OPT_OUT),
                       self.report.opted_out)  # fmt: skip

    def _open_silent(self) -> None:
        if self.report is not None:
            self._open(words.title(words.SILENT), words.formula(words.SILENT), self.report.silent)

    def _open(self, name: str, about: str, members: tuple[int, ...]) -> None:
        self.names.open(self._named(name), about, members)

    def _follow_up(self) -> None:
        if self.report is not None:
            name = self._named(words.title(words.SILENT))
            self.names.follow_up(name, self.report.silent, self.report.campaign_id)

    def _named(self, what: str) -> str:
        title = self.report.title if self.report is not None else ""
        return f"{title} · {what}".lstrip(" ·")

    def _copy(self) -> None:
        if self.report is not None:
            QGuiApplication.clipboard().setText(words.as_data(self.report))
            self._say(translate("Report", "The figures are copied."))

    # --- language -------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was shown is in it soon."""
        super().showEvent(event)
        if self.report is not None:
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _say(self, text: str) -> None:
        """What came of the last step; nothing takes no room."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _speak(self) -> None:
        texts: tuple[tuple[Callable[[str], object], str], ...] = (
            (self.back.setText, translate("Report", "Campaign")),
            (self.copy.setText, translate("Report", "Copy as data")),
            (self.read_names.setText, translate("Report", "Names…")),
            (self.left_names.setText, translate("Report", "Names…")),
            (self.silent_names.setText, translate("Report", "Names…")),
            (self.follow.setText, translate("Report", "Write to them again")),
        )
        for tell, text in texts:
            tell(text)
        self.export.speak()
        for made, what in ((self.read_names, words.READ), (self.left_names, words.OPT_OUT),
                           (self.silent_names, words.SILENT)):  # fmt: skip
            made.setAccessibleName(f"{words.title(what)}: {translate('Report', 'Names…')}")
        if self.report is not None:
            self.show_report(self.report)
