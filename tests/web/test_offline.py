"""Nothing lost and nothing twice: no network, reloads, several tabs, a restored shop."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import WebSocket, WebSocketRoute, expect

from tests.web.conftest import Phone, PhoneMaker
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_chat import choose, picture

Number = Callable[[], str]
WITHOUT_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined });"
WITHOUT_DATABASE = "Object.defineProperty(window, 'indexedDB', { value: undefined });"
OUTBOX_EMPTY = """async () => {
    const count = () => new Promise((done) => {
        const open = indexedDB.open("hanger");
        open.onsuccess = () => {
            const request = open.result.transaction("outbox").objectStore("outbox").count();
            request.onsuccess = () => { open.result.close(); done(request.result); };
        };
    });
    const started = Date.now();
    while (await count()) {
        if (Date.now() - started > 15000) throw new Error("the outbox never emptied");
        await new Promise((done) => setTimeout(done, 50));
    }
}"""


def sends(phone: Phone) -> list[str]:
    """Texts of the commands that leave the phone from now on, as its sockets see them."""
    sent: list[str] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", lambda data: sent.append(str(data)))

    for page in phone.context.pages:
        page.on("websocket", watch)
    phone.context.on("page", lambda page: page.on("websocket", watch))
    return sent


def test_what_is_written_offline_goes_out_once_when_the_line_is_back(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("金女士", number())
    chat = clerk.conversation_of("金女士")
    member.context.set_offline(True)
    expect(page.locator(".banner").first).to_be_visible()
    for n in range(3):
        member.say(f"离线 {n}")
    choose(page, picture())
    member.say("离线照片")
    expect(page.locator(".banner").first).to_contain_text("4 条消息")
    expect(page.locator(".mine .foot.queued")).to_have_count(4)
    clerk.say(chat, "店里这时说的")
    member.context.set_offline(False)
    expect(page.locator(".mine .foot.queued")).to_have_count(0)
    expected = ["店里这时说的", "离线 0", "离线 1", "离线 2", "离线照片"]
    clerk.wait(lambda: clerk.bodies(chat) == expected, "each once and in order")
    expect(page.locator(".bubble .text")).to_have_text(expected)
    expect(page.locator(".banner").first).to_be_hidden()


def test_the_outbox_survives_a_reload_without_network(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("魏女士", number())
    member.say("联网时说的")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.reload()  # now the page's own files are kept by the service worker
    member.wait_online()
    member.context.set_offline(True)
    member.say("离线时说的")
    choose(page, picture())
    page.locator(".composer .send").click()
    expect(page.locator(".mine .foot.queued")).to_have_count(2)
    page.reload()
    expect(page.locator(".mine .text")).to_have_text(["联网时说的", "离线时说的"])
    expect(page.locator(".mine .foot.queued")).to_have_count(2)
    expect(page.locator(".photo.here")).to_have_count(1)
    member.context.set_offline(False)
    chat = clerk.conversation_of("魏女士")
    clerk.wait(lambda: len(clerk.bodies(chat)) == 3, "what waited")
    assert clerk.bodies(chat) == ["联网时说的", "离线时说的", ""]
    page.evaluate(OUTBOX_EMPTY)


def test_a_reload_goes_on_from_its_cursor_and_shows_everything_once(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("陶女士", number())
    chat = clerk.conversation_of("陶女士")
    for n in range(5):
        clerk.say(chat, f"之前 {n}")
    expect(page.locator(".theirs")).to_have_count(5)
    # A message is painted before it is kept; the receipt says that it is kept.
    clerk.wait(lambda: clerk.receipts(chat)[0] == 5, "kept on the phone")
    page.goto("about:blank")
    clerk.say(chat, "不在的时候")
    sent = sends(member)
    member.visit()
    expected = [*(f"之前 {n}" for n in range(5)), "不在的时候"]
    expect(page.locator(".theirs .text")).to_have_text(expected)
    expect(page).to_have_title("时光衣橱")
    hello = next(frame for frame in sent if '"hello"' in frame)
    assert f'"chat/{chat}"' in hello
    assert not any("page_request" in frame for frame in sent)


@pytest.mark.parametrize("without_locks", [False, True], ids=["locks", "lease"])
def test_two_tabs_send_everything_once(
    phone: PhoneMaker, clerk: Staff, number: Number, without_locks: bool
) -> None:
    name = f"姜女士{without_locks}"
    member = phone()
    if without_locks:
        member.context.add_init_script(WITHOUT_LOCKS)
    member.join(name, number())
    second = member.open()
    second.goto(member.url)
    member.wait_online(second)
    expected = []
    for n in range(6):
        member.say(f"甲 {n}", member.page)
        member.say(f"乙 {n}", second)
        expected += [f"甲 {n}", f"乙 {n}"]
    chat = clerk.conversation_of(name)
    clerk.wait(lambda: len(clerk.bodies(chat)) >= 12, "all twelve")
    for page in (member.page, second):
        page.evaluate(OUTBOX_EMPTY)
    assert sorted(clerk.bodies(chat)) == sorted(expected)
    for page in (member.page, second):
        expect(page.locator(".mine")).to_have_count(12)
        expect(page.locator(".mine .foot.queued")).to_have_count(0)


def test_a_lost_answer_leads_to_the_same_bytes_again_and_one_message(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("戚女士", number())
    dropped: list[str] = []

    heard: list[str] = []

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def up(text: str | bytes) -> None:
            heard.append(str(text))
            server.send(text)

        def down(text: str | bytes) -> None:
            if '"t":"ack"' in str(text) and not dropped:
                dropped.append(str(text))
                socket.close()
            else:
                socket.send(text)

        socket.on_message(up)
        server.on_message(down)

    page.route_web_socket("**/ws**", between)
    page.reload()
    member.wait_online()
    member.say("只说一次")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    chat = clerk.conversation_of("戚女士")
    page.evaluate(OUTBOX_EMPTY)
    clerk.wait(lambda: clerk.bodies(chat) == ["只说一次"], "the message")
    commands = [frame.partition(',"confirmed"')[0] for frame in heard if '"command"' in frame]
    assert len(dropped) == 1
    assert len(commands) == 2
    assert commands[0] == commands[1]


def test_without_a_database_the_page_works_and_says_what_that_means(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member.context.add_init_script(WITHOUT_DATABASE)
    page = member.join("谢女士", number())
    expect(page.locator(".banner.guest")).to_contain_text("无痕")
    member.say("第一句")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    page.reload()
    member.wait_online()
    member.say("第二句")
    chat = clerk.conversation_of("谢女士")
    clerk.wait(lambda: clerk.bodies(chat) == ["第一句", "第二句"], "both, once each")
    expect(page.locator(".mine .text")).to_have_text(["第一句", "第二句"])


@pytest.fixture
def own_relay(tmp_path: Path) -> Iterator[Relay]:
    """A shop that a test may stop and turn back."""
    shop = Relay(tmp_path / "data")
    shop.start()
    try:
        shop.set_up()
        yield shop
    finally:
        shop.stop()


def test_an_older_database_resets_the_phone_but_keeps_what_was_not_sent(
    phone: PhoneMaker, own_relay: Relay, number: Number
) -> None:
    member = phone(url=own_relay.url)
    page = member.join("邹女士", number())
    member.say("备份之前")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    own_relay.stop()
    saved = own_relay.folder.with_name("saved")
    shutil.copytree(own_relay.folder, saved)
    own_relay.start()
    member.wait_online()
    member.say("备份之后")
    expect(page.locator(".mine")).to_have_count(2)
    page.evaluate(OUTBOX_EMPTY)
    own_relay.stop()
    expect(page.locator(".banner").first).to_be_visible()
    member.say("断线时说的")
    shutil.rmtree(own_relay.folder)
    shutil.copytree(saved, own_relay.folder)
    own_relay.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".mine .text")).to_have_text(["备份之前", "断线时说的"])
    expect(page.locator(".mine .foot.queued")).to_have_count(0)


def test_a_stopped_relay_is_said_plainly_and_found_again(
    phone: PhoneMaker, own_relay: Relay, number: Number
) -> None:
    member = phone(url=own_relay.url)
    page = member.join("喻女士", number())
    own_relay.stop()
    expect(page.locator(".banner").first).to_contain_text("连接断开了")
    own_relay.start()
    expect(page.locator(".banner").first).to_be_hidden(timeout=80_000)
