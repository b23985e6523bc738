"""Versions A and B of a campaign: divided, written, previewed, undone, and what they can show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.views.campaigns.composer import ComposerPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.test_campaigns import page, screen  # noqa: F401 - fixtures

KEY = Qt.Key


async def test_a_and_b_get_words_of_their_own_by_keyboard_and_it_can_be_undone(
    page: ComposerPage, desk: MemoryDesk, until: Any  # noqa: F811
) -> None:  # fmt: skip
    chips = page.who.versions
    QTest.keyClicks(page.words.text, "new coats")
    QTest.keyClick(chips.halves, KEY.Key_Space)
    assert [chip.text() for chip in page.versions] == ["Version A", "Version B"]
    assert (chips.one.isChecked(), chips.halves.isChecked()) == (False, True)
    QTest.keyClick(page.versions[1], KEY.Key_Space)
    QTest.keyClicks(page.words.text, "!")
    assert page.preview.phone.shown.words == "new coats!"
    QTest.keyClick(page.versions[0], KEY.Key_Space)
    assert page.preview.phone.shown.words == "new coats"
    await until(lambda: not page.editing.saving)
    kept = desk.campaigns.saves[-1].variants
    assert [(each.name, each.share, each.rule, each.body) for each in kept] == [
        ("A", 50, None, "new coats"), ("B", 100, None, "new coats!"),
    ]  # fmt: skip
    while len(page.editing.draft.variants) > 1:
        page.undo()
    assert chips.one.isChecked()
    assert page.words.text.toPlainText() == "new coats"


async def test_before_sending_it_says_what_so_many_members_can_show(
    page: ComposerPage, desk: MemoryDesk, until: Any  # noqa: F811
) -> None:  # fmt: skip
    chips = page.who.versions
    assert not chips.power.isVisible()
    QTest.mouseClick(chips.halves, Qt.MouseButton.LeftButton)
    how = ("Chance decides: half of them get A, the others B. Not together with versions for women"
           " and men.")  # fmt: skip
    assert chips.power.text() == how
    await until(lambda: chips.power.text() != how)
    assert chips.power.text() == (
        f"{how}\nAbout 319 members each; how many usually read is not known yet. If half of"
        " them do, a difference of 11.0 points or more can be seen (in 80 of 100 cases)."
    )
    ended = datetime.now(UTC) - timedelta(days=30)
    desk.campaigns.put("sent", id=9, state="done", finished_at=ended,
                       counts={"written": 600, "read": 120})  # fmt: skip
    await page.who.reload()
    await until(lambda: "of whom 20.0 % usually read" in chips.power.text())
    assert "a difference of 9.6 points or more" in chips.power.text()
    desk.campaigns.receive = 9
    await page.who.reload()
    await until(lambda: chips.power.text().endswith("4 members each: too few to tell anything."))
    QTest.mouseClick(chips.split, Qt.MouseButton.LeftButton)
    assert not chips.power.isVisible()
    assert [each.name for each in page.editing.draft.variants] == ["women", "men"]
