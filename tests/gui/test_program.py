"""The whole desktop program with a real relay: first run, a word to nobody, and its end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console import config
from console.app import Program
from console.desk.accounts import AccountsDesk
from console.relay import pairing, process
from console.ui.instance import call_running, instance_name, listen
from console.views.first_run import FirstRun
from console.views.settings.pairing import PairCard
from console.views.shell import Shell
from console.views.sign_in import SignIn


async def test_an_empty_shop_is_opened_set_up_left_and_entered_again(
    qapp: QApplication, tmp_path: Path, until: Any
) -> None:
    relay = tmp_path / "relay"
    program = Program(qapp, tmp_path, relay, config.ConsoleConfig(language="en"), for_now=True)
    running = asyncio.ensure_future(program.run())
    try:
        window = program.window
        await until(lambda: isinstance(window.page, FirstRun))
        first = window.page
        assert isinstance(first, FirstRun)
        first.shop.setText("时光衣橱")
        first.go_on()
        first.owner.setText("小李")
        first.secret.setText("a good long password")
        first.go_on()
        first.go_on()
        await until(lambda: first.step == 3)
        first.go_on()
        await until(lambda: isinstance(window.page, Shell))
        shell = window.page
        assert isinstance(shell, Shell)
        await until(lambda: shell.inbox.link.phase == "synced")
        assert window.windowTitle().startswith("时光衣橱")
        shell.show_section("settings")
        pairing = shell.settings.card(PairCard)
        shell.settings.show_card(pairing)
        QTest.mouseClick(pairing.pair, Qt.MouseButton.LeftButton)
        await until(pairing.code.isVisible)
        shell.switch_asked.emit()
        await until(lambda: isinstance(window.page, SignIn))
        page = window.page
        assert isinstance(page, SignIn)
        await until(lambda: page.faces == ["小李"])
        QTest.keyClicks(page.secret, "a good long password")
        QTest.keyClick(page.secret, Qt.Key.Key_Return)
        await until(lambda: isinstance(window.page, Shell))
        window.close()
        async with asyncio.timeout(20):
            await running
    finally:
        program.end()
        await running
        await asyncio.to_thread(process.stop, relay)
    assert process.find_running(relay) is None


async def test_a_console_moves_to_a_shop_elsewhere_and_comes_home_again(
    qapp: QApplication, tmp_path: Path, until: Any
) -> None:
    server = await asyncio.to_thread(
        process.start_background, tmp_path / "server", port=0, host="127.0.0.1"
    )
    home, relay = tmp_path / "home", tmp_path / "relay"
    home.mkdir()
    try:
        await _make_shop(home, server, "远方的店")
        code = await asyncio.to_thread(pairing.pair, server, "", "")
        program = Program(qapp, home, relay, config.ConsoleConfig(language="en"), for_now=True)
        await program.open_now()
        first = program.window.page
        assert isinstance(first, FirstRun)
        first.show_step(2)
        first.reach.server.click()
        first.go_on()
        await until(lambda: isinstance(program.window.page, SignIn))
        page = program.window.page
        assert isinstance(page, SignIn)
        await until(page.address.isVisible)
        page.address.setText(server.url)
        page.code_there.setText(code.split()[2])
        page.submit()
        await until(lambda: program.window.windowTitle().startswith("远方的店"))
        await program.close()

        again = Program(qapp, home, relay, config.ConsoleConfig(language="en"), for_now=True)
        await again.open_now()
        assert again.window.windowTitle().startswith("远方的店")
        await again.switch()
        page = again.window.page
        assert isinstance(page, SignIn)
        await until(page.home.isVisible)
        page.home.click()
        await until(lambda: isinstance(again.window.page, FirstRun))
        await again.close()
    finally:
        await asyncio.to_thread(process.stop, relay)
        await asyncio.to_thread(process.stop, tmp_path / "server")


async def _make_shop(home: Path, server: process.RelayInfo, name: str) -> None:
    accounts = AccountsDesk(home / "elsewhere", server.url, server.secret)
    try:
        await accounts.setup(name, "小李", "a good long password", 600, 1290)
    finally:
        await accounts.close()


async def test_closing_leaves_the_relay_running_until_it_is_asked_to_stop(
    qapp: QApplication, tmp_path: Path, until: Any
) -> None:
    relay = tmp_path / "relay"
    place = config.ConsoleConfig(language="en")
    relay.mkdir()
    (relay / "hanger.toml").write_text('[relay]\nport = 0\nhost = "127.0.0.1"\n')
    try:
        program = Program(qapp, tmp_path, relay, place)
        await program.open_now()
        assert program.presence is not None
        await program.close()
        assert process.find_running(relay) is not None
        program = Program(qapp, tmp_path, relay, place)
        running = asyncio.ensure_future(program.run())
        await until(lambda: isinstance(program.window.page, FirstRun))
        assert program.presence is not None
        program.presence.ask_stop()
        assert program.presence.box is not None
        buttons = {each.text(): each for each in program.presence.box.buttons()}
        buttons["Stop and quit"].click()
        async with asyncio.timeout(30):
            await running
        assert process.find_running(relay) is None
    finally:
        await asyncio.to_thread(process.stop, relay)


async def test_a_second_start_shows_the_first_ones_window(
    qapp: QApplication, tmp_path: Path, until: Any
) -> None:
    name = instance_name(tmp_path)
    assert not call_running(name)
    program = Program(qapp, tmp_path, tmp_path / "relay", config.ConsoleConfig())
    server = listen(name, program.window.show_again)
    assert await asyncio.to_thread(_called, name)
    await until(program.window.isVisible)
    server.close()
    await program.close()


def _called(name: str) -> bool:
    """The second process, here a thread."""
    return call_running(name)
