"""A campaign asks: members answer by one tap or in their own words, and the tally is right."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.relay.actor import Actor
from console.wire import commands
from console.wire.campaign_rows import QuestionTerms, Weekly
from console.wire.errors import Code
from tests.helpers.campaign_kit import frozen, members, sent, settle, variant
from tests.helpers.relay_kit import text
from tests.unit.relay.campaign_shop import bodies, campaign, keep_in, recipients, willing
from tests.unit.relay.merging import merge, unmerge
from tests.unit.relay.shop import Shop

ASKS = QuestionTerms(text="秋天想添什么?", choices=["外套", "裙子"], free_text=True)


@pytest.fixture(autouse=True)
def _ready(shop: Shop) -> None:
    keep_in(shop, shop.anna, shop.bea)
    shop.write("update member set marketing = 1")


async def ask(shop: Shop, client_id: str = "c", question: QuestionTerms = ASKS) -> None:
    await sent(shop.core, shop.clerk, client_id, variant("想听听您的"), question=question)


def asked(shop: Shop, who: Actor, place: int = -1) -> int:
    found = shop.rows("select id from message where conversation_id = ? and question is not null"
                      " order by id", who.conversation_id)  # fmt: skip
    return int(found[place]["id"])


def tap(shop: Shop, who: Actor, choice: int = 0) -> commands.AnswerQuestion:
    return commands.AnswerQuestion(message_id=asked(shop, who), choice=choice)


def words(shop: Shop, who: Actor, said: str, client_id: str = "w") -> commands.AnswerQuestion:
    return commands.AnswerQuestion(message_id=asked(shop, who), text=said, client_id=client_id)


def answers(shop: Shop) -> dict[int, Any]:
    """Choice or words by member, and that the tally says as many."""
    found = shop.rows("select * from question_answer")
    for row in shop.rows("select * from campaign"):
        ours = [one for one in found if one["campaign_id"] == row["id"]]
        assert json.loads(row["counts"]).get("answered", 0) == len(ours)
    return {row["member_id"]: row["text"] or row["choice"] for row in found}


# --- asking -------------------------------------------------------------------------------------


async def test_the_message_carries_the_question_of_its_campaign(shop: Shop) -> None:
    await ask(shop)
    [row] = shop.rows("select question from message where id = ?", asked(shop, shop.anna))
    assert json.loads(row["question"]) == {
        "question_id": campaign(shop)["id"], "text": "秋天想添什么?",
        "choices": ["外套", "裙子"], "free_text": True,
    }  # fmt: skip


async def test_a_question_alone_is_enough_to_send_and_is_the_preview(shop: Shop) -> None:
    await sent(shop.core, shop.clerk, "c", variant(""), question=ASKS)
    assert shop.conversation(shop.anna)["preview_text"] == "秋天想添什么?"


async def test_a_question_that_nobody_could_answer_stays_a_draft(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant()], question=QuestionTerms(text="想要什么?")))  # fmt: skip
    assert (
        await shop.refused(shop.clerk, commands.FreezeCampaign(client_id="c"))
        == Code.CAMPAIGN_EMPTY
    )


@pytest.mark.parametrize("wrong", [
    ["外套"] * 2, [""], [" 外套"], [str(n) for n in range(9)], ["长" * 21],
])  # fmt: skip
async def test_choices_are_few_short_and_different(shop: Shop, wrong: list[str]) -> None:
    assert await shop.refused(shop.clerk, commands.SaveCampaign(
        client_id="c", variants=[variant()], question=QuestionTerms(choices=wrong),
    )) == Code.COMMAND_INVALID  # fmt: skip


# --- one tap ------------------------------------------------------------------------------------


async def test_one_tap_is_tallied_and_is_no_message(shop: Shop) -> None:
    await ask(shop)
    before = shop.conversation(shop.anna)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 1))
    assert answers(shop) == {shop.anna.id: 1}
    assert shop.conversation(shop.anna) == before
    assert recipients(shop)[shop.anna.id]["replied_at"] is not None
    assert campaign(shop)["counts"]["replied"] == 1


async def test_the_same_again_changes_nothing_and_another_one_replaces_it(shop: Shop) -> None:
    await ask(shop)
    first = await shop.core.call(shop.anna, tap(shop, shop.anna, 0))
    [before] = shop.rows("select * from question_answer")
    assert await shop.core.call(shop.anna, tap(shop, shop.anna, 0)) == first
    assert shop.rows("select * from question_answer") == [before]
    shop.clock.advance(60)
    assert await shop.core.call(shop.anna, tap(shop, shop.anna, 1)) == first
    [after] = shop.rows("select * from question_answer")
    assert (after["choice"], after["revised"], after["id"]) == (1, 1, before["id"])
    assert after["rev"] > before["rev"]
    assert after["at"] > before["at"]
    assert answers(shop) == {shop.anna.id: 1}
    assert campaign(shop)["counts"]["replied"] == 1


async def test_an_answer_to_an_older_campaign_is_no_reply_to_the_newer_one(shop: Shop) -> None:
    await ask(shop)
    first = asked(shop, shop.anna)
    await ask(shop, "d")
    await shop.core.call(shop.anna, commands.AnswerQuestion(
        message_id=first, text="外套", client_id="w"))  # fmt: skip
    assert recipients(shop, "c")[shop.anna.id]["replied_at"] is not None
    assert recipients(shop, "d")[shop.anna.id]["replied_at"] is None


# --- in her own words ---------------------------------------------------------------------------


async def test_words_are_her_message_quoting_the_question_and_wait_for_an_answer(
    shop: Shop,
) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, " 想要厚外套 "))
    assert answers(shop) == {shop.anna.id: "想要厚外套"}
    [said] = shop.rows("select * from message where client_id = 'w'")
    assert (said["body"], said["reply_to"]) == (" 想要厚外套 ", asked(shop, shop.anna))
    assert shop.rows("select message_id from question_answer") == [{"message_id": said["id"]}]
    thread = shop.conversation(shop.anna)
    assert (thread["status"], thread["waiting_since"] is None) == ("open", False)


async def test_words_replace_a_tap_and_a_tap_replaces_words(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 0))
    await shop.core.call(shop.anna, words(shop, shop.anna, "毛衣"))
    assert answers(shop) == {shop.anna.id: "毛衣"}
    await shop.core.call(shop.anna, tap(shop, shop.anna, 1))
    assert answers(shop) == {shop.anna.id: 1}
    assert bodies(shop, shop.anna) == ["想听听您的", "毛衣"]


async def test_old_words_sent_again_do_not_replace_newer_ones(shop: Shop) -> None:
    """As a phone does after the shop's computer was restored."""
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, "毛衣"))
    await shop.core.call(shop.anna, words(shop, shop.anna, "大衣", "w2"))
    await shop.core.call(shop.anna, words(shop, shop.anna, "毛衣"))
    assert answers(shop) == {shop.anna.id: "大衣"}
    assert bodies(shop, shop.anna)[1:] == ["毛衣", "大衣"]


