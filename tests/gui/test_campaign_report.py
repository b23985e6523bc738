"""The report of a campaign: figures, names behind them, the curve, live and offline."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from console.desk.campaign_types import CampaignDraft, DraftVariant
from console.desk.inbox import InboxDesk
from console.desk.report_types import AgainstHoldout, Recipient
from console.desk.reports import ReportsDesk
from console.domain import attribution, intervals, statistics
from console.domain.segments import Group, Listed, Noticed
from console.store.replica_tables import CODECS
from console.sync.station import open_station
from console.ui.appearance import Appearance
from console.ui.explained import Explained
from console.views.campaigns import CampaignsScreen, report_words
from console.views.campaigns.answer_windows import NameWindow
from console.views.campaigns.report_names import listed
from console.views.campaigns.report_page import ReportPage
from console.views.campaigns.segment_names import NamesWindow
from console.wire.campaign_rows import (
    CampaignContent,
    CampaignRow,
    CampaignVariant,
    QuestionTerms,
    RecipientRow,
)
from console.wire.offer_rows import OfferTerms
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_reports import SENT, MemoryReports, facts
from tests.gui.screens import Screens
from tests.gui.segment_shop import ME
from tests.gui.test_accessible import unnamed


def click(on: QAbstractButton) -> None:
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)


def memory(desk: MemoryDesk) -> MemoryReports:
    assert isinstance(desk.reports, MemoryReports)
    return desk.reports


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    await until(lambda: shell.campaigns.tasks.idle)
    draft = CampaignDraft(title="周一新款", variants=(DraftVariant(body="上新"),))
    desk.campaigns.put("sent", id=1, state="done", draft=draft, counts={"written": 120})
    await shell.campaigns.open("sent")
    return shell.campaigns


@pytest.fixture
async def page(screen: CampaignsScreen, until: Any) -> ReportPage:
    await until(screen.composer.progress.report.isVisible)
    click(screen.composer.progress.report)
    await until(lambda: screen.report is not None and screen.report.report is not None)
    await until(lambda: screen.tasks.idle)
    assert screen.report is not None
    return screen.report


def lines(page: ReportPage) -> list[tuple[str, int]]:
    return [(bar.words, bar.count) for bar in page.funnel.bars.bars]


async def test_a_report_tells_read_rate_opt_outs_and_every_step(
    page: ReportPage, screen: CampaignsScreen
) -> None:
    assert page.read.value.text() == "50.0 %"
    assert page.read.beside.text() == "60 of 120 · 95 % interval 41.2–58.8 %"
    assert page.opt_out.value.text() == "Too few to tell"
    assert page.opt_out.beside.text() == (
        "1 of 120 · it happened, or failed to, fewer than 5 times"
    )
    assert (page.silent.value.text(), page.silent.beside.text()) == ("40", "of 60 who read it")
    assert lines(page) == [
        ("Audience", 120), ("Written", 120), ("Delivered", 120), ("Read", 60), ("Answered", 20),
        ("Reserved", 0), ("Visited", 0), ("Bought", 0), ("Bought, at all", 9),
    ]  # fmt: skip
    assert not unnamed(page)
    click(page.back)
    assert screen.composing
    assert screen.composer.progress.report.hasFocus()


async def test_every_figure_says_how_it_is_counted_in_the_words_that_define_it(
    page: ReportPage, appearance: Appearance, until: Any
) -> None:
    for card in (page.read, page.opt_out, page.silent, page.curve, page.funnel):
        assert not card.formula.isVisible()
        QTest.keyClick(card.ask, Qt.Key.Key_Space)
        assert card.formula.isVisible()
        english = card.formula.text()
        assert card.ask.accessibleDescription() == f"{english} {card.origin.text()}"
        assert card.origin.isVisible()
        appearance.set_language("zh")
        await until(lambda: card.formula.text() != english)  # noqa: B023 - awaited here
        appearance.set_language("en")
        await until(lambda: card.formula.text() == english)  # noqa: B023 - awaited here
    said = " ".join(f"{statistics.__doc__} {statistics.read_rate.__doc__}"
                    f" {statistics.funnel.__doc__} {statistics.read_curve.__doc__}"
                    f" {statistics.opt_out_rates.__doc__}".split())  # fmt: skip
    for what, formula in (
        (report_words.READ, "Read rate = readers ÷ written."),
        (report_words.OPT_OUT, "embers who opted out ÷ members to whom it was written"),
        (report_words.CURVE, "The cumulative read rate by the time since each member's message"),
        (report_words.FUNNEL, "Audience → written → delivered → read → answered → reserved →"),
    ):  # fmt: skip
        assert formula in report_words.formula(what)
        assert formula in said
    assert attribution.WINDOW == statistics.OPT_OUT_WINDOW == timedelta(days=7)
    assert (intervals.FEWEST, intervals.WIDEST_RATE) == (5, 0.20)


async def test_every_figure_says_who_counts_it_and_what_stands_without_a_line(
    page: ReportPage, desk: MemoryDesk, until: Any
) -> None:
    ours, relays = "This computer counts it", "The relay adds it up"
    cards = page.findChildren(Explained)
    assert len(cards) == 11
    for card in cards:
        assert not card.origin.isVisible()
        assert card.origin.text().endswith("Without a line: as last known, with the time.")
    for card in (page.read, page.opt_out, page.silent, page.funnel, page.holdout):
        assert card.origin.text().startswith(ours)
    reports = memory(desk)
    reports.live = False
    reports.lack(40)
    reports.tell()
    await until(lambda: page.read.origin.text().startswith(relays))
    assert page.opt_out.origin.text().startswith(relays)
    assert page.silent.origin.text().startswith(ours)
    for card in cards:
        assert card.origin.text().endswith("There is no line: as last known, 12-02 10:00.")


async def test_each_count_opens_its_names_which_become_a_segment_or_a_campaign(
    page: ReportPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    bars = page.funnel.bars
    assert bars.hasFocus()
    for _ in range(4):
        QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert window.model.rowCount() == 20
    keep, write = (each for each in window.findChildren(QAbstractButton)
                   if each.text() in ("Save as a segment…", "New campaign to them"))  # fmt: skip
    click(keep)
    asks = page.findChild(NameWindow)
    assert isinstance(asks, NameWindow)
    assert asks.name.text() == "周一新款 · Answered"
    click(asks.take)
    await until(page.note.isVisible)
    assert desk.segments.kept[-1].rule == Listed(tuple(range(1, 21)))
    click(write)
    await until(lambda: screen.composing and screen.composer.editing.client_id != "sent")
    assert desk.campaigns.saves[-1].rule == Listed(tuple(range(1, 21)))


async def test_the_read_rate_opens_exactly_its_readers(
    page: ReportPage, desk: MemoryDesk, until: Any
) -> None:
    assert page.read_names.accessibleName() == "Read rate: Names…"
    click(page.read_names)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.rowCount() > 0)
    [keep] = (each for each in window.findChildren(QAbstractButton)
              if each.text() == "Save as a segment…")  # fmt: skip
    click(keep)
    asks = page.findChild(NameWindow)
    assert isinstance(asks, NameWindow)
    assert asks.name.text() == "周一新款 · Read"
    click(asks.take)
    await until(page.note.isVisible)
    assert desk.segments.kept[-1].rule == Listed(tuple(range(1, 61)))
    reports = memory(desk)
    reports.facts = facts(120, 0)
    reports.tell()
    await until(lambda: page.read.value.text() == "Too few to tell")
    assert not page.read_names.isEnabled()


async def test_who_read_and_did_not_answer_gets_a_follow_up_in_one_step(
    page: ReportPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    click(page.follow)
    await until(lambda: screen.composing and screen.composer.editing.client_id != "sent")
    draft = desk.campaigns.saves[-1]
    assert draft.title == "周一新款 · Read, not answered"
    assert draft.rule == Group("all", (
        Listed(tuple(range(21, 61))), Group("none", (Noticed("answered", (1,)),)),
    ))  # fmt: skip


async def test_every_word_of_a_report_goes_by_the_window_that_is_set(
    page: ReportPage, desk: MemoryDesk, until: Any
) -> None:
    reports = memory(desk)
    assert "within 7 days" in page.funnel.formula.text()
    reports.facts = replace(reports.facts, window=timedelta(days=14))
    reports.tell()
    await until(lambda: page.report is not None and page.report.window_days == 14)
    await until(lambda: page.holdout.bought.name.text() == "Bought within 14 days")
    assert page.holdout.came.name.text() == "Came within 14 days"
    for formula in (page.funnel.formula.text(), page.holdout.formula.text()):
        assert "within 14 days" in formula
        assert "7 days" not in formula


async def test_beside_the_holdout_it_says_what_it_led_to_or_that_it_cannot(
    page: ReportPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    card, reports = page.holdout, memory(desk)
    assert (card.bought.value.text(), card.came.value.text()) == ("+10.0 points", "Too few to tell")
    assert card.bought.beside.text() == (
        "400 of 1,000 who got it, 60 of 200 held out · 95 % interval +2.7 to +16.7 points"
    )
    assert card.verdict.text() == "It made more members buy: by more than chance."
    click(card.names[card.bought])
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert (window.windowTitle(), window.model.rowCount()) == ("周一新款 · Bought within 7 days", 3)
    window.reject()
    reports.holdout = AgainstHoldout(ends_at=SENT + timedelta(days=7))
    reports.tell()
    await until(lambda: not card.bought.isVisible())
    assert card.verdict.text() == "It is compared on 11-30 10:00, when its time of 7 days is over."
    reports.holdout = None
    reports.tell()
    missing = "Not known here: rows of it are kept on the relay only."
    await until(lambda: card.verdict.text() == missing)


async def test_who_got_none_stands_with_the_reason_and_opens_by_name(
    page: ReportPage, screen: CampaignsScreen, until: Any
) -> None:
    people = [
        *(Recipient(member_id=n, name="", state="skipped", reason="holdout") for n in (1, 2)),
        Recipient(member_id=3, name="", state="skipped", reason="cap"),
        *(Recipient(member_id=n, name="") for n in range(4, 10)),
    ]
    page.audience.show_recipients(people)
    bars = page.audience.bars
    assert [(bar.words, bar.sign, bar.count, bar.start) for bar in bars.bars] == [
        ("Audience", "", 9, 0), ("Enough this week", "−", 1, 8), ("Holdout", "−", 2, 6),
        ("Got it", "", 6, 0),
    ]  # fmt: skip
    bars.setFocus()
    for _ in range(2):
        QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert (window.windowTitle(), window.model.rowCount()) == ("周一新款 · Holdout", 2)


async def test_what_was_sent_stands_with_its_offer_and_a_recall_is_noted(
    page: ReportPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    reports = memory(desk)
    women, men = CampaignVariant(name="women", body="{name},新裙子"), CampaignVariant(name="men")
    offer = OfferTerms(title="8 折", quantity=30, ends_at=SENT, valid_until=SENT)
    question = QuestionTerms(text="想添什么?", choices=["厚外套", "卫衣"])
    content = CampaignContent(variants=[women, men], offer=offer, question=question)
    counts = {"written": 120, "claimed": 12, "redeemed": 5, "recalled_unread": 40,
              "recalled_read": 60}  # fmt: skip
    row = replace(reports.facts.row, content=content, counts=counts)
    reports.facts = replace(reports.facts, row=row)
    reports.tell()
    await until(lambda: len(page.sent.said) == 5)
    assert page.sent.said == [
        "Women", "〔Name〕,新裙子", "Men", "Asks: 想添什么? / 厚外套 / 卫衣",
        "Offers: 8 折, claimed 12 of 30, redeemed 5",
    ]  # fmt: skip
    told = replace(row, kind="correction", counts={"written": 60, "read": 22})
    gone = replace(row, content=CampaignContent(), recalled_at=SENT + timedelta(hours=3))
    reports.facts = replace(reports.facts, row=gone, corrections=(told,))
    reports.tell()
    await until(lambda: len(page.sent.said) == 2)
    recalled, corrected = page.sent.said
    assert recalled.startswith(
        "Taken back on 2026-11-23 13:00: 40 unread copies vanished, 60 had been read."
    )
    assert corrected == "The correction went to 60, 22 of whom read it."


async def test_answers_to_its_question_are_tallied_and_open_by_name(
    page: ReportPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    assert not page.answers.isVisible()
    desk.answers.asked = QuestionTerms(text="想添什么?", choices=["厚外套", "卫衣"])
    for name in ("林小雨", "周雨桐"):
        desk.answers.answer(name, 0)
    memory(desk).tell()
    await until(page.answers.isVisible)
    assert [(bar.words, bar.count) for bar in page.answers.bars.bars] == [
        ("厚外套", 2),
        ("卫衣", 0),
    ]
    page.answers.bars.setFocus()
    QTest.keyClick(page.answers.bars, Qt.Key.Key_Return)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert (window.windowTitle(), window.model.rowCount()) == ("周一新款 · Answers · 厚外套", 2)


async def test_another_campaign_never_shows_these_figures(
    page: ReportPage, screen: CampaignsScreen
) -> None:
    click(page.back)
    await screen.show_report(2)  # gone meanwhile
    assert screen.composing
    assert not page.isVisible()


def test_more_members_than_a_list_may_name_become_several() -> None:
    rule = listed(range(1, 9_001))
    assert isinstance(rule, Group)
    assert [len(part.members) for part in rule.parts if isinstance(part, Listed)] == [
        4_000, 4_000, 1_000,
    ]  # fmt: skip


async def test_the_curve_is_read_out_by_pointer_and_keys_and_stands_as_a_table(
    page: ReportPage,
) -> None:
    curve = page.curve.curve
    (series,) = curve.series
    assert series.spots[0].share == 0.0
    assert series.spots[-1].share == pytest.approx(0.5)
    half_an_hour = curve.place(next(s for s in series.spots if s.elapsed_s >= 1_800))
    QTest.mouseMove(curve, QPointF(half_an_hour.x(), 40).toPoint())
    assert curve.reading is not None
    assert curve.reading[1].share == pytest.approx(0.25, abs=0.02)
    curve.setFocus()
    QTest.keyClick(curve, Qt.Key.Key_Home)
    assert curve.accessibleDescription() == "0 min after sending: 0.0 % had read it · 0 members"
    QTest.keyClick(curve, Qt.Key.Key_T)
    table = page.curve.table
    assert table.hasFocus()
    rows = [[table.rows.index(row, column).data() for column in range(4)]
            for row in range(table.rows.rowCount())]  # fmt: skip
    assert ["30 min", "25.0 %", "30", "120"] in rows
    assert ["72 h", "50.0 %", "60", "120"] in rows
    click(page.copy)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert "Read rate\t60\t120\t0.5000\t0.4119\t0.5881" in copied
    assert "30\t0.2500\t30\t120" in copied


async def test_a_point_of_the_curve_opens_who_had_read_by_then_and_a_funnel_is_a_table_too(
    page: ReportPage, until: Any
) -> None:
    curve = page.curve.curve
    quarter = next(s for s in curve.series[0].spots if s.elapsed_s >= 900)
    assert quarter.count == 19  # the n-th reader read n minutes later, and this is at 19.2
    QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=curve.place(quarter).toPoint())
    await until(lambda: page.findChild(NamesWindow) is not None)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert window.model.rowCount() == 19
    window.reject()
    page.funnel.copy_data()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[:3] == ["Funnel", "Step\tMembers", "Audience\t120"]


async def test_reads_come_in_while_one_looks_and_the_line_may_be_down(
    page: ReportPage, desk: MemoryDesk, until: Any
) -> None:
    reports = memory(desk)
    reports.facts, reports.as_of = facts(4, 1), SENT + timedelta(minutes=65)
    reports.tell()
    await until(lambda: page.read.value.text() == "Too few to tell")
    assert page.read.beside.text().startswith("1 of 4 · ")
    assert page.curve.curve.series[0].spots[-1].elapsed_s == 65 * 60
    assert page.state.accessibleName() == "Being read · as of 11-23 11:05"
    reports.live = False
    reports.lack(3)
    reports.tell()
    await until(lambda: page.state.accessibleName() == "Offline · as of 11-23 11:05")
    assert page.gap.text().startswith("3 more got it")


async def test_two_thousand_reads_in_a_burst_never_hold_the_loop_up(
    page: ReportPage, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    station = await open_station(tmp_path, "http://127.0.0.1:9", "")
    inbox = InboxDesk(station, ME)
    now, members = datetime.now(UTC), 2_000
    row = CampaignRow(id=1, rev=1, shop_id=1, client_id="sent", title="周一新款", state="done",
                      content=CampaignContent(), counts={"written": members}, at=now)  # fmt: skip
    got = [RecipientRow(id=n, rev=1, campaign_id=1, member_id=n, state="written", counted=True,
                        written_at=now, at=now) for n in range(1, members + 1)]  # fmt: skip
    with station.replica.writing() as db:
        db.executemany(CODECS["campaign"].insert, CODECS["campaign"].tuples([row]))
        db.executemany(CODECS["recipient"].insert, CODECS["recipient"].tuples(got))
    page._port = ReportsDesk(station, inbox)
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:  # the loop's own time: what else runs on the computer does not count
            began = time.thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - began)

    def read(first: int) -> None:
        with station.replica.writing() as db:
            db.execute("UPDATE recipient SET read_at = ? WHERE id > ? AND id <= ?",
                       (int(now.timestamp() * 1000), first, first + 20))  # fmt: skip

    heart = asyncio.ensure_future(beat())
    for first in range(0, members, 20):
        await asyncio.to_thread(read, first)
        for _ in range(20):
            page.reload()
    await until(lambda: page.read.beside.text().startswith("2,000 of 2,000"))
    heart.cancel()
    await inbox.close()
    await station.close()
    assert longest < 0.05
