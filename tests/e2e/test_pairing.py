"""A shop on a server: made and paired with from the command line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from console.desk.accounts import AccountsDesk
from console.program import command_line, environment
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import RelayProcess


def pair(folder: Path, *more: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """``hanger relay pair`` to its end."""
    return subprocess.run(
        command_line("relay", "pair", "--data", str(folder), *more), input=typed,
        env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


async def test_the_code_of_a_server_signs_its_owner_in_once(
    relay_process: RelayProcess, tmp_path: Path
) -> None:
    names = ("--shop", "时光衣橱", "--owner", "小李")
    made = pair(relay_process.folder, *names, typed="2468-1357\n")
    assert made.returncode == 0, made.stderr
    code = made.stdout.split()[2]
    here = AccountsDesk(tmp_path / "home", "http://127.0.0.1:1", "the secret of another relay")
    there = here.elsewhere(f" 127.0.0.1:{relay_process.info.port}/ ")
    try:
        credential = await there.pair(code)
        assert (credential.name, credential.role) == ("小李", "owner")
        assert credential.relay == relay_process.base
        assert [each.name for each in await there.staff_list()] == ["小李"]
        with pytest.raises(Refusal) as refused:
            await there.pair(code)
        assert refused.value.code == Code.PAIR_CODE
    finally:
        await there.close()
        await here.close()
    again = pair(relay_process.folder)
    assert again.returncode == 0
    assert again.stdout.split()[2] != code


def test_without_a_relay_pairing_says_how_to_start_one(tmp_path: Path) -> None:
    said = pair(tmp_path)
    assert said.returncode == 3
    assert "hanger relay" in said.stderr


def test_a_weak_password_makes_no_shop(relay_process: RelayProcess) -> None:
    said = pair(relay_process.folder, "--shop", "a", "--owner", "b", typed="123456\n")
    assert said.returncode == 1
    assert Code.PASSWORD_WEAK in said.stderr