async def test_words_she_takes_back_are_no_answer_any_more(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, "秘密的毛衣"))
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="w"))
    assert answers(shop) == {}
    await shop.core.close()
    for file in shop.path.parent.glob("relay.sqlite*"):
        assert "秘密的毛衣".encode() not in file.read_bytes(), file
    await shop.open_anew()


async def test_an_opt_out_is_no_answer_but_an_opt_out(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 1))
    await shop.core.call(shop.anna, words(shop, shop.anna, " 退订 "))
    await shop.core.call(shop.bea, words(shop, shop.bea, "TD", "w2"))
    assert answers(shop) == {shop.anna.id: 1}
    found = shop.rows("select marketing from member where id in (?, ?)", shop.anna.id, shop.bea.id)
    assert [row["marketing"] for row in found] == [0, 0]
    assert bodies(shop, shop.anna)[-1] == " 退订 "


# --- refused ------------------------------------------------------------------------------------


async def test_what_is_no_answer_is_refused_and_writes_nothing(shop: Shop) -> None:
    await ask(shop, question=QuestionTerms(choices=["是", "否"]))
    ours = asked(shop, shop.anna)
    answer = commands.AnswerQuestion
    for wrong, code in (
        (answer(message_id=ours, choice=2), Code.COMMAND_INVALID),
        (answer(message_id=ours, choice=-1), Code.COMMAND_INVALID),
        (answer(message_id=ours, choice=0, text="是"), Code.COMMAND_INVALID),
        (answer(message_id=ours, text="都行", client_id="w"), Code.COMMAND_INVALID),
        (answer(message_id=asked(shop, shop.bea), choice=0), Code.NOT_FOUND),
        (answer(message_id=9_999, choice=0), Code.NOT_FOUND),
    ):
        assert await shop.refused(shop.anna, wrong) == code
    await ask(shop, "d")
    for said, code in ((" ", Code.TEXT_EMPTY), ("长" * 4_001, Code.TEXT_TOO_LONG)):
        assert await shop.refused(shop.anna, words(shop, shop.anna, said)) == code
    shop.block(shop.anna)
    assert await shop.refused(shop.anna, tap(shop, shop.anna)) == Code.MEMBER_BLOCKED


