"""Two versions side by side in the report: rates, verdict, names behind them, exported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from console.domain.segments import Listed
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.report_page import ReportPage
from console.views.campaigns.segment_names import NamesWindow
from console.wire.campaign_rows import CampaignContent, CampaignVariant
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_reports import SENT, facts
from tests.gui.test_accessible import unnamed
from tests.gui.test_campaign_report import click, memory, page, screen  # noqa: F401 - fixtures

FIRST = (*range(1, 46), *range(106, 121))
"""45 of these 60 read it, of the 60 others 15."""
HALVES = (CampaignVariant(name="A", share=50), CampaignVariant(name="B"))
SEXES = (CampaignVariant(name="women", rule=0), CampaignVariant(name="men", rule=0))


def divide(desk: MemoryDesk, variants: Sequence[CampaignVariant]) -> None:
    reports, sent = memory(desk), facts(120, 60)
    first, second = (each.name for each in variants)
    row = replace(sent.row, content=CampaignContent(variants=list(variants)))
    audience = [(who, *times, first if who in FIRST else second)
                for who, *times, _ in sent.audience]  # fmt: skip
    reports.facts = replace(sent, row=row, audience=audience)
    reports.tell()


async def test_a_and_b_are_compared_once_when_everybody_had_three_days(
    page: ReportPage, desk: MemoryDesk, until: Any  # noqa: F811
) -> None:  # fmt: skip
    card = page.versions
    assert card.isHidden()
    memory(desk).as_of = SENT + timedelta(minutes=90)
    divide(desk, HALVES)
    await until(card.isVisible)
    assert card.verdict.text() == (
        "No verdict yet: it is still being read. Look again on 11-26 10:00."
    )
    assert card.difference.value.text() == "–"
    memory(desk).as_of = SENT + timedelta(hours=72)
    memory(desk).tell()
    await until(
        lambda: card.verdict.text() == "Version A did better than Version B: by more than chance."
    )
    first, second = card.versions
    assert (first.name.text(), first.value.text()) == ("Version A", "Too few to tell")
    assert first.beside.text() == "45 of 60 · the interval is wider than 20 points"
    assert second.beside.text().startswith("15 of 60")
    assert card.difference.value.text() == "+50.0 points"
    assert card.difference.beside.text() == (
        "Version A − Version B · 95 % interval +32.7 to +63.0 points"
    )
    assert not unnamed(card)
    click(page.copy)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert "Version B: read within 72 h\t15\t60\tToo few to tell" in copied
    assert "Two versions: difference\t+50.0 points" in copied


async def test_the_names_of_a_version_get_a_campaign_in_one_step(
    page: ReportPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any  # noqa: F811
) -> None:  # fmt: skip
    divide(desk, HALVES)
    await until(page.versions.isVisible)
    QTest.keyClick(page.versions.versions[1].unread, Qt.Key.Key_Space)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert window.model.rowCount() == 45
    (write,) = (each for each in window.findChildren(QAbstractButton)
                if each.text() == "New campaign to them")  # fmt: skip
    click(write)
    await until(lambda: screen.composing and screen.composer.editing.client_id != "sent")
    draft = desk.campaigns.saves[-1]
    assert draft.title == "周一新款 · Version B: not read within 72 h"
    assert draft.rule == Listed(tuple(range(61, 106)))


async def test_women_and_men_are_compared_without_a_verdict_also_in_the_file(
    page: ReportPage, desk: MemoryDesk, until: Any, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    divide(desk, SEXES)
    await until(page.versions.isVisible)
    said = "No verdict: chance did not divide them. The people differ, not only what they got."
    assert page.versions.verdict.text() == said
    await page.export.write(tmp_path / "report.xlsx")
    book = load_workbook(tmp_path / "report.xlsx")
    rows = {row[0]: row[1:] for row in book["Figures"].iter_rows(values_only=True)}
    assert rows["Women: read within 72 h"][:3] == (45, 60, "Too few to tell")
    assert rows["Men: read within 72 h"][:3] == (15, 60, "Too few to tell")
    difference = rows["Two versions: difference"]
    assert difference[:3] == (None, None, 0.5)
    assert difference[5].endswith(said)
    terms = [row[0] for row in book["Definitions"].iter_rows(values_only=True)]
    assert "Two versions" in terms
