"""A relay small enough to be right by looking at it: dictionaries instead of a database.

Serves one shop's staff over the real frames.  It keeps what the protocol promises and
nothing else, so a replica that agrees with it agrees with the protocol.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from console.store.scopes import STAFF_TABLES, kind_of, staff_scopes
from console.wire.campaign_rows import CampaignContent, CampaignVariant
from console.wire.frames import (
    AckFrame,
    ChangesFrame,
    CommandFrame,
    ForgetFrame,
    FromReader,
    GrantedFrame,
    HelloFrame,
    NackFrame,
    PageFrame,
    PageRequestFrame,
    PingFrame,
    PongFrame,
    ResetFrame,
    ScopeChanges,
    SignalFrame,
    WelcomeFrame,
)
from console.wire.rows import TABLES

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
_decoder = msgspec.json.Decoder(FromReader)


class Refused(Exception):  # noqa: N818 - an answer
    """A command the model turns down."""

    def __init__(self, code: str, *, final: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.final = final


@dataclass
class ModelRelay:
    """The tables and what happened to them.

    Attributes:
        rows: table → id → wire row.
        gone: ``(rev, scope, table, id)`` of deleted rows.
        executed: ``(device, n)`` in the order of their effect.
        refuse_next: answers the next command so instead of executing it.
    """

    epoch: str = "shop-e1"
    head: int = 0
    horizon: int = 0
    shop_id: int = 1
    rows: dict[str, dict[int, Any]] = field(default_factory=lambda: {t: {} for t in TABLES})
    gone: list[tuple[int, str, str, int]] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=lambda: {0: "m0"})
    revoked: dict[int, set[str]] = field(default_factory=dict)
    answers: dict[tuple[int, int], tuple[bytes, Any]] = field(default_factory=dict)
    confirmed: dict[int, int] = field(default_factory=dict)
    executed: list[tuple[int, int]] = field(default_factory=list)
    sessions: list[ModelSession] = field(default_factory=list)
    uploaded: set[str] = field(default_factory=set)
    refuse_next: Refused | None = None
    next_id: int = 1

    # --- writing ---

    def commit(self, change: Callable[[int], Any]) -> Any:
        """One transaction; everybody connected is told when ``push`` is called."""
        rev = self.head + 1
        result = change(rev)
        self.head = rev
        self.marks[rev] = f"{self.epoch}-{rev}-{random.random()}"
        return result

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id

    def put(self, table: str, rev: int, row_id: int = 0, **values: Any) -> Any:
        """Insert a row, or change columns of one."""
        old = self.rows[table].get(row_id)
        if old is not None:
            row = msgspec.structs.replace(old, rev=rev, **values)
        else:
            row = TABLES[table](id=row_id or self.new_id(), rev=rev, **values)
        self.rows[table][row.id] = row
        return row

    def delete(self, table: str, rev: int, row_id: int) -> None:
        row = self.rows[table].pop(row_id)
        self.gone.append((rev, self.scope_of(table, row), table, row_id))

    def set_up(self, staff: int = 2) -> None:
        """A shop with staff 1..n."""

        def change(rev: int) -> None:
            self.put("shop", rev, 1, name="时光衣橱")
            for staff_id in range(1, staff + 1):
                self.put("staff", rev, staff_id, shop_id=1, name=f"staff {staff_id}")

        self.commit(change)

    def add_member(self, name: str) -> int:
        """A member with her conversation; returns the conversation's id."""

        def change(rev: int) -> int:
            member = self.put("member", rev, shop_id=1, name=name, initials=name[:1])
            chat = self.put("conversation", rev, shop_id=1, member_id=member.id)
            self.put("participant", rev, shop_id=1, conversation_id=chat.id, member_id=member.id)
            return int(chat.id)

        return int(self.commit(change))

    def member_says(self, conversation_id: int, body: str) -> Any:
        """A message from the member's phone."""
        member_id = self.rows["conversation"][conversation_id].member_id
        return self.commit(
            lambda rev: self._message(rev, conversation_id, f"m-{self.new_id()}", "member",
                                      member_id, body)
        )  # fmt: skip

    def _message(
        self, rev: int, conversation_id: int, client_id: str, kind: str, sender: int, body: str,
        **more: Any,
    ) -> Any:  # fmt: skip
        chat = self.rows["conversation"].get(conversation_id)
        if chat is None:
            raise Refused("not_found")
        seq = chat.last_seq + 1
        at = NOW + timedelta(seconds=rev)
        waiting = None if kind == "staff" else chat.waiting_since or at
        self.put("conversation", rev, conversation_id, last_seq=seq, last_message_at=at,
                 waiting_since=waiting, preview_kind="text", preview_text=body,
                 preview_sender=kind)  # fmt: skip
        return self.put("message", rev, shop_id=1, conversation_id=conversation_id, seq=seq,
                        client_id=client_id, sender_kind=kind, sender_id=sender, body=body,
                        sent_at=at, **more)  # fmt: skip

    # --- commands ---

    def command(self, device: int, staff: int, frame: CommandFrame) -> Any:
        """One effect per (device, n)."""
        digest = frame.name.encode() + bytes(frame.body)
        known = self.answers.get((device, frame.n))
        if known is not None:
            return known[1] if known[0] == digest else NackFrame(n=frame.n, code="command.reused")
        if frame.n <= self.confirmed.get(device, 0):
            return NackFrame(n=frame.n, code="command.pruned")
        refusal, self.refuse_next = self.refuse_next, None
        try:
            if refusal is not None:
                raise refusal
            body = msgspec.json.decode(frame.body)
            handler = getattr(self, "do_" + frame.name.replace(".", "_"))
            result = self.commit(lambda rev: handler(rev, staff, **body))
        except Refused as refused:
            nack = NackFrame(n=frame.n, code=refused.code, final=refused.final)
            if refused.final:
                self.answers[device, frame.n] = (digest, nack)
            return nack
        self.executed.append((device, frame.n))
        ack = AckFrame(n=frame.n, rev=self.head, result=result)
        self.answers[device, frame.n] = (digest, ack)
        return ack

    def do_message_send(
        self, rev: int, staff: int, *, conversation_id: int, client_id: str, body: str = "",
        uploads: tuple[str, ...] = (), reply_to: int | None = None, captions: Any = (),
        layout: str = "", product_id: int | None = None, variant_id: int | None = None,
    ) -> Any:  # fmt: skip
        if f"chats/{self.shop_id}" in self.revoked.get(staff, set()):
            raise Refused("command.denied")
        if not set(uploads) <= self.uploaded:
            raise Refused("upload.missing", final=False)
        known = [m for m in self.rows["message"].values() if m.client_id == client_id]
        message = known[0] if known else self._message(
            rev, conversation_id, client_id, "staff", staff, body, reply_to=reply_to,
            layout=layout,
        )  # fmt: skip
        return {"id": message.id, "seq": message.seq}

    def do_message_schedule(
        self, rev: int, staff: int, conversation_id: int, client_id: str, due_at: str,
        body: str = "", **_more: Any,
    ) -> Any:  # fmt: skip
        row = self.put("scheduled", rev, shop_id=1, conversation_id=conversation_id,
                       client_id=client_id, staff_id=staff, body=body, at=NOW,
                       due_at=datetime.fromisoformat(due_at))  # fmt: skip
        return {"id": row.id}

    def do_message_reschedule(
        self, rev: int, staff: int, client_id: str, body: str | None = None,
        due_at: str | None = None,
    ) -> None:  # fmt: skip
        old = self._named("scheduled", client_id)
        self.put("scheduled", rev, old.id, state="waiting", code="",
                 body=old.body if body is None else body,
                 due_at=old.due_at if due_at is None else datetime.fromisoformat(due_at),
                 )  # fmt: skip

    def do_campaign_save(
        self, rev: int, staff: int, *, client_id: str, variants: Any = (), title: str = "",
        rule: Any = None, language: str = "zh", **_more: Any,
    ) -> dict[str, int]:  # fmt: skip
        known = [row.id for row in self.rows["campaign"].values() if row.client_id == client_id]
        made = [CampaignVariant(name=each["name"], body=each.get("body", "")) for each in variants]
        row = self.put("campaign", rev, known[0] if known else 0, shop_id=1, client_id=client_id,
                       content=CampaignContent(variants=made, language=language), title=title,
                       rule=rule, at=NOW)  # fmt: skip
        return {"id": row.id}

    def do_message_unschedule(self, rev: int, staff: int, client_id: str) -> None:
        old = self._named("scheduled", client_id)
        self.put("scheduled", rev, old.id, state="cancelled", body="", media=[])

    def do_note_add(
        self, rev: int, staff: int, conversation_id: int, client_id: str, body: str
    ) -> dict[str, int]:
        chat = self.rows["conversation"][conversation_id]
        row = self.put("note", rev, shop_id=1, conversation_id=conversation_id, staff_id=staff,
                       client_id=client_id, after_seq=chat.last_seq, body=body, at=NOW)  # fmt: skip
        return {"id": row.id}

    def do_note_remove(self, rev: int, staff: int, client_id: str) -> None:
        self.delete("note", rev, self._named("note", client_id).id)

    def _named(self, table: str, client_id: str) -> Any:
        for row in self.rows[table].values():
            if row.client_id == client_id:
                return row
        raise Refused("not_found")

    def do_message_recall(self, rev: int, staff: int, client_id: str) -> None:
        for message in self.rows["message"].values():
            if message.client_id == client_id:
                self.put("message", rev, message.id, body="", media=[], recalled_at=NOW)
                return
        raise Refused("not_found")

    def do_conversation_mark_read(
        self, rev: int, staff: int, conversation_id: int, seq: int
    ) -> None:  # fmt: skip
        rows = self.rows["participant"].values()
        mine = [p for p in rows if (p.conversation_id, p.staff_id) == (conversation_id, staff)]
        if mine:
            self.put("participant", rev, mine[0].id, read_seq=max(seq, mine[0].read_seq))
        else:
            self.put("participant", rev, shop_id=1, conversation_id=conversation_id,
                     staff_id=staff, read_seq=seq)  # fmt: skip

    def do_access_report(self, rev: int, staff: int, **_what: Any) -> None:
        """Who looked."""

    def do_draft_save(
        self, rev: int, staff: int, conversation_id: int, body: str, base_rev: int = 0,
        drop_beside: bool = False,
    ) -> dict[str, int]:  # fmt: skip
        rows = self.rows["draft"].values()
        mine = [d for d in rows if (d.conversation_id, d.staff_id) == (conversation_id, staff)]
        if not mine:
            row = self.put("draft", rev, staff_id=staff, conversation_id=conversation_id,
                           body=body, updated_at=NOW)  # fmt: skip
            return {"id": row.id}
        old = mine[0]
        beside = "" if drop_beside else old.beside
        if old.rev > base_rev and old.body not in {"", body}:
            beside = old.body
        self.put("draft", rev, old.id, body=body, beside=beside, updated_at=NOW)
        return {"id": old.id}

    # --- reading ---

    def scopes_of(self, staff: int) -> list[str]:
        held = self.revoked.get(staff, set())
        return [s for s in staff_scopes(self.shop_id, staff) if s not in held]

    def scope_of(self, table: str, row: Any) -> str:
        if table == "draft":
            return f"drafts/{row.staff_id}"
        kind = next(k for k, tables in STAFF_TABLES.items() if table in tables)
        return f"chats/{row.shop_id}" if kind == "chats" else kind

    def visible(self, scope: str, table: str) -> list[Any]:
        """Rows of a table in a scope, by id."""
        rows = sorted(self.rows[table].values(), key=lambda row: row.id)
        return [row for row in rows if self.scope_of(table, row) == scope]

    def changes(self, scope: str, after: int) -> ScopeChanges | None:
        rows: dict[str, list[Any]] = {}
        for table in STAFF_TABLES[kind_of(scope)]:
            changed = [row for row in self.visible(scope, table) if row.rev > after]
            if changed:
                rows[table] = changed
        gone: dict[str, list[int]] = {}
        for rev, in_scope, table, row_id in self.gone:
            if in_scope == scope and rev > after:
                gone.setdefault(table, []).append(row_id)
        return ScopeChanges(rev=self.head, rows=rows, gone=gone) if rows or gone else None

    # --- what happens to relays ---

    def snapshot(self) -> dict[str, Any]:
        """A backup."""
        return {
            "head": self.head, "rows": {t: dict(rows) for t, rows in self.rows.items()},
            "gone": list(self.gone), "answers": dict(self.answers), "marks": dict(self.marks),
            "confirmed": dict(self.confirmed), "next_id": self.next_id,
        }  # fmt: skip

    def restore(self, backup: dict[str, Any], epoch: str | None) -> None:
        """Go back to a backup; without a new ``epoch`` only the marks betray it."""
        self.head = backup["head"]
        self.rows = {t: dict(rows) for t, rows in backup["rows"].items()}
        self.gone, self.answers = list(backup["gone"]), dict(backup["answers"])
        self.marks, self.confirmed = dict(backup["marks"]), dict(backup["confirmed"])
        self.epoch = epoch or self.epoch
        self.next_id += 1_000  # what the lost history named stays named


