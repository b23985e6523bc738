"""The sample shop as running processes: its relay and its members, begun and ended together."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from console.demo.crowd import Crowd, Soul
from console.demo.seed import Seeded, seed
from console.program import command_line, environment
from console.relay import process
from console.relay.backups import DATABASE
from console.relay.lock import FolderLock

_END_S = 10.0
_LOCK_NAME = "sample.lock"


@dataclass(frozen=True, slots=True)
class Sample:
    """A running sample shop.

    Attributes:
        relay_folder: the relay's data folder.
        home: the console's folder (replicas, outboxes, remembered devices).
        relay: where the relay listens.
        seeded: the live members.
    """

    relay_folder: Path
    home: Path
    relay: process.RelayInfo
    seeded: Seeded


@contextlib.contextmanager
def running(
    folder: Path, *, now: datetime | None = None, members: bool = True, host: str = "127.0.0.1",
    pace: float = 1.0,
) -> Iterator[Sample]:  # fmt: skip
    """Make the sample shop anew below ``folder`` and run it until left.

    Photos already processed are kept, and the relay of one that was killed is stopped.
    Raises ``FolderTaken`` while another sample shop lives there, and
    ``process.RelayFailed`` when the relay does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (
        FolderLock(folder, _LOCK_NAME),
        _living(folder, now or datetime.now(UTC), host, pace if members else 0) as sample,
    ):
        yield sample


@contextlib.contextmanager
def _living(folder: Path, now: datetime, host: str, pace: float) -> Iterator[Sample]:
    """``pace`` 0: nobody writes by herself."""
    relay_folder, home = folder / "relay", home_of(folder)
    process.stop(relay_folder)
    _clear(relay_folder, home)
    seeded = seed(relay_folder / DATABASE, relay_folder / "media", now)
    relay = process.start_background(relay_folder, port=0, host=host, parent_pid=os.getpid())
    try:
        with _crowd(relay.url, seeded, pace) if pace else contextlib.nullcontext():
            yield Sample(relay_folder, home, relay, seeded)
    finally:
        process.stop(relay_folder)


def home_of(folder: Path) -> Path:
    """The console's folder of the sample shop below ``folder``."""
    return folder / "console"


def _clear(relay_folder: Path, home: Path) -> None:
    """Forget the last run, but not the processed photos."""
    relay_folder.mkdir(parents=True, exist_ok=True)
    for old in relay_folder.iterdir():
        if old.name == "media":
            continue
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.unlink(missing_ok=True)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)


@contextlib.contextmanager
def _crowd(base: str, seeded: Seeded, pace: float) -> Iterator[None]:
    souls = [Soul(m.member_id, m.conversation_id, m.token, m.gender) for m in seeded.live]
    child = subprocess.Popen(
        command_line("demo", "members"), stdin=subprocess.PIPE, env=environment()
    )
    assert child.stdin is not None
    try:
        child.stdin.write(msgspec.json.encode(Crowd(base, souls, pace)) + b"\n")
        child.stdin.flush()
        yield
    finally:
        with contextlib.suppress(OSError):
            child.stdin.close()
        try:
            child.wait(_END_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
