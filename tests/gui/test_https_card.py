"""The settings say whether phones have https, and give lines to paste that fit the shop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from console import config
from console.views.settings import SettingsScreen
from console.views.settings.https import HttpsCard
from console.views.settings.poster import PosterCard
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens


@pytest.fixture
def settings(screens: Screens, desk: MemoryDesk) -> SettingsScreen:
    made = screens.shell(desk).settings
    screens.current.show_section("settings")
    made.show_section("reach")
    return made


async def test_it_says_whether_the_address_phones_use_has_https(
    settings: SettingsScreen, until: Any
) -> None:
    https, poster = settings.card(HttpsCard), settings.card(PosterCard)
    await until(https.state.isVisible)
    assert https.state.text == "no https yet"
    assert not https.is_https
    QTest.mouseClick(poster.reach.everywhere, Qt.MouseButton.LeftButton)
    QTest.keyClicks(poster.reach.address, "https://shop.example.cn")
    assert https.state.text == "https is on"
    assert https.caddy.code.startswith("shop.example.cn\n")


async def test_lines_to_paste_are_what_the_relay_reads(
    settings: SettingsScreen, tmp_path: Path
) -> None:
    https = settings.card(HttpsCard)
    https.take_file("certificate", tmp_path / "a b.pem")
    https.take_file("key", tmp_path / "a.key")
    QTest.mouseClick(https.own.copy, Qt.MouseButton.LeftButton)
    file = tmp_path / "hanger.toml"
    file.write_text(QGuiApplication.clipboard().text(), encoding="utf-8")
    relay = config.load(file).relay
    assert (str(relay.tls_certificate), str(relay.tls_key), relay.port) == (
        str(tmp_path / "a b.pem"), str(tmp_path / "a.key"), 443)  # fmt: skip
    assert https.own.copy.text() == "Copied"


async def test_it_leads_to_the_poster(settings: SettingsScreen) -> None:
    QTest.mouseClick(settings.card(HttpsCard).poster, Qt.MouseButton.LeftButton)
    assert settings.card(PosterCard).isVisible()
