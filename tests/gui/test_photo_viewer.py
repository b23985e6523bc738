"""A photo over the window: zoom, the next, its words, and nothing reaches what lies below."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.types import PhotoItem
from console.ui.photo_viewer import PhotoViewer
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

ALBUM = tuple(
    PhotoItem(media_id=number, width=1200, height=1500, caption=caption)
    for number, caption in enumerate(("红色", "米色", "", "藏青色 L"), 1)
)


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    return screens.shell(desk, settings=False)


@pytest.fixture
def viewer(shell: Shell) -> PhotoViewer:
    shell.inbox.viewer.open(ALBUM, 1)
    return shell.inbox.viewer


def turn_wheel(viewer: PhotoViewer, at: QPointF, by: int) -> None:
    where = QPointF(viewer.mapToGlobal(at.toPoint()))
    event = QWheelEvent(at, where, QPoint(), QPoint(0, by), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(viewer, event)


def part_of(viewer: PhotoViewer, at: QPointF) -> tuple[float, float]:
    """Which part of the photo lies at a point."""
    box = viewer.box()
    return (round((at.x() - box.left()) / box.width(), 3),
            round((at.y() - box.top()) / box.height(), 3))  # fmt: skip


async def test_keys_lead_through_all_photos_and_say_which_one_it_is(viewer: PhotoViewer) -> None:
    assert viewer.caption == "2 / 4   米色"
    assert viewer.accessibleName() == "Photo 2 of 4 · 米色"
    places = []
    for key in ("End", "Right", "Left", "Home", "Left", "PageDown", "Space", "Backspace"):
        QTest.keyClick(viewer, getattr(Qt.Key, f"Key_{key}"))
        places.append(viewer.number)
    assert places == [3, 3, 2, 0, 0, 1, 2, 1]
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.caption == "3 / 4"


async def test_the_wheel_enlarges_what_the_pointer_is_at(viewer: PhotoViewer) -> None:
    at = viewer.box().center() + QPointF(60, -90)
    before = part_of(viewer, at)
    turn_wheel(viewer, at, 240)
    assert viewer.zoom == pytest.approx(1.25**2)
    assert part_of(viewer, at) == before
    turn_wheel(viewer, at, 12)
    assert 1.25**2 < viewer.zoom < 1.25**2 * 1.05
    turn_wheel(viewer, at, -1200)
    assert viewer.zoom == 1
    assert viewer.box().center() == QPointF(viewer.width() / 2, viewer.height() / 2)


async def test_an_enlarged_photo_is_moved_by_keys_and_never_out_of_sight(
    viewer: PhotoViewer,
) -> None:
    for _ in range(6):
        QTest.keyClick(viewer, Qt.Key.Key_Plus)
    left = viewer.box().left()
    QTest.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.box().left() < left
    assert viewer.number == 1
    for _ in range(200):
        QTest.keyClick(viewer, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.box().bottom() > viewer.height() / 2
    QTest.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.zoom == 1


async def test_a_click_beside_the_photo_closes_one_on_it_does_not(viewer: PhotoViewer) -> None:
    QTest.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=viewer.rect().center())
    assert viewer.isVisible()
    beside = QPoint(int(viewer.box().left()) - 20, viewer.height() // 4)
    QTest.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=beside)
    assert not viewer.isVisible()


async def test_keys_reach_nothing_below(
    shell: Shell, desk: MemoryDesk, until: Any, viewer: PhotoViewer
) -> None:
    viewer.dismiss()
    shell.inbox.open(2)
    await until(lambda: shell.inbox.tasks.idle)
    shell.inbox.reply.text.setFocus()
    shell.inbox.viewer.open(ALBUM)
    control = Qt.KeyboardModifier.ControlModifier
    saved: list[Any] = []
    viewer.saved.connect(saved.append)
    for key in (Qt.Key.Key_D, Qt.Key.Key_K, Qt.Key.Key_S, Qt.Key.Key_Down, Qt.Key.Key_Z):
        QTest.keyClick(viewer, key, control)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Question, Qt.Key.Key_A):
        QTest.keyClick(viewer, key)
    await until(lambda: shell.inbox.tasks.idle)
    assert viewer.hasFocus()
    assert not desk.called("finish")
    assert not shell.finder.isVisible()
    assert shell.inbox.timeline.model.conversation_id == 2
    assert shell.inbox.reply.text.toPlainText() == ""
    assert saved == [ALBUM[0]]
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert shell.inbox.reply.text.hasFocus()
