"""Consoles on the real relay core, joined in memory: replica = tables, scope by scope."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from console.relay.actor import RELAY, Actor
from console.relay.core import RelayCore
from console.store import overlay, tables
from console.store.outbox import NewEntry
from console.store.replica_queries import table_rows
from console.store.scopes import STAFF_TABLES, key_of, kind_of
from console.sync import pump
from console.sync.station import Station, open_station
from console.wire import commands
from console.wire.client_session import ClientSession, decode
from console.wire.rows import TABLES
from tests.helpers.fresh import fresh_database
from tests.unit.sync.memory_line import InlineWorkers

PATIENCE_S = 60.0


class Pipe:
    """A relay's transport whose other end is read by a console."""

    def __init__(self) -> None:
        self.to_relay: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.to_console: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.buffered_bytes = 0

    async def receive(self) -> bytes | None:
        return await self.to_relay.get()

    def send(self, data: bytes) -> None:
        self.to_console.put_nowait(data)

    async def drain(self) -> None:
        """Nothing is ever kept back."""

    async def close(self, code: int, reason: str = "") -> None:
        self.to_console.put_nowait(None)
        self.to_relay.put_nowait(None)


class Seat:
    """One console of one staff member."""

    def __init__(self, folder: Path, actor: Actor) -> None:
        self.folder = folder
        self.actor = actor
        self.station: Station | None = None
        self.session: ClientSession | None = None
        self._pipe: Pipe | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def here(self) -> Station:
        assert self.station is not None
        return self.station

    async def open(self) -> None:
        self.station = await open_station(self.folder, "http://127.0.0.1:9", "", InlineWorkers())
        self.station.pump.start()

    async def connect(self, core: RelayCore) -> None:
        """Connect, also again after the relay hung up."""
        if any(task.done() for task in self._tasks):
            await self.drop()
        if self._pipe is None:
            known = await core.identity_of_device(self.actor.device_id)
            if known is None:
                return
            self._pipe = Pipe()
            self.session = await self.here.new_session()
            self.session._page_rows = 7
            self._tasks = [
                asyncio.create_task(core.serve(self._pipe, known.actor)),
                asyncio.create_task(self._listen(self._pipe, self.session)),
            ]
            self._flush()

    async def drop(self) -> None:
        if self._pipe is not None:
            pipe, self._pipe = self._pipe, None
            pipe.to_relay.put_nowait(None)
            self._tasks[1].cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks = []
            self.here.line_down()
            self.session = None

    async def crash_and_open(self) -> None:
        await self.drop()
        await self.here.pump.close()
        await self.here.http.close()
        self.here.outbox.close()
        self.here.replica.close()
        await self.open()

    async def close(self) -> None:
        await self.drop()
        if self.station is not None:
            await self.station.close()

    async def _listen(self, pipe: Pipe, session: ClientSession) -> None:
        while (data := await pipe.to_console.get()) is not None:
            frame = decode(data)
            assert frame is not None
            session.receive(frame)
            await self.here.apply(frame)
            if session.welcome is not None and self.here.pump._sender is None:
                self.here.pump.line_up(self)
            self._flush()

    async def send_command(self, n: int, name: str, body: bytes, confirmed: int) -> None:
        if self.session is not None:
            self.session.send_command(n, name, body, confirmed)
            self._flush()

    def _flush(self) -> None:
        if self._pipe is not None and self.session is not None:
            for data in self.session.data_to_send():
                self._pipe.to_relay.put_nowait(data)

    async def queue(self, command: commands.Command, lane: str, **more: str) -> None:
        body = msgspec.json.encode(command)
        await self.here.pump.enqueue(
            NewEntry(name=command.name, body=body, lane=lane, **{"scope": "chats/1", **more})
        )

    def is_quiet(self, rev: int) -> bool:
        """Everything is copied and sent, and changes up to ``rev`` are in."""
        state, entries = self.here.state, self.here.outbox.entries
        blocked = overlay.blocked(entries)
        return (
            self.session is not None
            and self.session.complete
            and state.whole
            and not any(e.state == "queued" and e.lane not in blocked for e in entries)
            and state.applied_rev >= rev
        )


