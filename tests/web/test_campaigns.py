"""Words to many members on a phone: their photos, the member's own name, and the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_relay_campaign import stand_where_it_is_noon
from tests.helpers.pictures import phone_photo
from tests.helpers.recordings import film
from tests.web.conftest import Phone, PhoneMaker
from tests.web.media import upload
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_page import LOOKS, RESOURCES, check_screen, shoot
from tests.web.test_rich import COLOUR_OF, COLOURS, near, plain

Number = Callable[[], str]
WORDS = {
    "zh": "亲爱的{name},本周女装新款到店啦!这批春装里我们最推荐这件米色风衣,面料是进口棉麻的。",
    "en": "Dear {name}, this week's new arrivals are here. Our favourite is the beige trench coat.",
}
OPT_OUT = {"zh": "不想再收到?退订", "en": "No more of these? Opt out"}
CAPTIONS = {
    "zh": ["米色风衣 ¥599", "红色风衣 ¥599", "", "藏青风衣 ¥599", "格子围巾 ¥199"],
    "en": ["Beige coat ¥599", "Red coat ¥599", "", "Navy coat ¥599", "Plaid scarf ¥199"],
}
ARTWORK = ("w001-beige", "w001-red", "a001-camel", "w001-navy", "a002-oat")
SIZE = "(element) => [element.clientWidth, element.clientHeight]"


@contextmanager
def shop_at_noon(folder: Path) -> Iterator[Relay]:
    """A shop where it is never night, and from whose campaigns nobody is held out."""
    shop = Relay(folder / "data")
    shop.start()
    try:
        shop.set_up()
        stand_where_it_is_noon(SimpleNamespace(relay=shop))
        staff = Staff(shop.url, shop.token).open()
        staff.do("setting.set", key="holdout_percent", value=0)
        staff.close()
        yield shop
    finally:
        shop.stop()


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """One for all tests here."""
    with shop_at_noon(tmp_path_factory.mktemp("noon")) as shop:
        yield shop


def willing(member: Phone, clerk: Staff, name: str, number: str) -> int:
    """She joins and wants such messages; her id."""
    member.join(name, number, marketing=True)
    row = clerk.member(name)
    clerk.do("member.confirm", member_id=row["id"])
    return int(row["id"])


def campaign(clerk: Staff, member_id: int, key: str, photos: list[str], **content: Any) -> None:
    """Freeze and send it to her alone."""
    only = {"leaf": "members", "ids": [member_id]}
    variant = {"name": "", "media": photos, **content}
    clerk.do("campaign.save", client_id=key, rule=only, variants=[variant])
    clerk.do("campaign.freeze", client_id=key)
    clerk.do("campaign.send_now", client_id=key)


def artwork(clerk: Staff) -> list[str]:
    """Photos of five articles, brought up."""
    files = [(RESOURCES / "artwork" / f"{name}.webp").read_bytes() for name in ARTWORK]
    return [upload(clerk, file, "image/webp") for file in files]


def written(clerk: Staff, name: str, count: int) -> dict[str, Any]:
    """The last of so many messages to a member, as staff see it."""
    chat = clerk.conversation_of(name)
    rows = clerk.wait(
        lambda: [row for row in clerk.rows("message") if row["conversation_id"] == chat][
            count - 1 :
        ],
        "the campaign's message",
    )
    return dict(rows[0])


def newest(page: Page, campaigns: int, photos: int) -> Locator:
    """The last of so many campaigns, once its photos are there."""
    cards = page.locator(".campaign")
    expect(cards).to_have_count(campaigns)
    expect(cards.last.locator(".photo")).to_have_count(photos)
    expect(cards.last.locator(".photo.here")).to_have_count(photos)
    return cards.last


@pytest.mark.parametrize(("look", "how"), LOOKS, ids=[look for look, _ in LOOKS])
def test_a_campaign_fits_and_can_be_read_in_every_look(
    phone: PhoneMaker, clerk: Staff, number: Number, look: str, how: dict[str, Any]
) -> None:
    member, name, language = phone(**how), f"呼延女士{look}", look[:2]
    member_id, page = willing(member, clerk, name, number()), member.page
    photos = artwork(clerk)
    for count, layout in enumerate(("cards", "strip", "grid"), 1):
        campaign(clerk, member_id, f"{look}-{layout}-campaign", photos, layout=layout,
                 body=WORDS[language], captions=CAPTIONS[language])  # fmt: skip
        photos = [f"media:{each['id']}" for each in written(clerk, name, count)["media"]]
        card = newest(page, count, 5)
        expect(card.locator(".text")).to_have_text(WORDS[language].format(name=name))
        expect(card.locator("figcaption")).to_have_text(
            [each for each in CAPTIONS[language] if each]
        )
        expect(card.locator(".opt-out")).to_have_text(OPT_OUT[language])
        expect(card.locator("time")).to_be_visible()
        check_screen(page)
        shoot(page, f"{look}-campaign-{layout}-end")
        card.evaluate("(element) => element.scrollIntoView()")
        shoot(page, f"{look}-campaign-{layout}")


def test_a_cover_keeps_its_shape_within_reason_and_is_sharp_on_a_dense_screen(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone(device_scale_factor=3)
    member_id, page = willing(member, clerk, "濮阳女士", number()), member.page
    shapes = {"tall": (900, 1600), "upright": (1000, 1200), "wide": (1600, 500)}
    for count, (name, size) in enumerate(shapes.items(), 1):
        photo = upload(clerk, phone_photo("JPEG", (90, 90, 90), size=size), "image/jpeg")
        campaign(clerk, member_id, f"cover-{name}", [photo], body="新款")
        cover = newest(page, count, 1).locator(".cover .photo")
        width, height = cover.evaluate(SIZE)
        assert height / width == pytest.approx(min(1.25, max(0.56, size[1] / size[0])), abs=0.01)
        assert cover.locator("img").evaluate("(image) => image.currentSrc").endswith("/1600")
        shoot(page, f"campaign-cover-{name}")


def test_its_photos_are_in_order_and_open_and_opting_out_is_for_good(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "夏侯女士", number()), member.page
    photos = [upload(clerk, plain(colour), "image/jpeg") for colour in COLOURS.values()]
    campaign(clerk, member_id, "in-order", photos, body="{name},新款", captions=list(COLOURS))
    card = newest(page, 1, 3)
    expect(card.locator(".text")).to_have_text("夏侯女士,新款")
    expect(card.locator("figcaption")).to_have_text(list(COLOURS))
    seen = card.locator("img").evaluate_all(f"(images) => images.map({COLOUR_OF})")
    assert all(near(one, meant) for one, meant in zip(seen, COLOURS.values(), strict=True)), seen
    card.locator(".photo").nth(2).click()
    expect(page.locator(".viewer figcaption")).to_have_text("藏青")
    page.keyboard.press("Escape")
    card.locator(".opt-out").click()
    page.get_by_role("button", name="退订", exact=True).click()
    expect(page.locator(".campaign .opt-out")).to_have_text("已退订,不会再给您发送这类消息")
    clerk.wait(lambda: not clerk.member("夏侯女士").get("marketing"), "her choice")
    clerk.do("campaign.save", client_id="after", variants=[{"name": "", "body": "再来一条"}],
             rule={"leaf": "members", "ids": [member_id]})  # fmt: skip
    frozen = clerk.do("campaign.freeze", client_id="after")
    assert frozen["counts"] == {"skipped": 1}
    clerk.say(clerk.conversation_of("夏侯女士"), "聊天照常")
    expect(page.locator(".theirs .text")).to_have_text(["夏侯女士,新款", "聊天照常"])


def test_a_campaign_with_a_video_is_watched_where_it_stands(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member, name = phone(), "单于女士"
    member_id, page = willing(member, clerk, name, number()), member.page
    clip = upload(clerk, film("mp4", 2.0, (480, 640)), "video/mp4")
    campaign(clerk, member_id, "film-campaign", [clip], body="看看上身效果")
    card = page.locator(".campaign")
    expect(card.locator(".clip")).to_be_visible()
    expect(card.locator(".text")).to_have_text("看看上身效果")
    expect(card.locator(".opt-out")).to_have_text(OPT_OUT["zh"])
    check_screen(page)
    shoot(page, "campaign-film")
    card.locator(".clip .start").click()
    page.wait_for_function("() => document.querySelector('.campaign video')?.currentTime > 0.2")
