"""A morning with real parts only: a relay process, two Chromium phones, consoles as windows.

Two consoles are the owner's (at the counter and in the office), a third is a clerk's.  The
windows live on the loop of this thread, the phones in a thread of their own.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
import qasync
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSettings, QSize
from PySide6.QtWidgets import QApplication, QMenu

from console.desk.accounts import AccountsDesk
from console.desk.open import Desk, open_desk
from console.desk.types import MessageItem
from console.sync.devices import Credential
from console.ui.appearance import Appearance
from console.views.settings import settings_screen
from console.views.shell import Shell
from tests.web.conftest import FLAGS, PATIENCE_MS, Phone
from tests.web.relay_process import Relay
from tests.web.staff import call
from tests.web.test_chat import choose, picture

T = TypeVar("T")
PATIENCE_S = PATIENCE_MS / 1_000
# Playwright keeps its driver's reader for as long as the browser lives.
pytestmark = [pytest.mark.web, pytest.mark.leaks]


class Phones:
    """Two phones in their own thread; ``do`` runs something there and waits for it here."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._thread = ThreadPoolExecutor(1, "phones")
        self._playwright: Playwright
        self._browser: Browser
        self.large: Phone
        self.small: Phone

    async def do(self, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        future = self._thread.submit(work, *arguments, **named)
        return await asyncio.wrap_future(future)

    async def open(self) -> None:
        await self.do(self._open)

    def _open(self) -> None:
        path = os.environ.get("HANGER_CHROMIUM") or shutil.which("chromium")
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=path, args=FLAGS)
        expect.set_options(timeout=PATIENCE_MS)
        self.large, self.small = self._phone(390, 844), self._phone(320, 568)

    def _phone(self, width: int, height: int) -> Phone:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", is_mobile=True,
            has_touch=True, timezone_id="Asia/Shanghai",
        )  # fmt: skip
        return Phone(context, self._url)

    async def close(self) -> list[str]:
        """What the pages complained about."""
        try:
            return await self.do(self._close)
        finally:
            self._thread.shutdown()

    def _close(self) -> list[str]:
        problems = [*self.large.problems, *self.small.problems]
        self._browser.close()
        self._playwright.stop()
        return problems


@dataclass
class Console:
    """A window on a staff member's desk."""

    desk: Desk
    accounts: AccountsDesk
    shell: Shell

    @classmethod
    async def open(
        cls, home: Path, url: str, credential: Credential, appearance: Appearance
    ) -> Console:
        desk = await open_desk(home, url, credential)
        accounts = AccountsDesk(home, url)
        settings = settings_screen(desk, desk.inbox.me, accounts, appearance)
        shell = Shell(desk, settings, appearance)
        shell.resize(QSize(1366, 768))
        shell.show()
        return cls(desk, accounts, shell)

    async def close(self) -> None:
        await self.shell.close_down()
        await self.desk.close()
        await self.accounts.close()
        self.shell.close()
        self.shell.deleteLater()

    @property
    def phase(self) -> str:
        return self.desk.inbox.link.phase

    @property
    def items(self) -> list[MessageItem]:
        """The bubbles of the open conversation."""
        return list(self.shell.inbox.timeline.model.items)

    @property
    def bodies(self) -> list[str]:
        return [item.body for item in self.items]

    @property
    def newest(self) -> tuple[str, str]:
        """Words and state of the last bubble."""
        return (self.items[-1].body, self.items[-1].state) if self.items else ("", "")

    def look_at(self, conversation_id: int) -> None:
        """Open a conversation in an active window."""
        self.shell.activateWindow()
        self.shell.inbox.open(conversation_id)

    def say(self, text: str) -> None:
        """Type and send."""
        self.shell.inbox.reply.text.setPlainText(text)
        self.shell.inbox.reply.send()

    def show(self, photo: Path) -> None:
        """Send a photo."""
        self.shell.inbox.reply.add_files([photo])
        self.shell.inbox.reply.send()

    def take_back(self, body: str) -> None:
        """Choose “Take back” in a bubble's menu."""
        pane = self.shell.inbox.timeline
        item = next(each for each in self.items if each.body == body)
        pane.list.menu_at.emit(item, QPoint(300, 300), None)
        menu = pane.findChildren(QMenu)[-1]
        next(each for each in menu.actions() if each.text() == "Take back").trigger()
        menu.close()


