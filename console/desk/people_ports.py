"""What the screens may call about the queue and about members.

``desk.queue.QueueDesk`` and ``desk.members.MembersDesk`` are the real things.  Steps of the
queue, facts, tags and blocking work offline; what needs the line says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Protocol

from console.desk.history import HistoryKind, HistoryPage
from console.desk.members import MemberChoice, MergePreview
from console.desk.queue import ColleagueHere
from console.desk.refusals import StepRefused
from console.desk.snoozes import SnoozeChoice


class QueuePort(Protocol):
    """A conversation's place in the queue."""

    def on_refused(self, listener: Callable[[StepRefused], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread when a step was refused and undone."""
        ...

    async def colleagues(self) -> list[ColleagueHere]:
        """Whom to hand over to: who is here now first, oneself at the end."""
        ...

    async def assign(self, conversation_id: int, staff_id: int | None) -> None:
        """Hand it to a colleague, or to nobody."""
        ...

    async def snooze(
        self, conversation_id: int, until: datetime | None, *, by_hand: bool = False
    ) -> None:
        """Out of the queue until then (``None``: back now); raises ``Refusal`` when past."""
        ...

    async def snooze_choices(self, now: datetime) -> list[SnoozeChoice]:
        """Times to offer at a moment of the shop's time."""
        ...

    async def finish(self, conversation_id: int, up_to_seq: int) -> None:
        """Done, unless something came beyond ``up_to_seq``."""
        ...

    async def reopen(self, conversation_id: int) -> None:
        """Undo ``finish``."""
        ...


class MembersPort(Protocol):
    """Facts of members and what is done about them."""

    async def update(
        self, member_id: int, was: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> None:
        """Change facts; ``was`` holds what stood there.  Raises ``Refusal``."""
        ...

    async def decide(self, member_id: int, mine: Collection[str]) -> None:
        """Settle refused facts: ``mine`` as entered here, the others as they stand."""
        ...

    async def tag(
        self, member_id: int, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> None:
        """Put tags on and take some off.  Raises ``Refusal``."""
        ...

    async def tags_in_use(self) -> list[str]:
        """Every tag, the most used first."""
        ...

    async def set_blocked(self, member_id: int, *, blocked: bool, reason: str = "") -> None:
        """Hear nothing more from her, or hear her again."""
        ...

    async def reveal(self, member_id: int, reason: str) -> str:
        """The whole number, recorded.  Raises ``Offline`` and ``Refusal``."""
        ...

    async def history(
        self, member_id: int, kind: HistoryKind, before: tuple[int, int] | None = None
    ) -> HistoryPage:
        """What happened with her, newest first."""
        ...

    async def find(self, query: str, without: int = 0) -> list[MemberChoice]:
        """Members a query may mean."""
        ...

    async def merge_preview(
        self, keep_id: int, gone_id: int, take: Collection[str] = ()
    ) -> MergePreview | None:
        """What merging would do."""
        ...

    async def merge(self, keep_id: int, gone_id: int, take: Collection[str] = ()) -> int:
        """Merge; returns the merge's id.  Raises ``Offline`` and ``Refusal``."""
        ...

    async def unmerge(self, merge_id: int) -> None:
        """Take a merge back.  Raises ``Offline`` and ``Refusal``."""
        ...
