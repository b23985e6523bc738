"""Questions of goods of a memory desk."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from console.desk.enquiry_types import (
    AskedAbout,
    AskedLine,
    EnquiryReply,
    GoodsItem,
    Meant,
    SimilarGoods,
)

COAT = GoodsItem(product_id=2, variant_id=22, name="风衣", name_en="Trench coat", colour="红色",
                 colour_en="Red", size="L", units=2, shelf="A 区 3 排")  # fmt: skip


def line(number: int, *items: GoodsItem) -> AskedLine:
    """One article in these colours and sizes."""
    return AskedLine(number=number, meant=(Meant(items=items),))


def question(
    conversation_id: int, *lines: AskedLine, text: str = "红色风衣还有L码吗"
) -> AskedAbout:
    """What a message of that conversation asks."""
    return AskedAbout(
        conversation_id=conversation_id, member_id=conversation_id, message_id=70,
        message_key="her-words", text="红色风衣还有L码吗", several=len(lines) > 1,
        lines=lines or (line(0, COAT),),
    )  # fmt: skip


class MemoryEnquiries:
    """``EnquiriesPort``: ``asked`` by conversation; an answer closes what it answers."""

    def __init__(self) -> None:
        self.asked: dict[int, AskedAbout] = {}
        self.alike: list[SimilarGoods] = []
        self.calls: list[tuple[object, ...]] = []
        self.failure: Exception | None = None
        self.answers = asyncio.Event()
        self.answers.set()
        self.hidden: set[int] = set()
        self.hours: list[float] = []

    async def asked_about(self, conversation_id: int) -> AskedAbout | None:
        await asyncio.sleep(0)
        found = self.asked.get(conversation_id)
        return None if found is None or found.message_id in self.hidden else found

    async def answer(
        self,
        asked: AskedAbout,
        item: GoodsItem,
        *,
        send: bool = True,
        note: bool = False,
        hours: float = 48,
    ) -> EnquiryReply:
        self.calls.append(("note" if note else "answer", item, send))
        self.hours.append(hours)
        await self.answers.wait()
        if self.failure is not None:
            raise self.failure
        del self.asked[asked.conversation_id]
        until = datetime.now(UTC) + timedelta(hours=hours)
        return EnquiryReply(words="有的,给您留着", key="sent" if send else "",
                            hold="hold" if item.units else "", until=until,
                            place="place" if note else "")  # fmt: skip

    async def take_back(self, reply: EnquiryReply) -> None:
        await asyncio.sleep(0)
        self.calls.append(("take_back", reply.key, reply.hold or reply.place))

    async def similar(self, item: GoodsItem) -> list[SimilarGoods]:
        await asyncio.sleep(0)
        return self.alike

    async def record(self, asked: AskedAbout, item: GoodsItem) -> None:
        await asyncio.sleep(0)
        self.calls.append(("record", item))

    async def dismiss(self, message_id: int, *, on: bool = True) -> None:
        await asyncio.sleep(0)
        (self.hidden.add if on else self.hidden.discard)(message_id)
