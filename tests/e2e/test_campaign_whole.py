"""A Monday's campaign from the owner's window to the last of 2,000 phones, real parts only.

Ten photos are dropped, women and men get words of their own, the number is typed and the minute
skipped.  Then everybody's words are compared with what the members' rows say, two phones are
looked at in Chromium, and every picture that is served is searched for where it was taken.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.pool import PhonePool
from bench.world import World
from console.relay.backups import DATABASE
from console.ui.appearance import Appearance
from console.views.campaigns.composer import ComposerPage
from tests.e2e import campaign_files
from tests.e2e.campaign_files import FILES, SIDES
from tests.e2e.campaign_shop import (
    HELD_PERCENT,
    MEMBERS,
    Verdicts,
    Words,
    founded,
    verdicts,
    written,
)
from tests.e2e.campaign_window import click, composing, on_a_loop, owner_of
from tests.e2e.test_two_phones_two_consoles import Console, Phones, appearance, until
from tests.helpers.reader import Reader
from tests.web.conftest import Phone
from tests.web.relay_process import Relay

__all__ = ["appearance"]

# Playwright keeps its driver's reader for as long as the browser lives.
pytestmark = [pytest.mark.web, pytest.mark.leaks]

EARLIER = "an-earlier-notice"
VERSIONS = {
    "women": Words(("Dear ", ", new coats! You have ", " points."), "friend", "no"),
    "men": Words(("Hello ", ", shirts are in. Points: ", "!"), "neighbour", "none yet"),
}
PEOPLE = (("纳兰女士", "13912346001", "f"), ("纳兰先生", "13912346002", "m"))
"""Whose phones are real ones."""
_PREVIEWED = 12
LATE = 5
"""So many opt out when it is fixed already whom it is for."""
MENS_LACK = 0
"""The photo that is in the women's version only."""
LOOK = """(image) => {
    const [width, height] = [image.naturalWidth, image.naturalHeight];
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const colour = ([x, y]) => Array.from(
        context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data.slice(0, 3));
    return [[width, height], POINTS.map(colour)];
}""".replace("POINTS", str([list(place) for place in FILES[0].points]))


@dataclass
class Scene:
    """Everybody of this Monday.

    Attributes:
        crowd: the process of the 2,000 phones; ``members`` whose they are.
        phones: the two real ones; ``ids`` of their owners.
    """

    relay: Relay
    folder: Path
    appearance: Appearance
    world: World
    crowd: PhonePool
    phones: Phones
    ids: tuple[int, int]

    @property
    def database(self) -> Path:
        return self.relay.folder / DATABASE

    def now(self) -> Verdicts:
        """What has to become of everybody, by the members' rows as they are now."""
        return verdicts(self.database, VERSIONS, EARLIER)

    @contextlib.asynccontextmanager
    async def counter(self) -> AsyncIterator[Console]:
        """The owner's window, always the same one."""
        credential = owner_of(self.relay)
        console = await Console.open(
            self.folder / "counter", self.relay.url, credential, self.appearance
        )
        try:
            await until(lambda: console.phase == "synced", "the console synced")
            yield console
        finally:
            await console.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Relay, World]]:
    """时光衣橱 with 2,000 members, served."""
    relay = Relay(tmp_path / "relay")
    world = founded(relay.folder)
    relay.token = world.owner_token
    relay.start()
    try:
        yield relay, world
    finally:
        relay.stop()


def test_a_split_campaign_with_ten_photos_reaches_each_of_2_000_phones_as_it_must(
    qapp: QApplication, shop: tuple[Relay, World], appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _monday(*shop, appearance, tmp_path))


async def _monday(relay: Relay, world: World, appearance: Appearance, folder: Path) -> None:
    phones, crowd = Phones(relay.url), await PhonePool.start()
    await phones.open()
    try:
        ids = await _everybody_is_there(relay, world, phones, crowd)
        scene = Scene(relay, folder, appearance, world, crowd, phones, ids)
        async with scene.counter() as counter:
            key = await _composed_and_sent(scene, counter)
        await _everybody_got_what_she_must(scene, key)
        await _both_phones_show_it(scene)
        await _no_picture_tells_where_it_was_taken(scene)
        async with scene.counter() as counter:
            await _opened_again_it_stands_the_same(scene, counter, key)
    finally:
        await crowd.close()
        problems = await phones.close()
    assert problems == []