class ModelSession:
    """One connection of a staff console.

    Attributes:
        outgoing: frames not delivered yet.
        pages_late: a page read before a commit is sent after that commit's changes, as it
            happens when pages are read aside.
    """

    def __init__(self, relay: ModelRelay, staff: int, device: int) -> None:
        self.relay = relay
        self.staff = staff
        self.device = device
        self.outgoing: list[bytes] = []
        self._cursors: dict[str, int] = {}
        self._told: set[str] = set()
        self._welcomed = False
        self._late: list[bytes] = []
        self.pages_late = False
        relay.sessions.append(self)

    @property
    def holds_pages(self) -> bool:
        """Whether pages were read and not sent yet."""
        return bool(self._late)

    def receive(self, data: bytes) -> None:
        frame = _decoder.decode(data)
        if isinstance(frame, HelloFrame):
            self._hello(frame)
        elif isinstance(frame, PageRequestFrame):
            self._page(frame)
        elif isinstance(frame, CommandFrame):
            self.relay.confirmed[self.device] = max(
                frame.confirmed, self.relay.confirmed.get(self.device, 0)
            )
            answer = self.relay.command(self.device, self.staff, frame)
            self._send(answer)
        elif isinstance(frame, PingFrame):
            self._send(PongFrame(id=frame.id, now=NOW))
        elif isinstance(frame, SignalFrame):
            for other in self.relay.sessions:
                if other is not self:
                    other._send(frame)

    def push(self) -> None:
        """Tell of what was committed since, and of grants."""
        if not self._welcomed:
            return
        granted = set(self.relay.scopes_of(self.staff))
        for scope in sorted(self._told - granted):
            self._cursors.pop(scope, None)
            self._send(ForgetFrame(scope=scope))
        for scope in sorted(granted - self._told):
            self._send(GrantedFrame(scope=scope))
        self._told = granted
        parts = {}
        for scope, cursor in self._cursors.items():
            part = self.relay.changes(scope, cursor)
            if part is not None:
                parts[scope] = part
                self._cursors[scope] = part.rev
        relay = self.relay
        self._send(ChangesFrame(rev=relay.head, mark=relay.marks[relay.head], scopes=parts))
        self.outgoing += self._late
        self._late.clear()

    def _hello(self, frame: HelloFrame) -> None:
        relay = self.relay
        reason = ""
        if frame.epoch and frame.epoch != relay.epoch:
            reason = "epoch"
        elif frame.epoch and relay.marks.get(frame.mark_rev) != frame.mark:
            reason = "mark"
        elif any(cursor < relay.horizon for cursor in frame.cursors.values()):
            reason = "horizon"
        if reason:
            self._send(ResetFrame(reason=reason, epoch=relay.epoch))
        granted = relay.scopes_of(self.staff)
        self._send(
            WelcomeFrame(
                epoch=relay.epoch,
                head=relay.head,
                mark=relay.marks[relay.head],
                reader_kind="staff",
                reader_id=self.staff,
                device_id=self.device,
                scopes=granted,
                now=NOW,
            )
        )
        self._welcomed = True
        self._told = set(granted)
        if not reason:
            self._cursors = {s: c for s, c in frame.cursors.items() if s in granted}
            self._told |= set(frame.cursors) - set(granted)
        self.push()

    def _page(self, frame: PageRequestFrame) -> None:
        relay, scope = self.relay, frame.scope
        if scope not in relay.scopes_of(self.staff):
            return
        head = frame.head or relay.head
        self._cursors.setdefault(scope, head)
        keys = [(t, row) for t in STAFF_TABLES[kind_of(scope)] for row in
                reversed(relay.visible(scope, t))]  # fmt: skip
        if frame.after:
            table, _, row_id = frame.after.partition(":")
            order = STAFF_TABLES[kind_of(scope)].index(table)
            keys = [
                (t, row) for t, row in keys
                if STAFF_TABLES[kind_of(scope)].index(t) > order
                or (t == table and row.id < int(row_id))
            ]  # fmt: skip
        chosen, rest = keys[: frame.limit], keys[frame.limit :]
        rows: dict[str, list[Any]] = {}
        for table, row in chosen:
            rows.setdefault(table, []).append(row)
        after = f"{chosen[-1][0]}:{chosen[-1][1].id}" if rest else ""
        page = msgspec.json.encode(PageFrame(scope=scope, head=head, after=after, rows=rows))
        (self._late if self.pages_late else self.outgoing).append(page)

    def _send(self, frame: Any) -> None:
        self.outgoing.append(msgspec.json.encode(frame))
