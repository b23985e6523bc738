"""What a conversation asks for, on a real replica and outbox; its answer with a unit kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from console.desk.enquiries import EnquiriesDesk
from console.desk.enquiry_types import AlreadyKept, AskedAbout, GoodsItem
from console.desk.holds import HoldsDesk
from console.desk.inbox import InboxDesk
from console.desk.outgoing import Outgoing
from console.desk.types import Me, NewMessage
from console.desk.waitlist import WaitlistDesk
from console.desk.writing import WritingDesk
from console.domain.enquiries import Context, Recogniser
from console.sync import pump
from console.wire.commands import Command
from console.wire.errors import Code, Refusal
from console.wire.frames import NackFrame
from console.wire.rows import MediaRef, ProductCard
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import NOW, ModelRelay, Refused
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
COAT, SHIRT, DRESS, PARKA = 901, 902, 903, 904
RED_L, RED_M, BLUE_M, DRESS_S, PARKA_L = 911, 912, 921, 931, 941


class TradeRelay(ModelRelay):
    """A relay that keeps units, as the real one does."""

    def stock(self, variant: int, stock: int) -> None:
        self.commit(lambda rev: self.put("variant", rev, variant, stock=stock))

    def do_hold_ask(
        self, rev: int, staff: int, client_id: str, member_id: int, variant_id: int
    ) -> Any:
        known = [row for row in self.rows["hold"].values() if row.client_id == client_id]
        row = known[0] if known else self.put(
            "hold", rev, shop_id=1, client_id=client_id, member_id=member_id,
            variant_id=variant_id, at=NOW)  # fmt: skip
        return {"id": row.id}

    def do_hold_confirm(self, rev: int, staff: int, client_id: str, hours: float = 48) -> Any:
        hold = self._named("hold", client_id)
        variant = self.rows["variant"][hold.variant_id]
        if hold.state != "asked":
            raise Refused("hold.state")
        if variant.stock <= variant.held:
            raise Refused("stock.none")
        self.put("variant", rev, variant.id, held=variant.held + 1)
        self.put("hold", rev, hold.id, state="confirmed", expires_at=NOW)
        return {"id": hold.id, "expires_at": NOW.isoformat()}

    def do_hold_release(self, rev: int, staff: int, client_id: str) -> None:
        hold = self._named("hold", client_id)
        if hold.state == "confirmed":
            variant = self.rows["variant"][hold.variant_id]
            self.put("variant", rev, variant.id, held=variant.held - 1)
        self.put("hold", rev, hold.id, state="released")

    def do_enquiry_record(self, rev: int, staff: int, **facts: Any) -> Any:
        return {"id": self.put("enquiry", rev, shop_id=1, at=NOW, **facts).id}

    def holds(self) -> list[tuple[int, str]]:
        return [(row.variant_id, row.state) for row in self.rows["hold"].values()]


class Line(Outgoing):
    """The way out with the line up, unless it is cut."""

    def __init__(self, console: Console, relay: ModelRelay) -> None:
        super().__init__(console.here, lambda: "chats/1")
        self._console, self._relay = console, relay
        self.up = True

    @property
    def is_up(self) -> bool:
        return self.up

    async def call(
        self, command: Command, *, lane: str, scope: str | None = None, key: str = ""
    ) -> Any:
        await self.queue(command, lane=lane, scope=scope, key=key)
        outbox = self._console.here.outbox
        entry = max(outbox.entries, key=lambda each: each.n)
        await settle(self._console, self._relay)
        _, answer = self._relay.answers[self._console.device, entry.n]
        if isinstance(answer, NackFrame):
            await self._console.here.change_outbox(outbox.discard, entry.position)
            raise Refusal(Code(answer.code))
        return answer.result


class Counter:
    """A console on that relay, with a member who writes."""

    def __init__(self, relay: TradeRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.line = self.inbox._outgoing = Line(console, relay)
        self.writing = WritingDesk(console.here, self.inbox)
        self.desk = self.opened()
        self.chat = relay.add_member("林小雨")

    def opened(self) -> EnquiriesDesk:
        here = self.console.here
        return EnquiriesDesk(here, self.inbox, self.writing, HoldsDesk(self.inbox),
                             WaitlistDesk(self.inbox))  # fmt: skip

    async def says(self, body: str, **more: Any) -> int:
        """The member writes; the message's id."""
        member = self.relay.rows["conversation"][self.chat].member_id
        key = f"m-{self.relay.new_id()}"
        row = self.relay.commit(
            lambda rev: self.relay._message(rev, self.chat, key, "member", member, body, **more)
        )
        await self.settle()
        return int(row.id)

    async def shop_says(self, body: str, **more: Any) -> int:
        """A colleague writes."""
        key = f"s-{self.relay.new_id()}"
        row = self.relay.commit(
            lambda rev: self.relay._message(rev, self.chat, key, "staff", 2, body, **more)
        )
        await self.settle()
        return int(row.id)

    async def settle(self) -> None:
        await settle(self.console, self.relay)

    async def hang_up(self) -> None:
        """The line is cut."""
        self.line.up = False
        await self.console.hang_up()

    async def asked(self) -> AskedAbout | None:
        return await self.desk.asked_about(self.chat)

    async def items(self) -> list[GoodsItem | None]:
        found = await self.asked()
        return [] if found is None else [line.only for line in found.lines]

    async def variants(self) -> list[int]:
        return [each.variant_id if each else 0 for each in await self.items()]

    async def answer(self, place: int = 0, *, send: bool = True) -> Any:
        found = await self.asked()
        assert found is not None
        item = found.lines[place].only
        assert item is not None
        return await self.desk.answer(found, item, send=send)

    async def bodies(self) -> list[str]:
        return [each.body for each in (await self.inbox.timeline(self.chat)).items]


