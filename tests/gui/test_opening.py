"""Opening hours, the answer after them and the promise of a reply, edited by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QTableView

from console.desk.opening import Edited, PromiseNow
from console.domain.after_hours import AutoReply
from console.domain.hours import Hours
from console.ui.appearance import Appearance
from console.ui.section import Section
from console.ui.tasks import Tasks
from console.views.settings.after_hours import AnswerCard
from console.views.settings.hours import HoursCard
from console.views.settings.promise import PromiseCard
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_opening import DAILY, MemoryOpening
from tests.gui.screens import Screens

TODAY = date(2026, 11, 28)
THURSDAY = 3
PAUSE = Hours("Asia/Shanghai", (((600, 840), (1020, 60)), *DAILY.week[1:]))


@pytest.fixture
def opening(appearance: Appearance) -> MemoryOpening:
    return MemoryOpening()


@pytest.fixture
async def tasks(appearance: Appearance) -> Any:
    made = Tasks(appearance)
    yield made
    await made.close()


@pytest.fixture
def shown() -> Iterator[Any]:
    """Show a card; it is thrown away after the test."""
    cards: list[Section] = []

    def show(card: Section) -> Section:
        cards.append(card)
        card.resize(680, 900)
        card.show()
        card.reload()
        return card

    yield show
    for card in cards:
        card.close()
        card.deleteLater()


@pytest.fixture
async def card(opening: MemoryOpening, tasks: Tasks, shown: Any, until: Any) -> HoursCard:
    made: HoursCard = shown(HoursCard(opening, TODAY, tasks))
    await until(lambda: made.hours is not None)
    return made


def click(button: QAbstractButton) -> None:
    place = QPoint(12, button.height() // 2)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)


def saved(opening: MemoryOpening, what: str) -> list[tuple[object, ...]]:
    return [each[1:] for each in opening.saved if each[0] == what]


# --- the week ---------------------------------------------------------------------------------


async def test_a_day_off_a_pause_and_a_bar_that_closes_after_midnight_are_saved(
    card: HoursCard, opening: MemoryOpening, until: Any
) -> None:
    monday, tuesday = card.week.days[:2]
    click(tuesday.open)
    assert tuesday.spans == ()
    click(monday.more)
    monday.rows[0].closes.setTime(QTime(14, 0))
    first = monday.rows[1].opens
    first.setFocus()
    first.setSelectedSection(first.Section.HourSection)
    QTest.keyClicks(first, "18")
    monday.rows[1].closes.setTime(QTime(2, 0))
    assert monday.spans == ((600, 840), (1110, 120))
    click(card.bar.save)
    await until(lambda: saved(opening, "hours"))
    hours = Hours("Asia/Shanghai", (((600, 840), (1110, 120)), (), *DAILY.week[2:]))
    assert saved(opening, "hours") == [(hours, 1)]
    await until(lambda: not card.bar.isVisible())


async def test_hours_that_overlap_name_their_day_and_cannot_be_saved(
    card: HoursCard, opening: MemoryOpening
) -> None:
    thursday = card.week.days[THURSDAY]
    click(thursday.more)
    thursday.rows[1].opens.setTime(QTime(20, 0))
    assert thursday.fault_text
    assert card.bar.text == "Thursday: the hours overlap."
    click(card.bar.save)
    assert opening.saved == []
    click(thursday.rows[1].leave)
    assert not thursday.fault_text
    assert not card.bar.isVisible()


async def test_every_day_becomes_like_monday(card: HoursCard) -> None:
    card.week.days[0].rows[0].opens.setTime(QTime(9, 30))
    click(card.week.alike)
    assert card.week.week == (((570, 1290),),) * 7


async def test_what_was_typed_comes_back_off_and_on(card: HoursCard) -> None:
    friday = card.week.days[4]
    friday.rows[0].opens.setTime(QTime(12, 0))
    click(friday.open)
    click(friday.open)
    assert friday.spans == ((720, 1290),)


# --- closed dates -----------------------------------------------------------------------------


async def test_a_day_is_closed_in_the_calendar_by_click_and_by_key_and_opened_by_its_chip(
    card: HoursCard, opening: MemoryOpening, until: Any
) -> None:
    calendar = card.closed.calendar
    view = calendar.findChild(QTableView)
    assert view is not None
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert card.closed.closed == {TODAY + timedelta(days=1)}
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)

    def chips() -> list[QPushButton]:
        every = card.closed.findChildren(QPushButton)
        return [each for each in every if each.accessibleName().startswith("Open again")]

    await until(lambda: [each.isVisible() for each in chips()] == [True, True])
    QTest.mouseClick(chips()[0], Qt.MouseButton.LeftButton)
    click(card.bar.save)
    await until(lambda: saved(opening, "hours"))
    hours = Hours("Asia/Shanghai", DAILY.week, frozenset({TODAY + timedelta(days=2)}))
    assert saved(opening, "hours") == [(hours, 1)]


async def test_a_date_that_is_past_is_no_change(
    card: HoursCard, opening: MemoryOpening, until: Any
) -> None:
    past = Hours("Asia/Shanghai", DAILY.week, frozenset({date(2026, 10, 1)}))
    opening.change(hours=past, stands=past)
    await until(lambda: card.hours == DAILY)
    assert not card.bar.isVisible()


# --- conflicts --------------------------------------------------------------------------------


async def test_what_is_changed_elsewhere_shows_at_once_when_nothing_is_typed(
    card: HoursCard, opening: MemoryOpening, until: Any
) -> None:
    opening.change(hours=PAUSE, stands=PAUSE, hours_edited=Edited(rev=2))
    await until(lambda: card.week.week == PAUSE.week)
    assert not card.bar.isVisible()


@pytest.mark.parametrize("mine", [True, False])
async def test_what_is_changed_elsewhere_while_one_types_is_a_choice(
    card: HoursCard, opening: MemoryOpening, until: Any, mine: bool
) -> None:
    click(card.week.days[0].open)
    opening.change(hours=PAUSE, stands=PAUSE, hours_edited=Edited(rev=2))
    await until(lambda: "another computer" in card.bar.text)
    assert card.week.week[0] == ()
    click(card.bar.save if mine else card.bar.undo)
    if mine:
        await until(lambda: saved(opening, "hours"))
        expected = Hours("Asia/Shanghai", ((), *DAILY.week[1:]))
        assert saved(opening, "hours") == [(expected, 2)]
    else:
        await until(lambda: card.week.week == PAUSE.week)
        assert opening.saved == []


async def test_a_refused_change_stays_until_one_decides(
    card: HoursCard, opening: MemoryOpening, until: Any
) -> None:
    edited = Edited(rev=5, waiting=True, failure="conflict", entry=7)
    opening.change(hours=PAUSE, stands=DAILY, hours_edited=edited)
    await until(lambda: "another computer" in card.bar.text)
    assert card.week.week == PAUSE.week
    click(card.bar.undo)
    await until(lambda: saved(opening, "discard") == [(7,)])
    await until(lambda: card.week.week == DAILY.week and not card.bar.isVisible())


# --- the answer -------------------------------------------------------------------------------


@pytest.fixture
async def answer(opening: MemoryOpening, tasks: Tasks, shown: Any, until: Any) -> AnswerCard:
    never = Hours("Asia/Shanghai", (((0, 0),),) * 6 + (((600, 1290),),))
    opening.change(hours=never, stands=never)
    made: AnswerCard = shown(AnswerCard(opening, tasks))
    await until(lambda: "off" in made.preview_now.text())
    return made


async def test_the_preview_says_what_a_member_would_get(
    answer: AnswerCard, opening: MemoryOpening, until: Any
) -> None:
    click(answer.on)
    assert "您好" in answer.preview_then.text()
    QTest.mouseClick(answer.tongues["en"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(answer.text, "Back soon ")
    QTest.mouseClick(answer.when, Qt.MouseButton.LeftButton)
    assert answer.text.toPlainText() == "Back soon {when}"
    assert "Back soon tomorrow at 00:00" in answer.preview_then.text()
    answer.time.setTime(QTime(12, 0))
    assert "open then" in answer.preview_then.text()
    click(answer.bar.save)
    await until(lambda: saved(opening, "reply"))
    reply = AutoReply(on=True, language="en", words=("", "Back soon {when}"))
    assert saved(opening, "reply") == [(reply, 1)]


async def test_hours_that_are_not_saved_yet_are_previewed(answer: AnswerCard) -> None:
    click(answer.on)
    answer.show_hours(Hours("Asia/Shanghai", ((),) * 7))
    assert "您好" in answer.preview_now.text()
    answer.show_hours(Hours("Asia/Shanghai", (((0, 0),),) * 7))
    assert "open then" in answer.preview_then.text()


async def test_an_answer_that_is_too_long_is_named_and_kept(
    answer: AnswerCard, opening: MemoryOpening
) -> None:
    answer.text.setPlainText("啊" * 1001)
    assert "longer than 1,000" in answer.bar.text
    click(answer.bar.save)
    assert opening.saved == []
    click(answer.bar.undo)
    assert answer.text.toPlainText() == ""


# --- the promise ------------------------------------------------------------------------------


async def test_the_promise_is_shown_as_the_phone_says_it_and_hidden_by_a_click(
    opening: MemoryOpening, tasks: Tasks, shown: Any, until: Any
) -> None:
    card: PromiseCard = shown(PromiseCard(opening, tasks))
    await until(lambda: "“Usually replies within 3 min”" in card.text)
    click(card.on)
    await until(lambda: saved(opening, "promise") == [(False,)])
    await until(lambda: card.text.startswith("Hidden"))
    opening.promised = PromiseNow(reply_s=None, samples=4, needed=20)
    card.reload()
    await until(lambda: "4 replies are counted, 20 are needed" in card.text)
    opening.line = False
    card.reload()
    await until(lambda: "once the line is back" in card.text)


async def test_a_clerk_does_not_see_what_only_the_owner_may_set(
    screens: Screens, desk: MemoryDesk
) -> None:
    assert "hours" in screens.shell(desk).settings.sections
    desk.me = msgspec.structs.replace(desk.me, role="clerk")
    assert "hours" not in screens.shell(desk).settings.sections