async def until(condition: Callable[[], object], what: str) -> None:
    """Let the windows live until something holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"did not come about: {what}"
        await asyncio.sleep(0.01)


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    """时光衣橱, whose address stays the same when it starts again."""
    made = Relay(tmp_path / "relay")
    made.start()
    try:
        made.set_up()
        yield made
    finally:
        made.stop()


@pytest.fixture
def appearance(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    """English, so that menus can be named here."""
    store = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    made = Appearance(qapp, store, "light", "en")
    yield made
    made.deleteLater()


@dataclass
class Scene:
    """Everybody of this morning."""

    relay: Relay
    phones: Phones
    counter: Console
    office: Console
    colleague: Console
    folder: Path

    @property
    def consoles(self) -> tuple[Console, Console, Console]:
        return (self.counter, self.office, self.colleague)


def test_words_photos_recalls_receipts_and_cut_lines(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    qapp.setQuitOnLastWindowClosed(False)  # as the program does
    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(_morning(relay, appearance, tmp_path))
    # Widgets must go in their own thread: a later collection may run in another one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


async def _morning(relay: Relay, appearance: Appearance, folder: Path) -> None:
    phones = Phones(relay.url)
    await phones.open()
    consoles = [
        await Console.open(folder / name, relay.url, credential, appearance)
        for name, credential in _people(relay).items()
    ]
    scene = Scene(relay, phones, *consoles, folder)
    try:
        for console in scene.consoles:
            await until(lambda console=console: console.phase == "synced", "every console synced")  # type: ignore[misc]
        first, second = await _members_write(scene)
        await _the_shop_answers(scene, first, second)
        await _photos_go_both_ways(scene, first)
        await _both_take_back(scene, first)
        await _drafts_are_equal(scene, second)
        await _a_phone_is_offline(scene, first)
        await _the_relay_is_away(scene, second)
    finally:
        for console in scene.consoles:
            await console.close()
        problems = await phones.close()
    assert problems == []


def _people(relay: Relay) -> dict[str, Credential]:
    """The owner on two computers, a clerk on a third."""
    bearer = {"Authorization": f"Bearer {relay.token}"}
    clerk = {"name": "露露", "secret": "counter-2027", "role": "clerk"}
    clerk_id = call(f"{relay.url}/api/staff", clerk, bearer)["staff_id"]
    people = {"counter": None, "office": None, "colleague": clerk_id}
    made = {}
    for place, staff in people.items():
        body = {"secret": relay.secret, "staff": staff, "device_name": place}
        answer = call(f"{relay.url}/api/staff/local", body)
        made[place] = Credential(
            relay=relay.url, staff_id=answer["staff_id"], name=answer["name"],
            role=answer["role"], token=answer["device_token"],
        )  # fmt: skip
    return made


async def _members_write(scene: Scene) -> tuple[int, int]:
    """Two members join and ask; all windows list them.  The ids of their conversations."""
    phones = scene.phones
    await phones.do(phones.large.join, "周雨桐", "13800136021")
    await phones.do(phones.small.join, "陈思敏", "13900137714")
    await phones.do(phones.large.say, "那件红色的风衣还有没有 L 码呀")
    await phones.do(phones.small.say, "几点关门")
    for console in scene.consoles:
        model = console.shell.inbox.conversations.model
        await until(lambda model=model: model.rowCount() == 2, "both conversations listed")  # type: ignore[misc]
    items = {
        item.title: item.id
        for item in await scene.counter.desk.inbox.conversations(
            await scene.counter.desk.inbox.conversation_ids("all")
        )
    }
    return items["周雨桐"], items["陈思敏"]


def _phone_has(phone: Phone, *texts: str) -> None:
    """The page shows the shop's words."""
    expect(phone.page.locator(".theirs .text")).to_have_text(list(texts))


async def _the_shop_answers(scene: Scene, first: int, second: int) -> None:
    """Counter and colleague answer; everybody sees it, and who has read it."""
    phones, counter, colleague = scene.phones, scene.counter, scene.colleague
    for console in scene.consoles:
        console.look_at(first)
    colleague.look_at(second)
    counter.shell.activateWindow()
    await until(lambda: counter.bodies == ["那件红色的风衣还有没有 L 码呀"], "her question")
    await phones.do(expect(phones.large.page.locator(".mine .foot")).to_contain_text, "已读")
    counter.say("有的,给您留一件?")
    await phones.do(_phone_has, phones.large, "有的,给您留一件?")
    await until(lambda: scene.office.bodies[-1:] == ["有的,给您留一件?"], "the other console")
    for console in (counter, scene.office):
        await until(lambda console=console: console.items[-1].read, "her receipt")  # type: ignore[misc]
    assert counter.items[-1].read_at is not None
    colleague.say("九点半~")
    await phones.do(_phone_has, phones.small, "九点半~")
    await phones.do(_phone_has, phones.large, "有的,给您留一件?")


async def _photos_go_both_ways(scene: Scene, first: int) -> None:
    """A photo of each side is drawn on the other."""
    phones, counter = scene.phones, scene.counter
    await phones.do(choose, phones.large.page, picture())
    await phones.do(phones.large.say, "像这样的")
    await until(lambda: counter.bodies[-1:] == ["像这样的"], "her photo")
    (photo,) = counter.items[-1].photos
    path = await counter.desk.inbox.photo(photo.media_id)
    assert path is not None
    assert (photo.width, photo.height) == (600, 800)
    file = scene.folder / "coat.jpg"
    await asyncio.to_thread(file.write_bytes, picture(800, 600))
    counter.show(file)
    shown = phones.large.page.locator(".theirs img")
    await phones.do(expect(shown).to_have_count, 1)
    loaded = "image => image.decode().then(() => image.naturalWidth)"
    assert await phones.do(shown.evaluate, loaded) > 0
    await until(lambda: scene.office.items[-1].photos, "the photo on the other console")