def goods(relay: ModelRelay, rev: int) -> None:
    for number, name, english, category in (
        (COAT, "红色风衣", "Trench coat", "风衣"), (SHIRT, "衬衫", "Shirt", "衬衫"),
        (DRESS, "碎花连衣裙", "Floral dress", "连衣裙"), (PARKA, "长款风衣", "Long trench", "风衣"),
    ):  # fmt: skip
        relay.put("product", rev, number, shop_id=1, sku=f"S{number}", name=name, gender="f",
                  name_en=english, category=category, price=59900)  # fmt: skip
    for number, product, colour, other, size, stock in (
        (RED_L, COAT, "红色", "red", "L", 2), (RED_M, COAT, "红色", "red", "M", 0),
        (BLUE_M, SHIRT, "蓝色", "blue", "M", 3), (DRESS_S, DRESS, "绿色", "green", "S", 1),
        (PARKA_L, PARKA, "卡其色", "khaki", "L", 4),
    ):  # fmt: skip
        relay.put("variant", rev, number, shop_id=1, product_id=product, colour=colour,
                  colour_en=other, size=size, stock=stock, shelf="A 区 3 排")  # fmt: skip


@pytest.fixture
async def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Counter]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = TradeRelay()
    relay.set_up()
    relay.commit(lambda rev: goods(relay, rev))
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    counter = Counter(relay, console)
    await counter.settle()
    yield counter
    await counter.inbox.close()
    await console.close()


# --- what is asked ------------------------------------------------------------------------------


async def test_a_question_is_found_with_stock_and_place(counter: Counter) -> None:
    await counter.says("蓝色衬衫有M码吗")
    (item,) = await counter.items()
    assert item is not None
    assert (item.variant_id, item.units, item.shelf) == (BLUE_M, 3, "A 区 3 排")


@pytest.mark.parametrize("words", ["谢谢啦", "我下周过来", "快递到哪里了"])
async def test_words_that_ask_for_no_goods_are_met_with_silence(
    counter: Counter, words: str
) -> None:
    await counter.says(words)
    assert await counter.asked() is None


async def test_a_question_stands_until_somebody_answers(counter: Counter) -> None:
    await counter.says("蓝色衬衫有M码吗")
    await counter.says("在吗")
    assert await counter.variants() == [BLUE_M]
    await counter.shop_says("稍等,我看看", automatic=True)
    assert await counter.variants() == [BLUE_M]
    await counter.shop_says("蓝色衬衫有M码吗")
    assert await counter.asked() is None


