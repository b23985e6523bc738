"""Colours that members touched, in a campaign's report: counted, named, copied, exported."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from console.store.replica_report_colours import Tapped
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.views.campaigns import report_sheets
from console.views.campaigns.report_page import ReportPage
from console.views.campaigns.segment_names import NamesWindow
from console.wire.trade_rows import ProductRow
from tests.gui.memory_desk import MemoryDesk
from tests.gui.test_accessible import unnamed
from tests.gui.test_campaign_report import click, memory, page, screen

__all__ = ["page", "screen"]

COAT = ProductRow(id=1, rev=1, shop_id=1, sku="a", name="风衣", name_en="Trench coat")
SHIRT = ProductRow(id=2, rev=1, shop_id=1, sku="b", name="衬衫", name_en="Shirt")
IVORY = Tapped(product=COAT, colour="米白", colour_en="Ivory", members=(1, 2, 3, 4, 5))
NAVY = Tapped(product=COAT, colour="藏青", colour_en="Navy", members=(2, 6))
PLAIN = Tapped(product=SHIRT, colour="浅蓝", members=(7,))


async def touch(page: ReportPage, desk: MemoryDesk, until: Any, *colours: Tapped) -> None:
    memory(desk).facts = replace(memory(desk).facts, colours=colours)
    memory(desk).tell()
    await until(lambda: page.report is not None and len(page.report.colours) == len(colours))


def lines(page: ReportPage) -> list[tuple[str, int]]:
    return [(bar.words, bar.count) for bar in page.colours.bars.bars]


async def test_colours_stand_by_how_many_touched_them_and_open_their_names(
    page: ReportPage, desk: MemoryDesk, appearance: Appearance, until: Any
) -> None:
    assert not page.colours.isVisible()  # nobody touched one yet
    await touch(page, desk, until, IVORY, NAVY)
    assert page.colours.isVisible()
    assert lines(page) == [("Ivory", 5), ("Navy", 2)]
    assert not unnamed(page)
    page.colours.bars.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(page.colours.bars, key)
    window = page.findChild(NamesWindow)
    assert isinstance(window, NamesWindow)
    await until(lambda: window.model.complete)
    assert window.windowTitle() == "周一新款 · Colours touched · Navy"
    assert window.model.rowCount() == 2
    window.reject()
    appearance.set_language("zh")
    await until(lambda: lines(page)[0] == ("米白", 5))
    appearance.set_language("en")
    await until(lambda: lines(page)[0] == ("Ivory", 5))


async def test_of_several_articles_each_colour_says_whose_and_goes_along_as_data(
    page: ReportPage, desk: MemoryDesk, until: Any
) -> None:
    await touch(page, desk, until, IVORY, PLAIN)
    assert lines(page) == [("Ivory · Trench coat", 5), ("浅蓝 · Shirt", 1)]
    click(page.copy)
    copied = QGuiApplication.clipboard().text().split("\n")
    at = copied.index("Colours touched")
    assert copied[at + 1 : at + 3] == ["Ivory · Trench coat\t5", "浅蓝 · Shirt\t1"]
    assert page.report is not None
    sheets = report_sheets.whole(page.report, [], None, None, ShopClock("Asia/Shanghai"))
    touched = next(sheet for sheet in sheets if sheet.title == "Colours touched")
    assert list(touched.rows) == [("Ivory · Trench coat", 5), ("浅蓝 · Shirt", 1)]
