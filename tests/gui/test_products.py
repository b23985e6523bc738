"""The catalogue's screen: found, scanned, edited and taken back, counted; what is beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from console.desk.product_types import NewProduct
from console.desk.types import LinkState
from console.models.products_model import COLUMNS, ProductsModel
from console.ui.keymap import keymap
from console.views.products.new_window import NewProductWindow
from console.views.products.page import ProductsPage
from console.views.rail import PRODUCTS
from console.views.shell import Shell
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_products import MemoryProducts
from tests.gui.screens import Screens

RED_L, RED_M, BLUE_L, JEANS = 1, 2, 3, 4


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    shell = screens.shell(desk)
    shell.show_section(PRODUCTS)
    return shell


@pytest.fixture
async def page(shell: Shell, until: Any) -> ProductsPage:
    page = shell.products.page
    assert page is not None
    await until(lambda: page.model.rowCount() == 4)
    await rest(shell, until)
    return page


async def rest(shell: Shell, until: Any) -> None:
    await until(lambda: shell.products.tasks.idle)


def key(to: QWidget, *what: Any) -> None:
    QTest.keyClick(to, *what)


def scan(page: ProductsPage, code: str) -> None:
    """What a scanner does: it types wherever the keyboard is, and presses Enter."""
    for sign in code:
        QTest.keyClick(page.window().focusWidget(), sign)
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)


def edit(page: ProductsPage, variant_id: int, column: str, text: str) -> None:
    """Type into a cell as the keyboard does."""
    page.table.setFocus()
    page.table.select_variant(variant_id, COLUMNS.index(column))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def cell(page: ProductsPage, variant_id: int, column: str) -> str:
    row = page.model.row_of(variant_id)
    return str(page.model.index(row, COLUMNS.index(column)).data())


async def test_the_model_keeps_what_qt_expects(desk: MemoryDesk, until: Any, shell: Shell) -> None:
    model = ProductsModel(desk.products, shell.products.tasks.spawn)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.refresh()
    await until(lambda: model.rowCount() == 4)
    desk.products.items.pop(RED_M)
    model.refresh()
    await until(lambda: model.rowCount() == 3)


async def test_only_rows_that_are_looked_at_are_read(
    desk: MemoryDesk, until: Any, shell: Shell
) -> None:
    for number in range(10, 3_010):
        desk.products.add(number, sku=f"N{number}", name="衣")
    model = ProductsModel(desk.products, shell.products.tasks.spawn)
    await rest(shell, until)
    desk.products.read.clear()
    model.refresh()
    await until(lambda: model.rowCount() == 3_004)
    model.index(1_500, 0).data()
    await rest(shell, until)
    assert 0 < len(desk.products.read) < 100
    assert model.id_at(1_500) in desk.products.read


async def test_a_scanner_finds_its_variant_wherever_the_keyboard_is(
    page: ProductsPage, until: Any
) -> None:
    for focus in (page.table, page.head.search):
        focus.setFocus()
        scan(page, "2000000000013")
        await until(lambda: page.detail.item and page.detail.item.variant_id == BLUE_L)
        scan(page, "2000000000011")
        await until(lambda: page.detail.item and page.detail.item.variant_id == RED_L)
        assert page.head.search.selectedText() == "2000000000011"


async def test_an_unknown_barcode_is_said_and_begins_the_new_article(
    shell: Shell, page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    page.head.search.setFocus()
    scan(page, "6900000000001")
    await until(lambda: "6900000000001" in shell.toast.text)
    window = page.begin_article()
    window.edits["sku"].setText("N1")
    window.edits["name"].setText("新裙子")
    window.edits["colours"].setText("红 蓝")
    window.edits["sizes"].setText("S,M")
    window.ok.click()
    await until(lambda: desk.products.calls)
    ((_, made),) = desk.products.calls
    assert (made.sku, made.fresh, [(v.colour, v.size) for v in made.variants]) == (
        "N1", True, [("红", "S"), ("红", "M"), ("蓝", "S"), ("蓝", "M")])  # fmt: skip
    assert made.variants[0].barcode == "6900000000001"


async def test_what_a_new_article_cannot_be_is_said_at_its_field(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    window: NewProductWindow = page.begin_article()
    window.edits["price"].setText("teuer")
    window.ok.click()
    assert window.fields["price"].fault_text
    window.edits["price"].setText("")
    desk.products.failures["create"] = Refusal(Code.COMMAND_INVALID, field="name")
    window.ok.click()
    await until(lambda: window.fields["name"].fault_text)
    window.reject()


async def test_words_categories_and_heads_narrow_and_order(page: ProductsPage, until: Any) -> None:
    page.head.search.setText("风衣 L")
    await until(lambda: page.model.rowCount() == 2)
    page.head.search.clear()
    page.head.category.setCurrentIndex(page.head.category.findData("裤子"))
    page.head.category.activated.emit(page.head.category.currentIndex())
    await until(lambda: page.model.rowCount() == 1)
    page.head.show_all()
    await until(lambda: page.model.rowCount() == 4)
    head = page.table.horizontalHeader()
    for first in (RED_M, BLUE_L, RED_L):
        head.sectionClicked.emit(COLUMNS.index("stock"))
        await until(lambda first=first: page.model.id_at(0) == first)


async def test_nothing_found_offers_everything_again(page: ProductsPage, until: Any) -> None:
    page.head.search.setText("没有的")
    await until(page.empty.isVisible)
    page.empty.button.click()
    await until(lambda: page.table.isVisible() and page.model.rowCount() == 4)


async def test_a_cell_is_edited_taken_back_and_done_again(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    edit(page, RED_L, "price", "¥499.50")
    await until(lambda: cell(page, RED_M, "price") == "¥499.50")
    edit(page, RED_L, "shelf", "B 区")
    await until(lambda: cell(page, RED_L, "shelf") == "B 区")
    page.table.setFocus()
    key(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: cell(page, RED_L, "shelf") == "")
    key(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: cell(page, RED_L, "price") == "¥599")
    key(page.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: cell(page, RED_L, "price") == "¥499.50")
    assert desk.products.calls[-1] == ("edit", "price", 59_900, 49_950)
    assert page.edits.can_undo
    assert page.edits.can_redo


async def test_what_a_cell_cannot_hold_is_said_and_changes_nothing(
    shell: Shell, page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    edit(page, RED_L, "stock", "viele")
    await until(lambda: "1,000,000" in shell.toast.text)
    desk.products.failures["edit"] = Refusal(Code.COMMAND_INVALID, field="barcode")
    edit(page, RED_L, "barcode", "1")
    await until(lambda: "barcode" in shell.toast.text.lower())
    assert desk.products.calls == []
    assert not page.edits.can_undo


async def test_the_stock_of_a_cell_is_a_count_of_what_was_shown(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    edit(page, RED_L, "stock", "7")
    await until(lambda: cell(page, RED_L, "stock") == "7")
    page.edits.undo()
    await until(lambda: cell(page, RED_L, "stock") == "2")
    assert desk.products.calls == [("count", RED_L, 7, 2), ("count", RED_L, 2, 7)]


async def test_what_comes_in_meanwhile_takes_no_cell_away_that_is_written_into(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    page.table.setFocus()
    page.table.select_variant(RED_L, COLUMNS.index("shelf"))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    editor.insert("B")
    desk.products.add(9, sku="N9", name="新来的")
    desk.products.tell()
    editor.insert("2")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await until(lambda: page.model.rowCount() == 5 and cell(page, RED_L, "shelf") == "B2")


async def test_a_clerk_counts_but_edits_no_article(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.products.may_edit = False
    shell = screens.shell(desk)
    shell.show_section(PRODUCTS)
    page = shell.products.page
    assert page is not None
    await until(lambda: page.model.rowCount() == 4)
    editable = {
        column for place, column in enumerate(COLUMNS)
        if page.model.index(0, place).flags() & Qt.ItemFlag.ItemIsEditable
    }  # fmt: skip
    assert editable == {"stock"}
    assert not page.head.new.isVisible()


async def test_beside_the_table_stands_what_is_known_of_a_variant(
    page: ProductsPage, until: Any
) -> None:
    page.table.select_variant(RED_L)
    await until(lambda: page.detail.item is not None)
    detail = page.detail
    assert [detail.grid.item(0, place).text() for place in (1, 2)] == ["0", "2"]
    assert detail.ledger.titles == ["+2  Opening stock"]
    assert detail.alike.titles == ["牛仔裤 · 29"]
    detail.alike.choose()
    detail.alike.setCurrentRow(0)
    detail.alike.choose()
    await until(lambda: detail.item and detail.item.variant_id == JEANS)
    assert detail.item is not None
    assert detail.item.oversold == 1


async def test_units_are_booked_with_their_reason(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    window = page.ask_stock(desk.products.items[RED_L], counts=False)
    assert window is not None
    window.units.setText("3")
    assert "5" in window.after.text()
    window.reason.setCurrentIndex(window.reason.findData("moved"))
    window.units.setText("-9")
    window.ok.click()
    assert window.units_field.fault_text
    window.units.setText("-2")
    window.note.setText("二店")
    window.ok.click()
    await until(lambda: desk.products.calls == [("move", RED_L, -2, "moved", "二店")])


async def test_a_refused_edit_is_told_and_can_be_left(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    page.table.select_variant(RED_L)
    desk.products.change(RED_L, failure="conflict", entry=77)
    await until(page.detail.fault.isVisible)
    page.detail.give_up.click()
    await until(lambda: ("discard", 77) in desk.products.calls)


async def test_offline_and_waiting_are_said_above_the_table(
    page: ProductsPage, until: Any, desk: MemoryDesk
) -> None:
    assert not page.offline.isVisible()
    desk.tell_link(LinkState(phase="offline", since=datetime.now(UTC)))
    assert page.offline.isVisible()
    desk.products.new = [NewProduct(sku="N1", name="裙子", failure="product.sku", entry=5,
                                    parameters={"sku": "N1"})]  # fmt: skip
    desk.products.tell()
    await until(page.waiting.isVisible)
    page.waiting.button.click()
    await until(lambda: ("discard", 5) in desk.products.calls)


async def test_goods_that_cannot_be_read_are_asked_for_again(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    products: MemoryProducts = desk.products
    products.failures["ids"] = OSError("disk")
    shell = screens.shell(desk)
    shell.show_section(PRODUCTS)
    page = shell.products.page
    assert page is not None
    await until(page.empty.isVisible)
    del products.failures["ids"]
    page.empty.button.click()
    await until(lambda: page.model.rowCount() == 4 and page.table.isVisible())


async def test_everything_listens_no_more_when_the_shell_is_closed(
    shell: Shell, page: ProductsPage, desk: MemoryDesk
) -> None:
    await shell.products.close_down()
    assert desk.products._listeners == []
    assert keymap().text("goods.undo")
