"""A console of its own process that begins a reply and waits to be killed.

    python -m tests.helpers.begins HOME RELAY PHOTO PHOTO

Says ``begun`` when the reply it began is kept, then does nothing.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console import config
from console.app import Program
from console.views.inbox.unsent import ChosenItem
from console.views.shell import Shell
from tests.gui.replying import OwnMicrophone, drop, files, press


async def until(condition: Callable[[], Any]) -> None:
    """Look again until it holds."""
    while True:
        found = condition()
        if await found if isinstance(found, Awaitable) else found:
            return
        await asyncio.sleep(0.01)


async def begin(app: QApplication, home: Path, relay: Path, photos: list[Path]) -> None:
    """Put everything a reply can hold into it, with mouse and keyboard where there are any."""
    program = Program(app, home, relay, config.ConsoleConfig(language="en"), for_now=True)
    await program.open_now()
    shell, desk = program.window.page, program.desk
    assert isinstance(shell, Shell)
    assert desk is not None
    chats: list[int] = []

    async def shown() -> bool:
        chats[:] = await desk.inbox.conversation_ids("all")
        return bool(chats)

    await until(shown)
    inbox, reply = shell.inbox, shell.inbox.reply
    inbox.open(chats[0])
    await until(lambda: inbox.timeline.model.items)
    asked = next(item for item in inbox.timeline.model.items if item.id)
    inbox.timeline.acts.answered.emit(asked)
    drop(reply, files(*photos))
    await reply.attached.arrived()
    reply.strip.edit_caption(1)
    QTest.keyClicks(reply.strip.editor, "cuff")
    reply.voice.recorder.open_microphone = OwnMicrophone
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(1.5)
    press(reply.voice.finish_button)
    found = await desk.writing.products()
    reply.attached.set_item(ChosenItem(found[0], found[0].variants[0]) if found else None)
    shelf = desk.station.outbox.begun
    wanted = (b"cuff", b'"voice":{', b'"reply_to":%d' % asked.id)
    await until(lambda: all(part in shelf.body(chats[0], "reply") for part in wanted))
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    app = QApplication([])
    home, relay, *photos = (Path(each) for each in sys.argv[1:])
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(begin(app, home, relay, photos))
