"""A list of goods is looked at before it is taken; every line that is not says why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.product_types import SavedArticle
from console.desk.types import LinkState
from console.views.products.import_window import ImportWindow
from console.views.rail import PRODUCTS
from console.wire.commands import SaveProduct
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

LIST = """货号,名称,颜色,尺码,价格,库存,随便
W001,红色风衣,红,L,499,2,
N1,裙子,白,S,199,3,
,没有货号,,,,,
N2,裤子,黑,M,贵,1,
N1,,白,M,,1,
M001,牛仔裤,,29,299,1,
"""


@pytest.fixture
async def window(screens: Screens, desk: MemoryDesk, until: Any) -> ImportWindow:
    shell = screens.shell(desk)
    shell.show_section(PRODUCTS)
    page = shell.products.page
    assert page is not None
    await until(lambda: page.model.rowCount() == 4)
    return page.begin_import()


async def take(window: ImportWindow, folder: Path, until: Any, text: str = LIST) -> None:
    file = folder / "goods.csv"
    file.write_bytes(text.encode("gb18030"))
    window.take_file(file)
    await until(lambda: window.planned and window.tasks.idle)


def report(window: ImportWindow) -> list[str]:
    return window._found.stringList()


def cells(window: ImportWindow) -> list[tuple[str, ...]]:
    table = window.preview
    found = [[table.item(row, place) for place in range(4)] for row in range(table.rowCount())]
    return [tuple(item.text() if item is not None else "" for item in row) for row in found]


async def test_a_list_shows_what_it_would_do_before_anything_is_sent(
    window: ImportWindow, tmp_path: Path, until: Any, desk: MemoryDesk
) -> None:
    assert not window.start.isEnabled()
    await take(window, tmp_path, until)
    assert cells(window) == [
        ("W001", "红色风衣", "changed", "1"), ("N1", "裙子", "new", "2"),
        ("M001", "牛仔裤", "already so", "1"),
    ]  # fmt: skip
    assert [line.split(":")[0] for line in report(window)] == ["Line 4", "Line 5"]
    assert "2 lines" in window.summary.text()
    assert desk.products.calls == []
    window.start.click()
    await until(lambda: window.run and window.start.isEnabled())
    sent = [command for _, command in desk.products.calls]
    assert [(each.sku, each.price, each.seen) for each in sent] == [
        ("W001", 49_900, {"price": 59_900}), ("N1", 19_900, {})]  # fmt: skip
    assert "2 articles" in window.summary.text()


async def test_another_column_is_chosen_where_the_guess_is_wrong(
    window: ImportWindow, tmp_path: Path, until: Any
) -> None:
    await take(window, tmp_path, until, "货号,随便\nN7,长裙\n")
    assert cells(window) == [("N7", "", "new", "1")]
    box = window.choices.boxes["name"]
    box.setCurrentIndex(box.findText("随便"))
    box.activated.emit(box.currentIndex())
    await until(lambda: cells(window) == [("N7", "长裙", "new", "1")])
    number = window.choices.boxes["sku"]
    number.setCurrentIndex(0)
    number.activated.emit(0)
    await until(lambda: window.fault.isVisible() and not window.start.isEnabled())


async def test_a_refused_article_is_told_at_its_line_and_the_others_are_taken(
    window: ImportWindow, tmp_path: Path, until: Any, desk: MemoryDesk
) -> None:
    desk.products.failures["N1"] = Refusal(
        Code.PRODUCT_BARCODE, {"sku": "W9"}, field="variants.1.barcode"
    )
    await take(window, tmp_path, until)
    window.start.click()
    await until(lambda: window.run and window.start.isEnabled())
    assert [command.sku for _, command in desk.products.calls] == ["W001"]
    assert report(window)[0].startswith("Line 6: N1 裙子")
    assert "W9" in report(window)[0]


async def test_without_a_line_nothing_is_lost_and_nothing_half_done(
    window: ImportWindow, tmp_path: Path, until: Any, desk: MemoryDesk
) -> None:
    await take(window, tmp_path, until)
    desk.tell_link(LinkState(phase="offline", since=datetime.now(UTC)))
    window.start.click()
    await until(lambda: window.fault.isVisible() and window.start.isEnabled())
    assert desk.products.calls == []
    assert "2 were left out" in window.summary.text()


async def test_esc_stops_between_two_articles(
    window: ImportWindow, tmp_path: Path, until: Any, desk: MemoryDesk
) -> None:
    many = "\n".join(f"N{number},衣,{number}" for number in range(40))
    await take(window, tmp_path, until, f"货号,名称,价格\n{many}\n")
    taken = desk.products.send

    async def send(article: SaveProduct) -> SavedArticle:
        if article.sku == "N3":
            QTest.keyClick(window, Qt.Key.Key_Escape)
        return await taken(article)

    desk.products.send = send  # type: ignore[method-assign]
    window.start.click()
    await until(window.start.isEnabled)
    assert window.isVisible()
    assert window.run is not None
    assert (window.run.taken, window.run.left) == (8, 32)
    assert len(desk.products.calls) == 8


async def test_a_file_that_is_no_table_is_said(
    window: ImportWindow, tmp_path: Path, until: Any
) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\0\1\2")
    window.take_file(tmp_path / "photo.csv")
    await until(window.fault.isVisible)
    window.take_file(tmp_path / "missing.csv")
    await until(lambda: window.tasks.idle)
    assert window.fault.text()
