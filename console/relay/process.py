"""The relay as a process of its own: start it in the background, find it, stop it.

Used by the console, the sample shop and the command line.  Knows only the data folder: a
running relay keeps ``relay.json`` there, readable by its user alone.  Standard library and
psutil; blocking, so that it also serves before any event loop runs.
"""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import http.client
import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from console.program import command_line, start_detached
from console.relay.lock import is_taken

INFO_NAME = "relay.json"
START_PATIENCE_S = 30.0
STOP_PATIENCE_S = 20.0
_POLL_S = 0.05

_started: dict[int, subprocess.Popen[bytes]] = {}
"""Relays started from here, so that one which ended is not left as a zombie."""


class Trouble(enum.StrEnum):
    """Why there is no relay on this computer: keys of ``resources/text/reasons.*.json``."""

    FAILED = "relay.failed"
    SETTINGS = "relay.settings"
    TOO_NEW = "relay.too_new"
    BROKEN = "relay.broken"
    PORT_TAKEN = "relay.port_taken"
    SILENT = "relay.silent"


class ExitCode(enum.IntEnum):
    """How ``hanger relay`` ends.  3 is for ``status`` and ``stop``, as ``systemctl`` has it."""

    FAILED = 1
    SETTINGS = 2
    NOT_RUNNING = 3
    TOO_NEW = 4
    BROKEN = 5
    PORT_TAKEN = 6


_TROUBLES: dict[int, Trouble] = {
    ExitCode.SETTINGS: Trouble.SETTINGS,
    ExitCode.TOO_NEW: Trouble.TOO_NEW,
    ExitCode.BROKEN: Trouble.BROKEN,
    ExitCode.PORT_TAKEN: Trouble.PORT_TAKEN,
}


class RelayFailed(Exception):  # noqa: N818 - read as a sentence by callers
    """The relay did not start (or stop) in time, or ended at once.

    Attributes:
        exit_code: of the process, or ``None`` when it is still running.
        code: the key of its sentence for a person.
    """

    def __init__(self, sentence: str, exit_code: int | None = None) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
        ended = _TROUBLES.get(exit_code or 0, Trouble.FAILED)
        self.code = Trouble.SILENT if exit_code is None else ended


@dataclass(frozen=True, slots=True)
class RelayInfo:
    """A running relay.

    Attributes:
        pid: its process id.
        port: the port it listens on, without TLS.
        secret: proves to it that one may read its data folder.
        tls_port: where phones reach it by https; 0 when it has no certificate.  ``port`` is
            then open to this computer only.
    """

    pid: int
    port: int
    secret: str
    tls_port: int = 0

    @property
    def url(self) -> str:
        """Its address on this computer."""
        return f"http://127.0.0.1:{self.port}"


def write_info(folder: Path, info: RelayInfo) -> None:
    """Put ``relay.json`` there in one step, closed to other users."""
    text = json.dumps(dataclasses.asdict(info))
    partial = folder / f"{INFO_NAME}.new"
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    partial.replace(folder / INFO_NAME)


def read_info(folder: Path) -> RelayInfo | None:
    """What ``relay.json`` says, true or not; ``None`` when there is none."""
    try:
        found = json.loads((folder / INFO_NAME).read_text(encoding="utf-8"))
        return RelayInfo(
            int(found["pid"]), int(found["port"]), str(found["secret"]),
            int(found.get("tls_port", 0)),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove_info(folder: Path) -> None:
    """The relay of this folder no longer listens."""
    (folder / INFO_NAME).unlink(missing_ok=True)


def find_running(folder: Path) -> RelayInfo | None:
    """The relay that works on ``folder``, or ``None``; a file left by a crash is no relay."""
    _reap()
    info = read_info(folder)
    return info if info is not None and is_taken(folder) and _is_alive(info.pid) else None


def start_background(
    folder: Path,
    *,
    port: int | None = None,
    host: str | None = None,
    parent_pid: int | None = None,
    patience_s: float = START_PATIENCE_S,
) -> RelayInfo:
    """The relay of ``folder``, started when it does not run yet; returns when it answers.

    It outlives this process unless ``parent_pid`` names one to end with.  ``port`` 0 lets
    the system choose.  Raises ``RelayFailed``.
    """
    running = find_running(folder)
    if running is not None:
        return running
    options = [
        *(["--port", str(port)] if port is not None else []),
        *(["--host", host] if host is not None else []),
        *(["--parent-pid", str(parent_pid)] if parent_pid is not None else []),
    ]
    process = start_detached(command_line("relay", "--data", str(folder), *options))
    _started[process.pid] = process
    return _wait_until_it_answers(folder, process, patience_s)


def _wait_until_it_answers(
    folder: Path, process: subprocess.Popen[bytes], patience_s: float
) -> RelayInfo:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        info = read_info(folder)
        if info is not None and _is_alive(info.pid) and is_healthy(info):
            return info
        exit_code = process.poll()
        # 0: it found another relay at work there, which is about to answer.
        if exit_code not in {None, 0}:
            raise RelayFailed(f"The relay ended with code {exit_code}.", exit_code)
        time.sleep(_POLL_S)
    raise RelayFailed(f"The relay did not answer within {patience_s:g} s.")


def is_healthy(info: RelayInfo, timeout_s: float = 2.0) -> bool:
    """Whether the relay says of itself that it works."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        return _request(info, "GET", "/api/health", timeout_s) == 200
    return False


def _request(
    info: RelayInfo, method: str, path: str, timeout_s: float, body: bytes | None = None
) -> int:
    """Status of one request to the relay on this computer; raises ``OSError`` without one."""
    line = http.client.HTTPConnection("127.0.0.1", info.port, timeout=timeout_s)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        line.request(method, path, body=body, headers=headers)
        return line.getresponse().status
    finally:
        line.close()


def stop(folder: Path, patience_s: float = STOP_PATIENCE_S) -> bool:
    """End the relay of ``folder`` in good order; false when none was running.

    Asked over its port first, then by signal, and killed when it does not listen to either.
    Raises ``RelayFailed`` when a process remains all the same.
    """
    info = find_running(folder)
    if info is None:
        # One that is just ending has taken its address away but not yet let go.
        _wait_until_gone(folder, None, patience_s)
        return False
    body = json.dumps({"secret": info.secret}).encode()
    asked = False
    with contextlib.suppress(OSError, http.client.HTTPException):
        asked = _request(info, "POST", "/api/stop", 5.0, body) == 200
    if not asked:
        _end(info.pid, force=False)
    if not _wait_until_gone(folder, info.pid, patience_s):
        _end(info.pid, force=True)
        if not _wait_until_gone(folder, info.pid, 5.0):
            raise RelayFailed("The relay could not be stopped.")
        remove_info(folder)
    return True


def _end(pid: int, *, force: bool) -> None:
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if force:
            process.kill()
        else:
            process.terminate()


def _wait_until_gone(folder: Path, pid: int | None, patience_s: float) -> bool:
    """Until neither the process nor its lock is left."""
    deadline = time.monotonic() + patience_s
    while (pid is not None and _is_alive(pid)) or is_taken(folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True


def _is_alive(pid: int) -> bool:
    """Whether the process exists and has not ended; one we started is reaped on the way."""
    _reap()
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _reap() -> None:
    for pid, process in list(_started.items()):
        if process.poll() is not None:
            del _started[pid]
