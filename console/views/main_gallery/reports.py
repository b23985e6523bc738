"""The report of a campaign: just sent, being read, finished, too few to tell, without a line.

The page is opened from a campaign of the shop; its states are counted from a made-up audience.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from console.desk.report_making import made
from console.desk.report_types import CampaignReport, Recipient
from console.domain.attribution import Outcome
from console.domain.statistics import Notice, OptOut, Step
from console.store.replica_reports import AudienceRow, CampaignFacts
from console.store.row_codec import to_ms
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.report_page import ReportPage
from console.views.campaigns.segment_names import NamesWindow
from console.views.main_gallery.tour import Tour, until
from console.wire.campaign_rows import CampaignRow

_MEMBERS: Final = 1_204
_SLOWEST_MIN: Final = 3_800
_DEEDS: Final = ((3, Step.ANSWERED), (5, Step.RESERVED), (4, Step.VISITED), (9, Step.BOUGHT))
"""Every so many-th reader did that."""
_STATES: Final = (
    ("fresh", timedelta(minutes=4), _MEMBERS, True),
    ("reading", timedelta(hours=5), _MEMBERS, True),
    ("finished", timedelta(days=6), _MEMBERS, True),
    ("few", timedelta(days=6), 6, True),
    ("offline", timedelta(hours=26), _MEMBERS, False),
)
"""What it is called, how long ago it was sent, to how many, and whether the line is up."""


async def reported(tour: Tour, screen: CampaignsScreen) -> None:
    """Every state, a part of the curve larger, the table, how it is counted, names of a step."""
    sent = [item for item in screen.list.items if item.counts.get("written")]
    if not sent:
        return
    progress = screen.composer.progress.report

    async def opened() -> None:
        await screen.open(sent[0].client_id)
        await until(lambda: progress.isVisible() and screen.tasks.idle, "how it stands")
        progress.click()
        await until(lambda: screen.report is not None and screen.report.isVisible(), "the report")
        await until(lambda: screen.tasks.idle, "the report")

    await tour.shoot("report", opened)
    page = screen.report
    if page is not None:
        await _states(tour, page, screen.tasks)
        page.left.emit()
    screen.composer.left.emit()
    await until(lambda: not screen.composing and screen.tasks.idle, "the list of campaigns")


async def _states(tour: Tour, page: ReportPage, tasks: Tasks) -> None:
    real, sent = page.report, page.report.written_from if page.report is not None else None
    if real is None or sent is None:
        return
    for name, age, members, live in _STATES:
        facts = _facts(real, sent, members, sent + age)
        page.show_report(made(facts, sent + age, live=live))
        await until(lambda: tasks.idle, "the report")
        page.audience.show_recipients(_recipients(facts))
        await tour.shoot(f"report-{name}")
    curve = page.curve.curve
    curve.spread("log")
    curve.zoom(2.0, 0.6)
    curve.setFocus()
    await tour.shoot("report-larger")
    curve.show_whole()
    curve.spread("root")
    switches = (page.curve.toggle, page.read.ask, page.funnel.ask)
    for switch in switches:
        switch.click()
    await tour.shoot("report-table")
    for switch in switches:
        switch.click()
    page.show_report(real)
    page.funnel.opened.emit("through/READ")
    window = page.findChild(NamesWindow)
    if isinstance(window, NamesWindow):
        await until(lambda: window.model.rowCount() > 0, "the names of who read it")
        await tour.shoot("report-names", above=window)
        window.reject()


def _recipients(facts: CampaignFacts) -> list[Recipient]:
    """Whom the made-up audience stands for; nobody has a name."""
    return [
        Recipient(member_id=who, name="", state="skipped" if written is None else "written",
                  reason="holdout" if written is None else "")
        for who, written, *_ in facts.audience
    ]  # fmt: skip


def _facts(real: CampaignReport, sent: datetime, members: int, until_at: datetime) -> CampaignFacts:
    """Half of them read it, soon or late; some of these do more."""
    title = translate("Gallery", "New on Monday · women's wear")
    row = CampaignRow(id=real.campaign_id, rev=1, shop_id=1, client_id="sample", title=title,
                      state="done", content=real.sent.content, at=sent)  # fmt: skip
    audience: list[AudienceRow] = [(members + n, None, None, None, "")
                                   for n in range(1, members // 5)]  # fmt: skip
    notices, outcomes = [], []
    for n in range(1, members + 1):
        wait = timedelta(minutes=_SLOWEST_MIN * (n * 37 % members / members) ** 4)
        read = sent + wait if n % 2 and sent + wait <= until_at else None
        answers = any(step is Step.ANSWERED and n % every == 0 for every, step in _DEEDS)
        replied = read if answers else None
        audience.append((n, to_ms(sent), None if read is None else to_ms(read),
                         None if replied is None else to_ms(replied), ""))  # fmt: skip
        notices.append(Notice(1, n, sent, None, read))
        if read is not None:
            outcomes.append(Outcome(n * 10, n, Step.READ, read, 1))
            outcomes += [Outcome(n * 10 + step, n, step, read, 1 if step < Step.VISITED else None)
                         for every, step in _DEEDS if n % every == 0]  # fmt: skip
    return CampaignFacts(
        row=row, audience=audience, notices=tuple(notices), outcomes=tuple(outcomes),
        delivered=frozenset(n for n in range(1, members + 1) if n % 11),
        opt_outs=tuple(OptOut(n, sent + timedelta(minutes=2)) for n in (3, 9, 27, 81, 243, 729)
                       if n <= members),
    )  # fmt: skip
