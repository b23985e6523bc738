"""Relays for tests, forked from a process that has imported everything once.

Importing the relay takes a second of processor time, most of what a small test costs.  A
forked relay is a process of its own like any other: it has its own folder, port and session,
outlives whoever asked for it, and is stopped or killed by its number.  It does not wait for
the disk, which nobody switches off here.  What a start from nothing does is shown by tests that
use ``started_whole`` (``tests/conftest.py``), what a power cut leaves by ``soak.powercuts``.

    python -m tests.helpers.nursery

reads one ``Birth`` per line and answers with the number of the process; later, by itself,
with the number and the exit code of one that has ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
AVAILABLE = hasattr(os, "fork")
_POLL_S = 0.01


class Birth(msgspec.Struct):
    """What a new process is told: arguments of ``hanger``, surroundings, where its words go."""

    arguments: list[str]
    environment: dict[str, str]
    output: str = os.devnull


class Child:
    """A process made by the nursery, used like a ``subprocess.Popen``.

    Attributes:
        pid: its number.
        returncode: how it ended; ``None`` while it runs.
    """

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        if self.returncode is None:
            self.returncode = self._nursery.exit_code(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Until it has ended.  Raises ``subprocess.TimeoutExpired``."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("relay", timeout)
            time.sleep(_POLL_S)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Nursery:
    """The process that forks, begun when the first relay is wanted."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended: dict[int, int] = {}
        self._heard = b""

    def start(self, arguments: Sequence[str], environment: dict[str, str], **more: str) -> Child:
        """``hanger`` with these arguments, as a process and session of its own."""
        order = msgspec.json.encode(Birth(list(arguments), environment, **more)) + b"\n"
        with self._lock:
            process = self._begun()
            assert process.stdin is not None
            process.stdin.write(order)
            process.stdin.flush()
            while (pid := self._listen(None)) is None:
                pass
        return Child(self, pid)

    def exit_code(self, pid: int) -> int | None:
        """Of a process that has ended; ``None`` while it runs."""
        with self._lock:
            self._listen(0.0)
            return self._ended.get(pid)

    def close(self) -> None:
        """No more processes; those that run are left alone."""
        if self._process is not None:
            self._process.communicate()

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.nursery"], cwd=ROOT,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        return self._process

    def _listen(self, patience_s: float | None) -> int | None:
        """Take in what was said; the number of a new process, if that was among it."""
        assert self._process is not None
        assert self._process.stdout is not None
        born = None
        handle = self._process.stdout.fileno()
        while select.select([handle], [], [], patience_s)[0]:
            said = os.read(handle, 4_096)
            assert said, "the nursery has ended"
            *lines, self._heard = (self._heard + said).split(b"\n")
            for pid, *code in (map(int, line.split()) for line in lines):
                if code:
                    self._ended[pid] = code[0]
                else:
                    born = pid
            patience_s = 0.0
        return born


nursery = Nursery()


def start_detached(arguments: Sequence[str]) -> Child:
    """As ``console.program.start_detached`` does it for a relay."""
    from console.program import environment  # noqa: PLC0415 - not before tests begin

    return nursery.start(arguments[arguments.index("relay") :], environment())


# --- the nursery's own process ----------------------------------------------------------------


def _serve() -> None:
    """Fork one process for each line until there are no more lines."""
    signal.signal(signal.SIGCHLD, _reap)
    for line in sys.stdin.buffer:
        birth = msgspec.json.decode(line, type=Birth)
        _furnish(birth.arguments)
        pid = os.fork()
        if not pid:
            _live(birth)
        os.write(1, b"%d\n" % pid)


def _reap(*_: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            os.write(1, b"%d %d\n" % (found[0], os.waitstatus_to_exitcode(found[1])))


def _live(birth: Birth) -> None:
    """What a fresh interpreter would do with these arguments; ends the process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    silence, output = os.open(os.devnull, os.O_RDONLY), os.open(
        birth.output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644
    )  # fmt: skip
    for given, wanted in ((silence, 0), (output, 1), (output, 2)):
        os.dup2(given, wanted)
    os.close(silence)
    os.close(output)
    os.environ.clear()
    os.environ.update(birth.environment)
    random.seed()
    gc.enable()
    from console.__main__ import main  # noqa: PLC0415

    sys.exit(main(birth.arguments))


def _furnish(arguments: Sequence[str]) -> None:
    """An empty database for a relay that has none: migrating is half of its first start."""
    from console.relay.backups import DATABASE  # noqa: PLC0415
    from tests.helpers.fresh import fresh_database  # noqa: PLC0415

    folder = Path(arguments[arguments.index("--data") + 1])
    with contextlib.suppress(OSError):  # what is wrong there is the relay's to say
        fresh_database(folder / DATABASE)


def _learn() -> None:
    """Everything a relay imports, and what it makes once for each kind of statement."""
    from console.relay import cli, core  # noqa: F401, PLC0415
    from console.store.engine import writer_engine  # noqa: PLC0415
    from tests.helpers import compiled  # noqa: PLC0415
    from tests.helpers.fresh import fresh_database  # noqa: PLC0415

    async def live_once(folder: Path) -> None:
        relay = await core.RelayCore.open(fresh_database(folder / "relay.sqlite3"))
        await relay.close()

    compiled.share()
    core.writer_engine = lambda path, **_: writer_engine(path, synchronous="OFF")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live_once(Path(folder)))
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    gc.disable()
    _learn()
    _serve()