async def test_an_answer_that_waits_for_the_line_counts(counter: Counter) -> None:
    await counter.says("蓝色衬衫有M码吗")
    await counter.hang_up()
    await counter.writing.send(counter.chat, NewMessage(body="有的"))
    assert await counter.asked() is None


async def test_what_was_recalled_asks_and_answers_nothing(counter: Counter) -> None:
    first = await counter.says("蓝色衬衫有M码吗")
    answer = await counter.shop_says("有的")
    relay = counter.relay
    relay.commit(lambda rev: relay.put("message", rev, answer, body="", recalled_at=NOW))
    await counter.settle()
    assert await counter.variants() == [BLUE_M]
    relay.commit(lambda rev: relay.put("message", rev, first, body="", recalled_at=NOW))
    await counter.settle()
    assert await counter.asked() is None


async def test_that_one_is_what_the_card_or_photo_shows_that_she_replies_to(
    counter: Counter,
) -> None:
    card = ProductCard(product_id=SHIRT, variant_id=BLUE_M, name="衬衫", colour="蓝色", size="M")
    older = await counter.shop_says("", card=card)
    photo = MediaRef(id=5, mime="image/webp", width=3, height=4, product_id=COAT, colour="红色")
    await counter.shop_says("", media=[photo])
    await counter.says("这件有L码吗")
    assert await counter.variants() == [RED_L]
    await counter.says("那这件有货吗", reply_to=older)
    assert await counter.variants() == [BLUE_M]


async def test_that_one_is_what_she_spoke_of_last(counter: Counter) -> None:
    await counter.says("红色风衣有L码吗")
    await counter.shop_says("有的")
    await counter.says("那帮我留一件吧,周六来")
    assert await counter.variants() == [RED_L]


async def test_however_many_messages_wait_each_is_read_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        await counter.says(f"今天真冷 {number}")
    read: list[str] = []
    recognise = Recogniser.recognise

    def counted(self: Recogniser, text: str, context: Context) -> Any:
        read.append(text)
        return recognise(self, text, context)

    monkeypatch.setattr(Recogniser, "recognise", counted)
    assert await counter.asked() is None
    assert len(read) == len(set(read)) == 30


async def test_a_blocked_member_and_a_finished_conversation_are_left_alone(
    counter: Counter,
) -> None:
    await counter.says("蓝色衬衫有M码吗")
    relay, member = counter.relay, counter.relay.rows["conversation"][counter.chat].member_id
    relay.commit(lambda rev: relay.put("member", rev, member, blocked=True))
    await counter.settle()
    assert await counter.asked() is None
    relay.commit(lambda rev: relay.put("member", rev, member, blocked=False))
    relay.commit(lambda rev: relay.put("conversation", rev, counter.chat, status="done"))
    await counter.settle()
    assert await counter.asked() is None


async def test_in_a_group_only_what_is_named_is_asked_for(counter: Counter) -> None:
    relay = counter.relay
    relay.commit(lambda rev: relay.put("conversation", rev, counter.chat, kind="group"))
    card = ProductCard(product_id=SHIRT, variant_id=BLUE_M, name="衬衫", colour="蓝色", size="M")
    await counter.shop_says("", card=card)
    await counter.says("这件有货吗")
    assert await counter.asked() is None
    await counter.says("红色风衣有L码吗")
    assert await counter.variants() == [RED_L]


async def test_an_article_that_is_new_is_recognised_and_one_sold_out_says_so(
    counter: Counter,
) -> None:
    await counter.says("灯芯绒背带裤有M码吗")
    assert await counter.asked() is None
    relay = counter.relay
    relay.commit(lambda rev: (
        relay.put("product", rev, 905, shop_id=1, sku="S905", name="灯芯绒背带裤", category="裤子"),
        relay.put("variant", rev, 951, shop_id=1, product_id=905, colour="棕色", size="M", stock=1),
    ))  # fmt: skip
    await counter.settle()
    assert await counter.variants() == [951]
    counter.relay.stock(951, 0)
    await counter.settle()
    (item,) = await counter.items()
    assert item is not None
    assert item.units == 0


