"""What screens get from the inbox's use cases, on a real replica and outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from console.desk.inbox import InboxDesk
from console.desk.looks import AGAIN_AFTER_S, Looks
from console.desk.types import Changed, LinkState, Me, MessageItem, NewMedium, NewMessage
from console.desk.writing import WritingDesk
from console.sync import pump
from console.wire.errors import Code, Refusal
from console.wire.row_parts import MediaRef, QuestionRef
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import NOW, ModelRelay, Refused
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")


class Shop:
    """A relay, a console on it, and the desk over the console."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay = relay
        self.console = console
        self.desk = InboxDesk(console.here, ME)
        self.writing = WritingDesk(console.here, self.desk)
        self.chat = relay.add_member("林小雨")
        self.member = relay.rows["conversation"][self.chat].member_id

    async def settle(self) -> None:
        await settle(self.console, self.relay)

    async def last(self) -> MessageItem:
        return (await self.desk.timeline(self.chat)).items[-1]


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    shop = Shop(relay, console)
    yield shop
    await shop.desk.close()
    await console.close()


async def test_waiting_comes_longest_first_and_all_newest_first(shop: Shop) -> None:
    second = shop.relay.add_member("王芳")
    third = shop.relay.add_member("陈静")
    for chat in (second, shop.chat, third):
        shop.relay.member_says(chat, "在吗")
    await shop.settle()
    assert await shop.desk.conversation_ids("waiting") == [second, shop.chat, third]
    assert await shop.desk.conversation_ids("all") == [third, shop.chat, second]
    counts = await shop.desk.counts()
    assert (counts.waiting, counts.unread, counts.all) == (3, 3, 3)
    assert counts.longest_wait_since is not None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("小雨", True), ("LXY", True), ("lin xiao", True), ("linxiao", True), ("xiaoyu", True),
        ("6021", True), ("021", True), ("1381234", False), ("21", False), ("王", False),
        ("%", False), ("_", False), ("ly", False), ("  ", True),
    ],
)  # fmt: skip
async def test_members_are_found_by_name_pinyin_initials_and_phone_end(
    query: str, found: bool, shop: Shop
) -> None:
    shop.relay.commit(
        lambda rev: shop.relay.put("member", rev, shop.member, pinyin="lin xiaoyu",
                                   initials="lxy", phone="138****6021")
    )  # fmt: skip
    await shop.settle()
    assert await shop.desk.conversation_ids("all", query) == ([shop.chat] if found else [])


async def test_renamed_member_is_found_by_the_new_name_only(shop: Shop) -> None:
    await shop.settle()
    shop.relay.commit(lambda rev: shop.relay.put("member", rev, shop.member, name="赵敏"))
    await shop.settle()
    assert await shop.desk.conversation_ids("all", "小雨") == []
    assert await shop.desk.conversation_ids("all", "赵") == [shop.chat]


async def test_queued_text_is_the_last_bubble_and_the_preview(shop: Shop) -> None:
    shop.relay.member_says(shop.chat, "有 L 码吗")
    await shop.settle()
    await shop.console.hang_up()
    key = await shop.writing.send(shop.chat, NewMessage(body="有的"))
    bubble = await shop.last()
    assert (bubble.key, bubble.state, bubble.mine, bubble.seq) == (key, "queued", True, 0)
    (item,) = await shop.desk.conversations([shop.chat])
    assert (item.preview_text, item.preview_sender, item.preview_queued) == ("有的", "staff", True)
    assert shop.desk.link.queued == 1
    await shop.settle()
    (item,) = await shop.desk.conversations([shop.chat])
    assert (item.preview_text, item.preview_queued) == ("有的", False)
    bubble = await shop.last()
    assert (bubble.key, bubble.state, bubble.seq) == (key, "sent", 2)
    assert shop.desk.link.queued == 0


async def test_refused_text_can_be_retried_with_what_waited_for_it(shop: Shop) -> None:
    await shop.settle()
    shop.relay.refuse_next = Refused("member.blocked")
    await shop.writing.send(shop.chat, NewMessage(body="one"))
    await shop.writing.send(shop.chat, NewMessage(body="two"))
    await shop.settle()
    first, second = (await shop.desk.timeline(shop.chat)).items
    assert (first.state, first.failure, second.state) == ("failed", "member.blocked", "queued")
    (item,) = await shop.desk.conversations([shop.chat])
    assert item.failed
    await shop.desk.retry(first.entry)
    await shop.settle()
    assert [i.body for i in (await shop.desk.timeline(shop.chat)).items] == ["one", "two"]


