"""What stays when the window is closed, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMessageBox

from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.views.window import Window
from console.views.window_presence import Presence
from console.views.window_tray import Tray
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import FakeComputer

# Shown where there is no tray, as here, Qt looks for one in the platform.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


class Heard:
    """A window with a presence, and what they told."""

    def __init__(self, store: QSettings, *, tray: bool) -> None:
        self.window = Window(store)
        self.window.show()
        self.tray = Tray(self.window) if tray else None
        self.presence = Presence(self.window, store, FakeComputer(), self.tray)
        self.said: list[str] = []
        self.window.closing.connect(lambda: self.said.append("closed"))
        self.presence.quit_asked.connect(lambda: self.said.append("quit"))
        self.presence.stop_asked.connect(lambda: self.said.append("stop"))

    def press(self, text: str) -> None:
        """Press a button of the box that is open."""
        box = self.presence.box
        assert box is not None
        assert box.isVisible()
        next(each for each in box.buttons() if each.text() == text).click()


@pytest.fixture
def store(tmp_path: Path, appearance: Appearance) -> QSettings:
    return QSettings(str(tmp_path / "console.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def heard(store: QSettings) -> Iterator[Any]:
    made: list[Heard] = []

    def make(*, tray: bool) -> Heard:
        made.append(Heard(store, tray=tray))
        return made[-1]

    yield make
    for each in made:
        each.presence.close()
        if each.tray is not None:
            each.tray.close()
        each.window.close()
        each.window.deleteLater()


def test_without_an_icon_closing_says_once_that_the_shop_stays_open(heard: Any) -> None:
    first = heard(tray=False)
    first.window.close()
    assert first.window.isVisible()
    assert isinstance(first.presence.box, QMessageBox)
    assert "stays open" in first.presence.box.text()
    first.press("Close the window")
    assert first.said == ["quit"]
    second = heard(tray=False)
    second.window.close()
    assert second.said == ["closed"]
    assert second.presence.box is None


def test_with_an_icon_closing_hides_the_window_and_the_icon_brings_it_back(
    heard: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = heard(tray=True)
    told: list[str] = []
    monkeypatch.setattr(made.tray, "notify", lambda title, *_: told.append(title))
    for _ in range(2):
        made.window.close()
        assert not made.window.isVisible()
        actions = {each.text(): each for each in made.tray.menu.actions()}
        actions["Open the window"].trigger()
        assert made.window.isVisible()
    assert told == ["The shop stays open"]
    assert made.said == []


def test_the_icon_says_how_the_line_is_in_the_language_of_the_moment(
    heard: Any, desk: MemoryDesk, appearance: Appearance
) -> None:
    made, clock = heard(tray=True), ShopClock("Asia/Shanghai")
    desk.on_link(lambda link: made.tray.show_link(link, clock))
    made.tray.show_link(desk.link, clock)
    assert "Synced" in made.tray.icon.toolTip()
    offline = desk.link.__class__(phase="offline", since=ago(3))
    appearance.set_language("zh")
    desk.tell_link(offline)
    made.tray.menu.aboutToShow.emit()
    assert "离线" in made.tray.icon.toolTip()
    assert "离线" in made.tray.menu.actions()[0].text()
    assert "打开窗口" in [each.text() for each in made.tray.menu.actions()]


def test_the_relay_is_stopped_only_when_asked_for_twice(heard: Any) -> None:
    made = heard(tray=True)
    made.window.close()
    made.tray.menu.aboutToShow.emit()
    actions = {each.text(): each for each in made.tray.menu.actions()}
    actions["Stop the relay and quit…"].trigger()
    made.press("Cancel")
    assert made.said == []
    made.presence.ask_stop()
    made.press("Stop and quit")
    assert made.said == ["stop"]
