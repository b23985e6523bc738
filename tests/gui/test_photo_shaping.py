"""Photos of a campaign are turned and cropped by pointer and by keys, and it is undone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.domain.photo_shapes import Part, Shape
from console.sync.http import Offline
from console.ui.crop_window import CropWindow
from console.ui.photo_tile import deed_boxes
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.test_campaigns import page, screen, with_photos

__all__ = ["page", "screen"]

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def shapes(page: ComposerPage) -> list[Shape]:
    return [each.shape for each in page.editing.variant.photos]


def press(page: ComposerPage, number: int, deed: str) -> None:
    """Point at a tile, then click one of the buttons that show."""
    grid = page.photos.grid
    place = next(box for each, box in deed_boxes(grid.box(number)) if each.id == deed)
    point_at(grid, place.center())
    QTest.mouseClick(grid, LEFT, NONE, place.center().toPoint())


def point_at(grid: QWidget, at: QPointF) -> None:
    """The pointer moves there; ``QTest.mouseMove`` would run what waits, within a task."""
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, grid.mapToGlobal(at), none, none, NONE)
    QApplication.sendEvent(grid, moved)


async def at_tile(page: ComposerPage, until: Any, number: int = 0) -> list[str]:
    names = await with_photos(page, until)
    page.photos.grid.setFocus()
    for _ in range(number):
        QTest.keyClick(page.photos.grid, Qt.Key.Key_Right)
    return names


async def cropping(page: ComposerPage, until: Any) -> CropWindow:
    QTest.keyClick(page.photos.grid, Qt.Key.Key_C)
    await until(lambda: page.photos.findChildren(CropWindow))
    (window,) = page.photos.findChildren(CropWindow)
    await until(window.isVisible)
    return window


async def test_keys_turn_a_photo_and_each_turn_is_undone(page: ComposerPage, until: Any) -> None:
    names = await at_tile(page, until, 1)
    grid = page.photos.grid
    QTest.keyClick(grid, Qt.Key.Key_R)
    assert grid.tiles[1].quarters == 1
    await until(lambda: not page.photos.busy)
    assert [each.quarters for each in shapes(page)] == [0, 1, 0]
    QTest.keyClick(grid, Qt.Key.Key_R, SHIFT)
    await until(lambda: not page.photos.busy)
    assert [each.name for each in page.editing.variant.photos] == names
    page.undo()
    assert [each.quarters for each in shapes(page)] == [0, 1, 0]
    page.undo()
    assert [each.name for each in page.editing.variant.photos] == names
    page.redo()
    assert [each.quarters for each in shapes(page)] == [0, 1, 0]


async def test_buttons_of_a_tile_turn_it_and_nothing_is_dragged(
    page: ComposerPage, until: Any
) -> None:
    names = await with_photos(page, until)
    press(page, 2, "left")
    await until(lambda: not page.photos.busy)
    assert [each.quarters for each in shapes(page)] == [0, 0, 3]
    assert [each.name for each in page.editing.variant.photos][:2] == names[:2]


async def test_a_button_that_is_not_seen_does_nothing(page: ComposerPage, until: Any) -> None:
    await with_photos(page, until)
    grid = page.photos.grid
    place = next(box for each, box in deed_boxes(grid.box(2)) if each.id == "left")
    grid.clearFocus()
    page.words.text.setFocus()
    point_at(grid, grid.box(0).center())
    QTest.mouseClick(grid, LEFT, NONE, place.center().toPoint())
    await asyncio.sleep(0)
    assert not page.photos.busy


async def test_the_menu_says_what_can_be_done_and_does_it(page: ComposerPage, until: Any) -> None:
    await at_tile(page, until, 1)
    grid = page.photos.grid
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), grid.mapToGlobal(QPoint(1, 1))
    )
    QApplication.sendEvent(grid, event)
    (menu,) = grid.findChildren(QMenu)
    said = [action.text() for action in menu.actions() if action.text()]
    assert said == ["Turn left\tShift+R", "Turn right\tR", "Crop…\tC",
                    "Item it shows…\tP", "Caption\tReturn",
                    "Take out\tDel"]  # fmt: skip
    next(action for action in menu.actions() if action.objectName() == "right").trigger()
    menu.close()
    await until(lambda: not page.photos.busy)
    assert [each.quarters for each in shapes(page)] == [0, 1, 0]


async def test_turning_in_a_hurry_makes_the_last_shape_only(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    names = await at_tile(page, until)
    gate = desk.campaigns.held[names[0]] = asyncio.Event()
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    await until(lambda: ("shape_photo", names[0], Shape(1)) in desk.campaigns.calls)
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    assert page.photos.grid.tiles[0].quarters == 2
    gate.set()
    await until(lambda: not page.photos.busy)
    assert shapes(page)[0] == Shape(2)
    assert ("drop_photo", "made1") in desk.campaigns.calls
    page.undo()
    assert [each.name for each in page.editing.variant.photos] == names


async def test_caption_and_place_chosen_meanwhile_stay(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    names = await at_tile(page, until)
    gate = desk.campaigns.held[names[0]] = asyncio.Event()
    grid = page.photos.grid
    QTest.keyClick(grid, Qt.Key.Key_R)
    grid.edit_caption(0)
    QTest.keyClicks(grid.editor, "camel coat")
    QTest.keyClick(grid.editor, Qt.Key.Key_Return)
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    gate.set()
    await until(lambda: not page.photos.busy)
    assert [each.quarters for each in shapes(page)] == [0, 1, 0]
    assert page.editing.variant.photos[1].item.caption == "camel coat"


async def test_nothing_is_sent_while_a_photo_is_made(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    names = await at_tile(page, until)
    send = page.sending.buttons["send"]
    await until(send.isEnabled)
    gate = desk.campaigns.held[names[0]] = asyncio.Event()
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    await until(lambda: not send.isEnabled())
    gate.set()
    await until(send.isEnabled)


async def test_a_photo_is_turned_also_while_another_campaign_is_open(
    screen: CampaignsScreen, page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    names = await at_tile(page, until)
    gate = desk.campaigns.held[names[0]] = asyncio.Event()
    first = page.editing.client_id
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    await screen.open(await desk.campaigns.create())
    assert page.editing.client_id != first
    gate.set()

    def turned() -> bool:
        photos = desk.campaigns.items[first].draft.variants[0].photos
        return [each.shape.quarters for each in photos] == [1, 0, 0]

    await until(turned)


async def test_a_photo_taken_out_meanwhile_does_not_come_back(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    names = await at_tile(page, until)
    gate = desk.campaigns.held[names[0]] = asyncio.Event()
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    QTest.keyClick(page.photos.grid, Qt.Key.Key_Delete)
    gate.set()
    await until(lambda: ("drop_photo", "made1") in desk.campaigns.calls)
    assert [each.name for each in page.editing.variant.photos] == names[1:]


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_C])
async def test_a_photo_whose_original_cannot_be_had_says_so_and_stays(
    page: ComposerPage, desk: MemoryDesk, until: Any, key: Qt.Key
) -> None:
    names = await at_tile(page, until)
    desk.campaigns.unshapely = Offline()
    QTest.keyClick(page.photos.grid, key)
    await until(page.photos.faults.isVisible)
    assert page.photos.faults.text().endswith("The relay does not answer. Nothing is lost; "
                                              "try again.")  # fmt: skip
    assert [each.name for each in page.editing.variant.photos] == names
    assert not page.photos.busy


# --- the crop window ------------------------------------------------------------------------


async def test_a_handle_is_pulled_and_enter_takes_it(page: ComposerPage, until: Any) -> None:
    await at_tile(page, until)
    window = await cropping(page, until)
    canvas = window.canvas
    assert window.focusWidget() is canvas
    start, middle = canvas.handle_at((-1, -1)), canvas.frame_box().center()
    QTest.mousePress(canvas, LEFT, NONE, start.toPoint())
    QTest.mouseMove(canvas, middle.toPoint())
    QTest.mouseRelease(canvas, LEFT, NONE, middle.toPoint())
    part = canvas.shape_chosen.part
    assert (part.left, part.top) == pytest.approx((0.5, 0.5), abs=0.02)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    await until(lambda: shapes(page)[0] == Shape(0, part))
    page.undo()
    assert shapes(page)[0].is_plain


async def test_esc_and_cancel_leave_the_photo_as_it_was(page: ComposerPage, until: Any) -> None:
    names = await at_tile(page, until)
    for leave in ("esc", "cancel"):
        window = await cropping(page, until)
        QTest.mouseClick(window.right, LEFT)
        if leave == "esc":
            QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(window.cancel, LEFT)
        await until(lambda: not page.photos.findChildren(CropWindow))
    assert [each.name for each in page.editing.variant.photos] == names
    assert not page.photos.busy


async def test_arrows_carry_the_frame_and_shift_changes_its_size(
    page: ComposerPage, until: Any
) -> None:
    await at_tile(page, until)
    window = await cropping(page, until)
    canvas = window.canvas
    for _ in range(10):
        QTest.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    for _ in range(5):
        QTest.keyClick(canvas, Qt.Key.Key_Up, SHIFT)
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    part, longer = canvas.shape_chosen.part, max(canvas.own_ratio, 1 / canvas.own_ratio)
    assert part.left > 0
    assert part.top == 0
    wide, high = part.width * canvas.own_ratio, part.height
    step = 0.01 * max(canvas.own_ratio, 1.0)
    assert wide == pytest.approx(canvas.own_ratio - 10 * step, abs=1e-6)
    assert high == pytest.approx(1 - 5 * step, abs=1e-6)
    assert longer >= 1
    window.reject()


@pytest.mark.parametrize(("name", "ratio"), [("square", 1.0), ("portrait", 0.75)])
async def test_a_ratio_is_kept_while_handles_are_pulled(
    page: ComposerPage, until: Any, name: str, ratio: float
) -> None:
    await at_tile(page, until)
    window = await cropping(page, until)
    canvas = window.canvas
    QTest.mouseClick(window.ratios[name], LEFT)
    for handle in ((1, 1), (0, -1), (-1, 0)):
        at = canvas.handle_at(handle)
        inward = at - QPointF(handle[0] * 40, handle[1] * 30)
        QTest.mousePress(canvas, LEFT, NONE, at.toPoint())
        QTest.mouseMove(canvas, inward.toPoint())
        QTest.mouseRelease(canvas, LEFT, NONE, inward.toPoint())
        box = canvas.frame_box()
        assert box.width() / box.height() == pytest.approx(ratio, abs=0.01)
    assert not canvas.shape_chosen.part.is_whole
    window.reject()


async def test_what_was_cut_off_can_be_had_back(page: ComposerPage, until: Any) -> None:
    names = await at_tile(page, until)
    part = Part(0.25, 0.25, 0.5, 0.5)
    page.photos.shaping.ask(0, Shape(0, part))
    await until(lambda: not page.photos.busy)
    QTest.keyClick(page.photos.grid, Qt.Key.Key_R)
    await until(lambda: not page.photos.busy)
    window = await cropping(page, until)
    assert window.canvas.shape_chosen == Shape(1, part.turned(1))
    QTest.mouseClick(window.whole, LEFT)
    QTest.mouseClick(window.take, LEFT)
    await until(lambda: [each.name for each in page.editing.variant.photos] == names)


async def test_the_frame_turns_with_the_photo(page: ComposerPage, until: Any) -> None:
    await at_tile(page, until)
    window = await cropping(page, until)
    canvas = window.canvas
    for _ in range(20):
        QTest.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    before = canvas.shape_chosen
    QTest.keyClick(canvas, Qt.Key.Key_R)
    assert canvas.shape_chosen.quarters == 1
    assert canvas.shape_chosen.part.left == pytest.approx(before.turned(1).part.left)
    assert canvas.shape_chosen.part.height == pytest.approx(before.turned(1).part.height)
    window.reject()
