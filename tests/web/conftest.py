"""The phone page in a real Chromium, against a real relay, with a scripted clerk."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.web.relay_process import Relay
from tests.web.staff import Staff

# Parts of a window that nobody sees here: the list below its address bar alone costs a process
# and half a second of it with every phone.  A browser heeds the last such list only, so those
# which Playwright turns off are in it too.
_NO_WINDOW_DRESSING = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "TcpPortRandomizationWin", "ThirdPartyStoragePartitioning",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
    # A microphone that beeps once a second, and nobody asks whether it may be used.
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=" + ",".join(_NO_WINDOW_DRESSING),
]  # fmt: skip
SCREENSHOTS = Path(__file__).parents[2] / "screenshots" / "web"
PATIENCE_MS = 45_000
JOINED: dict[tuple[str, str], str] = {}
"""By shop and name in which test she joined: the clerk finds members by name."""
# What a browser itself says about a line that a test has cut.
CUT_LINE = re.compile(
    r"ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|FAILED)|WebSocket connection"
)
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.web)
            # Playwright keeps its driver's reader for as long as the browser lives.
            item.add_marker(pytest.mark.leaks)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = os.environ.get("HANGER_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail("no Chromium; `python3 dev.py setup` installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """One shop for all tests; each brings members of its own."""
    shop = Relay(tmp_path_factory.mktemp("shop") / "data")
    shop.start()
    try:
        shop.set_up()
        yield shop
    finally:
        shop.stop()


@pytest.fixture
def clerk(relay: Relay) -> Iterator[Staff]:
    """Somebody at the counter."""
    staff = Staff(relay.url, relay.token).open()
    yield staff
    staff.close()


class Phone:
    """A member's phone: a browser context of its own with the page open.

    Attributes:
        problems: what the page's console complained about.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.problems: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        self.page = self.open()

    def open(self) -> Page:
        """One more tab; not yet at the page."""
        page = self.context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"{error}\n{error.stack}"))
        return page

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not CUT_LINE.search(message.text):
            self.problems.append(f"{message.text} {message.location}")

    def visit(self, path: str = "/") -> Page:
        """Open the page."""
        self.page.goto(self.url + path)
        return self.page

    def join(self, name: str, number: str, *, marketing: bool = False, path: str = "/") -> Page:
        """Fill in the form and wait for the chat."""
        test = os.environ["PYTEST_CURRENT_TEST"].partition("[")[0].partition(" ")[0]
        before = JOINED.setdefault((self.url, name), test)
        assert before == test, f"{name} joined in {before} already"
        page = self.visit(path)
        page.locator("input[name=phone]").fill(number)
        page.locator("input[name=name]").fill(name)
        page.locator(".consent label").first.click()
        if marketing:
            page.locator(".consent label").nth(1).click()
        page.locator("button.primary").click()
        self.wait_online(page)
        return page

    def wait_online(self, page: Page | None = None) -> None:
        """Until the composer can be used and nothing says that the line is down."""
        shown = page or self.page
        expect(shown.locator(".composer textarea")).to_be_visible()
        expect(shown.locator(".chat .banner").first).to_be_hidden()

    def say(self, text: str, page: Page | None = None) -> None:
        """Type and send."""
        shown = page or self.page
        shown.locator(".composer textarea").fill(text)
        shown.locator(".composer .send").click()

    def bubbles(self, page: Page | None = None) -> list[str]:
        """Texts on screen, oldest first."""
        return [
            str(text) for text in (page or self.page).locator(".bubble .text").all_inner_texts()
        ]

    def screenshot(self, name: str) -> None:
        """Kept for looking at; the folder is no part of the sources."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


PhoneMaker = Callable[..., Phone]


@pytest.fixture
def phone(browser: Browser, relay: Relay) -> Iterator[PhoneMaker]:
    """Make phones; none may have complained in its console by the end."""
    made: list[Phone] = []

    def make(width: int = 390, height: int = 844, url: str = "", **options: Any) -> Phone:
        settings: dict[str, Any] = {
            "viewport": {"width": width, "height": height}, "locale": "zh-CN",
            "is_mobile": True, "has_touch": True, "timezone_id": "Asia/Shanghai", **options,
        }  # fmt: skip
        made.append(Phone(browser.new_context(**settings), url or relay.url))
        return made[-1]

    yield make
    for each in made:
        each.context.close()
    assert [problem for each in made for problem in each.problems] == []


@pytest.fixture
def number() -> Callable[[], str]:
    """A phone number that nobody else in this run has."""
    return next_number


_numbers = iter(range(13_800_000_001, 13_899_999_999))


def next_number() -> str:
    """The next unused one."""
    return str(next(_numbers))