class World:
    """A relay with two clerks' three consoles and some members."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = fresh_database(folder / "relay.sqlite")
        self.core: RelayCore
        self.seats: list[Seat] = []
        self.chats: list[int] = []
        self.members: list[Actor] = []
        self.sent: dict[str, tuple[int, int]] = {}
        self.recalled: set[str] = set()

    async def open(self) -> None:
        self.core = await RelayCore.open(self.database, synchronous="OFF")
        owner = await self.core.call(RELAY, commands.CreateStaff(display_name="小李", role="owner"))
        clerk = await self.core.call(RELAY, commands.CreateStaff(display_name="小陈"))
        for number, person in enumerate((owner, owner, clerk)):
            made = await self.core.call(
                RELAY,
                commands.CreateDevice(staff_id=person["staff_id"], token_hash=f"t{number}"),
            )
            known = await self.core.identity_of_device(made["device_id"])
            assert known is not None
            seat = Seat(self.folder / f"seat{number}", known.actor)
            await seat.open()
            self.seats.append(seat)
        for number in range(3):
            join = commands.JoinMember(
                phone=f"1380000000{number}", display_name=f"m{number}", privacy_hash="p",
                token_hash=f"m{number}",
            )  # fmt: skip
            joined = await self.core.call(RELAY, join)
            known = await self.core.identity_of_device(joined["device_id"])
            assert known is not None
            self.members.append(known.actor)
            self.chats.append(joined["conversation_id"])

    async def close(self) -> None:
        for seat in self.seats:
            await seat.close()
        await self.core.close()

    async def step(self, kind: str, a: int, b: int) -> None:
        await getattr(self, f"do_{kind}")(a, b)

    async def do_member_writes(self, a: int, b: int) -> None:
        member = self.members[a % 3]
        await self.core.call(
            member,
            commands.SendMessage(conversation_id=member.conversation_id,
                                 client_id=f"m-{len(self.sent)}-{a}-{self.core.head}", body="hi"),
        )  # fmt: skip

    async def do_member_reads(self, a: int, b: int) -> None:
        member = self.members[a % 3]
        await self.core.call(
            member, commands.Seen(conversation_id=member.conversation_id, delivered=b, read=b)
        )

    async def do_clerk_writes(self, a: int, b: int) -> None:
        chat, key = self.chats[a % 3], f"c{len(self.sent)}"
        self.sent[key] = (b % 3, chat)
        await self.seats[b % 3].queue(
            commands.SendMessage(conversation_id=chat, client_id=key, body=key),
            overlay.conversation_lane(chat), key=key,
        )  # fmt: skip

    async def do_clerk_recalls(self, a: int, b: int) -> None:
        keys = [key for key, (who, _) in self.sent.items() if who == b % 3]
        if keys:
            key = keys[a % len(keys)]
            self.recalled.add(key)
            lane = overlay.conversation_lane(self.sent[key][1])
            await self.seats[b % 3].queue(commands.RecallMessage(client_id=key), lane)

    async def do_clerk_types(self, a: int, b: int) -> None:
        chat, seat = self.chats[a % 3], self.seats[b % 3]
        lane = overlay.draft_lane(chat)
        command = commands.SaveDraft(conversation_id=chat, body="abc"[: a % 4],
                                     base_rev=seat.here.outbox.draft_revs.get(lane, 0))  # fmt: skip
        await seat.queue(command, lane, coalesce="draft", scope=f"drafts/{seat.actor.id}")

    async def do_clerk_reads(self, a: int, b: int) -> None:
        chat = self.chats[a % 3]
        await self.seats[b % 3].queue(
            commands.MarkRead(conversation_id=chat, seq=a % 7), overlay.read_lane(chat),
            coalesce="read",
        )  # fmt: skip

    async def do_connects(self, a: int, b: int) -> None:
        await self.seats[a % 3].connect(self.core)
        for _ in range(b):
            await asyncio.sleep(0)

    async def do_drops(self, a: int, b: int) -> None:
        await self.seats[a % 3].drop()

    async def do_crashes(self, a: int, b: int) -> None:
        await self.seats[a % 3].crash_and_open()

    async def do_grant(self, a: int, b: int) -> None:
        scope = ("chats/1", "members", "trade")[b % 3]
        await self.core.call(
            RELAY,
            commands.SetGrant(staff_id=self.seats[2].actor.id, scope=scope, granted=a % 2 == 0),
        )

    async def do_new_epoch(self, a: int, b: int) -> None:
        for seat in self.seats:
            await seat.drop()
        await self.core.mint_epoch()

    async def do_backup(self, a: int, b: int) -> None:
        await self._restart(lambda: shutil.copy(self.database, self.folder / "backup"))

    async def do_restore(self, a: int, b: int) -> None:
        backup = self.folder / "backup"
        if backup.exists():
            await self._restart(lambda: shutil.copy(backup, self.database))
            await self.core.mint_epoch()

    async def _restart(self, between: Any) -> None:
        for seat in self.seats:
            await seat.drop()
        await self.core.close()
        between()
        self.core = await RelayCore.open(self.database, synchronous="OFF")

    async def settle(self) -> None:
        """Until nothing moves; a last change that everybody sees tells that all before is in."""
        await self._until_quiet(0)
        await self.core.call(RELAY, commands.UpdateShop(greeting=f"at {self.core.head}"))
        await self._until_quiet(self.core.head)

    async def _until_quiet(self, rev: int) -> None:
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while not all(seat.is_quiet(rev) for seat in self.seats):
            assert asyncio.get_running_loop().time() < deadline, self._describe()
            for seat in self.seats:
                await seat.connect(self.core)
            await asyncio.sleep(0.005)

    def _describe(self) -> str:
        """Where everybody is, when they do not come to rest."""
        lines = [f"relay at {self.core.head}"]
        for seat in self.seats:
            entries = [(e.n, e.name, e.lane, e.state, e.rev) for e in seat.here.outbox.entries]
            lines.append(f"{seat.folder.name} {seat.here.state} {entries}")
        return "\n".join(lines)

    async def check(self) -> None:
        for seat in self.seats:
            known = await self.core.identity_of_device(seat.actor.device_id)
            assert known is not None
            assert set(seat.here.state.scopes) == set(known.actor.scopes)
            for kind, names in STAFF_TABLES.items():
                scope = next((s for s in known.actor.scopes if kind_of(s) == kind), None)
                for name in names:
                    there = [] if scope is None else await self.rows(name, scope)
                    here = await seat.here.read(table_rows, name)
                    assert _comparable(name, here, seat) == _comparable(name, there, seat), name
        await self._nothing_lost_or_doubled()

    async def _nothing_lost_or_doubled(self) -> None:
        there = [m.client_id for m in await self.rows("message", "chats/1")]
        assert len(there) == len(set(there))
        # Words taken back are erased here too: no restore can bring them back.
        for key, (who, _) in [each for each in self.sent.items() if each[0] not in self.recalled]:
            lanes = overlay.blocked(self.seats[who].here.outbox.entries)
            shown = {e.key for e in self.seats[who].here.outbox.entries if e.lane in lanes}
            assert key in there or key in shown, key

    async def rows(self, name: str, scope: str) -> list[Any]:
        table = tables.metadata.tables[name]
        query = select(table).order_by(table.c.id)
        found = await self.core.read(
            lambda connection: [tuple(row) for row in connection.execute(query)]
        )
        names = [str(column.name) for column in table.columns]
        rows = [msgspec.convert(dict(zip(names, row, strict=True)), TABLES[name]) for row in found]
        column = {"chats": "shop_id", "drafts": "staff_id"}.get(kind_of(scope))
        return [row for row in rows if column is None or getattr(row, column) == key_of(scope)]


def _comparable(name: str, rows: Sequence[Any], seat: Seat) -> list[Any]:
    """A clerk sees masked numbers; all else is compared as it is."""
    if name == "member" and seat.actor.role == "clerk":
        return [msgspec.structs.replace(row, phone="") for row in rows]
    return list(rows)


_KINDS = ["member_writes"] * 4 + ["clerk_writes"] * 4 + ["connects"] * 5 + [
    "member_reads", "clerk_recalls", "clerk_types", "clerk_types", "clerk_reads", "drops",
    "crashes", "grant", "new_epoch", "backup", "restore",
]  # fmt: skip
_STEPS = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.integers(0, 9), st.integers(0, 9)), min_size=5,
    max_size=40,
)  # fmt: skip


@settings(max_examples=8)
@given(steps=_STEPS)
def test_every_replica_equals_the_real_relay(
    steps: list[tuple[str, int, int]], tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("world")
    asyncio.run(_live(folder, steps))


async def _live(folder: Path, steps: list[tuple[str, int, int]]) -> None:
    waits, pump.RETRY_S = pump.RETRY_S, (0.05,)
    world = World(folder)
    try:
        await world.open()
        for step in steps:
            await world.step(*step)
        await world.settle()
        await world.check()
    finally:
        pump.RETRY_S = waits
        await world.close()
