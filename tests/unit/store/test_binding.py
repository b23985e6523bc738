"""Nothing and flags reach both SQLite drivers as NULL and as numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from console.store import driver, engine


@pytest.mark.parametrize("connect", [driver.connect, sqlite3.connect])
def test_nothing_and_flags_are_bound_as_null_and_numbers(connect: Callable[..., Any]) -> None:
    assert engine.BUSY_MS  # what registers for the standard library's module
    db = connect(":memory:")
    db.execute("CREATE TABLE t (a INTEGER, b TEXT, c INTEGER)")
    db.executemany("INSERT INTO t VALUES (?, ?, ?)", [(None, None, True), (1, "x", False)])
    found = db.execute("SELECT a, b, c, typeof(a), typeof(c) FROM t").fetchall()
    assert found == [(None, None, 1, "null", "integer"), (1, "x", 0, "integer", "integer")]
    assert db.execute("SELECT 1 WHERE ? IS NULL", (None,)).fetchone() == (1,)
    db.close()
