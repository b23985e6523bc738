"""The whole program at a real relay: signed out from elsewhere, and woken by the network."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from console import config
from console.app import Program
from console.desk.accounts import AccountsDesk
from console.relay import process
from console.store.migrate import upgrade
from console.ui import reasons
from console.views.settings.devices import DevicesCard
from console.views.settings.forms import AddForm
from console.views.settings.team import TeamCard
from console.views.shell import Shell
from console.views.sign_in import SignIn
from console.views.waiting_page import WaitingPage
from tests.helpers.reader import Reader


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Path]:
    """The relay's folder of a new shop whose owner has a console in ``tmp_path``."""
    folder = tmp_path / "relay"
    folder.mkdir()
    info = await asyncio.to_thread(process.start_background, folder, port=0, host="127.0.0.1")
    accounts = AccountsDesk(tmp_path, info.url, info.secret)
    await accounts.setup("时光衣橱", "小李", "284917", 600, 1290)
    await accounts.close()
    yield folder
    await asyncio.to_thread(process.stop, folder)


@asynccontextmanager
async def opened(qapp: QApplication, shop: Path, language: str = "en") -> AsyncIterator[Program]:
    """The owner at her console."""
    made = Program(qapp, shop.parent, shop, config.ConsoleConfig(language=language), for_now=True)
    await made.open_now()
    yield made
    await made.close()


@pytest.fixture
async def program(qapp: QApplication, shop: Path) -> AsyncIterator[Program]:
    async with opened(qapp, shop) as made:
        yield made