async def test_a_message_that_asks_nothing_has_no_answer(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "在吗"))
    assert (
        await shop.refused(shop.anna, commands.AnswerQuestion(message_id=made["id"], choice=0))
        == Code.NOT_FOUND
    )


# --- recall, erasure, sending again -------------------------------------------------------------


async def test_from_the_recall_on_nothing_is_asked_and_what_was_answered_stays(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 1))
    await shop.core.call(shop.clerk, commands.RecallCampaign(client_id="c"))
    command = tap(shop, shop.anna, 0)
    assert await shop.refused(shop.anna, command) == Code.NOT_FOUND
    await settle(shop.core)
    assert await shop.refused(shop.anna, command) == Code.NOT_FOUND
    assert answers(shop) == {shop.anna.id: 1}
    assert "question" not in campaign(shop)["content"]
    await shop.core.close()
    for file in shop.path.parent.glob("relay.sqlite*"):
        assert "秋天想添什么".encode() not in file.read_bytes(), file
    await shop.open_anew()


async def test_who_is_erased_is_counted_no_more(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, "厚外套"))
    await shop.core.call(shop.bea, tap(shop, shop.bea))
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.anna.id))
    assert answers(shop) == {shop.bea.id: 0}


async def test_what_is_sent_again_asks_the_same_question_and_has_the_same_tally(
    shop: Shop,
) -> None:
    await ask(shop)
    first = asked(shop, shop.anna)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 0))
    await shop.core.call(shop.clerk, commands.ResendCampaign(client_id="c", new_id="r"))
    other = QuestionTerms(choices=["别的"])
    rule = {"campaign": campaign(shop)["id"], "to": "unread"}
    assert (
        await shop.refused(
            shop.clerk,
            commands.SaveCampaign(client_id="r", variants=[variant()], rule=rule, question=other),
        )
        == Code.COMMAND_INVALID
    )
    await shop.core.call(shop.clerk, commands.SaveCampaign(
        client_id="r", variants=[variant("再问一次")], rule=rule, question=ASKS))  # fmt: skip
    await shop.core.call(shop.clerk, commands.FreezeCampaign(client_id="r"))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="r"))
    await settle(shop.core)
    assert asked(shop, shop.anna) != first
    await shop.core.call(shop.anna, tap(shop, shop.anna, 1))
    await shop.core.call(shop.bea, tap(shop, shop.bea, 1))
    assert answers(shop) == {shop.anna.id: 1, shop.bea.id: 1}
    assert campaign(shop)["counts"]["answered"] == 2
    assert "answered" not in campaign(shop, "r")["counts"]


