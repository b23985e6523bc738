"""2,000 members at a real relay want 20 units at once: 20 have one, everybody else is told."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

from soak.offer_rush import offered

MEMBERS, UNITS = 2_000, 20
PATIENCE_S = 60.0


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


async def test_a_rush_gives_every_unit_once_and_leaves_nobody_waiting(tmp_path: Path) -> None:
    async with offered(tmp_path, MEMBERS, UNITS) as shop:
        async with asyncio.timeout(PATIENCE_S):
            assert await shop.rush(random.Random(1), []) == []
        answers = [each.answers[1] for each in shop.claimants]
        won = [frame["result"]["code"] for frame in answers if frame["t"] == "ack"]
        assert len(set(won)) == len(won) == UNITS
        lost = [frame["code"] for frame in answers if frame["t"] == "nack"]
        assert lost == ["offer.gone"] * (MEMBERS - UNITS)
        assert shop.differences() == []
        database = shop.relay.database
    assert rows(database, "select count(*), count(distinct member_id) from coupon") == [
        (UNITS, UNITS)
    ]
    [(counts,)] = rows(database, "select counts from campaign")
    assert json.loads(str(counts))["claimed"] == UNITS
    lines = (tmp_path / "logs" / "relay.log").read_text(encoding="utf-8").splitlines()
    assert [line for line in map(json.loads, lines) if line.get("level") == "error"] == []