async def test_without_a_size_those_that_are_there_are_offered_first(counter: Counter) -> None:
    await counter.says("红色风衣还有吗")
    found = await counter.asked()
    assert found is not None
    (line,) = found.lines
    assert [each.variant_id for each in line.meant[0].items] == [RED_L, RED_M]


async def test_what_is_put_away_stays_away_when_the_program_opens_again(counter: Counter) -> None:
    message = await counter.says("蓝色衬衫有M码吗")
    await counter.desk.dismiss(message)
    assert await counter.asked() is None
    counter.desk = counter.opened()
    assert await counter.asked() is None
    await counter.desk.dismiss(message, on=False)
    assert await counter.variants() == [BLUE_M]


async def test_something_alike_is_found_in_the_size_that_was_asked(counter: Counter) -> None:
    await counter.says("红色风衣还有L码吗")
    (item,) = await counter.items()
    assert item is not None
    found = await counter.desk.similar(item)
    assert [each.variant.variant_id for each in found] == [PARKA_L]


# --- answers ------------------------------------------------------------------------------------


async def test_one_answer_sends_keeps_and_records(counter: Counter) -> None:
    message = await counter.says("红色风衣还有L码吗")
    reply = await counter.answer()
    await counter.settle()
    words = "有的,红色风衣 L 码给您留到11月22日(周日)16:00,来店里报名字就行~"
    assert (await counter.bodies())[-1] == reply.words == words
    assert counter.relay.holds() == [(RED_L, "confirmed")]
    (row,) = counter.relay.rows["enquiry"].values()
    assert (row.product_id, row.variant_id, row.message_id, row.source) == (
        COAT, RED_L, message, "message",
    )  # fmt: skip
    assert await counter.asked() is None


async def test_she_is_answered_in_the_language_she_asked_in(counter: Counter) -> None:
    await counter.says("do you have the blue shirt in M?")
    words = (await counter.answer()).words
    assert words.startswith("Yes, we have the blue shirt in M and have kept one for you until")
    assert "Sunday, 22 November, 16:00" in words


async def test_taken_back_the_unit_is_free_and_the_question_open_and_can_be_answered_again(
    counter: Counter,
) -> None:
    await counter.says("红色风衣还有L码吗")
    await counter.desk.take_back(await counter.answer())
    await counter.settle()
    assert counter.relay.rows["variant"][RED_L].held == 0
    assert await counter.variants() == [RED_L]
    await counter.answer()
    await counter.settle()
    assert counter.relay.holds() == [(RED_L, "released"), (RED_L, "confirmed")]
    assert len(counter.relay.rows["enquiry"]) == 1


async def test_sold_meanwhile_nothing_is_sent_and_nothing_stays_asked_for(
    counter: Counter,
) -> None:
    await counter.says("红色风衣还有L码吗")
    found = await counter.asked()
    assert found is not None
    item = found.lines[0].only
    assert item is not None
    counter.relay.stock(RED_L, 0)
    with pytest.raises(Refusal) as refused:
        await counter.desk.answer(found, item)
    await counter.settle()
    assert refused.value.code == Code.STOCK_NONE
    assert counter.relay.holds() == [(RED_L, "released")]
    assert await counter.bodies() == ["红色风衣还有L码吗"]
    (now,) = await counter.items()
    assert now is not None
    assert now.units == 0


