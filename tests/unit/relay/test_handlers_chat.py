"""Messages, receipts, recalls, drafts: what one command changes and what it is refused."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from console.relay.actor import RELAY, Actor
from console.relay.internal import PruneFeed
from console.wire import commands
from console.wire.codec import encode
from console.wire.errors import Code
from tests.helpers.relay_kit import text
from tests.unit.relay.shop import Shop


async def upload(shop: Shop, actor: Actor, client_id: str) -> int:
    made = await shop.core.call(RELAY, commands.FinishUpload(
        client_id=client_id, owner_kind=actor.kind, owner_id=actor.id, sha256="ab",
        mime="image/webp", width=4, height=3, size=9, blurhash="LEHV6nWB"))  # fmt: skip
    return int(made["media_id"])


# --- sending ----------------------------------------------------------------------------------


async def test_a_member_waits_until_staff_answer(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.anna, text(thread, "有 L 码吗"))
    first = shop.conversation(shop.anna)["waiting_since"]
    shop.clock.advance(60)
    await shop.core.call(shop.anna, text(thread, "在吗"))
    assert shop.conversation(shop.anna)["waiting_since"] == first
    await shop.core.call(shop.clerk, text(thread, "有的"))
    found = shop.conversation(shop.anna)
    assert found["waiting_since"] is None
    assert (found["last_seq"], found["preview_text"], found["preview_sender"]) == (
        3,
        "有的",
        "staff",
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [("", Code.TEXT_EMPTY), (" \n", Code.TEXT_EMPTY), ("长" * 4001, Code.TEXT_TOO_LONG)],
)
async def test_a_text_must_say_something_but_not_too_much(
    shop: Shop, body: str, code: Code
) -> None:
    assert await shop.refused(shop.anna, text(shop.anna.conversation_id, body)) is code


async def test_nobody_writes_into_a_strangers_conversation(shop: Shop) -> None:
    assert await shop.refused(shop.bea, text(shop.anna.conversation_id)) is Code.NOT_FOUND
    assert await shop.refused(shop.bea, text(999)) is Code.NOT_FOUND


async def test_staff_without_the_chats_cannot_write(shop: Shop) -> None:
    await shop.core.call(shop.owner, commands.SetGrant(
        staff_id=shop.clerk.id, scope="chats/1", granted=False))  # fmt: skip
    assert await shop.refused(shop.clerk, text(shop.anna.conversation_id)) is Code.NOT_FOUND


async def test_the_same_client_id_is_the_same_message(shop: Shop) -> None:
    message = text(shop.anna.conversation_id, client_id="one")
    first = await shop.core.call(shop.anna, message)
    assert await shop.core.call(shop.anna, message) == first
    assert await shop.refused(shop.clerk, message) is Code.CONFLICT


async def test_a_blocked_member_cannot_write(shop: Shop) -> None:
    shop.block(shop.anna)
    code = await shop.refused(shop.anna, text(shop.anna.conversation_id))
    assert code is Code.MEMBER_BLOCKED


async def test_an_answer_must_be_in_the_same_conversation(shop: Shop) -> None:
    sent = await shop.core.call(shop.anna, text(shop.anna.conversation_id))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, reply_to=sent["id"]))
    other = text(shop.bea.conversation_id, reply_to=sent["id"])
    assert await shop.refused(shop.bea, other) is Code.NOT_FOUND


async def test_a_photo_must_be_her_own_and_new(shop: Shop) -> None:
    await upload(shop, shop.anna, "photo")
    stolen = text(shop.bea.conversation_id, "", uploads=["photo"])
    assert await shop.refused(shop.bea, stolen) is Code.UPLOAD_MISSING
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "", uploads=["photo"]))
    again = text(shop.anna.conversation_id, "", uploads=["photo"])
    assert await shop.refused(shop.anna, again) is Code.CONFLICT


async def test_one_batch_gives_consecutive_numbers(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    answers = await asyncio.gather(
        *(shop.core.call(shop.clerk, text(thread, str(n))) for n in range(50))
    )
    assert [answer["seq"] for answer in answers] == list(range(1, 51))


@pytest.mark.parametrize("body", ["退订", " ＴＤ ", "unsubscribe"])
async def test_opting_out_by_chat_holds_in_the_same_commit(shop: Shop, body: str) -> None:
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, body))
    line = shop.rows("select * from consent where purpose = 'marketing' order by id desc")[0]
    member = shop.rows("select * from member where id = ?", shop.anna.id)[0]
    message = shop.rows("select * from message order by id desc")[0]
    assert (line["granted"], line["channel"], member["marketing"]) == (0, "chat", 0)
    assert line["rev"] == member["rev"] == message["rev"]


async def test_staff_quoting_the_word_opt_nobody_out(shop: Shop) -> None:
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "退订"))
    assert shop.rows("select marketing from member where id = ?", shop.anna.id) == [
        {"marketing": 1}
    ]


# --- receipts -----------------------------------------------------------------------------------


async def test_receipts_grow_and_are_clamped(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    for _ in range(3):
        await shop.core.call(shop.clerk, text(thread))
    for delivered, read in ((2, 1), (99, 2), (1, 0)):
        await shop.core.call(shop.anna, commands.Seen(
            conversation_id=thread, delivered=delivered, read=read))  # fmt: skip
    found = shop.rows("select * from participant where member_id = ?", shop.anna.id)[0]
    assert (found["delivered_seq"], found["read_seq"]) == (3, 2)


async def test_the_time_of_reading_lies_between_writing_and_receiving(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    sent = shop.clock.now()
    await shop.core.call(shop.clerk, text(thread))
    shop.clock.advance(600)
    early = sent.replace(year=2020)
    await shop.core.call(shop.anna, commands.Seen(conversation_id=thread, read=1, at=early))
    found = shop.rows("select read_at from participant where member_id = ?", shop.anna.id)[0]
    assert found["read_at"] == int(sent.timestamp() * 1000)


async def test_nobody_reads_for_a_stranger(shop: Shop) -> None:
    seen = commands.Seen(conversation_id=shop.anna.conversation_id, read=1)
    assert await shop.refused(shop.bea, seen) is Code.NOT_FOUND


async def test_reading_nothing_new_changes_nothing(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.anna, text(thread))
    mark = commands.MarkRead(conversation_id=thread, seq=1)
    await shop.core.call(shop.clerk, mark)
    head = shop.core.head
    await shop.core.call(shop.clerk, mark)
    assert shop.core.head == head


# --- recalling ----------------------------------------------------------------------------------


async def test_recalled_words_are_nowhere_on_the_disk(shop: Shop) -> None:
    secret = "千万别给别人看的话"
    thread = shop.anna.conversation_id
    media_id = await upload(shop, shop.anna, "photo")
    gone: list[int] = []
    shop.core.on_erased(lambda effects: gone.extend(effects.erased_media))
    n = 1
    await shop.core.submit(shop.anna, n, "message.send", _body(thread, secret, "one", ["photo"]))
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="one"))
    assert gone == [media_id]
    found = shop.conversation(shop.anna)
    assert (found["preview_text"], found["waiting_since"]) == ("", None)
    row = shop.rows("select body, media, recalled_at from message")[0]
    assert (row["body"], row["media"], row["recalled_at"] is None) == ("", "[]", False)
    async with asyncio.timeout(10):
        while _holds(shop.path.parent, secret):
            # The journal is folded in between two commands, once no reader needs it.
            await shop.core.call(RELAY, PruneFeed())


def _holds(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.rglob("*.*"))


def _body(thread: int, body: str, client_id: str, uploads: list[str]) -> bytes:
    return encode(commands.SendMessage(
        conversation_id=thread, client_id=client_id, body=body, uploads=uploads))  # fmt: skip


async def test_the_preview_shows_what_was_said_before(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.anna, text(thread, "第一句"))
    await shop.core.call(shop.anna, text(thread, "第二句", client_id="two"))
    await shop.core.call(shop.anna, commands.RecallMessage(client_id="two"))
    assert shop.conversation(shop.anna)["preview_text"] == "第一句"


async def test_recall_has_its_windows_and_owners(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.anna, text(thread, client_id="hers"))
    await shop.core.call(shop.clerk, text(thread, client_id="ours"))
    hers, ours = (commands.RecallMessage(client_id=name) for name in ("hers", "ours"))
    assert await shop.refused(shop.anna, ours) is Code.RECALL_NOT_OWN
    assert await shop.refused(shop.clerk, hers) is Code.RECALL_NOT_OWN
    assert await shop.refused(shop.bea, hers) is Code.NOT_FOUND
    shop.clock.advance(121)
    assert await shop.refused(shop.anna, hers) is Code.RECALL_TOO_LATE
    await shop.core.call(shop.owner, ours)
    await shop.core.call(shop.owner, ours)


# --- drafts -------------------------------------------------------------------------------------


async def test_two_consoles_words_are_both_kept(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.clerk, commands.SaveDraft(conversation_id=thread, body="一"))
    await shop.core.call(shop.clerk, commands.SaveDraft(conversation_id=thread, body="二"))
    found = shop.rows("select body, beside from draft")
    assert found == [{"body": "二", "beside": "一"}]


async def test_words_typed_over_the_newest_replace_them(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.clerk, commands.SaveDraft(conversation_id=thread, body="一"))
    await shop.core.call(shop.clerk, commands.SaveDraft(
        conversation_id=thread, body="二", base_rev=shop.core.head))  # fmt: skip
    assert shop.rows("select body, beside from draft") == [{"body": "二", "beside": ""}]


async def test_an_empty_draft_is_removed(shop: Shop) -> None:
    thread = shop.anna.conversation_id
    await shop.core.call(shop.clerk, commands.SaveDraft(conversation_id=thread, body="一"))
    await shop.core.call(shop.clerk, commands.SaveDraft(
        conversation_id=thread, body="", base_rev=shop.core.head))  # fmt: skip
    assert shop.rows("select * from draft") == []
    assert shop.rows("select scope, table_name from tombstone") == [
        {"scope": f"drafts/{shop.clerk.id}", "table_name": "draft"}
    ]
