"""Rows the writer hands to the hub: those of the database, or none at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from console.relay.actor import RELAY
from console.relay.delta import known_rows
from console.relay.internal import Notice, SendNotices
from console.relay.writer import Settled
from console.store import tables
from console.store.ids import IdSource
from console.store.unit_of_work import Effects, Transaction, read_head
from console.wire import frames
from console.wire.commands import MarkRead, Seen
from console.wire.errors import Refusal
from console.wire.rows import TABLES, MessageRow
from tests.helpers.relay_handed import Handed, watch
from tests.helpers.relay_kit import PATIENCE_S, text
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_session import whole

AT = datetime(2026, 11, 22, tzinfo=UTC)


def notices(*given: tuple[int, str], body: str = "到货了") -> SendNotices:
    return SendNotices(notices=[
        Notice(member_id=member_id, client_id=name, body=f"{body} {name}")
        for member_id, name in given
    ])  # fmt: skip


@pytest.fixture
async def handed(shop: Shop) -> AsyncIterator[Handed]:
    watched = watch(shop.core, shop.path)
    yield watched
    assert watched.wrong == []


async def test_notices_are_handed_over_as_the_database_tells_them(
    shop: Shop, handed: Handed
) -> None:
    anna, bea = shop.anna, shop.bea
    await shop.core.call(anna, text(anna.conversation_id, "在吗"))
    shop.clock.time += timedelta(microseconds=123_456)
    before = handed.rows
    await shop.core.call(RELAY, notices((anna.id, "a"), (bea.id, "b"), (anna.id, "c")))
    assert handed.rows - before == 3 + 2
    # Again: nothing but the one that is new, and nobody who is not there.
    before = handed.rows
    await shop.core.call(RELAY, notices((anna.id, "a"), (bea.id, "d"), (bea.id, "d"), (99, "e")))
    assert handed.rows - before == 2


async def test_receipts_are_handed_over_as_the_database_tells_them(
    shop: Shop, handed: Handed
) -> None:
    """Also a first one, of a phone whose clock has microseconds and stands in another zone."""
    anna, thread = shop.anna, shop.anna.conversation_id
    await shop.core.call(shop.clerk, text(thread, "到货了"))
    shop.clock.advance(60)
    read_at = shop.clock.now().astimezone(timezone(timedelta(hours=8)))
    read_at -= timedelta(seconds=1, microseconds=7)
    before = handed.rows
    await shop.core.call(anna, Seen(conversation_id=thread, delivered=1))
    await shop.core.call(anna, Seen(conversation_id=thread, read=1, at=read_at))
    await shop.core.call(shop.clerk, MarkRead(conversation_id=thread, seq=1))
    assert handed.rows - before == 3
    [row] = shop.rows("select * from participant where member_id = ?", anna.id)
    assert row["read_at"] == int(read_at.timestamp() * 1_000)


async def test_what_is_known_is_pushed_without_the_database(
    shop: Shop, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = lines(shop.anna)
    await whole(line)

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("console.relay.hub.feed.collect", broken)
    await shop.core.call(RELAY, notices((shop.anna.id, "a"), (shop.bea.id, "b")))
    changes = await line.transport.next(frames.ChangesFrame, lambda frame: frame.scopes)
    (part,) = changes.scopes.values()
    assert [row["body"] for row in part.rows["message"]] == ["到货了 a"]
    assert part.rows["conversation"][0]["last_seq"] == 1


@pytest.mark.parametrize("erased", [False, True])
async def test_words_erased_while_they_wait_to_be_handed_out_are_not(
    shop: Shop, lines: Any, erased: bool
) -> None:
    line = lines(shop.anna)
    await whole(line)
    core, chat = shop.core, shop.anna.conversation_id
    row = message(1, core.head + 1, conversation_id=chat, body="秘密")
    touched = frozenset({"message"})
    core.hub.committed(Settled((), (), row.rev, "a", touched, known={"message": {1: row}}))
    effects = Effects(erased=erased)
    core.hub.committed(Settled((), (), row.rev + 1, "b", touched, effects, {"message": {}}))
    async with asyncio.timeout(PATIENCE_S):
        while core.hub.settled != row.rev + 1:
            await core.read(read_head)
    pushed = b"".join(line.transport.raw)
    assert ("秘密".encode() in pushed) is not erased


async def test_a_savepoint_that_is_rolled_back_takes_what_was_known_along(
    shop: Shop, handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    core, update = shop.core, Transaction.update_whole

    def fails(self: Transaction, table: Any, rows: Any, columns: Any) -> None:
        update(self, table, rows, columns)
        if table is tables.conversation:
            raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "update_whole", fails)
        with pytest.raises(Refusal):
            await core.call(RELAY, notices((shop.anna.id, "a")))
    core._writer.failures = 0
    assert handed.rows == 0
    await core.call(RELAY, notices((shop.anna.id, "a")))
    assert handed.rows == 2


def message(number: int, rev: int, conversation_id: int = 1, body: str = "") -> MessageRow:
    return MessageRow(
        id=number, rev=rev, shop_id=1, conversation_id=conversation_id, seq=number,
        client_id=f"m{number}", sender_kind="system", body=body, sent_at=AT,
    )  # fmt: skip


def commit(rev: int, *rows: MessageRow, touched: str = "message") -> Settled:
    """A commit that knows these messages; of other tables it knows nothing."""
    known = {"message": {row.id: row for row in rows}} if rows else {}
    return Settled((), (), rev, "", frozenset(touched.split()), known=known)


def test_of_several_commits_the_newest_rows_are_known() -> None:
    commits = [commit(5, message(1, 5), message(2, 5)), commit(6, message(2, 6, body="x"))]
    assert list(known_rows(commits, 4)["message"]) == [message(1, 5), message(2, 6, body="x")]


def test_a_table_is_known_only_when_every_commit_knows_it() -> None:
    first = commit(5, message(1, 5), touched="message conversation")
    assert set(known_rows([first], 4)) == {"message"}
    assert known_rows([first, commit(6)], 4) == {}
    assert set(known_rows([first, commit(6, touched="hold")], 4)) == {"message"}


def test_with_a_commit_missing_nothing_is_known() -> None:
    assert known_rows([commit(6, message(1, 6))], 4) == {}
    assert known_rows([commit(5, message(1, 5)), commit(7, message(2, 7))], 4) == {}


async def test_whole_rows_carry_the_revision_of_their_commit_and_come_once(shop: Shop) -> None:
    def write(connection: Connection) -> None:
        tx = Transaction(connection, 9, AT, IdSource())
        for rows in ([message(1, 8)], [message(1, 9), message(1, 9)]):
            with pytest.raises(ValueError, match="row"):
                tx.insert_whole(tables.message, rows, ("id",))
        assert not tx.dirty

    await shop.core.read(write)


def test_what_a_row_leaves_out_is_what_the_database_fills_in() -> None:
    for table in tables.SYNCED:
        kind = TABLES[table.name]
        for name, default in zip(kind.__struct_fields__, _defaults(kind), strict=True):
            column = table.c[name]
            if column.server_default is not None and default is not msgspec.NODEFAULT:
                given = str(getattr(column.server_default, "arg", ""))
                assert given == _as_text(default), (table.name, name)
            elif default is not msgspec.NODEFAULT:
                assert column.nullable, (table.name, name)
                assert default is None, (table.name, name)


def _defaults(kind: Any) -> list[Any]:
    return [field.default if field.default_factory is msgspec.NODEFAULT
            else field.default_factory() for field in msgspec.structs.fields(kind)]  # fmt: skip


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
