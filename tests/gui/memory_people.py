"""Queue and members of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from console.desk import snoozes
from console.desk.history import HistoryKind, HistoryLine, HistoryPage
from console.desk.members import MemberChoice, MergePreview, MergeSide
from console.desk.queue import ColleagueHere
from console.desk.refusals import StepRefused
from console.desk.types import Changed, ConversationFilter, ConversationItem, MemberPanel
from console.sync.http import Offline
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from tests.gui.memory_desk import MemoryDesk

_FIELDS = {"display_name": "name"}


def belongs(item: ConversationItem, which: ConversationFilter, me: int) -> bool:
    """Whether a row is in a part of the queue."""
    now = datetime.now(UTC)
    if which == "waiting":
        return not item.sleeps(now) and (item.waiting_since is not None or item.reminds(now))
    if which == "mine":
        return item.assignee_id == me and not item.done
    found = {"unread": bool(item.unread), "groups": item.kind == "group",
             "snoozed": item.sleeps(now)}  # fmt: skip
    return found.get(which, True)


class MemoryQueue:
    """``QueuePort`` over the rows of a memory desk."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self._refused: list[Callable[[StepRefused], None]] = []
        self.used: list[snoozes.UsedTime] = []
        self.people = [
            ColleagueHere(staff_id=2, name="阿珍", here=True),
            ColleagueHere(staff_id=3, name="露露"),
            ColleagueHere(staff_id=1, name="李店长", here=True, me=True),
        ]

    def on_refused(self, listener: Callable[[StepRefused], None]) -> Callable[[], None]:
        self._refused.append(listener)
        return lambda: self._refused.remove(listener)

    def refuse(self, refused: StepRefused) -> None:
        """The relay turned a step down."""
        for listener in list(self._refused):
            listener(refused)

    async def colleagues(self) -> list[ColleagueHere]:
        await asyncio.sleep(0)
        return self.people

    async def assign(self, conversation_id: int, staff_id: int | None) -> None:
        names = {each.staff_id: each.name for each in self.people}
        self._change(conversation_id, "assign", assignee_id=staff_id or 0,
                     assignee_name=names.get(staff_id or 0, ""))  # fmt: skip

    async def snooze(
        self, conversation_id: int, until: datetime | None, *, by_hand: bool = False
    ) -> None:
        if until is not None and until <= datetime.now(UTC):
            raise Refusal(Code.SNOOZE_PAST, field="until")
        if until is not None and by_hand:
            used = snoozes.used_time(until, datetime.now(until.tzinfo))
            self.used = snoozes.remember(self.used, used)
        self._change(conversation_id, "snooze", snoozed_until=until, woken_at=None)

    async def snooze_choices(self, now: datetime) -> list[snoozes.SnoozeChoice]:
        await asyncio.sleep(0)
        return snoozes.choices(now, self.used)

    async def finish(self, conversation_id: int, up_to_seq: int) -> None:
        self._desk.calls.append(("up_to", up_to_seq))
        self._since = self._desk.items[conversation_id].waiting_since
        self._change(conversation_id, "finish", done=True, waiting_since=None,
                     snoozed_until=None, woken_at=None)  # fmt: skip

    async def reopen(self, conversation_id: int) -> None:
        self._change(conversation_id, "reopen", done=False,
                     waiting_since=getattr(self, "_since", None))  # fmt: skip

    def _change(self, conversation_id: int, name: str, **values: Any) -> None:
        desk = self._desk
        desk.calls.append((name, conversation_id, *values.values()))
        item = desk.items[conversation_id]
        desk.items[conversation_id] = msgspec.structs.replace(item, **values)
        desk.tell(conversation_id)


