"""Many rows as one statement: the same as one statement a row, in both directions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from console.store import dialect, reading, tables
from console.store.engine import writer_engine
from tests.helpers.fresh import fresh_database

AT = datetime(2026, 11, 22, 8, 0, 0, 123_000, tzinfo=UTC)
BODIES = ["", "风衣 \"L\" 'x' \\ \n\t", "👗🧥", "0", "null", "[1]", " 7 "]


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    made = writer_engine(fresh_database(tmp_path / "shop.sqlite"))
    yield made
    made.dispose()


def message(number: int, body: str) -> dict[str, Any]:
    return {
        "id": number, "shop_id": 1, "conversation_id": 1, "seq": number,
        "client_id": f"c{number}", "sender_kind": "staff", "sender_id": None, "kind": "text",
        "body": body, "media": [], "sent_at": AT, "recalled_at": AT if number % 2 else None,
    }  # fmt: skip


def content(engine: Engine) -> tuple[Any, Any]:
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        raw = connection.exec_driver_sql("SELECT * FROM message ORDER BY id").all()
        types = connection.exec_driver_sql(
            "SELECT typeof(body), typeof(media), typeof(sent_at), typeof(recalled_at) FROM message"
        ).all()
        return [tuple(row) for row in raw], [tuple(row) for row in types]


def fill(engine: Engine, rows: list[dict[str, Any]], changes: list[dict[str, Any]]) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        connection.execute(tables.message.delete())
        dialect.insert_many(connection, tables.message, rows, 7)
        dialect.update_many(connection, tables.message, changes, 8)
        connection.commit()


def test_packed_rows_are_written_as_single_ones_are(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [message(number, body) for number, body in enumerate(BODIES, 1)]
    changes = [
        {"id": number, "body": body[::-1], "recalled_at": None if number % 2 else AT}
        for number, body in enumerate(BODIES[:5], 1)
    ]
    fill(engine, rows, changes)
    packed = content(engine)
    monkeypatch.setattr(dialect, "PACK_FROM", 1_000)
    fill(engine, rows, changes)
    assert content(engine) == packed
    assert [row[1] for row in packed[0]] == [8] * 5 + [7] * 2


def test_of_two_changes_of_one_row_the_last_stays(engine: Engine) -> None:
    rows = [message(number, "a") for number in range(1, 5)]
    changes = [{"id": 1 + n % 2, "body": f"b{n}"} for n in range(6)]
    fill(engine, rows, changes)
    assert [row[0] for row in _bodies(engine)] == ["b4", "b5", "a", "a"]


def _bodies(engine: Engine) -> Any:
    with engine.begin() as connection:
        query = select(tables.message.c.body).order_by(tables.message.c.id)
        return connection.execute(query).all()


def test_packed_rows_are_read_as_single_ones_are(engine: Engine) -> None:
    fill(engine, [message(number, body) for number, body in enumerate(BODIES, 1)],
         [{"id": 1, "body": "x"}])  # fmt: skip
    with engine.begin() as connection:
        plain = reading.fetch(connection, tables.message)
        found = reading.by_ids(connection, tables.message, range(20))
    assert list(found.values()) == plain
    assert plain[0].sent_at == AT


def test_alike_rows_are_written_as_spelled_out_ones_are(engine: Engine) -> None:
    """Whatever their texts hold; without kinds of their own there is nothing to write."""
    kinds = [{"state": "pending", "reason": body, "variant": body[::-1]} for body in BODIES]
    places = [place % len(kinds) for place in range(0, 300, 7)]
    rows = dialect.AlikeRows("member_id", [2**40, *range(len(places) - 1)], kinds, places,
                             {"campaign_id": 3, "at": AT})  # fmt: skip
    at_once = recipients(engine, lambda db: dialect.insert_alike(db, tables.recipient, rows, 11, 7))
    plain = recipients(
        engine, lambda db: dialect.insert_many(db, tables.recipient, rows.spelled_out(11), 7)
    )
    assert at_once == plain
    assert len(plain) == len(places)


def recipients(engine: Engine, write: Callable[[Connection], None]) -> Any:
    """All of them, with the types of what was given, after these were written alone."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        write(connection)
        found = connection.exec_driver_sql(
            "SELECT *, typeof(member_id), typeof(state), typeof(reason), typeof(at)"
            " FROM recipient ORDER BY id"
        ).all()
        connection.rollback()
        return [tuple(row) for row in found]


def test_columns_are_those_of_the_rows_in_their_order(engine: Engine) -> None:
    fill(engine, [message(number, body) for number, body in enumerate(BODIES, 1)],
         [{"id": 1, "body": "x"}])  # fmt: skip
    table = tables.message
    query = select(table.c.id, table.c.body, table.c.reply_to).order_by(table.c.body.desc())
    with engine.begin() as connection:
        rows = [tuple(row) for row in connection.execute(query)]
        assert list(zip(*reading.columns(connection, query), strict=True)) == rows
        nothing = query.where(table.c.id < 0)
        assert reading.columns(connection, nothing) == [[], [], []]