@pytest.mark.parametrize(("language", "word"), [("zh", "更新版本"), ("en", "newer version")])
async def test_a_relay_that_cannot_start_says_why_in_her_language(
    qapp: QApplication, tmp_path: Path, language: str, word: str
) -> None:
    folder = tmp_path / "relay"
    folder.mkdir()
    database = folder / "relay.sqlite3"
    upgrade(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    settings = config.ConsoleConfig(language=language)
    program = Program(qapp, tmp_path, folder, settings, for_now=True)
    await program.open_now()
    page = program.window.page
    assert isinstance(page, WaitingPage)
    shown = " ".join(label.text() for label in page.findChildren(QLabel))
    await program.close()
    assert word in shown
    assert "code 4" not in shown


async def at_work(program: Program, until: Any) -> Shell:
    shell = program.window.page
    assert isinstance(shell, Shell)
    await until(lambda: shell.inbox.link.phase == "synced")
    return shell


def damaged_outbox(home: Path) -> Path:
    (file,) = home.glob("staff/*/outbox.sqlite")
    file.write_bytes(b"\xa5" * 20_000)
    return file


async def test_a_damaged_outbox_is_put_aside_and_told_when_the_console_opens(
    qapp: QApplication, shop: Path, until: Any
) -> None:
    async with opened(qapp, shop) as program:
        await at_work(program, until)
        assert program.window.findChild(QMessageBox) is None
    file = damaged_outbox(shop.parent)
    async with opened(qapp, shop, "zh") as program:
        await at_work(program, until)
        box = program.window.findChild(QMessageBox)
        assert box is not None
        assert box.isVisible()
        assert box.text() == "这里等待发送的内容读不出来了"
        assert str(file.with_name("outbox.unusable")) in box.informativeText()
        (button,) = box.findChildren(QPushButton)
        click(button)
        await until(lambda: program.window.findChild(QMessageBox) is None)


async def other_console(program: Program, tmp_path: Path) -> Reader:
    """The owner signed in somewhere else."""
    info = process.find_running(tmp_path / "relay")
    assert info is not None
    reader = Reader(info.url)
    answer = await reader.api(
        "POST", "/api/staff/login",
        {"staff": "小李", "secret": "284917", "device_name": "LOST-LAPTOP"},
        headers={"Origin": ""},
    )  # fmt: skip
    reader.bearer = answer["device_token"]
    return reader


def click(button: QPushButton | None) -> None:
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def test_a_console_signed_out_elsewhere_says_so_and_asks_who_sits_there(
    program: Program, tmp_path: Path, until: Any
) -> None:
    shell = await at_work(program, until)
    async with await other_console(program, tmp_path) as elsewhere:
        (here,) = [
            each
            for each in await elsewhere.api("GET", "/api/staff/devices")
            if not each["this"]
        ]  # fmt: skip
        await elsewhere.connect()
        await elsewhere.command("device.revoke", device_id=here["device_id"])
    await until(lambda: shell.inbox.link.phase == "refused")
    assert program.window.page is shell
    await until(lambda: isinstance(program.window.page, SignIn))
    page = program.window.page
    assert isinstance(page, SignIn)
    assert page.lead.text() == reasons.sentence("session.revoked")
    assert program.accounts is not None
    assert program.accounts.remembered() == []
    await until(lambda: page.faces == ["小李"])
    QTest.keyClicks(page.secret, "284917")
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    await until(lambda: isinstance(program.window.page, Shell))
    await at_work(program, until)


async def test_the_settings_add_a_colleague_and_sign_a_lost_computer_out(
    program: Program, tmp_path: Path, until: Any
) -> None:
    shell = await at_work(program, until)
    lost = await other_console(program, tmp_path)
    async with lost:
        await lost.connect()
        shell.show_section("settings")
        team, devices = shell.settings.card(TeamCard), shell.settings.card(DevicesCard)
        shell.settings.show_card(devices)
        await until(lambda: devices.rows.count() == 2)
        leave = [b for b in devices.findChildren(QPushButton) if "LOST" in b.accessibleName()]
        click(leave[0])
        await lost.until(lambda: lost.closed_with is not None)
        assert lost.closed_with == 4001
        await until(lambda: devices.rows.count() == 1)
        shell.settings.show_card(team)
        await until(lambda: team.rows.count() == 1)
        click(team.add)
        form = team.form
        assert isinstance(form, AddForm)
        QTest.keyClicks(form.edits["name"], "Lulu")
        QTest.keyClicks(form.edits["secret"], "111111")
        click(form.save)
        await until(lambda: form.fields["secret"].fault_text)
        form.edits["secret"].clear()
        QTest.keyClicks(form.edits["secret"], "739201")
        click(form.save)
        await until(lambda: team.rows.count() == 2)
        answer = await lost.api(
            "POST", "/api/staff/login", {"staff": "Lulu", "secret": "739201"},
            headers={"Authorization": "", "Origin": ""},
        )  # fmt: skip
        assert answer["role"] == "clerk"


async def test_the_line_is_tried_at_once_when_somebody_comes_back(
    program: Program, tmp_path: Path, qapp: QApplication, until: Any
) -> None:
    shell = await at_work(program, until)
    assert program.desk is not None
    # By itself it would now wait longer than this test does.
    program.desk.station.link._first_delay_s = 600
    info = process.find_running(tmp_path / "relay")
    assert info is not None
    await asyncio.to_thread(process.stop, tmp_path / "relay")
    await until(lambda: shell.inbox.link.phase == "offline")
    await asyncio.to_thread(
        process.start_background, tmp_path / "relay", port=info.port, host="127.0.0.1"
    )
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    await until(lambda: shell.inbox.link.phase == "synced")


async def test_a_locked_console_opens_with_her_pin_with_and_without_the_relay(
    program: Program, tmp_path: Path, until: Any
) -> None:
    shell = await at_work(program, until)
    locker = program.attention.locker

    async def tries(pin: str) -> None:
        locker.lock()
        assert locker.page is not None
        page = locker.page
        page.secret.clear()
        await until(page.secret.isEnabled)
        QTest.keyClicks(page.secret, pin)
        before = page.wrong
        QTest.keyClick(page.secret, Qt.Key.Key_Return)
        await until(lambda: locker.page is None or page.wrong > before)

    await tries("111222")
    assert locker.locked
    await tries("284917")
    assert not locker.locked
    assert program.window.page is shell
    assert program.accounts is not None
    kept = len(program.accounts.remembered())
    await asyncio.to_thread(process.stop, tmp_path / "relay")
    await until(lambda: shell.inbox.link.phase == "offline")
    await tries("111222")
    assert locker.locked
    await tries("284917")
    assert not locker.locked
    assert len(program.accounts.remembered()) == kept
