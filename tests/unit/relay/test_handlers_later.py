"""Messages to be sent later: what is kept, changed, cancelled, and what firing decides."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from console.relay import lookups
from console.relay.actor import RELAY
from console.relay.http_media import may_see
from console.relay.internal import FireScheduled, PruneFeed
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import add_stock, text
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_handlers_chat import upload


def later(shop: Shop, seconds: float = 60, client_id: str = "later", **kw: Any) -> Any:
    kw.setdefault("body", "明天见")
    return commands.ScheduleMessage(
        conversation_id=shop.anna.conversation_id, client_id=client_id,
        due_at=shop.clock.now() + timedelta(seconds=seconds), **kw,
    )  # fmt: skip


async def fire(shop: Shop, seconds: float = 60) -> dict[str, Any]:
    shop.clock.advance(seconds)
    await shop.core.call(RELAY, FireScheduled())
    return row(shop)


def row(shop: Shop, client_id: str = "later") -> dict[str, Any]:
    return shop.rows("select * from scheduled where client_id = ?", client_id)[0]


async def test_the_message_bears_the_name_it_was_scheduled_under(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, later(shop))
    assert await shop.core.call(shop.clerk, later(shop)) == made
    found = await fire(shop)
    [message] = shop.rows("select * from message")
    assert (message["client_id"], message["sender_kind"], message["sender_id"]) == (
        "later", "staff", shop.clerk.id)  # fmt: skip
    assert (found["state"], found["message_id"], found["body"]) == ("sent", message["id"], "")


async def test_it_is_checked_when_it_is_written_down(shop: Shop) -> None:
    assert await shop.refused(shop.clerk, later(shop, body=" ")) is Code.TEXT_EMPTY
    assert await shop.refused(shop.clerk, later(shop, reply_to=99)) is Code.NOT_FOUND
    assert await shop.refused(shop.clerk, later(shop, uploads=["no"])) is Code.UPLOAD_MISSING
    far = later(shop, 90 * 86_400 + 1)
    assert await shop.refused(shop.clerk, far) is Code.SCHEDULE_TOO_FAR
    assert await shop.refused(shop.anna, later(shop)) is Code.COMMAND_DENIED
    await shop.core.call(shop.clerk, later(shop))
    assert await shop.refused(shop.owner, later(shop)) is Code.CONFLICT


async def test_a_time_that_is_past_means_now(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop, -86_400))
    assert (await fire(shop, 0))["state"] == "sent"


async def test_nothing_is_fired_early(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop))
    assert (await fire(shop, 59))["state"] == "waiting"


async def test_whom_the_shop_blocked_meanwhile_gets_nothing(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop))
    shop.block(shop.anna)
    found = await fire(shop)
    assert (found["state"], found["code"], found["body"]) == (
        "refused", "member.blocked", "明天见")  # fmt: skip
    assert shop.rows("select * from message") == []


async def test_who_may_no_longer_write_there_sends_nothing(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop))
    await shop.core.call(shop.owner, commands.SetGrant(
        staff_id=shop.clerk.id, scope="chats/1", granted=False))  # fmt: skip
    found = await fire(shop)
    assert (found["state"], found["code"]) == ("refused", "command.denied")
    await shop.core.call(shop.owner, commands.ChangeScheduled(client_id="later"))
    assert (await fire(shop, 0))["state"] == "sent"
    assert shop.rows("select sender_id from message") == [{"sender_id": shop.owner.id}]


async def test_who_left_sends_nothing(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop))
    leave = commands.SetStaffActive(staff_id=shop.clerk.id, active=False)
    await shop.core.call(shop.owner, leave)
    assert (await fire(shop))["code"] == "command.denied"


async def test_a_quote_that_was_taken_back_holds_it(shop: Shop) -> None:
    asked = await shop.core.call(shop.anna, text(shop.anna.conversation_id, client_id="q"))
    await shop.core.call(shop.clerk, later(shop, reply_to=asked["id"]))
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="q"))
    assert (await fire(shop))["code"] == "not_found"


async def test_a_name_taken_meanwhile_is_not_sent_twice(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, client_id="later"))
    assert (await fire(shop))["code"] == "conflict"


async def medium(shop: Shop, media_id: int) -> Any:
    return await shop.core.read(lambda connection: lookups.medium(connection, media_id))


async def test_no_member_sees_its_photo_before_it_is_sent(shop: Shop) -> None:
    media_id = await upload(shop, shop.clerk, "photo")
    command = later(shop, body="", uploads=["photo"], captions=["新款"], layout="strip")
    await shop.core.call(shop.clerk, command)
    waiting = await medium(shop, media_id)
    assert (may_see(shop.owner, waiting), may_see(shop.anna, waiting)) == (True, False)
    await fire(shop)
    sent = await medium(shop, media_id)
    assert (may_see(shop.owner, sent), may_see(shop.anna, sent)) == (True, True)
    assert not may_see(shop.bea, sent)
    [message] = shop.rows("select kind, layout, media from message")
    assert (message["kind"], message["layout"]) == ("photo", "strip")
    assert json.loads(message["media"])[0]["caption"] == "新款"


async def test_its_photo_is_kept_while_it_waits_and_held_when_it_is_gone(shop: Shop) -> None:
    media_id = await upload(shop, shop.clerk, "photo")
    await shop.core.call(shop.clerk, later(shop, uploads=["photo"]))
    await shop.core.call(RELAY, commands.DiscardMedia(media_ids=[media_id]))
    assert (await medium(shop, media_id)).erased_at is None
    with closing(sqlite3.connect(shop.path)) as connection, connection:
        connection.execute("update media set erased_at = 1")
    assert (await fire(shop))["code"] == "media.gone"


async def test_a_card_can_be_sent_later(shop: Shop) -> None:
    product_id, variant_id = await add_stock(shop.core)
    await shop.core.call(shop.clerk, later(
        shop, body="", product_id=product_id, variant_id=variant_id))  # fmt: skip
    await fire(shop)
    [message] = shop.rows("select kind, card from message")
    assert message["kind"] == "product"
    assert shop.conversation(shop.anna)["preview_text"] == "风衣"


async def test_cancelled_words_and_photos_are_erased(shop: Shop) -> None:
    gone: list[int] = []
    shop.core.on_erased(lambda effects: gone.extend(effects.erased_media))
    media_id = await upload(shop, shop.clerk, "photo")
    await shop.core.call(shop.clerk, later(shop, uploads=["photo"]))
    cancel = commands.CancelScheduled(client_id="later")
    await shop.core.call(shop.owner, cancel)
    await shop.core.call(shop.owner, cancel)
    found = await fire(shop)
    assert (found["state"], found["body"], found["media"], gone) == (
        "cancelled", "", "[]", [media_id])  # fmt: skip


async def test_what_was_sent_or_cancelled_stays_so(shop: Shop) -> None:
    change, cancel = (
        kind(client_id="later") for kind in (commands.ChangeScheduled, commands.CancelScheduled)
    )
    assert await shop.refused(shop.clerk, change) is Code.NOT_FOUND
    await shop.core.call(shop.clerk, later(shop))
    await fire(shop)
    assert await shop.refused(shop.clerk, change) is Code.SCHEDULE_SETTLED
    assert await shop.refused(shop.clerk, cancel) is Code.SCHEDULE_SETTLED


async def test_other_words_and_another_time(shop: Shop) -> None:
    await shop.core.call(shop.clerk, later(shop))
    due_at = shop.clock.now() + timedelta(hours=1)
    await shop.core.call(shop.clerk, commands.ChangeScheduled(
        client_id="later", body="后天见", due_at=due_at))  # fmt: skip
    assert (await fire(shop, 60))["state"] == "waiting"
    assert (await fire(shop, 3_540))["state"] == "sent"
    assert shop.rows("select body from message") == [{"body": "后天见"}]
    empty = commands.ChangeScheduled(client_id="later", body="")
    await shop.core.call(shop.clerk, later(shop, client_id="two"))
    empty = commands.ChangeScheduled(client_id="two", body=" ")
    assert await shop.refused(shop.clerk, empty) is Code.TEXT_EMPTY


async def test_an_erased_member_leaves_nothing_waiting(shop: Shop) -> None:
    media_id = await upload(shop, shop.clerk, "photo")
    await shop.core.call(shop.clerk, later(shop, uploads=["photo"]))
    await shop.core.call(shop.clerk, commands.AddNote(
        conversation_id=shop.anna.conversation_id, client_id="note", body="老顾客"))  # fmt: skip
    await shop.core.call(shop.anna, commands.EraseMember())
    assert shop.rows("select * from scheduled") == shop.rows("select * from note") == []
    assert (await medium(shop, media_id)).erased_at is not None
    buried = shop.rows("select distinct table_name, scope from tombstone where table_name in"
                       " ('note', 'scheduled')")  # fmt: skip
    assert {entry["scope"] for entry in buried} == {"chats/1"}


def _holds(shop: Shop, words: str) -> bool:
    files = (each for each in shop.path.parent.rglob("*") if each.is_file())
    return any(words.encode() in file.read_bytes() for file in files)


async def test_erased_words_of_the_desk_are_nowhere_on_the_disk(shop: Shop) -> None:
    secret = "只给同事看的话"
    thread = shop.anna.conversation_id
    await shop.core.call(shop.clerk, later(shop, body=secret))
    await shop.core.call(shop.clerk, commands.AddNote(
        conversation_id=thread, client_id="note", body=secret))  # fmt: skip
    await shop.core.call(shop.clerk, commands.SaveQuickReply(client_id="q", body=secret))
    assert _holds(shop, secret)
    for command in (commands.CancelScheduled(client_id="later"),
                    commands.RemoveNote(client_id="note"),
                    commands.RemoveQuickReply(client_id="q")):  # fmt: skip
        await shop.core.call(shop.clerk, command)
    async with asyncio.timeout(10):
        while _holds(shop, secret):
            # The journal is folded in between two commands, once no reader needs it.
            await shop.core.call(RELAY, PruneFeed())


async def test_recalling_what_was_sent_later_reaches_every_copy(shop: Shop) -> None:
    secret = "发错了的话"
    await shop.core.call(shop.clerk, later(shop, body=secret))
    await fire(shop)
    await shop.core.call(shop.clerk, commands.RecallMessage(client_id="later"))
    async with asyncio.timeout(10):
        while _holds(shop, secret):
            await shop.core.call(RELAY, PruneFeed())


@pytest.mark.parametrize("due_at", ["2026-11-23T10:00:00", "9999-01-01T00:00:00Z"])
async def test_a_time_that_cannot_be_compared_is_refused(shop: Shop, due_at: str) -> None:
    body = (
        f'{{"conversation_id":{shop.anna.conversation_id},"client_id":"x","body":"a",'
        f'"due_at":"{due_at}"}}'
    )
    outcome = await shop.core.submit(shop.clerk, 1, "message.schedule", body.encode())
    assert outcome.refusal is not None
    assert outcome.refusal.code is Code.COMMAND_INVALID