# --- before -----------------------------------------------------------------------------------


async def _everybody_is_there(
    relay: Relay, world: World, phones: Phones, crowd: PhonePool
) -> tuple[int, int]:
    """All phones are on the line, and some members had their notice of the week."""
    for phone, (name, number, _) in zip((phones.large, phones.small), PEOPLE, strict=True):
        await phones.do(phone.join, name, number, marketing=True)
    async with Reader(relay.url, bearer=relay.token) as owner:
        await owner.connect()
        await owner.page("members")
        found = {row["name"]: row["id"] for row in owner.table("member")}
        ids = tuple(found[name] for name, _, _ in PEOPLE)
        for member, (_, _, gender) in zip(ids, PEOPLE, strict=True):
            await owner.command("member.confirm", member_id=member)
            await owner.command(
                "member.update", member_id=member, gender=gender, was={"gender": ""}
            )
            # Nobody knows in which bucket they came to be: they are never held out.
            await owner.command("member.tag", member_id=member, add=["VIP"])
        await owner.command("setting.set", key="holdout_percent", value=HELD_PERCENT)
        few = [row["id"] for row in owner.table("member") if row.get("weekly_cap") == 1]
        await _had_one(owner, few)
    cookies = [each.token for each in world.phones]
    joined = await crowd.ask("phones", port=relay.port, cookies=cookies)
    assert not joined["failed"], joined["why"]
    assert await crowd.ask("subscribe") == MEMBERS
    return ids[0], ids[1]


async def _had_one(owner: Reader, few: list[int]) -> None:
    """Of this week's notices, those who want only one have got it."""
    only = {"leaf": "members", "ids": few}
    content = [{"name": "", "body": "一条就够"}]
    await owner.command("campaign.save", client_id=EARLIER, rule=only, variants=content)
    await owner.command("campaign.freeze", client_id=EARLIER)
    await owner.page("campaigns")
    await owner.command("campaign.send_now", client_id=EARLIER)
    await owner.until(lambda: owner.table("campaign")[0]["state"] == "done")


# --- at the window ----------------------------------------------------------------------------


async def _composed_and_sent(scene: Scene, counter: Console) -> str:
    page = await composing(counter)
    await _photos_are_dropped(counter, page, await asyncio.to_thread(
        campaign_files.copied, scene.folder / "phone"))  # fmt: skip
    await _women_and_men_get_words_of_their_own(page)
    before = scene.now()
    await until(lambda: page.who.number.text() == f"{len(before.receivers):,}", "all are counted")
    bars = {bar.name: bar.count for bar in page.who.waterfall.bars}
    assert {name: bars[name] for name in before.reasons} == before.reasons
    held = [bar.words for bar in page.who.waterfall.bars if bar.name == "holdout"]
    assert held == [f"Holdout {HELD_PERCENT} %"]
    await _previewed(page, before)
    await _confirmed_by_its_number(page, len(before.receivers))
    await _some_opt_out_meanwhile(scene, before)
    await scene.crowd.ask("arm", wanted='"photo"', only=[
        who - 1 for who in scene.now().receivers if who <= MEMBERS])  # fmt: skip
    await _pressed(page, "send_now")
    await until(lambda: page.editing.item is not None and page.editing.item.state == "done", "sent")
    await _it_stands(scene, page)
    return page.editing.client_id


