"""Campaigns of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from console.desk.campaign_templates import starter_set
from console.desk.campaign_types import (
    AudienceMember,
    AudienceStep,
    CampaignAudience,
    CampaignDraft,
    CampaignItem,
    Did,
    DraftPhoto,
    PhotoOrigin,
    Standing,
    TemplateItem,
)
from console.desk.segment_facts import SegmentChoices
from console.desk.segments import SavedSegment, SegmentCount, SegmentMember
from console.desk.types import PhotoItem
from console.domain.photo_shapes import Shape
from console.domain.segments import Choice, Listed, Rule
from console.domain.templates import Facts
from console.wire.errors import Code, Refusal


class MemoryCampaigns:
    """``CampaignsPort`` over a dictionary; ``saves`` counts what was kept."""

    def __init__(self) -> None:
        self.items: dict[str, CampaignItem] = {}
        self.saves: list[CampaignDraft] = []
        self.calls: list[tuple[object, ...]] = []
        self.receive = 638
        self.slow = asyncio.Event()
        self.slow.set()
        self.held: dict[str, asyncio.Event] = {}
        """By file name: what is looked at only when this is set."""
        self.looked_at: list[str] = []
        self.made = 0
        self.own: list[TemplateItem] = []
        """The shop's templates."""
        self.unshapely: Exception | None = None
        """Why no photo can be turned or cut."""
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def put(self, client_id: str, **facts: object) -> CampaignItem:
        known = self.items.get(client_id) or CampaignItem(
            client_id=client_id, id=len(self.items) + 1, rev=1, at=datetime.now(UTC)
        )
        self.items[client_id] = msgspec.structs.replace(known, **facts)
        self.tell()
        return self.items[client_id]

    async def all(self) -> list[CampaignItem]:
        await asyncio.sleep(0)
        return list(self.items.values())

    async def one(self, client_id: str) -> CampaignItem | None:
        await asyncio.sleep(0)
        return self.items.get(client_id)

    async def create(self, draft: CampaignDraft | None = None) -> str:
        client_id = f"c{len(self.items) + 1}"
        await self.save(client_id, draft or CampaignDraft(), 0)
        return client_id

    async def save(
        self, client_id: str, draft: CampaignDraft, base_rev: int, *, drop_beside: bool = False
    ) -> None:
        await asyncio.sleep(0)
        self.saves.append(draft)
        beside = self.items[client_id].beside if client_id in self.items else ()
        self.put(client_id, draft=draft, beside=() if drop_beside else beside)

    async def add_photo(self, content: Path | bytes) -> DraftPhoto:
        name = content.stem if isinstance(content, Path) else ""
        await self.held.get(name, self.slow).wait()
        self.looked_at.append(name)
        if isinstance(content, Path) and content.suffix == ".txt":
            raise Refusal(Code.MEDIA_TYPE)
        path = str(content) if isinstance(content, Path) else ""
        return DraftPhoto(name=f"u{id(content)}", item=PhotoItem(path=path, mime="image/jpeg"))

    async def shape_photo(self, photo: DraftPhoto, shape: Shape) -> DraftPhoto:
        self.calls.append(("shape_photo", photo.name, shape))
        origin = photo.origin or PhotoOrigin(name=photo.name, item=photo.item)
        await self.held.get(origin.name, self.slow).wait()
        if self.unshapely:
            raise self.unshapely
        if shape.is_plain:
            return DraftPhoto(name=origin.name, item=origin.item)
        self.made += 1
        origin = msgspec.structs.replace(origin, shape=shape)
        return DraftPhoto(name=f"made{self.made}", item=photo.item, origin=origin)

    async def enlarged(self, photo: DraftPhoto) -> bytes:
        if self.unshapely:
            raise self.unshapely
        origin = photo.origin or photo
        return await asyncio.to_thread(Path(origin.item.path).read_bytes)

    async def drop_photo(self, photo: DraftPhoto) -> None:
        self.calls.append(("drop_photo", photo.name))

    async def remove(self, client_id: str) -> None:
        del self.items[client_id]
        self.tell()

    async def discard(self, entry: int) -> None:
        self.calls.append(("discard", entry))

    async def audience(self, draft: CampaignDraft) -> CampaignAudience | None:
        await asyncio.sleep(0)
        steps = (AudienceStep(reason="no_channel", count=48),
                 AudienceStep(reason="opted_out", count=21),
                 AudienceStep(reason="cap", count=34),
                 AudienceStep(reason="holdout", count=71))  # fmt: skip
        return CampaignAudience(
            matched=self.receive + 174,
            receive=self.receive,
            steps=steps,
            last_notice=312,
            variants=tuple((each.name, self.receive) for each in draft.variants),
        )

    async def names(self, reason: str, limit: int = 200) -> list[AudienceMember]:
        await asyncio.sleep(0)
        found = [AudienceMember(member_id=1, name="周雨桐", phone="138****6021", tier="gold"),
                 AudienceMember(member_id=2, name="安小满", phone="137****6813")]  # fmt: skip
        return found[:limit]

    async def standing(self, campaign_id: int) -> list[Standing]:
        await asyncio.sleep(0)
        return [Standing(state="written", reason="", count=120),
                Standing(state="pending", reason="", count=self.receive - 120),
                Standing(state="skipped", reason="opted_out", count=21)]  # fmt: skip

    async def recipients(
        self, campaign_id: int, state: str, reason: str, limit: int = 200
    ) -> list[AudienceMember]:
        return await self.names(state, limit)

    async def who_did(self, campaign_id: int, did: Did, limit: int = 200) -> list[AudienceMember]:
        self.calls.append(("who_did", campaign_id, did))
        return await self.names(did, limit)

    async def facts(self, member_id: int, draft: CampaignDraft) -> Facts:
        await asyncio.sleep(0)
        return Facts(name="周雨桐", points="2000", last_bought="黑色阔腿裤")

    async def freeze(self, client_id: str) -> int:
        self.calls.append(("freeze", client_id))
        counts = {"pending": self.receive, "skipped": 174}
        self.put(client_id, state="frozen", counts=counts)
        return self.receive

    async def schedule(
        self, client_id: str, at: datetime | None = None, *, confirm: int = 0
    ) -> datetime | None:
        if self.receive > 200 and confirm != self.receive:
            raise Refusal(Code.CAMPAIGN_CONFIRM, {"count": self.receive})
        self.calls.append(("schedule", client_id, confirm))
        at = at or datetime.now(UTC) + timedelta(seconds=60)
        self.put(client_id, state="scheduled", next_at=at)
        return at

    async def send_now(self, client_id: str, *, confirm: int = 0) -> None:
        self.calls.append(("send_now", client_id, confirm))
        self.put(client_id, state="sending", next_at=None)

    async def undo(self, client_id: str) -> None:
        self.put(client_id, state="draft", counts={}, next_at=None)

    async def pause(self, client_id: str) -> None:
        self.put(client_id, state="paused")

    async def resume(self, client_id: str) -> None:
        self.put(client_id, state="sending")

    async def cancel(self, client_id: str) -> None:
        self.put(client_id, state="cancelled")

    async def recall(self, client_id: str, correction: str = "") -> None:
        self.calls.append(("recall", client_id, correction))
        self.put(client_id, recalled_at=datetime.now(UTC))

    async def resend(self, client_id: str, to: str) -> str:
        self.calls.append(("resend", client_id, to))
        return await self.create()

    async def templates(self, language: str) -> list[TemplateItem]:
        await asyncio.sleep(0)
        return [*self.own, *starter_set(language)]

    async def keep_template(self, title: str, draft: CampaignDraft, at: int) -> None:
        self.calls.append(("keep_template", title, draft, at))

    async def remove_template(self, client_id: str) -> None:
        self.calls.append(("remove_template", client_id))


