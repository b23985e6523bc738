"""A shop's data is copied while it is in use, brought back whole, and never half."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from console.__main__ import main
from console.relay import backups
from console.relay.backups import DATABASE, BackupRefused
from console.relay.lock import FolderLock
from console.relay.suppression_file import SuppressionFile
from console.store.migrate import forget_backups, upgrade
from console.wire import commands
from tests.unit.relay.shop import Shop

PHOTO = Path("media") / "ab" / ("ab" * 32) / "1600.webp"


@pytest.fixture
async def data(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop in a folder as a relay keeps it, with one photo and one message."""
    folder = tmp_path / "relay"
    (folder / PHOTO).parent.mkdir(parents=True)
    (folder / PHOTO).write_bytes(b"photo")
    shop = Shop(folder / DATABASE)
    await shop.open()
    await say(shop, "在吗")
    yield shop
    await shop.core.close()


async def say(shop: Shop, body: str) -> None:
    await shop.core.call(shop.anna, commands.SendMessage(
        conversation_id=shop.anna.conversation_id, client_id=f"{len(body)}-letters", body=body,
    ))  # fmt: skip


def bodies(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return [row[0] for row in connection.execute("select body from message order by id")]


def hanger(verb: str, folder: Path, shop: Shop) -> int:
    return main([verb, str(folder), "--data", str(shop.path.parent)])


async def test_a_shop_is_copied_while_it_works_and_goes_on_with_the_copy(data, tmp_path, capsys):
    copy = tmp_path / "backup"
    assert hanger("backup", copy, data) == 0
    assert "2026-11-2" in capsys.readouterr().out
    assert sorted(file.name for file in copy.iterdir()) == ["media", DATABASE]
    await say(data, "还在吗")
    await data.core.close()
    (data.path.parent / PHOTO).unlink()
    (data.path.parent / PHOTO).parent.rmdir()

    assert hanger("restore", copy, data) == 0
    assert "opt-outs and erasures since then are repeated" in capsys.readouterr().out
    assert bodies(data.path.parent) == ["在吗"]
    assert (data.path.parent / PHOTO).read_bytes() == b"photo"
    # What stood there can be looked at for two weeks.
    [aside] = data.path.parent.glob("relay-before-restore-*.sqlite3")
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("select count(*) from message").fetchone() == (2,)
    await data.open_anew()
    assert data.core.restored


async def test_the_opt_outs_since_hold_in_the_shop_that_was_brought_back(data, tmp_path):
    assert hanger("backup", tmp_path / "backup", data) == 0
    await say(data, "TD")
    await data.core.close()
    assert hanger("restore", tmp_path / "backup", data) == 0
    await data.open_anew()
    assert not data.rows("select marketing from member where id = ?", data.anna.id)[0]["marketing"]
    [said] = data.rows("select value from setting where key = 'restored'")
    assert '"held":[]' in said["value"]


async def test_on_another_computer_it_is_known_to_be_brought_back(data, tmp_path):
    """Where nothing beside the database could betray it."""
    assert hanger("backup", tmp_path / "backup", data) == 0
    await data.core.close()
    data.path = tmp_path / "elsewhere" / DATABASE
    assert hanger("restore", tmp_path / "backup", data) == 0
    await data.open_anew()
    assert data.core.restored
    await data.core.close()
    await data.open_anew()
    assert not data.core.restored


async def test_words_that_were_taken_back_are_in_no_later_backup(data, tmp_path):
    await data.core.call(data.anna, commands.RecallMessage(client_id="2-letters"))
    assert hanger("backup", tmp_path / "backup", data) == 0
    for file in (tmp_path / "backup").rglob("*"):
        assert file.is_dir() or "在吗".encode() not in file.read_bytes()


async def test_a_restore_that_fails_leaves_no_copy_of_the_old_words(data, tmp_path, monkeypatch):
    assert hanger("backup", tmp_path / "backup", data) == 0
    await data.core.call(data.anna, commands.RecallMessage(client_id="2-letters"))
    await data.core.close()

    def full(_file: SuppressionFile) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(SuppressionFile, "expect_restore", full)
    assert hanger("restore", tmp_path / "backup", data) == 1
    monkeypatch.undo()
    for file in data.path.parent.rglob("*"):
        assert file.is_dir() or "在吗".encode() not in file.read_bytes(), file
    await data.open_anew()
    assert not data.core.restored


async def test_what_a_killed_restore_leaves_goes_with_the_other_copies(data, tmp_path):
    assert hanger("backup", tmp_path / "backup", data) == 0
    await data.core.call(data.anna, commands.RecallMessage(client_id="2-letters"))
    await data.core.close()
    killed = (
        "import os, sys; from pathlib import Path; from console.relay import backups;"
        "backups.SuppressionFile.expect_restore = lambda _: os._exit(9);"
        "backups.bring_back(*map(Path, sys.argv[1:]))"
    )
    died = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", killed, data.path.parent, tmp_path / "backup"], check=False,
    )  # fmt: skip
    assert died.returncode == 9
    forget_backups(data.path)
    for file in data.path.parent.rglob("*"):
        assert file.is_dir() or "在吗".encode() not in file.read_bytes(), file
    await data.open_anew()


