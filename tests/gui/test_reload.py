"""What a widget reads again and again shows the newest answer last."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from PySide6.QtCore import QObject

from console.ui.tasks import Reload, Tasks


class Slow:
    """Answers when it is let, each time with the number of its question."""

    def __init__(self, owner: QObject) -> None:
        self.tasks = Tasks(owner)
        self.fresh = Reload(self.tasks, self.read)
        self.asked = 0
        self.shown: list[int] = []
        self._gates: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def read(self) -> None:
        self.asked += 1
        mine = self.asked
        await self._gates[mine].wait()
        if mine == 3:
            raise OSError("the disk")
        self.shown.append(mine)

    def let(self, number: int) -> None:
        """Answer the question of this number, now or when it comes."""
        self._gates[number].set()


async def test_many_wishes_during_one_reading_make_one_more_and_it_shows_last(
    qapp: object,
) -> None:
    owner = QObject()
    slow = Slow(owner)
    slow.fresh.start()
    await asyncio.sleep(0)
    for _ in range(5):
        slow.fresh.start()
    waiting = asyncio.ensure_future(slow.fresh.now())
    slow.let(1)
    for _ in range(3):
        await asyncio.sleep(0)
    assert not waiting.done()
    slow.let(2)
    await waiting
    assert slow.shown == [1, 2]
    assert slow.tasks.idle


async def test_a_reading_that_failed_is_announced_once_and_the_next_one_reads(
    qapp: object,
) -> None:
    owner = QObject()
    slow = Slow(owner)
    said: list[str] = []
    slow.tasks.failed.connect(said.append)
    slow.asked = 2
    failing = asyncio.ensure_future(slow.fresh.now())
    slow.let(3)
    await failing
    await asyncio.sleep(0)
    assert said == ["error"]
    again = asyncio.ensure_future(slow.fresh.now())
    slow.let(4)
    await again
    assert slow.shown == [4]
