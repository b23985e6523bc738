"""A backup brought back under ``kill -9``: at whatever moment the relay dies, it begins again."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.world import populate
from console.domain.audiences import HOLDOUT_SETTING
from console.relay.backups import DATABASE
from console.relay.core import RelayCore
from console.relay.tokens import token_hash
from console.wire import commands

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0

DYING = """
import asyncio, os, signal, sys
from pathlib import Path
from console.relay import core
from console.relay.handlers import HANDLERS
from console.relay.internal import SettleRestore
from console.relay.suppression_file import SuppressionFile

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

moment = sys.argv[2]
if moment == "before its commit":
    settle = HANDLERS[SettleRestore]
    HANDLERS[SettleRestore] = lambda tx, requests: (settle(tx, requests), die())
elif moment == "after its commit":
    SuppressionFile.committed = die
elif moment == "before the note is safe":
    SuppressionFile.flush = die

asyncio.run(core.RelayCore.open(Path(sys.argv[1])))
"""


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


async def planned_and_refused(path: Path, backup: Path) -> None:
    """A campaign is planned for two members, all is copied; then one of them opts out."""
    world = populate(path, 2)
    core = await RelayCore.open(path)
    owner = await core.actor_of_token(token_hash(world.owner_token))
    assert owner is not None
    members = [await core.actor_of_token(token_hash(phone.token)) for phone in world.phones]
    for member in members:
        assert member is not None
        await core.call(member, commands.SetConsent(purpose="marketing", granted=True))
    await core.call(owner, commands.SetSetting(key=HOLDOUT_SETTING, value=0))
    variant = commands.VariantDraft(name="a", body="新款到店")
    for command in (
        commands.SaveCampaign(client_id="c", variants=[variant]),
        commands.FreezeCampaign(client_id="c"),
        commands.ScheduleCampaign(client_id="c"),
    ):
        await core.call(owner, command)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)
    assert member is not None
    await core.call(member, commands.SetConsent(purpose="marketing", granted=False))
    await core.close()


@pytest.mark.parametrize(
    "moment",
    ["before its commit", "after its commit", "before the note is safe"],
)
async def test_a_relay_killed_while_it_settles_a_restore_settles_it_at_the_next_start(
    tmp_path: Path, moment: str
) -> None:
    path, backup = tmp_path / DATABASE, tmp_path / "backup.sqlite3"
    await planned_and_refused(path, backup)
    assert rows(path, "select count(*) from member where not marketing") == [(1,)]
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(backup, path)
    assert rows(path, "select count(*) from member where not marketing") == [(0,)]

    died = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DYING, str(path), moment], cwd=ROOT, check=False,
        timeout=PATIENCE_S,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    core = await RelayCore.open(path)
    await core.close()

    assert rows(path, "select state, next_at from campaign") == [("late", None)]
    assert rows(path, "select count(*) from member where not marketing") == [(1,)]
    assert rows(path, "select count(distinct mark) = count(*) from suppression") == [(1,)]
    core = await RelayCore.open(path)
    assert not core.restored
    await core.close()
