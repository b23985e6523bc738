"""What Qt says, from any of its threads, while those who listen come and go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QtMsgType, qWarning

from console.ui import qt_log

_THREADS_SPEAK_WHILE_LISTENERS_CHANGE = """
import threading
from PySide6.QtCore import qWarning
from console.ui.qt_log import exchange

class Listener:
    def hear(self, kind, context, said):
        heard.add(said)

heard, over = set(), threading.Event()

def speak():
    while not over.is_set():
        qWarning("from a thread")

threads = [threading.Thread(target=speak) for _ in range(4)]
for thread in threads:
    thread.start()
for _ in range(400):
    previous = exchange(Listener().hear)
    over.wait(0.001)
    exchange(previous)
over.set()
for thread in threads:
    thread.join()
print(*heard)
"""


@pytest.fixture
def heard() -> Iterator[list[tuple[Any, ...]]]:
    said: list[tuple[Any, ...]] = []
    previous = qt_log.exchange(lambda *what: said.append(what))
    yield said
    qt_log.exchange(previous)


def test_who_listens_hears_what_is_said_and_the_one_before_comes_back(
    heard: list[tuple[Any, ...]],
) -> None:
    qWarning("first")
    later: list[str] = []
    before = qt_log.exchange(lambda _kind, _context, said: later.append(said))
    qWarning("second")
    qt_log.exchange(before)
    qWarning("third")
    assert [(kind, said) for kind, _context, said in heard] == [
        (QtMsgType.QtWarningMsg, "first"),
        (QtMsgType.QtWarningMsg, "third"),
    ]
    assert later == ["second"]


def test_with_nobody_listening_it_is_on_standard_error(
    heard: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    qt_log.exchange(None)
    qWarning("to whom it may concern")
    assert capsys.readouterr().err == "to whom it may concern\n"
    assert heard == []


def test_threads_that_speak_while_listeners_change_end_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _THREADS_SPEAK_WHILE_LISTENERS_CHANGE],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout == "from a thread\n"
