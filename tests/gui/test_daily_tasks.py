"""Eleven things done all day, by the mouse alone and by keys alone: what each takes is counted.

The counts are the ones that ``docs/tasks.md`` states.  With ``HANGER_TASKS`` set to that file
it is written anew, with the program's own time as measured on this computer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.desk.types import MemberPanel, MessageItem
from console.views.inbox.ask_reason import ReasonWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.memory_enquiries import question
from tests.gui.replying import drop, files, picture
from tests.gui.screens import Screens

DOCS = Path(__file__).parents[2] / "docs" / "tasks.md"
KEY_S, POINT_S, CLICK_S, THINK_S = 0.28, 1.1, 0.2, 1.35
"""Card, Moran and Newell's operator times: a key, pointing, a click, one decision."""
Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Operator:
    """Hands that count: clicks, keys (a chord is two), letters of the words themselves."""

    shell: Shell
    desk: MemoryDesk
    until: Any
    folder: Path
    clicks: int = 0
    keys: int = 0
    program_s: float = 0.0

    @property
    def inbox(self) -> Any:
        return self.shell.inbox

    @property
    def seconds(self) -> float:
        """A practised person's, one decision before each step; the words themselves left out."""
        human = self.clicks * (POINT_S + CLICK_S) + self.keys * KEY_S + THINK_S
        return human + self.program_s

    def click(self, widget: QWidget, at: QPoint | None = None, button: Any = LEFT) -> None:
        self.clicks += 1
        QTest.mouseClick(widget, button, NONE, at if at is not None else widget.rect().center())

    def key(self, widget: QWidget, key: Qt.Key, modifier: Any = NONE) -> None:
        self.keys += 1 if modifier == NONE else 2
        QTest.keyClick(widget, key, modifier)

    def letters(self, widget: QWidget, text: str) -> None:
        self.keys += len(text)
        QTest.keyClicks(widget, text)

    def words(self, text: str) -> None:
        """What is said takes as long whichever way it is sent: not counted."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.inbox.reply.text, event)

    async def wait(self, condition: Callable[[], object]) -> None:
        begun = time.monotonic()
        await self.until(condition)
        self.program_s += time.monotonic() - begun

    async def row(self, number: int) -> None:
        """Click on a conversation and wait for its talk."""
        view, model = self.inbox.conversations.list, self.inbox.conversations.model
        area = view.visualRect(model.index(model.row_of(number), 0))
        self.click(view.viewport(), area.center())
        await self.wait(lambda: self.inbox.timeline.model.conversation_id == number)

    async def menu(self, name: str) -> QMenu:
        found: list[QMenu] = []

        def look() -> bool:
            found[:] = [m for m in self.shell.findChildren(QMenu, name) if m.isVisible()]
            return bool(found)

        await self.wait(look)
        return found[0]

    def choose(self, menu: QMenu, name: str = "") -> None:
        """Click on a line of a menu, the first without a name."""
        lines = [line for line in menu.actions() if line.isEnabled() and not line.isSeparator()]
        line = next(each for each in lines if name in ("", each.objectName()))
        self.click(menu, menu.actionGeometry(line).center())


@pytest.fixture
async def hands(screens: Screens, desk: MemoryDesk, until: Any, tmp_path: Path) -> Operator:
    member = desk.items[2].member_id or 0
    desk.panels[member] = MemberPanel(member_id=member, name="陈思敏", points=2_000)
    desk.messages[2] = [
        MessageItem(key="said", id=1, seq=1, body="好的", at=ago(2), mine=True, recallable=True,
                    sender_kind="staff", sender_id=1, sender_name="李店长"),
    ]  # fmt: skip
    desk.arrive(1, "几点开门")
    desk.arrive(3, "风衣到了吗")
    shell = screens.shell(desk, QSize(1440, 900))
    await until(lambda: shell.inbox.conversations.model.rowCount() > 1)
    shell.inbox.open(2)
    await until(lambda: shell.inbox.tasks.idle)
    await until(shell.isActiveWindow)
    return Operator(shell, desk, until, tmp_path)


# --- the tasks: mouse first, keys second ----------------------------------------------------


async def answer_by_mouse(on: Operator) -> None:
    other = on.inbox.conversations.model.id_at(0)
    await on.row(other)
    on.click(on.inbox.reply.text.viewport(), QPoint(20, 12))
    on.words("有的,给您留着")
    on.click(on.inbox.reply.buttons.send)
    await on.wait(lambda: on.desk.called("send"))


async def answer_by_keys(on: Operator) -> None:
    on.key(on.shell, Key.Key_Down, CONTROL)
    on.key(on.shell, Key.Key_Return, CONTROL)
    on.words("有的,给您留着")
    on.key(on.inbox.reply.text, Key.Key_Return)
    await on.wait(lambda: on.desk.called("send"))


def asks(on: Operator) -> None:
    """Those who wait ask for something that is there."""
    on.desk.enquiries.asked |= {number: question(number) for number in on.desk.items}


async def kept_by_mouse(on: Operator) -> None:
    asks(on)
    await on.row(on.inbox.conversations.model.id_at(0))
    await on.wait(on.inbox.strip.isVisible)
    on.click(on.inbox.strip.lines[0].answer)
    await on.wait(lambda: on.desk.enquiries.calls)


async def kept_by_keys(on: Operator) -> None:
    asks(on)
    on.key(on.shell, Key.Key_Down, CONTROL)
    await on.wait(on.inbox.strip.isVisible)
    on.key(on.shell, Key.Key_H, CONTROL)
    await on.wait(lambda: on.desk.enquiries.calls)


async def photos_by_mouse(on: Operator) -> None:
    on.clicks += 1  # picked up in the desktop's own window
    drop(on.inbox.reply, files(picture(on.folder / "a.png"), picture(on.folder / "b.png")))
    await on.wait(on.inbox.reply.buttons.send.isEnabled)
    on.click(on.inbox.reply.buttons.send)
    await on.wait(lambda: on.desk.called("send"))


async def photos_by_keys(on: Operator) -> None:
    QApplication.clipboard().setMimeData(
        files(picture(on.folder / "a.png"), picture(on.folder / "b.png"))
    )
    on.inbox.reply.text.setFocus()
    on.keys += 2  # Ctrl+C in the desktop's own window
    on.key(on.inbox.reply.text, Key.Key_V, CONTROL)
    await on.wait(on.inbox.reply.buttons.send.isEnabled)
    # What Python put there must not outlive it: Qt would still ask it at the very end.
    QApplication.clipboard().clear()
    on.key(on.inbox.reply.text, Key.Key_Return)
    await on.wait(lambda: on.desk.called("send"))


async def template_by_mouse(on: Operator) -> None:
    on.click(on.inbox.reply.tools.buttons["quick"])
    popup = on.inbox.reply.quick.popup
    await on.wait(lambda: popup.isVisible() and popup.list.titles)
    place = popup.list.titles.index("欢迎")
    area = popup.list.visualRect(popup.list.model().index(place, 0))
    on.click(popup.list.viewport(), area.center())
    on.click(on.inbox.reply.buttons.send)
    await on.wait(lambda: on.desk.called("send"))


async def template_by_keys(on: Operator) -> None:
    on.inbox.reply.text.setFocus()
    popup = on.inbox.reply.quick.popup
    on.letters(on.inbox.reply.text, "/")
    await on.wait(lambda: popup.isVisible() and popup.list.titles)
    on.letters(on.inbox.reply.text, "hy")
    await on.wait(lambda: len(popup.list.titles) == 1)
    on.key(on.inbox.reply.text, Key.Key_Return)
    on.key(on.inbox.reply.text, Key.Key_Return)
    await on.wait(lambda: on.desk.called("send"))


async def over_by_mouse(on: Operator) -> None:
    on.click(on.inbox.header.over)
    on.choose(await on.menu("colleague_menu"))
    await on.wait(lambda: on.desk.called("assign"))


async def over_by_keys(on: Operator) -> None:
    on.key(on.shell, Key.Key_T, CONTROL)
    menu = await on.menu("colleague_menu")
    on.key(menu, Key.Key_Down)
    on.key(menu, Key.Key_Return)
    await on.wait(lambda: on.desk.called("assign"))


async def snooze_by_mouse(on: Operator) -> None:
    on.click(on.inbox.header.later)
    on.choose(await on.menu("snooze_menu"))
    await on.wait(lambda: on.desk.called("snooze"))


async def snooze_by_keys(on: Operator) -> None:
    on.key(on.shell, Key.Key_S, CONTROL)
    menu = await on.menu("snooze_menu")
    on.key(menu, Key.Key_Down)
    on.key(menu, Key.Key_Return)
    await on.wait(lambda: on.desk.called("snooze"))


async def later_by_mouse(on: Operator) -> None:
    on.words("明天见")
    on.click(on.inbox.reply.buttons.choose)
    on.choose(await on.menu("later_menu"))
    await on.wait(lambda: on.desk.called("schedule"))


async def later_by_keys(on: Operator) -> None:
    on.words("明天见")
    on.key(on.inbox.reply.text, Key.Key_Return, ALT)
    menu = await on.menu("later_menu")
    on.key(menu, Key.Key_Down)
    on.key(menu, Key.Key_Return)
    await on.wait(lambda: on.desk.called("schedule"))


async def block_by_mouse(on: Operator) -> None:
    on.click(on.inbox.header.more)
    on.choose(await on.menu("more_menu"), "block")
    (window,) = on.shell.window().findChildren(ReasonWindow)
    on.click(window.choices[0], QPoint(8, window.choices[0].height() // 2))
    on.click(window.ok)
    await on.wait(lambda: on.desk.called("set_blocked"))


async def _find(on: Operator, typed: str) -> Any:
    palette = on.shell.finder
    event = QInputMethodEvent()
    event.setCommitString(typed)
    on.keys += len(typed) if typed.isascii() else 2 * len(typed) + 1  # initials and a choice
    QApplication.sendEvent(palette.field, event)
    await on.wait(lambda: palette.query == typed and palette.model.rowCount() > 1)
    return palette


async def phone_by_keys(on: Operator, typed: str = "6021") -> None:
    on.key(on.shell, Key.Key_K, CONTROL)
    palette = await _find(on, typed)
    on.key(palette.field, Key.Key_Return)
    await on.wait(lambda: on.inbox.timeline.model.conversation_id == 1)


async def words_by_keys(on: Operator) -> None:
    await phone_by_keys(on, "几点开门")


async def recall_by_mouse(on: Operator) -> None:
    view, model = on.inbox.timeline.list, on.inbox.timeline.model
    await on.until(lambda: model.row_of_key("said") >= 0)
    at = view.visualRect(model.index(model.row_of_key("said"), 0)).center()
    on.clicks += 1
    opened = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), opened)
    menus: list[QMenu] = []

    def look() -> bool:
        every = QApplication.allWidgets()
        menus[:] = [m for m in every if isinstance(m, QMenu) and m.isVisible() and m.actions()]
        return bool(menus)

    await on.wait(look)
    texts = {line.text(): line for line in menus[0].actions()}
    line = next(texts[text] for text in texts if text.startswith(("Recall", "Take back")))
    on.click(menus[0], menus[0].actionGeometry(line).center())
    await on.wait(lambda: on.desk.called("recall"))


async def recall_by_keys(on: Operator) -> None:
    on.inbox.reply.text.setFocus()
    view = on.inbox.timeline.list
    await on.until(lambda: on.inbox.timeline.model.row_of_key("said") >= 0)
    on.key(on.inbox.reply.text, Key.Key_Up)
    assert view.hasFocus()
    on.key(view, Key.Key_Delete)
    await on.wait(lambda: on.desk.called("recall"))


Task = Callable[[Operator], Awaitable[None]]
TASKS: dict[str, tuple[Task | None, Task | None]] = {
    "Answer the next member": (answer_by_mouse, answer_by_keys),
    "Answer “is it there in M?” and keep one": (kept_by_mouse, kept_by_keys),
    "Send two photos from the desktop": (photos_by_mouse, photos_by_keys),
    "Reply with a template": (template_by_mouse, template_by_keys),
    "Hand over to a colleague": (over_by_mouse, over_by_keys),
    "Snooze": (snooze_by_mouse, snooze_by_keys),
    "Send later": (later_by_mouse, later_by_keys),
    "Block": (block_by_mouse, None),
    "Look up a member by phone end": (None, phone_by_keys),
    "Find a message": (None, words_by_keys),
    "Recall": (recall_by_mouse, recall_by_keys),
}


def note(page: Path, line: str) -> None:
    with page.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


CASES = [(name, way) for name, pair in TASKS.items() for way in (0, 1) if pair[way] is not None]


@pytest.mark.parametrize(("name", "way"), CASES)
async def test_a_daily_task_takes_what_its_page_says(hands: Operator, name: str, way: int) -> None:
    task = TASKS[name][way]
    assert task is not None
    await task(hands)
    how = ("mouse", "keys")[way]
    line = f"| {name} | {how} | {hands.clicks} | {hands.keys} | {hands.seconds:.1f} |"
    if named := os.environ.get("HANGER_TASKS"):
        note(Path(named), line)
    else:
        stated = line.rpartition(" | ")[0] + " |"
        assert stated in DOCS.read_text("utf-8")