class MemorySegments:
    """``SegmentsPort`` over a list; a rule means as many as ``members`` says."""

    def __init__(self) -> None:
        self.kept = [
            SavedSegment(client_id="s1", id=1, name="常买女装", rule=Choice("gender", ("f",))),
            SavedSegment(client_id="s2", id=2, name="金卡、银卡", rule=Choice("tier", ("gold",))),
        ]
        self.members_of: dict[Rule, int] = {}
        self.meant: dict[Rule, range] = {}
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def on_stale(self, _listener: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    async def saved(self) -> list[SavedSegment]:
        await asyncio.sleep(0)
        return list(self.kept)

    async def save(
        self, *, client_id: str = "", name: str | None = None, rule: Rule | None = None,
        base_rev: int = 0,
    ) -> str:  # fmt: skip
        await asyncio.sleep(0)
        key = client_id or f"s{len(self.kept) + 1}"
        assert name is not None
        assert rule is not None
        self.kept.append(SavedSegment(client_id=key, name=name, rule=rule))
        return key

    async def choices(self) -> SegmentChoices:
        await asyncio.sleep(0)
        return SegmentChoices(tags=("复古", "风衣"), categories=("风衣", "裙子"))

    async def count(self, rule: Rule) -> SegmentCount:
        await asyncio.sleep(0)
        return SegmentCount(members=self.members_of.get(rule, 812), at=datetime.now(UTC))

    async def find(self, query: str) -> tuple[SegmentMember, ...]:
        await asyncio.sleep(0)
        return (SegmentMember(member_id=int(query), name=f"会员{query}"),)

    async def members(
        self, rule: Rule, *, after: int = 0, limit: int = 50
    ) -> tuple[SegmentMember, ...]:
        await asyncio.sleep(0)
        ids = rule.members if isinstance(rule, Listed) else tuple(self.meant.get(rule, ()))
        return tuple(SegmentMember(member_id=each, name=f"会员{each}") for each in ids[after:limit])

    async def sentence(self, _rule: Rule, language: str) -> str:
        await asyncio.sleep(0)
        return "常买女装的会员" if language == "zh" else "members who buy women's wear"
