"""An answer that never came, a conversation that moved meanwhile: nobody twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff

Number = Callable[[], str]


def test_joining_again_after_a_lost_answer_makes_nobody_twice(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member, own = phone(), number()
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    def fill_in(page: Page) -> None:
        page.locator("input[name=phone]").fill(own)
        page.locator("input[name=name]").fill("双女士")
        page.locator(".consent label").first.click()
        page.locator("button.primary").click()

    member.page.route("**/api/join", lose_the_first)
    page = member.visit()
    fill_in(page)
    expect(page.locator(".problem:visible")).to_have_count(1)
    member.context.clear_cookies()
    page.reload()
    fill_in(page)
    member.wait_online()
    assert lost == [200]
    member.say("总算加入了")
    clerk.wait(lambda: "总算加入了" in [row.get("body") for row in clerk.rows("message")])
    assert [row["name"] for row in clerk.rows("member")].count("双女士") == 1
    assert page.evaluate("localStorage.getItem('hanger.join')") is None
    member.problems.clear()  # the browser reports the cut request itself


def test_words_written_offline_follow_a_guest_to_the_conversation_she_is_merged_into(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    own = number()
    phone().join("合女士", own)
    known = clerk.member("合女士")["id"]
    clerk.do("member.confirm", member_id=known)
    kept = clerk.conversation_of("合女士")
    guest = phone()
    page = guest.join("合姐", own)
    guest.context.set_offline(True)
    expect(page.locator(".banner").first).to_be_visible()
    for n in range(3):
        guest.say(f"并入前写的 {n}")
    clerk.do("member.confirm", member_id=clerk.member("合姐")["id"])
    guest.context.set_offline(False)
    expected = [f"并入前写的 {n}" for n in range(3)]
    clerk.wait(lambda: clerk.bodies(kept) == expected, "each once and in order")
    expect(page.locator(".bubble .text")).to_have_text(expected)
    expect(page.locator(".failure")).to_have_count(0)


RETRY = """async ({ full }) => {
    const { openStore } = await import("/static/store.js");
    const { Outbox } = await import("/static/outbox.js");
    const { Client } = await import("/static/client.js");
    const store = await openStore();
    const quiet = () => {};
    const outbox = new Outbox(store, { send: () => false, changed: quiet, announce: quiet });
    const photos = [{ client_id: "p", buffer: new ArrayBuffer(4), mime: "image/png",
        width: 1, height: 1 }];
    const refused = await outbox.add("message.send", { body: "别丢了" },
        { lane: "t", client_id: "c", text: "别丢了", photos });
    await outbox.failed(refused, "not_found");
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value) {
        if (full && this.name === "outbox") throw new DOMException("", "QuotaExceededError");
        return put.call(this, value);
    };
    const tab = { store, outbox, chatId: 5, lane: "t" };
    const twice = [0, 1].map(() => Client.prototype.retry.call(tab, refused).catch(quiet));
    await Promise.all(twice);
    IDBObjectStore.prototype.put = put;
    const kept = (await store.entries()).filter((entry) => entry.lane === "t");
    return {
        kept: kept.map((entry) => [entry.text, entry.state]),
        shown: outbox.entries.map((entry) => [entry.text, entry.state]),
        anew: kept.some((entry) => entry.n !== refused.n),
        photo: Boolean(await store.photo("p")),
    };
}"""


@pytest.mark.parametrize(("full", "state"), [(False, "queued"), (True, "failed")])
def test_what_is_sent_anew_is_kept_once_even_when_the_phone_is_full(
    phone: PhoneMaker, full: bool, state: str
) -> None:
    found = phone().visit().evaluate(RETRY, {"full": full})
    kept = [["别丢了", state]]
    assert found == {"kept": kept, "shown": kept, "anew": not full, "photo": True}