async def test_discarding_gives_up_what_waited_too(shop: Shop) -> None:
    await shop.settle()
    shop.relay.refuse_next = Refused("member.blocked")
    await shop.writing.send(shop.chat, NewMessage(body="one"))
    await shop.writing.send(shop.chat, NewMessage(body="two"))
    await shop.settle()
    await shop.desk.discard((await shop.desk.timeline(shop.chat)).items[0].entry)
    await shop.settle()
    assert (await shop.desk.timeline(shop.chat)).items == ()
    assert shop.relay.rows["message"] == {}


async def test_recalling_an_unsent_text_leaves_nothing(shop: Shop) -> None:
    await shop.settle()
    await shop.console.hang_up()
    key = await shop.writing.send(shop.chat, NewMessage(body="wrong window"))
    await shop.desk.recall(key)
    await shop.settle()
    assert (await shop.desk.timeline(shop.chat)).items == ()
    assert shop.relay.rows["message"] == {}


async def test_recalled_text_is_empty_at_once(shop: Shop) -> None:
    key = await shop.writing.send(shop.chat, NewMessage(body="oops"))
    await shop.settle()
    await shop.desk.recall(key)
    assert ((await shop.last()).recalled, (await shop.last()).body) == (True, "")
    await shop.settle()
    assert (await shop.last()).recalled


async def test_reading_counts_here_before_the_relay_knows(shop: Shop) -> None:
    shop.relay.member_says(shop.chat, "one")
    shop.relay.member_says(shop.chat, "two")
    await shop.settle()
    await shop.console.hang_up()
    assert (await shop.desk.conversations([shop.chat]))[0].unread == 2
    await shop.desk.mark_read(shop.chat, 2)
    await shop.desk.mark_read(shop.chat, 1)
    assert (await shop.desk.counts()).unread == 0
    assert (await shop.desk.timeline(shop.chat)).read_seq == 2
    await shop.settle()
    (mine,) = [p for p in shop.relay.rows["participant"].values() if p.staff_id == 1]
    assert mine.read_seq == 2


async def test_receipts_of_the_member_show_on_my_bubbles(shop: Shop) -> None:
    await shop.writing.send(shop.chat, NewMessage(body="hello"))
    await shop.settle()
    assert not (await shop.last()).delivered
    theirs = next(p for p in shop.relay.rows["participant"].values() if p.member_id)
    shop.relay.commit(lambda rev: shop.relay.put("participant", rev, theirs.id, delivered_seq=1))
    await shop.settle()
    assert ((await shop.last()).delivered, (await shop.last()).read) == (True, False)
    shop.relay.commit(lambda rev: shop.relay.put("participant", rev, theirs.id, read_seq=1))
    await shop.settle()
    assert (await shop.last()).read


async def test_receipt_says_when_she_had_read_and_not_when_it_was_sent(shop: Shop) -> None:
    await shop.writing.send(shop.chat, NewMessage(body="first"))
    await shop.settle()
    answer = shop.relay.member_says(shop.chat, "要的")
    await shop.writing.send(shop.chat, NewMessage(body="second"))
    await shop.settle()
    theirs = next(p for p in shop.relay.rows["participant"].values() if p.member_id)
    read_at = NOW + timedelta(hours=3)
    shop.relay.commit(
        lambda rev: shop.relay.put("participant", rev, theirs.id, read_seq=3, read_at=read_at)
    )
    await shop.settle()
    first, _, second = (await shop.desk.timeline(shop.chat)).items
    assert (first.read_at, second.read_at) == (answer.sent_at, read_at)
    # A page of older ones knows of her answer that stands below it.
    (alone,) = (await shop.desk.timeline(shop.chat, before_seq=2)).items
    assert alone.read_at == answer.sent_at


async def test_gap_is_a_placeholder_and_never_a_wrong_order(shop: Shop) -> None:
    for body in ("one", "two", "three"):
        shop.relay.member_says(shop.chat, body)
    middle = sorted(shop.relay.rows["message"])[1]
    hidden = shop.relay.rows["message"].pop(middle)
    await shop.settle()
    window = await shop.desk.timeline(shop.chat)
    assert [item.placeholder for item in window.items] == [False, True, False]
    shop.relay.commit(lambda rev: shop.relay.rows["message"].update(
        {middle: msgspec.structs.replace(hidden, rev=rev)}))  # fmt: skip
    await shop.settle()
    assert [i.body for i in (await shop.desk.timeline(shop.chat)).items] == ["one", "two", "three"]


