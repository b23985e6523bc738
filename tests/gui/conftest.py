"""Screens on their own loop, with the program's palette and language put back after each test."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from console.ui.appearance import Appearance
from tests.gui.memory_desk import MemoryDesk, sample
from tests.gui.screens import FakeAccounts, Screens

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

    async def wait(condition: Callable[[], object], patience_s: float = 5.0) -> None:
        deadline = time.monotonic() + patience_s
        while not condition():
            assert time.monotonic() < deadline, "the condition did not come about"
            await asyncio.sleep(0.005)

    return wait
