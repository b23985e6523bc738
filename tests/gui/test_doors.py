"""Signing in, the first run, the settings and the poster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRectF, QSettings, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from console.ui import poster, qr
from console.ui.appearance import Appearance
from console.ui.i18n import language
from console.views.first_run import FirstRun
from console.views.settings.computer import ComputerCard
from console.views.settings.pairing import PairCard
from console.views.settings.people import PeopleCard
from console.views.settings.poster import PosterCard
from console.views.sign_in import SignIn
from console.views.window import Window
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import FakeAccounts, Screens


@pytest.fixture
async def sign_in(appearance: Appearance, accounts: FakeAccounts) -> Any:
    page = SignIn(accounts)  # type: ignore[arg-type]
    page.resize(900, 700)
    page.show()
    yield page
    await page.tasks.close()
    page.deleteLater()


@pytest.fixture
async def first_run(appearance: Appearance, accounts: FakeAccounts) -> Any:
    page = FirstRun(accounts)  # type: ignore[arg-type]
    page.resize(900, 760)
    page.show()
    yield page
    await page.tasks.close()
    page.deleteLater()


async def test_a_wrong_pin_is_said_at_its_field_and_the_right_one_opens(
    sign_in: SignIn, until: Any
) -> None:
    entered: list[object] = []
    sign_in.signed_in.connect(entered.append)
    await until(lambda: len(sign_in.faces) == 2)
    QTest.keyClicks(sign_in.secret, "000000")
    QTest.keyClick(sign_in.secret, Qt.Key.Key_Return)
    await until(lambda: sign_in.fault_text)
    assert "wrong" in sign_in.fault_text
    assert not entered
    sign_in.secret.clear()
    QTest.keyClicks(sign_in.secret, "135790")
    QTest.mouseClick(sign_in.enter, Qt.MouseButton.LeftButton)
    await until(lambda: entered)
    assert sign_in.secret.text() == ""


async def test_without_a_line_the_sign_in_offers_another_try(
    sign_in: SignIn, accounts: FakeAccounts, until: Any
) -> None:
    accounts.line = False
    sign_in.reload()
    await until(lambda: sign_in.enter.text() == "Try again")
    accounts.line = True
    QTest.mouseClick(sign_in.enter, Qt.MouseButton.LeftButton)
    await until(lambda: sign_in.enter.text() == "Sign in")


async def test_a_pairing_code_opens_too(
    sign_in: SignIn, until: Any, accounts: FakeAccounts
) -> None:
    entered: list[object] = []
    sign_in.signed_in.connect(entered.append)
    await until(lambda: len(sign_in.faces) == 2)
    QTest.mouseClick(sign_in.other, Qt.MouseButton.LeftButton)
    QTest.keyClicks(sign_in.code, "WRONG")
    QTest.keyClick(sign_in.code, Qt.Key.Key_Return)
    await until(lambda: sign_in.fault_text)
    sign_in.code.clear()
    QTest.keyClicks(sign_in.code, "ABCD-1234")
    QTest.keyClick(sign_in.code, Qt.Key.Key_Return)
    await until(lambda: entered)


async def test_the_first_run_asks_for_what_is_missing_and_makes_the_shop(
    first_run: FirstRun, accounts: FakeAccounts, until: Any
) -> None:
    entered: list[object] = []
    first_run.signed_in.connect(entered.append)
    first_run.go_on()
    assert first_run.step == 0
    assert first_run.fault_at("shop")
    first_run.shop.setText("时光衣橱")
    first_run.go_on()
    first_run.owner.setText("小李")
    QTest.keyClicks(first_run.secret, "123456")
    first_run.go_on()
    assert first_run.step == 2
    first_run.go_on()
    await until(lambda: first_run.step == 1 and first_run.fault_at("secret"))
    first_run.secret.setText("a long password")
    first_run.go_on()
    first_run.go_on()
    await until(lambda: first_run.step == 3)
    assert accounts.set_up == (
        "时光衣橱", "小李", "a long password", 600, 1290, "", language())  # fmt: skip
    first_run.go_on()
    assert entered


async def test_a_shop_is_opened_by_the_keyboard_alone(
    appearance: Appearance, accounts: FakeAccounts, tmp_path: Path, until: Any
) -> None:
    window = Window(QSettings(str(tmp_path / "place.ini"), QSettings.Format.IniFormat))
    page = FirstRun(accounts)  # type: ignore[arg-type]
    entered: list[object] = []
    page.signed_in.connect(entered.append)
    window.show_page(page)
    window.show()
    await until(window.isActiveWindow)

    def press(*keys: str | Qt.Key) -> None:
        for key in keys:
            focused = window.focusWidget()
            assert focused is not None
            if isinstance(key, str):
                QTest.keyClicks(focused, key)
            else:
                QTest.keyClick(focused, key)

    press("Lin Boutique", Qt.Key.Key_Return)
    press("Lin", Qt.Key.Key_Tab, "a long password", Qt.Key.Key_Return)
    await until(lambda: page.step == 2)
    press(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    await until(lambda: page.step == 3)
    assert accounts.set_up[:3] == ("Lin Boutique", "Lin", "a long password")
    press(Qt.Key.Key_Return)
    assert entered
    await page.tasks.close()
    window.deleteLater()


async def test_an_address_of_ones_own_is_tested_and_must_look_like_one(
    first_run: FirstRun, until: Any
) -> None:
    first_run.show_step(2)
    reach = first_run.reach
    await until(lambda: "192.168.1.5" in reach.result_text)
    QTest.mouseClick(reach.everywhere, Qt.MouseButton.LeftButton)
    QTest.keyClicks(reach.address, "shop.example")
    assert not reach.is_filled()
    reach.address.setText("https://shop.example/")
    assert reach.is_filled()
    assert reach.poster_url == "https://shop.example"
    QTest.mouseClick(reach.test, Qt.MouseButton.LeftButton)
    await until(lambda: "No answer" in reach.result_text)


async def test_settings_show_a_pairing_code_and_sign_people_out(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.show_section("settings")
    pairing, people = shell.settings.card(PairCard), shell.settings.card(PeopleCard)
    shell.settings.show_card(pairing)
    QTest.mouseClick(pairing.pair, Qt.MouseButton.LeftButton)
    await until(pairing.code.isVisible)
    assert pairing.code.text() == "ABCD-1234"
    shell.settings.show_card(people)
    await until(lambda: people.rows.count() == 1)


async def test_settings_remember_the_address_and_print_the_hours(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    def shown() -> PosterCard:
        settings = screens.shell(desk).settings
        screens.current.show_section("settings")
        card = settings.card(PosterCard)
        settings.show_card(card)
        return card

    card = shown()
    await until(lambda: "192.168.1.5" in card.reach.result_text)
    card.reach.everywhere.setChecked(True)
    card.reach.address.setText("https://shop.example/")
    card.draw.click()
    await until(lambda: screens.shop.address == "https://shop.example")
    assert card.poster.shown is not None
    assert card.poster.shown.hours == "10:00–21:30"
    again = shown()
    await until(lambda: again.reach.public_url == "https://shop.example")
    await until(lambda: "No answer" in again.reach.result_text)


async def test_settings_switch_the_start_at_login_and_ask_before_the_relay_stops(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    settings = screens.shell(desk).settings
    screens.current.show_section("settings")
    card = settings.card(ComputerCard)
    settings.show_card(card)
    await until(lambda: settings.tasks.idle)
    assert not card.at_login.isChecked()
    card.at_login.click()
    await until(lambda: screens.computer.on)
    screens.computer.on = False
    settings.reload()
    await until(lambda: not card.at_login.isChecked())
    card.stop.click()
    assert screens.computer.asked == 1


async def test_an_address_that_means_the_own_network_is_not_said_to_work_at_home(
    first_run: FirstRun, accounts: FakeAccounts, until: Any
) -> None:
    accounts.public_answers = True
    first_run.show_step(2)
    reach = first_run.reach
    reach.everywhere.setChecked(True)
    reach.address.setText("http://10.0.0.7:8787")
    reach.reload()
    await until(lambda: "not at home" in reach.result_text)
    assert not reach.at_home
    first_run.show_poster()
    assert first_run.poster.shown is not None
    assert not first_run.poster.shown.at_home


async def test_a_server_of_ones_own_is_explained_and_paired_with(
    first_run: FirstRun, accounts: FakeAccounts
) -> None:
    asked: list[bool] = []
    first_run.server_chosen.connect(lambda: asked.append(True))
    first_run.show_step(2)
    first_run.reach.server.click()
    assert "hanger relay pair" in first_run.reach.result_text
    first_run.go_on()
    assert asked == [True]
    assert accounts.set_up == ()


async def test_another_shop_is_entered_by_its_address_and_a_code(
    sign_in: SignIn, until: Any
) -> None:
    moved: list[tuple[object, object]] = []
    sign_in.moved_in.connect(lambda url, credential: moved.append((url, credential)))
    await until(lambda: len(sign_in.faces) == 2)
    QTest.mouseClick(sign_in.elsewhere, Qt.MouseButton.LeftButton)
    QTest.mouseClick(sign_in.enter, Qt.MouseButton.LeftButton)
    assert sign_in.fault_text
    QTest.keyClicks(sign_in.address, "no where")
    QTest.keyClicks(sign_in.code_there, "WRONG")
    QTest.keyClick(sign_in.code_there, Qt.Key.Key_Return)
    await until(lambda: "No shop answers" in sign_in.fault_text)
    sign_in.address.clear()
    QTest.keyClicks(sign_in.address, "shop.example")
    QTest.keyClick(sign_in.code_there, Qt.Key.Key_Return)
    await until(lambda: sign_in.fault_text and "No shop" not in sign_in.fault_text)
    sign_in.code_there.clear()
    QTest.keyClicks(sign_in.code_there, "ABCD-1234")
    QTest.keyClick(sign_in.code_there, Qt.Key.Key_Return)
    await until(lambda: moved)
    assert moved[0][0] == "https://shop.example"


SHOP = poster.Poster(url="http://192.168.1.5:8787", shop="时光衣橱", hours="10:00–21:30")


def test_the_poster_is_a_page_of_pdf(qapp: Any, tmp_path: Path) -> None:
    data = poster.pdf(SHOP)
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 1


def test_the_posters_code_holds_its_address(qapp: Any) -> None:
    image = QImage(794, 1123, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    poster.paint(painter, SHOP, QRectF(image.rect()))
    painter.end()
    matrix = qr.modules(SHOP.url)
    cell = 420 / (len(matrix) + 8)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x = 187 + (column + 4.5) * cell
            y = 318 + (row + 4.5) * cell
            assert (image.pixelColor(int(x), int(y)).lightness() < 128) == bool(dark)
