"""A campaign asks on a phone: one tap, or words of her own; offline, in two tabs, in all looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Phone, PhoneMaker
from tests.web.relay_process import Relay
from tests.web.staff import Staff
from tests.web.test_campaigns import shop_at_noon, willing
from tests.web.test_chat import choose, picture
from tests.web.test_offline import OUTBOX_EMPTY
from tests.web.test_page import LOOKS, check_screen, shoot

Number = Callable[[], str]
ASKS = {
    "zh": {"text": "这个秋天,您最想添一件什么?",
           "choices": ["厚外套", "连衣裙", "针织衫", "西装两件套,上班穿的"], "free_text": True},
    "en": {"text": "What would you like to add this autumn?",
           "choices": ["Warm coat", "Dress", "Knitwear", "A suit for work"], "free_text": True},
}  # fmt: skip
WORDS = {
    "zh": "想听听您的想法,选好了我们去进货~",
    "en": "We would love to hear from you before we buy.",
}
THANKS = "谢谢您,店里收到啦。想改随时点"


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """One for all tests here."""
    with shop_at_noon(tmp_path_factory.mktemp("noon")) as shop:
        yield shop


@pytest.fixture(autouse=True)
def _follows_answers(clerk: Staff) -> None:
    clerk.follow("campaigns")


def ask(clerk: Staff, member_id: int, key: str, body: str = WORDS["zh"], **question: Any) -> None:
    """Freeze and send a question to her alone."""
    clerk.do("campaign.save", client_id=key, rule={"leaf": "members", "ids": [member_id]},
             variants=[{"name": "", "body": body}], question=question or ASKS["zh"])  # fmt: skip
    clerk.do("campaign.freeze", client_id=key)
    clerk.do("campaign.send_now", client_id=key)


def asked(page: Page, count: int = 1) -> Locator:
    expect(page.locator(".asks")).to_have_count(count)
    return page.locator(".asks").last


def choice(box: Locator, label: str) -> Locator:
    return box.get_by_role("button", name=label, exact=True)


def answers(clerk: Staff, member_id: int) -> list[Any]:
    rows = [row for row in clerk.rows("question_answer") if row["member_id"] == member_id]
    return [row.get("text") or row.get("choice") for row in rows]


def answered(clerk: Staff, member_id: int, *wanted: Any) -> None:
    """The shop has exactly these of her."""
    clerk.wait(lambda: answers(clerk, member_id) == list(wanted), f"answers {wanted}")


@pytest.mark.parametrize(("look", "how"), LOOKS, ids=[look for look, _ in LOOKS])
def test_a_question_fits_and_can_be_touched_in_every_look(
    phone: PhoneMaker, clerk: Staff, number: Number, look: str, how: dict[str, Any]
) -> None:
    member, language = phone(**how), look[:2]
    member_id, page = willing(member, clerk, f"钟离女士{look}", number()), member.page
    ask(clerk, member_id, f"look-{look}", WORDS[language], **ASKS[language])
    box = asked(page)
    expect(box.locator("h2")).to_have_text(str(ASKS[language]["text"]))
    check_screen(page)
    shoot(page, f"{look}-question")
    high = [box.locator(".choice").nth(number).bounding_box() for number in (0, 1)]
    for each in (0, 1):
        box.locator(".choice").nth(each).click()
        expect(box.locator(".choice").nth(each)).to_have_attribute("aria-pressed", "true")
        assert box.locator(".choice").nth(each).bounding_box() == high[each], "it keeps its size"
    answered(clerk, member_id, 1)
    check_screen(page)
    shoot(page, f"{look}-question-answered")
    box.locator(".choice").last.click()
    expect(page.locator(".answering")).to_contain_text(str(ASKS[language]["text"]))
    check_screen(page)
    shoot(page, f"{look}-question-words")


def test_one_tap_answers_and_another_one_changes_it(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "长孙女士", number()), member.page
    ask(clerk, member_id, "tap")
    box = asked(page)
    expect(box.locator(".told")).to_have_text("点一下就好,随时可以改")
    choice(box, "厚外套").click()
    expect(box.locator(".told")).to_have_text(THANKS)
    answered(clerk, member_id, 0)
    choice(box, "针织衫").focus()
    page.keyboard.press("Enter")
    answered(clerk, member_id, 2)
    expect(box.locator("[aria-pressed=true]")).to_have_text(["针织衫"])
    expect(choice(box, "针织衫")).to_be_focused()
    page.reload()
    expect(asked(page).locator("[aria-pressed=true]")).to_have_text(["针织衫"])
    expect(page.locator(".mine")).to_have_count(0)
    page.locator(".bar .plain").click()
    page.get_by_role("button", name="查看店里保存的资料").click()
    expect(page.locator(".facts dt", has_text="回答过的提问")).to_have_count(1)


def test_words_of_her_own_quote_the_question_and_are_her_answer(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "闻人女士", number()), member.page
    ask(clerk, member_id, "words")
    box = asked(page)
    choice(box, "都不是,我自己说").click()
    expect(page.locator(".composer textarea")).to_be_focused()
    expect(page.locator(".answering")).to_contain_text("这个秋天,您最想添一件什么?")
    choose(page, picture())
    member.say("想要一件长款羽绒服")
    answered(clerk, member_id, "想要一件长款羽绒服")
    expect(page.locator(".mine .text")).to_have_text(["想要一件长款羽绒服"])
    expect(page.locator(".mine .quoted")).to_have_count(1)
    expect(page.locator(".mine .photo.here")).to_have_count(1)
    expect(choice(box, "换个说法")).to_have_attribute("aria-pressed", "true")
    choice(box, "连衣裙").click()
    answered(clerk, member_id, 1)
    expect(choice(box, "都不是,我自己说")).to_have_attribute("aria-pressed", "false")


def test_words_she_takes_back_are_no_answer_any_more(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "尉迟女士", number()), member.page
    ask(clerk, member_id, "back")
    box = asked(page)
    choice(box, "都不是,我自己说").click()
    member.say("毛衣吧")
    answered(clerk, member_id, "毛衣吧")
    page.locator(".mine .bubble").click(button="right")
    page.get_by_role("button", name="撤回").click()
    answered(clerk, member_id)
    expect(choice(box, "都不是,我自己说")).to_have_attribute("aria-pressed", "false")
    expect(box.locator(".told")).to_have_text("点一下就好,随时可以改")


def test_without_network_an_answer_waits_survives_a_reload_and_goes_out_once(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "澹台女士", number()), member.page
    ask(clerk, member_id, "offline")
    box = asked(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.reload()  # now the page's own files are kept by the service worker
    member.wait_online()
    member.context.set_offline(True)
    expect(page.locator(".banner").first).to_be_visible()
    box = asked(page)
    choice(box, "厚外套").click()
    expect(box.locator(".told")).to_have_text("已经记下,连上网络就告诉店里")
    choice(box, "都不是,我自己说").click()
    member.say("再想想,要风衣")
    expect(page.locator(".mine .foot.queued")).to_have_count(1)
    page.reload()
    box = asked(page)
    expect(choice(box, "换个说法")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".mine .text")).to_have_text(["再想想,要风衣"])
    assert answers(clerk, member_id) == []
    member.context.set_offline(False)
    answered(clerk, member_id, "再想想,要风衣")
    page.evaluate(OUTBOX_EMPTY)
    expect(box.locator(".told")).to_have_text(THANKS)
    assert clerk.bodies(clerk.conversation_of("澹台女士")) == [WORDS["zh"], "再想想,要风衣"]


def test_both_tabs_show_what_she_chose_in_one(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "赫连女士", number()), member.page
    ask(clerk, member_id, "tabs")
    asked(page)
    other = member.open()
    other.goto(member.url)
    choice(asked(other), "连衣裙").click()
    expect(asked(page).locator("[aria-pressed=true]")).to_have_text(["连衣裙"])
    choice(asked(page), "针织衫").click()
    expect(asked(other).locator("[aria-pressed=true]")).to_have_text(["针织衫"])
    answered(clerk, member_id, 2)


def test_what_is_sent_again_stands_answered_too(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member_id, page = willing(member, clerk, "轩辕女士", number()), member.page
    ask(clerk, member_id, "again", "")
    box = asked(page)
    expect(page.locator(".campaign .text")).to_have_text([str(ASKS["zh"]["text"])])
    expect(box.locator("h2")).to_have_count(0)
    choice(box, "厚外套").click()
    answered(clerk, member_id, 0)
    clerk.do("campaign.resend", client_id="again", new_id="again-2", to="unread")
    clerk.do("campaign.freeze", client_id="again-2")
    clerk.do("campaign.send_now", client_id="again-2")
    second = asked(page, 2)
    expect(choice(second, "厚外套")).to_have_attribute("aria-pressed", "true")
    choice(second, "连衣裙").click()
    answered(clerk, member_id, 1)
    expect(box.first.locator("[aria-pressed=true]")).to_have_text(["连衣裙"])


def test_words_for_a_question_that_is_over_still_reach_the_shop(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member: Phone = phone()
    member_id, page = willing(member, clerk, "申屠女士", number()), member.page
    ask(clerk, member_id, "over")
    choice(asked(page), "都不是,我自己说").click()
    member.context.set_offline(True)
    expect(page.locator(".banner").first).to_be_visible()
    member.say("想要大衣")
    clerk.do("campaign.recall", client_id="over")
    member.context.set_offline(False)
    chat = clerk.conversation_of("申屠女士")
    clerk.wait(lambda: clerk.bodies(chat)[1:] == ["想要大衣"], "her words as a message")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    expect(page.locator(".asks")).to_have_count(0)
    assert answers(clerk, member_id) == []
