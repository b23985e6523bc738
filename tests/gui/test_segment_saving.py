"""Segments at a real relay: saved, renamed, copied, used in others, removed, imported, refused."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.desk.accounts import AccountsDesk
from console.desk.open import open_desk
from console.domain import segments as s
from console.domain.segments import Group, Saved
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.views.campaigns.segment_picker import SegmentPicker
from tests.e2e.conftest import RelayProcess, relay_process, start_relay  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, synced

GOLD = Group("all", (s.Choice("tier", ("gold",)),))


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def act(picker: SegmentPicker, name: str, words: str = "") -> None:
    """One of the menu's actions, with the name it asks for."""
    menu = picker.bar.menu()
    next(action for action in menu.actions() if action.objectName() == name).trigger()
    menu.close()
    if words:
        picker.bar.name.setText(words)
        QTest.keyClick(picker.bar.name, Qt.Key.Key_Return)


@contextlib.asynccontextmanager
async def opened(relay: RelayProcess, folder: Path) -> AsyncIterator[SegmentPicker]:
    """The owner's picker after the first run.

    Inside a test, not before it: what Qt does between two coroutines finds no loop running.
    """
    accounts = AccountsDesk(folder, relay.info.url, relay.info.secret)
    owner = await accounts.setup("时光衣橱", "小李", "2468-1357", 600, 1290)
    await accounts.close()
    desk = await open_desk(folder, relay.base, owner)
    await synced(desk)
    made = SegmentPicker(desk.segments, ShopClock("Asia/Shanghai"))
    made.resize(320, 760)
    made.show()
    try:
        yield made
    finally:
        await made.close_down()
        made.hide()
        made.deleteLater()
        await desk.close()


def names(picker: SegmentPicker) -> list[str]:
    return [each.name for each in picker.offers.saved]


def settled(picker: SegmentPicker, *wanted: str) -> bool:
    return names(picker) == list(wanted) and all(
        each.id and not each.waiting for each in picker.offers.saved
    )


async def test_a_segment_lives_from_its_name_to_its_removal_and_back(
    relay_process: RelayProcess, appearance: Appearance, tmp_path: Path, until: Any  # noqa: F811
) -> None:  # fmt: skip
    async with opened(relay_process, tmp_path / "home") as picker:
        await _life(picker, until)


async def _life(picker: SegmentPicker, until: Any) -> None:
    picker.show_rule(GOLD)
    act(picker, "save_as", "gold")
    await until(lambda: picker.bar.button.text() == "Saved: gold ▾" and settled(picker, "gold"))
    act(picker, "duplicate", "gold")
    assert "not taken" in picker.bar.fault.text()
    QTest.keyClick(picker.bar.name, Qt.Key.Key_Escape)
    act(picker, "duplicate", "other")
    await until(lambda: settled(picker, "gold", "other"))
    await until(lambda: picker.bar.button.text() == "Saved: other ▾")
    act(picker, "rename", "not gold")
    await until(lambda: settled(picker, "gold", "not gold"))
    gold = picker.offers.saved[0]
    picker.editor.replace((), Group("none", (Saved(gold.id),)))
    assert picker.bar.button.text() == "Changed: not gold ▾"
    act(picker, "save")
    await until(lambda: picker.offers.saved[0].used_by == ("not gold",))
    await until(lambda: settled(picker, "gold", "not gold"))
    assert picker.count.sentence.text() == "Members who do not belong to “gold”"
    picker.choose(gold.client_id)
    picker.editor.replace((), Saved(picker.offers.saved[1].id))
    assert picker.fault.text().startswith("A segment cannot use itself")
    act(picker, "remove")
    await until(lambda: picker.offers.saved[0].failure == "segment.in_use")
    picker.choose(gold.client_id)
    await until(lambda: "still uses this segment" in picker.bar.fault.text())
    click(picker.bar.give_up)
    await until(lambda: not picker.offers.saved[0].failure)
    picker.choose(picker.offers.saved[1].client_id)
    act(picker, "remove")
    await until(lambda: settled(picker, "gold"))
    click(picker.gone.button)
    await until(lambda: settled(picker, "gold", "not gold"))


async def test_a_pasted_list_becomes_a_segment_and_says_who_is_nobody(
    relay_process: RelayProcess, appearance: Appearance, tmp_path: Path, until: Any  # noqa: F811
) -> None:  # fmt: skip
    async with opened(relay_process, tmp_path / "home") as picker:
        await join(relay_process.info, "13812346021", "林小雨")
        await _strangers(picker, until)
        await _import(picker, until)


async def _strangers(picker: SegmentPicker, until: Any) -> None:
    window = picker.open_import("13900009999")
    window.name.setText("谁")
    click(window.start)
    await until(lambda: "None of these numbers" in window.fault.text())
    assert window.start.isEnabled()
    window.reject()


async def _import(picker: SegmentPicker, until: Any) -> None:
    act(picker, "import")
    window = picker.import_window
    assert window is not None
    window.text.setPlainText("name,phone\n林小雨,138 1234 6021\n谁,13900009999\n")
    window.name.setText("名单")
    click(window.start)
    await until(lambda: window.start.text() == "Done")
    assert window._found.stringList() == ["Line 3: 谁,13900009999 — no member has this number"]
    assert window.summary.text() == "1 number is taken, 1 line is not."
    click(window.start)
    await until(lambda: picker.bar.button.text() == "Saved: 名单 ▾")
    await until(lambda: picker.count.number.text() == "1")
    assert isinstance(picker.rule, Group)
    assert isinstance(picker.rule.parts[0], s.Listed)
