"""What a clerk writes besides plain words, kept in the memory desk's dictionaries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from console.desk.begun import BegunReply, FoundReply
from console.desk.later import LaterChoice
from console.desk.quick_replies import QuickReplyItem, StarterReply, ranked
from console.desk.types import (
    MediumLook,
    MessageItem,
    NewMessage,
    PhotoItem,
    ProductChoice,
    VariantChoice,
)
from console.wire.errors import Code, Refusal
from console.wire.rows import ProductCard, QuickReplyRow

if TYPE_CHECKING:
    from tests.gui.memory_desk import MemoryDesk

SHELF = tuple(
    ProductChoice(
        product_id=number, sku=f"A00{number}", name=name, name_en=english, price=59900,
        promo_price=49900 if number == 2 else None, picture=picture,
        variants=tuple(
            VariantChoice(variant_id=number * 10 + place, colour=colour, colour_en=other,
                          size=size, free=free, shelf="A-3")
            for place, (size, free) in enumerate((("S", 2), ("M", 0), ("L", 1)))
        ),
    )
    for number, name, english, colour, other, picture in (
        (1, "米色风衣", "Camel trench", "米色", "Camel", "a001-camel.webp"),
        (2, "红色风衣", "Red trench", "红色", "Red", "a001-red.webp"),
        (3, "藏青针织衫", "Navy knit", "藏青", "Navy", "a002-navy.webp"),
    )
)  # fmt: skip


class MemoryBegun:
    """Keeps no copies: what is begun names the originals."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.notes: dict[int, str] = {}
        self.replies: dict[int, BegunReply] = {}

    async def note(self, conversation_id: int) -> str:
        await asyncio.sleep(0)
        return self.notes.get(conversation_id, "")

    async def keep_note(self, conversation_id: int, words: str) -> None:
        await asyncio.sleep(0)
        self.notes[conversation_id] = words

    async def own(self, content: Path | bytes) -> Path:
        if isinstance(content, bytes):
            raise OSError("no room")
        return content

    async def drop(self, file: Path) -> None:
        await asyncio.sleep(0)

    async def reply(self, conversation_id: int) -> FoundReply:
        await asyncio.sleep(0)
        kept = self.replies.get(conversation_id, BegunReply())
        product = next((p for p in SHELF if p.product_id == kept.product_id), None)
        quoted = {m.id: m for m in self._desk.messages.get(conversation_id, ())}.get(kept.reply_to)
        return FoundReply(reply=kept, product=product, quoted_kind=quoted.kind if quoted else "",
                          quoted_body=quoted.body if quoted else "")  # fmt: skip

    async def keep_reply(self, conversation_id: int, reply: BegunReply) -> None:
        await asyncio.sleep(0)
        self.replies[conversation_id] = reply

    async def recalled(self, message_id: int) -> bool:
        await asyncio.sleep(0)
        known = (m for each in self._desk.messages.values() for m in each)
        return any(m.id == message_id and m.recalled for m in known)


