"""Remembered devices of this computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk.accounts import AccountsDesk
from console.sync.devices import Credential, CredentialStore
from console.sync.http import Offline


def credential(staff_id: int, relay: str = "bundled", token: str = "t") -> Credential:
    return Credential(relay=relay, staff_id=staff_id, name="小李", role="owner", token=token)


def test_newest_device_of_a_person_replaces_the_older_one(tmp_path: Path) -> None:
    store = CredentialStore(tmp_path / "home")
    store.remember(credential(1, token="old"))
    store.remember(credential(2))
    store.remember(credential(1, relay="https://shop.example"))
    store.remember(credential(1, token="new"))
    assert [(c.staff_id, c.token) for c in store.all("bundled")] == [(1, "new"), (2, "t")]
    store.forget("bundled", 1)
    assert store.find("bundled", 1) is None
    assert store.find("https://shop.example", 1) is not None


def test_file_is_closed_to_others_and_a_broken_one_starts_over(tmp_path: Path) -> None:
    store = CredentialStore(tmp_path)
    store.remember(credential(1))
    file = tmp_path / "devices.json"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("{half")
    assert store.all("bundled") == []
    store.remember(credential(2))
    assert [c.staff_id for c in store.all("bundled")] == [2]


def test_token_does_not_show_in_a_log() -> None:
    assert "hush" not in repr(credential(1, token="hush"))


async def test_without_a_relay_sign_in_says_offline(tmp_path: Path) -> None:
    accounts = AccountsDesk(tmp_path, "http://127.0.0.1:9")
    with pytest.raises(Offline):
        await accounts.login(1, "2468")
    assert [reach.answers for reach in await accounts.reach()] == [False]
    await accounts.close()
