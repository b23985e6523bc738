"""The campaign page of a real window beside a real relay, for tests: opened, filled, sent."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.sync.devices import Credential
from console.ui.appearance import Appearance
from console.views.campaigns.composer import ComposerPage
from tests.e2e.test_relay_campaign import stand_where_it_is_noon
from tests.e2e.test_two_phones_two_consoles import Console, until
from tests.helpers.reader import Reader
from tests.web.relay_process import Relay
from tests.web.staff import call

NOBODY_HELD_OUT = ("setting.set", {"key": "holdout_percent", "value": 0})


def on_a_loop(qapp: QApplication, work: Coroutine[Any, Any, None]) -> None:
    """Run what has windows; they are gone afterwards."""
    qapp.setQuitOnLastWindowClosed(False)  # as the program does
    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(work)
    # Widgets must go in their own thread: a later collection may run in another one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


async def tell(relay: Relay, *commands: tuple[str, dict[str, Any]]) -> None:
    """Commands of the owner, once for each relay: she numbers them from one on."""
    async with Reader(relay.url, bearer=relay.token) as owner:
        await owner.connect()
        for name, facts in commands:
            await owner.command(name, **facts)


def owner_of(relay: Relay) -> Credential:
    body = {"secret": relay.secret, "staff": None, "device_name": "counter"}
    answer = call(f"{relay.url}/api/staff/local", body)
    return Credential(relay=relay.url, staff_id=answer["staff_id"], name=answer["name"],
                      role=answer["role"], token=answer["device_token"])  # fmt: skip


@asynccontextmanager
async def at_the_counter(
    relay: Relay, appearance: Appearance, folder: Path
) -> AsyncIterator[Console]:
    """The owner's window at noon in a shop that holds nobody out, once it is synced."""
    stand_where_it_is_noon(SimpleNamespace(relay=relay))
    await tell(relay, NOBODY_HELD_OUT)
    counter = await Console.open(folder / "counter", relay.url, owner_of(relay), appearance)
    try:
        await until(lambda: counter.phase == "synced", "the console synced")
        yield counter
    finally:
        await counter.close()


def click(on: QWidget) -> None:
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)


async def composing(counter: Console) -> ComposerPage:
    """An empty campaign."""
    counter.shell.show_section("campaigns")
    screen = counter.shell.campaigns
    click(screen.list.new)
    await until(lambda: screen.composing, "an empty campaign")
    return screen.composer


async def send(page: ComposerPage, members: int) -> None:
    """Send it at once; everybody whom it is for has it afterwards."""
    for name in ("send", "send_now"):
        step = page.sending.buttons[name]
        await until(lambda step=step: step.isVisible() and step.isEnabled(), name)  # type: ignore[misc]
        click(step)

    def all_written() -> bool:
        item = page.editing.item
        return item is not None and (item.state, item.counts) == ("done", {"written": members})

    await until(all_written, "everybody has it")