class MemoryWriting:
    """Everything queued appears at once and stays queued."""

    def __init__(self, desk: MemoryDesk) -> None:
        self.held = asyncio.Event()
        """A message is kept only while this is set."""
        self.held.set()
        self._desk = desk
        self.emoji = ["👗", "🙏"]
        self.recordings: dict[int, Path] = {}
        self.looks: dict[str, MediumLook | Exception] = {}
        """What a file of that name shows."""

    async def _turn(self, *call: object) -> None:
        await asyncio.sleep(0)
        if call[0] in self._desk.broken:
            raise OSError(call[0])
        self._desk.calls.append(call)

    def _add(self, conversation_id: int, **fields: object) -> str:
        items = self._desk.messages.setdefault(conversation_id, [])
        key = f"written-{conversation_id}-{len(items)}"
        items.append(
            MessageItem(key=key, mine=True, sender_kind="staff", sender_id=1, state="queued",
                        sender_name=self._desk.me.name, at=datetime.now(UTC), entry=1,
                        recallable=True, **fields)  # type: ignore[arg-type]
        )  # fmt: skip
        self._desk.tell(conversation_id)
        return key

    def _fields(self, message: NewMessage) -> dict[str, object]:
        photos = tuple(
            PhotoItem(path=str(each.content) if isinstance(each.content, Path) else "pasted",
                      width=240, height=300, caption=each.caption, waveform=each.waveform,
                      duration_ms=each.duration_ms)
            for each in message.media
        )  # fmt: skip
        product = next((p for p in SHELF if p.product_id == message.product_id), None)
        card = product and ProductCard(product_id=product.product_id, name=product.name,
                                       price=product.price, picture=product.picture,
                                       sizes=["S", "L"])  # fmt: skip
        voice = bool(photos and photos[0].waveform)
        kind = "voice" if voice else "photo" if photos else "product" if card else "text"
        return {"kind": kind, "body": message.body, "photos": photos, "card": card,
                "layout": message.layout}  # fmt: skip

    def _leave(self, conversation_id: int, left: BegunReply | None) -> None:
        if left is not None:
            self._desk.begun.replies[conversation_id] = left

    async def send(
        self, conversation_id: int, message: NewMessage, left: BegunReply | None = None
    ) -> str:
        await self.held.wait()
        await self._turn("send", conversation_id, message)
        self._leave(conversation_id, left)
        if message.body:
            self._desk.drafts.pop(conversation_id, None)
        return self._add(conversation_id, **self._fields(message))

    async def schedule(
        self, conversation_id: int, message: NewMessage, due_at: datetime,
        left: BegunReply | None = None,
    ) -> str:  # fmt: skip
        await self._turn("schedule", conversation_id, message, due_at)
        self._leave(conversation_id, left)
        self._desk.drafts.pop(conversation_id, None)
        fields = {**self._fields(message), "kind": "scheduled"}
        return self._add(conversation_id, due="waiting", due_at=due_at, **fields)

    async def look(self, file: Path) -> MediumLook:
        await self._turn("look", file)
        found = self.looks.get(file.name, MediumLook())
        if isinstance(found, Exception):
            raise found
        return found

    async def copies(self, photos: Sequence[PhotoItem]) -> list[Path | bytes]:
        await self._turn("copies", len(photos))
        return [photo.path.encode() for photo in photos if photo.path]

    async def later_choices(self, now: datetime) -> list[LaterChoice]:
        await self._turn("later_choices")
        opening = (now + timedelta(days=1)).replace(hour=9, minute=30, second=0, microsecond=0)
        return [LaterChoice(kind="hour", at=now + timedelta(hours=1)),
                LaterChoice(kind="opening", at=opening)]  # fmt: skip

    async def remember_later(self, at: datetime) -> None:
        await self._turn("remember_later", at)

    async def emoji_used(self) -> list[str]:
        return self.emoji

    async def remember_emoji(self, sign: str) -> None:
        await self._turn("remember_emoji", sign)
        self.emoji = [sign, *(each for each in self.emoji if each != sign)]

    async def change_scheduled(
        self, conversation_id: int, key: str, *, body: str | None = None,
        due_at: datetime | None = None,
    ) -> None:  # fmt: skip
        await self._turn("change_scheduled", conversation_id, key, body, due_at)
        self._replace(conversation_id, key, body=body, due_at=due_at)

    def _replace(self, conversation_id: int, key: str, **fields: object) -> None:
        changed = {name: value for name, value in fields.items() if value is not None}
        items = self._desk.messages[conversation_id]
        for place, item in enumerate(items):
            if item.key == key:
                items[place] = msgspec.structs.replace(item, **changed)
        self._desk.tell(conversation_id)

    async def send_now(self, conversation_id: int, key: str) -> None:
        await self._turn("send_now", conversation_id, key)

    async def cancel_scheduled(self, conversation_id: int, key: str) -> None:
        await self._turn("cancel_scheduled", conversation_id, key)
        self._drop(conversation_id, key)

    async def add_note(self, conversation_id: int, body: str) -> str:
        await self._turn("add_note", conversation_id, body)
        self._desk.drafts.pop(conversation_id, None)
        self._desk.begun.notes.pop(conversation_id, None)
        return self._add(conversation_id, kind="note", body=body)

    async def remove_note(self, conversation_id: int, key: str) -> None:
        await self._turn("remove_note", conversation_id, key)
        self._drop(conversation_id, key)

    def _drop(self, conversation_id: int, key: str) -> None:
        items = self._desk.messages[conversation_id]
        self._desk.messages[conversation_id] = [item for item in items if item.key != key]
        self._desk.tell(conversation_id)

    async def viewing(self, conversation_id: int, *, on: bool) -> None:
        await self._turn("viewing", conversation_id, on)

    async def products(self, query: str = "") -> list[ProductChoice]:
        await self._turn("products", query)
        words = query.casefold().split()
        return [p for p in SHELF if all(w in f"{p.name} {p.name_en} {p.sku}".casefold()
                                        for w in words)]  # fmt: skip

    async def photos(self, conversation_id: int) -> list[PhotoItem]:
        await self._turn("photos", conversation_id)
        return [p for m in self._desk.messages.get(conversation_id, []) if m.kind == "photo"
                for p in m.photos]  # fmt: skip

    async def recording(self, item: PhotoItem) -> Path | None:
        await self._turn("recording", item.media_id)
        return Path(item.path) if item.path else self.recordings.get(item.media_id)


