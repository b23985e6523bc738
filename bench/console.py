"""The real console, offscreen, that tells its parent when a message was painted.

``python -m bench.console HOME RELAY TOKEN CONVERSATION``: opens the shell on a staff
member's desk, shows the conversation, prints ``ready`` and then, for every bubble it
paints for the first time, its key and the monotonic time, one JSON line each; at the end
``STALL`` and the longest time (s) that the loop of the window did not turn.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSettings
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from bench.heart import Heart
from bench.report import STALL
from console import log, roles
from console.desk.accounts import AccountsDesk
from console.desk.open import open_desk
from console.sync.devices import Credential
from console.ui import collector
from console.ui.appearance import Appearance
from console.ui.message_delegate import MessageDelegate
from console.views.settings import settings_screen
from console.views.shell import Shell
from console.views.window import Window


def _say(words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _watch_painting() -> None:
    """Report each bubble's first painting; the time is taken when its painting is done."""
    paint, seen = MessageDelegate.paint, set[str]()

    def watched(
        self: MessageDelegate,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        paint(self, painter, option, index)
        item = index.data(roles.ITEM)
        if index.data(roles.LINE) == roles.LINE_MESSAGE and item.key not in seen:
            seen.add(item.key)
            _say([item.key, time.monotonic()])

    MessageDelegate.paint = watched  # type: ignore[method-assign]


async def _main(app: QApplication, home: Path, base: str, token: str, conversation: int) -> None:
    store = QSettings(str(home / "console.ini"), QSettings.Format.IniFormat)
    credential = Credential(relay=base, staff_id=2, name="clerk-0", role="clerk", token=token)
    desk = await open_desk(home, base, credential)
    accounts = AccountsDesk(home, base)
    appearance = Appearance(app, store, "light", "zh")
    window = Window(store)
    shell = Shell(
        desk,
        settings_screen(desk, desk.inbox.me, accounts, appearance),
        appearance,
    )
    window.show_page(shell)
    window.show()
    while desk.inbox.link.phase != "synced":  # noqa: ASYNC110 - no event says "all is in"
        await asyncio.sleep(0.02)
    shell.inbox.open(conversation)
    await _show_newest(shell)
    _watch_painting()
    _say("ready")
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_wait_for_end, args=(loop, ended), daemon=True).start()
    heart = Heart()
    await ended.wait()
    _say([STALL, max(await heart.stop())])
    await shell.close_down()
    await desk.close()
    await accounts.close()


async def _show_newest(shell: Shell) -> None:
    """A clerk looks at the newest message, from where the view follows what comes."""
    timeline = shell.inbox.timeline
    while not timeline.model.rowCount():  # noqa: ASYNC110 - read in a thread, no event says so
        await asyncio.sleep(0.02)
    timeline.to_newest()


def _wait_for_end(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    sys.stdin.read()
    loop.call_soon_threadsafe(ended.set)


if __name__ == "__main__":
    folder, relay, device, shown = sys.argv[1:]
    log.configure(Path(folder) / "console.log")
    application = QApplication(sys.argv[:1])
    with collector.in_gui_thread(), qasync.QEventLoop(application) as event_loop:
        event_loop.run_until_complete(_main(application, Path(folder), relay, device, int(shown)))
