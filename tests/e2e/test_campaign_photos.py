"""Photos dropped on the composer of a real window, as they reach members' phones."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import av
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.appearance import Appearance
from console.ui.crop_window import CropWindow
from console.views.campaigns.composer import ComposerPage
from tests.e2e.campaign_window import (
    NOBODY_HELD_OUT,
    at_the_counter,
    click,
    composing,
    on_a_loop,
    owner_of,
    send,
    tell,
)
from tests.e2e.test_relay_campaign import stand_where_it_is_noon, willing
from tests.e2e.test_two_phones_two_consoles import Console, appearance, relay, until
from tests.gui.test_campaigns import drop
from tests.gui.test_photo_shaping import press
from tests.helpers.pictures import PLACE, phone_photo
from tests.helpers.reader import Reader
from tests.helpers.recordings import film
from tests.web.relay_process import Relay

__all__ = ["appearance", "relay"]

Colour = tuple[int, int, int]
CORNERS: Final[dict[tuple[float, float], Colour]] = {
    (0.2, 0.2): (220, 20, 20), (0.8, 0.2): (20, 200, 20),
    (0.2, 0.8): (20, 20, 220), (0.8, 0.8): (255, 255, 255),
}  # fmt: skip
"""Where which colour is in a photo that stands upright."""
TALL, WIDE, LARGE = (300, 400), (400, 300), (2100, 2800)
PHOTOS: Final[list[tuple[str, str, Colour, int, tuple[int, int]]]] = [
    ("IMG_0001.JPG", "JPEG", (240, 200, 40), 6, TALL),
    ("IMG_0002.jpg", "JPEG", (40, 200, 240), 1, WIDE),
    ("IMG_0003.HEIC", "HEIF", (200, 40, 240), 6, TALL),
    ("衣架 一.png", "PNG", (120, 60, 20), 1, TALL),
    ("店内.webp", "WEBP", (20, 120, 60), 8, WIDE),
    ("新款.avif", "AVIF", (60, 20, 120), 3, TALL),
    ("IMG_0008.JPEG", "JPEG", (250, 120, 0), 8, LARGE),
    ("IMG_0009.jpeg", "JPEG", (0, 120, 250), 5, WIDE),
    ("IMG_0010.HEIC", "HEIF", (120, 250, 0), 1, WIDE),
]
"""Name, format, colour in the middle, orientation, and size when it stands upright."""
BROKEN, BROKEN_AT = "IMG_0007.JPG", 6


def test_ten_photos_dropped_on_a_campaign_reach_the_phones_it_is_for(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _monday(relay, appearance, tmp_path))


async def _monday(relay: Relay, appearance: Appearance, folder: Path) -> None:
    async with at_the_counter(relay, appearance, folder) as counter:
        await _to_those_who_are_meant(counter, relay, folder)


async def _to_those_who_are_meant(counter: Console, relay: Relay, folder: Path) -> None:
    names = ("林小雨", "王芳", "李雷")
    phones = [Reader(relay.url) for _ in names]
    try:
        for number, (phone, name) in enumerate(zip(phones, names, strict=True)):
            await phone.join(name, f"1391234600{number}")
            await willing(phone)
        page = await composing(counter)
        await _photos_are_dropped(page, await asyncio.to_thread(_files, folder / "phone"))
        await _words_for_some(page, names[:2])
        await send(page, 2)
        for phone, name in zip(phones[:2], names, strict=False):
            await _her_phone_has_it(phone, name)
        await _another_has_nothing(phones[2], phones[0])
    finally:
        for phone in phones:
            await phone.__aexit__()


def _files(folder: Path) -> list[Path]:
    """What was copied from a phone; one of them only in part."""
    folder.mkdir()
    made = []
    for name, kind, colour, orientation, size in PHOTOS:
        photo = phone_photo(kind, colour, orientation, size)
        assert PLACE in photo
        made.append(folder / name)
        made[-1].write_bytes(photo)
    whole = phone_photo("JPEG", (0, 0, 0), size=(900, 700))
    (folder / BROKEN).write_bytes(whole[: len(whole) // 2])
    made.insert(BROKEN_AT, folder / BROKEN)
    return made


async def _photos_are_dropped(page: ComposerPage, files: list[Path]) -> None:
    """Where the pointer is lies the place for photos; what is wrong with one is said."""
    grid = page.photos.grid
    at = grid.mapTo(page, grid.box(0).center().toPoint())
    assert page.childAt(at) is grid
    drop(grid, *files)
    assert page.photos.progress.isVisible()
    await until(lambda: not page.photos.busy, "all looked at")
    assert page.photos.faults.text() == (
        f"{BROKEN}: This file is damaged or incomplete. Please choose another or take it again."
    )
    assert page.photos.faults.isVisible()
    pictures = [page.preview.phone.shown.photos, page.editing.variant.photos, grid.tiles]
    assert [len(each) for each in pictures] == [len(PHOTOS)] * 3
    sizes = [(each.item.width, each.item.height) for each in page.editing.variant.photos]
    assert sizes == [_shown(size) for *_, size in PHOTOS]
    # The phone may be taken away: our own copies are sent.
    for file in files:
        await asyncio.to_thread(file.unlink)


def _shown(size: tuple[int, int], side: int = 1600) -> tuple[int, int]:
    shrink = min(1.0, side / max(size))
    return (round(size[0] * shrink), round(size[1] * shrink))


def test_a_photo_turned_and_cropped_survives_a_restart_and_reaches_the_phone_so(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _turned_and_cropped(relay, appearance, tmp_path))


async def _turned_and_cropped(relay: Relay, appearance: Appearance, folder: Path) -> None:
    stand_where_it_is_noon(SimpleNamespace(relay=relay))
    await tell(relay, NOBODY_HELD_OUT)
    credential, home = owner_of(relay), folder / "counter"
    async with Reader(relay.url) as phone:
        await phone.join("林小雨", "13912346000")
        await willing(phone)
        counter = await Console.open(home, relay.url, credential, appearance)
        key = await _shaped(counter, folder)
        await counter.close()
        counter = await Console.open(home, relay.url, credential, appearance)
        try:
            await until(lambda: counter.phase == "synced", "the console synced again")
            counter.shell.show_section("campaigns")
            screen = counter.shell.campaigns
            await screen.open(key)
            (photo,) = screen.composer.editing.variant.photos
            size = (photo.item.width, photo.item.height)
            # Half of 2800 pixels by 2100: it was cut out of the original.
            assert size[1] == 1600
            assert abs(size[0] - 1067) < 24
            await send(screen.composer, 1)
        finally:
            await counter.close()
        await phone.until(lambda: bool(phone.table("message")))
        (medium,) = phone.table("message")[0]["media"]
        assert (medium["width"], medium["height"]) == size
        status, _, served = await phone.request("GET", f"/media/{medium['id']}/1600")
    assert status == 200
    assert PLACE not in served
    with Image.open(io.BytesIO(served)) as shown:
        plain = shown.convert("RGB")
    # Lying down (2800 × 2100) its upper left is the lower left of upright; then the right half.
    for x, y, meant in ((0.5, 0.2, CORNERS[0.2, 0.2]), (0.5, 0.8, CORNERS[0.8, 0.2])):
        seen: Any = plain.getpixel((int(x * size[0]), int(y * size[1])))
        assert max(abs(one - other) for one, other in zip(seen, meant, strict=True)) < 24


def test_a_turn_is_undone_also_when_the_relay_has_it_already(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _undone(relay, appearance, tmp_path))


async def _undone(relay: Relay, appearance: Appearance, folder: Path) -> None:
    """The photo as it was dropped is what she gets."""
    async with at_the_counter(relay, appearance, folder) as counter, Reader(relay.url) as phone:
        await phone.join("林小雨", "13912346000")
        await willing(phone)
        page = await composing(counter)
        file = folder / "IMG_1.JPG"
        file.write_bytes(phone_photo("JPEG", (9, 9, 9), 6, TALL))
        drop(page.photos.grid, file)
        await until(lambda: not page.photos.busy, "it was looked at")
        await _kept_by_the_relay(page)
        press(page, 0, "right")
        await until(lambda: page.editing.variant.photos[0].shape.quarters == 1, "turned")
        await _kept_by_the_relay(page)
        page.undo()
        await _kept_by_the_relay(page)
        await send(page, 1)
        await phone.until(lambda: bool(phone.table("message")))
        (medium,) = phone.table("message")[0]["media"]
        assert (medium["width"], medium["height"]) == TALL
        status, _, served = await phone.request("GET", f"/media/{medium['id']}/480")
        assert status == 200
        with Image.open(io.BytesIO(served)) as shown:
            seen: Any = shown.convert("RGB").getpixel((60, 80))
        meant = CORNERS[0.2, 0.2]
        assert max(abs(one - other) for one, other in zip(seen, meant, strict=True)) < 24


async def _kept_by_the_relay(page: ComposerPage) -> None:
    def taken() -> bool:
        item = page.editing.item
        return item is not None and item.rev > 0 and not item.waiting and not item.failure

    await until(lambda: not page.editing.saving and taken(), "the relay has it")


async def _shaped(counter: Console, folder: Path) -> str:
    """One photo of a new draft, turned right, then its right half; kept by the relay."""
    await until(lambda: counter.phase == "synced", "the console synced")
    page = await composing(counter)
    file = folder / "IMG_1.HEIC"
    file.write_bytes(phone_photo("HEIF", (9, 9, 9), 6, LARGE))
    drop(page.photos.grid, file)
    await until(lambda: not page.photos.busy, "it was looked at")
    press(page, 0, "right")
    await until(lambda: page.editing.variant.photos[0].shape.quarters == 1, "it is turned")
    QTest.keyClick(page.photos.grid, Qt.Key.Key_C)
    await until(lambda: page.photos.findChildren(CropWindow), "the crop window")
    (window,) = page.photos.findChildren(CropWindow)
    canvas = window.canvas
    assert canvas.shape_chosen.quarters == 1
    at, to = canvas.handle_at((-1, 0)), canvas.frame_box().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at.toPoint())
    QTest.mouseMove(canvas, to.toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=to.toPoint())
    part = canvas.shape_chosen.part
    assert abs(part.left - 0.5) < 0.01
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    await until(lambda: page.editing.variant.photos[0].shape.part == part, "it is cropped")
    await _kept_by_the_relay(page)
    return page.editing.client_id


async def _words_for_some(page: ComposerPage, names: Sequence[str]) -> None:
    page.words.text.setFocus()
    QTest.keyClicks(page.words.text, "Dear ")
    click(page.words.chips["name"])
    QTest.keyClicks(page.words.text, ", new coats")
    picker = page.who.picker
    picker.tree.add_kind((), "members")
    assert picker.tree.open_row is not None
    part: Any = picker.tree.open_row.editor.parts["members"]
    for name in names:
        written = QInputMethodEvent()
        written.setCommitString(name)
        QApplication.sendEvent(part.field, written)
        await until(lambda name=name: part.found.titles == [name], f"{name} found")  # type: ignore[misc]
        QTest.keyClick(part.field, Qt.Key.Key_Down)
        QTest.keyClick(part.field, Qt.Key.Key_Return)
    await until(lambda: page.who.number.text() == "2", "both counted")


async def _her_phone_has_it(phone: Reader, name: str) -> None:
    await phone.until(lambda: bool(phone.table("message")))
    await phone.ping()
    (row,) = phone.table("message")
    assert (row["body"], row["kind"]) == (f"Dear {name}, new coats", "photo")
    told = [(each["width"], each["height"]) for each in row["media"]]
    assert told == [_shown(size) for *_, size in PHOTOS]
    for medium, (_, _, colour, _, size) in zip(row["media"], PHOTOS, strict=True):
        for side in (480, 1600):
            for accept, kind in (("image/webp", "WEBP"), ("image/png,image/*", "JPEG")):
                path = f"/media/{medium['id']}/{side}"
                status, _, served = await phone.request("GET", path, headers={"Accept": accept})
                assert status == 200
                _check(served, kind, colour, _shown(size, side))


def _check(served: bytes, kind: str, colour: Colour, size: tuple[int, int]) -> None:
    """It stands upright, is the one that is meant, and is nothing but a picture."""
    assert PLACE not in served
    with Image.open(io.BytesIO(served)) as shown:
        assert (shown.format, shown.size) == (kind, size)
        assert not dict(shown.getexif())
        assert not {"exif", "xmp", "comment", "icc_profile"} & shown.info.keys()
        plain = shown.convert("RGB")
    for (x, y), meant in {**CORNERS, (0.5, 0.5): colour}.items():
        seen: Any = plain.getpixel((int(x * size[0]), int(y * size[1])))
        assert max(abs(one - other) for one, other in zip(seen, meant, strict=True)) < 24


async def _another_has_nothing(other: Reader, meant: Reader) -> None:
    await other.ping()
    assert other.table("message") == []
    for medium in meant.table("message")[0]["media"]:
        status, _, _ = await other.request("GET", f"/media/{medium['id']}/480")
        assert status == 404


def test_a_video_dropped_on_a_campaign_comes_small_to_the_phone_and_stands_alone(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _filmed(relay, appearance, tmp_path))


async def _filmed(relay: Relay, appearance: Appearance, folder: Path) -> None:
    async with at_the_counter(relay, appearance, folder) as counter, Reader(relay.url) as phone:
        await phone.join("林小雨", "13912346000")
        await willing(phone)
        page = await composing(counter)
        await _a_film_and_a_photo_are_dropped(page, folder)
        QTest.keyClicks(page.words.text, "See how it falls")
        await send(page, 1)
        await phone.until(lambda: bool(phone.table("message")))
        await _she_can_watch_it(phone)


async def _a_film_and_a_photo_are_dropped(page: ComposerPage, folder: Path) -> None:
    clip, photo = folder / "IMG_0042.MOV", folder / "IMG_0043.JPG"
    clip.write_bytes(await asyncio.to_thread(film, "mov", 3.0, (1280, 720)))
    photo.write_bytes(phone_photo("JPEG", (9, 9, 9)))
    drop(page.photos.grid, clip, photo)
    await until(lambda: not page.photos.busy, "both looked at")
    (shown,) = page.editing.variant.photos
    assert (shown.is_film, shown.item.duration_ms // 100) == (True, 30)
    assert page.photos.faults.text() == "IMG_0043.JPG: a version shows photos or one video"
    assert page.photos.grid.tiles[0].film == "0:03"
    page.photos.grid.edit_caption(0)
    assert not page.photos.grid.editor.isVisible()


async def _she_can_watch_it(phone: Reader) -> None:
    (message,) = phone.table("message")
    (medium,) = message["media"]
    assert (message["kind"], message["body"]) == ("video", "See how it falls")
    assert (medium["mime"], message.get("layout", "")) == ("video/mp4", "")
    status, _, served = await phone.request("GET", f"/media/{medium['id']}/file")
    assert status == 200
    assert PLACE not in served
    with av.open(io.BytesIO(served)) as small:
        assert small.streams.video[0].codec_context.name == "h264"
        assert max(small.streams.video[0].width, small.streams.video[0].height) <= 1280
    status, _, _ = await phone.request("GET", f"/media/{medium['id']}/480")
    assert status == 200
