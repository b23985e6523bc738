"""What a widget reads again and again shows the newest answer last."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from console.ui.tasks import Reload, Tasks


class Slow:
    """Answers when it is let, each time with the number of its question."""

    def __init__(self, owner: QObject) -> None:
        self.tasks = Tasks(owner)
        self.fresh = Reload(self.tasks, self.read)
        self.asked = 0
        self.shown: list[int] = []
        self.gates: list[asyncio.Event] = []

    async def read(self) -> None:
        self.asked += 1
        mine, gate = self.asked, asyncio.Event()
        self.gates.append(gate)
        await gate.wait()
        if mine == 3:
            raise OSError("the disk")
        self.shown.append(mine)

    async def let(self, number: int) -> None:
        """Wait for the question of this number, then answer it."""
        while len(self.gates) < number:
            await asyncio.sleep(0)
        self.gates[number - 1].set()


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
    await slow.let(1)
    await asyncio.sleep(0)
    assert not waiting.done()
    await slow.let(2)
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
    slow.gates = [asyncio.Event(), asyncio.Event()]
    failing = asyncio.ensure_future(slow.fresh.now())
    await slow.let(3)
    await failing
    await asyncio.sleep(0)
    assert said == ["error"]
    again = asyncio.ensure_future(slow.fresh.now())
    await slow.let(4)
    await again
    assert slow.shown == [4]
