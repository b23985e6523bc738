"""Settings changed by hand at a console and seen by a second one, through a real relay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from console.app import Program
from console.views.settings.hours import HoursCard
from console.views.settings.quick_replies import QuickRepliesCard
from tests.gui.test_console_life import (  # noqa: F401 - fixtures
    at_work,
    other_console,
    program,
    shop,
)
from tests.helpers.reader import new_id

DAILY = [600, 1290]


def click(button: QAbstractButton) -> None:
    place = QPoint(12, button.height() // 2)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)


async def test_hours_changed_here_are_seen_there_and_those_changed_there_here(
    program: Program, tmp_path: Path, until: Any  # noqa: F811 - a fixture
) -> None:  # fmt: skip
    shell = await at_work(program, until)
    async with await other_console(program, tmp_path) as office:
        await office.connect()
        await office.sync()
        shell.show_section("settings")
        card = shell.settings.card(HoursCard)
        shell.settings.show_card(card)
        await until(lambda: card.hours is not None)
        click(card.week.days[0].open)
        click(card.bar.save)

        def week() -> Any:
            rows = [row for row in office.table("setting") if row["key"] == "hours"]
            return rows[0]["value"]["week"] if rows else None

        await office.until(lambda: week() == [None, *[DAILY] * 6])
        await until(lambda: not card.bar.isVisible())
        value = {"week": [[[600, 840], [1020, 60]], *[DAILY] * 6], "closed": []}
        await office.command("setting.set", key="hours", value=value)
        await until(lambda: card.week.days[0].spans == ((600, 840), (1020, 60)))


async def test_a_quick_reply_made_here_is_seen_there_and_one_made_there_here(
    program: Program, tmp_path: Path, until: Any  # noqa: F811 - a fixture
) -> None:  # fmt: skip
    shell = await at_work(program, until)
    async with await other_console(program, tmp_path) as office:
        await office.connect()
        await office.sync()
        shell.show_section("settings")
        card = shell.settings.card(QuickRepliesCard)
        shell.settings.show_card(card)
        await until(lambda: card.list.count() > 5)
        click(card.new)
        QTest.keyClicks(card.editor.title, "Parking")
        QTest.keyClicks(card.editor.words, "Behind the house, ")
        click(card.editor.blanks["name"])
        click(card.editor.shops)
        click(card.editor.save)

        def bodies() -> list[str]:
            return [row["body"] for row in office.table("quick_reply")]

        await office.until(lambda: "Behind the house, {name}" in bodies())
        await office.command(
            "quick_reply.save", client_id=new_id(), shared=True, title="Tram", body="Line 3"
        )
        await until(lambda: {"Parking", "Tram"} <= set(card.list.titles))
