"""The board of fitting rooms: moved by mouse and keys, settled, taken back, booked from a chat."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from console.desk.fitting_types import FittingItem, PickItem, RoomItem
from console.domain import fittings
from console.domain.fittings import Slot
from console.ui.keymap import keymap
from console.views.bookings.board import carried
from console.views.bookings.page import BookingsPage
from console.views.rail import BOOKINGS
from console.views.shell import Shell
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_fittings import HOURS, MemoryFittings
from tests.gui.screens import Screens

SHIFT = Qt.KeyboardModifier.ShiftModifier


def slots_of(port: MemoryFittings, day: date) -> list[Slot]:
    return fittings.slots_of(HOURS, day, port.minutes)


@pytest.fixture
def port(desk: MemoryDesk) -> MemoryFittings:
    found = desk.fittings
    found.rooms = [RoomItem(room_id=n, client_id=f"room{n}", name=f"{n} 号") for n in (1, 2, 3)]
    return found


@pytest.fixture
async def page(screens: Screens, desk: MemoryDesk, port: MemoryFittings, until: Any) -> Any:
    """Tomorrow, with two fittings: Anna at 10:00 in room 1, Bea at 10:30 in room 1."""
    shell = screens.shell(desk)
    shell.show_section(BOOKINGS)
    page = shell.bookings.page
    assert page is not None
    await until(lambda: page.day is not None)
    day = page.head.day + timedelta(days=1)
    ten, half = slots_of(port, day)[20:22]
    pick = PickItem(variant_id=7, name="红风衣", size="L", shelf="A-3", kept=True)
    for name, slot, picks in (("anna", ten, (pick,)), ("bea", half, ())):
        port.items[name] = FittingItem(
            client_id=name, member_id=1, name=name, room_id=1, starts_at=slot.starts_at,
            ends_at=slot.ends_at, picks=picks,
        )  # fmt: skip
    page.head.go(1)
    await until(lambda: page.day is not None and page.day.day == day)
    page.board.setFocus()
    return page


async def rest(page: BookingsPage, until: Any) -> None:
    shell = page.window()
    assert isinstance(shell, Shell)
    await until(lambda: shell.bookings.tasks.idle and shell.inbox.tasks.idle)


def key(to: QWidget, *what: Any) -> None:
    QTest.keyClick(to, *what)


def place(port: MemoryFittings, name: str) -> tuple[str, int]:
    item = port.items[name]
    return f"{HOURS.local(item.starts_at):%H:%M}", item.room_id


async def test_shift_and_arrows_move_a_fitting_and_ctrl_z_takes_it_back(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    page.board.show_fitting("anna")
    key(page.board, Qt.Key.Key_Right, SHIFT)
    await rest(page, until)
    assert place(port, "anna") == ("10:00", 2)
    assert page.board.item is not None
    assert page.board.item.client_id == "anna"
    page.bar.undo()
    await rest(page, until)
    assert place(port, "anna") == ("10:00", 1)


async def test_a_move_by_keys_passes_over_what_is_taken(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    page.board.show_fitting("anna")
    key(page.board, Qt.Key.Key_Down, SHIFT)
    await rest(page, until)
    assert place(port, "anna") == ("11:00", 1)


def drop(page: BookingsPage, name: str, at: QPointF) -> bool:
    """What the system tells of a fitting that is dragged there and let go."""
    board, data = page.board, carried(name)
    mouse, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    moved = QDragMoveEvent(at.toPoint(), Qt.DropAction.MoveAction, data, mouse, none)
    board.dragMoveEvent(moved)
    board.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, data, mouse, none))
    return moved.isAccepted()


async def test_a_fitting_is_dragged_to_a_free_place_only(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    board = page.board
    assert drop(page, "anna", board.box((23, 2)).center())
    await rest(page, until)
    assert place(port, "anna") == ("11:30", 3)
    assert not drop(page, "anna", board.box((21, 0)).center())
    await rest(page, until)
    assert [call[0] for call in port.calls] == ["move"]
    assert place(port, "bea") == ("10:30", 1)


async def test_a_place_that_was_just_taken_is_said_and_the_board_shows_what_is(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    said: list[str] = []
    page.complained.connect(said.append)
    page.board.show_fitting("anna")
    port.failure = Refusal(Code.FITTING_TAKEN)
    key(page.board, Qt.Key.Key_Right, SHIFT)
    await rest(page, until)
    assert len(said) == 1
    assert page.bar.text == ""
    assert page.board.current == (20, 0)


async def test_what_became_of_it_is_said_and_taken_back(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    port.items["anna"] = FittingItem(
        client_id="anna", member_id=1, name="anna", room_id=2,
        starts_at=page._clock.now() - timedelta(minutes=10),
        ends_at=page._clock.now() + timedelta(minutes=20),
    )  # fmt: skip
    page.head.show_day(page._clock.local(port.items["anna"].starts_at).date())
    await rest(page, until)
    page.board.show_fitting("anna")
    for state in ("arrived", "bought"):
        page.pane.findChild(QWidget, state).click()  # type: ignore[union-attr]
        await rest(page, until)
        assert port.items["anna"].state == state
    page.bar.undo()
    await rest(page, until)
    assert port.items["anna"].state == "arrived"


async def test_a_fitting_to_come_cannot_be_missed_yet_and_is_cancelled_and_brought_back(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    page.board.show_fitting("anna")
    assert [str(s) for s, act in page.pane.acts.items() if act.isEnabled()] == []
    page.pane.cancel.click()
    await rest(page, until)
    assert port.items["anna"].state == "cancelled"
    assert page.board.at((20, 0)) == []
    page.bar.undo()
    await rest(page, until)
    assert port.items["anna"].state == "booked"


async def test_what_is_to_be_laid_out_says_where_it_hangs(page: BookingsPage, until: Any) -> None:
    def shown() -> str:
        return " ".join(each.text() for each in page.pane.findChildren(QLabel) if each.isVisible())

    page.board.show_fitting("anna")
    await until(lambda: "红风衣 · L" in shown())
    assert "A-3" in shown()


async def test_keys_go_from_day_to_day(page: BookingsPage, until: Any) -> None:
    today = page._clock.today()
    for command, day in (("fittings.on", 2), ("fittings.back", 1), ("fittings.today", 0)):
        QTest.keySequence(page.window(), keymap().key(command))
        await rest(page, until)
        assert page.head.day == today + timedelta(days=day)
        assert page.day is not None
        assert page.day.day == page.head.day


async def test_a_free_place_is_booked_for_a_member_found_by_name(
    page: BookingsPage, port: MemoryFittings, desk: MemoryDesk, until: Any
) -> None:
    shell = page.window()
    assert isinstance(shell, Shell)
    page.board._go((24, 1))
    window = shell.to_fittings.open_at(page.board._slot((24, 1)), 2)
    await rest(page, until)
    assert not window.ok.isEnabled()
    window.show_member(5, "林晓雯")
    assert window.slot is not None
    assert window.slot.starts_at == page.board._slot((24, 1)).starts_at
    window.ok.click()
    await rest(page, until)
    assert port.calls[-1] == ("book", 5, 2, page.board._slot((24, 1)).starts_at, [])
    assert len(page.board.at((24, 1))) == 1
    assert "林晓雯" in shell.toast.text


async def test_a_free_place_opens_the_window_with_enter(page: BookingsPage) -> None:
    wanted: list[Any] = []
    page.booking_wanted.connect(lambda *what: wanted.append(what))
    page.board._go((30, 2))
    key(page.board, Qt.Key.Key_Return)
    assert wanted == [(page.board._slot((30, 2)), 3)]


async def test_rooms_are_added_renamed_and_removed(
    page: BookingsPage, port: MemoryFittings, until: Any
) -> None:
    window = page.edit_rooms()
    assert window is not None
    window.name.setText("大间")
    window.add.click()
    await rest(page, until)
    assert [room.name for room in page.day.rooms] == ["1 号", "2 号", "3 号", "大间"]  # type: ignore[union-attr]
    port.failure = Refusal(Code.FITTING_ROOM_USED, {"count": 2})
    window.remove(port.rooms[0])
    await rest(page, until)
    assert "2" in window.fault_text
    window.close()


async def test_without_rooms_the_page_says_how_to_begin(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.show_section(BOOKINGS)
    page = shell.bookings.page
    assert page is not None
    await until(lambda: page.day is not None)
    assert page.empty.isVisible()
    assert not page.pane.isVisible()
    assert not page.head.book.isEnabled()