def _let_go(shell: QWidget, on: QWidget, at: QPoint, files: list[Path]) -> None:
    """What the window system tells the window when files are dragged in and let go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    point, window = on.mapTo(shell, at), shell.windowHandle()
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
           Qt.KeyboardModifier.NoModifier)  # fmt: skip
    for event in (QDragEnterEvent(point, *how), QDragMoveEvent(point, *how)):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(point), *how))


async def _photos_are_dropped(counter: Console, page: ComposerPage, files: list[Path]) -> None:
    grid = page.photos.grid
    _let_go(counter.shell, grid, grid.box(0).center().toPoint(), files)
    assert page.photos.progress.isVisible()
    await until(lambda: not page.photos.busy, "all looked at")
    assert page.photos.faults.text() == ""
    sizes = [(each.item.width, each.item.height) for each in page.editing.variant.photos]
    assert sizes == [file.shown() for file in FILES]
    # The phone may be taken away: our own copies are sent.
    for file in files:
        await asyncio.to_thread(file.unlink)


async def _women_and_men_get_words_of_their_own(page: ComposerPage) -> None:
    _written(page, VERSIONS["women"])
    click(page.who.versions.split)
    click(page.versions[1])
    _written(page, VERSIONS["men"])
    grid = page.photos.grid
    cross = grid.remove_box(MENS_LACK).center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=cross)
    women, men = page.editing.draft.variants
    assert [each.name for each in (women, men)] == ["women", "men"]
    assert men.photos == women.photos[1:]


def _written(page: ComposerPage, words: Words) -> None:
    """Written anew with the fields' chips, and what stands where a field is blank."""
    text = page.words.text
    click(text.viewport())
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    before, between, behind = words.parts
    QTest.keyClicks(text, before)
    click(page.words.chips["name"])
    QTest.keyClicks(text, between)
    click(page.words.chips["points"])
    QTest.keyClicks(text, behind)
    for name, fallback in (("name", words.no_name), ("points", words.no_points)):
        line = page.words.fallbacks[name]
        click(line)
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(line, fallback)


async def _previewed(page: ComposerPage, meant: Verdicts) -> None:
    """The phone beside it shows women and men what each will read."""
    words = {each.name: each.words for each in meant.receivers.values()}
    beside, seen = page.preview, set()
    await until(lambda: beside.member.count() > _PREVIEWED, "members are offered")
    for row in range(1, _PREVIEWED):
        QTest.keyClick(beside.member, Qt.Key.Key_Down)
        name = beside.member.itemText(row)
        sees = f"as {name} sees it"
        await until(lambda sees=sees: beside.phone.shown.to == sees, sees)  # type: ignore[misc]
        assert beside.phone.shown.words == words[name]
        seen.add(page.editing.variant.name)
    assert seen == set(VERSIONS)


async def _pressed(page: ComposerPage, name: str) -> None:
    step = page.sending.buttons[name]
    await until(lambda: step.isVisible() and step.isEnabled(), name)
    click(step)


