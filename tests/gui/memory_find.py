"""Search over a memory desk; answers may be held back to come late."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from console.desk.find import Found, FoundGroup, FoundMember, FoundMessage, MessagePage, fitting
from console.store import search, search_text

if TYPE_CHECKING:
    from tests.gui.memory_desk import MemoryDesk

PAGE = 20


class MemoryFind:
    """``FindPort``: names and tags of panels, words of messages.

    Attributes:
        asked: every query, in the order it came.
        held: queries whose answers wait until their event is set.
        whole: whether the shop is copied to its end.
    """

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.asked: list[str] = []
        self.held: dict[str, asyncio.Event] = {}
        self.whole = True

    async def find(self, query: str) -> Found:
        self.asked.append(query)
        await asyncio.sleep(0)
        if query in self.held:
            await self.held[query].wait()
        if "find" in self._desk.broken:
            raise OSError("find")
        items = [item for item in self._desk.items.values() if query]
        return Found(
            members=tuple(self._member(item.id, query) for item in items
                          if item.kind != "group" and self._fits(item.id, query)),
            groups=tuple(FoundGroup(conversation_id=item.id, title=item.title,
                                    hits=search.name_hits(item.title, "", query))
                         for item in items if item.kind == "group" and query in item.title),
            page=self._page(query, 0), whole=self.whole,
            coupon=await self._desk.offers.coupon(query),
        )  # fmt: skip

    async def more_messages(self, query: str, before: int) -> MessagePage:
        await asyncio.sleep(0)
        return self._page(query, before)

    def _fits(self, number: int, query: str) -> bool:
        item = self._desk.items[number]
        panel = self._desk.panels.get(item.member_id or 0)
        if query in item.title or panel is None:
            return query in item.title
        return panel.phone.endswith(query) or any(query in tag for tag in panel.tags)

    def _member(self, number: int, query: str) -> FoundMember:
        item = self._desk.items[number]
        panel = self._desk.panels.get(item.member_id or 0)
        phone = panel.phone if panel else ""
        return FoundMember(
            member_id=item.member_id or 0, name=item.title, tier=item.tier, phone=phone,
            conversation_id=item.id, name_hits=search.name_hits(item.title, "", query),
            tags=tuple(tag for tag in (panel.tags if panel else ()) if query in tag),
            phone_hits=search.phone_hits(phone, query),
        )  # fmt: skip

    def _page(self, query: str, before: int) -> MessagePage:
        wanted = search_text.terms(query)
        found = []
        for number, messages in self._desk.messages.items():
            for item in messages:
                hits = search_text.hits(item.body, wanted)
                message_id = number * 10_000 + item.seq
                captions = [photo.caption for photo in item.photos if photo.caption]
                titles = [item.card.title(english=e) for e in (False, True)] if item.card else []
                others = fitting((*captions, *dict.fromkeys(titles)), wanted)
                if (
                    (hits or others)
                    and not item.recalled
                    and item.seq
                    and (not before or message_id < before)
                ):
                    found.append(FoundMessage(
                        id=message_id, conversation_id=number, seq=item.seq, body=item.body,
                        title=self._desk.items[number].title, kind=item.kind, mine=item.mine,
                        hits=hits, others=others, at=item.at))  # fmt: skip
        found.sort(key=lambda message: message.id, reverse=True)
        shown = tuple(found[:PAGE])
        return MessagePage(messages=shown, before=shown[-1].id if len(found) > PAGE else 0)
