"""A desk without relay or database, to bring screens into unusual states."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from console.desk.reports_port import ReportsPort
from console.desk.types import (
    Changed,
    ConversationFilter,
    ConversationItem,
    Counts,
    DraftItem,
    Invite,
    LinkState,
    Me,
    MemberPanel,
    MessageItem,
    PhotoItem,
    QuoteItem,
    TimelineWindow,
    TradeLine,
    Typing,
)
from tests.gui.memory_activity import MemoryActivity
from tests.gui.memory_answers import MemoryAnswers
from tests.gui.memory_campaigns import MemoryCampaigns, MemorySegments
from tests.gui.memory_counter import MemoryCounter
from tests.gui.memory_enquiries import MemoryEnquiries
from tests.gui.memory_exports import MemoryExports
from tests.gui.memory_find import MemoryFind
from tests.gui.memory_fittings import MemoryFittings
from tests.gui.memory_holds import MemoryHolds
from tests.gui.memory_insights import MemoryInsights
from tests.gui.memory_offers import MemoryOffers
from tests.gui.memory_people import MemoryMembers, MemoryQueue, belongs
from tests.gui.memory_products import MemoryProducts
from tests.gui.memory_replies import MemoryReplies
from tests.gui.memory_reports import MemoryReports
from tests.gui.memory_trials import MemoryTrials
from tests.gui.memory_waitlist import MemoryWaitlist
from tests.gui.memory_week import MemoryWeek
from tests.gui.memory_weekly import MemoryWeekly
from tests.gui.memory_writing import MemoryBegun, MemoryQuickReplies, MemoryWriting

NOW = datetime.now(UTC)
HASHES = (
    "LKO2?U%2Tw=w]~RBVZRi};RPxuwH",
    "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
    "LGF5]+Yk^6#M@-5c,1J5@[or[Q6.",
)


def ago(minutes: float) -> datetime:
    """So many minutes before now."""
    return NOW - timedelta(minutes=minutes)


class MemoryDesk:
    """Everything in dictionaries; every method yields to the loop once, like the real one."""

    def __init__(self, many: int = 0) -> None:
        self.me = Me(
            staff_id=1,
            name="李店长",
            role="owner",
            shop_id=1,
            shop_name="时光衣橱",
            timezone="Asia/Shanghai",
        )
        self.link = LinkState(phase="synced", since=ago(90))
        self.items: dict[int, ConversationItem] = {}
        self.messages: dict[int, list[MessageItem]] = {}
        self.panels: dict[int, MemberPanel] = {}
        self.drafts: dict[int, DraftItem] = {}
        self.read: dict[int, int] = {}
        self.calls: list[tuple[object, ...]] = []
        self.begun = MemoryBegun(self)
        self.memory_writing = MemoryWriting(self)
        self.memory_quick = MemoryQuickReplies(self)
        self.files: dict[int, Path] = {}
        self.broken: set[str] = set()
        self.kept_away = 0
        self._queue_port, self._members_port = MemoryQueue(self), MemoryMembers(self)
        self.find = MemoryFind(self)
        self.campaigns, self.segments = MemoryCampaigns(), MemorySegments()
        self.week = MemoryWeek()
        self.trials, self.holds = MemoryTrials(), MemoryHolds()
        self.waitlist = MemoryWaitlist()
        self.fittings = MemoryFittings()
        self.products = MemoryProducts(lambda: self.link)
        self.enquiries = MemoryEnquiries()
        self.offers = MemoryOffers(self)
        self.counter = MemoryCounter(self)
        self.answers = MemoryAnswers()
        self.reports: ReportsPort = MemoryReports()
        self.insights, self.replies = MemoryInsights(), MemoryReplies()
        self.exports = MemoryExports(self)
        self.weekly = MemoryWeekly(self.insights, self.replies)
        self.activity = MemoryActivity()
        self._changed: list[Callable[[Changed], None]] = []
        self._link: list[Callable[[LinkState], None]] = []
        self._signal: list[Callable[[Typing], None]] = []
        for number in range(1, many + 1):
            self.items[number] = ConversationItem(
                id=number,
                title=f"会员{number}",
                member_id=number,
                preview_text=f"第 {number} 条消息,这件衣服还有没有别的颜色呀",
                last_message_at=ago(number),
                waiting_since=ago(number) if number % 5 == 0 else None,
                unread=number % 3,
            )

    @property
    def inbox(self) -> MemoryDesk:
        """The bundle of ports is this one desk."""
        return self

    @property
    def writing(self) -> MemoryWriting:
        """What is written besides plain words."""
        return self.memory_writing

    @property
    def quick_replies(self) -> MemoryQuickReplies:
        """Words kept ready."""
        return self.memory_quick

    @property
    def queue(self) -> MemoryQueue:
        """Handing over, putting off, being done."""
        return self._queue_port

    @property
    def members(self) -> MemoryMembers:
        """Facts, tags, history, merging."""
        return self._members_port

    @property
    def listeners(self) -> int:
        """How many still listen."""
        return len(self._changed) + len(self._link) + len(self._signal)

    # --- telling --------------------------------------------------------------------------

    def on_changed(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        self._changed.append(listener)
        return lambda: self._changed.remove(listener)

    def on_link(self, listener: Callable[[LinkState], None]) -> Callable[[], None]:
        self._link.append(listener)
        return lambda: self._link.remove(listener)

    def on_signal(self, listener: Callable[[Typing], None]) -> Callable[[], None]:
        self._signal.append(listener)
        return lambda: self._signal.remove(listener)

    def tell(self, *conversations: int, everything: bool = False) -> None:
        tables = frozenset({"message", "conversation", "draft"})
        self.tell_changed(
            Changed(tables=tables, conversations=frozenset(conversations), everything=everything)
        )

    def tell_changed(self, changed: Changed) -> None:
        for listener in list(self._changed):
            listener(changed)

    def tell_link(self, link: LinkState) -> None:
        self.link = link
        for listener in list(self._link):
            listener(link)

    def tell_typing(self, typing: Typing) -> None:
        for listener in list(self._signal):
            listener(typing)

    def arrive(self, conversation_id: int, body: str) -> MessageItem:
        """The member writes."""
        items = self.messages.setdefault(conversation_id, [])
        seq = max((item.seq for item in items), default=0) + 1
        item = MessageItem(
            key=f"{conversation_id}-{seq}", id=seq, seq=seq, body=body, at=datetime.now(UTC),
            sender_name=self.items[conversation_id].title,
        )  # fmt: skip
        items.append(item)
        old = self.items[conversation_id]
        self.items[conversation_id] = msgspec.structs.replace(
            old, preview_text=body, preview_sender="member", last_message_at=item.at,
            unread=old.unread + 1, waiting_since=old.waiting_since or item.at, last_seq=seq,
        )  # fmt: skip
        self.tell(conversation_id)
        return item

    async def _turn(self, name: str) -> None:
        await asyncio.sleep(0)
        if name in self.broken:
            raise OSError(name)

    # --- the port -------------------------------------------------------------------------

    async def counts(self) -> Counts:
        await self._turn("counts")
        now = datetime.now(UTC)
        waits = [item.waiting_since for item in self.items.values() if item.waiting_since]
        wakes = [i.snoozed_until for i in self.items.values() if i.snoozed_until and i.sleeps(now)]
        return Counts(
            **{
                which: sum(belongs(item, which, self.me.staff_id) for item in self.items.values())
                for which in ("waiting", "unread", "mine", "groups", "snoozed", "all")
            },
            longest_wait_since=min(waits, default=None),
            next_wake=min(wakes, default=None),
        )

    async def conversation_ids(self, which: ConversationFilter, query: str = "") -> list[int]:
        await self._turn("conversation_ids")
        items = [i for i in self.items.values() if query in i.title or query in i.preview_text]
        items = [item for item in items if belongs(item, which, self.me.staff_id)]
        if which in {"waiting", "snoozed"}:
            since = [(i.waiting_since or i.woken_at or i.snoozed_until, i.id) for i in items]
            back = [(i.snoozed_until, i.id) for i in items]
            order = since if which == "waiting" else back
            return [number for _, number in sorted(order, key=lambda each: (str(each[0]), each[1]))]
        items.sort(key=lambda item: item.last_message_at or NOW, reverse=True)
        return [item.id for item in items]

    async def conversations(self, ids: Sequence[int]) -> list[ConversationItem]:
        await self._turn("conversations")
        return [self.items[number] for number in ids if number in self.items]

    async def timeline(
        self, conversation_id: int, before_seq: int = 0, limit: int = 60, *, whole: bool = False
    ) -> TimelineWindow:
        await self._turn("timeline")
        items = self.messages.get(conversation_id, [])
        last = max((item.seq for item in items), default=0)
        if before_seq:
            items = [item for item in items if item.seq and item.seq < before_seq]
        shown = items[-limit:]
        away = bool(self.kept_away) and len(shown) == len(items)
        return TimelineWindow(
            conversation_id=conversation_id,
            items=tuple(shown),
            last_seq=last,
            read_seq=self.read.get(conversation_id, last),
            has_older=len(items) > len(shown) or away,
            older_on_relay=away,
        )

    async def panel(self, member_id: int) -> MemberPanel | None:
        await self._turn("panel")
        return self.panels.get(member_id)

    async def draft(self, conversation_id: int) -> DraftItem:
        await self._turn("draft")
        return self.drafts.get(conversation_id, DraftItem(conversation_id=conversation_id))

    async def save_draft(
        self, conversation_id: int, body: str, *, drop_beside: bool = False
    ) -> None:
        await self._turn("save_draft")
        self.calls.append(("save_draft", conversation_id, body, drop_beside))
        old = self.drafts.get(conversation_id, DraftItem(conversation_id=conversation_id))
        beside = "" if drop_beside else old.beside
        self.drafts[conversation_id] = msgspec.structs.replace(old, body=body, beside=beside)

    async def recall(self, key: str) -> None:
        await self._turn("recall")
        self.calls.append(("recall", key))

    async def retry(self, entry: int) -> None:
        await self._turn("retry")
        self.calls.append(("retry", entry))

    async def discard(self, entry: int) -> None:
        await self._turn("discard")
        self.calls.append(("discard", entry))

    async def mark_read(self, conversation_id: int, seq: int) -> None:
        await self._turn("mark_read")
        self.calls.append(("mark_read", conversation_id, seq))

    async def typing(self, conversation_id: int, on: bool) -> None:
        await self._turn("typing")
        self.calls.append(("typing", conversation_id, on))

    async def photo(self, media_id: int, long_side: int = 480) -> Path | None:
        await self._turn("photo")
        return self.files.get(media_id)

    async def start_conversation(self, member_id: int) -> int | None:
        await self._turn("start_conversation")
        return next((i.id for i in self.items.values() if i.member_id == member_id), None)

    async def confirm_member(self, member_id: int) -> None:
        await self._turn("confirm_member")
        self.calls.append(("confirm_member", member_id))

    async def invite(self, member_id: int) -> Invite | None:
        await self._turn("invite")
        self.calls.append(("invite", member_id))
        if self.link.phase != "synced":
            return None
        return Invite(
            member_id=member_id, url=f"http://192.168.1.5:8787/?i=token-{member_id}",
            expires_at=NOW + timedelta(days=30),
        )  # fmt: skip

    async def report_look(self, member_id: int) -> None:
        await self._turn("report_look")
        self.calls.append(("report_look", member_id))

    def called(self, name: str) -> list[tuple[object, ...]]:
        """What was asked of one method."""
        return [call[1:] for call in self.calls if call[0] == name]


# --- a shop to look at --------------------------------------------------------------------

_PEOPLE = (
    (1, "周雨桐", "gold", "我周六下午想过去试一下,可以帮我留一件吗?", 1.5, 1.4, 2),
    (2, "陈思敏", "silver", "那件蓝色衬衫有 M 码吗", 4.2, 4.2, 1),
    (3, "王立群", "basic", "", 6.5, 6.5, 3),
    (4, "赵可欣", "basic", "大概几点关门呀", 13, 13, 1),
    (5, "吴悠", "silver", "这套碎花裙配开衫好看!", 17, None, 12),
    (6, "林晓月", "basic", "我想要厚外套", 27, None, 0),
    (7, "许诺", "gold", "好的,给您留到周日~", 44, None, 0),
    (8, "Emily Chen", "basic", "退订", 55, None, 0),
    (9, "何静", "silver", "生日快乐!券已到账", 60 * 26, None, 0),
    (10, "孙一凡", "basic", "卫衣到了告诉我", 60 * 28, None, 0),
)


def sample() -> MemoryDesk:
    """A morning in the shop."""
    desk = MemoryDesk()
    for number, name, tier, words, last, waits, unread in _PEOPLE:
        desk.items[number] = ConversationItem(
            id=number, title=name, member_id=number, tier=tier, preview_text=words,
            preview_kind="" if words else "photo", preview_read=number == 7,
            preview_sender="staff" if number in (7, 9) else "member", unread=unread,
            last_message_at=ago(last), waiting_since=None if waits is None else ago(waits),
            has_draft=number == 10, draft_text="到了到了,给您留了 M", failed=number == 9,
        )  # fmt: skip
        desk.panels[number] = MemberPanel(member_id=number, name=name, tier=tier, joined_at=NOW)
    desk.panels[1] = _panel()
    desk.messages[1] = _talk()
    desk.read[1] = 5
    return desk


def _panel() -> MemberPanel:
    art = [
        f.name for f in sorted(Path("resources/artwork").glob("a0*.webp")) if "large" not in f.name
    ]
    line = lambda name, size, n, **more: TradeLine(  # noqa: E731
        product_id=n, name=name, size=size, picture=art[n] if n < len(art) else "",
        price=59900, **more,
    )  # fmt: skip
    birthday = (NOW + timedelta(days=11)).astimezone()
    return MemberPanel(
        member_id=1, name="周雨桐", phone="138****6021", tier="gold", points=2000, online=True,
        birthday=f"{birthday:%m-%d}", created_at=ago(60 * 24 * 1200), joined_at=ago(60 * 24 * 90),
        last_visit_at=ago(60 * 24 * 14), visits_30d=2, purchases_12m=9, spent_12m=438000,
        marketing=True, weekly_cap=3, tags=("女装", "风衣", "L 码", "复古", "常客"),
        sizes={"top": "L", "bottom": "M"},
        asked=(line("红色风衣", "L", 2, at=NOW), line("雾蓝连衣裙", "M", 5, at=ago(60 * 24 * 24),
               promo_price=41930)),
        bought=(line("黑色阔腿裤", "M", 8, at=ago(60 * 24 * 69)),
                line("白色修身针织衫", "L", 9, at=ago(60 * 24 * 80))),
        holds=(line("红色风衣", "L", 2, at=NOW, state="confirmed"),),
    )  # fmt: skip


def _talk() -> list[MessageItem]:
    def message(
        seq: int, minutes: float, body: str, *, mine: bool = False, **more: object
    ) -> MessageItem:
        return MessageItem(
            key=f"1-{seq}", id=seq, seq=seq, body=body, at=ago(minutes), mine=mine,
            sender_kind="staff" if mine else "member", sender_id=1 if mine else 501,
            sender_name="" if mine else "周雨桐", **more,  # type: ignore[arg-type]
        )  # fmt: skip

    photos = tuple(
        PhotoItem(media_id=n, width=600, height=760, blurhash=HASHES[n % 3]) for n in (1, 2, 3)
    )
    return [
        message(1, 60 * 25, "你们周末几点开门?"),
        message(2, 60 * 24.9, "10:00 到 21:30,周末不休息~", mine=True, read=True),
        message(3, 22, "本周新款 · 米色风衣,面料是进口棉麻,版型很显瘦,已经到店啦。"
                "\n细节看这里 https://shop.example/p/1001", mine=True, read=True),
        message(4, 4, "好看!那件红色的风衣还有没有 L 码呀"),
        message(5, 3, "三个颜色的上身图给您拼在一起了,可以对比看看~", mine=True, read=True,
                kind="photo", photos=photos),
        message(6, 1.4, "红色的太好看了 😍", quote=QuoteItem(id=5, seq=5, mine=True,
                kind="photo", body="三个颜色的上身图")),
        message(7, 1.3, "我周六下午想过去试一下,可以帮我留一件吗?"),
    ]  # fmt: skip