async def test_window_says_when_older_bubbles_need_the_line(shop: Shop) -> None:
    for number in range(10):
        shop.relay.member_says(shop.chat, str(number))
    for old in sorted(shop.relay.rows["message"])[:4]:
        del shop.relay.rows["message"][old]
    await shop.settle()
    newest = await shop.desk.timeline(shop.chat, limit=3)
    assert [i.seq for i in newest.items] == [8, 9, 10]
    assert (newest.has_older, newest.older_on_relay) == (True, False)
    older = await shop.desk.timeline(shop.chat, before_seq=8, limit=10)
    assert [i.seq for i in older.items] == [5, 6, 7]
    assert (older.has_older, older.older_on_relay) == (True, True)


async def test_draft_survives_a_crash_and_is_cleared_by_sending(shop: Shop) -> None:
    await shop.settle()
    await shop.console.hang_up()
    await shop.desk.save_draft(shop.chat, "到店看")
    await shop.console.crash()
    desk = InboxDesk(await shop.console.open(), ME)
    assert (await desk.draft(shop.chat)).body == "到店看"
    assert (await desk.conversations([shop.chat]))[0].has_draft
    await WritingDesk(shop.console.here, desk).send(shop.chat, NewMessage(body="到店看看"))
    assert (await desk.draft(shop.chat)).body == ""
    await shop.settle()
    (row,) = shop.relay.rows["draft"].values()
    assert (row.body, row.beside) == ("", "")
    await desk.close()


async def test_words_of_another_console_are_kept_beside(shop: Shop, tmp_path: Path) -> None:
    other = Console(tmp_path / "other", staff=1, device=2)
    office = InboxDesk(await other.open(), ME)
    await shop.settle()
    await settle(other, shop.relay)
    await office.draft(shop.chat)
    await office.save_draft(shop.chat, "office")
    await shop.desk.draft(shop.chat)
    await shop.desk.save_draft(shop.chat, "counter")
    await shop.settle()
    await settle(other, shop.relay)
    await shop.settle()
    for desk in (shop.desk, office):
        draft = await desk.draft(shop.chat)
        assert (draft.body, draft.beside) == ("office", "counter")
    await shop.desk.save_draft(shop.chat, "office", drop_beside=True)
    assert (await shop.desk.draft(shop.chat)).beside == ""
    await office.close()
    await other.close()


@pytest.mark.parametrize(
    ("body", "code"), [("  \n", Code.TEXT_EMPTY), ("长" * 4001, Code.TEXT_TOO_LONG)]
)
async def test_bad_text_is_refused_before_it_is_queued(body: str, code: Code, shop: Shop) -> None:
    with pytest.raises(Refusal) as refused:
        await shop.writing.send(shop.chat, NewMessage(body=body))
    assert refused.value.code == code
    assert shop.console.here.outbox.entries == ()


async def test_photos_are_copied_and_wait_for_their_upload(shop: Shop, tmp_path: Path) -> None:
    await shop.settle()
    photo = tmp_path / "coat.bin"
    photo.write_bytes(b"not a picture")
    media = (NewMedium(content=photo), NewMedium(content=b"pasted"))
    key = await shop.writing.send(shop.chat, NewMessage(body="新款", media=media))
    photo.unlink()
    await shop.writing.send(shop.relay.add_member("王芳"), NewMessage(body="other lanes go on"))
    await shop.settle()
    bubble = await shop.last()
    assert (bubble.key, bubble.kind, bubble.body, len(bubble.photos)) == (key, "photo", "新款", 2)
    kept = [upload.path for upload in shop.console.here.outbox.entries[0].uploads]
    assert [Path(photo.path).name for photo in bubble.photos] == kept
    assert [m.body for m in shop.relay.rows["message"].values()] == ["other lanes go on"]
    with pytest.raises(Refusal):
        await shop.writing.send(shop.chat, NewMessage(media=(NewMedium(content=b""),) * 10))


