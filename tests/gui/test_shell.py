"""The window as a whole: line, palette, language, sizes, and an end that leaves nothing."""

from __future__ import annotations

import asyncio
import gc
import itertools
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console import paths
from console.desk.types import ConversationItem, LinkPhase, LinkState, TradeLine, Typing
from console.ui import draw, phrases, theme
from console.ui.appearance import Appearance
from console.ui.notices import EmptyState
from console.ui.widgets import Pill
from console.views.inbox.panel_trade import product_name
from console.views.window import Window
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens

PHASES: list[tuple[LinkPhase, str]] = [
    ("synced", "Synced"),
    ("connecting", "Connecting"),
    ("offline", "Offline since"),
    ("refused", "Refused"),
    ("update_needed", "Update needed"),
]


@pytest.mark.parametrize(("phase", "words"), PHASES)
async def test_the_light_says_how_the_line_is(
    screens: Screens, desk: MemoryDesk, phase: LinkPhase, words: str
) -> None:
    rail = screens.shell(desk).rail
    desk.tell_link(LinkState(phase=phase, since=ago(5), queued=3))
    assert words in rail.link_text or phase == "synced"
    if phase in ("offline", "synced"):
        assert "3" in rail.link_text


async def test_only_sections_that_exist_are_on_the_rail(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    assert list(shell.rail.buttons) == [
        "inbox", "campaigns", "products", "bookings", "insights", "settings",
    ]  # fmt: skip
    await until(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert shell.section == "settings"
    QTest.mouseClick(shell.rail.buttons["inbox"], Qt.MouseButton.LeftButton)
    assert shell.section == "inbox"


async def test_language_and_palette_change_without_a_restart(
    screens: Screens, desk: MemoryDesk, appearance: Appearance, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.inbox.open(1)
    await until(lambda: shell.inbox.timeline.model.rowCount() > 0)
    QTest.keyClicks(shell.inbox.reply.text, "half")
    light = shell.grab().toImage().pixelColor(700, 300)
    appearance.set_language("zh")
    await until(lambda: shell.rail.buttons["inbox"].text() == "会话")
    await until(lambda: shell.inbox.conversations.chips["waiting"].text() == "待回复 4")
    appearance.set_theme("dark")
    await until(lambda: shell.grab().toImage().pixelColor(700, 300) != light)
    assert shell.inbox.reply.text.toPlainText() == "half"
    appearance.set_language("en")
    await until(lambda: shell.rail.buttons["inbox"].text() == "Chats")


async def test_the_choice_is_remembered(appearance: Appearance, qapp: Any) -> None:
    appearance.set_theme("dark")
    appearance.set_language("zh")
    again = Appearance(qapp, appearance.store)
    assert (again.theme, again.language) == ("dark", "zh")
    again.deleteLater()


async def test_somebody_who_types_is_announced(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.inbox.open(1)
    await until(lambda: shell.inbox.tasks.idle)
    for on, words in ((True, "周雨桐 is typing…"), (False, "Online · phone page")):
        desk.tell_typing(
            Typing(
                conversation_id=1,
                kind="typing",
                sender_kind="member",
                sender_id=1,
                name="周雨桐",
                on=on,
            )
        )
        assert shell.inbox.header.presence_text == words


@pytest.mark.parametrize("size", [QSize(1440, 900), QSize(1366, 768), QSize(683, 384)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_everything_fits_at_every_size(
    screens: Screens,
    desk: MemoryDesk,
    appearance: Appearance,
    until: Any,
    size: QSize,
    language: str,
) -> None:
    appearance.set_language(language)
    shell = screens.shell(desk, size)
    shell.inbox.open(1)
    await until(lambda: shell.inbox.tasks.idle)
    assert shell.size() == size
    cut = [
        f"{button.text()!r} {button.width()} < {button.minimumSizeHint().width()}"
        for button in shell.findChildren(QAbstractButton)
        if button.isVisible() and button.width() < button.minimumSizeHint().width()
        and not isinstance(button.parent(), QLineEdit)  # Qt's own, as large as its icon
    ]  # fmt: skip
    assert cut == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_parts_of_the_queue_stand_on_one_line_of_a_small_screen(
    screens: Screens, desk: MemoryDesk, appearance: Appearance, until: Any, language: str
) -> None:
    appearance.set_language(language)
    shell = screens.shell(desk, QSize(1366, 768))
    shell.inbox.conversations.show_filter("snoozed")
    await until(shell.inbox.conversations.chips["snoozed"].isVisible)
    await until(lambda: shell.inbox.tasks.idle)
    chips = [chip for chip in shell.inbox.conversations.chips.values() if chip.isVisible()]
    assert len(chips) == 5
    assert len({chip.y() for chip in chips}) == 1


@pytest.mark.parametrize("width", [300, 964])
def test_the_words_of_an_empty_place_are_never_cut(qtbot: QtBot, width: int) -> None:
    empty = EmptyState("chat")
    qtbot.addWidget(empty)
    empty.say("Choose a conversation", "Words for more than one line. " * 4)
    empty.resize(width, 600)
    empty.show()
    for words in empty.findChildren(QLabel):
        if words.text():
            qtbot.waitUntil(lambda words=words: words.width() <= 360)
            assert words.height() >= words.heightForWidth(words.width())


def test_a_new_window_fits_its_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window = Window(QSettings(str(tmp_path / "place.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() <= room.height()


async def test_everything_that_takes_the_keyboard_has_a_name(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.inbox.open(1)
    await until(lambda: shell.inbox.tasks.idle)
    unnamed = [
        type(widget).__name__
        for widget in shell.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert unnamed == []


async def test_closing_keeps_the_words_and_leaves_no_task_or_timer(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    shell.inbox.open(1)
    await until(lambda: shell.inbox.timeline.model.rowCount() > 0)
    QTest.keyClicks(shell.inbox.reply.text, "last words")
    timers = shell.findChildren(QTimer)
    gone: list[int] = []
    shell.destroyed.connect(lambda: gone.append(1))
    await screens.close()
    gc.collect()
    await until(lambda: gone)
    assert desk.drafts[1].body == "last words"
    assert desk.listeners == 0
    assert timers
    this = asyncio.current_task()
    assert [task for task in asyncio.all_tasks() if task is not this] == []


# --- palettes and translations --------------------------------------------------------------

PAIRS = [
    ("ink", "surface"), ("ink", "paper"), ("ink_soft", "surface"), ("ink_soft", "paper"),
    ("ink_faint", "surface"), ("ink_faint", "paper"), ("ink_faint", "hover"), ("ink", "mine"),
    ("ink_soft", "accent_soft"), ("ink_faint", "accent_soft"), ("accent_ink", "surface"),
    ("accent_ink", "paper"), ("accent_ink", "accent_soft"), ("accent_ink", "mine"),
    ("alert_ink", "alert_soft"), ("alert_ink", "surface"), ("alert_ink", "paper"),
    ("warn_ink", "warn_soft"), ("on_accent", "accent"), ("rail_ink", "rail_active"),
    ("rail_ink_soft", "rail"), ("surface", "ink"),
]  # fmt: skip


def luminance(color: str) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(color).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(
    ("tokens", "pair"), list(itertools.product((theme.LIGHT, theme.DARK), PAIRS))
)
def test_words_reach_contrast_aa(tokens: theme.Tokens, pair: tuple[str, str]) -> None:
    first, second = sorted(luminance(getattr(tokens, role)) for role in pair)
    assert (second + 0.05) / (first + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("小李", "李"),
        ("阿珍", "珍"),
        ("周雨桐", "周"),
        ("小林雨", "小"),
        ("emily", "E"),
        (" ", "?"),
    ],
)
def test_a_face_shows_what_tells_people_apart(name: str, face: str) -> None:
    assert draw.face(name) == face


def test_a_product_is_called_as_the_language_calls_it(appearance: Appearance) -> None:
    line = TradeLine(product_id=1, name="风衣", name_en="trench coat", colour="红色",
                     colour_en="red", size="L")  # fmt: skip
    assert product_name(line) == "red trench coat L"
    appearance.set_language("zh")
    assert product_name(line) == "红色风衣 L"


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("text", "在吗", "在吗"), ("photo", "", "[图片]"), ("voice", "", "[语音]"),
        ("video", "试穿", "[视频] 试穿"), ("product", "风衣", "[商品] 风衣"),
        ("recalled", "", "[已撤回]"),
    ],
)  # fmt: skip
def test_the_list_says_what_kind_of_message_came_last(
    appearance: Appearance, kind: str, text: str, shown: str
) -> None:
    appearance.set_language("zh")
    item = ConversationItem(id=1, title="林", preview_kind=kind, preview_text=text)
    assert phrases.preview(item) == shown


def test_badges_and_faces_reach_contrast_aa() -> None:
    for color in (theme.LIGHT.alert, theme.DARK.alert, *theme.AVATARS):
        assert 1.05 / (luminance(color) + 0.05) >= 4.5, color


def test_every_text_of_the_screens_is_translated(tmp_path: Path) -> None:
    root = paths.resources().parent
    found = tmp_path / "found.ts"
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [lupdate, "-extensions", "py", "console/ui", "console/views", "-ts", found],
        cwd=root, check=True, capture_output=True,
    )  # fmt: skip
    kept = messages(paths.resources() / "i18n" / "hanger_zh_CN.ts")
    assert messages(found).keys() == kept.keys()
    assert [key for key, text in kept.items() if not text] == []
    for (_, source), text in kept.items():
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", text)), source


def messages(file: Path) -> dict[tuple[str, str], str]:
    return {
        (context.findtext("name", ""), message.findtext("source", "")): (
            message.findtext("translation") or ""
        )
        for context in ElementTree.parse(file).getroot().findall("context")  # noqa: S314 own file
        for message in context.findall("message")
    }


def test_a_pill_that_has_no_place_yet_is_no_window(qtbot: QtBot) -> None:
    pill, place = Pill(), QWidget()
    qtbot.addWidget(place)
    pill.say("in 3 days")
    assert not pill.isVisible()
    pill.setParent(place)
    QVBoxLayout(place).addWidget(pill)
    place.show()
    assert pill.isVisible()
    pill.say("")
    assert not pill.isVisible()
