"""Notes and the queue: who waits, who sleeps, who is done, and what members never learn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.relay.actor import RELAY
from console.relay.internal import WakeConversations
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import new_member, text
from tests.unit.relay.shop import Shop


def thread(shop: Shop) -> dict[str, Any]:
    return shop.conversation(shop.anna)


def ms(moment: Any) -> int:
    return int(moment.timestamp() * 1000)


async def says(shop: Shop, body: str = "在吗", **kw: Any) -> dict[str, Any]:
    sent = await shop.core.call(shop.anna, text(shop.anna.conversation_id, body, **kw))
    return dict(sent)


# --- notes --------------------------------------------------------------------------------------


def note(shop: Shop, body: str = "她喜欢红色", client_id: str = "note") -> commands.AddNote:
    return commands.AddNote(
        conversation_id=shop.anna.conversation_id, client_id=client_id, body=body
    )


async def test_a_note_stands_behind_the_newest_message_and_changes_no_conversation(
    shop: Shop,
) -> None:
    await says(shop)
    before = thread(shop)
    made = await shop.core.call(shop.clerk, note(shop))
    assert await shop.core.call(shop.clerk, note(shop)) == made
    assert thread(shop) == before
    [row] = shop.rows("select after_seq, body, staff_id from note")
    assert row == {"after_seq": 1, "body": "她喜欢红色", "staff_id": shop.clerk.id}


async def test_no_member_writes_or_gets_a_note(shop: Shop, lines: Any) -> None:
    assert await shop.refused(shop.anna, note(shop)) is Code.COMMAND_DENIED
    await shop.core.call(shop.clerk, note(shop))
    phone, console = lines(shop.anna), lines(shop.clerk)
    for line in (phone, console):
        await line.hello()
    assert "note" in await console.page("chats/1")
    assert "note" not in await phone.page(f"chat/{shop.anna.conversation_id}")
    await shop.core.call(shop.clerk, note(shop, "还要大一码", "two"))
    await says(shop, "看得到的话")
    await phone.transport.until(lambda: any("看得到的话".encode() in raw
                                            for raw in phone.transport.raw))  # fmt: skip
    words = b"".join(phone.transport.raw).decode()
    assert "她喜欢红色" not in words
    assert "还要大一码" not in words


async def test_a_note_is_refused_like_words(shop: Shop) -> None:
    assert await shop.refused(shop.clerk, note(shop, " ")) is Code.TEXT_EMPTY
    assert await shop.refused(shop.clerk, note(shop, "长" * 4001)) is Code.TEXT_TOO_LONG
    stranger = commands.AddNote(conversation_id=99, client_id="n", body="?")
    assert await shop.refused(shop.clerk, stranger) is Code.NOT_FOUND
    await shop.core.call(shop.clerk, note(shop))
    assert await shop.refused(shop.owner, note(shop)) is Code.CONFLICT


async def test_ones_own_note_can_be_taken_back_and_an_owner_takes_any(shop: Shop) -> None:
    await shop.core.call(shop.owner, note(shop))
    remove = commands.RemoveNote(client_id="note")
    assert await shop.refused(shop.clerk, remove) is Code.RECALL_NOT_OWN
    await shop.core.call(shop.owner, remove)
    await shop.core.call(shop.clerk, note(shop, client_id="two"))
    await shop.core.call(shop.owner, commands.RemoveNote(client_id="two"))
    assert shop.rows("select * from note") == []
    assert await shop.refused(shop.owner, remove) is Code.NOT_FOUND


# --- the queue ----------------------------------------------------------------------------------


def assign(shop: Shop, staff_id: int | None) -> commands.AssignConversation:
    return commands.AssignConversation(conversation_id=shop.anna.conversation_id, staff_id=staff_id)


async def test_it_is_handed_to_a_colleague_who_works_here(shop: Shop) -> None:
    await shop.core.call(shop.clerk, assign(shop, shop.owner.id))
    assert thread(shop)["assignee_id"] == shop.owner.id
    head = shop.core.head
    await shop.core.call(shop.clerk, assign(shop, shop.owner.id))
    assert shop.core.head == head
    await shop.core.call(shop.clerk, assign(shop, None))
    assert thread(shop)["assignee_id"] is None
    assert await shop.refused(shop.clerk, assign(shop, 99)) is Code.NOT_FOUND
    assert await shop.refused(shop.anna, assign(shop, shop.owner.id)) is Code.COMMAND_DENIED


def snooze(shop: Shop, hours: float | None) -> commands.SnoozeConversation:
    until = None if hours is None else shop.clock.now() + timedelta(hours=hours)
    return commands.SnoozeConversation(conversation_id=shop.anna.conversation_id, until=until)


async def test_a_snooze_lasts_until_its_time(shop: Shop) -> None:
    await says(shop)
    await shop.core.call(shop.clerk, snooze(shop, 2))
    found = thread(shop)
    assert found["snoozed_until"] == ms(shop.clock.now() + timedelta(hours=2))
    assert (found["snoozed_by"], found["waiting_since"] is None) == (shop.clerk.id, False)
    shop.clock.advance(7_199)
    assert await shop.core.call(RELAY, WakeConversations()) == {"done": 0}
    shop.clock.advance(1)
    assert await shop.core.call(RELAY, WakeConversations()) == {"done": 1}
    assert await shop.core.call(RELAY, WakeConversations()) == {"done": 0}
    found = thread(shop)
    assert (found["snoozed_until"], found["woken_at"]) == (None, ms(shop.clock.now()))


async def test_a_snooze_into_the_past_or_for_ever_is_refused(shop: Shop) -> None:
    assert await shop.refused(shop.clerk, snooze(shop, 0)) is Code.SNOOZE_PAST
    assert await shop.refused(shop.clerk, snooze(shop, 24 * 400)) is Code.COMMAND_INVALID


async def test_a_snooze_can_be_ended_by_hand(shop: Shop) -> None:
    await shop.core.call(shop.clerk, snooze(shop, 2))
    await shop.core.call(shop.owner, snooze(shop, None))
    found = thread(shop)
    assert (found["snoozed_until"], found["snoozed_by"], found["woken_at"]) == (None, None, None)


async def test_what_a_member_writes_ends_the_snooze(shop: Shop) -> None:
    await shop.core.call(shop.clerk, snooze(shop, 2))
    await says(shop)
    found = thread(shop)
    assert (found["status"], found["snoozed_until"], found["snoozed_by"]) == ("open", None, None)
    assert found["waiting_since"] == ms(shop.clock.now())


async def test_what_staff_write_lets_it_sleep_but_answers(shop: Shop) -> None:
    await says(shop)
    await shop.core.call(shop.clerk, snooze(shop, 2))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "明天告诉您"))
    found = thread(shop)
    assert (found["snoozed_until"] is None, found["waiting_since"]) == (False, None)


async def test_an_answer_settles_what_woke_up(shop: Shop) -> None:
    await shop.core.call(shop.clerk, snooze(shop, 1))
    shop.clock.advance(3_600)
    await shop.core.call(RELAY, WakeConversations())
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id))
    assert thread(shop)["woken_at"] is None


def finish(shop: Shop, up_to_seq: int) -> commands.FinishConversation:
    return commands.FinishConversation(
        conversation_id=shop.anna.conversation_id, up_to_seq=up_to_seq
    )


async def test_done_means_nobody_waits(shop: Shop) -> None:
    await says(shop)
    await shop.core.call(shop.clerk, snooze(shop, 1))
    await shop.core.call(shop.clerk, finish(shop, 1))
    found = thread(shop)
    assert [found[name] for name in ("status", "waiting_since", "snoozed_until", "woken_at")] == [
        "done", None, None, None]  # fmt: skip


async def test_a_message_the_clerk_had_not_seen_keeps_it_waiting(shop: Shop) -> None:
    await says(shop)
    shop.clock.advance(60)
    await says(shop, "还有一件事")
    since = ms(shop.clock.now())
    shop.clock.advance(60)
    await shop.core.call(shop.clerk, finish(shop, 1))
    assert (thread(shop)["status"], thread(shop)["waiting_since"]) == ("open", since)


async def test_a_new_message_reopens(shop: Shop) -> None:
    await says(shop)
    await shop.core.call(shop.clerk, finish(shop, 1))
    shop.clock.advance(60)
    await says(shop)
    assert (thread(shop)["status"], thread(shop)["waiting_since"]) == (
        "open", ms(shop.clock.now()))  # fmt: skip


async def test_reopening_waits_since_what_was_never_answered(shop: Shop) -> None:
    await says(shop)
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id))
    shop.clock.advance(60)
    await says(shop)
    since = ms(shop.clock.now())
    reopen = commands.ReopenConversation(conversation_id=shop.anna.conversation_id)
    await shop.core.call(shop.clerk, finish(shop, 3))
    shop.clock.advance(60)
    await shop.core.call(shop.clerk, reopen)
    await shop.core.call(shop.clerk, reopen)
    assert (thread(shop)["status"], thread(shop)["waiting_since"]) == ("open", since)


async def test_recalling_does_not_bring_back_what_was_done_with(shop: Shop) -> None:
    await says(shop, client_id="one")
    await shop.core.call(shop.clerk, finish(shop, 1))
    shop.clock.advance(1)
    await says(shop, client_id="two")
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="two"))
    assert thread(shop)["waiting_since"] is None
    await shop.core.call(shop.clerk, finish(shop, 2))
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="one"))
    assert (thread(shop)["status"], thread(shop)["waiting_since"]) == ("done", None)


async def test_a_member_learns_nothing_of_the_queue(shop: Shop, lines: Any) -> None:
    anna = await new_member(shop.core, name="Carla")
    await shop.core.call(shop.clerk, commands.SnoozeConversation(
        conversation_id=anna.conversation_id,
        until=shop.clock.now() + timedelta(hours=1)))  # fmt: skip
    line = lines(anna)
    await line.hello()
    [row] = (await line.page(f"chat/{anna.conversation_id}"))["conversation"]
    hidden = {"snoozed_until", "snoozed_by", "woken_at", "assignee_id", "status"}
    assert not hidden & set(row)
