"""A photo linked to an item at a real window, tapped and asked for, stands in her panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.appearance import Appearance
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.photo_item import ItemWindow
from tests.e2e.campaign_window import (
    at_the_counter,
    composing,
    on_a_loop,
    send,
)
from tests.e2e.test_relay_campaign import willing
from tests.e2e.test_two_phones_two_consoles import Console, appearance, relay, until
from tests.gui.test_campaigns import drop, photo
from tests.gui.test_photo_shaping import press
from tests.helpers.reader import Reader
from tests.web.media import add_product
from tests.web.relay_process import Relay

__all__ = ["appearance", "relay"]


def test_a_tap_on_a_linked_photo_stands_in_the_panel_once_and_her_answer_shows_which(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _chain(relay, appearance, tmp_path))


async def _chain(relay: Relay, appearance: Appearance, folder: Path) -> None:
    sizes = {"M": 2, "L": 1}
    coat = add_product(relay.folder, "C-7", "风衣", "Trench coat", price=59_900, sizes=sizes)
    async with at_the_counter(relay, appearance, folder) as counter, Reader(relay.url) as phone:
        await phone.join("林小雨", "13912346000")
        await willing(phone)
        page = await composing(counter)
        await _linked(page, "C-7")
        await send(page, 1)
        await phone.until(lambda: bool(phone.table("message")))
        await _asks(phone)
        await _wishes(phone)
        await _seen_at_the_counter(counter, phone, coat)


async def _linked(page: ComposerPage, sku: str) -> None:
    """Two photos; the second shows the red coat."""
    drop(page.photos.grid, photo("w001-beige"), photo("w001-red"))
    await until(lambda: not page.photos.busy, "both looked at")
    press(page, 1, "item")
    (window,) = page.photos.findChildren(ItemWindow)
    QTest.keyClicks(window.search, sku)
    await until(lambda: window.list.titles == ["Trench coat"], "the coat found")
    QTest.keyClick(window.search, Qt.Key.Key_Tab)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    shown = page.editing.variant.photos[1].item
    assert (shown.price, shown.colour) == (59_900, "红色")
    assert page.photos.grid.tiles[1].caption == "Trench coat 红色 ¥599"


async def _asks(phone: Reader) -> None:
    """She taps three times and asks about that photo in words."""
    (row,) = phone.table("message")
    beige, red = row["media"]
    assert (red["price"], "price" in beige) == (59_900, False)
    taps = [await phone.command("photo.tap", message_id=row["id"], media_id=red["id"])
            for _ in range(3)]  # fmt: skip
    assert len({each["id"] for each in taps}) == 1
    await phone.command(
        "message.send", conversation_id=row["conversation_id"], client_id="which-one",
        body="Is there an L?", reply_to=row["id"], reply_media=red["id"],
    )  # fmt: skip


async def _seen_at_the_counter(counter: Console, phone: Reader, coat: int) -> None:
    (row, *_) = phone.table("message")
    counter.shell.show_section("inbox")
    counter.look_at(row["conversation_id"])
    await until(lambda: "Is there an L?" in counter.bodies, "her question")
    quote = counter.items[-1].quote
    assert quote is not None
    assert quote.body == "Trench coat 红色 ¥599"
    assert quote.photo is not None
    assert quote.photo.media_id == row["media"][1]["id"]
    (member,) = phone.table("member")
    panel = await counter.desk.inbox.panel(member["id"])
    assert panel is not None
    assert [(each.product_id, each.colour, each.stock) for each in panel.asked] == [
        (coat, "红色", 3)
    ]
    await _kept(counter, phone)


async def _wishes(phone: Reader) -> None:
    """She asks to keep the red one in a size that is left."""
    (row, *_) = phone.table("message")
    red = row["media"][1]["id"]
    found = await phone.api("GET", f"/api/choices?message={row['id']}&media={red}")
    assert [(each["size"], each["left"]) for each in found["choices"]] == [("M", True), ("L", True)]
    wish = {"client_id": "wish", "message_id": row["id"], "media_id": red, "size": "L"}
    first = await phone.command("hold.ask", **wish)
    assert await phone.command("hold.ask", **wish) == first


async def _kept(counter: Console, phone: Reader) -> None:
    """Her wish stands in the panel as one from a card does, and is kept with a press."""
    section = counter.shell.inbox.panel.holds
    await until(lambda: [each.state for each in section.shown] == ["asked"], "the wish")
    (line,) = section.shown
    assert (line.colour, line.size, line.stock) == ("红色", "L", 1)
    button = section.button_of("wish", "keep")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await phone.until(lambda: phone.table("hold")[0].get("state") == "confirmed")
