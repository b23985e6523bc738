"""Coupons at the counter: redeemed from a member's panel, by a scanner, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from console.desk.types import LinkState
from console.ui.keymap import keymap
from console.views.inbox import InboxScreen
from console.views.inbox.ask_reason import ReasonWindow
from console.views.redeem import RedeemWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens

ZHOU, CHEN = 1, 2
CODE, OTHER = "K7QM2XWR", "ABCD2345"


def click(button: QPushButton | None) -> None:
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def scan(window: RedeemWindow, code: str) -> None:
    """What a scanner does: it types wherever the keyboard is, and presses Enter."""
    for sign in code:
        QTest.keyClick(window.focusWidget(), sign)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    desk.offers.give(ZHOU, CODE)
    return screens.shell(desk, settings=False)


@pytest.fixture
async def inbox(shell: Shell, until: Any) -> InboxScreen:
    shell.inbox.open(ZHOU)
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
    return shell.inbox


@pytest.fixture
def counter(shell: Shell) -> RedeemWindow:
    return shell.redeem()


# --- in her panel -----------------------------------------------------------------------------


async def test_a_coupon_is_redeemed_from_her_panel_and_taken_back_with_undo(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(inbox.panel.coupons.button_of(1))
    await until(lambda: inbox.around.bar.text == "Redeemed: 周末 8 折券")
    assert desk.called("redeem") == [(CODE,)]
    await until(lambda: inbox.panel.coupons.shown[0].redeemed_at is not None)
    inbox.around.bar.undo()
    await until(lambda: inbox.panel.coupons.shown[0].redeemed_at is None)
    assert desk.called("reopen") == [(1,)]


async def test_the_keyboard_stays_at_the_coupon_it_redeemed(
    inbox: InboxScreen, shell: Shell, until: Any
) -> None:
    shell.activateWindow()
    button = inbox.panel.coupons.button_of(1)
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    await until(lambda: inbox.panel.coupons.shown[0].redeemed_at is not None)
    focus = shell.focusWidget()
    assert isinstance(focus, QPushButton)
    assert (focus.objectName(), focus.text()) == ("coupon1", "Take back")


async def test_two_hasty_presses_redeem_once(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.offers.answer.clear()
    for _ in range(2):
        click(inbox.panel.coupons.button_of(1))
    await until(lambda: desk.called("redeem"))
    desk.offers.answer.set()
    await until(lambda: inbox.around.bar.text)
    assert desk.called("redeem") == [(CODE,)]


async def test_a_coupon_says_how_it_stands_and_what_is_past_offers_nothing(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    day = datetime.now(UTC) - timedelta(days=3)
    desk.offers.give(ZHOU, OTHER, redeemed_at=day, staff="阿珍")
    await until(lambda: len(inbox.panel.coupons.shown) == 2)
    old = inbox.panel.coupons.button_of(2)
    assert old is not None
    assert not old.isVisible()


async def test_without_a_line_nothing_is_redeemed_and_it_says_why(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    said: list[str] = []
    inbox.complained.connect(said.append)
    desk.tell_link(LinkState(phase="offline", since=ago(1)))
    click(inbox.panel.coupons.button_of(1))
    await until(lambda: bool(said))
    assert said[0].startswith("Redeeming needs the line")
    assert desk.offers.coupons[CODE].redeemed_at is None


async def test_a_coupon_is_voided_after_a_reason_and_its_code_can_be_copied(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any, qapp: QApplication
) -> None:
    more = inbox.panel.coupons.findChild(QPushButton, "more1")
    for place in (0, 1):
        click(more)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        for _ in range(place):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == CODE
    window = next(each for each in shell.window().findChildren(ReasonWindow) if each.isVisible())
    assert not window.ok.isEnabled()
    window.choices[0].click()
    click(window.ok)
    await until(lambda: inbox.panel.coupons.shown[0].voided_at is not None)
    assert desk.called("void") == [(1, "Given by mistake")]
    button = inbox.panel.coupons.button_of(1)
    assert button is not None
    assert not button.isVisible()


# --- by its code ------------------------------------------------------------------------------


async def test_the_key_and_the_search_open_the_window(
    shell: Shell, until: Any, qapp: QApplication
) -> None:
    offers = {offer.command.id: offer for offer in keymap().offers(shell)}
    assert offers["redeem"].keys == "Ctrl+E"
    shell.finder.open()
    shell.finder.field.setText("redeem")
    await until(lambda: shell.finder.query == "redeem")
    QTest.keyClick(shell.finder.field, Qt.Key.Key_Return)
    await until(lambda: any(w.isVisible() for w in shell.findChildren(RedeemWindow)))


async def test_a_scan_shows_whose_it_is_and_the_next_enter_redeems(
    counter: RedeemWindow, desk: MemoryDesk, until: Any
) -> None:
    scan(counter, CODE.lower())
    await until(lambda: counter.coupon is not None)
    assert not desk.called("redeem"), "a scanner's Enter redeems nothing unseen"
    assert (counter.name.accessibleName(), counter.what.accessibleName()) == (
        "周雨桐", "周末 8 折券"
    )  # fmt: skip
    assert counter.focusWidget() is counter.redeem
    QTest.keyClick(counter.redeem, Qt.Key.Key_Return)
    await until(lambda: counter.words.text() == "Redeemed. Ready for the next one.")
    assert desk.called("redeem") == [(CODE,)]
    assert counter.focusWidget() is counter.field
    assert not counter.field.text()
    click(counter.back)
    await until(lambda: counter.words.text().startswith("Taken back"))
    assert desk.offers.coupons[CODE].redeemed_at is None


async def test_the_next_scan_while_the_button_has_the_keyboard_redeems_neither(
    counter: RedeemWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.offers.give(CHEN, OTHER)
    scan(counter, CODE)
    await until(lambda: counter.coupon is not None)
    scan(counter, OTHER)
    await until(lambda: counter.coupon is not None and counter.coupon.code == OTHER)
    assert counter.code == OTHER
    assert not desk.called("redeem")


async def test_a_code_may_be_typed_with_blanks_and_dashes(
    counter: RedeemWindow, until: Any
) -> None:
    QTest.keyClicks(counter.field, "k7qm-2x wr")
    await until(lambda: counter.coupon is not None)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"redeemed_at": datetime.now(UTC), "staff": "阿珍"}, "by 阿珍"),
        ({"expires_at": datetime.now(UTC) - timedelta(hours=1)}, "expired"),
        ({"voided_at": datetime.now(UTC)}, "voided"),
    ],
)
async def test_what_cannot_be_redeemed_says_why_at_once(
    counter: RedeemWindow, desk: MemoryDesk, until: Any, facts: dict[str, Any], sentence: str
) -> None:
    desk.offers.put(msgspec.structs.replace(desk.offers.coupons[CODE], **facts))
    scan(counter, CODE)
    await until(lambda: counter.words.text().startswith("It cannot be redeemed"))
    assert sentence in counter.words.text()
    QTest.keyClick(counter.focusWidget(), Qt.Key.Key_Return)
    assert not counter.redeem.isEnabled()
    assert not desk.called("redeem")


async def test_a_code_the_console_does_not_know_is_asked_of_the_relay(
    counter: RedeemWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.offers.here = set()
    scan(counter, "ZZZZ2222")
    await until(lambda: counter.words.text().startswith("No coupon with this code is known here"))
    QTest.keyClick(counter.redeem, Qt.Key.Key_Return)
    await until(lambda: counter.words.text().startswith("There is no coupon with this code"))
    scan(counter, CODE)
    await until(lambda: counter.focusWidget() is counter.redeem)
    await until(lambda: counter.words.text().startswith("No coupon with this code is known here"))
    QTest.keyClick(counter.redeem, Qt.Key.Key_Return)
    await until(lambda: counter.name.accessibleName() == "周雨桐")


async def test_another_counter_was_first(
    counter: RedeemWindow, desk: MemoryDesk, until: Any
) -> None:
    scan(counter, CODE)
    await until(lambda: counter.coupon is not None)
    here = desk.offers.coupons[CODE]
    desk.offers.coupons[CODE] = msgspec.structs.replace(
        here, redeemed_at=datetime.now(UTC), staff="阿珍"
    )
    QTest.keyClick(counter.redeem, Qt.Key.Key_Return)
    await until(lambda: "already redeemed" in counter.words.text())
    assert "阿珍" in counter.words.text()


async def test_a_scanned_code_without_a_line_changes_nothing_and_says_so(
    counter: RedeemWindow, desk: MemoryDesk, until: Any
) -> None:
    desk.tell_link(LinkState(phase="offline", since=ago(1)))
    scan(counter, CODE)
    await until(lambda: counter.coupon is not None)
    QTest.keyClick(counter.redeem, Qt.Key.Key_Return)
    await until(lambda: counter.words.text().startswith("There is no line to the relay"))
    assert desk.offers.coupons[CODE].redeemed_at is None
    assert counter.code == CODE


async def test_too_short_a_code_is_said(counter: RedeemWindow, desk: MemoryDesk) -> None:
    scan(counter, "K7Q")
    assert counter.words.text() == "A code has 8 letters and digits."
    assert not desk.called("redeem")


async def test_the_search_finds_the_member_by_a_code(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    shell.finder.open()
    shell.finder.field.setText("k7qm 2xwr")
    await until(lambda: shell.finder.query == "k7qm 2xwr")
    row = shell.finder.model.row(shell.finder.model.choosable()[0])
    assert row is not None
    assert (row.kind, row.title, row.aside) == ("coupon", "周雨桐", "K7QM 2XWR")
    QTest.keyClick(shell.finder.field, Qt.Key.Key_Return)
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