async def _confirmed_by_its_number(page: ComposerPage, number: int) -> None:
    """Another number, or none, lets nothing go."""
    sending = page.sending
    await _pressed(page, "send")
    await until(lambda: sending.confirm.isVisible() and not sending.typed.text(), "asked")
    await until(lambda: page.window().focusWidget() is sending.typed, "the keyboard is there")
    for typed, right in (("1", False), (str(number), True)):
        QTest.keyClick(sending.typed, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(sending.typed, typed)
        assert sending.sure.isEnabled() == right
    click(sending.sure)
    await until(lambda: "seconds" in sending.words.text(), "it leaves in a minute")


async def _some_opt_out_meanwhile(scene: Scene, before: Verdicts) -> None:
    for who in list(before.receivers)[:LATE]:
        answer = await scene.crowd.ask(
            "command", number=who - 1, n=1, name="consent.set",
            body={"purpose": "marketing", "granted": False},
        )  # fmt: skip
        assert '"ack"' in answer
    after = scene.now()
    assert len(after.receivers) == len(before.receivers) - LATE


async def _it_stands(scene: Scene, page: ComposerPage) -> None:
    """The page's figures are those of the members' rows."""
    meant = scene.now()
    got, item = len(meant.receivers), page.editing.item
    assert item is not None
    settled = {name: count for name, count in item.counts.items() if name != "read"}
    assert settled == {"written": got, "skipped": len(meant.meant) - got}
    stands = {f"skipped/{reason}": count for reason, count in meant.reasons.items()}
    stands["written/"] = got

    def shown() -> dict[str, int]:
        return {bar.name: bar.count for bar in page.progress.bars.bars}

    def every_figure() -> bool:
        # What is read goes on growing while this is looked at.
        counts = page.editing.item.counts if page.editing.item is not None else {}
        did = {name: counts.get(name, 0) for name in ("read", "replied")}
        return page.progress.isVisible() and shown() == stands | did

    await until(every_figure, "every figure")
    assert page.sending.words.text().startswith(f"Sent · sent to {got}")


# --- afterwards -------------------------------------------------------------------------------


async def _everybody_got_what_she_must(scene: Scene, key: str) -> None:
    meant = scene.now()
    assert len(meant.versions) == 2
    assert set(meant.reasons) == {
        "not_joined", "no_channel", "opted_out", "blocked", "cap", "holdout", "no_variant"
    }  # fmt: skip
    told = written(scene.database, key)
    assert told.recipients == {
        who: ("skipped", each.reason, "") if each.reason else ("written", "", each.variant)
        for who, each in meant.meant.items()
    }
    assert told.messages == [
        (who, who, each.words) for who, each in sorted(meant.receivers.items())
    ]
    await scene.crowd.last_receipt()
    heard = await scene.crowd.ask("told", table="message")
    got = {
        int(number) + 1: [row["body"] for row in rows if row["campaign_id"] == told.id]
        for number, rows in heard.items()
    }
    assert got == {
        who: [each.words] if not each.reason else []
        for who, each in meant.meant.items() if who <= MEMBERS
    }  # fmt: skip


async def _both_phones_show_it(scene: Scene) -> None:
    meant = scene.now().meant
    for phone, who in zip((scene.phones.large, scene.phones.small), scene.ids, strict=True):
        files = FILES if meant[who].variant == "women" else FILES[MENS_LACK + 1 :]
        await scene.phones.do(_it_is_shown, phone, meant[who].words, files)


def _it_is_shown(phone: Phone, words: str, files: tuple[campaign_files.File, ...]) -> None:
    card = phone.page.locator(".campaign")
    expect(card).to_have_count(1)
    expect(card.locator(".text")).to_have_text(words)
    expect(card.locator(".photo.here")).to_have_count(len(files))
    for image, file in zip(card.locator("img").all(), files, strict=True):
        (width, height), colours = image.evaluate(LOOK)
        assert width > 0
        assert width / height == pytest.approx(file.size[0] / file.size[1], rel=0.02), file.name
        assert campaign_files.alike(colours, file.points.values()), file.name


async def _no_picture_tells_where_it_was_taken(scene: Scene) -> None:
    """Each size and format of each picture of both versions, as members get them."""
    meant, seen = scene.now().receivers, set()
    heard = await scene.crowd.ask("told", table="message")
    for version, files in (("women", FILES), ("men", FILES[MENS_LACK + 1 :])):
        who = next(who for who, each in meant.items() if each.variant == version)
        media = heard[str(who - 1)][-1]["media"]
        assert len(media) == len(files)
        async with Reader(scene.relay.url, cookie=scene.world.phones[who - 1].token) as her:
            for medium, file in zip(media, files, strict=True):
                seen.add(medium["id"])
                await _served_clean(her, medium["id"], file)
    assert len(seen) == len(FILES)


async def _served_clean(her: Reader, media_id: int, file: campaign_files.File) -> None:
    for side in SIDES:
        for accept, kind in (("image/webp,*/*", "WEBP"), ("image/png,image/*", "JPEG")):
            status, _, served = await her.request(
                "GET", f"/media/{media_id}/{side}", headers={"Accept": accept}
            )
            assert status == 200
            campaign_files.check(file, served, kind, side)
    for other in ("file", "4032", ""):
        status, _, _ = await her.request("GET", f"/media/{media_id}/{other}")
        assert status == 404, other


async def _opened_again_it_stands_the_same(scene: Scene, counter: Console, key: str) -> None:
    counter.shell.show_section("campaigns")
    screen = counter.shell.campaigns
    await until(lambda: screen.list.list.titles, "the list")
    QTest.keyClick(screen.list.list, Qt.Key.Key_Home)
    await until(lambda: screen.list.list.value == key, "the campaign is first")
    QTest.keyClick(screen.list.list, Qt.Key.Key_Return)
    await until(lambda: screen.composing, "its page")
    await _it_stands(scene, screen.composer)
    await until(lambda: "read by 2 (" in screen.composer.sending.words.text(), "both read it")
    bars = [(bar.words, bar.count) for bar in screen.composer.progress.bars.bars]
    assert ("Read", len(PEOPLE)) in bars
