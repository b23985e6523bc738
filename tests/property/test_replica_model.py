"""Whatever happens, a console's replica becomes equal to what the relay lets it see.

That each mechanism is needed for this is shown in ``tests/unit/sync/test_station.py``.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from console.store import overlay
from console.store.outbox import NewEntry
from console.sync import pump
from console.wire.commands import MarkRead, RecallMessage, SaveDraft, SendMessage
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay, Refused

_MOVES = 400


class ReplicaMachine(RuleBasedStateMachine):
    """Two consoles of one staff member, one of another, a relay, and bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="replica-"))
        self.relay = ModelRelay()
        self.backup: dict[str, Any] = {}
        self.consoles: list[Console] = []
        self.chats: list[int] = []
        self.wanted: list[str] = []
        self.sent = 0
        self.epochs = 1

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    @initialize(members=st.integers(1, 4))
    def begin(self, members: int) -> None:
        self.relay.set_up()
        self.chats = [self.relay.add_member(f"member {i}") for i in range(members)]
        for number, staff in enumerate((1, 1, 2)):
            console = Console(self.folder / str(number), staff, device=number)
            self.consoles.append(console)
            self.run(console.open())
        self.backup = self.relay.snapshot()

    # --- what people do ---

    @rule(chat=st.integers(0, 9), body=st.text(min_size=1, max_size=3))
    def member_writes(self, chat: int, body: str) -> None:
        self.relay.member_says(self._chat(chat), body)

    @rule(chat=st.integers(0, 9), who=st.integers(0, 2))
    def clerk_writes(self, chat: int, who: int) -> None:
        self.sent += 1
        key = f"c{self.sent}"
        chat_id = self._chat(chat)
        command = SendMessage(conversation_id=chat_id, client_id=key, body=key)
        self._queue(who, command, overlay.conversation_lane(chat_id), key=key)
        self.wanted.append(key)

    @rule(chat=st.integers(0, 9), who=st.integers(0, 2), body=st.sampled_from(["", "a", "b", "c"]))
    def clerk_types(self, chat: int, who: int, body: str) -> None:
        chat_id, console = self._chat(chat), self.consoles[who]
        lane = overlay.draft_lane(chat_id)
        row = [d for d in self.run(console.table("draft")) if d.conversation_id == chat_id]
        base = max(row[0].rev if row else 0, console.here.outbox.draft_revs.get(lane, 0))
        command = SaveDraft(conversation_id=chat_id, body=body, base_rev=base)
        self._queue(who, command, lane, coalesce="draft", scope=f"drafts/{console.staff}")

    @rule(chat=st.integers(0, 9), who=st.integers(0, 2), seq=st.integers(0, 5))
    def clerk_reads(self, chat: int, who: int, seq: int) -> None:
        chat_id = self._chat(chat)
        command = MarkRead(conversation_id=chat_id, seq=seq)
        self._queue(who, command, overlay.read_lane(chat_id), coalesce="read")

    @rule(who=st.integers(0, 2), which=st.integers(0, 99))
    def clerk_recalls(self, who: int, which: int) -> None:
        rows = self.run(self.consoles[who].table("message"))
        if rows:
            row = rows[which % len(rows)]
            # Its words are erased here too, so no restore can bring it back.
            self.wanted = [key for key in self.wanted if key != row.client_id]
            lane = overlay.conversation_lane(row.conversation_id)
            self._queue(who, RecallMessage(client_id=row.client_id), lane)

    @rule(which=st.integers(0, 99))
    def tag_comes_or_goes(self, which: int) -> None:
        tags = sorted(self.relay.rows["member_tag"])
        if tags and which % 2:
            self.relay.commit(lambda rev: self.relay.delete("member_tag", rev, tags[0]))
        else:
            member = sorted(self.relay.rows["member"])[which % len(self.chats)]
            self.relay.commit(
                lambda rev: self.relay.put("member_tag", rev, member_id=member, tag=f"t{which % 3}")
            )

    @rule(which=st.integers(0, 99))
    def message_is_erased(self, which: int) -> None:
        messages = sorted(self.relay.rows["message"])
        if messages:
            row_id = messages[which % len(messages)]
            self.wanted = [
                k for k in self.wanted if k != self.relay.rows["message"][row_id].client_id
            ]
            self.relay.commit(lambda rev: self.relay.delete("message", rev, row_id))

    # --- what lines do ---

    @rule(who=st.integers(0, 2), frames=st.integers(1, 12))
    def frames_pass(self, who: int, frames: int) -> None:
        console = self.consoles[who]
        if console.line is None:
            self.run(console.connect(self.relay))
        for _ in range(frames):
            self._push(console)
            self.run(console.step())

    @rule(who=st.integers(0, 2))
    def line_drops(self, who: int) -> None:
        self.run(self.consoles[who].hang_up())

    @rule(who=st.integers(0, 2), late=st.booleans())
    def pages_are_read_aside(self, who: int, late: bool) -> None:
        line = self.consoles[who].line
        if line is not None:
            line.pages_late = late

    @rule(who=st.integers(0, 2))
    def console_crashes(self, who: int) -> None:
        console = self.consoles[who]
        if console.line is not None:
            self.relay.sessions.remove(console.line)
        self.run(console.crash())
        console.line = console.session = None
        self.run(console.open())

    @rule(who=st.integers(0, 2))
    def a_frame_comes_twice(self, who: int) -> None:
        line = self.consoles[who].line
        if line is not None and line.outgoing and b'"t":"changes"' in line.outgoing[0]:
            line.outgoing.insert(1, line.outgoing[0])

    @rule()
    def command_refused_for_now(self) -> None:
        self.relay.refuse_next = Refused("busy", final=False)

    # --- what happens to relays ---

    @rule(staff=st.integers(1, 2), kind=st.sampled_from(["chats/1", "members", "products"]))
    def grant_changes(self, staff: int, kind: str) -> None:
        held = self.relay.revoked.setdefault(staff, set())
        held ^= {kind}
        if kind == "chats/1" and kind in held:
            # What waits in a lost scope fails visibly and is no longer promised.
            self.wanted.clear()

    @rule()
    def backup_is_made(self) -> None:
        self.backup = self.relay.snapshot()

    @precondition(lambda self: self.relay.head > self.backup["head"])
    @rule(new_epoch=st.booleans())
    def backup_is_restored(self, new_epoch: bool) -> None:
        for console in self.consoles:
            self.run(console.hang_up())
        self.epochs += 1
        self.relay.restore(self.backup, f"shop-e{self.epochs}" if new_epoch else None)
        if not new_epoch:
            # Another commit of the same number: only its mark tells the histories apart.
            self.relay.member_says(self.chats[0], "another history")
        for message in self.backup["rows"]["message"].values():
            if message.client_id in self.wanted and message.recalled_at is not None:
                self.wanted.remove(message.client_id)

    @rule()
    def old_tombstones_go(self) -> None:
        self.relay.horizon = self.relay.head
        self.relay.gone.clear()
        for line in list(self.relay.sessions):
            line.outgoing.clear()
        for console in self.consoles:
            self.run(console.hang_up())

    # --- what must hold ---

    @invariant()
    def one_effect_per_command(self) -> None:
        assert len(self.relay.answers) == len(set(self.relay.answers))
        names = [m.client_id for m in self.relay.rows["message"].values()]
        assert len(names) == len(set(names))

    @rule()
    def all_quiet(self) -> None:
        """Everybody connects and listens: everything agrees."""
        self.relay.refuse_next = None
        for console in self.consoles:
            self._settle(console)
        for console in self.consoles:
            self._settle(console)
            assert self.run(console.differences(self.relay)) == []
            assert self._unread_is_right(console)
        there = {m.client_id for m in self.relay.rows["message"].values()}
        visible = {
            entry.key
            for console in self.consoles
            for entry in console.here.outbox.entries
            if entry.lane in overlay.blocked(console.here.outbox.entries)
        }
        assert set(self.wanted) <= there | visible

    def teardown(self) -> None:
        try:
            if self.consoles:
                self.all_quiet()
        finally:
            for console in self.consoles:
                self.run(console.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    # --- helpers ---

    def _chat(self, number: int) -> int:
        return self.chats[number % len(self.chats)]

    def _queue(self, who: int, command: Any, lane: str, **more: str) -> None:
        entry = NewEntry(name=command.name, body=msgspec.json.encode(command), lane=lane,
                         **{"scope": "chats/1", **more})  # fmt: skip
        self.run(self.consoles[who].here.pump.enqueue(entry))

    def _push(self, console: Console) -> None:
        line = console.line
        if line is not None and not line.outgoing:
            line.push()

    def _settle(self, console: Console) -> None:
        if console.line is None:
            self.run(console.connect(self.relay))
        quiet = 0
        for _ in range(_MOVES):
            moved = self.run(console.step())
            if not moved and console.line is not None:
                # It asks for the next page only when this one has come.
                quiet = 0 if console.line.holds_pages else quiet + 1
                if quiet == 3:
                    return
                console.line.push()
        raise AssertionError("never quiet")

    def _unread_is_right(self, console: Console) -> bool:
        def derived(db: Any) -> dict[int, int]:
            return dict(db.execute("SELECT * FROM unread"))

        read = {
            p.conversation_id: p.read_seq
            for p in self.run(console.table("participant"))
            if p.staff_id == console.staff
        }
        expected: dict[int, int] = {}
        for m in self.run(console.table("message")):
            counts = m.sender_kind == "member" and m.recalled_at is None
            if counts and m.seq > read.get(m.conversation_id, 0):
                expected[m.conversation_id] = expected.get(m.conversation_id, 0) + 1
        return bool(self.run(console.here.read(derived)) == expected)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))


_FEW = settings(max_examples=15, stateful_step_count=30)
TestReplica = ReplicaMachine.TestCase
TestReplica.settings = _FEW