READY = tuple(
    QuickReplyRow(id=number, rev=number, shop_id=1, client_id=f"ready-{number}", title=title,
                  shortcut=shortcut, body=body, uses=uses, staff_id=staff, at=datetime.now(UTC))
    for number, title, shortcut, body, uses, staff in (
        (1, "欢迎", "hi", "{name}您好,我是{shop}的{staff},很高兴为您服务。", 40, None),
        (2, "有现货", "yh", "您问的这款 [颜色] [尺码] 有现货,要不要先给您留一件?", 90, None),
        (3, "已经留好", "lh", "已经给您留好了,保留到 [日期]。到店报手机尾号就可以取。", 61, None),
        (4, "积分", "jf", "{name}您现在有 {points} 积分,随时可以换券。", 12, None),
        (5, "我的班次", "", "我周三到周日在店里,[时间] 您方便吗?", 7, 1),
    )
)  # fmt: skip


class MemoryQuickReplies:
    """A few of the starter set, and what was saved since."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.rows = list(READY)
        self.photos: dict[str, tuple[PhotoItem, ...]] = {}
        self.failures: dict[str, str] = {}
        """Reason of the refused change of one, by its ``client_id``."""
        self._listeners: list[Callable[[], None]] = []

    async def _turn(self, *call: object) -> None:
        await asyncio.sleep(0)
        self._desk.calls.append(call)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        """Something changed, here or elsewhere."""
        for listener in list(self._listeners):
            listener()

    async def find(self, query: str = "") -> list[QuickReplyItem]:
        await self._turn("find_quick", query)
        return [
            QuickReplyItem(client_id=row.client_id, shared=row.staff_id is None, title=row.title,
                           shortcut=row.shortcut, body=row.body, uses=row.uses, rev=row.rev,
                           photos=self.photos.get(row.client_id, ()),
                           failure=self.failures.get(row.client_id, ""),
                           entry=int(row.client_id in self.failures) and row.id)
            for row in ranked(self.rows, query)
        ]  # fmt: skip

    async def save(
        self, *, client_id: str = "", shared: bool, title: str, shortcut: str, body: str,
        media_ids: Sequence[int] = (), pictures: Sequence[Path | bytes] = (), base_rev: int = 0,
    ) -> str:  # fmt: skip
        if not body.strip() and not media_ids and not pictures:
            raise Refusal(Code.TEXT_EMPTY, field="body")
        taken = [row.client_id for row in self.rows if shortcut and row.shortcut == shortcut]
        if taken not in ([], [client_id]):
            raise Refusal(Code.QUICK_REPLY_SHORTCUT, {"shortcut": shortcut}, field="shortcut")
        await self._turn("save_quick", shared, title, shortcut, body)
        key = client_id or f"ready-{len(self.rows) + 1}"
        old = next((row for row in self.rows if row.client_id == key), None)
        row = QuickReplyRow(
            id=old.id if old else len(self.rows) + 1, rev=base_rev + 1, shop_id=1, client_id=key,
            title=title, shortcut=shortcut, body=body, staff_id=None if shared else 1,
            uses=old.uses if old else 0, at=datetime.now(UTC),
        )  # fmt: skip
        self.rows = [*(each for each in self.rows if each is not old), row]
        had = [each for each in self.photos.get(key, ()) if each.media_id in media_ids]
        self.photos[key] = (*had, *(PhotoItem(path=str(each), width=240, height=300)
                                    for each in pictures if isinstance(each, Path)))  # fmt: skip
        self.failures.pop(key, None)
        self.tell()
        return key

    async def remove(self, client_id: str) -> None:
        await self._turn("remove_quick", client_id)
        self.rows = [row for row in self.rows if row.client_id != client_id]
        self.tell()

    async def discard(self, entry: int) -> None:
        await self._turn("discard_quick", entry)
        self.failures = {
            row.client_id: self.failures[row.client_id]
            for row in self.rows
            if row.client_id in self.failures and row.id != entry
        }
        self.tell()

    async def starters(self, language: str) -> list[StarterReply]:
        await self._turn("starters", language)
        words = {"zh": ("稍等", "好的,我马上去帮您查一下。"), "en": ("One moment", "Let me look.")}
        title, body = words[language]
        return [] if any(row.body == body for row in self.rows) else [
            StarterReply(title=title, body=body)]  # fmt: skip

    async def use(self, client_id: str) -> None:
        await self._turn("use_quick", client_id)
