"""What the relay refused of small steps (queue, tags, holds): told once, then out of the way.

The step is dropped, so that the screen shows what is; what waited behind it goes on.  Facts
about members, messages and quick replies are not handled here: their words stay until somebody
decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from console.desk.listening import Audience
from console.desk.types import Changed, Value
from console.store import overlay
from console.store.outbox import Entry, NewEntry
from console.wire.commands import SaveQuickReply, UpdateMember

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

KINDS: Final = ("queue", "tags", "blocked", "coupon", "offer", "hold", "enquiry", "waitlist",
                "visit", "fitting")  # fmt: skip


class StepRefused(Value, frozen=True, kw_only=True):
    """A step that was refused.

    Attributes:
        name: the command's name.
        conversation_id: whose place in the queue it was to change, else 0.
        member_id: the member it was about, else 0.
        code: the reason; ``parameters`` fill its sentence.
    """

    name: str
    conversation_id: int = 0
    member_id: int = 0
    code: str
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)


class Refusals:
    """Watches one outbox."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station = station
        self._told: Audience[StepRefused] = Audience()
        self._handled: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop = inbox.on_changed(self._look)

    def on_refused(self, listener: Callable[[StepRefused], None]) -> Callable[[], None]:
        """Call ``listener`` for each refused step from now on; returns what ends that."""
        return self._told.add(listener)

    async def close(self) -> None:
        """Stop watching."""
        self._stop()
        tasks = list(self._tasks)
        await asyncio.gather(*tasks, return_exceptions=True)

    def _look(self, changed: Changed) -> None:
        if not changed.everything and "outbox" not in changed.tables:
            return
        for entry in self._station.outbox.entries:
            if entry.state == "failed" and _is_step(entry) and entry.n not in self._handled:
                self._handled.add(entry.n)
                task = asyncio.get_running_loop().create_task(self._drop(entry), name="refused")
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _drop(self, entry: Entry) -> None:
        dropped = await self._station.change_outbox(self._station.outbox.discard, entry.position)
        behind = [again(each) for each in dropped if each.position != entry.position]
        if behind:
            await self._station.pump.enqueue(*behind)
        self._told.tell(
            StepRefused(
                name=entry.name, code=entry.code, parameters=entry.parameters,
                conversation_id=overlay.lane_key(entry.lane, "queue") or 0,
                member_id=overlay.lane_key(entry.lane, "tags")
                or overlay.lane_key(entry.lane, "blocked")
                or overlay.lane_key(entry.lane, "visit") or 0,
            )
        )  # fmt: skip


def _is_step(entry: Entry) -> bool:
    kind = entry.lane.partition("/")[0]
    kept = {"member": UpdateMember.name, "quick_reply": SaveQuickReply.name}
    return kind in KINDS or (kind in kept and entry.name != kept[kind])


def again(entry: Entry) -> NewEntry:
    """The same command, to be queued anew."""
    return NewEntry(name=entry.name, body=entry.body, lane=entry.lane, scope=entry.scope,
                    key=entry.key, coalesce=entry.coalesce, uploads=entry.uploads)  # fmt: skip
