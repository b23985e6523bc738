"""The goods: the table with an article beside it, what is narrowed, and the windows above it."""

from __future__ import annotations

from console.views.main_gallery.tour import Tour, settle, until
from console.views.products.page import ProductsPage
from console.views.rail import INBOX, PRODUCTS
from console.views.shell import Shell

_LIST = (
    ("货号", "名称", "颜色", "尺码", "吊牌价", "库存"),
    ("W001", "", "米色", "M", "549", ""), ("W900", "针织长裙", "灰", "S", "399", "3"),
    ("W900", "", "灰", "M", "", "5"), ("", "没有货号", "", "", "", ""),
    ("W901", "衬衫", "白", "M", "贵", "1"),
)  # fmt: skip


async def products(tour: Tour, shell: Shell) -> None:
    """Nothing is changed; ends in the inbox."""
    shell.show_section(PRODUCTS)
    page = shell.products.page
    if page is None:
        return

    async def listed() -> None:
        await until(lambda: page.model.loaded and page.model.rowCount() > 0, "the goods")
        page.table.setFocus()
        page.table.select_variant(page.model.id_at(0), 0)
        await until(lambda: page.detail.item is not None, "an article")

    await tour.shoot("products", listed)
    await tour.shoot("products-sold-out", lambda: _narrowed(page, "sold_out"))
    await tour.shoot("products-nothing", lambda: _searched(page, "#####"))
    page.head.show_all()
    await settle()
    window = page.ask_stock(page.detail.item, counts=False)
    if window is not None:
        window.units.setText("3")
        await tour.shoot("products-moved", above=window)
        window.reject()
    listed_goods = page.begin_import()
    listed_goods.show_rows(_LIST)
    await until(lambda: bool(listed_goods.planned), "what a list would do")
    await tour.shoot("products-import", above=listed_goods)
    listed_goods.reject()
    made = page.begin_article()
    await tour.shoot("products-new", above=made)
    made.reject()
    shell.show_section(INBOX)


async def _narrowed(page: ProductsPage, state: str) -> None:
    page.head.chips[state].click()
    await until(lambda: page.model.query.state == state, "a part of the goods")
    await settle()


async def _searched(page: ProductsPage, text: str) -> None:
    page.head.search.setText(text)
    await until(lambda: page.model.rowCount() == 0, "nothing found")