async def test_two_counters_that_answer_the_same_message_keep_one_unit(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.says("红色风衣还有L码吗")
    office = Console(tmp_path / "office", staff=2, device=2)
    await office.open()
    other = Counter(counter.relay, office)
    other.chat = counter.chat
    await other.settle()
    found = await other.asked()
    assert found is not None
    item = found.lines[0].only
    assert item is not None
    await counter.answer()
    with pytest.raises(AlreadyKept):
        await other.desk.answer(found, item)
    await counter.settle()
    assert counter.relay.holds() == [(RED_L, "confirmed")]
    await other.settle()
    assert await other.asked() is None
    await other.inbox.close()
    await office.close()


async def test_offline_it_waits_as_asked_for_and_nothing_is_promised(counter: Counter) -> None:
    await counter.says("红色风衣还有L码吗")
    await counter.hang_up()
    reply = await counter.answer()
    assert (reply.until, await counter.asked()) == (None, None)
    assert "先帮您登记上" in reply.words
    member = counter.relay.rows["conversation"][counter.chat].member_id
    panel = await counter.inbox.panel(member)
    assert panel is not None
    assert [(each.size, each.state) for each in panel.holds] == [("L", "asked")]
    await counter.settle()
    assert counter.relay.holds() == [(RED_L, "confirmed")]
    assert (await counter.bodies())[-1] == reply.words


async def test_what_was_taken_back_offline_can_be_answered_again_before_the_line_is_back(
    counter: Counter,
) -> None:
    await counter.says("红色风衣还有L码吗")
    await counter.hang_up()
    await counter.desk.take_back(await counter.answer())
    assert await counter.variants() == [RED_L]
    await counter.answer()
    assert await counter.asked() is None
    await counter.settle()
    assert counter.relay.holds() == [(RED_L, "released"), (RED_L, "confirmed")]
    assert counter.relay.rows["variant"][RED_L].held == 1


async def test_what_was_asked_offline_and_is_gone_stays_asked_for_and_blocks_nothing(
    counter: Counter,
) -> None:
    await counter.says("红色风衣还有L码吗")
    await counter.hang_up()
    await counter.answer()
    counter.relay.stock(RED_L, 0)
    await counter.settle()
    assert counter.relay.holds() == [(RED_L, "asked")]


async def test_words_to_be_looked_over_are_not_sent_and_the_unit_is_kept(
    counter: Counter,
) -> None:
    await counter.says("红色风衣还有L码吗")
    reply = await counter.answer(send=False)
    await counter.settle()
    assert reply.key == ""
    assert await counter.bodies() == ["红色风衣还有L码吗"]
    assert counter.relay.holds() == [(RED_L, "confirmed")]
    assert await counter.asked() is None


async def test_of_several_articles_each_is_answered_by_itself(counter: Counter) -> None:
    message = await counter.says("红色风衣有M码吗,还有蓝色衬衫M码有吗")
    assert await counter.variants() == [RED_M, BLUE_M]
    reply = await counter.answer()
    await counter.settle()
    assert reply.words == "抱歉,红色风衣 M 码现在没有了~"
    assert await counter.variants() == [BLUE_M]
    await counter.answer()
    await counter.settle()
    assert await counter.asked() is None
    sent = [row for row in counter.relay.rows["message"].values() if row.sender_kind == "staff"]
    assert [row.reply_to for row in sent] == [message, message]
    assert counter.relay.holds() == [(BLUE_M, "confirmed")]


async def test_what_is_sold_out_is_noted_also_without_a_line_and_given_up_again(
    counter: Counter,
) -> None:
    counter.relay.stock(RED_L, 0)
    counter.line.up = False
    await counter.says("红色风衣还有L码吗")
    asked = await counter.asked()
    assert asked is not None
    item = asked.lines[0].only
    assert item is not None
    assert (item.units, item.awaited) == (0, False)
    reply = await counter.desk.answer(asked, item, note=True)
    assert "一到货就给您留一件" in reply.words
    panel = await counter.inbox.panel(asked.member_id)
    assert panel is not None
    assert [(each.hold, each.place, each.size) for each in panel.waits] == [(reply.place, 0, "L")]
    await counter.desk.take_back(reply)
    panel = await counter.inbox.panel(asked.member_id)
    assert panel is not None
    assert panel.waits == ()


async def test_who_waits_already_is_said_to(counter: Counter) -> None:
    counter.relay.stock(RED_L, 0)
    member = counter.relay.rows["conversation"][counter.chat].member_id
    for number, who in ((1, member + 100), (2, member)):
        counter.relay.commit(lambda rev, number=number, who=who: counter.relay.put(
            "waitlist", rev, shop_id=1, client_id=f"w{number}", member_id=who,
            variant_id=RED_L, asked_at=NOW))  # fmt: skip
    await counter.says("红色风衣还有L码吗")
    asked = await counter.asked()
    assert asked is not None
    item = asked.lines[0].only
    assert item is not None
    assert item.awaited is True
    panel = await counter.inbox.panel(member)
    assert panel is not None
    assert [(each.hold, each.place) for each in panel.waits] == [("w2", 2)]