async def test_changed_names_only_what_was_touched(shop: Shop) -> None:
    other = shop.relay.add_member("王芳")
    await shop.settle()
    seen: list[Changed] = []
    links: list[LinkState] = []
    stop = shop.desk.on_changed(seen.append)
    shop.desk.on_link(links.append)
    shop.relay.member_says(other, "hi")
    await shop.settle()
    assert {c for each in seen for c in each.conversations} == {other}
    assert not any(each.everything for each in seen)
    shop.relay.commit(lambda rev: shop.relay.put("member", rev, shop.member, points=9))
    await shop.settle()
    assert seen[-1].members == {shop.member}
    assert seen[-1].conversations == {shop.chat}
    stop()
    count = len(seen)
    await shop.writing.send(other, NewMessage(body="hello"))
    assert len(seen) == count
    assert links[-1].queued == 1


async def test_panel_gathers_trade_and_records_who_looked(shop: Shop) -> None:
    def trade(rev: int) -> None:
        put, member = shop.relay.put, shop.member
        product = put("product", rev, shop_id=1, sku="C-1", name="风衣",
                      name_en="trench coat", price=39900)  # fmt: skip
        variant = put("variant", rev, shop_id=1, product_id=product.id, colour="红",
                      colour_en="red", size="L", stock=3, held=1)  # fmt: skip
        for days in (4, 0, 2):
            put("enquiry", rev, shop_id=1, member_id=member, product_id=product.id,
                variant_id=variant.id, at=NOW - timedelta(days=days))  # fmt: skip
        put("hold", rev, shop_id=1, client_id="h1", member_id=member, variant_id=variant.id,
            at=NOW, state="confirmed")  # fmt: skip
        put("purchase", rev, shop_id=1, member_id=member, variant_id=variant.id,
            product_id=product.id, amount=29900, at=NOW)  # fmt: skip
        put("visit", rev, shop_id=1, member_id=member, at=NOW)
        put("member_tag", rev, member_id=member, tag="常客")

    shop.relay.commit(trade)
    await shop.settle()
    panel = await shop.desk.panel(shop.member)
    assert panel is not None
    assert panel.tags == ("常客",)
    (asked,) = panel.asked
    assert (asked.name, asked.colour, asked.stock, asked.at) == ("风衣", "红", 2, NOW)
    assert (asked.name_en, asked.colour_en) == ("trench coat", "red")
    assert [line.price for line in panel.bought] == [29900]
    assert [line.state for line in panel.holds] == ["confirmed"]
    assert await shop.desk.panel(99_999) is None
    assert shop.console.here.outbox.entries == (), "looking at what is open reports nothing"


async def test_what_she_tapped_stands_in_the_panel_in_its_colour_once(shop: Shop) -> None:
    def taps(rev: int) -> None:
        put, member = shop.relay.put, shop.member
        coat = put("product", rev, shop_id=1, sku="C-1", name="风衣", price=39900,
                   picture="a001-camel.webp")  # fmt: skip
        for size, stock in (("M", 2), ("L", 3)):
            put("variant", rev, shop_id=1, product_id=coat.id, colour="红", colour_en="red",
                size=size, stock=stock, held=1, picture="a001-red.webp")  # fmt: skip
        for photo, colour, days in ((5, "红", 2), (6, "红", 1), (7, "紫", 3), (8, "", 4)):
            put("enquiry", rev, shop_id=1, member_id=member, product_id=coat.id, message_id=9,
                media_id=photo, colour=colour, source="tap",
                at=NOW - timedelta(days=days))  # fmt: skip

    shop.relay.commit(taps)
    await shop.settle()
    panel = await shop.desk.panel(shop.member)
    assert panel is not None
    told = [(each.colour, each.colour_en, each.size, each.stock, each.picture)
            for each in panel.asked]  # fmt: skip
    assert told == [("红", "red", "", 3, "a001-red.webp"), ("紫", "", "", 0, "a001-camel.webp"),
                    ("", "", "", 0, "a001-camel.webp")]  # fmt: skip
    assert panel.asked[0].at == NOW - timedelta(days=1)


