"""The cards of notices, lock, keys and size: what is chosen there counts and is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from console.program import environment
from console.ui import text_size
from console.ui.attention import AttentionChoice
from console.ui.key_sheet import KeySheet
from console.views.settings import sections
from console.views.settings.keyboard import KeysCard
from console.views.settings.locking import LockCard
from console.views.settings.notices import NoticesCard
from console.views.settings.text_size import TextSizeCard
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

LEFT = Qt.MouseButton.LeftButton


class Ears:
    """Counts what is rung."""

    def __init__(self) -> None:
        self.rung: list[float] = []

    def ring(self, volume: float) -> None:
        self.rung.append(volume)


@pytest.fixture
def choice(tmp_path: Path, appearance: Any) -> AttentionChoice:
    return AttentionChoice(QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat))


def test_notices_and_sound_are_chosen_with_clicks(choice: AttentionChoice, qtbot: Any) -> None:
    ears = Ears()
    card = NoticesCard(choice, ears)
    qtbot.addWidget(card)
    card.show()
    assert card.chips["all"].isChecked()
    QTest.mouseClick(card.chips["mine"], LEFT)
    card.volume.setFocus()
    QTest.keyClick(card.volume, Qt.Key.Key_Home)
    QTest.mouseClick(card.hear, LEFT)
    QTest.keyClick(card.sounds, Qt.Key.Key_Space)
    assert (choice.notices, choice.volume, choice.sounds) == ("mine", 5, False)
    assert ears.rung == [0.05]
    assert not card.volume.isEnabled()


def test_the_minutes_of_the_lock_are_chosen_with_the_keyboard(
    choice: AttentionChoice, qtbot: Any
) -> None:
    card = LockCard(choice)
    qtbot.addWidget(card)
    card.show()
    assert card.minutes.currentText() == "10 min"
    card.minutes.setFocus()
    QTest.keyClick(card.minutes, Qt.Key.Key_End)
    assert choice.lock_minutes == 0
    QTest.keyClick(card.minutes, Qt.Key.Key_Home)
    assert choice.lock_minutes == 1


async def test_the_keyboard_section_opens_the_sheet(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.show_section("settings")
    shell.settings.show_section(sections.KEYS)
    card = shell.settings.card(KeysCard)
    QTest.mouseClick(card.show_keys, LEFT)
    await until(lambda: card.findChild(KeySheet) is not None)
    card.findChild(KeySheet).accept()


def test_another_size_is_kept_and_offers_to_open_the_program_anew(
    tmp_path: Path, appearance: Any, qtbot: Any
) -> None:
    store = QSettings(str(tmp_path / "size.ini"), QSettings.Format.IniFormat)
    card = TextSizeCard(store)
    qtbot.addWidget(card)
    card.show()
    assert not card.again.isVisible()
    QTest.mouseClick(card.chips[130], LEFT)
    assert card.again.isVisible()
    with qtbot.waitSignal(card.restart_asked):
        QTest.mouseClick(card.again, LEFT)
    assert text_size.kept(store) == 130
    QTest.mouseClick(card.chips[100], LEFT)
    assert not card.again.isVisible()


@pytest.mark.parametrize(("system", "size", "expected"), [("", 130, 1.3), ("2", 150, 3.0)])
def test_the_size_multiplies_what_the_system_has_also_after_a_restart(
    tmp_path: Path, system: str, size: int, expected: float
) -> None:
    store = QSettings(str(tmp_path / "size.ini"), QSettings.Format.IniFormat)
    text_size.keep(store, size)
    program = (
        "import sys\n"
        "from PySide6.QtCore import QSettings\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "from console.ui import text_size\n"
        "store = QSettings(sys.argv[1], QSettings.Format.IniFormat)\n"
        "text_size.apply(store)\n"
        "text_size.apply(store)\n"
        "print(QGuiApplication([]).primaryScreen().devicePixelRatio())\n"
    )
    env = environment(QT_QPA_PLATFORM="offscreen")
    for name in ("QT_SCALE_FACTOR", "HANGER_SYSTEM_SCALE"):
        env.pop(name, None)
    if system:
        env["QT_SCALE_FACTOR"] = system
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "size.ini")],
        env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert float(done.stdout) == pytest.approx(expected)
    assert "HANGER_SYSTEM_SCALE" not in os.environ
