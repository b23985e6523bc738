"""A database is created, upgraded behind a backup, or refused untouched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from console.store import migrate, suppressions, tables
from console.store.engine import writer_engine
from console.store.suppression_facts import (
    ConsentSaid,
    DeviceRevoked,
    MemberErased,
    MessageRecalled,
    StaffActiveSet,
)
from console.wire.rows import TABLES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relay.sqlite"


def test_migrations_make_exactly_the_tables_of_the_program(path: Path) -> None:
    migrate.upgrade(path)
    engine = writer_engine(path)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), tables.metadata)
    engine.dispose()
    assert found == []


def test_every_synced_table_has_the_columns_of_its_row() -> None:
    for name, kind in TABLES.items():
        columns = {column.name for column in tables.metadata.tables[name].columns}
        assert columns == set(kind.__struct_fields__), name


def test_a_fresh_database_has_an_epoch_of_its_own(tmp_path: Path) -> None:
    epochs = set()
    for name in ("a", "b"):
        migrate.upgrade(tmp_path / name)
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            epochs.update(connection.execute("select epoch from revision"))
    assert len(epochs) == 2
    assert ("",) not in epochs


def test_upgrading_what_is_new_changes_nothing(path: Path) -> None:
    assert migrate.upgrade(path) is None
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute("select * from revision").fetchall()
    assert migrate.upgrade(path) is None
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select * from revision").fetchall() == before


def test_an_older_database_is_backed_up_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into shop (id, rev, name) values (1, 1, '时光衣橱')")
    scripts = path.parent / "scripts"
    _with_one_more_revision(scripts)
    monkeypatch.setattr(migrate, "_SCRIPTS", scripts)

    backup = migrate.upgrade(path)

    assert backup is not None
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("select name from shop").fetchall() == [("时光衣橱",)]
        assert connection.execute("select version_num from alembic_version").fetchall() == [
            (_newest(),)
        ]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select name, slogan from shop").fetchall() == [("时光衣橱", "")]


def test_what_was_refused_and_erased_before_is_known_for_restores(path: Path) -> None:
    _upgrade_to(path, "0010")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("""
            insert into shop (id, rev, name) values (1, 1, '店');
            insert into member (id, rev, shop_id, marketing, state) values
                (1, 1, 1, 0, 'confirmed'), (2, 1, 1, 1, 'confirmed'), (3, 1, 1, 0, 'erased'),
                (4, 1, 1, 0, 'known');
            insert into consent (id, rev, member_id, purpose, granted, channel, at) values
                (1, 1, 1, 'marketing', 1, 'join', 5), (2, 1, 1, 'marketing', 0, 'chat', 6),
                (3, 1, 2, 'marketing', 0, 'chat', 7), (4, 1, 2, 'marketing', 1, 'page', 8);
            insert into staff (id, rev, shop_id, name, active) values (1, 1, 1, '小陈', 0);
            insert into device (id, kind, staff_id, name, token_hash, created_at, revoked_at)
                values (1, 'staff', 1, '', 'a', 1, 9), (2, 'staff', 1, '', 'b', 1, null);
            insert into conversation (id, rev, shop_id, member_id) values (1, 1, 1, 1);
            insert into message (id, rev, shop_id, conversation_id, seq, client_id, sent_at,
                recalled_at) values (1, 1, 1, 1, 1, 'said', 1, null), (2, 1, 1, 1, 2, 'gone', 1, 4);
        """)
    migrate.upgrade(path)
    engine = writer_engine(path)
    with engine.connect() as connection:
        marks = suppressions.marks(connection)
        facts = [each.fact for each in suppressions.told(connection, marks)]
    engine.dispose()
    assert facts == [
        ConsentSaid(member_id=1, granted=False, channel="chat"), MemberErased(member_id=3),
        MessageRecalled(client_id="gone"), DeviceRevoked(device_id=1),
        StaffActiveSet(staff_id=1, active=False),
    ]  # fmt: skip


def _upgrade_to(path: Path, revision: str) -> None:
    """Create the database as an older program had it."""
    config, engine = migrate._config(), writer_engine(path)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def test_copies_before_upgrades_go_when_they_are_old_or_nothing_may_be_kept(path: Path) -> None:
    old, young = (path.with_name(f"relay-before-upgrade-of-{n}.sqlite") for n in ("0001", "0002"))
    for file in (path, old, young):
        file.touch()
    two_weeks_ago = time.time() - migrate.BACKUP_KEPT_S - 60
    os.utime(old, (two_weeks_ago, two_weeks_ago))
    assert migrate.forget_backups(path, migrate.BACKUP_KEPT_S) == [old]
    assert (old.exists(), young.exists()) == (False, True)
    assert migrate.forget_backups(path) == [young]
    assert list(path.parent.iterdir()) == [path]


def _newest() -> str:
    versions = Path(migrate.__file__).parent / "migrations" / "versions"
    return max(file.name[:4] for file in versions.glob("0*.py"))


def _with_one_more_revision(scripts: Path) -> None:
    source = Path(migrate.__file__).parent / "migrations"
    (scripts / "versions").mkdir(parents=True)
    for file in (source / "env.py", *(source / "versions").glob("*.py")):
        (scripts / file.relative_to(source)).write_text(file.read_text("utf-8"), "utf-8")
    (scripts / "versions" / "9998_slogan.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = '9998', '{_newest()}'\n"
        "def upgrade():\n"
        "    op.add_column('shop', sa.Column('slogan', sa.Text(), server_default='',"
        " nullable=False))\n",
        "utf-8",
    )


def test_sums_of_an_older_database_are_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = _only_before("0013", path.parent / "scripts", monkeypatch)
    migrate.upgrade(path)
    noon = 1_764_561_600_000  # 2025-12-01, 12:00 in Shanghai
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into shop (id, rev, name) values (1, 1, '时光衣橱')")
        connection.execute("insert into member (id, rev, shop_id) values (7, 1, 1), (8, 1, 1)")
        connection.execute(
            "insert into campaign (id, rev, shop_id, client_id, content, at)"
            " values (3, 1, 1, 'c', '{}', 0)"
        )
        connection.executemany(
            "insert into recipient (id, rev, campaign_id, member_id, state, reason, variant,"
            " written_at, counted, read_at, at) values (?, 1, 3, ?, ?, ?, ?, ?, ?, ?, 0)",
            [(1, 7, "written", "", "a", noon, True, noon + 60_000),
             (2, 8, "skipped", "holdout", "", None, False, None)],
        )  # fmt: skip
    monkeypatch.setattr(migrate, "_SCRIPTS", newest)
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        tallies = connection.execute(
            "select variant, audience, written, read, silent, states, read_within"
            " from campaign_tally order by variant"
        ).fetchall()
        readers = connection.execute("select span, readers, unprompted from readership").fetchall()
    minute = [0, 0, 1]  # the first two buckets end at 0 and 18 seconds
    assert tallies[0] == ("", 1, 0, 0, 0, '{"skipped:holdout":1}', "[]")
    assert tallies[1][:6] == ("a", 1, 1, 1, 1, '{"written":1}')
    assert json.loads(tallies[1][6]) == minute
    assert sorted(readers) == [("2025-12", 1, 0), ("2025-12-01T12", 1, 0)]


def test_answers_of_an_older_database_are_counted_by_the_day_in_which_they_came(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = _only_before("0019", path.parent / "scripts", monkeypatch)
    migrate.upgrade(path)
    noon, day = 1_764_561_600_000, 86_400_000
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into shop (id, rev, name) values (1, 1, '时光衣橱')")
        connection.executemany("insert into member (id, rev, shop_id) values (?, 1, 1)",
                               [(n,) for n in range(1, 6)])  # fmt: skip
        connection.execute(
            "insert into campaign (id, rev, shop_id, client_id, content, at)"
            " values (3, 1, 1, 'c', '{}', 0)"
        )
        answered = ((noon, None), (noon + day, noon), (noon + day + 1, noon),
                    (noon + 30 * day, None), (noon + 30 * day + 1, noon))  # fmt: skip
        connection.executemany(
            "insert into recipient (id, rev, campaign_id, member_id, state, reason, variant,"
            " written_at, counted, replied_at, read_at, at)"
            " values (?, 1, 3, ?, 'written', '', '', ?, 1, ?, ?, 0)",
            [(n, n, noon, *each) for n, each in enumerate(answered, 1)],
        )
        connection.execute("insert into campaign_tally (id, rev, campaign_id, variant, answered,"
                           " read_answered) values (1, 1, 3, '', 2, 1)")  # fmt: skip
    monkeypatch.setattr(migrate, "_SCRIPTS", newest)
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        ((replied, *lists),) = connection.execute(
            "select replied, answered_within, read_answered_within from campaign_tally"
        ).fetchall()
    assert replied == 5
    assert [json.loads(each) for each in lists] == [[2, 1, *[0] * 27, 1], [1, 1]]


def _only_before(revision: str, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Migrate with older scripts alone from here on; where all of them are."""
    newest = migrate._SCRIPTS
    (scripts / "versions").mkdir(parents=True)
    for file in (newest / "env.py", *(newest / "versions").glob("00*.py")):
        if file.name < revision or file.name == "env.py":
            shutil.copy(file, scripts / file.relative_to(newest))
    monkeypatch.setattr(migrate, "_SCRIPTS", scripts)
    return newest