async def test_each_week_of_a_series_has_a_tally_of_its_own(shop: Shop) -> None:
    await frozen(shop.core, shop.clerk, "c", variant(), question=ASKS,
                 weekly=Weekly(weekday=2, minute=720))  # fmt: skip
    await shop.core.call(shop.clerk, commands.ScheduleCampaign(client_id="c"))
    for choice in (0, 1):
        [row] = shop.rows("select next_at from campaign where client_id = 'c'")
        ahead = row["next_at"] / 1000 - shop.clock.now().timestamp()
        shop.clock.advance(ahead)
        await settle(shop.core)
        await shop.core.call(shop.anna, tap(shop, shop.anna, choice))
    found = shop.rows("select a.choice, c.kind from question_answer a"
                      " join campaign c on c.id = a.campaign_id order by a.id")  # fmt: skip
    assert found == [{"choice": 0, "kind": "occurrence"}, {"choice": 1, "kind": "occurrence"}]


# --- two members are one person -----------------------------------------------------------------


async def test_of_two_answers_of_one_person_the_newer_stands_and_both_come_back(
    shop: Shop,
) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 0))
    shop.clock.advance(60)
    await shop.core.call(shop.bea, words(shop, shop.bea, "毛衣"))
    await merge(shop)
    assert answers(shop) == {shop.anna.id: "毛衣"}
    await unmerge(shop)
    assert answers(shop) == {shop.anna.id: 0, shop.bea.id: "毛衣"}


async def test_what_she_answers_since_stays_hers_when_they_are_two_again(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.bea, tap(shop, shop.bea, 0))
    await merge(shop)
    assert answers(shop) == {shop.anna.id: 0}
    shop.clock.advance(60)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 1))
    await unmerge(shop)
    assert answers(shop) == {shop.anna.id: 1}


async def test_merges_are_taken_back_in_any_order_and_each_gets_her_own_answer(
    shop: Shop,
) -> None:
    [cara] = await willing(shop)
    await ask(shop)
    for who, choice in ((shop.anna, 0), (shop.bea, 1)):
        await shop.core.call(who, tap(shop, who, choice))
        shop.clock.advance(60)
    await shop.core.call(cara, words(shop, cara, "毛衣"))
    before = answers(shop)
    await merge(shop)
    made = await shop.core.call(
        shop.clerk, commands.MergeMembers(keep_id=shop.anna.id, gone_id=cara.id)
    )
    assert answers(shop) == {shop.anna.id: "毛衣"}
    await unmerge(shop)
    assert answers(shop) == {shop.anna.id: "毛衣", shop.bea.id: 1}
    await unmerge(shop, made["merge_id"])
    assert answers(shop) == before


async def test_words_taken_back_while_they_were_one_do_not_return(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.bea, words(shop, shop.bea, "毛衣"))
    shop.clock.advance(60)
    await shop.core.call(shop.anna, tap(shop, shop.anna, 0))
    await merge(shop)
    shop.write("update message set recalled_at = 1, body = '' where client_id = 'w'")
    await unmerge(shop)
    assert answers(shop) == {shop.anna.id: 0}


# --- staff --------------------------------------------------------------------------------------


async def test_staff_put_answers_into_buckets_and_a_new_answer_leaves_them(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, "羽绒的"))
    await shop.core.call(shop.bea, tap(shop, shop.bea))
    ids = [row["id"] for row in shop.rows("select id from question_answer")]
    await shop.core.call(shop.clerk, commands.SortAnswers(
        client_id="c", ids=[*ids, 9_999], bucket=" 厚  外套 "))  # fmt: skip
    found = shop.rows("select bucket, choice from question_answer order by id")
    assert found == [{"bucket": "厚 外套", "choice": None}, {"bucket": "", "choice": 0}]
    await shop.core.call(shop.anna, words(shop, shop.anna, "算了", "w2"))
    assert shop.rows("select bucket from question_answer where text != ''") == [{"bucket": ""}]


