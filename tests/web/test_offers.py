"""Limited offers on a phone: claimed once, told honestly, and her coupons until they are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.web.conftest import PhoneMaker
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_campaigns import shop_at_noon, willing
from tests.web.test_offline import OUTBOX_EMPTY, sends
from tests.web.test_page import LOOKS, check_screen, sentences, shoot

Number = Callable[[], str]
TITLE = "周末 8 折券"
MISSED = "差一点!最后一份刚刚被别人抢走了。谢谢您,下次有好事还会告诉您。"
DENIED = "这份优惠现在领不了,直接在这里问问店里吧。"
REASONS = sentences("reasons", "zh")
SPOKEN = "() => document.querySelector('body > .unseen[aria-live=polite]').textContent"
TWICE = """() => {
    const button = document.querySelector(".offer button");
    button.click();
    button.click();
}"""
ENDS_S = 20
NOTE_SECONDS = """() => {
    window.seconds = [];
    new MutationObserver(() => {
        const time = document.querySelector(".offer .counts span");
        const text = time ? time.textContent : "";
        if (/ 秒$/.test(text) && !window.seconds.includes(text)) window.seconds.push(text);
    }).observe(document.body, { childList: true, subtree: true });
}"""
FOCUS_IN_CARD = "() => Boolean(document.activeElement.closest('.offer'))"


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """One shop for all tests here."""
    with shop_at_noon(tmp_path_factory.mktemp("offers")) as shop:
        yield shop


@pytest.fixture
def clerk(clerk: Staff) -> Staff:
    """Somebody at the counter who sees coupons and offers too."""
    clerk.follow("trade", "campaigns")
    return clerk


def offer(
    clerk: Staff,
    key: str,
    members: list[int],
    quantity: int,
    *,
    ends_s: float = 91_000,
    **more: Any,
) -> None:
    """Send these members an offer of so many."""
    ends_at = datetime.now(UTC) + timedelta(seconds=ends_s)
    terms = {"title": TITLE, "quantity": quantity, "ends_at": ends_at.isoformat(),
             "valid_until": (ends_at + timedelta(days=7)).isoformat()}  # fmt: skip
    variant = {"name": "", "body": more.get("body", "周末来店里坐坐吧,专属优惠先到先得。")}
    clerk.do("campaign.save", client_id=key, rule={"leaf": "members", "ids": members},
             variants=[variant], offer=terms)  # fmt: skip
    clerk.do("campaign.freeze", client_id=key)
    clerk.do("campaign.send_now", client_id=key)


def coupons(clerk: Staff, *members: int) -> list[dict[str, Any]]:
    """What the counter knows of coupons of these members."""
    return [row for row in clerk.rows("coupon") if row["member_id"] in members]


def coupon_of(clerk: Staff, member_id: int) -> dict[str, Any]:
    """Her one coupon, once the counter has it."""
    return dict(clerk.wait(lambda: coupons(clerk, member_id), "the coupon")[0])


def card(page: Page) -> Locator:
    """The offer, once it is on screen."""
    return page.locator(".campaign .offer")


def claim(page: Page) -> None:
    """Tap."""
    card(page).get_by_role("button", name="抢", exact=True).click()


def shown_code(page: Page) -> str:
    """The code on the card, without its gap."""
    code = card(page).locator(".code span[aria-hidden]")
    expect(code).to_be_visible()
    return code.inner_text().replace(" ", "")


def open_me(page: Page) -> Locator:
    """Her page; the panel of her coupons."""
    page.get_by_role("button", name="我的").click()
    panel = page.locator(".panel", has=page.get_by_role("heading", name="我的优惠券"))
    expect(panel).to_be_visible()
    return panel


def test_a_claim_shows_the_code_and_the_counter_sees_the_same_coupon(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "太叔女士", number()), member.page
    expect(open_me(page)).to_contain_text("还没有优惠券")
    page.go_back()
    offer(clerk, "one-claim", [member_id], 20)
    expect(card(page).locator(".counts")).to_have_text(re.compile(r"还剩 20 份.*还有 1 天 1 小时"))
    expect(card(page)).to_contain_text("抢到后可用到")
    claim(page)
    expect(card(page).locator(".told")).to_have_text("抢到了!到店出示券码就能用")
    coupon = coupon_of(clerk, member_id)
    assert shown_code(page) == coupon["code"]
    assert coupon["title"] == TITLE
    panel = open_me(page)
    expect(panel.locator("li")).to_have_count(1)
    expect(panel.locator("li")).to_contain_text(TITLE)
    expect(panel.locator("li")).to_contain_text("有效期至")
    assert panel.locator(".code span[aria-hidden]").inner_text().replace(" ", "") == coupon["code"]
    expect(page.locator(".panel.refused")).to_have_count(0)


def test_of_two_phones_one_gets_the_last_one_and_a_third_sees_how_many_are_left(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    names = ["乐正女士", "太史女士", "端木女士", "淳于女士"]
    phones = [phone() for _ in names]
    ids = [willing(one, clerk, name, number()) for one, name in zip(phones, names, strict=True)]
    first, quick, slow, watcher = (one.page for one in phones)
    held = hold_news(slow)
    phones[2].wait_online(slow)
    offer(clerk, "last-one", ids, 2)
    expect(card(watcher).locator(".counts b")).to_have_text("还剩 2 份")
    claim(first)
    assert shown_code(first) == coupon_of(clerk, ids[0])["code"]
    expect(card(watcher).locator(".counts b")).to_have_text("还剩 1 份")
    expect(card(slow).locator(".counts b")).to_have_text("还剩 1 份")
    held.append("from now on")
    claim(quick)
    assert shown_code(quick) == coupon_of(clerk, ids[1])["code"]
    expect(card(watcher)).to_contain_text("都抢完啦")
    claim(slow)
    expect(card(slow).locator(".told")).to_have_text(MISSED)
    expect(card(slow).get_by_role("button")).to_have_count(0)
    expect(slow.locator(".banner").first).to_be_hidden()
    assert len(coupons(clerk, *ids)) == 2
    shoot(slow, "offer-missed")
    slow.reload()
    expect(card(slow).locator(".told")).to_have_text(MISSED)


def hold_news(page: Page) -> list[str]:
    """Reload with a line that, once something is in the list, brings answers but no changes."""
    held: list[str] = []

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(
            lambda text: None if held and '"t":"changes"' in str(text) else socket.send(text)
        )

    page.route_web_socket("**/ws**", between)
    page.reload()
    return held


def test_a_claim_made_offline_waits_and_is_answered_honestly_later(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    lucky, late, there = phone(), phone(), phone()
    ids = [
        willing(one, clerk, name, number())
        for one, name in ((lucky, "巫马女士"), (late, "子车女士"), (there, "宰父女士"))
    ]
    offer(clerk, "offline-claim", ids, 2)
    for one in (lucky, late):
        expect(card(one.page)).to_be_visible()
        one.context.set_offline(True)
        expect(one.page.locator(".banner").first).to_be_visible()
        claim(one.page)
        expect(card(one.page).get_by_role("button")).to_have_text("等待网络…")
        expect(card(one.page)).to_contain_text("连上网络马上为您抢")
    shoot(lucky.page, "offer-waiting")
    lucky.context.set_offline(False)
    assert shown_code(lucky.page) == coupon_of(clerk, ids[0])["code"]
    claim(there.page)
    assert shown_code(there.page) == coupon_of(clerk, ids[2])["code"]
    late.context.set_offline(False)
    expect(card(late.page).locator(".told")).to_have_text(MISSED)
    assert coupons(clerk, ids[1]) == []


def test_a_claim_that_waits_survives_a_reload_and_the_deadline_is_told(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member, watcher = phone(), phone()
    ids = [
        willing(member, clerk, "鲜于女士", number()),
        willing(watcher, clerk, "闾丘女士", number()),
    ]
    page = member.page
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.reload()  # now the page's own files are kept
    member.wait_online()
    watcher.page.evaluate(NOTE_SECONDS)
    offer(clerk, "too-late", ids, 5, ends_s=ENDS_S)
    expect(card(page)).to_be_visible()
    member.context.set_offline(True)
    expect(page.locator(".banner").first).to_be_visible()
    claim(page)
    expect(card(page).get_by_role("button")).to_have_text("等待网络…")  # it is written down
    page.reload()
    expect(card(page).get_by_role("button")).to_have_text("等待网络…")
    expect(card(watcher.page)).to_contain_text("这次活动已经结束了", timeout=2_000 * ENDS_S)
    assert len(watcher.page.evaluate("window.seconds")) > 3, "the last seconds are counted"
    expect(card(watcher.page).get_by_role("button")).to_have_count(0)
    expect(card(page).get_by_role("button")).to_have_text("等待网络…")
    member.context.set_offline(False)
    expect(card(page).locator(".told")).to_contain_text("来晚了一步")
    page.reload()
    expect(card(page).locator(".told")).to_contain_text("来晚了一步")
    assert coupons(clerk, *ids) == []


@pytest.mark.parametrize("both", [False, True], ids=["one-tab", "both-tabs"])
def test_two_taps_and_two_tabs_claim_once(
    phone: PhoneMaker, clerk: Staff, number: Number, both: bool
) -> None:
    name = f"公孙女士{both}"
    member = phone()
    member_id, page = willing(member, clerk, name, number()), member.page
    second = member.open()
    second.goto(member.url)
    member.wait_online(second)
    sent = sends(member)
    for tab in (page, second):
        tab.reload()
        member.wait_online(tab)
    offer(clerk, f"two-tabs-{both}", [member_id], 20)
    for tab in (page, second):
        expect(card(tab).get_by_role("button")).to_have_text("抢")
    for tab in (page, second) if both else (page,):
        tab.evaluate(TWICE)
    coupon = coupon_of(clerk, member_id)
    for tab in (page, second):
        assert shown_code(tab) == coupon["code"]
        tab.evaluate(OUTBOX_EMPTY)
    claims = sum('"offer.claim"' in frame for frame in sent)
    assert claims == 1 or both
    offered = clerk.wait(lambda: clerk.tables["offer"].get(coupon["offer_id"]), "the offer")
    assert offered["claimed"] == 1
    assert len(coupons(clerk, member_id)) == 1


def test_an_answer_lost_to_a_reload_leads_to_the_same_coupon(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "仲孙女士", number()), member.page
    offer(clerk, "lost-answer", [member_id], 20)
    expect(card(page)).to_be_visible()
    claimed: list[str] = []

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def up(text: str | bytes) -> None:
            claimed.extend([str(text)] if '"offer.claim"' in str(text) else [])
            server.send(text)

        socket.on_message(up)
        server.on_message(lambda text: None if claimed else socket.send(text))

    page.route_web_socket("**/ws**", between)
    page.reload()
    member.wait_online()
    claim(page)
    expect(card(page).get_by_role("button")).to_have_text("正在抢…")
    while not claimed:
        page.evaluate("0")  # frames are handed on only while the browser is asked something
    page.evaluate("0")
    coupon = coupon_of(clerk, member_id)
    page.unroute_all()
    page.route_web_socket("**/ws**", lambda socket: socket.connect_to_server())
    page.reload()
    assert shown_code(page) == coupon["code"]
    page.evaluate(OUTBOX_EMPTY)
    assert len(coupons(clerk, member_id)) == 1


def test_what_the_shop_ends_early_says_so_and_a_coupon_stays(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    holder, other = phone(), phone()
    ids = [
        willing(holder, clerk, "拓跋女士", number()),
        willing(other, clerk, "壤驷女士", number()),
    ]
    offer(clerk, "closed", ids, 20)
    claim(holder.page)
    code, coupon = shown_code(holder.page), coupon_of(clerk, ids[0])
    clerk.do("offer.close", offer_id=coupon["offer_id"])
    expect(card(other.page)).to_contain_text("店里已提前结束这次活动")
    expect(card(other.page).get_by_role("button")).to_have_count(0)
    assert shown_code(holder.page) == code
    clerk.do("campaign.recall", client_id="closed")
    expect(card(other.page)).to_have_count(0)
    expect(card(holder.page)).to_have_count(0)
    holder.page.wait_for_function(f"() => !({SPOKEN})()")
    expect(open_me(holder.page).locator("li.valid")).to_contain_text(TITLE)


def test_a_coupon_used_at_the_counter_says_so_on_her_phone(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "东郭女士", number()), member.page
    offer(clerk, "used", [member_id], 20)
    claim(page)
    coupon = coupon_of(clerk, member_id)
    assert shown_code(page) == coupon["code"]
    clerk.do("coupon.redeem", code=coupon["code"])
    expect(card(page).locator(".told")).to_have_text(re.compile("^已使用 · "))
    shoot(page, "offer-used")
    panel = open_me(page)
    expect(panel.locator("li")).to_have_count(0)
    panel.get_by_role("button", name="用过和过期的(1)").click()
    expect(panel.locator("li")).to_contain_text("已使用")
    shoot(page, "offer-used-me")
    clerk.do("coupon.reopen", coupon_id=coupon["id"])
    expect(panel.locator("li.valid")).to_contain_text("有效期至")
    clerk.do("coupon.void", coupon_id=coupon["id"], reason="写错了")
    expect(panel.locator("li.voided")).to_contain_text("店里已收回")


def test_who_may_not_claim_is_told_kindly_and_no_more(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "夹谷女士", number()), member.page
    offer(clerk, "blocked", [member_id], 20)
    expect(card(page)).to_be_visible()
    clerk.do("member.set_blocked", member_id=member_id, blocked=True)
    claim(page)
    expect(card(page).locator(".told")).to_have_text(DENIED)
    expect(card(page).get_by_role("button")).to_have_count(0)
    assert coupons(clerk, member_id) == []


STANDS = """async ({ row, whole, entry }) => {
    const { part } = await import("/static/lazy.js");
    const { offer } = await import("/static/offers.js");
    await part("parts");
    const cursors = whole ? { "self/1": 5 } : {};
    const later = new Date(Date.now() + 1e7).toISOString();
    const client = {
        phase: "open", now: () => Date.now(), onChange: () => {},
        outbox: { entries: entry ? [entry] : [], add: (...told) => { window.added = told; } },
        session: {
            rows: () => [], row: () => row && { id: 1, quantity: 20, ends_at: later },
            scope: () => "self/1", sync: { cursors, paging: {} },
        },
    };
    document.body.append(offer({ id: 1, title: "券", valid_until: later }, client));
}"""
REFUSED = {
    "n": 7, "name": "offer.claim", "body": '{"offer_id":1}', "state": "failed",
    "code": "command.denied", "parameters": {},
}  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "told"), [(True, "这次活动已经结束了,下次请早~"), (False, "正在连接…")]
)
def test_an_offer_that_this_phone_was_not_told_of_has_ended_once_it_knows_all(
    phone: PhoneMaker, whole: bool, told: str
) -> None:
    page = phone().visit()
    page.evaluate(STANDS, {"row": False, "whole": whole, "entry": None})
    expect(page.locator(".offer .told")).to_have_text(told)


def test_a_claim_refused_for_another_reason_says_it_and_can_be_made_again(
    phone: PhoneMaker,
) -> None:
    page = phone().visit()
    page.evaluate(STANDS, {"row": True, "whole": True, "entry": REFUSED})
    expect(page.locator(".offer .problem")).to_have_text(REASONS["command.denied"])
    page.locator(".offer").get_by_role("button", name="抢", exact=True).click()
    name, body, more, instead = page.evaluate("window.added")
    assert (name, body, more) == ("offer.claim", {"offer_id": 1}, {"lane": "offer/1"})
    assert instead["n"] == 7, "it takes the place of the refused one"


def test_it_can_be_claimed_by_keyboard_and_is_told_without_chatter(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member, others = phone(), [phone() for _ in range(2)]
    ids = [willing(member, clerk, "西门女士", number())]
    ids += [willing(one, clerk, f"南宫女士{n}", number()) for n, one in enumerate(others)]
    page = member.page
    offer(clerk, "by-keyboard", ids, 8)
    expect(page.get_by_role("group", name=TITLE)).to_be_visible()
    assert page.evaluate(SPOKEN) == ""
    claim(others[0].page)
    expect(card(page).locator(".counts b")).to_have_text("还剩 7 份")
    assert page.evaluate(SPOKEN) == "", "seven of eight is no news"
    card(page).get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(card(page).locator(".told")).to_be_visible()
    page.wait_for_function(FOCUS_IN_CARD)
    assert page.evaluate(SPOKEN) == f"{TITLE}: 抢到了!到店出示券码就能用"
    code = coupon_of(clerk, ids[0])["code"]
    expect(card(page).locator(".code .unseen")).to_have_text("券码 " + " ".join(code))


COUNTDOWN = """async ({ hidden, left_ms }) => {
    const { part } = await import("/static/lazy.js");
    const { offer } = await import("/static/offers.js");
    await part("parts");
    const ends_at = new Date(Date.now() + left_ms).toISOString();
    window.looks = 0;
    const client = {
        phase: "open", now: () => { window.looks++; return Date.now(); }, onChange: () => {},
        outbox: { entries: [] }, session: {
            rows: () => [], row: () => ({ id: 1, quantity: 20, claimed: 3, ends_at }),
        },
    };
    const seen = hidden ? "hidden" : "visible";
    Object.defineProperty(document, "visibilityState", { get: () => seen });
    document.body.append(offer({ id: 1, title: "券", valid_until: ends_at }, client));
}"""
TEN_MINUTES_MS = 600_000


@pytest.mark.parametrize(
    ("left_ms", "span_ms", "hidden", "least", "most"),
    [
        (TEN_MINUTES_MS * 3, TEN_MINUTES_MS, False, 10, 12),
        (TEN_MINUTES_MS * 1000, TEN_MINUTES_MS, False, 0, 3),
        (30_000, 40_000, False, 30, 34),
        (TEN_MINUTES_MS * 3, TEN_MINUTES_MS, True, 0, 3),
    ],
    ids=["each-minute", "each-hour", "each-second-then-never", "not-while-nobody-looks"],
)
def test_the_time_left_is_looked_at_only_when_its_words_change(
    phone: PhoneMaker, left_ms: int, span_ms: int, hidden: bool, least: int, most: int
) -> None:
    stranger = phone()
    page = stranger.page
    page.clock.install()
    stranger.visit()
    expect(page.locator("form")).to_be_visible()
    page.evaluate(COUNTDOWN, {"hidden": hidden, "left_ms": left_ms})
    page.clock.run_for(1)
    before = page.evaluate("window.looks")
    page.clock.run_for(span_ms)
    assert least <= page.evaluate("window.looks") - before <= most


@pytest.mark.parametrize(("look", "how"), LOOKS, ids=[look for look, _ in LOOKS])
def test_the_card_and_the_list_fit_and_can_be_touched_in_every_look(
    phone: PhoneMaker, clerk: Staff, number: Number, look: str, how: dict[str, Any]
) -> None:
    member = phone(**how)
    member_id, page = willing(member, clerk, f"梁丘女士{look}", number()), member.page
    offer(clerk, f"look-{look}", [member_id], 3, body="{name},周末来店里坐坐吧,专属优惠先到先得。")
    expect(card(page)).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-offer")
    card(page).get_by_role("button").click()
    expect(card(page).locator(".code")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-offer-hers")
    page.locator(".bar .plain").click()
    expect(page.locator(".coupons li")).to_be_visible()
    check_screen(page)
    shoot(page, f"{look}-offer-me")
