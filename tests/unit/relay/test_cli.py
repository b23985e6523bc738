"""A relay that cannot start says why in one sentence, and touches nothing."""

from __future__ import annotations

import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console import paths
from console.relay import cli
from console.relay.lock import FolderLock
from console.relay.process import ExitCode
from console.relay.texts import load_texts
from console.store.migrate import upgrade


def start(folder: Path, capsys: pytest.CaptureFixture[str], port: int = 0) -> tuple[int, str]:
    """Exit code of ``hanger relay`` and what it complained of."""
    code = cli.main(["--data", str(folder), "--host", "127.0.0.1", "--port", str(port)])
    return code, capsys.readouterr().err


def test_data_of_a_newer_program_is_left_alone(tmp_path, capsys):
    database = tmp_path / "relay.sqlite3"
    upgrade(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = database.read_bytes()
    code, said = start(tmp_path, capsys)
    assert code == ExitCode.TOO_NEW
    assert "newer version" in said
    assert said.count("\n") == 1
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_named(tmp_path, capsys):
    (tmp_path / "relay.sqlite3").write_bytes(b"not a database" * 1000)
    code, said = start(tmp_path, capsys)
    assert code == 1
    assert "relay.sqlite3 cannot be used: file is not a database" in said
    assert said.count("\n") == 1


def test_a_taken_port_is_said(tmp_path, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = start(tmp_path, capsys, taken.getsockname()[1])
    assert code == ExitCode.PORT_TAKEN
    assert "address already in use" in said.lower() or "10048" in said
    assert said.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path, capsys):
    (tmp_path / "relay").mkdir()
    (tmp_path / "relay" / "logs").write_text("a file where a folder should be")
    code, said = start(tmp_path / "relay", capsys)
    assert code == 1
    assert said.startswith("hanger: the relay cannot write its data")
    assert said.count("\n") == 1


def test_sums_are_counted_anew_while_no_relay_runs(tmp_path, capsys):
    assert cli.main(["recount", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"hanger: there is no shop in {tmp_path}.\n"
    upgrade(tmp_path / "relay.sqlite3")
    with closing(sqlite3.connect(tmp_path / "relay.sqlite3")) as connection, connection:
        connection.execute("insert into shop (id, rev, name) values (1, 1, '时光衣橱')")
        connection.execute(
            "insert into readership (id, rev, shop_id, span, readers)"
            " values (1, 1, 1, '2026-11', 7)"
        )
    for wrong in (1, 0):
        assert cli.main(["recount", "--data", str(tmp_path)]) == 0
        assert capsys.readouterr().out == f"Sums that were wrong and are right now: {wrong}.\n"
    with FolderLock(tmp_path):
        assert cli.main(["recount", "--data", str(tmp_path)]) == 1
    assert "stop it first" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_a_number_that_no_port_has_is_refused(tmp_path, capsys, port):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--data", str(tmp_path), f"--port={port}"])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", "[]", "{}", None])
def test_a_text_that_is_missing_or_broken_is_named(tmp_path, content):
    folder = tmp_path / "text"
    shutil.copytree(paths.resources() / "text", folder)
    file = folder / "privacy.zh.json"
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    with pytest.raises(OSError, match=r"privacy\.zh\.json"):
        load_texts(folder)