async def test_a_renamed_bucket_takes_along_what_belongs_there(shop: Shop) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, "羽绒的"))
    [row] = shop.rows("select id from question_answer")
    await shop.core.call(shop.clerk, commands.SortAnswers(
        client_id="c", ids=[row["id"]], bucket="外套"))  # fmt: skip
    for old, new in (("外套", "厚外套"), ("厚外套", "冬装")):
        await shop.core.call(shop.clerk, commands.RenameBucket(client_id="c", bucket=old, to=new))
    assert shop.rows("select bucket from question_answer") == [{"bucket": "冬装"}]
    assert json.loads(campaign(shop)["buckets"]) == {"外套": "冬装", "厚外套": "冬装"}


async def test_sorting_is_for_staff_of_campaigns_and_names_are_short(shop: Shop) -> None:
    await ask(shop)
    sort = commands.SortAnswers(client_id="c", ids=[1], bucket="外套")
    await shop.core.call(
        shop.owner,
        commands.SetGrant(staff_id=shop.clerk.id, scope="campaigns", granted=False),
    )
    assert await shop.refused(shop.clerk, sort) == Code.COMMAND_DENIED
    assert (
        await shop.refused(
            shop.owner, commands.SortAnswers(client_id="c", ids=[1], bucket="长" * 21)
        )
        == Code.TEXT_TOO_LONG
    )
    for old, new in (("", "外套"), ("外套", " ")):
        assert (
            await shop.refused(shop.owner, commands.RenameBucket(client_id="c", bucket=old, to=new))
            == Code.COMMAND_INVALID
        )


async def test_she_sees_her_own_answer_and_never_its_bucket(shop: Shop, lines: Any) -> None:
    await ask(shop)
    await shop.core.call(shop.anna, words(shop, shop.anna, "羽绒的"))
    await shop.core.call(shop.bea, tap(shop, shop.bea))
    [row] = shop.rows("select id from question_answer where text != ''")
    await shop.core.call(shop.clerk, commands.SortAnswers(
        client_id="c", ids=[row["id"]], bucket="土"))  # fmt: skip
    line = lines(shop.anna)
    await line.hello()
    rows = await line.page(f"self/{shop.anna.id}")
    assert [one["text"] for one in map(dict, _plain(rows["question_answer"]))] == ["羽绒的"]
    assert all("bucket" not in one for one in _plain(rows["question_answer"]))


def _plain(rows: list[Any]) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(row, default=str)) for row in rows]


async def test_words_that_were_taken_back_are_no_answer_when_they_come_once_more(
    shop: Shop,
) -> None:
    await ask(shop)
    said = words(shop, shop.anna, "羽绒服")
    await shop.core.call(shop.anna, said)
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="w"))
    assert await shop.core.call(shop.anna, said) == {"id": 0}
    assert answers(shop) == {}


async def test_what_somebody_answered_is_not_removed_though_who_got_it_is_erased(
    shop: Shop,
) -> None:
    """She answered for one who was merged into her for a while."""
    await frozen(shop.core, shop.clerk, "c", question=ASKS, rule=members(shop.bea))
    await shop.core.call(shop.clerk, commands.SendCampaignNow(client_id="c"))
    await settle(shop.core)
    # As if another one had been left over when it was cancelled.
    shop.write("update campaign set state = 'cancelled'")
    await merge(shop)
    await shop.core.call(shop.anna, tap(shop, shop.anna))
    await unmerge(shop)
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.bea.id))
    assert answers(shop) == {shop.anna.id: 0}
    assert campaign(shop)["counts"] == {"skipped": 1, "answered": 1}
    remove = commands.RemoveCampaign(client_id="c")
    assert await shop.refused(shop.clerk, remove) is Code.CAMPAIGN_STATE
