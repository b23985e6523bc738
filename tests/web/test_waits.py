"""What is sold out: noted on the phone, her place said as it is, and told when it is back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.web.conftest import PhoneMaker
from tests.web.media import add_product, send
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_campaigns import artwork, campaign, newest, shop_at_noon, willing
from tests.web.test_page import shoot

Number = Callable[[], str]


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """One shop for all tests here, never at night."""
    with shop_at_noon(tmp_path_factory.mktemp("waits")) as shop:
        yield shop


def test_she_is_noted_with_her_place_and_told_when_it_is_back(
    phone: PhoneMaker, relay: Relay, clerk: Staff, number: Number
) -> None:
    clerk.follow("trade")
    product = add_product(relay.folder, "WAIT-1", "风衣", "Coat", price=69_900,
                          sizes={"M": 0, "L": 1})  # fmt: skip
    with closing(sqlite3.connect(relay.folder / "relay.sqlite3")) as connection:
        query = "select id from variant where product_id = ? and size = 'M'"
        (variant,) = connection.execute(query, (product,)).fetchone()
    pages = []
    for name in ("等位女士", "候补女士"):
        member = phone()
        pages.append(member.join(name, number()))
        send(clerk, clerk.conversation_of(name), product_id=product, variant_id=variant)
    first, second = pages
    told = ".card .keeping .kept"
    first.locator(".card .keep", has_text="到货通知我").dblclick()
    expect(first.locator(told)).to_have_text("已登记,M 到货先通知您")
    second.locator(".card .keep", has_text="到货通知我").click()
    expect(second.locator(told)).to_have_text("已登记,M 到货通知您 · 您前面还有 1 位")
    shoot(second, "waits")
    clerk.wait(lambda: len(waiting(clerk, variant)) == 2, "both are noted, once each")
    first.locator(".card .link", has_text="不等了").click()
    expect(first.locator(".card .keep", has_text="到货通知我")).to_be_visible()
    clerk.wait(lambda: len(waiting(clerk, variant)) == 1, "she left")
    first.locator(".card .keep", has_text="到货通知我").click()
    # What she left she takes again where it was.
    expect(first.locator(told)).to_have_text("已登记,M 到货先通知您")
    clerk.wait(lambda: len(waiting(clerk, variant)) == 2, "she is back in line")
    clerk.do("stock.move", variant_id=variant, delta=1, reason="arrived")
    expect(first.locator(told)).to_have_text("M 到货了,已为您留着")
    expect(first.locator("li", has_text="您问过的“红色风衣 M”到货了")).to_be_visible()
    shoot(first, "waits-back")
    second.reload()
    expect(second.locator(told)).to_have_text("已登记,M 到货先通知您")


def test_what_a_photo_shows_is_waited_for_and_given_up_where_its_sizes_are(
    phone: PhoneMaker, relay: Relay, clerk: Staff, number: Number
) -> None:
    clerk.follow("trade", "campaigns")
    coat = add_product(relay.folder, "WAIT-2", "大衣", "Coat", price=89_900,
                       sizes={"S": 0, "M": 2})  # fmt: skip
    with closing(sqlite3.connect(relay.folder / "relay.sqlite3")) as connection:
        query = "select id from variant where product_id = ? and size = 'S'"
        (variant,) = connection.execute(query, (coat,)).fetchone()
    member = phone()
    member_id = willing(member, clerk, "守女士", number())
    notes = [{"product_id": coat, "colour": "红色"}]
    campaign(clerk, member_id, "waits", artwork(clerk)[:1], body="大衣到店", notes=notes)
    newest(member.page, 1, 1)
    keep = member.page.locator(".campaign .keep")
    sheet = member.page.locator(".sheet .actions button")
    keep.click()
    expect(sheet).to_have_text(["M", "S · 到货通知我"])
    sheet.last.click()
    expect(member.page.locator(".toast")).to_have_text("已登记,红色大衣 S 到货通知您")
    clerk.wait(lambda: len(waiting(clerk, variant)) == 1, "she is noted")
    keep.click()
    expect(sheet).to_have_text(["M", "S · 已登记到货通知"])
    sheet.last.click()
    expect(member.page.locator(".sheet .question p")).to_have_text("不再等 红色大衣 S 到货了吗?")
    sheet.click()
    clerk.wait(lambda: not waiting(clerk, variant), "she left")
    keep.click()
    expect(sheet).to_have_text(["M", "S · 到货通知我"])


def waiting(clerk: Staff, variant: int) -> list[str]:
    """Who waits for it."""
    return [
        row["client_id"] for row in clerk.rows("waitlist")
        if row["variant_id"] == variant and row.get("state", "waiting") == "waiting"
    ]  # fmt: skip
