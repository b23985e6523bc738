"""What a clerk writes besides plain words, on a real replica and outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.desk.inbox import InboxDesk
from console.desk.types import Me, MessageItem, NewMedium, NewMessage
from console.desk.writing import MAX_MEDIA, WritingDesk
from console.sync import pump
from console.wire.errors import Code, Refusal
from tests.helpers.pictures import camera_photo
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay, Refused
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)


class Shop:
    """A relay, a console on it, and what its clerk writes with."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.desk = WritingDesk(console.here, self.inbox)
        self.chat = relay.add_member("林小雨")
        self.member = relay.rows["conversation"][self.chat].member_id

    async def settle(self) -> None:
        await settle(self.console, self.relay)

    async def items(self) -> list[MessageItem]:
        return list((await self.inbox.timeline(self.chat)).items)

    def says(self, body: str) -> int:
        return int(self.relay.member_says(self.chat, body).id)


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    shop = Shop(relay, console)
    await shop.settle()
    yield shop
    await shop.inbox.close()
    await console.close()


async def test_a_note_stands_behind_what_it_was_written_after_and_never_moves(shop: Shop) -> None:
    shop.says("在吗")
    await shop.settle()
    key = await shop.desk.add_note(shop.chat, "上次退过货,别急着推")
    assert [item.kind for item in await shop.items()] == ["text", "note"]
    await shop.settle()
    shop.says("有 L 码吗")
    await shop.settle()
    items = await shop.items()
    assert [item.kind for item in items] == ["text", "note", "text"]
    assert (items[1].key, items[1].sender_name, items[1].anchor) == (key, "staff 1", 1)
    assert shop.relay.rows["message"][items[0].id].body == "在吗"
    assert all("退过货" not in row.body for row in shop.relay.rows["message"].values())


async def test_a_note_before_every_message_is_shown_first(shop: Shop) -> None:
    await shop.desk.add_note(shop.chat, "新会员")
    await shop.settle()
    shop.says("你好")
    await shop.settle()
    assert [item.body for item in await shop.items()] == ["新会员", "你好"]


async def test_notes_stay_in_their_own_page(shop: Shop) -> None:
    for number in range(1, 9):
        shop.says(f"第 {number} 句")
        if number in (3, 4, 8):
            await shop.settle()
            await shop.desk.add_note(shop.chat, f"记 {number}")
            await shop.settle()
    await shop.settle()
    below = (await shop.inbox.timeline(shop.chat, before_seq=5, limit=4)).items
    newest = (await shop.inbox.timeline(shop.chat, limit=4)).items
    words = [item.body for item in (*below, *newest)]
    assert words == ["第 1 句", "第 2 句", "第 3 句", "记 3", "第 4 句", "记 4",
                     "第 5 句", "第 6 句", "第 7 句", "第 8 句", "记 8"]  # fmt: skip


async def test_a_note_taken_back_is_gone_at_once_and_from_the_files(
    shop: Shop, tmp_path: Path
) -> None:
    key = await shop.desk.add_note(shop.chat, "secret-word-77")
    await shop.settle()
    await shop.desk.remove_note(shop.chat, key)
    assert await shop.items() == []
    await shop.settle()
    assert await shop.items() == []
    assert shop.relay.rows["note"] == {}
    held = [f for f in (tmp_path / "here").rglob("*") if f.is_file()]
    assert held
    assert not [f.name for f in held if b"secret-word-77" in f.read_bytes()]


async def test_a_note_that_never_left_is_simply_discarded(shop: Shop) -> None:
    await shop.console.hang_up()
    key = await shop.desk.add_note(shop.chat, "oops")
    await shop.desk.remove_note(shop.chat, key)
    await shop.settle()
    assert shop.relay.rows["note"] == {}
    assert await shop.items() == []


async def test_only_ones_own_note_may_be_taken_back_by_a_clerk(shop: Shop) -> None:
    shop.relay.commit(
        lambda rev: shop.relay.put("note", rev, shop_id=1, conversation_id=shop.chat, staff_id=2,
                                   client_id="theirs", after_seq=0, body="hers", at=LATER)
    )  # fmt: skip
    await shop.desk.add_note(shop.chat, "mine")
    await shop.settle()
    assert [(i.body, i.recallable) for i in await shop.items()] == [("hers", False), ("mine", True)]