async def _both_take_back(scene: Scene, first: int) -> None:
    """Words taken back are gone on the phone, on both consoles and in their lists."""
    phones, counter = scene.phones, scene.counter
    page = phones.large.page
    counter.say("内部价 199")
    await phones.do(expect(page.locator(".theirs .text").last).to_have_text, "内部价 199")
    await until(lambda: counter.newest == ("内部价 199", "sent"), "the words sent")
    counter.take_back("内部价 199")
    await phones.do(expect(page.locator(".recalled")).to_have_count, 1)
    await phones.do(phones.large.say, "发错了")
    for console in scene.consoles[:2]:
        await until(lambda console=console: console.bodies[-1:] == ["发错了"], "her words")  # type: ignore[misc]
    await phones.do(_take_back, phones.large, "发错了")
    for console in scene.consoles[:2]:
        await until(lambda console=console: console.items[-1].recalled, "her recall")  # type: ignore[misc]
        assert {"内部价 199", "发错了"}.isdisjoint(console.bodies)
    text = await phones.do(page.locator("body").inner_text)
    assert "内部价" not in text
    assert "发错了" not in text
    (item,) = await counter.desk.inbox.conversations([first])
    assert "发错了" not in item.preview_text


def _take_back(phone: Phone, words: str) -> None:
    bubble = phone.page.locator(".mine .bubble").filter(has_text=words)
    bubble.click(button="right")
    phone.page.get_by_role("button", name="撤回").click()
    expect(phone.page.locator(".recalled")).to_have_count(2)


async def _drafts_are_equal(scene: Scene, second: int) -> None:
    """What the owner types at the counter stands in the office, and not at the clerk's."""
    counter, office, colleague = scene.consoles
    for console in (office, counter):
        console.look_at(second)
    counter.shell.inbox.reply.text.setPlainText("周六下午给您留到")
    text = office.shell.inbox.reply.text
    await until(lambda: text.toPlainText() == "周六下午给您留到", "the draft in the office")
    text.setPlainText("周六下午给您留到六点")
    mine = counter.shell.inbox.reply.text
    await until(lambda: mine.toPlainText() == "周六下午给您留到六点", "the draft at the counter")
    assert colleague.shell.inbox.reply.text.toPlainText() == ""
    counter.shell.inbox.reply.send()
    await scene.phones.do(_phone_has, scene.phones.small, "九点半~", "周六下午给您留到六点")
    await until(lambda: text.toPlainText() == "", "no draft is left in the office")


async def _a_phone_is_offline(scene: Scene, first: int) -> None:
    """What both wrote meanwhile arrives once when her line is back."""
    phones, counter = scene.phones, scene.counter
    member = phones.large
    counter.look_at(first)
    await until(lambda: counter.items, "her conversation")
    await phones.do(member.context.set_offline, True)
    await phones.do(expect(member.page.locator(".banner").first).to_be_visible)
    await phones.do(member.say, "地铁里写的")
    await phones.do(expect(member.page.locator(".mine .foot.queued")).to_have_count, 1)
    counter.say("店里这时说的")
    await until(lambda: counter.newest == ("店里这时说的", "sent"), "the words at the relay")
    await phones.do(member.context.set_offline, False)
    await phones.do(expect(member.page.locator(".mine .foot.queued")).to_have_count, 0)
    await until(lambda: counter.bodies[-2:] == ["店里这时说的", "地铁里写的"], "both")
    await phones.do(expect(member.page.locator(".theirs .text").last).to_have_text, "店里这时说的")


async def _the_relay_is_away(scene: Scene, second: int) -> None:
    """Without the relay consoles keep what is said; it arrives once when it is back."""
    phones, counter, office = scene.phones, scene.counter, scene.office
    for console in (office, counter):
        console.look_at(second)
        await until(lambda console=console: console.items, "the conversation")  # type: ignore[misc]
    await asyncio.to_thread(scene.relay.stop)
    for console in scene.consoles:
        await until(lambda console=console: console.phase == "offline", "offline is noticed")  # type: ignore[misc]
    counter.say("断线时说的")
    await until(lambda: counter.newest == ("断线时说的", "queued"), "the words wait")
    await asyncio.to_thread(scene.relay.start)
    for console in scene.consoles:
        console.desk.wake()
        await until(lambda console=console: console.phase == "synced", "synced again")  # type: ignore[misc]
    said = ["九点半~", "周六下午给您留到六点", "断线时说的"]
    await phones.do(_phone_has, phones.small, *said)
    for console in scene.consoles[:2]:
        await until(lambda console=console: console.bodies == ["几点关门", *said], "each once")  # type: ignore[misc]
    assert [item.state for item in counter.items] == ["sent"] * 4
