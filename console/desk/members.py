"""What staff do about members: facts, tags, blocking, the whole number, history, merging.

Facts, tags and blocking show at once and offline; a refused fact keeps what was entered
until ``decide``.  Revealing and merging need the line and raise ``Refusal``.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from console.desk import history
from console.desk.history import HistoryKind, HistoryPage
from console.desk.refusals import again
from console.desk.types import Value
from console.domain.members import is_birthday, tidy_name
from console.domain.merging import TAKEABLE, merged_facts
from console.domain.tags import MAX_TAG_CHARS, MAX_TAGS, is_tag, tidy_tag
from console.store import overlay_members, replica_members, replica_queries
from console.store.replica import Connection
from console.sync.http import Offline
from console.wire.commands import (
    MergeMembers,
    RevealPhone,
    SetBlocked,
    TagMember,
    UnmergeMembers,
    UpdateMember,
)
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

_TAGS_FRESH_S: Final = 60.0


class MemberChoice(Value, frozen=True, kw_only=True):
    """A member found by a query."""

    member_id: int
    name: str
    phone: str = ""
    tier: str = "basic"
    state: str = "known"
    created_at: datetime | None = None


class MergeSide(Value, frozen=True, kw_only=True):
    """One of two members before they are merged; ``amounts`` by kind of row."""

    choice: MemberChoice
    values: dict[str, Any]
    points: int = 0
    tags: tuple[str, ...] = ()
    amounts: dict[str, int] = msgspec.field(default_factory=dict)


class MergePreview(Value, frozen=True, kw_only=True):
    """What a merge would do.

    Attributes:
        result: the fields after it, by ``TAKEABLE`` name, and ``points`` and ``tier``.
        differ: fields of which both have a value, not the same: to be chosen.
        tags: how many tags she gains.
    """

    keep: MergeSide
    gone: MergeSide
    result: dict[str, Any]
    differ: tuple[str, ...] = ()
    tags: int = 0


class MembersDesk:
    """``MembersPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._tags: tuple[float, list[str]] = (float("-inf"), [])

    # --- facts ---

    async def update(
        self, member_id: int, was: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> None:
        """Change facts; ``was`` is what stood there when she was edited, for each of them.

        Raises ``Refusal`` for a name or birthday that is none (``field`` names it).
        """
        if not changes:
            return
        _check(changes, was)
        command = UpdateMember(member_id=member_id, was={name: was[name] for name in changes},
                               **changes)  # fmt: skip
        await self._inbox.outgoing.queue(
            command, lane=overlay_members.facts_lane(member_id), scope="members"
        )

    async def decide(self, member_id: int, mine: Collection[str]) -> None:
        """Settle refused facts: of ``mine`` what was entered here, of others what stands.

        Facts of the same change that nobody else touched are entered again as they were.
        """
        refused = overlay_members.refused_facts(self._station.outbox.entries, member_id)
        if refused is None:
            return
        row: MemberRow | None = await self._station.read(replica_queries.one, "member", member_id)
        failed = next(entry for entry in refused.entries if entry.state == "failed")
        dropped = await self._station.change_outbox(self._station.outbox.discard, failed.position)
        others = [again(entry) for entry in dropped if entry.name != UpdateMember.name]
        if others:
            await self._station.pump.enqueue(*others)
        if row is None:
            return
        now = {name: getattr(row, overlay_members.COLUMNS[name]) for name in refused.values}
        alone = {name for name in now if refused.was.get(name) == now[name]}
        wanted = set(mine) | (alone if refused.code == Code.CONFLICT else set())
        kept = {name: value for name, value in refused.values.items()
                if name in wanted and value != now[name]}  # fmt: skip
        await self.update(member_id, now, kept)

    async def tag(
        self, member_id: int, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        """Put tags on and take some off.  Raises ``Refusal`` (``tags.limit``)."""
        added = [tidy_tag(text) for text in add]
        if not all(is_tag(text) for text in added):
            limits = {"limit": MAX_TAGS, "chars": MAX_TAG_CHARS}
            raise Refusal(Code.TAGS_LIMIT, limits, field="add")
        await self._inbox.outgoing.queue(
            TagMember(member_id=member_id, add=added, remove=list(remove)),
            lane=overlay_members.tags_lane(member_id), scope="members",
        )  # fmt: skip

    async def tags_in_use(self) -> list[str]:
        """Every tag of the shop, the most used first; read again once a minute."""
        at, found = self._tags
        if time.monotonic() - at > _TAGS_FRESH_S:
            found = await self._station.read(replica_members.tags_in_use)
            self._tags = (time.monotonic(), found)
        return found

    async def set_blocked(self, member_id: int, *, blocked: bool, reason: str = "") -> None:
        """Hear nothing more from her, or hear her again; the reason goes to the log."""
        await self._inbox.outgoing.queue(
            SetBlocked(member_id=member_id, blocked=blocked, reason=reason),
            lane=overlay_members.blocked_lane(member_id), scope="members",
        )  # fmt: skip

    async def reveal(self, member_id: int, reason: str) -> str:
        """The whole number; who asked and why is recorded.

        Raises ``Offline`` without a line and ``Refusal``.
        """
        command = RevealPhone(member_id=member_id, reason=reason)
        answer = await self._call(command, f"reveal/{member_id}")
        return str(answer.get("phone", ""))

    # --- history ---

    async def history(
        self, member_id: int, kind: HistoryKind, before: tuple[int, int] | None = None
    ) -> HistoryPage:
        """What happened with her, newest first."""
        return await self._station.read(history.page, kind, member_id, before, datetime.now(UTC))

    # --- two members of one person ---

    async def find(self, query: str, without: int = 0) -> list[MemberChoice]:
        """Members that a query may mean, at most 30; never ``without`` itself."""
        rows = await self._station.read(replica_members.find_members, query)
        return [_choice(row) for row in rows if row.id != without]

    async def merge_preview(
        self, keep_id: int, gone_id: int, take: Collection[str] = ()
    ) -> MergePreview | None:
        """What merging would do; ``None`` when one of them is not here."""
        return await self._station.read(_preview, keep_id, gone_id, frozenset(take))

    async def merge(self, keep_id: int, gone_id: int, take: Collection[str] = ()) -> int:
        """Merge them; returns the merge's id for ``unmerge``.

        Raises ``Offline`` and ``Refusal``.
        """
        command = MergeMembers(keep_id=keep_id, gone_id=gone_id, take=sorted(take))
        answer = await self._call(command, f"merge/{keep_id}")
        return int(answer.get("merge_id", 0))

    async def unmerge(self, merge_id: int) -> None:
        """Take a merge back.  Raises ``Offline`` and ``Refusal``."""
        await self._call(UnmergeMembers(merge_id=merge_id), f"unmerge/{merge_id}")

    # --- inside ---

    async def _call(
        self, command: RevealPhone | MergeMembers | UnmergeMembers, lane: str
    ) -> dict[str, Any]:
        if not self._inbox.outgoing.is_up:
            raise Offline
        answer = await self._inbox.outgoing.call(command, lane=lane, scope="members")
        return answer if isinstance(answer, dict) else {}


def _check(changes: Mapping[str, Any], was: Mapping[str, Any]) -> None:
    name = changes.get("display_name")
    if name is not None and tidy_name(name) is None:
        raise Refusal(Code.JOIN_NAME, field="display_name")
    if "birthday" in changes or "birthday_lunar" in changes:
        day = changes.get("birthday", was.get("birthday", ""))
        lunar = bool(changes.get("birthday_lunar", was.get("birthday_lunar", False)))
        if day and not is_birthday(day, lunar=lunar):
            raise Refusal(Code.JOIN_BIRTHDAY, field="birthday")


def _choice(row: MemberRow) -> MemberChoice:
    return MemberChoice(member_id=row.id, name=row.name, phone=row.phone, tier=row.tier,
                        state=row.state, created_at=row.created_at or row.joined_at)  # fmt: skip


def _side(db: Connection, row: MemberRow) -> MergeSide:
    values = {name: getattr(row, "name" if name == "display_name" else name) for name in TAKEABLE}
    return MergeSide(choice=_choice(row), values=values | {"birthday_lunar": row.birthday_lunar},
                     points=row.points, tags=replica_queries.tags_of(db, row.id),
                     amounts=replica_members.amounts(db, row.id))  # fmt: skip


def _preview(
    db: Connection, keep_id: int, gone_id: int, take: frozenset[str]
) -> MergePreview | None:
    keep: MemberRow | None = replica_queries.one(db, "member", keep_id)
    gone: MemberRow | None = replica_queries.one(db, "member", gone_id)
    if keep is None or gone is None:
        return None
    facts = merged_facts(keep, gone, take)
    sides = _side(db, keep), _side(db, gone)
    mine, theirs = sides[0].values, sides[1].values
    return MergePreview(
        keep=sides[0], gone=sides[1],
        result={name: facts["name" if name == "display_name" else name] for name in TAKEABLE}
        | {"points": facts["points"], "tier": facts["tier"],
           "birthday_lunar": facts["birthday_lunar"]},
        differ=tuple(name for name in TAKEABLE
                     if mine[name] and theirs[name] and mine[name] != theirs[name]),
        tags=len(set(sides[1].tags) - set(sides[0].tags)),
    )  # fmt: skip
