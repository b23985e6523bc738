"""Women chosen by a rule that is built on a campaign's page: only they get it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from console.domain.segments import Choice, Group
from console.ui.appearance import Appearance
from console.views.campaigns.composer import ComposerPage
from tests.e2e import campaign_window
from tests.e2e.campaign_window import click, composing, on_a_loop
from tests.e2e.test_relay_campaign import stand_where_it_is_noon, willing
from tests.e2e.test_two_phones_two_consoles import Console, appearance, relay, until
from tests.helpers.reader import Reader
from tests.web.relay_process import Relay

__all__ = ["appearance", "relay"]

PEOPLE = (("林小雨", "f"), ("王芳", "f"), ("李雷", "m"))
WOMEN = Group("all", (Choice("gender", ("f",)),))


def test_a_campaign_for_women_reaches_women_alone(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _monday(relay, appearance, tmp_path))


async def _monday(relay: Relay, appearance: Appearance, folder: Path) -> None:
    stand_where_it_is_noon(SimpleNamespace(relay=relay))
    phones = [Reader(relay.url) for _ in PEOPLE]
    try:
        known = []
        for number, (phone, (name, gender)) in enumerate(zip(phones, PEOPLE, strict=True)):
            await phone.join(name, f"1391234600{number}")
            member = await willing(phone)
            facts = {"member_id": member, "gender": gender, "was": {"gender": ""}}
            known.append(("member.update", facts))
        await campaign_window.tell(relay, campaign_window.NOBODY_HELD_OUT, *known)
        await _the_shop_sends(relay, appearance, folder)
        for phone in phones[:2]:
            await phone.until(lambda phone=phone: bool(phone.table("message")))  # type: ignore[misc]
            assert [row["body"] for row in phone.table("message")] == ["new skirts"]
        await phones[2].ping()
        assert phones[2].table("message") == []
    finally:
        for phone in phones:
            await phone.__aexit__()


async def _the_shop_sends(relay: Relay, appearance: Appearance, folder: Path) -> None:
    credential = campaign_window.owner_of(relay)
    counter = await Console.open(folder / "counter", relay.url, credential, appearance)
    try:
        await until(lambda: counter.phase == "synced", "the console synced")
        page = await composing(counter)
        page.words.text.setFocus()
        QTest.keyClicks(page.words.text, "new skirts")
        await _for_women(page)
        await _left_and_opened_again(counter)
        await campaign_window.send(page, 2)
    finally:
        await counter.close()


async def _for_women(page: ComposerPage) -> None:
    """Nobody yet is left out; then the condition is added with the keyboard."""
    await until(lambda: page.who.number.text() == "3", "all counted")
    root = page.who.picker.tree.root
    assert root is not None
    click(root.add)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (gender,) = [each for each in menu.actions() if each.text() == "Gender"]
    menu.setActiveAction(gender)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert page.editing.draft.rule == WOMEN
    await until(lambda: page.who.number.text() == "2", "the women counted")
    assert page.who.picker.count.sentence.text() == "Members who are women"


async def _left_and_opened_again(counter: Console) -> None:
    screen = counter.shell.campaigns
    click(screen.composer.head.back)
    await until(lambda: not screen.composing and screen.tasks.idle, "the list")
    screen.list.list.setFocus()
    QTest.keyClick(screen.list.list, Qt.Key.Key_Return)
    await until(lambda: screen.composing, "the draft again")
    assert screen.composer.who.picker.editor.root == WOMEN
    await until(lambda: screen.composer.who.number.text() == "2", "counted again")
