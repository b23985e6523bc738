"""The settings' list of sections: by mouse and keys, remembered, each with its own cards."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.appearance import Appearance
from console.views.settings import SettingsScreen
from console.views.settings.people import PeopleCard
from console.views.settings.team import TeamCard
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens


def opened(screens: Screens, desk: MemoryDesk) -> SettingsScreen:
    shell = screens.shell(desk)
    shell.show_section("settings")
    return shell.settings


def click(settings: SettingsScreen, section: str) -> None:
    row = settings.sections.index(section)
    place = settings.list.visualItemRect(settings.list.item(row)).center()
    QTest.mouseClick(settings.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def test_a_click_shows_a_section_and_reads_it_again(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    settings = opened(screens, desk)
    assert settings.section == settings.sections[0]
    click(settings, "team")
    team = settings.card(TeamCard)
    assert team.isVisible()
    await until(lambda: team.rows.count() == 4)
    assert not settings.card(PeopleCard).isVisible()


async def test_arrow_keys_go_through_the_sections_without_the_mouse(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    settings = opened(screens, desk)
    await until(settings.list.hasFocus)
    QTest.keyClick(settings.list, Qt.Key.Key_Down)
    assert settings.section == settings.sections[1]
    QTest.keyClick(settings.list, Qt.Key.Key_End)
    assert settings.section == settings.sections[-1]
    QTest.keyClick(settings.list, Qt.Key.Key_Up)
    assert settings.section == settings.sections[-2]


async def test_the_section_last_looked_at_is_shown_next_time(
    screens: Screens, desk: MemoryDesk
) -> None:
    click(opened(screens, desk), "devices")
    assert opened(screens, desk).section == "devices"


async def test_sections_speak_the_language_that_is_chosen(
    screens: Screens, desk: MemoryDesk, appearance: Appearance, until: Any
) -> None:
    settings = opened(screens, desk)
    row = settings.sections.index("computer")
    assert settings.list.item(row).text() == "This computer"
    appearance.set_language("zh")
    await until(lambda: settings.list.item(row).text() == "这台电脑")