async def test_a_message_for_later_waits_at_the_end_and_becomes_a_message_once(shop: Shop) -> None:
    key = await shop.desk.schedule(shop.chat, NewMessage(body="明天见"), LATER)
    (item,) = await shop.items()
    assert (item.kind, item.due, item.due_at, item.state) == ("scheduled", "waiting", LATER,
                                                              "queued")  # fmt: skip
    await shop.settle()
    shop.says("好的")
    await shop.settle()
    assert [i.kind for i in await shop.items()] == ["text", "scheduled"]
    row = next(iter(shop.relay.rows["scheduled"].values()))
    shop.relay.commit(
        lambda rev: (
            shop.relay._message(rev, shop.chat, key, "staff", 1, "明天见"),
            shop.relay.put("scheduled", rev, row.id, state="sent"),
        )
    )
    await shop.settle()
    assert [(i.kind, i.body) for i in await shop.items()] == [("text", "好的"), ("text", "明天见")]


async def test_words_and_time_of_a_waiting_message_change_at_once_also_offline(shop: Shop) -> None:
    key = await shop.desk.schedule(shop.chat, NewMessage(body="明天见"), LATER)
    await shop.settle()
    await shop.console.hang_up()
    sooner = LATER - timedelta(hours=1)
    await shop.desk.change_scheduled(shop.chat, key, body="后天见")
    await shop.desk.change_scheduled(shop.chat, key, due_at=sooner)
    (item,) = await shop.items()
    assert (item.body, item.due_at) == ("后天见", sooner)
    await shop.settle()
    row = next(iter(shop.relay.rows["scheduled"].values()))
    assert (row.body, row.due_at, row.state) == ("后天见", sooner, "waiting")


async def test_a_missed_message_is_shown_until_staff_decide(shop: Shop) -> None:
    key = await shop.desk.schedule(shop.chat, NewMessage(body="开门啦"), LATER)
    await shop.settle()
    row = next(iter(shop.relay.rows["scheduled"].values()))
    shop.relay.commit(
        lambda rev: shop.relay.put("scheduled", rev, row.id, state="missed", code="schedule.missed")
    )
    await shop.settle()
    (item,) = await shop.items()
    assert (item.due, item.failure) == ("missed", "schedule.missed")
    await shop.desk.send_now(shop.chat, key)
    assert (await shop.items())[0].due == "waiting"


async def test_a_cancelled_message_disappears_with_its_words(shop: Shop, tmp_path: Path) -> None:
    key = await shop.desk.schedule(shop.chat, NewMessage(body="forget-me-42"), LATER)
    await shop.settle()
    await shop.desk.cancel_scheduled(shop.chat, key)
    assert await shop.items() == []
    await shop.settle()
    assert await shop.items() == []
    held = [f for f in (tmp_path / "here").rglob("*") if f.is_file()]
    assert not [f.name for f in held if b"forget-me-42" in f.read_bytes()]


async def test_a_refused_cancellation_says_so_and_keeps_the_message(shop: Shop) -> None:
    key = await shop.desk.schedule(shop.chat, NewMessage(body="明天见"), LATER)
    await shop.settle()
    shop.relay.refuse_next = Refused("schedule.settled")
    await shop.desk.cancel_scheduled(shop.chat, key)
    await shop.settle()
    (item,) = await shop.items()
    assert (item.body, item.state, item.failure) == ("明天见", "failed", "schedule.settled")
    await shop.inbox.discard(item.entry)
    assert [(i.state, i.due) for i in await shop.items()] == [("sent", "waiting")]


async def test_nothing_is_scheduled_further_than_ninety_days_ahead(shop: Shop) -> None:
    far = datetime.now(UTC) + timedelta(days=91)
    with pytest.raises(Refusal) as refused:
        await shop.desk.schedule(shop.chat, NewMessage(body="明年见"), far)
    assert refused.value.code == Code.SCHEDULE_TOO_FAR
    assert shop.console.here.outbox.entries == ()


async def test_an_answer_shows_what_it_answers_queued_and_sent(shop: Shop) -> None:
    asked = shop.says("红色的还有 L 码吗")
    for number in range(5):
        shop.says(f"在吗 {number}")
    await shop.settle()
    await shop.console.hang_up()
    await shop.desk.send(shop.chat, NewMessage(body="有的", reply_to=asked))
    for _ in range(2):
        quote = (await shop.inbox.timeline(shop.chat, limit=2)).items[-1].quote
        assert quote is not None
        assert (quote.body, quote.sender_name, quote.seq) == ("红色的还有 L 码吗", "林小雨", 1)
        await shop.settle()
    shop.relay.commit(lambda rev: shop.relay.put("message", rev, asked, body="", recalled_at=LATER))
    await shop.settle()
    quote = (await shop.items())[-1].quote
    assert quote is not None
    assert (quote.recalled, quote.body) == (True, "")