def test_waits_of_an_older_database_are_read_from_its_messages(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = _only_before("0011", path.parent / "scripts", monkeypatch)
    migrate.upgrade(path)
    ten = 1_764_554_400_000  # ten in the morning in Shanghai
    said = [(1, "member", 7, 0), (1, "member", 7, 1), (1, "system", None, 2), (1, "staff", 2, 3),
            (1, "member", 7, 9), (2, "member", 8, 5), (3, "member", 9, -60)]  # fmt: skip
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into shop (id, rev, name) values (1, 1, '时光衣橱')")
        connection.execute("insert into staff (id, rev, shop_id, name) values (2, 1, 1, '小陈')")
        connection.executemany(
            "insert into conversation (id, rev, shop_id, last_message_at, waiting_since)"
            " values (?, 1, 1, ?, ?)",
            [(1, ten + 9, ten + 9), (2, ten + 6, None), (3, ten - 60, ten - 60)],
        )
        connection.executemany(
            "insert into message (id, rev, shop_id, conversation_id, seq, client_id, sender_kind,"
            " sender_id, sent_at) values (?, 1, 1, ?, ?, ?, ?, ?, ?)",
            [(n, thread, n, f"m{n}", kind, by, ten + at)
             for n, (thread, kind, by, at) in enumerate(said, 1)],
        )  # fmt: skip
    monkeypatch.setattr(migrate, "_SCRIPTS", newest)
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            f"select conversation_id, asked_at - {ten}, in_hours, ended_at - {ten}, staff_id,"
            " outcome from wait order by id"
        ).fetchall()
    assert found == [
        (3, -60, 0, None, None, ""), (1, 0, 1, 3, 2, "answered"), (2, 5, 1, 6, None, "closed"),
        (1, 9, 1, None, None, ""),
    ]  # fmt: skip


def test_a_newer_database_is_refused_untouched(path: Path) -> None:
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(migrate.DatabaseTooNewError) as caught:
        migrate.upgrade(path)
    assert caught.value.revision == "9999"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_what_is_in_stock_opens_the_ledgers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = _only_before("0014", path.parent / "scripts", monkeypatch)
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("""
            insert into shop (id, rev, name) values (1, 1, '店');
            insert into product (id, rev, shop_id, sku) values (1, 1, 1, 'A1');
            insert into variant (id, rev, shop_id, product_id, stock) values
                (1, 1, 1, 1, 3), (2, 1, 1, 1, 0), (3, 1, 1, 1, 7);
        """)
    monkeypatch.setattr(migrate, "_SCRIPTS", newest)
    migrate.upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        lines = connection.execute(
            "select variant_id, delta, balance, reason from stock_movement order by id"
        ).fetchall()
    assert lines == [(1, 3, 3, "opening"), (3, 7, 7, "opening")]
