"""The strip above the reply box: one press answers and keeps, another takes it back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from console.desk.enquiry_types import AlreadyKept, AskedLine, Meant, SimilarGoods
from console.views.inbox import InboxScreen
from console.views.inbox.keep_menu import KeepMenu
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_enquiries import COAT, line, question
from tests.gui.memory_writing import SHELF
from tests.gui.screens import Screens

ZHOU, CHEN = 1, 2
GONE = msgspec.structs.replace(COAT, units=0, shelf="")
SMALL = msgspec.structs.replace(COAT, size="S", variant_id=23, units=5)
SKIRT = msgspec.structs.replace(COAT, product_id=3, variant_id=31, name="半身裙", name_en="Skirt")
CONTROL = Qt.KeyboardModifier.ControlModifier


def click(button: QAbstractButton) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
async def inbox(screens: Screens, desk: MemoryDesk, until: Any) -> InboxScreen:
    desk.enquiries.asked[ZHOU] = question(ZHOU)
    shell = screens.shell(desk)
    shell.inbox.open(ZHOU)
    await until(lambda: shell.inbox.tasks.idle)
    await until(shell.isActiveWindow)
    shell.inbox.reply.text.clear()
    return shell.inbox


async def show(inbox: InboxScreen, desk: MemoryDesk, until: Any, *lines: AskedLine) -> None:
    """Another question in the open conversation."""
    asked = question(ZHOU, *lines)
    desk.enquiries.asked[ZHOU] = msgspec.structs.replace(asked, message_id=71)
    desk.tell(ZHOU)
    await until(lambda: inbox.strip.asked == desk.enquiries.asked[ZHOU])


async def test_it_says_what_how_many_where_and_from_which_words(inbox: InboxScreen) -> None:
    (only,) = inbox.strip.lines
    assert inbox.strip.isVisible()
    said = "Red trench coat · size L 2 in stock A 区 3 排 from “红色风衣还有L码吗”"
    assert only.words.text == said
    assert "Ctrl+H" in only.answer.toolTip()


async def test_one_press_answers_and_undo_takes_the_answer_and_the_hold_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.strip.lines[0].answer)
    await until(lambda: not inbox.strip.isVisible())
    assert desk.enquiries.calls == [("answer", COAT, True)]
    assert inbox.around.bar.text.startswith("Answered and kept for 48 hours: Red trench coat")
    click(inbox.around.bar.button)
    await until(lambda: desk.enquiries.calls[1:] == [("take_back", "sent", "hold")])


async def test_how_long_it_is_kept_is_chosen_by_a_key(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClick(inbox.reply.text, Qt.Key.Key_J, CONTROL)
    (menu,) = [each for each in inbox.findChildren(KeepMenu) if each.isVisible()]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    await until(lambda: not inbox.strip.isVisible())
    assert desk.enquiries.hours == [pytest.approx(4, abs=0.01)]
    assert inbox.around.bar.text.startswith("Answered and kept until ")


async def test_a_picture_that_comes_when_its_line_is_gone_paints_nothing(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    gone = inbox.strip.lines[0]
    await show(inbox, desk, until, line(0, SKIRT))
    await until(lambda: not isValid(gone))
    inbox.pictures.arrived.emit("coat")


async def test_its_key_answers_and_a_second_press_meanwhile_does_nothing(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.enquiries.answers.clear()
    for _ in range(2):
        QTest.keyClick(inbox.reply.text, Qt.Key.Key_H, CONTROL)
    await until(lambda: desk.enquiries.calls)
    assert not inbox.strip.lines[0].answer.isEnabled()
    desk.enquiries.answers.set()
    await until(lambda: inbox.tasks.idle)
    assert len(desk.enquiries.calls) == 1


async def test_words_begun_are_not_sent_over_her_head_but_joined(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    inbox.reply.text.setPlainText("您好")
    click(inbox.strip.lines[0].answer)
    await until(lambda: inbox.reply.text.toPlainText() == "您好\n有的,给您留着")
    assert desk.enquiries.calls == [("answer", COAT, False)]
    assert inbox.around.bar.text.startswith("Kept for 48 hours")


async def test_what_is_gone_meanwhile_changes_and_is_never_promised(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.enquiries.asked[ZHOU] = question(ZHOU, line(0, GONE))
    desk.tell(ZHOU)
    only = inbox.strip.lines[0]
    await until(lambda: "none left" in only.words.text)
    assert only.answer.text() == "Say there is none"
    assert inbox.strip.lines == [only]


@pytest.mark.parametrize(
    ("failure", "said", "words"),
    [
        (Refusal(Code.STOCK_NONE, {"left": 0}), "There is not enough stock", ""),
        (AlreadyKept("已经给您留好了"), "It is kept for her already", "已经给您留好了"),
    ],
)
async def test_what_could_not_be_kept_is_said_and_nothing_leaves(
    inbox: InboxScreen, desk: MemoryDesk, until: Any, failure: Exception, said: str, words: str
) -> None:
    told: list[str] = []
    inbox.complained.connect(told.append)
    desk.enquiries.failure = failure
    click(inbox.strip.lines[0].answer)
    await until(lambda: told)
    await until(lambda: inbox.tasks.idle)
    assert told[0].startswith(said)
    assert inbox.reply.text.toPlainText() == words
    assert inbox.strip.isVisible()
    assert inbox.strip.lines[0].answer.isEnabled()


async def test_a_size_that_was_not_said_is_chosen_first(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    await show(inbox, desk, until, line(0, SMALL, COAT))
    only = inbox.strip.lines[0]
    assert [each.text() for each in only.chips] == ["S · 5", "L · 2"]
    assert not only.answer.isVisible()
    QTest.keyClick(inbox.reply.text, Qt.Key.Key_H, CONTROL)
    assert only.chips[0].hasFocus()
    click(only.chips[1])
    assert only.answer.hasFocus()
    click(only.answer)
    await until(lambda: desk.enquiries.calls == [("answer", COAT, True)])


async def test_of_several_that_may_be_meant_one_is_chosen_and_another_can_be(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    unsure = AskedLine(number=0, meant=(Meant(items=(COAT,)), Meant(items=(SKIRT,))))
    await show(inbox, desk, until, unsure)
    only = inbox.strip.lines[0]
    assert only.words.text.startswith("Which one is meant?")
    click(only.chips[1])
    assert only.item == SKIRT
    click(only.chips[0])
    assert only.item is None
    assert [each.text() for each in only.chips] == ["Red trench coat", "Red skirt"]


async def test_three_articles_are_shown_and_the_others_by_a_press(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    await show(inbox, desk, until, *(line(number, COAT) for number in range(5)))
    assert len(inbox.strip.lines) == 3
    assert inbox.strip.more.text() == "2 more"
    click(inbox.strip.more)
    assert len(inbox.strip.lines) == 5
    assert not inbox.strip.more.isVisible()


async def test_something_similar_puts_its_card_into_the_reply(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.enquiries.alike = [SimilarGoods(product=each, variant=each.variants[0]) for each in SHELF]
    click(inbox.strip.lines[0].similar)
    await until(inbox.enquiries.similar.isVisible)
    picker = inbox.enquiries.similar.list
    QTest.keyClick(picker, Qt.Key.Key_Down)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert inbox.reply.attached.item_chip.title_text == "Red trench · Red · S"
    await until(lambda: desk.enquiries.calls == [("record", COAT)])


@pytest.mark.parametrize("how", ["cross", "key in the box", "key in the strip"])
async def test_put_away_it_stays_away_for_that_message_unless_taken_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any, how: str
) -> None:
    if how == "cross":
        click(inbox.strip.close_button)
    else:
        keyboard = inbox.reply.text if "box" in how else inbox.strip.lines[0].answer
        QTest.keyClick(keyboard, Qt.Key.Key_Escape)
    await until(lambda: desk.enquiries.hidden == {70})
    inbox.open(CHEN)
    inbox.open(ZHOU)
    await until(lambda: inbox.tasks.idle)
    assert not inbox.strip.isVisible()
    inbox.enquiries.open()
    await until(lambda: inbox.tasks.idle)
    click(inbox.around.bar.button)
    await until(inbox.strip.isVisible)


async def test_nothing_is_suggested_where_nothing_is_asked(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    inbox.open(CHEN)
    await until(lambda: inbox.tasks.idle)
    assert not inbox.strip.isVisible()
    QTest.keyClick(inbox.reply.text, Qt.Key.Key_H, CONTROL)
    await until(lambda: inbox.tasks.idle)
    assert desk.enquiries.calls == []


async def test_what_is_sold_out_is_noted_with_a_press_or_a_key_and_taken_back(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    only = inbox.strip.lines[0]
    assert not only.note.isVisible()
    await show(inbox, desk, until, line(0, GONE))
    (only,) = inbox.strip.lines
    assert "Ctrl+B" in only.note.toolTip()
    click(only.note)
    await until(lambda: not inbox.strip.isVisible())
    assert desk.enquiries.calls == [("note", GONE, True)]
    assert inbox.around.bar.text.startswith("Answered; she is told when it is back: Red trench")
    click(inbox.around.bar.button)
    await until(lambda: desk.enquiries.calls[1:] == [("take_back", "sent", "place")])
    await show(inbox, desk, until, line(0, GONE))
    QTest.keyClick(inbox.reply.text, Qt.Key.Key_B, CONTROL)
    await until(lambda: desk.enquiries.calls[2:] == [("note", GONE, True)])


async def test_what_she_waits_for_already_or_is_not_made_cannot_be_noted(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    known = msgspec.structs.replace(GONE, awaited=True)
    unmade = msgspec.structs.replace(GONE, variant_id=0)
    for item, said in ((known, "none left, on the list"), (unmade, "not there")):
        await show(inbox, desk, until, line(0, item))
        (only,) = inbox.strip.lines
        assert said in only.words.text
        assert not only.note.isVisible()
        only.note_now()
        desk.enquiries.asked.clear()
        desk.tell(ZHOU)
        await until(lambda: not inbox.strip.isVisible())
    assert desk.enquiries.calls == []