class MemoryMembers:
    """``MembersPort`` over the panels of a memory desk."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.tags = ["女装", "风衣", "复古", "常客", "L 码", "男装", "针织"]
        self.numbers = {1: "13812346021"}
        self.pages: dict[HistoryKind, list[HistoryLine]] = {}

    async def update(
        self, member_id: int, was: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> None:
        if changes.get("display_name") == "":
            raise Refusal(Code.JOIN_NAME, field="display_name")
        self._desk.calls.append(("update", member_id, dict(was), dict(changes)))
        self.change(member_id, **{_FIELDS.get(n, n): v for n, v in changes.items()})

    async def decide(self, member_id: int, mine: Collection[str]) -> None:
        self._desk.calls.append(("decide", member_id, sorted(mine)))
        panel = self._desk.panels[member_id]
        kept = {_FIELDS.get(each.field, each.field): each.mine for each in panel.conflicts
                if each.field in mine}  # fmt: skip
        self.change(member_id, conflicts=(), **kept)

    async def tag(
        self, member_id: int, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        if any(len(tag) > 20 for tag in add):
            raise Refusal(Code.TAGS_LIMIT, {"limit": 30, "chars": 20}, field="add")
        self._desk.calls.append(("tag", member_id, list(add), list(remove)))
        tags = [tag for tag in self._desk.panels[member_id].tags if tag not in remove]
        self.change(member_id, tags=tuple(dict.fromkeys([*tags, *add])))

    async def tags_in_use(self) -> list[str]:
        await asyncio.sleep(0)
        return self.tags

    async def set_blocked(self, member_id: int, *, blocked: bool, reason: str = "") -> None:
        self._desk.calls.append(("set_blocked", member_id, blocked, reason))
        for number, item in self._desk.items.items():
            if item.member_id == member_id:
                self._desk.items[number] = msgspec.structs.replace(item, blocked=blocked)
        self.change(member_id, blocked=blocked)

    async def reveal(self, member_id: int, reason: str) -> str:
        self._need_line()
        self._desk.calls.append(("reveal", member_id, reason))
        return self.numbers.get(member_id, "13900000000")

    async def history(
        self, member_id: int, kind: HistoryKind, before: tuple[int, int] | None = None
    ) -> HistoryPage:
        await asyncio.sleep(0)
        lines = self.pages.get(kind, [])
        start = before[1] if before else 0
        more = start + 40 < len(lines)
        return HistoryPage(lines=tuple(lines[start : start + 40]),
                           before=(0, start + 40) if more else None)  # fmt: skip

    async def find(self, query: str, without: int = 0) -> list[MemberChoice]:
        await asyncio.sleep(0)
        return [self._choice(panel) for panel in self._desk.panels.values()
                if query and query in panel.name and panel.member_id != without]  # fmt: skip

    async def merge_preview(
        self, keep_id: int, gone_id: int, take: Collection[str] = ()
    ) -> MergePreview | None:
        await asyncio.sleep(0)
        keep, gone = (self._side(self._desk.panels[each]) for each in (keep_id, gone_id))
        result = {name: (gone if name in take else keep).values[name] or gone.values[name]
                  for name in keep.values}  # fmt: skip
        differ = tuple(name for name, value in keep.values.items()
                       if value and gone.values[name] and value != gone.values[name])  # fmt: skip
        return MergePreview(
            keep=keep, gone=gone, differ=differ, tags=len(set(gone.tags) - set(keep.tags)),
            result=result | {"points": keep.points + gone.points, "tier": keep.choice.tier},
        )  # fmt: skip

    async def merge(self, keep_id: int, gone_id: int, take: Collection[str] = ()) -> int:
        self._need_line()
        self._desk.calls.append(("merge", keep_id, gone_id, sorted(take)))
        return 77

    async def unmerge(self, merge_id: int) -> None:
        self._need_line()
        self._desk.calls.append(("unmerge", merge_id))

    # --- inside ---

    def change(self, member_id: int, **values: Any) -> None:
        """Another panel, and those who look at it are told."""
        panels = self._desk.panels
        panels[member_id] = msgspec.structs.replace(panels[member_id], **values)
        self._desk.tell_changed(Changed(tables=frozenset({"member"}),
                                        members=frozenset({member_id})))  # fmt: skip

    def _need_line(self) -> None:
        if self._desk.link.phase != "synced":
            raise Offline

    def _choice(self, panel: MemberPanel) -> MemberChoice:
        return MemberChoice(member_id=panel.member_id, name=panel.name, phone=panel.phone,
                            tier=panel.tier, state=panel.state,
                            created_at=panel.created_at)  # fmt: skip

    def _side(self, panel: MemberPanel) -> MergeSide:
        values = {"display_name": panel.name, "phone": panel.phone, "birthday": panel.birthday,
                  "sizes": panel.sizes, "remark": panel.remark}  # fmt: skip
        amounts = {"message": 12, "purchase": len(panel.bought), "visit": panel.visits_30d,
                   "enquiry": len(panel.asked), "hold": 0, "consent": 1,
                   "coupon": 2}  # fmt: skip
        return MergeSide(choice=self._choice(panel), values=values, points=panel.points,
                         tags=panel.tags, amounts=amounts)  # fmt: skip


def visits(count: int) -> list[HistoryLine]:
    """So many visits, one a week."""
    now = datetime.now(UTC)
    return [HistoryLine(id=n + 1, at=now - timedelta(weeks=n), source="counter")
            for n in range(count)]  # fmt: skip
