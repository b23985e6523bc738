"""A card of a report: the two versions of the campaign side by side, and which did better."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from console.desk.report_types import CampaignReport, VersionTold
from console.ui import campaign_phrases, told_share
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.i18n import translate
from console.ui.widgets import button, label, snug
from console.views.campaigns import report_words, version_words
from console.views.campaigns.figure_column import FigureColumn
from console.views.campaigns.report_names import ReportNames


class _Version(FigureColumn):
    """One version, with who is behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.readers, self.unread = button("small"), button("small")
        for made in (self.readers, self.unread):
            self.foot.addWidget(made)
        self.foot.addStretch(1)

    def show_version(self, found: VersionTold) -> None:
        """Show its read rate."""
        self.say(campaign_phrases.variant(found.name), told_share.value(found.read.told),
                 report_words.beside(found.read))  # fmt: skip
        self.readers.setText(translate("Report", "Who read it…"))
        self.unread.setText(translate("Report", "Who did not…"))
        self.readers.setAccessibleName(version_words.readers(found))
        self.unread.setAccessibleName(version_words.unread(found))
        self.readers.setEnabled(bool(found.readers))
        self.unread.setEnabled(len(found.readers) < len(found.written))


class VersionsCard(Explained):
    """Hidden for a campaign that is the same for all."""

    def __init__(self, names: ReportNames, clock: ShopClock) -> None:
        super().__init__(version_words.title, version_words.formula)
        self._names, self._clock = names, clock
        self._report: CampaignReport | None = None
        self.versions, self.difference = (_Version(), _Version()), FigureColumn()
        self.verdict = label("strong", wrap=True)
        row = QHBoxLayout()
        snug(row, spacing=24)
        for part in (*self.versions, self.difference):
            row.addWidget(part, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.verdict)
        for number, part in enumerate(self.versions):
            part.readers.clicked.connect(lambda _=False, n=number: self._open(n, read=True))
            part.unread.clicked.connect(lambda _=False, n=number: self._open(n, read=False))
        self.hide()
        self.speak()

    def show_report(self, report: CampaignReport) -> None:
        """Show its versions."""
        self._report = report
        found = report.comparison
        self.setVisible(found is not None)
        if found is None:
            return
        for part, version in zip(self.versions, found.versions, strict=True):
            part.show_version(version)
        self.difference.say(translate("Report", "Difference"), version_words.difference(found),
                            version_words.beside(found))  # fmt: skip
        self.verdict.setText(version_words.verdict(found, self._clock))

    def _open(self, number: int, *, read: bool) -> None:
        report = self._report
        if report is None or report.comparison is None:
            return
        version = report.comparison.versions[number]
        words = version_words.readers(version) if read else version_words.unread(version)
        members = version.readers if read else version.unread
        self._names.open(f"{report.title} · {words}".lstrip(" ·"), version_words.formula(), members)
