"""Memory and processor time of this process and of those it started, as Linux counts them."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

_EVERY_S = 0.005
_RESET_PEAK = "5"
_TICKS_PER_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def available() -> bool:
    """Whether this system tells."""
    return sys.platform.startswith("linux")


@dataclass(slots=True)
class _Child:
    peak: int = 0
    before_s: float = 0.0
    used_s: float = 0.0


@dataclass(slots=True)
class Meter:
    """Watches what happens between ``begin`` and ``end``.

    A peak is the kernel's own mark, so that nothing between two looks is missed but the last
    milliseconds of a child that is killed.

    Attributes:
        child_peak: largest resident memory of any child, in bytes.
        child_s: most processor seconds of any child.
        own_growth: what this process had more at its peak than when it began, in bytes.
    """

    child_peak: int = 0
    child_s: float = 0.0
    own_growth: int = 0
    _before: int = 0
    _children: dict[str, _Child] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start again from nothing."""
        self._children = {}
        for pid in _children():
            _forget_peak(pid)
            self._children[pid] = _Child(before_s=_processor_s(pid))
        _forget_peak("self")
        self._before = _status("self", "VmRSS")
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, name="meter")
        self._thread.start()

    def end(self) -> None:
        """The figures stand."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._look()
        self.child_peak = max((each.peak for each in self._children.values()), default=0)
        used = (each.used_s - each.before_s for each in self._children.values())
        self.child_s = max(0.0, *used, 0.0)
        self.own_growth = max(0, _status("self", "VmHWM") - self._before)

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY_S):
            self._look()

    def _look(self) -> None:
        for pid in _children():
            if _command(pid) == _command("self"):
                continue  # begun, but still with this process's own memory
            child = self._children.setdefault(pid, _Child())
            child.peak = max(child.peak, _status(pid, "VmHWM"))
            child.used_s = max(child.used_s, _processor_s(pid))


def _children() -> list[str]:
    """Process ids of the children of every thread of this process."""
    found: list[str] = []
    for thread in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found += (thread / "children").read_text().split()
    return found


def _command(pid: str) -> bytes:
    """What a process runs; empty when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _forget_peak(pid: str) -> None:
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text(_RESET_PEAK)


def _status(pid: str, name: str) -> int:
    """A line of a process's status in bytes; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0


def _processor_s(pid: str) -> float:
    """Processor seconds of a process so far; 0 when it is gone."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S
    return 0.0
