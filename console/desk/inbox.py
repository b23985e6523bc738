"""The inbox's use cases on a real replica and outbox: what ``ports.InboxPort`` promises.

Questions are answered by the replica in reading threads with the outbox laid over them;
changes become commands in the outbox.  Bad input raises ``console.wire.errors.Refusal``
before anything is queued.  Conversations are found by member name, pinyin, initials and
phone end; the words of messages are found by ``desk.find``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from console.desk import invites, rows
from console.desk.drafts import Drafts
from console.desk.hold_list import HoldItem, all_holds
from console.desk.listening import Audience
from console.desk.looks import Looks
from console.desk.outgoing import Outgoing
from console.desk.panel import member_panel
from console.desk.ports import Unsubscribe
from console.desk.queue_list import QueueList
from console.desk.timeline import Timeline
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
    TimelineWindow,
    Typing,
)
from console.log import get_logger
from console.store import overlay, replica_queries
from console.store.outbox import NewEntry
from console.store.replica_apply import Touched
from console.sync.http import Offline
from console.sync.link import LinkStatus
from console.sync.station import Station
from console.wire.commands import (
    ConfirmMember,
    OpenConversation,
    RecallMessage,
    ReportLook,
)
from console.wire.errors import Refusal
from console.wire.frames import SignalFrame

_log = get_logger("desk.inbox")


class InboxDesk:
    """``InboxPort`` for the staff member of one station."""

    def __init__(self, station: Station, me: Me) -> None:
        self._station = station
        self._me = me
        self._outgoing = Outgoing(station, lambda: self.scope)
        self._changed: Audience[Changed] = Audience()
        self._linked: Audience[LinkState] = Audience()
        self._signals: Audience[Typing] = Audience()
        self._timeline = Timeline(me.staff_id, station.pump.is_flying, station.pump.progress)
        self.drafts = Drafts(station, me.staff_id)
        self._list = QueueList(station, lambda: self._me)
        self._looks = Looks()
        self._tasks: set[asyncio.Task[None]] = set()
        self._filled: set[tuple[int, int]] = set()
        self._link = self._link_state(station.link.status)
        station.listeners.touched = self._touched
        station.listeners.status = self._status
        station.listeners.signal = self._signal

    # --- state and listeners ---

    @property
    def me(self) -> Me:
        """Who sits here."""
        return self._me

    @property
    def link(self) -> LinkState:
        """The line's present state."""
        return self._link

    def on_changed(self, listener: Callable[[Changed], None]) -> Unsubscribe:
        """Call ``listener`` after rows or outbox entries changed."""
        return self._changed.add(listener)

    def on_tables(self, tables: Collection[str], listener: Callable[[], None]) -> Unsubscribe:
        """Call ``listener`` after rows of one of ``tables`` (``outbox``: entries) changed."""

        def look(changed: Changed) -> None:
            if changed.everything or not changed.tables.isdisjoint(tables):
                listener()

        return self.on_changed(look)

    def on_link(self, listener: Callable[[LinkState], None]) -> Unsubscribe:
        """Call ``listener`` when the line's state changed."""
        return self._linked.add(listener)

    def on_signal(self, listener: Callable[[Typing], None]) -> Unsubscribe:
        """Call ``listener`` when somebody types or looks."""
        return self._signals.add(listener)

    async def close(self) -> None:
        """Forget listeners and give up what is being fetched; the station stays open."""
        for audience in (self._changed, self._linked, self._signals):
            audience.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # --- questions ---

    async def counts(self) -> Counts:
        """Figures for chips, badges and the title."""
        return await self._list.counts()

    async def conversation_ids(self, which: ConversationFilter, query: str = "") -> list[int]:
        """Ids in list order."""
        return await self._list.ids(which, query)

    async def conversations(self, ids: Sequence[int]) -> list[ConversationItem]:
        """List rows for those ids."""
        return await self._list.items(ids)

    async def timeline(
        self, conversation_id: int, before_seq: int = 0, limit: int = 60, *, whole: bool = False
    ) -> TimelineWindow:
        """Newest ``limit`` bubbles, or those before ``before_seq``; ``whole``: at once."""
        window = await self._window(conversation_id, before_seq, limit, whole=whole)
        if whole:
            return window
        if not window.older_on_relay and not any(item.placeholder for item in window.items):
            return window
        if not self._station.link.is_up:
            return window
        below = before_seq or window.last_seq + 1
        if before_seq:
            await self._fetch_older(conversation_id, below, limit)
            return await self._window(conversation_id, before_seq, limit)
        self._fetch_soon(conversation_id, below, limit)
        return window

    async def panel(self, member_id: int) -> MemberPanel | None:
        """The member panel."""
        entries = self._station.outbox.entries
        return await self._station.read(member_panel, member_id, datetime.now(UTC), entries)

    async def all_holds(self) -> list[HoldItem]:
        """Holds of everybody, those that wait first."""
        entries = self._station.outbox.entries
        return await self._station.read(all_holds, entries, datetime.now(UTC))

    async def report_look(self, member_id: int) -> None:
        """The clerk opened this member; what is reopened soon is one look."""
        if self._looks.begin(member_id):
            await self._outgoing.queue(
                ReportLook(what="open", member_id=member_id), lane="access", scope=""
            )

    async def photo(self, media_id: int, long_side: int = 480) -> Path | None:
        """A cached file of the photo, fetched when missing."""
        return await self._station.photo(media_id, long_side)

    # --- drafts ---

    async def draft(self, conversation_id: int) -> DraftItem:
        """The draft as saved here or synced; what is typed next counts as typed over it."""
        return await self.drafts.read(conversation_id)

    async def save_draft(
        self, conversation_id: int, body: str, *, drop_beside: bool = False
    ) -> None:
        """Keep unsent words: durable here when this returns."""
        await self.drafts.save(conversation_id, body, drop_beside=drop_beside)

    # --- changes ---

    async def recall(self, key: str) -> None:
        """Take a message back; one that never left is discarded."""
        if await self._station.change_outbox(self._station.outbox.withdraw, key):
            return
        conversation_id = await self._conversation_of(key)
        if conversation_id is not None:
            lane = overlay.conversation_lane(conversation_id)
            await self._outgoing.queue(RecallMessage(client_id=key), lane=lane)

    async def retry(self, entry: int) -> None:
        """Try a failed entry, and those that waited for it, again."""
        await self._station.change_outbox(self._station.outbox.retry, entry)

    async def discard(self, entry: int) -> None:
        """Give up a failed entry and those that waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)

    async def mark_read(self, conversation_id: int, seq: int) -> None:
        """This staff member saw everything up to ``seq``; a lower one changes nothing."""
        window = await self._station.read(
            replica_queries.window, conversation_id, self._me.staff_id, 0, 1
        )
        if seq <= window.read_seq:
            return
        await self._station.read_here(conversation_id, seq)
        body = overlay.mark_read_body(conversation_id, seq)
        await self._station.pump.enqueue(
            NewEntry(name="conversation.mark_read", body=body, coalesce="read",
                     lane=overlay.read_lane(conversation_id), scope=self.scope)
        )  # fmt: skip

    async def typing(self, conversation_id: int, on: bool) -> None:
        """Tell the others; dropped when offline."""
        await self._station.link.send_signal("typing", conversation_id, on=on)

    async def start_conversation(self, member_id: int) -> int | None:
        """Id of the member's direct conversation, made when missing; ``None`` offline."""
        found = await self._station.read(replica_queries.direct_conversation, member_id)
        if found is not None or not self._station.link.is_up:
            return found
        command = OpenConversation(member_id=member_id)
        result = await self._outgoing.call(command, lane=f"member/{member_id}")
        return int(result["id"]) if isinstance(result, dict) and "id" in result else None

    async def confirm_member(self, member_id: int) -> None:
        """Vouch for a guest's phone number."""
        command = ConfirmMember(member_id=member_id)
        await self._outgoing.queue(command, lane=f"member/{member_id}", scope="members")

    async def invite(self, member_id: int) -> Invite | None:
        """A personal link; ``None`` offline.  Raises ``Refusal``."""
        return await invites.create(self._station, member_id)

    async def refresh_me(self) -> None:
        """Read again who sits here, once the rows of shop and staff have come or changed."""
        shop_id = next(
            (key for scope in self._station.state.scopes
             if (key := overlay.lane_key(scope, "chats")) is not None), 0
        )  # fmt: skip
        me = await self._station.read(rows.whoami, self._me, shop_id)
        if me != self._me:
            self._me = me
            self._changed.tell(Changed(tables=frozenset({"shop"})))

    # --- for the desk's other parts ---

    @property
    def outgoing(self) -> Outgoing:
        """How commands leave."""
        return self._outgoing

    @property
    def scope(self) -> str:
        """Where effects in her shop's conversations show."""
        return f"chats/{self._me.shop_id}"

    # --- inside ---

    async def _conversation_of(self, key: str) -> int | None:
        for entry in self._station.outbox.entries:
            if entry.key == key:
                return overlay.lane_key(entry.lane, "conversation")
        row = await self._station.read(replica_queries.message_by_client_id, key)
        return row.conversation_id if row else None

    async def _window(
        self, conversation_id: int, before_seq: int, limit: int, *, whole: bool = False
    ) -> TimelineWindow:
        entries = self._station.outbox.entries
        found = await self._station.read(
            rows.window_rows, conversation_id, self._me.staff_id, before_seq, limit, entries
        )
        self._timeline.staff_names = found.staff_names
        window = self._timeline.window(
            conversation_id, found.messages, found.beside, entries, newest=not before_seq,
            whole=whole, member_name=found.member_name, now=datetime.now(UTC),
        )  # fmt: skip
        folder = self._station.outbox.folder
        return msgspec.structs.replace(
            window, items=tuple(rows.with_paths(item, folder) for item in window.items)
        )

    async def _fetch_older(self, conversation_id: int, below: int, limit: int) -> bool:
        try:
            await self._station.fetch_older(conversation_id, below, limit)
        except (Offline, Refusal):
            return False
        return True

    def _fetch_soon(self, conversation_id: int, below: int, limit: int) -> None:
        async def fetch() -> None:
            if not await self._fetch_older(conversation_id, below, limit):
                self._filled.discard((conversation_id, below))
            else:
                self._changed.tell(Changed(tables=frozenset({"message"}),
                                           conversations=frozenset({conversation_id})))  # fmt: skip

        # Once each: a row that does not come now will come as a change or not at all.
        if (conversation_id, below) not in self._filled:
            self._filled.add((conversation_id, below))
            self.in_background(fetch(), "older messages")

    def in_background(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Let it run beside everything else until the desk closes; a failure is logged."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._background_ended)

    def _background_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.warning("a background read failed", exc_info=task.exception())

    def _touched(self, touched: Touched) -> None:
        self._changed.tell(
            Changed(tables=frozenset(touched.tables), everything=touched.everything,
                    conversations=frozenset(touched.conversations),
                    members=frozenset(touched.members))
        )  # fmt: skip
        self._status(self._station.link.status)
        if touched.everything or touched.tables & {"shop", "staff"}:
            self.in_background(self.refresh_me(), "who sits here")

    def _status(self, status: LinkStatus) -> None:
        state = self._link_state(status)
        if state != self._link:
            self._link = state
            self._linked.tell(state)

    def _link_state(self, status: LinkStatus) -> LinkState:
        queued = sum(entry.state == "queued" for entry in self._station.outbox.entries)
        return LinkState(phase=status.phase, since=status.since, queued=queued, code=status.code,
                         progress=status.progress)  # fmt: skip

    def _signal(self, frame: SignalFrame) -> None:
        self._signals.tell(
            Typing(conversation_id=frame.conversation_id, kind=frame.kind, name=frame.name,
                   sender_kind=frame.sender_kind, sender_id=frame.sender_id, on=frame.on)
        )  # fmt: skip
