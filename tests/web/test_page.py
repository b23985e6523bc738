"""The page as a whole: its size, its shape on small screens, its colours and its words."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff
from tests.web.test_chat import choose

Number = Callable[[], str]
RESOURCES = Path(__file__).parents[2] / "resources"
BUDGET_BYTES = 60 * 1024
CONTROLS = """
    const controls = Array.from(document.querySelectorAll("button, input, textarea, select"))
        .filter((element) => element.offsetParent && !element.classList.contains("unseen"));
"""
TOO_SMALL = f"""() => {{
    {CONTROLS}
    const area = (element) => (element.type === "checkbox" ? element.closest("label") : element);
    return controls
        .filter((element) => !element.matches(".link, .failure, .photo, .banner button"))
        .map((element) => [element.outerHTML.slice(0, 80), area(element).getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
        .map(([html, box]) => `${{html}} ${{Math.round(box.width)}}x${{Math.round(box.height)}}`);
}}"""
"""Controls less than a fingertip in size; links within text are exempt."""
NAMELESS = f"""() => {{
    {CONTROLS}
    const name = (element) => element.textContent.trim() || element.getAttribute("aria-label")
        || element.getAttribute("aria-labelledby") || (element.labels && element.labels.length);
    return controls.filter((element) => !name(element)).map((e) => e.outerHTML.slice(0, 100));
}}"""


def test_the_first_load_is_within_its_budget(phone: PhoneMaker) -> None:
    member = phone()
    answers: list[Response] = []

    def came(answer: Response) -> None:
        answers.append(answer)

    member.page.on("response", came)
    page = member.visit()
    expect(page.locator("form")).to_be_visible()
    page.wait_for_load_state("networkidle")
    files = {answer.url: answer.body() for answer in answers if answer.ok}
    assert any(url.endswith("/static/app.js") for url in files)
    assert any(url.endswith("/static/chat.js") for url in files)
    total = sum(len(gzip.compress(body)) for body in files.values())
    assert total <= BUDGET_BYTES, {url: len(gzip.compress(b)) for url, b in files.items()}


IMPORT = re.compile(r'^import [^;]*?from "\./(\w+\.js)";', re.MULTILINE)
LATER = re.compile(r'import\("\./(\w+\.js)"\)')


def test_the_page_names_every_module_it_needs_at_once_and_no_other() -> None:
    page = (RESOURCES / "web" / "index.html").read_text(encoding="utf-8")
    code = {f.name: f.read_text(encoding="utf-8") for f in (RESOURCES / "web").glob("*.js")}
    wanted = ["app.js"]
    for name in wanted:
        wanted += [found for found in IMPORT.findall(code[name]) if found not in wanted]
    assert set(re.findall(r'/static/(\w+\.js)"', page)) == set(wanted)
    later = LATER.findall(code["lazy.js"])
    for name in later:
        later += [found for found in IMPORT.findall(code[name]) if found not in later]
    kept = set(re.findall(r'"(\w+\.js)"', code["sw.js"]))
    assert kept == set(later) - set(wanted), "what comes later is kept for when there is no network"
    assert set(wanted) | set(later) == code.keys() - {"sw.js"}
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert not re.search(r"\son\w+=", page)


def test_both_languages_say_the_same_things() -> None:
    texts = {name: sentences("page", name) | sentences("later", name) for name in ("zh", "en")}
    assert texts["zh"].keys() == texts["en"].keys()
    blanks = re.compile(r"\{(\w+)")
    for key, sentence in texts["zh"].items():
        assert set(blanks.findall(sentence)) == set(blanks.findall(texts["en"][key])), key
    code = "".join(file.read_text(encoding="utf-8") for file in (RESOURCES / "web").glob("*.js"))
    for key in texts["zh"]:
        head = key.partition(".")[0] + "."
        assert f'"{key}"' in code or f'"{head}"' in code, f"nobody says {key}"
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)


def sentences(file: str, language: str) -> dict[str, str]:
    """A file of the page's words."""
    text = (RESOURCES / "text" / f"{file}.{language}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_what_is_said_at_once_does_not_come_later_nor_twice() -> None:
    later, at_once = sentences("later", "zh"), sentences("page", "zh") | sentences("reasons", "zh")
    assert later.keys() & at_once.keys() == set()
    page = (RESOURCES / "web" / "index.html").read_text(encoding="utf-8")
    names = ["app.js", *re.findall(r'preload" href="/static/(\w+\.js)"', page)]
    code = "".join((RESOURCES / "web" / name).read_text(encoding="utf-8") for name in names)
    for key in later:
        head = key.partition(".")[0] + "."
        assert f'"{key}"' not in code, key
        assert f'"{head}"' not in code, head


def fill_a_chat(phone: PhoneMaker, clerk: Staff, name: str, number: str, **how: object) -> Page:
    """A conversation with a bit of everything, like the one the shop shows around."""
    member = phone(**how)
    page = member.join(name, number, marketing=True)
    clerk.do("member.confirm", member_id=clerk.member(name)["id"])
    chat = clerk.conversation_of(name)
    clerk.say(chat, f"亲爱的{name},本周女装新款到店啦!这件米色风衣面料是进口棉麻的,版型很显瘦。")
    member.say("那件红色的风衣还有没有 L 码呀")
    clerk.wait(lambda: len(clerk.bodies(chat)) == 2, "the question")
    artwork = RESOURCES / "artwork"
    files = [(artwork / f"w001-{colour}.webp").read_bytes() for colour in ("red", "beige", "navy")]
    choose(page, *files)
    member.say("三个颜色都好看,哪个更显白?")
    expect(page.locator(".photo.here")).to_have_count(3)
    clerk.wait(lambda: len(clerk.bodies(chat)) == 3, "the photos")
    clerk.say(chat, "红色更显白。详情 https://example.com/trench-coats-for-autumn-and-winter-2026")
    expect(page.locator(".theirs")).to_have_count(2)
    last = max(m["seq"] for m in clerk.rows("message") if m["conversation_id"] == chat)
    clerk.do("conversation.mark_read", conversation_id=chat, seq=last)
    expect(page.locator(".foot.read").first).to_be_visible()
    return page


LOOKS = [
    ("zh-light", {"locale": "zh-CN", "color_scheme": "light"}),
    ("zh-dark", {"locale": "zh-CN", "color_scheme": "dark"}),
    ("en-light", {"locale": "en-GB", "color_scheme": "light"}),
    ("en-dark-320", {"locale": "en-GB", "color_scheme": "dark", "width": 320, "height": 568}),
    ("zh-light-320", {"locale": "zh-CN", "width": 320, "height": 568}),
]


@pytest.mark.parametrize(("look", "how"), LOOKS, ids=[look for look, _ in LOOKS])
def test_every_screen_fits_and_can_be_touched_and_read(
    phone: PhoneMaker, clerk: Staff, number: Number, look: str, how: dict[str, object]
) -> None:
    stranger = phone(**how)
    stranger.visit()
    expect(stranger.page.locator("form")).to_be_visible()
    check_screen(stranger.page)
    stranger.screenshot(f"{look}-join")
    stranger.page.locator("button.primary").click()
    check_screen(stranger.page)
    stranger.screenshot(f"{look}-join-refused")
    page = fill_a_chat(phone, clerk, f"周雨桐{look}", number(), **how)
    check_screen(page)
    shoot(page, f"{look}-chat")
    page.locator(".mine .bubble").last.click(button="right", position={"x": 40, "y": 4})
    expect(page.locator(".sheet")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-menu")
    page.keyboard.press("Escape")
    page.locator(".bar .plain").click()
    expect(page.locator(".tier")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-me")


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page."""
    folder = RESOURCES.parent / "screenshots" / "web"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", animations="disabled")


def check_screen(page: Page) -> None:
    """No sideways scrolling, nothing too small to touch, nothing without a name."""
    width, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= shown
    wide = "(boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth)"
    assert max(page.locator(".scroller, .join").evaluate_all(wide), default=0) <= 0
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(NAMELESS) == []


PAIRS = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "mine"), ("ink-2", "paper"),
    ("ink-2", "surface"), ("ink-3", "paper"), ("ink-3", "surface"), ("accent", "paper"),
    ("accent", "surface"), ("accent", "mine"), ("on-accent", "accent"), ("alert", "surface"),
    ("alert", "paper"), ("alert", "alert-soft"), ("warn", "warn-soft"), ("ink-2", "line"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast_in_both_palettes(phone: PhoneMaker, scheme: str) -> None:
    page = phone(color_scheme=scheme).visit()
    read = (
        "(name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()"
    )
    poor = {
        (one, two): round(ratio, 2)
        for one, two in PAIRS
        if (ratio := contrast(page.evaluate(read, one), page.evaluate(read, two))) < 4.5
    }
    assert poor == {}


def contrast(one: str, two: str) -> float:
    """The ratio of WCAG 2 between two colours."""
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rgb`` or ``#rrggbb``."""
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
