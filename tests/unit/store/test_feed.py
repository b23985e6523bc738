"""Catch-ups are cut at commits; snapshots come most useful first and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from console.store import feed, snapshot, tables
from console.store.engine import reader_engine, truncate_journal, writer_engine
from console.store.ids import IdSource
from console.store.unit_of_work import Transaction, read_head, seal
from console.wire.errors import Code, Refusal
from tests.helpers.fresh import fresh_database

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = writer_engine(fresh_database(tmp_path / "relay.sqlite"))
    with engine.begin() as connection:
        connection.execute(tables.shop.insert().values(id=1, rev=0, name=""))
        connection.execute(tables.conversation.insert().values(id=1, rev=0, shop_id=1))
    yield engine
    engine.dispose()


def commit_messages(engine: Engine, count: int, sent_at: datetime = NOW) -> int:
    """One commit with so many messages; its rev."""
    with engine.begin() as connection:
        tx = Transaction(connection, read_head(connection).rev + 1, NOW, IdSource())
        ids = tx.new_ids(tables.message, count)
        tx.insert(tables.message, [
            {"id": n, "shop_id": 1, "conversation_id": 1, "seq": n, "client_id": f"m{n}",
             "sender_kind": "member", "body": "x", "media": [], "sent_at": sent_at}
            for n in ids
        ])  # fmt: skip
        tx.ids.save(connection)
        seal(tx)
        return tx.rev


def test_a_catch_up_never_splits_a_commit(engine: Engine) -> None:
    revs = [commit_messages(engine, 3) for _ in range(4)]
    cursor, seen = 0, []
    with engine.begin() as connection:
        while True:
            found = feed.changes(connection, {"chats/1": cursor}, budget=4)
            rows = found.parts["chats/1"].rows["message"]
            assert {row.rev for row in rows} <= set(revs)
            assert all(sum(r.rev == rev for r in rows) == 3 for rev in {r.rev for r in rows})
            seen += [row.id for row in rows]
            cursor = found.rev
            if not found.more:
                break
    assert sorted(seen) == list(range(1, 13))


def test_one_commit_larger_than_the_budget_comes_whole(engine: Engine) -> None:
    rev = commit_messages(engine, 9)
    commit_messages(engine, 1)
    with engine.begin() as connection:
        found = feed.changes(connection, {"chats/1": 0}, budget=4)
    assert found.rev == rev
    assert found.more
    assert len(found.parts["chats/1"].rows["message"]) == 9


def test_a_catch_up_names_the_mark_of_its_rev(engine: Engine) -> None:
    commit_messages(engine, 3)
    commit_messages(engine, 3)
    with engine.begin() as connection:
        found = feed.changes(connection, {"chats/1": 0}, budget=3)
        assert feed.known_mark(connection, found.rev, found.mark)
        assert not feed.known_mark(connection, found.rev, "other")


def test_a_row_that_came_back_is_not_gone() -> None:
    part = feed.ScopePart(rows={"hold": [_Row(7)]}, gone={"hold": [7, 8]})
    part.settle()
    assert part.gone == {"hold": [8]}


class _Row:
    def __init__(self, row_id: int) -> None:
        self.id = row_id


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_any_size_hold_every_row_once(engine: Engine, limit: int) -> None:
    for _ in range(3):
        commit_messages(engine, 3)
    with engine.begin() as connection:
        pages = read_pages(connection, "chats/1", limit)
    ids = [row.id for rows in pages for row in rows.get("message", [])]
    assert ids == list(range(9, 0, -1))
    assert sum(len(rows.get("conversation", [])) for rows in pages) == 1


def read_pages(connection: Connection, scope: str, limit: int) -> list[feed.RowsByTable]:
    pages, after = [], ""
    while True:
        rows, after = snapshot.page(connection, scope, after, limit, NOW)
        pages.append(rows)
        if not after:
            return pages


def test_staff_snapshots_leave_old_messages_on_the_relay(engine: Engine) -> None:
    commit_messages(engine, 2, NOW - timedelta(days=181))
    commit_messages(engine, 1)
    with engine.begin() as connection:
        assert [row.id for row in read_pages(connection, "chats/1", 9)[0]["message"]] == [3]
        assert len(read_pages(connection, "chat/1", 9)[0]["message"]) == 3


def test_who_waits_comes_first(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(tables.conversation.insert().values(id=2, rev=0, shop_id=1))
        connection.execute(
            tables.conversation.update().where(tables.conversation.c.id == 1).values(
                waiting_since=NOW)
        )  # fmt: skip
        rows, _ = snapshot.page(connection, "chats/1", "", 9, NOW)
    assert [row.id for row in rows["conversation"]] == [1, 2]


@pytest.mark.parametrize("after", ["x", "9:1", "1", "1:-2", "0:" + "9" * 30, "٣:1"])
def test_a_place_no_page_gave_is_refused(engine: Engine, after: str) -> None:
    with engine.begin() as connection, pytest.raises(Refusal) as caught:
        snapshot.page(connection, "chats/1", after, 9, NOW)
    assert caught.value.code is Code.FRAME_MALFORMED


@pytest.mark.parametrize("scope", ["chats/1", "drafts/2", "shop", "chat/3", "self/4"])
def test_scopes_are_known(scope: str) -> None:
    assert feed.known_scope(scope)


@pytest.mark.parametrize("scope", ["", "chats", "chats/", "chats/x", "shop/1", "x/1", "chat/-1"])
def test_what_is_no_scope_is_not(scope: str) -> None:
    assert not feed.known_scope(scope)


def test_ids_are_never_given_twice_even_beside_imported_rows(engine: Engine) -> None:
    commit_messages(engine, 2)
    with engine.begin() as connection:
        connection.execute(tables.message.insert().values(
            id=40, rev=1, shop_id=1, conversation_id=1, seq=40, client_id="imported",
            sent_at=NOW))  # fmt: skip
        assert list(IdSource().take(connection, "message", 2)) == [41, 42]


def test_readers_cannot_write(engine: Engine, tmp_path: Path) -> None:
    reader = reader_engine(tmp_path / "relay.sqlite")
    with reader.begin() as connection, pytest.raises(Exception, match="readonly"):
        connection.execute(tables.shop.insert().values(id=9, rev=0, name=""))
    reader.dispose()


def test_the_journal_is_emptied(engine: Engine, tmp_path: Path) -> None:
    commit_messages(engine, 5)
    journal = tmp_path / "relay.sqlite-wal"
    assert journal.stat().st_size > 0
    assert truncate_journal(engine)
    assert journal.stat().st_size == 0
