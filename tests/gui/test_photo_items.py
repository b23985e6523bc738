"""A photo of a campaign gets a price and the item it shows; the phone beside it says so."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.types import PhotoItem
from console.ui import bubble_photos, draw, photo_tile, phrases, theme
from console.ui.appearance import Appearance
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.photo_item import ItemWindow, showing
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_writing import SHELF
from tests.gui.test_campaigns import page, screen, with_photos
from tests.gui.test_photo_shaping import at_tile, press

__all__ = ["page", "screen"]

LEFT = Qt.MouseButton.LeftButton


def item(page: ComposerPage, number: int = 0) -> PhotoItem:
    return page.editing.variant.photos[number].item


async def linking(page: ComposerPage, until: Any) -> ItemWindow:
    QTest.keyClick(page.photos.grid, Qt.Key.Key_P)
    (window,) = page.photos.findChildren(ItemWindow)
    await until(lambda: window.list.count() > 0)
    return window


async def gone(page: ComposerPage, until: Any) -> None:
    await until(lambda: not page.photos.findChildren(ItemWindow))


async def test_a_price_is_written_behind_the_caption_and_shown_there(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    await at_tile(page, until, 1)
    grid = page.photos.grid
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClicks(grid.editor, "red coat ¥1299.5")
    QTest.keyClick(grid.editor, Qt.Key.Key_Return)
    assert (item(page, 1).caption, item(page, 1).price) == ("red coat", 129_950)
    assert grid.tiles[1].caption == "red coat ¥1,299.50"
    assert phrases.under(page.preview.phone.shown.photos[1]) == "red coat ¥1,299.50"
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert grid.editor.text() == "red coat ¥1,299.50"
    QTest.keyClick(grid.editor, Qt.Key.Key_End)
    for _ in range(len("¥1,299.50")):
        QTest.keyClick(grid.editor, Qt.Key.Key_Backspace)
    assert item(page, 1).price is None
    await until(lambda: not page.editing.saving)
    assert desk.campaigns.saves[-1].variants[0].photos[1].item.price is None


def test_a_long_caption_is_cut_before_its_price(appearance: Appearance) -> None:
    caption = "红色羊绒格纹大披肩围巾 ¥1,299"
    room = round(photo_tile.WIDTH)
    shown = bubble_photos.fitted(caption, room)
    assert shown.startswith("红色")
    assert shown.endswith("… ¥1,299")
    assert draw.width_of(shown, theme.TINY_PX) <= room
    assert bubble_photos.fitted("红色围巾 ¥99", room) == "红色围巾 ¥99"
    assert bubble_photos.fitted("¥99", room) == "¥99"


async def test_an_item_is_found_and_linked_by_keys_and_fills_what_is_blank(
    page: ComposerPage, until: Any
) -> None:
    await at_tile(page, until)
    window = await linking(page, until)
    assert window.focusWidget() is window.search
    coat = SHELF[0]
    QTest.keyClicks(window.search, coat.sku)
    await until(lambda: window.list.count() == 1)
    colours = list(dict.fromkeys(each.colour for each in coat.variants))
    QTest.keyClick(window.search, Qt.Key.Key_Tab)
    assert [chip.isChecked() for chip in window.colours][:2] == [False, True]
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    linked = item(page)
    assert (linked.product_id, linked.colour) == (coat.product_id, colours[0])
    assert linked.price == (coat.promo_price or coat.price)
    assert colours[0] in linked.caption or linked.caption == coat.name_en
    assert page.photos.grid.tiles[0].linked
    assert page.photos.grid.accessibleDescription().endswith("¥599 · shows an item")
    await gone(page, until)
    page.undo()
    assert item(page).product_id == 0
    assert item(page).price is None
    assert not page.photos.grid.tiles[0].linked


async def test_words_and_price_that_stand_there_stay(page: ComposerPage, until: Any) -> None:
    await at_tile(page, until)
    page.photos.grid.captioned.emit(0, "last one ¥99")
    window = await linking(page, until)
    QTest.mouseClick(window.take, LEFT)
    assert (item(page).caption, item(page).price) == ("last one", 9_900)
    assert item(page).product_id == SHELF[0].product_id


async def test_the_button_of_a_tile_opens_it_and_esc_changes_nothing(
    page: ComposerPage, until: Any
) -> None:
    await with_photos(page, until)
    press(page, 1, "item")
    (window,) = page.photos.findChildren(ItemWindow)
    await until(lambda: window.list.count() > 0)
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    await gone(page, until)
    assert item(page, 1).product_id == 0


async def test_a_link_is_shown_again_and_taken_away(page: ComposerPage, until: Any) -> None:
    await at_tile(page, until)
    window = await linking(page, until)
    assert not window.remove.isVisible()
    for _ in range(len(SHELF) - 1):
        QTest.keyClick(window.search, Qt.Key.Key_Down)
    last = SHELF[-1]
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert item(page).product_id == last.product_id
    await gone(page, until)
    window = await linking(page, until)
    await until(lambda: window.list.value == last)
    assert window.remove.isVisible()
    QTest.mouseClick(window.remove, LEFT)
    assert (item(page).product_id, item(page).colour) == (0, "")
    assert item(page).price == (last.promo_price or last.price)


async def test_a_linked_photo_stays_linked_when_it_is_turned_and_carried(
    page: ComposerPage, until: Any
) -> None:
    await at_tile(page, until)
    window = await linking(page, until)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    await gone(page, until)
    said = phrases.under(item(page))
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    QTest.keyClick(page.photos.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: not page.photos.busy)
    turned = page.editing.variant.photos[1]
    assert turned.shape.quarters == 1
    assert (phrases.under(turned.item), turned.item.product_id) == (said, SHELF[0].product_id)


async def test_several_photos_turned_together_each_stay_what_they_were(
    screen: CampaignsScreen, page: ComposerPage, until: Any
) -> None:
    names = await with_photos(page, until)
    for number in range(3):
        press(page, number, "right")
    await until(lambda: not page.photos.busy)
    origins = [each.origin and each.origin.name for each in page.editing.variant.photos]
    assert origins == names


@pytest.mark.parametrize(
    ("spoken", "as_label", "words"),
    [("zh", False, "红色风衣"), ("en", False, "Trench coat Red"), ("zh", True, "红色")],
)
def test_the_caption_proposed_is_of_the_campaigns_language_and_layout(
    spoken: str, as_label: bool, words: str
) -> None:
    red = replace(SHELF[0].variants[0], colour="红色", colour_en="Red")
    coat = replace(SHELF[0], name="风衣", name_en="Trench coat", variants=(red,))
    made = showing(PhotoItem(), coat, "红色", spoken, as_label=as_label)
    assert made.caption == words
