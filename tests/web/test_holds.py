"""Asking the shop to keep an article, from the card that shows it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Phone, PhoneMaker
from tests.web.media import add_product, send
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_page import shoot

Number = Callable[[], str]


def show_coat(
    relay: Relay, clerk: Staff, chat: int, sku: str, *, colour: bool = True, size: str = "M"
) -> int:
    """A card of a coat in its colour, or of the coat as such; the article's id."""
    product_id = add_product(
        relay.folder, sku, "风衣", "Trench coat", price=69900, sizes={size: 2, "L": 1}
    )  # fmt: skip
    with closing(sqlite3.connect(relay.folder / "relay.sqlite3")) as connection:
        query = "select id from variant where product_id = ? order by id"
        variant_id = connection.execute(query, (product_id,)).fetchone()[0]
    send(clerk, chat, product_id=product_id, variant_id=variant_id if colour else None)
    return product_id


def holds(clerk: Staff, name: str) -> list[tuple[str, str]]:
    member_id = clerk.member(name)["id"]
    return [
        (row["title"], row.get("state", "asked"))
        for row in clerk.rows("hold")
        if row["member_id"] == member_id
    ]


def ask(page: Page, size: str) -> None:
    page.locator(".card .keep").click()
    page.locator(".sheet .actions button", has_text=size).click()


@pytest.fixture
def member(phone: PhoneMaker) -> Phone:
    return phone()


def test_a_size_is_asked_for_once_in_words_and_as_a_hold(
    member: Phone, relay: Relay, clerk: Staff, number: Number
) -> None:
    page = member.join("留女士", number())
    chat = clerk.conversation_of("留女士")
    show_coat(relay, clerk, chat, "K1")
    clerk.follow("trade")
    page.locator(".card .keep").click()
    shoot(page, "hold-which")
    page.locator(".sheet .actions button", has_text="L").click()
    expect(page.locator(".card .kept")).to_have_text("已请店里留:L")
    expect(page.locator(".mine .text")).to_have_text("请帮我留一件:风衣 · 红色 · L")
    clerk.wait(lambda: holds(clerk, "留女士") == [("红色风衣 L", "asked")], "the hold")
    shoot(page, "hold-asked")
    page.reload()
    expect(page.locator(".card .kept")).to_have_text("已请店里留:L")
    (wish,) = [row for row in clerk.rows("hold") if row["title"] == "红色风衣 L"]
    clerk.do("hold.release", client_id=wish["client_id"])
    expect(page.locator(".card .kept")).to_have_count(0)
    expect(page.locator(".card .let-go")).to_have_text("没有留着:L")
    ask(page, "L")
    clerk.wait(
        lambda: (
            sorted(holds(clerk, "留女士")) == [("红色风衣 L", "asked"), ("红色风衣 L", "released")]
        ),
        "asked anew",
    )


def test_a_wish_without_network_waits_and_two_tabs_make_one(
    member: Phone, relay: Relay, clerk: Staff, number: Number
) -> None:
    page = member.join("候女士", number())
    chat = clerk.conversation_of("候女士")
    show_coat(relay, clerk, chat, "K2", size="均码")
    clerk.follow("trade")
    other = member.open()
    other.goto(member.url)
    expect(other.locator(".card .keep")).to_be_visible()
    member.context.set_offline(True)
    ask(page, "均码")
    expect(page.locator(".card .kept")).to_have_text("已请店里留:均码")
    member.context.set_offline(False)
    clerk.wait(lambda: holds(clerk, "候女士") == [("红色风衣 均码", "asked")], "the hold")
    expect(other.locator(".card .kept")).to_have_text("已请店里留:均码")
    clerk.wait(lambda: "请帮我留一件:风衣 · 红色 · 均码" in clerk.bodies(chat), "the words")


def test_a_card_without_a_colour_can_only_be_asked_about(
    member: Phone, relay: Relay, clerk: Staff, number: Number
) -> None:
    page = member.join("色女士", number())
    show_coat(relay, clerk, clerk.conversation_of("色女士"), "K3", colour=False)
    expect(page.locator(".card .ask")).to_have_count(1)
    expect(page.locator(".card .keep")).to_have_count(0)


def test_what_is_kept_counts_down_is_extended_and_let_go_on_her_page(
    member: Phone, relay: Relay, clerk: Staff, number: Number
) -> None:
    page = member.join("期女士", number())
    show_coat(relay, clerk, clerk.conversation_of("期女士"), "K4")
    clerk.follow("trade")
    ask(page, "L")
    clerk.wait(lambda: holds(clerk, "期女士") == [("红色风衣 L", "asked")], "the hold")
    member_id = clerk.member("期女士")["id"]
    (wish,) = [row for row in clerk.rows("hold") if row["member_id"] == member_id]
    clerk.do("hold.confirm", client_id=wish["client_id"], hours=2)
    page.get_by_role("button", name="我的").click()
    line = page.locator(".panel", has_text="我的预留")
    expect(line).to_contain_text("红色风衣 L")
    expect(line).to_contain_text("已为您预留 · 留到")
    expect(line).to_contain_text("还有 1 小时 59 分")
    shoot(page, "hold-counts-down")
    later = (datetime.now(UTC) + timedelta(days=3, hours=1, seconds=30)).isoformat()
    clerk.do("hold.extend", client_id=wish["client_id"], expires_at=later)
    expect(line).to_contain_text("还有 3 天 1 小时")
    line.get_by_role("button", name="取消预留").click()
    page.locator(".sheet").get_by_role("button", name="取消预留").click()
    expect(line).to_have_count(0)
    clerk.wait(lambda: holds(clerk, "期女士") == [("红色风衣 L", "released")], "let go")
