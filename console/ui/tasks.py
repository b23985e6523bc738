"""Coroutines that belong to a widget: started from slots, ended with the widget.

One of the two modules that know the loop under the screens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from console import log

_log = log.get_logger("ui.tasks")


class Tasks(QObject):
    """What runs for one owner; everything is cancelled when the owner is destroyed."""

    failed = Signal(str)
    """A coroutine raised; the value is the reason code to say (``error`` when unknown)."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        running: set[asyncio.Task[Any]] = set()
        self._running = running
        self.parameters: Mapping[str, Any] = {}
        """What fills the blanks of the sentence for the newest ``failed``."""
        self.field = ""
        """The field at fault in the newest ``failed``, or ""."""
        self.destroyed.connect(lambda: _cancel(running))

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start a coroutine; what it raises is logged and announced, never lost."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        _log.error("task_failed", exc_info=error)
        self.parameters = getattr(error, "parameters", {})
        self.field = getattr(error, "field", None) or ""
        self.failed.emit(str(getattr(error, "text_code", getattr(error, "code", "error"))))

    @property
    def idle(self) -> bool:
        """True when nothing runs."""
        return not self._running

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        running = list(self._running)
        _cancel(running)
        await asyncio.gather(*running, return_exceptions=True)


class Reload:
    """Reads what a widget shows, one reading at a time.

    Two readings side by side may end in either order, and the older would show last.  What is
    asked for while one runs makes one more, however often it was asked.
    """

    def __init__(self, tasks: Tasks, read: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks, self._read = tasks, read
        self._again = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Read, or once more after the reading that runs."""
        if self._task is None or self._task.done():
            self._task = self._tasks.spawn(self._run())
        else:
            self._again = True

    async def now(self) -> None:
        """As ``start``, and wait until it has ended; what it raised is announced by the tasks."""
        self.start()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            await self._read()


def _cancel(running: set[asyncio.Task[Any]] | list[asyncio.Task[Any]]) -> None:
    for task in list(running):
        if not task.get_loop().is_closed():
            task.cancel()
