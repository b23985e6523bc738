"""What a campaign's page shows is the newest answer, in whatever order answers come."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.campaign_types import AudienceMember, CampaignDraft, CampaignItem, Standing
from console.domain.templates import Facts
from console.views.campaigns import CampaignsScreen
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

NAMES = {1: "周雨桐", 2: "安小满"}


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    """With an empty campaign whose members are offered for the preview."""
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    screen = shell.campaigns
    await until(lambda: screen.tasks.idle)
    QTest.mouseClick(screen.list.new, Qt.MouseButton.LeftButton)
    await until(lambda: screen.tasks.idle and screen.composer.preview.member.count() == 2)
    return screen


async def test_whom_somebody_chose_for_the_preview_stays_while_it_is_counted_anew(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, first, asked = screen.composer, asyncio.Event(), []

    async def facts(member_id: int, _draft: CampaignDraft) -> Facts:
        asked.append(member_id)
        if member_id == 1:
            await first.wait()
        return Facts(name=NAMES[member_id])

    QTest.mouseClick(page.words.chips["name"], Qt.MouseButton.LeftButton)
    await until(lambda: screen.tasks.idle and not page.editing.saving)
    monkeypatch.setattr(desk.campaigns, "facts", facts)
    page.who.counted.emit()
    await until(lambda: asked == [1])
    QTest.keyClick(page.preview.member, Qt.Key.Key_Down)
    await until(lambda: page.preview.phone.shown.words == NAMES[2])
    first.set()
    await until(lambda: screen.tasks.idle)
    assert page.preview.member.currentText() == NAMES[2]
    assert page.preview.phone.shown.words == NAMES[2]
    assert NAMES[2] in page.preview.phone.shown.to


async def test_each_version_is_shown_to_somebody_who_gets_it(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, split = screen.composer, False

    async def names(_reason: str, _limit: int = 200) -> list[AudienceMember]:
        hers, his = ("women", "men") if split else ("", "")
        return [AudienceMember(member_id=1, name="her", variant=hers),
                AudienceMember(member_id=2, name="him", variant=his)]  # fmt: skip

    monkeypatch.setattr(desk.campaigns, "names", names)
    page.who.counted.emit()
    await until(lambda: page.preview.member.currentText() == "her")
    split = True
    QTest.mouseClick(page.who.versions.split, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.versions[1], Qt.MouseButton.LeftButton)
    await until(lambda: page.preview.phone.shown.to == "as him sees it")
    assert page.preview.member.currentText() == "him"
    QTest.mouseClick(page.versions[0], Qt.MouseButton.LeftButton)
    await until(lambda: page.preview.phone.shown.to == "as her sees it")


async def test_a_state_that_was_read_earlier_never_shows_later(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, gates = screen.composer, [asyncio.Event(), asyncio.Event()]
    turns = iter(gates)

    async def one(client_id: str) -> CampaignItem | None:
        item = desk.campaigns.items.get(client_id)
        await next(turns).wait()
        return item

    await until(lambda: screen.tasks.idle and not page.editing.saving)
    items = desk.campaigns.items
    items["c1"] = replace(items["c1"], state="sending", counts={"written": 5})
    monkeypatch.setattr(desk.campaigns, "one", one)
    early = asyncio.ensure_future(page.editing.refresh())
    await asyncio.sleep(0)
    items["c1"] = replace(items["c1"], state="done", counts={"written": 9})
    late = asyncio.ensure_future(page.editing.refresh())
    gates[1].set()
    await asyncio.sleep(0)
    gates[0].set()
    await asyncio.gather(early, late)
    item = page.editing.item
    assert item is not None
    assert (item.state, item.counts) == ("done", {"written": 9})


async def test_those_whose_week_is_full_are_named_so_before_it_leaves_and_not_counted(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def standing(_campaign_id: int) -> list[Standing]:
        return [Standing(state="pending", reason="", count=604),
                Standing(state="pending", reason="cap", count=34)]  # fmt: skip

    page = screen.composer
    monkeypatch.setattr(desk.campaigns, "standing", standing)
    desk.campaigns.put("c1", state="frozen", counts={"pending": 638, "capped": 34})
    await until(page.sending.confirm.isVisible)
    await until(lambda: screen.tasks.idle)
    bars = [(bar.words, bar.count) for bar in page.progress.bars.bars]
    assert bars == [("To go", 604), ("Enough this week", 34)]
    QTest.keyClicks(page.sending.typed, "638")
    assert not page.sending.sure.isEnabled()
    page.sending.typed.clear()
    QTest.keyClicks(page.sending.typed, "604")
    assert page.sending.sure.isEnabled()


async def test_the_keyboard_is_at_the_number_also_when_the_state_comes_after_the_answer(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def freeze(_client_id: str) -> int:
        return 638

    page = screen.composer
    monkeypatch.setattr(desk.campaigns, "freeze", freeze)
    QTest.keyClicks(page.words.text, "hello")
    QTest.keyClick(page.sending.buttons["send"], Qt.Key.Key_Space)
    await until(lambda: screen.tasks.idle and not page.editing.saving)
    assert not page.sending.confirm.isVisible()
    desk.campaigns.put("c1", state="frozen", counts={"pending": 638})
    await until(lambda: page.window().focusWidget() is page.sending.typed)
    QTest.keyClicks(page.sending.typed, "638")
    QTest.keyClick(page.sending.typed, Qt.Key.Key_Return)
    # Where one keystroke too many does no harm.
    await until(lambda: page.window().focusWidget() is page.sending.buttons["undo"])
