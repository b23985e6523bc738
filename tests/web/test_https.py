"""The page over the relay's own certificate: everything works, and the phone may install it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.web.conftest import PhoneMaker
from tests.web.media import fetch, last_message, level, spoken
from tests.web.relay_process import Relay
from tests.web.staff import Staff

Number = Callable[[], str]
FILES = Path(__file__).parents[1] / "helpers" / "tls"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 MicroMessenger/8.0.50"
OFFER = """() => {
    const offer = new Event("beforeinstallprompt", {cancelable: true});
    offer.prompt = () => { window.asked = true; };
    window.dispatchEvent(offer);
    return offer.defaultPrevented;
}"""


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """A shop with a certificate."""
    options = (
        "--tls-certificate", str(FILES / "certificate.pem"), "--tls-key", str(FILES / "key.pem"),
    )  # fmt: skip
    shop = Relay(tmp_path_factory.mktemp("secure") / "data", *options)
    shop.start()
    try:
        shop.set_up()
        yield shop
    finally:
        shop.stop()


def test_a_phone_joins_chats_and_speaks_over_https(
    phone: PhoneMaker, secure: Relay, number: Number
) -> None:
    base = f"https://localhost:{secure.tls_port}"
    member = phone(url=base, ignore_https_errors=True)
    lines: list[WebSocket] = []
    member.page.on("websocket", lambda line: lines.append(line))  # noqa: PLW0108
    clerk = Staff(secure.url, secure.token).open()
    try:
        page = member.join("雷女士", number())
        assert page.evaluate("() => [location.protocol, isSecureContext]") == ["https:", True]
        (cookie,) = member.context.cookies()
        assert cookie["secure"]
        assert all(line.url.startswith("wss://localhost") for line in lines)
        assert lines
        member.say("您好")
        chat = clerk.conversation_of("雷女士")
        clerk.say(chat, "在的")
        expect(page.locator(".theirs .text")).to_have_text(["在的"])
        page.locator(".speak").click()
        spoken(page, 2)
        page.locator(".recording .send").click()
        row = last_message(clerk, chat, "voice")
        assert level(fetch(clerk, f"/media/{row['media'][0]['id']}/file"))[0] > 0.005
    finally:
        clerk.close()
    # A browser that was told to look away from the certificate keeps no service worker.
    member.problems.clear()


def own_page(page: Page) -> None:
    """我的."""
    page.locator(".bar .plain").click()
    expect(page.locator(".tier")).to_be_visible()


def test_the_browsers_offer_to_install_waits_on_her_own_page(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("贺女士", number())
    assert page.evaluate(OFFER), "the browser does not ask by itself"
    own_page(page)
    page.get_by_role("button", name="添加到主屏幕").click()
    assert page.evaluate("() => window.asked")


@pytest.mark.parametrize(
    ("agent", "words"),
    [(IPHONE, "点浏览器的「分享」按钮"), (WECHAT, "在浏览器打开")],
    ids=["iphone", "wechat"],
)
def test_a_browser_without_an_offer_is_explained(
    phone: PhoneMaker, number: Number, agent: str, words: str
) -> None:
    member = phone(user_agent=agent)
    if agent is IPHONE:
        member.page.add_init_script("navigator.standalone = false;")
    page = member.join("倪女士", number())
    own_page(page)
    expect(page.locator(".panel", has_text="放到主屏幕")).to_contain_text(words)


def test_what_is_installed_already_says_nothing(phone: PhoneMaker, number: Number) -> None:
    member = phone()
    member.page.add_init_script("navigator.standalone = true;")
    page = member.join("汤女士", number())
    page.evaluate(OFFER)
    own_page(page)
    expect(page.locator(".panel", has_text="语言")).to_be_visible()
    expect(page.locator(".panel", has_text="放到主屏幕")).to_have_count(0)


def test_the_manifest_bears_the_shops_name_and_every_icon_is_there(phone: PhoneMaker) -> None:
    page = phone().visit()
    manifest = page.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert manifest["display"] == "standalone"
    assert manifest["name"] == manifest["short_name"] == "时光衣橱"
    sizes = page.evaluate(
        """async (icons) => Promise.all(icons.map(async ({src, sizes}) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return [`${image.naturalWidth}x${image.naturalHeight}`, sizes];
        }))""",
        manifest["icons"],
    )
    assert len(sizes) == 3
    assert all(real == said for real, said in sizes)
