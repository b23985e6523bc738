"""Screens on their own loop, with the program's palette and language put back after each test."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

import console
from console.ui.appearance import Appearance
from console.views.shell import Shell
from console.views.window import Window
from tests.gui.memory_desk import MemoryDesk, sample
from tests.gui.screens import FakeAccounts, Screens

WINDOWS = (QDialog, QMenu, Shell, Window)
"""What may stand alone; everything else has its place in one."""
PROGRAM = str(Path(console.__file__).parent)
PATIENCE_S = 60.0
"""Only a test that fails waits so long; a busy machine needs some of it."""
Until = Callable[[Callable[[], object]], object]


def _loop() -> asyncio.AbstractEventLoop:
    return qasync.QEventLoop(QApplication.instance() or QApplication([]))


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, object]:
    """Coroutine tests here run on the loop that the program uses."""
    return {"qt": _loop}


@pytest.fixture
def appearance(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    """Light and English, kept in a file of its own."""
    store = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    made = Appearance(qapp, store, "light", "en")
    yield made
    made.set_theme("light")
    made.set_language("en")
    made.deleteLater()


@pytest.fixture
def desk() -> MemoryDesk:
    """A morning in the shop."""
    return sample()


@pytest.fixture
def accounts() -> FakeAccounts:
    """Four people who may sign in."""
    return FakeAccounts()


@pytest.fixture
async def screens(appearance: Appearance) -> object:
    """Makes shells and closes them after the test."""
    made = Screens(appearance)
    yield made
    await made.close()


@pytest.fixture
def until() -> Until:
    """Await a condition while the loop runs."""

    async def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, "the condition did not come about"
            await asyncio.sleep(0.005)

    return wait


@pytest.fixture(autouse=True)
def _no_part_is_a_window(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which the program shows a control before it has its place.

    For a moment that would be a window of its own, and the keyboard goes there.
    """
    strays: list[str] = []

    def watched(original: Callable[..., None]) -> Callable[..., None]:
        def call(self: QWidget, *arguments: bool) -> None:
            caller = sys._getframe(1)
            shows = arguments != (False,) and self.parentWidget() is None
            if shows and not isinstance(self, WINDOWS) and PROGRAM in caller.f_code.co_filename:
                strays.append(f"{type(self).__name__} in {caller.f_code.co_qualname}")
            original(self, *arguments)

        return call

    for name in ("setVisible", "show"):
        monkeypatch.setattr(QWidget, name, watched(getattr(QWidget, name)))
    yield
    assert strays == []
