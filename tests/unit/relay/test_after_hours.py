"""The automatic answer: once while the shop is shut, in the right words, and answering nobody."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console import paths
from console.domain.after_hours import AutoReply, is_due, parse, words
from console.domain.hours import Hours
from console.relay.handlers.told import texts
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import text
from tests.unit.relay.shop import Shop

SHANGHAI = Hours.daily("Asia/Shanghai", 600, 1290)
NIGHT_S = 12 * 3600
"""From the shop's opening, when its clock stands, to ten in the evening."""


async def turn_on(shop: Shop, **kw: Any) -> None:
    await shop.core.call(shop.owner, commands.SetSetting(
        key="auto_reply", value={"on": True, **kw}))  # fmt: skip


async def says(shop: Shop, body: str = "还有吗", **kw: Any) -> None:
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, body, **kw))


def said(shop: Shop) -> list[tuple[str, str]]:
    rows = shop.rows("select sender_kind, body from message where conversation_id = ? order by seq",
                     shop.anna.conversation_id)  # fmt: skip
    return [(row["sender_kind"], row["body"]) for row in rows]


async def test_who_writes_at_night_is_told_when_somebody_answers(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    await says(shop)
    answer = shop.rows("select * from message where sender_kind = 'system'")[0]
    assert "明天 10:00" in answer["body"]
    assert (answer["seq"], answer["automatic"], answer["kind"]) == (2, 1, "text")
    [asked] = shop.rows("select rev from message where seq = 1")
    assert answer["rev"] == asked["rev"]


async def test_it_answers_nobody_and_hides_no_question(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    await says(shop, "还有 L 码吗")
    found = shop.conversation(shop.anna)
    assert found["waiting_since"] == found["auto_replied_at"]
    assert (found["preview_text"], found["preview_sender"], found["last_seq"]) == (
        "还有 L 码吗", "member", 2)  # fmt: skip


async def test_once_while_it_is_shut_and_again_the_next_night(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    await says(shop)
    shop.clock.advance(3_600)
    await says(shop)
    assert [who for who, _ in said(shop)] == ["member", "system", "member"]
    shop.clock.advance(86_400)
    await says(shop)
    assert [who for who, _ in said(shop)][3:] == ["member", "system"]


async def test_nobody_is_answered_by_day_or_while_it_is_off(shop: Shop) -> None:
    await turn_on(shop)
    await says(shop)
    await turn_on(shop, on=False)
    shop.clock.advance(NIGHT_S)
    await says(shop)
    assert [who for who, _ in said(shop)] == ["member", "member"]


async def test_several_at_once_get_one_answer(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    one, two = (text(shop.anna.conversation_id, body) for body in ("一", "二"))
    first, second = shop.core._promise(shop.anna, one), shop.core._promise(shop.anna, two)
    await first
    await second
    assert sorted(who for who, _ in said(shop)) == ["member", "member", "system"]


async def test_a_retry_is_not_answered_again(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    await says(shop, client_id="one")
    await says(shop, client_id="one")
    assert len(said(shop)) == 2


async def test_who_is_blocked_gets_none(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    shop.block(shop.anna)
    code = await shop.refused(shop.anna, text(shop.anna.conversation_id))
    assert (code, said(shop)) == (Code.MEMBER_BLOCKED, [])


async def test_staff_at_night_get_none(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "晚上好"))
    assert said(shop) == [("staff", "晚上好")]


async def test_the_owners_words_and_hours_count(shop: Shop) -> None:
    await turn_on(shop, lang="en", en="Back {when}!")
    await shop.core.call(shop.owner, commands.SetSetting(
        key="hours", value={"week": [None] * 6 + [[600, 1290]]}, public=True))  # fmt: skip
    await says(shop)
    assert said(shop)[-1] == ("system", "Back on Sunday at 10:00!")


async def test_recalling_the_question_leaves_no_answer_as_preview(shop: Shop) -> None:
    await turn_on(shop)
    shop.clock.advance(NIGHT_S)
    await says(shop, client_id="one")
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="one"))
    found = shop.conversation(shop.anna)
    assert (found["preview_text"], found["waiting_since"]) == ("", None)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hours", {"week": [[600, 1290]]}), ("hours", "10-21"),
        ("auto_reply", {"on": "yes"}), ("auto_reply", {"on": True, "lang": "fr"}),
        ("auto_reply", {"on": True, "zh": "长" * 1001}), ("auto_reply", []),
    ],
)  # fmt: skip
async def test_settings_that_make_no_sense_are_refused(shop: Shop, key: str, value: Any) -> None:
    code = await shop.refused(shop.owner, commands.SetSetting(key=key, value=value))
    assert code is Code.COMMAND_INVALID


# --- the words ----------------------------------------------------------------------------------


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "now", "zh", "en"),
    [
        (SHANGHAI, "2026-11-23T08:00", "今天 10:00", "today at 10:00"),
        (SHANGHAI, "2026-11-23T22:00", "明天 10:00", "tomorrow at 10:00"),
        (Hours("Asia/Shanghai", (((570, 1290),), *[()] * 6)), "2026-11-27T12:00", "周一 09:30",
         "on Monday at 09:30"),
        (Hours("Asia/Shanghai", (((570, 1290),), *[()] * 6)), "2026-11-23T22:00",
         "11 月 30 日 09:30", "on 30 November at 09:30"),
    ],
)  # fmt: skip
def test_the_program_says_when(hours: Hours, now: str, zh: str, en: str) -> None:
    assert zh in words("", texts("auto_reply", "zh"), hours, moment(now))
    assert en in words("", texts("auto_reply", "en"), hours, moment(now))


def test_a_shop_that_never_opens_promises_nothing() -> None:
    never = Hours("Asia/Shanghai", ((),) * 7)
    for language in ("zh", "en"):
        found = words("", texts("auto_reply", language), never, moment("2026-11-23T12:00"))
        assert found
        assert "{" not in found
    assert is_due(never, None, moment("2026-11-23T12:00"))
    assert not is_due(never, moment("2026-11-01T12:00"), moment("2026-11-23T12:00"))


def test_braces_in_the_owners_words_do_no_harm() -> None:
    assert words(
        "{0} {when} {", texts("auto_reply", "en"), SHANGHAI, moment("2026-11-23T22:00")
    ) == ("{0} tomorrow at 10:00 {")


def test_a_clock_that_jumped_ahead_and_back_does_not_silence_the_answer() -> None:
    answered_at = moment("2026-11-23T22:00") + timedelta(days=900)
    assert is_due(SHANGHAI, answered_at, moment("2026-11-23T22:00"))


def test_both_languages_have_the_same_sentences() -> None:
    folder = paths.resources() / "text"
    found = [
        json.loads((folder / f"auto_reply.{name}.json").read_text("utf-8")) for name in ("zh", "en")
    ]
    assert set(found[0]) == set(found[1])


def test_nothing_set_is_off() -> None:
    assert parse(None) == AutoReply.read(["nonsense"]) == AutoReply()
