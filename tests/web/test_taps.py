"""Photos of a campaign that show an article: price, a tap that asks once, and asking in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Phone, PhoneMaker
from tests.web.media import add_product
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_campaigns import artwork, campaign, newest, shop_at_noon, willing, written
from tests.web.test_offline import OUTBOX_EMPTY, sends
from tests.web.test_page import LOOKS, check_screen, shoot

Number = Callable[[], str]
ASK = {"zh": "问问这件", "en": "Ask about this"}
FEET = "(all) => all.map((it) => Math.round(it.getBoundingClientRect().bottom))"
KEEP = {"zh": "留一件", "en": "Keep one for me"}


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """One shop for all tests here."""
    with shop_at_noon(tmp_path_factory.mktemp("taps")) as shop:
        yield shop


@pytest.fixture(scope="module")
def coat(relay: Relay) -> int:
    sizes = {"M": 2}
    return add_product(relay.folder, "TAP-1", "风衣", "Trench coat", price=59_900, sizes=sizes)


@pytest.fixture
def clerk(clerk: Staff) -> Staff:
    """Somebody at the counter who sees what members asked about."""
    clerk.follow("trade", "campaigns")
    return clerk


def shown(
    clerk: Staff, member: Phone, name: str, number: str, coat: int, layout: str = "cards"
) -> tuple[int, dict[str, Any]]:
    """She has a campaign of five photos; the first two show the coat, the third has a price."""
    member_id = willing(member, clerk, name, number)
    coats = [{"price": 59_900, "product_id": coat, "colour": each} for each in ("米色", "红色")]
    notes: list[dict[str, Any]] = [*coats, {"price": 19_950}]
    campaign(clerk, member_id, f"taps-{number}", artwork(clerk), layout=layout, body="新款到店",
             captions=["米色风衣", "红色风衣", "驼色围巾"], notes=notes)  # fmt: skip
    newest(member.page, 1, 5)
    return member_id, written(clerk, name, 1)


def asked(clerk: Staff, member_id: int) -> list[dict[str, Any]]:
    rows = [row for row in clerk.rows("enquiry") if row["member_id"] == member_id]
    return sorted(rows, key=lambda row: int(row["id"]))


def tap(page: Page, number: int) -> None:
    """Open a photo, then leave it again."""
    page.locator(".campaign .photo").nth(number).click()
    expect(page.locator(".viewer img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".viewer")).to_have_count(0)


@pytest.mark.parametrize("layout", ["cards", "strip", "grid"])
def test_prices_stand_behind_captions_and_a_tap_asks_about_article_and_colour(
    phone: PhoneMaker, clerk: Staff, number: Number, coat: int, layout: str
) -> None:
    member = phone()
    name = f"公冶女士{layout}"
    member_id, message = shown(clerk, member, name, number(), coat, layout)
    page = member.page
    captions = page.locator(".campaign figcaption")
    expect(captions).to_have_text(["米色风衣 ¥599", "红色风衣 ¥599", "驼色围巾 ¥199.50"])
    expect(page.locator(".campaign .keep")).to_have_count(2)
    if layout != "cards":
        captions.first.evaluate("(it) => { it.textContent = '一件名字长得多的米色双排扣风衣' }")
        feet = page.locator(".campaign .keep").evaluate_all(FEET)
        assert feet[0] == feet[1], "the buttons of a row stand in line"
    tap(page, 1)
    clerk.wait(lambda: len(asked(clerk, member_id)) == 1, "the enquiry")
    (row,) = asked(clerk, member_id)
    told = (row["product_id"], row["colour"], row["source"], row["message_id"], row["media_id"])
    assert told == (coat, "红色", "tap", message["id"], message["media"][1]["id"])
    tap(page, 2)
    tap(page, 4)
    tap(page, 0)
    clerk.wait(lambda: len(asked(clerk, member_id)) == 2, "the other colour")
    assert [each["colour"] for each in asked(clerk, member_id)] == ["红色", "米色"]
    page.evaluate(OUTBOX_EMPTY)


def test_she_asks_about_the_photo_and_both_sides_see_which(
    phone: PhoneMaker, clerk: Staff, number: Number, coat: int
) -> None:
    member = phone()
    _, message = shown(clerk, member, "公良女士", number(), coat)
    page = member.page
    page.locator(".campaign .photo").nth(2).click()
    expect(page.locator(".viewer figcaption")).to_have_text("驼色围巾 ¥199.50")
    expect(page.locator(".viewer .ask")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".viewer figcaption")).to_have_text("红色风衣 ¥599")
    page.locator(".viewer .ask").click()
    expect(page.locator(".viewer")).to_have_count(0)
    expect(page.locator(".answering span")).to_have_text("红色风衣 ¥599")
    expect(page.locator(".answering img")).to_be_visible()
    expect(page.locator(".composer textarea")).to_be_focused()
    member.say("这件有 L 码吗")
    expect(page.locator(".mine .quoted span")).to_have_text("红色风衣 ¥599")
    chat = clerk.conversation_of("公良女士")
    clerk.wait(lambda: "这件有 L 码吗" in clerk.bodies(chat), "her question")
    said = max(clerk.rows("message"), key=lambda row: int(row["id"]))
    assert (said["reply_to"], said["reply_media"]) == (message["id"], message["media"][1]["id"])
    page.reload()
    member.wait_online()
    expect(page.locator(".mine .quoted span")).to_have_text("红色风衣 ¥599")


def test_taps_without_a_network_and_in_two_tabs_ask_once(
    phone: PhoneMaker, clerk: Staff, number: Number, coat: int
) -> None:
    member = phone()
    member_id, _ = shown(clerk, member, "公西女士", number(), coat)
    page = member.page
    second = member.open()
    second.goto(member.url)
    member.wait_online(second)
    newest(second, 1, 5)
    tap(page, 2)  # what shows photos is there, as a service worker would have it
    tap(second, 2)
    member.context.set_offline(True)
    for tab in (page, second):
        for _ in range(2):
            tap(tab, 1)
    sent = sends(member)
    member.context.set_offline(False)
    for tab in (page, second):
        member.wait_online(tab)
    clerk.wait(lambda: len(asked(clerk, member_id)) == 1, "the enquiry")
    tap(page, 0)
    clerk.wait(lambda: len(asked(clerk, member_id)) == 2, "the next enquiry")
    assert [each["colour"] for each in asked(clerk, member_id)] == ["红色", "米色"]
    for tab in (page, second):
        tab.reload()
        member.wait_online(tab)
        newest(tab, 1, 5)
        tap(tab, 1)
    member.say("在吗")
    chat = clerk.conversation_of("公西女士")
    clerk.wait(lambda: "在吗" in clerk.bodies(chat), "what came after")
    assert len(asked(clerk, member_id)) == 2
    assert isinstance(sent, list)


def wishes(clerk: Staff, member_id: int) -> dict[str, dict[str, Any]]:
    rows = [row for row in clerk.rows("hold") if row["member_id"] == member_id]
    assert len({row["title"] for row in rows}) == len(rows), "asked for twice"
    return {row["title"]: row for row in rows}


def test_she_asks_to_keep_what_a_photo_shows_and_reads_there_how_it_stands(
    phone: PhoneMaker, clerk: Staff, number: Number, relay: Relay
) -> None:
    coat = add_product(relay.folder, "TAP-2", "大衣", "Coat", price=89_900,
                       sizes={"S": 0, "M": 2, "L": 1}, colours=("红色", "米色"))  # fmt: skip
    member = phone()
    member_id = willing(member, clerk, "宗政女士", number())
    notes = [{"product_id": coat, "colour": "红色"}, {"product_id": coat}]
    campaign(clerk, member_id, "keeps", artwork(clerk)[:2], body="大衣到店", notes=notes)
    newest(member.page, 1, 2)
    page, message = member.page, written(clerk, "宗政女士", 1)
    red, coats = page.locator(".campaign figure").all()
    sheet = page.locator(".sheet .actions button")

    member.context.set_offline(True)
    red.locator(".keep").click()
    expect(page.locator(".toast")).to_have_text(
        "现在连不上网络。等连上了再点一下就好,什么都没有丢。"
    )
    member.context.set_offline(False)
    member.wait_online()

    red.locator(".keep").dblclick()
    expect(sheet).to_have_text(["M", "L", "S · 到货通知我"])
    shoot(page, "photo-hold-sizes")
    sheet.filter(has_text="L").dblclick()
    expect(red.locator(".kept")).to_have_text("已请店里留:红色大衣 L")
    expect(page.locator(".mine .text")).to_have_text("请帮我留一件:红色大衣 L")
    clerk.wait(lambda: wishes(clerk, member_id).keys() == {"红色大衣 L"}, "the hold")
    words, chat = "请帮我留一件:红色大衣 L", clerk.conversation_of("宗政女士")
    clerk.wait(lambda: words in clerk.bodies(chat), "her words")
    said = max(clerk.rows("message"), key=lambda row: int(row["id"]))
    assert (said["reply_to"], said["reply_media"]) == (message["id"], message["media"][0]["id"])
    clerk.do("hold.confirm", client_id=wishes(clerk, member_id)["红色大衣 L"]["client_id"])
    expect(red.locator(".kept")).to_have_text("店里已为您留着:红色大衣 L")

    member.context.set_offline(True)
    red.locator(".keep").click()
    expect(sheet).to_have_text(["M", "L · 已请店里留", "S · 到货通知我"])
    member.context.set_offline(False)
    member.wait_online()
    with closing(sqlite3.connect(relay.folder / "relay.sqlite3")) as shelf, shelf:
        gone = "update variant set colour = '' where product_id = ? and colour = '红色'"
        shelf.execute(gone, (coat,))
    sheet.filter(has_text="M").click()
    expect(red.locator(".problem")).to_have_text(
        "红色大衣 M: 这件现在留不了,直接在这里问问店里吧。"
    )
    with closing(sqlite3.connect(relay.folder / "relay.sqlite3")) as shelf, shelf:
        shelf.execute("update variant set colour = '红色' where product_id = ? and colour = ''",
                      (coat,))  # fmt: skip

    page.locator(".campaign .photo").nth(1).click()
    page.locator(".viewer .keep").click()
    expect(page.locator(".viewer")).to_have_count(0)
    expect(sheet).to_have_text(["红色", "米色"])
    sheet.filter(has_text="米色").click()
    expect(sheet).to_have_text(["M", "L", "S · 到货通知我"])
    member.context.set_offline(True)
    sheet.filter(has_text="M").click()
    expect(coats.locator(".kept")).to_have_text("已请店里留:米色大衣 M")
    member.context.set_offline(False)
    clerk.wait(lambda: "米色大衣 M" in wishes(clerk, member_id), "the hold from the whole photo")
    page.reload()
    newest(page, 1, 2)
    expect(page.locator(".kept")).to_have_text(
        ["店里已为您留着:红色大衣 L", "已请店里留:米色大衣 M"]
    )
    shoot(page, "photo-hold-stands")
    clerk.do("hold.release", client_id=wishes(clerk, member_id)["米色大衣 M"]["client_id"])
    expect(coats.locator(".let-go")).to_have_text("没有留着:米色大衣 M")


@pytest.mark.parametrize(("look", "how"), LOOKS, ids=[look for look, _ in LOOKS])
def test_the_photo_and_its_question_fit_every_look(
    phone: PhoneMaker, clerk: Staff, number: Number, coat: int, look: str, how: dict[str, Any]
) -> None:
    member = phone(**how)
    shown(clerk, member, f"漆雕女士{look}", number(), coat, "strip")
    page = member.page
    expect(page.locator(".campaign .keep").first).to_have_text(KEEP[look[:2]])
    check_screen(page)
    shoot(page, f"{look}-taps-strip")
    page.locator(".campaign .photo").nth(1).click()
    expect(page.locator(".viewer .ask")).to_have_text(ASK[look[:2]])
    shoot(page, f"{look}-taps-viewer")
    page.locator(".viewer .ask").click()
    expect(page.locator(".answering img")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-taps-asking")
