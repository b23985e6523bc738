"""Holds in a member's panel: kept with a press and told, or let go with a way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.desk.types import TradeLine
from console.sync.http import Offline
from console.ui.trade_row import hold_line
from console.views.inbox import InboxScreen
from console.views.inbox.keep_menu import KeepMenu, KeepWindow
from console.views.shell import Shell
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

ZHOU, CHEN = 1, 2
ASKED = TradeLine(product_id=2, name="红色风衣", size="L", stock=1, state="asked", hold="w1",
                  at=datetime.now(UTC))  # fmt: skip
GONE = msgspec.structs.replace(ASKED, size="M", stock=0, hold="w2")
KEPT = msgspec.structs.replace(
    ASKED, size="S", state="confirmed", hold="w3", until=datetime.now(UTC) + timedelta(hours=3)
)


def click(button: QPushButton | None) -> None:
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    panel = desk.panels[ZHOU]
    desk.panels[ZHOU] = msgspec.structs.replace(panel, holds=(KEPT, GONE, ASKED))
    return screens.shell(desk, settings=False)


@pytest.fixture
async def inbox(shell: Shell, until: Any) -> InboxScreen:
    shell.inbox.open(ZHOU)
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
    return shell.inbox


async def test_what_waits_for_an_answer_stands_first_and_what_is_sold_out_cannot_be_kept(
    inbox: InboxScreen,
) -> None:
    holds = inbox.panel.holds
    assert [each.hold for each in holds.shown] == ["w2", "w1", "w3"]
    keep = {each: holds.button_of(each, "keep") for each in ("w1", "w2", "w3")}
    assert all(keep.values())
    assert [button is not None and button.isEnabled() for button in keep.values()][:2] == [
        True, False,
    ]  # fmt: skip
    assert [button is not None and button.isVisible() for button in keep.values()] == [
        True, True, False,
    ]  # fmt: skip


async def test_keeping_puts_the_answer_into_the_empty_box(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    inbox.reply.text.clear()
    click(inbox.panel.holds.button_of("w1", "keep"))
    await until(lambda: desk.holds.kept == ["w1"])
    await until(lambda: inbox.reply.text.toPlainText().startswith("We have kept 红色风衣 L for"))
    assert inbox.window().focusWidget() is inbox.reply.text


async def test_words_that_are_being_written_stay_and_another_member_gets_none(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    inbox.reply.text.setPlainText("稍等")
    click(inbox.panel.holds.button_of("w1", "keep"))
    await until(lambda: desk.holds.kept == ["w1"])
    await until(lambda: inbox.tasks.idle)
    assert inbox.reply.text.toPlainText() == "稍等"
    inbox.reply.text.clear()
    desk.holds.answers.clear()
    click(inbox.panel.holds.button_of("w1", "keep"))
    await until(lambda: desk.holds.kept == ["w1", "w1"])
    inbox.open(CHEN)
    await until(lambda: inbox.panel.member_id == CHEN)
    desk.holds.answers.set()
    await until(lambda: inbox.tasks.idle)
    assert "红色风衣" not in inbox.reply.text.toPlainText()


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Offline(), "Keeping needs the line to the relay"),
        (Refusal(Code.STOCK_NONE, {"left": 0}), ""),
    ],
)
async def test_why_it_could_not_be_kept_is_said_and_the_box_stays_empty(
    inbox: InboxScreen, desk: MemoryDesk, until: Any, failure: Exception, words: str
) -> None:
    said: list[str] = []
    inbox.complained.connect(said.append)
    inbox.reply.text.clear()
    desk.holds.failure = failure
    click(inbox.panel.holds.button_of("w1", "keep"))
    await until(lambda: len(said) == 1)
    assert said[0].startswith(words)
    assert inbox.reply.text.toPlainText() == ""


async def test_what_is_let_go_can_be_taken_back_and_is_gone_when_one_goes_on(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    holds = inbox.panel.holds
    click(holds.button_of("w3", "free"))
    assert [each.hold for each in holds.shown] == ["w2", "w1"]
    assert inbox.around.bar.text == "Let go: 红色风衣 S"
    inbox.around.bar.undo()
    assert [each.hold for each in holds.shown] == ["w2", "w1", "w3"]
    click(holds.button_of("w3", "free"))
    assert desk.holds.freed == []
    inbox.open(CHEN)
    await until(lambda: desk.holds.freed == ["w3"])


def menu_of(inbox: InboxScreen) -> KeepMenu:
    (menu,) = [each for each in inbox.findChildren(KeepMenu) if each.isVisible()]
    return menu


async def test_a_kept_piece_counts_down_and_is_extended_by_keys_with_a_way_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    holds = inbox.panel.holds
    assert KEPT.until is not None
    assert hold_line(KEPT, inbox.clock).startswith("2 h left · until ")
    button = holds.button_of("w3", "times")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = menu_of(inbox)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    await until(lambda: len(desk.holds.extended) == 1)
    assert desk.holds.extended == [("w3", KEPT.until + timedelta(hours=24))]
    assert inbox.around.bar.text.startswith("Kept until tomorrow")
    inbox.around.bar.undo()
    await until(lambda: desk.holds.extended[1:] == [("w3", KEPT.until)])


async def test_what_was_asked_for_is_kept_as_long_as_is_chosen(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.panel.holds.button_of("w1", "times"))
    menu_of(inbox).actions()[1].trigger()
    await until(lambda: desk.holds.kept == ["w1"])
    assert desk.holds.hours == [pytest.approx(4, abs=0.01)]


async def test_any_time_within_the_bounds_can_be_chosen(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.panel.holds.button_of("w3", "times"))
    menu_of(inbox).other.trigger()
    (window,) = inbox.findChildren(KeepWindow)
    window.day.setDate(window.day.maximumDate())
    window.time.setTime(QTime(23, 59))
    QTest.mouseClick(window.save, Qt.MouseButton.LeftButton)
    assert window.fault_text == "Between 15 minutes and 30 days from now"
    window.day.setDate(window.day.minimumDate().addDays(3))
    QTest.mouseClick(window.save, Qt.MouseButton.LeftButton)
    await until(lambda: len(desk.holds.extended) == 1)


async def test_what_she_takes_is_sold_unless_it_is_taken_back_at_once(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    holds = inbox.panel.holds
    click(holds.button_of("w3", "take"))
    assert inbox.around.bar.text == "Collected: 红色风衣 S"
    inbox.around.bar.undo()
    assert [each.hold for each in holds.shown] == ["w2", "w1", "w3"]
    assert desk.holds.collected == []
    click(holds.button_of("w3", "take"))
    inbox.open(CHEN)
    await until(lambda: desk.holds.collected == ["w3"])


async def test_a_refused_extension_is_said_and_offers_no_undo(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    said: list[str] = []
    inbox.complained.connect(said.append)
    desk.holds.failure = Refusal(Code.HOLD_STATE, {"state": "lapsed"})
    click(inbox.panel.holds.button_of("w3", "times"))
    menu_of(inbox).actions()[0].trigger()
    await until(lambda: len(said) == 1)
    assert inbox.around.bar.text == ""


def test_how_long_is_left_is_said_in_the_line(inbox: InboxScreen) -> None:
    clock = inbox.clock
    over = msgspec.structs.replace(KEPT, until=clock.now() - timedelta(minutes=1))
    assert hold_line(over, clock).startswith("time is up · until ")
    assert hold_line(msgspec.structs.replace(KEPT, unsent=True), clock).startswith(
        "not sent yet · until "
    )
