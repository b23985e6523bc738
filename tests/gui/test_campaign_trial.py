"""Trying a campaign out: whose phones, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.sync.http import Offline
from console.ui.choice_list import ROW, Choice
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.trial import TrialWindow
from console.wire.errors import Code, Refusal
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    await until(lambda: shell.campaigns.tasks.idle)
    return shell.campaigns


@pytest.fixture
async def page(screen: CampaignsScreen, until: Any) -> ComposerPage:
    click(screen.list.new)
    await until(lambda: screen.composing and screen.composer.who.audience is not None)
    return screen.composer


async def opened(page: ComposerPage, until: Any) -> TrialWindow:
    """The window, after some words were written."""
    QTest.keyClicks(page.words.text, "New coats")
    click(page.head.trial)
    await until(lambda: bool(page.findChildren(TrialWindow)))
    (window,) = page.findChildren(TrialWindow)
    return window


async def test_a_draft_that_says_nothing_cannot_be_tried_out(page: ComposerPage) -> None:
    assert not page.head.trial.isEnabled()
    QTest.keyClicks(page.words.text, "New coats")
    assert page.head.trial.isEnabled()


async def test_the_window_grows_with_those_it_finds(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    window = await opened(page, until)
    QTest.keyClicks(window.phones.field, "7")
    found = window.phones.found
    await until(lambda: found.isVisible() and found.count() > 0)
    found.offer([Choice(number, f"member {number}") for number in range(4)])
    await until(lambda: found.visibleRegion().boundingRect().height() == 4 * ROW)


async def test_the_owner_looks_for_herself_and_sends_what_she_just_typed(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    window = await opened(page, until)
    assert not window.send.isEnabled()
    QTest.keyClicks(window.phones.field, "7")
    await until(window.phones.found.isVisible)
    QTest.keyClick(window.phones.field, Qt.Key.Key_Return)
    await until(lambda: desk.trials.own == [7])
    assert window.send.text() == "Send to 1 phone"
    click(window.send)
    await until(lambda: bool(desk.trials.sent))
    assert desk.trials.sent == [(page.editing.client_id, (7,))]
    assert desk.campaigns.saves[-1].variants[0].body == "New coats"
    await until(lambda: window.said.text() == "1 message is on its way.")


async def test_a_clerk_uses_the_phones_that_the_owner_chose_and_no_others(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    desk.trials.own, desk.trials.may_choose = [3, 4], False
    window = await opened(page, until)
    assert window.send.text() == "Send to 2 phones"
    assert not window.phones.field.isEnabled()
    click(window.send)
    await until(lambda: desk.trials.sent == [(page.editing.client_id, (3, 4))])


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Offline(), "The relay does not answer. Nothing is lost; try again."),
        (Refusal(Code.CAMPAIGN_EMPTY, field="members"),
         "None of them has joined on a phone and takes notices."),
    ],
)  # fmt: skip
async def test_why_nothing_left_is_said_and_it_can_be_tried_again(
    page: ComposerPage, desk: MemoryDesk, until: Any, failure: Exception, words: str
) -> None:
    desk.trials.own, desk.trials.failure = [3], failure
    window = await opened(page, until)
    click(window.send)
    await until(lambda: window.said.text() == words)
    assert window.send.isEnabled()
    desk.trials.failure = None
    click(window.send)
    await until(lambda: bool(desk.trials.sent))