async def test_a_queued_product_has_the_card_the_relay_will_make(shop: Shop) -> None:
    relay = shop.relay

    def stock(rev: int) -> None:
        relay.put("product", rev, 7, shop_id=1, sku="A001", name="红色风衣", price=59900,
                  promo_price=49900, picture="a001.webp")  # fmt: skip
        for number, (size, units) in enumerate((("S", 1), ("M", 0), ("L", 2))):
            relay.put("variant", rev, 70 + number, shop_id=1, product_id=7, colour="红",
                      size=size, stock=units)  # fmt: skip

    relay.commit(stock)
    await shop.settle()
    await shop.console.hang_up()
    await shop.desk.send(shop.chat, NewMessage(product_id=7, variant_id=72))
    item = (await shop.items())[-1]
    assert item.kind == "product"
    assert item.card is not None
    assert (item.card.name, item.card.size, item.card.sizes) == ("红色风衣", "L", ["S", "L"])
    (chat,) = await shop.inbox.conversations([shop.chat])
    assert (chat.preview_kind, chat.preview_sender) == ("product", "staff")


async def test_products_are_found_by_any_words_of_name_and_number(shop: Shop) -> None:
    relay = shop.relay

    def stock(rev: int) -> None:
        relay.put("product", rev, 7, shop_id=1, sku="A001", name="红色风衣", name_en="Red trench")
        relay.put("product", rev, 8, shop_id=1, sku="A002", name="蓝色衬衫")
        relay.put("variant", rev, 70, shop_id=1, product_id=7, size="L", stock=3, held=2)

    relay.commit(stock)
    await shop.settle()
    for query, found in (("风衣", [7]), ("a00", [8, 7]), ("red A001", [7]), ("风衣 衬衫", []),
                         ("%", []), ("", [8, 7])):  # fmt: skip
        assert [p.product_id for p in await shop.desk.products(query)] == found, query
    (trench,) = await shop.desk.products("风衣")
    assert [v.free for v in trench.variants] == [1]


async def test_an_album_keeps_order_captions_and_layout(shop: Shop) -> None:
    await shop.console.hang_up()
    media = tuple(
        NewMedium(content=camera_photo(size=(40 + n, 30)), caption=words)
        for n, words in enumerate(("驼色", "", "藏青"))
    )
    await shop.desk.send(shop.chat, NewMessage(media=media, layout="strip"))
    item = (await shop.items())[-1]
    assert (item.kind, item.layout) == ("photo", "strip")
    assert [(p.width, p.caption) for p in item.photos] == [(40, "驼色"), (41, ""), (42, "藏青")]
    command = shop.console.here.outbox.entries[-1].body
    assert b'"captions":["\xe9\xa9\xbc\xe8\x89\xb2","","\xe8\x97\x8f\xe9\x9d\x92"]' in command


async def test_sending_words_empties_the_draft_and_sending_a_voice_keeps_it(shop: Shop) -> None:
    await shop.inbox.save_draft(shop.chat, "half a sentence")
    await shop.desk.send(shop.chat, NewMessage(media=(NewMedium(content=b"RIFF"),)))
    assert (await shop.inbox.draft(shop.chat)).body == "half a sentence"
    await shop.desk.send(shop.chat, NewMessage(body="half a sentence"))
    assert (await shop.inbox.draft(shop.chat)).body == ""


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (NewMessage(body="  "), Code.TEXT_EMPTY),
        (NewMessage(body="x" * 4_001), Code.TEXT_TOO_LONG),
        (NewMessage(media=(NewMedium(content=b"x", caption="c" * 61),)), Code.TEXT_TOO_LONG),
        (NewMessage(media=(NewMedium(content=b"x"),) * (MAX_MEDIA + 1)), Code.COMMAND_INVALID),
    ],
)
async def test_bad_messages_are_refused_before_anything_is_kept(
    message: NewMessage, code: Code, shop: Shop
) -> None:
    with pytest.raises(Refusal) as refused:
        await shop.desk.send(shop.chat, message)
    assert refused.value.code == code
    assert shop.console.here.outbox.entries == ()
    assert not list(shop.console.here.outbox.folder.iterdir())


async def test_a_window_asked_for_whole_has_a_place_for_every_message(shop: Shop) -> None:
    shop.relay.commit(
        lambda rev: shop.relay.put("conversation", rev, shop.chat, last_seq=20)
    )  # 20 older ones stay with the relay
    shop.says("第 21 句")
    await shop.settle()
    window = await shop.inbox.timeline(shop.chat, before_seq=16, limit=10, whole=True)
    assert [item.seq for item in window.items] == list(range(6, 16))
    assert all(item.placeholder for item in window.items)