async def test_a_running_shop_is_not_replaced(data, tmp_path, capsys):
    assert hanger("backup", tmp_path / "backup", data) == 0
    with FolderLock(data.path.parent):
        assert hanger("restore", tmp_path / "backup", data) == 1
    assert "the relay is running" in capsys.readouterr().err
    assert not list(data.path.parent.glob("*-before-restore-*"))


async def test_what_is_no_backup_is_refused_and_nothing_is_touched(data, tmp_path, capsys):
    await data.core.close()
    before = data.path.read_bytes()
    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    assert hanger("restore", spoilt, data) == 1
    (spoilt / DATABASE).write_bytes(b"not a database" * 1000)
    assert hanger("restore", spoilt, data) == 1
    said = capsys.readouterr().err
    assert ("is not there" in said, "no sound copy" in said, said.count("\n")) == (True, True, 2)
    (spoilt / DATABASE).unlink()
    upgrade(spoilt / DATABASE)
    with pytest.raises(BackupRefused) as caught:
        backups.bring_back(data.path.parent, spoilt)
    assert caught.value.code == "backup.other_shop"
    assert data.path.read_bytes() == before
    await data.open_anew()
    assert not data.core.restored


async def test_a_backup_of_a_newer_program_is_refused_and_the_shop_still_opens(
    data, tmp_path, capsys
):
    assert hanger("backup", tmp_path / "backup", data) == 0
    await data.core.close()
    with closing(sqlite3.connect(tmp_path / "backup" / DATABASE)) as newer, newer:
        newer.execute("update alembic_version set version_num = '9999'")
    assert hanger("restore", tmp_path / "backup", data) == 1
    assert "newer version of the program" in capsys.readouterr().err
    await data.open_anew()
    assert not data.core.restored


async def test_a_shop_of_a_newer_program_may_go_back_to_an_older_backup(data, tmp_path):
    assert hanger("backup", tmp_path / "backup", data) == 0
    await data.core.close()
    with closing(sqlite3.connect(data.path)) as newer, newer:
        newer.execute("update alembic_version set version_num = '9999'")
    assert hanger("restore", tmp_path / "backup", data) == 0
    await data.open_anew()
    assert data.core.restored


async def test_a_backup_needs_a_folder_of_its_own(data, tmp_path, capsys):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "a").touch()
    assert hanger("backup", taken, data) == 1
    assert "not an empty folder" in capsys.readouterr().err
    assert [file.name for file in taken.iterdir()] == ["a"]
    assert main(["backup", str(tmp_path / "b"), "--data", str(tmp_path / "nothing")]) == 1
    assert "there is no shop" in capsys.readouterr().err
