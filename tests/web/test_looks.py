"""Everything new on one screen, in both palettes, languages and sizes: fits, touchable, named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.recordings import film, voice
from tests.web.conftest import Phone, PhoneMaker
from tests.web.media import add_product, last_message, message, send, spoken, upload
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_page import LOOKS, RESOURCES, check_screen, shoot

Number = Callable[[], str]
ARTWORK = RESOURCES / "artwork"


def converse(member: Phone, clerk: Staff, relay: Relay, name: str, look: str) -> Page:
    """What a good afternoon looks like."""
    page, chat = member.page, clerk.conversation_of(name)
    product_id = add_product(
        relay.folder, f"L-{look}", "米色风衣", "Beige trench coat", price=89900,
        promo_price=69900, picture="w001-beige.webp", sizes={"S": 2, "M": 3, "L": 1, "XL": 2},
    )  # fmt: skip
    body = f"亲爱的{name},本周女装新款到店啦!这件米色风衣面料是进口棉麻的,版型很显瘦。"
    send(clerk, chat, product_id=product_id, body=body)
    member.say("那件红色的风衣还有没有 L 码呀")
    clerk.wait(lambda: len(clerk.bodies(chat)) == 2, "her question")
    asked = last_message(clerk, chat, "text")
    files = [(ARTWORK / f"w001-{c}.webp").read_bytes() for c in ("red", "beige", "navy")]
    send(clerk, chat, uploads=[upload(clerk, file, "image/webp") for file in files],
         captions=["红色", "米色", "藏青"], layout="strip", reply_to=asked["id"],
         body="三个颜色给您拼在一起了~点喜欢的颜色告诉我")  # fmt: skip
    member.say("红色!我周六下午想过去试")
    send(clerk, chat, uploads=[upload(clerk, voice("m4a", 7.0), "audio/mp4")])
    send(clerk, chat, uploads=[upload(clerk, film("mp4", 2.0, (480, 640)), "video/mp4")])
    expect(page.locator(".theirs .clip")).to_be_visible()
    expect(page.locator(".strip .photo.here")).to_have_count(3)
    return page


@pytest.mark.parametrize(("look", "how"), LOOKS, ids=[look for look, _ in LOOKS])
def test_every_kind_of_message_fits_and_can_be_touched(
    phone: PhoneMaker, clerk: Staff, number: Number, relay: Relay, look: str, how: dict[str, object]
) -> None:
    member = phone(**how)
    name = f"周女士{look}"
    member.join(name, number())
    page = converse(member, clerk, relay, name, look)
    page.locator(".theirs .voice .play").click()
    expect(page.locator(".theirs .voice .rate")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-rich-end")
    page.locator(".strip").scroll_into_view_if_needed()
    shoot(page, f"{look}-rich-middle")
    page.locator(".card").scroll_into_view_if_needed()
    page.locator(".scroller").evaluate("(box) => { box.scrollTop = 0; }")
    shoot(page, f"{look}-rich-card")
    page.locator(".strip .photo").first.click()
    expect(page.locator(".viewer figcaption")).to_have_text("红色")
    shoot(page, f"{look}-viewer")
    page.keyboard.press("Escape")
    page.locator(".card .ask").click()
    expect(page.locator(".answering")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-answering")
    page.locator(".speak").click()
    spoken(page, 2)
    check_screen(page)
    shoot(page, f"{look}-recording")
    page.locator(".recording .send").click()
    row = last_message(clerk, clerk.conversation_of(name), "voice")
    assert message(clerk, row["conversation_id"], row["client_id"])
    page.locator(".composer .round").first.click()
    expect(page.locator(".sheet")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-plus")
