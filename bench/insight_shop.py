"""A shop with ten million recipients, and a console's copy of its last sixty days.

Everything is written by statements over whole campaigns; what the relay adds up in step is
counted once at the end.  Kept in the folder for temporary files, as ``bench.large`` does.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from bench.large import kept, whole
from bench.world import open_at_noon, populate
from console.relay.backups import DATABASE
from console.store import replica_tables, rollups, scopes
from console.store.engine import truncate_journal, writer_engine
from console.store.row_codec import to_ms
from console.wire.campaign_rows import CampaignContent, CampaignVariant

MEMBERS: Final = 100_000
CAMPAIGNS: Final = 200
PHONES: Final = 2_000
"""So many of the members have a phone and a conversation: the first ones."""
EVERY: Final = timedelta(days=3)
"""A campaign goes out so often, to every other member."""
DEEDS: Final = 300_000
"""Purchases of three years, half as many visits, a tenth as many holds."""
_DAY_MS: Final = 86_400_000
_NUMBERS = """WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number
    WHERE n + 1 < :count) """
_MEMBERS = """INSERT INTO member (id, rev, shop_id, name, state, phone, bucket, marketing,
    weekly_cap, joined_at, last_seen_at, created_at)
    SELECT :first + n, 1, 1, '会员' || (:first + n), 'confirmed', '139' || (10000000 + n),
      n * 7919 % 10000, n % 11 != 0, 99, :now - (n * 37 % 900) * 86400000,
      :now - (n * 53 % 180) * 86400000, :now - (n * 37 % 900) * 86400000
    FROM number"""
_RECIPIENTS = """INSERT INTO recipient (id, rev, campaign_id, member_id, state, variant, written_at,
    counted, read_at, replied_at, at)
    SELECT :first + n, 1, :campaign, member, 'written', CASE h % 2 WHEN 0 THEN 'a' ELSE 'b' END,
      written, 1, CASE WHEN h % 100 < 35 THEN written + wait END,
      CASE WHEN h % 100 BETWEEN 30 AND 36 THEN written + wait + 600000 END, :at
    FROM (SELECT n, member, h, :at + n / 250 * 1000 AS written,
                 (h / 100 % 251) * (h / 100 % 251) * 5000 + h % 997 AS wait
          FROM (SELECT n, 1 + (2 * n + :campaign) % :members AS member,
                       ((n + 7 * :campaign) * 2654435761 + :campaign * 40503) % 1000003 AS h
                FROM number))"""
_DEEDS = {
    "purchase": "quantity, amount) SELECT 1 + n, 1, 1, 1 + n * 7919 % :members, {at}, 1, 19900",
    "visit": "source) SELECT 1 + n, 1, 1, 1 + n * 7919 % :members, {at}, 'counter'",
    "hold": "client_id, variant_id) SELECT 1 + n, 1, 1, 1 + n * 7919 % :members, {at}, 'h' || n, 1",
}


def relay_database(members: int = MEMBERS, campaigns: int = CAMPAIGNS) -> Path:
    """The relay's, made now if this schema has none yet; copy it before it is changed."""
    folder = kept(f"insights-{members}-{campaigns}")
    if not folder.exists():
        with whole(folder) as part:
            _make(part / DATABASE, members, campaigns)
    return folder / DATABASE


def _make(database: Path, members: int, campaigns: int) -> None:
    now = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    populate(database, PHONES)
    open_at_noon(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        db.execute("BEGIN")
        db.execute(_NUMBERS + _MEMBERS, {"count": members - PHONES, "first": PHONES + 1,
                                         "now": to_ms(now)})  # fmt: skip
        _write_campaigns(db, campaigns, members, now)
        _write_deeds(db, members, now)
        db.execute("COMMIT")
    engine = writer_engine(database, synchronous="OFF")
    with engine.begin() as connection:
        rollups.fill(connection, 1)
    truncate_journal(engine)
    engine.dispose()


def _write_campaigns(db: sqlite3.Connection, campaigns: int, members: int, now: datetime) -> None:
    content = msgspec.json.encode(CampaignContent(variants=[
        CampaignVariant(name=name, body="{name},这周有新款" * 4) for name in "ab"
    ])).decode()  # fmt: skip
    # In one go at the end indexes cost a fifth of what they cost row by row.
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'recipient' AND type = 'index'"
        " AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        db.execute(f'DROP INDEX "{name}"')
    each = members // 2
    for number in range(1, campaigns + 1):
        at = to_ms(now - EVERY * (campaigns - number) - timedelta(days=1))
        db.execute(
            "INSERT INTO campaign (id, rev, shop_id, client_id, title, content, state, at,"
            " frozen_at, started_at, finished_at) VALUES (?, 1, 1, ?, ?, ?, 'done', ?, ?, ?, ?)",
            (number, f"c{number}", f"第 {number} 次", content, at, at, at, at + each * 4),
        )
        db.execute(_NUMBERS + _RECIPIENTS, {"count": each, "first": (number - 1) * each + 1,
                   "campaign": number, "members": members, "at": at})  # fmt: skip
        read, replied = db.execute(
            "SELECT count(read_at), count(replied_at) FROM recipient WHERE id > ?",
            ((number - 1) * each,),
        ).fetchone()
        counts = msgspec.json.encode({"written": each, "read": read, "replied": replied})
        db.execute("UPDATE campaign SET counts = ? WHERE id = ?", (counts.decode(), number))
    for _, sql in indexes:
        db.execute(sql)


def _write_deeds(db: sqlite3.Connection, members: int, now: datetime) -> None:
    db.execute("INSERT INTO product (id, rev, shop_id, sku, name) VALUES (1, 1, 1, 'a', '风衣')")
    db.execute("INSERT INTO variant (id, rev, shop_id, product_id) VALUES (1, 1, 1, 1)")
    shares = {"purchase": 1, "visit": 2, "hold": 10}
    for table, text in _DEEDS.items():
        at = f":now - n * 104729 % 1095 * {_DAY_MS} - n * 7 % 40000000"
        values = {"count": DEEDS // shares[table], "members": members, "now": to_ms(now)}
        columns = f"INSERT INTO {table} (id, rev, shop_id, member_id, at, "
        db.execute(f"{_NUMBERS}{columns}{text.format(at=at)} FROM number", values)


# --- a console's copy ---------------------------------------------------------------------------


def fill_replica(database: Path, copy: Path) -> None:
    """What a console that copied the shop just now has in ``copy``."""
    since = to_ms(datetime.now(UTC) - scopes.RECIPIENTS)
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("ATTACH ? AS relay", (str(database),))
        db.execute("BEGIN")
        for name, codec in replica_tables.CODECS.items():
            columns = ", ".join(f'"{column}"' for column in codec.columns)
            which = f" WHERE at >= {since}" if name == "recipient" else ""
            db.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM relay.{name}{which}")  # noqa: S608
        db.execute("COMMIT")
