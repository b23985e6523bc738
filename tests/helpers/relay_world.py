"""A small shop under attack: what property tests do to a relay and what must hold after.

``World`` owns a real database file and a running core.  Its operations are the moves of the
state machine; ``check`` compares every replica, row by row, with what an independent reading
of the database says its reader may see.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from console.relay.actor import RELAY
from console.relay.internal import MintEpoch, Notice, PruneFeed, SendNotices
from console.relay.limits import Limits
from console.relay.outcome import Outcome
from console.relay.suppression_file import FOLDER
from console.store.scopes import OFFERS
from console.wire import commands, frames
from console.wire.codec import encode
from console.wire.errors import Code
from tests.helpers.fresh import fresh_database
from tests.helpers.relay_campaign_moves import check_campaigns
from tests.helpers.relay_desk_moves import check_desk, check_secrets
from tests.helpers.relay_handed import opened
from tests.helpers.relay_kit import FakeClock, MemoryTransport, new_console, new_member, new_staff
from tests.helpers.relay_offer_moves import check_offers
from tests.helpers.relay_oracle import check_tables, difference, filled, query, release, visible
from tests.helpers.relay_replica import Phone, Sent
from tests.helpers.relay_tallies import check_tallies
from tests.helpers.relay_tap_moves import check_taps

BUFFER = 3_000
LIMITS = Limits(
    commands_per_s=1e9, command_burst=1e9, pages_per_s=1e9, page_burst=1e9, buffer_bytes=BUFFER,
    stall_s=30,
)  # fmt: skip


@dataclass(frozen=True)
class Backup:
    """A copy of the database, with the messages and coupons acknowledged until then."""

    path: Path
    acked: frozenset[str]
    claims: dict[tuple[int, int], str]


class World:
    """A shop with an owner, two clerks, two members and a guest who claims one's number."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "relay.sqlite"
        self.clock = FakeClock()
        self.phones: dict[str, Phone] = {}
        self.sent: list[Sent] = []
        self.acked: set[str] = set()
        self.gone: set[str] = set()
        self.reads: dict[int, tuple[int, int]] = {}
        self.serial = 0
        self.copies = 0
        self._beside: dict[Path, bytes] = {}
        self.stopped: dict[int, int] = {}
        self.closed: dict[int, int] = {}
        self.claims: dict[tuple[int, int], str] = {}

    async def begin(self) -> None:
        fresh_database(self.path)
        self.core, self.handed = await opened(self.path, self.clock, LIMITS)
        owner = await new_staff(self.core, "小李", "owner")
        clerk = await new_staff(self.core, "小陈")
        anna = await new_member(self.core, phone="13800006021", name="林晓雯", marketing=True)
        await self.core.call(owner, commands.ConfirmMember(member_id=anna.id))
        self.phones = {
            "owner": Phone(owner),
            "clerk": Phone(clerk),
            "till": Phone(await new_console(self.core, clerk.id)),
            "anna": Phone(anna),
            "bea": Phone(await new_member(self.core, name="Bea", marketing=True)),
            "guest": Phone(await new_member(self.core, phone="13800006021", name="晓雯")),
        }
        await self._stock()

    async def _stock(self) -> None:
        def fill() -> None:
            with closing(sqlite3.connect(self.path)) as connection, connection:
                connection.execute(
                    "insert into product (id, rev, shop_id, sku, name)"
                    " values (1, 0, 1, 'A', '风衣')"
                )
                connection.execute(
                    "insert into variant (id, rev, shop_id, product_id, stock)"
                    " values (1, 0, 1, 1, 3)"
                )

        await asyncio.to_thread(fill)

    async def end(self) -> None:
        for name in self.phones:
            await self.disconnect(name)
        release()
        await self.core.close()

    # --- reading the database by itself ----------------------------------------------------

    def query(self, sql: str, *parameters: Any) -> list[sqlite3.Row]:
        """Rows of the present database, not through the core."""
        return query(self.path, sql, *parameters)

    def conversation(self, name: str) -> int:
        """The present conversation of a member's phone, or 0."""
        found = self.query(
            "select c.id from device d join conversation c on c.member_id = d.member_id"
            " where d.id = ?", self.phones[name].actor.device_id,
        )  # fmt: skip
        return found[0]["id"] if found else 0

    def member_id(self, name: str) -> int:
        found = self.query(
            "select member_id from device where id = ?", self.phones[name].actor.device_id
        )
        return int(found[0]["member_id"])

    # --- moves: lines ----------------------------------------------------------------------

    async def connect(self, name: str) -> None:
        phone = self.phones[name]
        if phone.transport is not None:
            return
        phone.transport = MemoryTransport()
        phone.replica.wanted.clear()
        phone.task = asyncio.create_task(self.core.serve(phone.transport, phone.actor))
        phone.transport.put(phone.replica.hello())

    async def disconnect(self, name: str) -> None:
        """The line breaks; what was not delivered is lost."""
        phone = self.phones[name]
        if phone.transport is None or phone.task is None:
            return
        phone.transport.hang_up()
        await phone.task
        phone.transport = phone.task = None

    async def deliver(self, name: str, count: int = 10_000, *, twice: bool = False) -> None:
        """Let a phone work on the next frames that reached it."""
        phone = self.phones[name]
        if phone.transport is None:
            return
        taken = phone.transport.frames[:count]
        del phone.transport.frames[:count]
        for frame in taken:
            for _ in range(2 if twice and isinstance(frame, frames.ChangesFrame) else 1):
                phone.replica.apply(frame)
            for scope, head, after in phone.replica.wanted:
                phone.transport.put(
                    frames.PageRequestFrame(scope=scope, head=head, after=after, limit=3)
                )
            phone.replica.wanted.clear()

    def pause(self, name: str) -> None:
        if (transport := self.phones[name].transport) is not None:
            transport.paused = True

    def resume(self, name: str) -> None:
        if (transport := self.phones[name].transport) is not None:
            transport.resume()

    # --- moves: commands -------------------------------------------------------------------

    async def do(
        self, name: str, command: commands.Command, n: int = 0, confirmed: int = 0
    ) -> Outcome:
        phone = self.phones[name]
        phone.n = max(phone.n, n) if n else phone.n + 1
        number, body = n or phone.n, encode(command)
        outcome = await self.core.submit(phone.actor, number, command.name, body, confirmed)
        self.sent.append(Sent(name, number, command.name, body, outcome))
        if outcome.refusal is None and type(command) is commands.SendMessage:
            self.acked.add(command.client_id)
        return outcome

    def fresh(self, prefix: str = "m") -> str:
        self.serial += 1
        return f"{prefix}-{self.serial}"

    async def say(self, name: str, about: str, body: str = "你好") -> Outcome:
        return await self.do(
            name,
            commands.SendMessage(
                conversation_id=self.conversation(about), client_id=self.fresh(), body=body
            ),
        )

    async def burst(self, names: list[str], about: str) -> None:
        """Several at once, so that one commit carries them."""
        await asyncio.gather(*(self.say(name, about) for name in names))

    async def retry(self, which: int) -> None:
        """The same bytes again: the same answer, and nothing happens twice."""
        if not self.sent:
            return
        first = self.sent[which % len(self.sent)]
        before = self.query("select count(*) from message")[0][0]
        actor = self.phones[first.device].actor
        again = await self.core.submit(actor, first.n, first.name, first.body)
        settled = {Code.COMMAND_PRUNED, Code.SESSION_REVOKED}
        if again.refusal is not None and again.refusal.code in settled:
            return
        if first.outcome.final:
            assert encode(again.frame(first.n)) == encode(first.outcome.frame(first.n))
            assert self.query("select count(*) from message")[0][0] == before

    async def reuse(self, which: int) -> None:
        """The same number with other bytes: refused, nothing written."""
        done = [sent for sent in self.sent if sent.outcome.final]
        if not done:
            return
        first = done[which % len(done)]
        head = self.core.head
        other = encode(commands.SendMessage(conversation_id=1, client_id=self.fresh(), body="x"))
        outcome = await self.core.submit(
            self.phones[first.device].actor, first.n, "message.send", other
        )
        assert outcome.refusal is not None
        assert outcome.refusal.code in {
            Code.COMMAND_REUSED,
            Code.COMMAND_PRUNED,
            Code.SESSION_REVOKED,
        }
        assert self.core.head == head

    async def photo(self, name: str) -> None:
        """A message whose upload is late: refused for now, leaving nothing, then it works."""
        actor, upload, client_id = self.phones[name].actor, self.fresh("u"), self.fresh()
        command = commands.SendMessage(
            conversation_id=self.conversation(name), client_id=client_id, uploads=[upload]
        )
        head = self.core.head
        outcome = await self.do(name, command)
        if outcome.refusal is None or outcome.refusal.code is not Code.UPLOAD_MISSING:
            return
        n = self.sent.pop().n
        assert not self.query("select 1 from message where client_id = ?", client_id)
        assert not self.query(
            "select 1 from command where device_id = ? and n = ?", actor.device_id, n
        )
        assert self.core.head == head
        await self.core.call(
            RELAY,
            commands.FinishUpload(
                client_id=upload, owner_kind="member", owner_id=self.member_id(name),
                sha256="s", mime="image/webp", width=1, height=1, size=1,
            ),
        )  # fmt: skip
        assert (await self.do(name, command, n=n)).refusal is None

    async def recall(self, name: str, which: int) -> None:
        """Take one of the messages back; its words are gone from every table."""
        found = self.query("select client_id, body from message where body != '' order by id")
        if not found:
            return
        row = found[which % len(found)]
        outcome = await self.do(name, commands.RecallMessage(client_id=row["client_id"]))
        if outcome.refusal is None:
            kept = self.query("select body from message where client_id = ?", row["client_id"])
            assert [tuple(line) for line in kept] == [("",)]

    async def seen(self, name: str, delivered: int, read: int, ago_s: float = 0) -> None:
        at = self.clock.now() - timedelta(seconds=ago_s)
        await self.core.call(
            self.phones[name].actor,
            commands.Seen(
                conversation_id=self.conversation(name), delivered=delivered, read=read, at=at
            ),
        )

    async def notices(self) -> None:
        """Marketing reaches exactly those who take it and are not blocked."""
        taking = self.query("select id from member where marketing and not blocked")
        willing = {row["id"] for row in taking}
        threads = self.query("select member_id from conversation where member_id > 0")
        members = {row["member_id"] for row in threads}
        before = self.query("select coalesce(max(id), 0) from message")[0][0]
        await self.core.call(RELAY, SendNotices(marketing=True, notices=[
            Notice(member_id=member_id, client_id=self.fresh("notice"), body="新款到店")
            for member_id in members
        ]))  # fmt: skip
        reached = {
            row["member_id"]
            for row in self.query(
                "select c.member_id from message m join conversation c"
                " on c.id = m.conversation_id where m.id > ?", before)
        }  # fmt: skip
        assert reached == willing & members

    async def opt_out(self, name: str) -> None:
        member_id = self.member_id(name)
        outcome = await self.say(name, name, " ＴＤ ")
        if outcome.refusal is None:
            found = self.query("select marketing from member where id = ?", member_id)
            assert not found[0]["marketing"]
            top = self.query("select coalesce(max(id), 0) from message")[0][0]
            self.closed.setdefault(member_id, top)

    async def grant(self, scope: str, *, granted: bool) -> None:
        await self.do(
            "owner",
            commands.SetGrant(staff_id=self.phones["clerk"].actor.id, scope=scope, granted=granted),
        )

    async def erase(self, name: str) -> None:
        found = self.query(
            "select client_id from message where conversation_id = ?", self.conversation(name)
        )
        outcome = await self.do(name, commands.EraseMember())
        if outcome.refusal is None:
            self.gone.update(row["client_id"] for row in found)

    # --- moves: the machine it runs on -------------------------------------------------------

    async def restart(self, *, crash: bool = False) -> None:
        """Close and open the core; after a crash it opens what had reached the disk."""
        if crash:
            self._copy_what_reached_the_disk()
        for name in self.phones:
            await self.disconnect(name)
        release()
        await self.core.close()
        for file, content in self._beside.items():
            file.write_bytes(content)
        self._beside.clear()
        self.core, self.handed = await opened(self.path, self.clock, LIMITS)

    def _copy_what_reached_the_disk(self) -> None:
        # What stands beside the database follows each commit, so it is never newer.
        self._beside = {file: file.read_bytes() for file in (self.folder / FOLDER).iterdir()}
        old = self._next_path("crash")
        for ending in ("", "-wal"):
            source = Path(f"{old}{ending}")
            if source.exists():
                shutil.copyfile(source, f"{self.path}{ending}")

    def _next_path(self, name: str) -> Path:
        """Let the database be another file from now on; the one it was."""
        self.copies += 1
        self.path, old = self.folder / f"{name}-{self.copies}.sqlite", self.path
        return old

    def back_up(self) -> Backup:
        """A whole copy of the database, and what may be expected of it."""
        copy = self.folder / "backup.sqlite"
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(copy)) as kept:
            source.backup(kept)
        return Backup(copy, frozenset(self.acked), dict(self.claims))

    async def bring_back(self, backup: Backup) -> None:
        """The shop goes on with the copy; what was acknowledged since is lost."""
        for name in self.phones:
            await self.disconnect(name)
        release()
        await self.core.close()
        self._next_path("restored")
        shutil.copyfile(backup.path, self.path)
        self.core, self.handed = await opened(self.path, self.clock, LIMITS)
        self.acked, self.claims, self.reads = set(backup.acked), dict(backup.claims), {}
        self.sent.clear()

    async def prune(self) -> None:
        self.clock.advance(10)
        await self.core.call(RELAY, PruneFeed(keep_s=5))

    async def new_epoch(self) -> None:
        await self.core.call(RELAY, MintEpoch())

    # --- what must hold --------------------------------------------------------------------

    async def published(self) -> None:
        """Until every commit was handed out."""
        for _ in range(2_000):
            if self.core.hub.settled == self.core.head:
                return
            await asyncio.sleep(0.0005)
        raise AssertionError("a commit was never handed out")

    async def arrived(self, name: str) -> None:
        """Until a frame waits for this phone."""
        transport = self.phones[name].transport
        assert transport is not None
        await transport.until(lambda: transport.frames)

    async def quiet(self, name: str) -> None:
        """Until the relay told this phone everything and the phone asked for everything."""
        phone = self.phones[name]
        for _ in range(2_000):
            if phone.transport is None or phone.transport.close_code is not None:
                return
            await self.deliver(name)
            hub = self.core.hub
            session = next((s for s in hub.sessions if s._transport is phone.transport), None)
            if (
                session is not None and session.live and not phone.transport.frames
                and hub.settled == self.core.head and phone.replica.whole
                and phone.transport._inbox.empty() and not hub._pending
            ):  # fmt: skip
                return
            await asyncio.sleep(0.0005)
        raise AssertionError(f"{name} never came level")

    async def check(self) -> None:
        """Everybody connected comes level and equals the relay, row by row."""
        self.check_tables()
        for name, phone in self.phones.items():
            self.resume(name)
            await self.quiet(name)
            if phone.transport is None or phone.transport.close_code is not None:
                continue
            expected = visible(self.path, phone.actor.device_id, phone.actor.role)
            got = phone.replica.rows
            mine, its = (self._lately(filled(rows)) for rows in (got, expected))
            assert mine == its, difference(name, got, expected)

    def _lately(self, rows: dict[tuple[str, str, int], Any]) -> dict[tuple[str, str, int], Any]:
        """Without offers that ended so long ago that a new phone need not be told of them."""
        ahead = timedelta(seconds=self.clock.seconds) - OFFERS
        return {
            key: row for key, row in rows.items()
            if key[1] != "offer" or row.ends_at >= FakeClock().time + ahead
        }  # fmt: skip

    def check_tables(self) -> None:
        """What must hold in the database at any time."""
        assert (self.core.failures, self.handed.wrong) == (0, [])
        check_tables(self.path, self.reads, self.acked - self.gone)
        check_desk(self)
        check_campaigns(self)
        check_tallies(self)
        check_taps(self)
        check_offers(self)
        check_secrets(self)

    def check_buffers(self) -> None:
        """One that takes nothing costs bounded memory."""
        for phone in self.phones.values():
            if phone.transport is not None and phone.transport.paused:
                assert phone.transport.buffered_bytes <= BUFFER + 40_000
