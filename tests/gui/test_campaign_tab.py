"""Tab through a campaign's page: where the eye goes, and every stop can be seen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.views.campaigns.composer import ComposerPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens
from tests.gui.test_campaigns import COATS, drop, photo
from tests.helpers.keyboard import here, name, picture_of, tab

TALL = QSize(1440, 2000)
"""Nothing has to be scrolled: what lies where stays there."""


@pytest.fixture
async def page(screens: Screens, desk: MemoryDesk, until: Any) -> ComposerPage:
    """With photos, two versions, a field, a question and an offer."""
    shell = screens.shell(desk, TALL, settings=False)
    shell.show_section("campaigns")
    screen = shell.campaigns
    await until(lambda: screen.tasks.idle)
    QTest.mouseClick(screen.list.new, Qt.MouseButton.LeftButton)
    await until(lambda: screen.composing and screen.composer.who.audience is not None)
    page = screen.composer
    split = page.who.versions.split
    for control in (page.words.chips["name"], page.question.add, page.offer.add, split):
        QTest.mouseClick(control, Qt.MouseButton.LeftButton)
    drop(page.photos.grid, *(photo(each) for each in COATS[:2]))
    await until(lambda: not page.photos.busy and len(page.photos.grid.tiles) == 2)
    await until(lambda: screen.tasks.idle and not page.editing.saving)
    shell.activateWindow()
    await until(shell.isActiveWindow)
    return page


def round_trip(page: ComposerPage) -> list[QWidget]:
    """Every stop from the name of the campaign on, until the keyboard leaves the page."""
    page.head.title.setFocus()
    stops = []
    while page.isAncestorOf(here()):
        assert here() not in stops, f"it goes round: {[name(each) for each in stops]}"
        stops.append(here())
        tab()
    return stops


async def test_tab_goes_where_the_eye_goes_also_to_what_was_made_later(page: ComposerPage) -> None:
    stops = round_trip(page)
    expected = [
        *page.versions, page.photos.layouts["cards"], page.photos.grid, page.words.chips["name"],
        page.words.text, page.words.fallbacks["name"], page.question.text, *page.question.choices,
        page.question.more, page.offer.name, page.when.now, page.preview.member,
        page.who.picker.bar.button, page.who.versions.split, page.who.waterfall,
    ]  # fmt: skip
    assert [stop for stop in stops if stop in expected] == expected


async def test_every_stop_shows_that_the_keyboard_is_there(page: ComposerPage) -> None:
    unseen = []
    for stop in round_trip(page):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        lit = picture_of(stop)
        stop.window().setFocus()
        dark = picture_of(stop)
        assert dark == picture_of(stop)
        if lit == dark:
            unseen.append(name(stop))
    assert unseen == []


async def test_where_there_is_no_room_the_phone_stands_in_the_photos_place_when_asked(
    page: ComposerPage, until: Any
) -> None:
    def there() -> tuple[bool, bool]:
        return page.photos.grid.isVisible(), page.preview.isVisible()

    shell = page.window()
    assert there() == (True, True)
    assert not page.head.phone.isVisible()
    shell.resize(QSize(910, 560))
    await until(lambda: there() == (True, False))
    assert [step for step in round_trip(page) if step is page.preview.member] == []
    QTest.mouseClick(page.head.phone, Qt.MouseButton.LeftButton)
    assert there() == (False, True)
    QTest.keyClick(page.head.phone, Qt.Key.Key_Space)
    assert there() == (True, False)
    QTest.mouseClick(page.head.phone, Qt.MouseButton.LeftButton)
    shell.resize(TALL)
    await until(lambda: there() == (True, True))
    shell.resize(QSize(910, 560))
    await until(lambda: there() == (True, False))