async def test_an_answer_quotes_the_photo_that_is_meant(shop: Shop) -> None:
    photos = [
        MediaRef(id=number, mime="image/webp", width=3, height=4, caption=caption, price=price)
        for number, caption, price in ((5, "米色风衣", None), (6, "红色风衣", 59_900))
    ]
    campaign = shop.relay.member_says(shop.chat, "新款到店")
    shop.relay.commit(lambda rev: shop.relay.put(
        "message", rev, campaign.id, sender_kind="staff", kind="photo", media=photos))  # fmt: skip
    for meant in (6, 77):
        asked = shop.relay.member_says(shop.chat, "有 L 码吗")
        facts = {"reply_to": campaign.id, "reply_media": meant}
        shop.relay.commit(
            lambda rev, of=asked.id, facts=facts: shop.relay.put("message", rev, of, **facts)
        )
    await shop.settle()
    known, unknown = (each.quote for each in (await shop.desk.timeline(shop.chat)).items[-2:])
    assert known is not None
    assert (known.body, known.photo and known.photo.media_id) == ("红色风衣 ¥599", 6)
    assert unknown is not None
    assert (unknown.body, unknown.photo and unknown.photo.media_id) == ("新款到店", 5)


async def test_opening_a_member_is_reported_in_a_lane_of_its_own_also_offline(shop: Shop) -> None:
    await shop.settle()
    other = shop.relay.rows["conversation"][shop.relay.add_member("王芳")].member_id
    await shop.console.hang_up()
    for member in (shop.member, other, shop.member, shop.member):
        await shop.desk.report_look(member)
    queued = shop.console.here.outbox.entries
    assert [entry.lane for entry in queued] == ["access", "access"]
    assert [msgspec.json.decode(entry.body) for entry in queued] == [
        {"what": "open", "member_id": member} for member in (shop.member, other)
    ]
    shop.relay.refuse_next = Refused("command.denied")
    await shop.writing.send(shop.chat, NewMessage(body="在的"))
    await shop.settle()
    states = {entry.name: entry.state for entry in shop.console.here.outbox.entries}
    assert "message.send" not in states, "a refused report holds up nobody's words"


def test_the_same_member_is_one_look_within_ten_minutes() -> None:
    now = [0.0]
    looks = Looks(lambda: now[0])
    assert looks.begin(1)
    now[0] = AGAIN_AFTER_S - 1
    assert not looks.begin(1)
    assert looks.begin(2)
    now[0] = AGAIN_AFTER_S
    assert looks.begin(1)
    assert not looks.begin(2)


async def test_what_she_answered_stands_with_the_question(shop: Shop) -> None:
    question = QuestionRef(question_id=7, text="想添什么?", choices=["外套", "裙子"])

    def ask(rev: int) -> None:
        shop.relay.put(
            "message", rev, shop_id=1, conversation_id=shop.chat, seq=1, client_id="ask",
            sender_kind="system", campaign_id=7, addressee_id=shop.member, question=question,
            sent_at=NOW,
        )  # fmt: skip
        shop.relay.put("conversation", rev, shop.chat, last_seq=1)

    shop.relay.commit(ask)
    await shop.settle()
    assert ((await shop.last()).question, (await shop.last()).answer) == (question, "")
    seen: list[Changed] = []
    stop = shop.desk.on_changed(seen.append)
    for fields, said in (({"choice": 1}, "裙子"), ({"choice": None, "text": "毛衣"}, "毛衣")):
        shop.relay.commit(
            lambda rev, fields=fields: shop.relay.put(  # type: ignore[misc]
                "question_answer", rev, 1, campaign_id=7, member_id=shop.member, at=NOW, **fields
            )
        )
        await shop.settle()
        assert (await shop.last()).answer == said
        assert shop.chat in seen[-1].conversations
    stop()


async def test_an_answer_quotes_the_shops_question_and_not_the_member(shop: Shop) -> None:
    question = QuestionRef(question_id=7, text="想添什么?", free_text=True)

    def ask(rev: int) -> None:
        shop.relay.put(
            "message", rev, 1, shop_id=1, conversation_id=shop.chat, seq=1, client_id="ask",
            sender_kind="system", campaign_id=7, addressee_id=shop.member, question=question,
            sent_at=NOW,
        )  # fmt: skip
        shop.relay.put(
            "message", rev, 2, shop_id=1, conversation_id=shop.chat, seq=2, client_id="said",
            sender_kind="member", sender_id=shop.member, body="毛衣", reply_to=1, sent_at=NOW,
        )  # fmt: skip
        shop.relay.put("conversation", rev, shop.chat, last_seq=2)

    shop.relay.commit(ask)
    await shop.settle()
    quote = (await shop.last()).quote
    assert quote is not None
    assert (quote.mine, quote.sender_name, quote.body) == (True, "", "想添什么?")
