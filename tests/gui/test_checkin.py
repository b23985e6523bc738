"""Check-in at the counter: who is meant is seen before she is counted, then her card is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.desk.refusals import StepRefused
from console.desk.types import LinkState
from console.ui.keymap import keymap
from console.views.checkin import CheckInWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens

ZHOU, CHEN = 1, 2
CODE = "K7QM2XWR"


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    desk.offers.give(ZHOU, CODE)
    panel = desk.panels[ZHOU]
    kept = msgspec.structs.replace(panel.holds[0], shelf="A-12", until=ago(-60 * 30), hold="h")
    desk.panels[ZHOU] = msgspec.structs.replace(panel, holds=(kept,))
    desk.panels[CHEN] = msgspec.structs.replace(desk.panels[CHEN], phone="139****6021")
    return screens.shell(desk, settings=False)


@pytest.fixture
def counter(shell: Shell) -> CheckInWindow:
    return shell.check_in()


def press(window: CheckInWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def write(window: CheckInWindow, text: str) -> None:
    for sign in text:
        QTest.keyClick(window.focusWidget(), sign)


async def checked_in(window: CheckInWindow, name: str, until: Any) -> None:
    window.field.setText(name)
    await until(lambda: window.chosen is not None)
    press(window, Qt.Key.Key_Return, Qt.Key.Key_Return)
    await until(window.words.text)


async def test_she_is_found_seen_counted_and_her_card_is_open(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    counter.field.setText("雨桐")
    await until(lambda: counter.chosen is not None)
    assert counter.confirm.text() == "Check in 周雨桐"
    press(counter, Qt.Key.Key_Return)
    assert not desk.called("check_in")
    assert counter.focusWidget() is counter.confirm
    press(counter, Qt.Key.Key_Return)
    await until(counter.words.text)
    assert counter.card.isVisible()
    assert desk.called("check_in") == [(ZHOU, False)]
    assert [line.shelf for line in counter.card.waiting] == ["A-12"]
    assert [each.code for each in counter.card.coupons] == [CODE]
    assert counter.words.text() == "Checked in. Ready for the next one."
    assert counter.field.text() == ""
    assert counter.focusWidget() is counter.field


async def test_an_enter_with_the_typing_only_leads_to_her(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    counter.field.setText("周雨桐")
    press(counter, Qt.Key.Key_Return)
    await until(lambda: counter.focusWidget() is counter.confirm)
    assert not desk.called("check_in")


async def test_of_several_with_the_same_ending_somebody_chooses(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    write(counter, "6021")
    await until(lambda: counter.list.count() == 2)
    assert counter.chosen is None
    press(counter, Qt.Key.Key_Return)
    assert counter.words.text() == "2 numbers end like this. Choose with ↑ and ↓."
    press(counter, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert counter.chosen is not None
    second = counter.chosen.member_id
    press(counter, Qt.Key.Key_Return, Qt.Key.Key_Return)
    await until(lambda: desk.called("check_in"))
    assert desk.called("check_in") == [(second, False)]


async def test_what_is_typed_at_the_button_begins_anew(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    counter.field.setText("周雨桐")
    await until(lambda: counter.chosen is not None)
    press(counter, Qt.Key.Key_Return)
    write(counter, "69")
    press(counter, Qt.Key.Key_Return)
    assert counter.field.text() == "69"
    await until(lambda: counter.words.text().startswith("Nobody is found"))
    assert not desk.called("check_in")


async def test_who_came_already_is_said_and_counted_only_when_asked(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    await checked_in(counter, "周雨桐", until)
    await checked_in(counter, "周雨桐", until)
    await until(lambda: counter.words.text().startswith("She is checked in since"))
    assert len(desk.counter.visits) == 1
    assert counter.card.isVisible()
    assert not counter.card.back.isVisible()
    counter.act.click()
    await until(lambda: len(desk.counter.visits) == 2)
    assert desk.called("check_in")[-1] == (ZHOU, True)


async def test_a_visit_is_taken_back_from_her_card(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    await checked_in(counter, "周雨桐", until)
    counter.card.back.click()
    await until(lambda: not desk.counter.visits)
    await until(lambda: counter.words.text() == "Taken back: no visit is counted.")
    assert not counter.card.isVisible()


async def test_two_hasty_presses_count_once(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.counter.answer.clear()
    counter.field.setText("周雨桐")
    await until(lambda: counter.chosen is not None)
    press(counter, Qt.Key.Key_Return, Qt.Key.Key_Return)
    counter.confirm.click()
    desk.counter.answer.set()
    await until(counter.card.isVisible)
    assert desk.called("check_in") == [(ZHOU, False)]


async def test_her_coupon_is_redeemed_from_the_card_and_taken_back(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    await checked_in(counter, "周雨桐", until)
    button = counter.card.button_of(1)
    assert isinstance(button, QPushButton)
    button.click()
    await until(lambda: counter.words.text() == "Redeemed: 周末 8 折券")
    await until(lambda: not counter.card.coupons)
    counter.act.click()
    await until(lambda: len(counter.card.coupons) == 1)
    assert (desk.called("redeem"), desk.called("reopen")) == ([(CODE,)], [(1,)])


async def test_without_a_line_she_is_checked_in_and_no_coupon_redeemed(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.tell_link(LinkState(phase="offline", since=ago(1)))
    await checked_in(counter, "周雨桐", until)
    assert len(desk.counter.visits) == 1
    button = counter.card.button_of(1)
    assert isinstance(button, QPushButton)
    button.click()
    await until(lambda: counter.words.text().startswith("There is no line"))
    assert desk.offers.coupons[CODE].redeemed_at is None


async def test_when_the_line_is_back_and_another_counter_was_first_it_says_so(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    await checked_in(counter, "周雨桐", until)
    desk.queue.refuse(StepRefused(
        name="visit.record", member_id=ZHOU, code="visit.counted",
        parameters={"local": "14:05"}))  # fmt: skip
    assert counter.words.text().startswith("Her visit at 14:05 is counted already")
    assert not counter.card.back.isVisible()


async def test_a_scanned_code_leads_to_her_and_its_enter_counts_nobody(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.counter.codes = {"7" * 40: ZHOU, "8" * 40: CHEN}
    write(counter, "7" * 40)
    press(counter, Qt.Key.Key_Return)
    await until(lambda: counter.focusWidget() is counter.confirm)
    assert counter.confirm.text() == "Check in 周雨桐"
    # The next one is scanned before anybody pressed anything.
    write(counter, "8" * 40)
    press(counter, Qt.Key.Key_Return)
    await until(lambda: counter.confirm.text() == "Check in 陈思敏")
    assert not desk.called("check_in")
    await until(lambda: counter.focusWidget() is counter.confirm)
    press(counter, Qt.Key.Key_Return)
    await until(counter.card.isVisible)
    assert desk.called("check_in") == [(CHEN, False)]


async def test_a_code_that_is_over_is_one_sentence_and_the_next_scan_takes_its_place(
    counter: CheckInWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.counter.codes = {"7" * 40: ZHOU}
    write(counter, "9" * 40)
    press(counter, Qt.Key.Key_Return)
    await until(lambda: counter.words.text().startswith("This code is out of date."))
    write(counter, "7" * 40)
    assert counter.field.text() == "7" * 40
    await until(lambda: counter.chosen is not None)
    desk.tell_link(LinkState(phase="offline", since=ago(1)))
    counter.field.setText("7" * 39)
    counter.field.setText("7" * 40)
    await until(lambda: counter.words.text().startswith("A code needs the line"))


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(0, "Birthday today"), (1, "Birthday tomorrow"), (7, "Birthday in 7 days"), (8, "")],
)
async def test_a_birthday_within_a_week_is_told(
    counter: CheckInWindow, shell: Shell, desk: MemoryDesk, until: Any, ahead: int, words: str
) -> None:
    day = shell._clock.local(datetime.now(UTC) + timedelta(days=ahead))
    panel = desk.panels[ZHOU]
    desk.panels[ZHOU] = msgspec.structs.replace(panel, birthday=f"{day:%m-%d}")
    await checked_in(counter, "周雨桐", until)
    await until(counter.card.isVisible)
    assert counter.card.birthday.isVisible() == bool(words)
    assert not words or counter.card.birthday.accessibleName() == words


async def test_f3_opens_it_and_her_conversation_is_one_press_away(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    assert keymap().text("checkin") == "F3"
    window = shell.check_in()
    await checked_in(window, "周雨桐", until)
    window.card.open.click()
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
