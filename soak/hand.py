"""A clerk's hand at a real window: clicks, keys, wheel and an input method, by a seed.

Every event goes through Qt as the clerk's own would.  What she does and how often is in
``_HABITS``; she is never faster than a person unless ``haste`` says so.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.ui.row_view import RowView
from console.views.inbox.screen import InboxScreen

WORDS = (
    "有货的",
    "给您留到周日",
    "M 码偏大",
    "明天到店",
    "好的",
    "这件显瘦",
    "欢迎来试穿",
    "谢谢您",
)
SEARCHES = ("王", "li", "7781", "风衣", "zyt", "预留")
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_PATIENCE = 200
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Works in one inbox.

    Attributes:
        done: how often each thing was done.
        sent: every text sent, in order.
        begun: conversation → the words left standing in its reply box.
    """

    def __init__(self, inbox: InboxScreen) -> None:
        self._inbox, self._rng, self._haste = inbox, random.Random(), 1.0
        self.done: Counter[str] = Counter()
        self.sent: list[str] = []
        self.begun: dict[int, str] = {}

    def begin_day(self, rng: random.Random, haste: float) -> None:
        """Choose by ``rng`` from now on, ``haste`` times as fast as a person."""
        self._rng, self._haste = rng, haste

    async def work(self, moves: int) -> None:
        """So many things a clerk does, one after the other."""
        habits: dict[Callable[[], Awaitable[None]], int] = {
            self.switch: 8, self.step: 4, self.reply: 6, self.begin: 4, self.search: 3,
            self.wheel: 4, self.filter: 1, self.put_off: 1, self.hand_over: 1,
        }  # fmt: skip
        for _ in range(moves):
            (move,) = self._rng.choices(list(habits), list(habits.values()))
            self.done[move.__name__] += 1
            await move()
            await self.pause(0.3)

    async def pause(self, seconds: float) -> None:
        """Wait as long as a person would, divided by the haste."""
        await asyncio.sleep(seconds * self._rng.uniform(0.5, 1.5) / self._haste)

    # --- what a clerk does ----------------------------------------------------------------

    async def switch(self) -> None:
        """Click on a conversation that is on screen."""
        rows = self._inbox.conversations.list.visible_rows()
        if rows:
            view, row = self._inbox.conversations.list, self._rng.choice(rows)
            area = view.visualRect(view.model().index(row, 0))
            if view.viewport().rect().contains(area.center()):
                self.click(view.viewport(), area.center())

    async def step(self) -> None:
        """The next or the one before, by keys."""
        key = self._rng.choice((Qt.Key.Key_Down, Qt.Key.Key_Up))
        QTest.keyClick(self._inbox.window(), key, CONTROL)

    async def reply(self) -> None:
        """Write and send."""
        words = await self._write()
        if words:
            here = self._here
            QTest.keyClick(self._inbox.reply.text, Qt.Key.Key_Return)
            self.sent.append(words)
            self.begun.pop(here, None)

    async def begin(self) -> None:
        """Write and leave it standing."""
        words = await self._write()
        if words:
            self.begun[self._here] = words

    async def search(self) -> None:
        """Look for something, open what is found sometimes, empty the field."""
        field = self._inbox.conversations.search
        self.click(field, field.rect().center())
        for letter in self._rng.choice(SEARCHES):
            self.write(field, letter)
            await self.pause(0.12)
        await self.pause(0.6)
        if self._rng.random() < 0.5:
            await self.switch()
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Escape)

    async def wheel(self) -> None:
        """Turn the wheel over the list or over the talk."""
        views = (self._inbox.conversations.list, self._inbox.timeline.list)
        view = self._rng.choice(views)
        for _ in range(self._rng.randrange(3, 12)):
            turn(view, -120 if self._rng.random() < 0.7 else 120)
            await self.pause(0.03)

    async def filter(self) -> None:
        """Look at another part of the queue."""
        chips = [chip for chip in self._inbox.conversations.chips.values() if chip.isVisible()]
        chip = self._rng.choice(chips)
        self.click(chip, chip.rect().center())

    async def put_off(self) -> None:
        """Put the open conversation off until the first time offered."""
        await self._choose(self._inbox.header.later, "snooze_menu")

    async def hand_over(self) -> None:
        """Hand the open conversation to the first colleague."""
        await self._choose(self._inbox.header.over, "colleague_menu")

    # --- how she does it ------------------------------------------------------------------

    @property
    def _here(self) -> int:
        return self._inbox.timeline.model.conversation_id

    async def _write(self) -> str:
        """Type into the open conversation; "" when none can be written to."""
        box = self._inbox.reply.text
        if not self._here or not box.isVisible() or not box.isEnabled():
            return ""
        self.click(box.viewport(), QPoint(20, 12))
        for _ in range(self._rng.randrange(2, 5)):
            self.write(box, self._rng.choice(WORDS))
            for letter in str(self._rng.randrange(100)):
                self.write(box, letter)
                await self.pause(0.08)
        return box.toPlainText()

    async def _choose(self, opener: QWidget, name: str) -> None:
        """Click on a button and take the first line of its menu."""
        if not self._here or not opener.isVisible():
            return
        self.click(opener, opener.rect().center())
        for _ in range(_PATIENCE):
            menu = self._inbox.findChild(QMenu, name)
            if menu is not None and menu.isVisible():
                QTest.keyClick(menu, Qt.Key.Key_Down)
                QTest.keyClick(menu, Qt.Key.Key_Return)
                return
            await asyncio.sleep(0.01)

    def click(self, widget: QWidget, at: QPoint) -> None:
        """The left button."""
        QTest.mouseClick(widget, LEFT, PLAIN, at)

    def write(self, widget: QWidget, words: str) -> None:
        """Letters come from keys, other signs from an input method."""
        if words.isascii():
            QTest.keyClicks(widget, words)
        else:
            event = QInputMethodEvent()
            event.setCommitString(words)
            QApplication.sendEvent(widget, event)


def turn(view: RowView, degrees: int) -> None:
    """Turn the wheel by eighths of a degree over the middle of a list."""
    at = QPointF(view.viewport().rect().center())
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(at, view.viewport().mapToGlobal(at), QPoint(), QPoint(0, degrees),
                    Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False),
    )  # fmt: skip
