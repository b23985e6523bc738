"""What holds for every test: no screen, no user's folders, nothing left running."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import shutil
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6 import QtCore
from structlog.dev import ConsoleRenderer, plain_traceback

from console import paths, program
from console.relay import process
from console.ui import qt_log
from console.ui.collector import collect_due
from tests.helpers import compiled, nursery

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long something that was told to stop may take until it counts as left behind.
GRACE_SECONDS = 5.0
OTHERS_PATIENCE_S = 100.0

_LONGEST_FIRST = ("e2e", "crash", "web", "property", "gui", "unit")
"""So that at the end no worker is left with a long file while the others have nothing to do."""
_GUI_TESTS = Path(__file__).parent / "gui"

# Examples take as long as a busy machine makes them take; only their number is bounded.
_PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "default", max_examples=50, deadline=None, derandomize=False, suppress_health_check=_PATIENT
)
settings.register_profile("ci", settings.get_profile("default"), max_examples=60, print_blob=True)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)

_home = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Point the program's folders away from the user's, and Qt's words to one listener."""
    config.stash[_home] = tempfile.mkdtemp(prefix="hanger-test-")
    # pytest-qt listens anew in every test, while threads of Qt's may still be speaking.
    QtCore.qInstallMessageHandler = qt_log.exchange  # type: ignore[assignment]
    os.environ[paths.HOME_VARIABLE] = config.stash[_home]
    compiled.share()
    # Drawing frames with all their variables takes seconds, in a test that expects the error.
    ConsoleRenderer.get_active().exception_formatter = plain_traceback
    if nursery.AVAILABLE:
        process.start_detached = nursery.start_detached  # type: ignore[assignment]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what tests wrote into the folders lent to them."""
    nursery.nursery.close()
    shutil.rmtree(config.stash.get(_home, ""), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Folder by folder: what tests of one share is made once for each worker."""
    here = Path(__file__).parent
    items.sort(key=lambda item: _LONGEST_FIRST.index(item.path.relative_to(here).parts[0]))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Widgets in reference cycles die in the main thread, in tests as in the program.

    Collected in whichever thread allocates, a timer would stay behind in Qt's list and
    end the process some tests later.
    """
    if item.path.is_relative_to(_GUI_TESTS) or "qapp" in getattr(item, "fixturenames", ()):
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """What a test with widgets left in cycles is destroyed before the next one."""
    if not gc.isenabled():
        collect_due()


@pytest.fixture
def shop_paths(tmp_path: Path) -> paths.Paths:
    """Fresh folders of one shop."""
    return paths.under(tmp_path / "shop").create()


@pytest.fixture(scope="session")
def sample_media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos and recordings of the sample shop, processed once for all workers; to be copied."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample-media"
    try:
        place.with_name("sample-media-begun").mkdir()
    except FileExistsError:
        _wait_for(place)
        return place
    from console.demo.seed import seed  # noqa: PLC0415 - half a second that few tests need

    scratch = tmp_path_factory.mktemp("sample-media")
    seed(scratch / "relay.sqlite3", scratch / "media", datetime.now(UTC))
    (scratch / "media").rename(place)
    return place


def _wait_for(place: Path) -> None:
    """Until another worker has finished it."""
    deadline = time.monotonic() + OTHERS_PATIENCE_S
    while not place.exists():
        assert time.monotonic() < deadline, f"the worker that makes {place} has ended"
        time.sleep(0.05)


@pytest.fixture
def started_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Relays start from nothing, as they do in a shop, and not out of the nursery."""
    monkeypatch.setattr(process, "start_detached", program.start_detached)


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread behind or, if it is a coroutine, a task."""
    before = set(threading.enumerate())
    if inspect.iscoroutinefunction(inspect.unwrap(getattr(request, "function", None) or len)):
        request.getfixturevalue("no_task_left")
    yield
    allowed = request.node.get_closest_marker("leaks") is not None
    if not allowed and (left := _threads_left(before)):
        pytest.fail(f"threads left behind: {left}", pytrace=False)


def _threads_left(before: set[threading.Thread]) -> list[str]:
    """Names of the threads started since that do not end in time."""
    deadline = time.monotonic() + GRACE_SECONDS
    while left := [thread for thread in threading.enumerate() if _counts(thread, before)]:
        if time.monotonic() > deadline:
            return [thread.name for thread in left]
        gc.collect()
        left[0].join(timeout=0.1)
    return []


def _counts(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    """Whether the program started this thread and should have ended it.

    Qt's threads and the time limit's are not its own; a loop's default executor
    is joined when pytest-asyncio closes the loop, which is later.
    """
    foreign = isinstance(thread, threading._DummyThread)
    return not (
        thread in before or foreign or thread.name.startswith(("pytest_timeout", "asyncio_"))
    )


@pytest.fixture
async def no_task_left() -> AsyncIterator[None]:
    """Set up before a coroutine test's own fixtures and checked after they are gone."""
    yield
    deadline = time.monotonic() + GRACE_SECONDS
    this = asyncio.current_task()
    while left := [task for task in asyncio.all_tasks() if task is not this]:
        if time.monotonic() > deadline:
            names = [f"{task.get_name()} {task.get_coro()}" for task in left]
            pytest.fail(f"tasks left behind: {names}", pytrace=False)
        await asyncio.sleep(0.01)
