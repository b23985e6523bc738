"""A campaign made and sent by somebody who has no mouse: keys alone, in the real window."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeView, QWidget

from console.ui.appearance import Appearance
from console.views.campaigns.composer import ComposerPage
from tests.e2e.campaign_window import NOBODY_HELD_OUT, on_a_loop, owner_of, tell
from tests.e2e.test_relay_campaign import stand_where_it_is_noon, willing
from tests.e2e.test_two_phones_two_consoles import Console, appearance, relay, until
from tests.helpers.keyboard import CONTROL, SHIFT, Key, here, is_at, pick, press, tab_to, write
from tests.helpers.pictures import phone_photo
from tests.helpers.reader import Reader
from tests.web.relay_process import Relay

__all__ = ["appearance", "relay"]

PEOPLE = (("Ann", "f"), ("Bea", "f"), ("Carl", "m"))
MEANT, TAG, SEGMENT = 0, "silk", "Women"
WORDS = "Dear Ann, new scarves!"
PHOTOS = {"a.jpg": (300, 400), "b.jpg": (400, 300), "c.jpg": (320, 320)}
PASTED, GREY = "c.jpg", (90, 90, 90)


def test_a_campaign_is_made_and_sent_by_keys_alone(
    qapp: QApplication,
    relay: Relay,
    appearance: Appearance,
    tmp_path: Path,
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    QFileDialog().setDirectory(str(photos))  # where the last one was, the next one begins
    on_a_loop(qapp, _monday(relay, appearance, tmp_path))


async def _monday(relay: Relay, appearance: Appearance, folder: Path) -> None:
    stand_where_it_is_noon(SimpleNamespace(relay=relay))
    phones = [Reader(relay.url) for _ in PEOPLE]
    try:
        await _the_shop_knows(relay, phones)
        counter = await Console.open(folder / "counter", relay.url, owner_of(relay), appearance)
        try:
            await until(lambda: counter.phase == "synced", "the console synced")
            await _active(counter.shell)
            await _made_and_sent(counter, folder)
        finally:
            await counter.close()
        await _she_alone_has_it(phones)
    finally:
        for phone in phones:
            await phone.__aexit__()


async def _the_shop_knows(relay: Relay, phones: list[Reader]) -> None:
    """Three members, one of them with a tag, and a saved segment."""
    known: list[tuple[str, dict[str, Any]]] = [NOBODY_HELD_OUT]
    for number, (phone, (name, gender)) in enumerate(zip(phones, PEOPLE, strict=True)):
        await phone.join(name, f"1391234700{number}")
        member = await willing(phone)
        facts = {"member_id": member, "gender": gender, "was": {"gender": ""}}
        known.append(("member.update", facts))
        if number == MEANT:
            known.append(("member.tag", {"member_id": member, "add": [TAG]}))
    women = {"leaf": "gender", "in": ["f"]}
    known.append(("segment.save", {"client_id": "women", "display_name": SEGMENT, "rule": women}))
    await tell(relay, *known)


async def _made_and_sent(counter: Console, folder: Path) -> None:
    page = await _begun(counter)
    await _photos_are_chosen_pasted_and_put_in_order(page, folder / "photos")
    _words_are_written(page)
    await _it_is_for_those_who_are_meant(page)
    _its_time_is_chosen(page)
    await _it_is_sent(page)


async def _active(part: QWidget) -> None:
    """What the window system does when a window comes, or what lay over it goes."""
    part.window().activateWindow()
    await until(part.isActiveWindow, "the window is the active one")


async def _begun(counter: Console) -> ComposerPage:
    screen = counter.shell.campaigns
    press(Key.Key_2, CONTROL)
    await until(lambda: screen.isVisible() and screen.tasks.idle, "the campaigns")
    tab_to(screen.list.new)
    press(Key.Key_Space)
    await until(lambda: screen.composing and is_at(screen.composer.head.title), "a new one")
    write("Scarves")
    return screen.composer


async def _photos_are_chosen_pasted_and_put_in_order(page: ComposerPage, folder: Path) -> None:
    for name, size in PHOTOS.items():
        await asyncio.to_thread((folder / name).write_bytes, phone_photo("JPEG", GREY, size=size))
    tab_to(page.photos.grid)
    press(Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    await until(lambda: dialog.isAncestorOf(here()), "the keyboard is in the dialog")
    names: Any = dialog.findChild(QTreeView, "treeView")
    await until(lambda: names.model().rowCount(names.rootIndex()) == len(PHOTOS), "all are seen")
    tab_to(names)
    press(Key.Key_Home)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_Return)
    await until(lambda: len(page.editing.variant.photos) == 2, "both are chosen")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / PASTED))])
    QGuiApplication.clipboard().setMimeData(mime)
    await _active(page)
    assert is_at(page.photos.grid)
    press(Key.Key_V, CONTROL)
    await until(lambda: len(page.editing.variant.photos) == 3, "another is pasted")
    QGuiApplication.clipboard().clear()
    press(Key.Key_End)
    press(Key.Key_Left, times=3)
    press(Key.Key_Right, CONTROL, times=2)
    sizes = [(each.item.width, each.item.height) for each in page.editing.variant.photos]
    assert sizes == [PHOTOS[name] for name in ("b.jpg", "c.jpg", "a.jpg")]
    press(Key.Key_Return)
    write("The first one")
    press(Key.Key_Return)
    assert page.editing.variant.photos[2].item.caption == "The first one"


def _words_are_written(page: ComposerPage) -> None:
    tab_to(page.words.text)
    write("Dear ")
    tab_to(page.words.chips["name"], back=True)
    press(Key.Key_Space)
    write(", new scarves!")
    assert page.editing.variant.body == "Dear {name}, new scarves!"
    tab_to(page.words.fallbacks["name"])
    write("friend")
    assert page.editing.variant.fields == {"name": "friend"}


async def _it_is_for_those_who_are_meant(page: ComposerPage) -> None:
    picker = page.who.picker
    await until(lambda: page.who.number.text() == "3", "all are counted")
    tab_to(picker.bar.button)
    press(Key.Key_Space)
    pick(SEGMENT)
    await _active(page)
    await until(lambda: page.who.number.text() == "2", "the women are counted")
    root = picker.tree.root
    assert root is not None
    tab_to(root.add)
    press(Key.Key_Space)
    pick("Tag")
    await _active(page)
    write(TAG)
    press(Key.Key_Return)
    press(Key.Key_Escape)
    await _active(page)
    assert picker.tree.isAncestorOf(here())
    await until(lambda: page.who.number.text() == "1", "those with the tag are counted")
    assert picker.count.sentence.text() == f"Members who are women, and have the tag “{TAG}”"


def _its_time_is_chosen(page: ComposerPage) -> None:
    tab_to(page.when.soon)
    press(Key.Key_Space)
    assert page.editing.draft.due_at is not None
    assert page.when.soon.isChecked()


async def _it_is_sent(page: ComposerPage) -> None:
    sending = page.sending
    await until(sending.buttons["send"].isEnabled, "it can be sent")
    tab_to(sending.buttons["send"])
    press(Key.Key_Space)
    await until(lambda: sending.words.text().startswith("Leaves "), "it is scheduled")
    await until(lambda: is_at(sending.buttons["undo"]), "the keyboard is at what comes next")
    tab_to(sending.buttons["send_now"], back=True)
    press(Key.Key_Space)
    await until(lambda: page.editing.item is not None and page.editing.item.state == "done", "sent")


async def _she_alone_has_it(phones: list[Reader]) -> None:
    for number, phone in enumerate(phones):
        if number == MEANT:
            await phone.until(lambda phone=phone: bool(phone.table("message")))  # type: ignore[misc]
        await phone.ping()
        told = [(row["body"], len(row["media"])) for row in phone.table("message")]
        assert told == ([(WORDS, len(PHOTOS))] if number == MEANT else [])
