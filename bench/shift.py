"""The console of a large shop, offscreen, that takes orders from its parent's pipe.

``python -m bench.shift HOME RELAY TOKEN STAFF``: opens the shell on a clerk's desk, prints
after how many seconds it could be used and after how many its copy of the shop was whole,
then answers each JSON order with one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import resource
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from bench.heart import Heart
from bench.pipe import listen
from bench.stalls import Stalls
from console import roles
from console.desk.accounts import AccountsDesk
from console.desk.open import Desk, open_desk
from console.sync.devices import Credential
from console.ui import collector, turns
from console.ui.appearance import Appearance
from console.ui.row_view import RowView
from console.views.inbox.screen import InboxScreen
from console.views.insights.campaign_table import READ
from console.views.rail import CAMPAIGNS, INBOX, INSIGHTS
from console.views.settings import settings_screen
from console.views.shell import Shell
from console.views.window import Window

if TYPE_CHECKING:
    from console.ui.share_curve import ShareCurve
from soak.hand import Hand, turn

FRAMES = 300
_FRAME_S = 1 / 60
QUERIES = (
    "风", "风衣", "有货", "蓝色 尺码", "针织衫", "周六试穿", "w", "wang", "wangyu", "李", "李雨",
    "zyt", "7781", "781", "会员", "的", "L", "L 码", "13", "谢谢", "试穿 周六", "衬衫", "龙年大吉",
    "dress",
)  # fmt: skip
"""What clerks type: words (some that every third message holds), names, pinyin, phone ends."""


class Shift:
    """One open console."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        self._desk, self._shell = desk, shell
        self._list = shell.inbox.conversations.list
        self._hand = Hand(shell.inbox)

    async def scroll(self, seed: int) -> list[float]:
        """Seconds each frame took: the wheel's turn and all painting of rows that it led to.

        A third rolls slowly, a third flings, a third has the thumb dragged anywhere.
        """
        painting = _Painting()
        self._shell.inbox.conversations.show_filter("all")
        model, bar = self._list.model(), self._list.verticalScrollBar()
        while model.rowCount() < 50_000:  # noqa: ASYNC110 - no event says "the list is long"
            await asyncio.sleep(0.02)
        rng, taken = random.Random(seed), []
        for number in range(FRAMES):
            begun = time.perf_counter()
            if number < FRAMES // 3:
                turn(self._list, -120)
            elif number < FRAMES * 2 // 3:
                turn(self._list, -2_400)
            else:
                bar.setValue(rng.randrange(bar.maximum()))
            moved = time.perf_counter() - begun
            await asyncio.sleep(max(0.0, _FRAME_S - moved))
            taken.append(moved + painting.since())
        painting.stop()
        return taken

    async def search(self) -> list[float]:
        """Seconds until the first page of each query was there, newest first."""
        taken = []
        for query in QUERIES:
            begun = time.perf_counter()
            await self._desk.find.find(query)
            taken.append(time.perf_counter() - begun)
        return taken

    async def work(self, seed: int, moves: int, haste: float = 1.0) -> dict[str, Any]:
        """A clerk at work; how late the loop's turns were meanwhile, and the memory's peak."""
        heart, peak = Heart(), [_resident()]
        stalls = Stalls(heart)
        self._hand.begin_day(random.Random(seed), haste)
        working = asyncio.ensure_future(self._hand.work(moves))
        while not working.done():
            await asyncio.wait([working], timeout=0.5)
            peak.append(_resident())
        await working
        late = await heart.stop()
        return {"late": late, "busy": heart.busy, "resident": max(peak), "stalls": stalls.stop()}

    async def facts(self) -> dict[str, Any]:
        """What this console shows and keeps, for a comparison with the relay."""
        inbox = self._desk.inbox
        ids = await inbox.conversation_ids("all")
        items = await inbox.conversations(ids)
        drafts = [await inbox.drafts.read(each) for each in ids]
        return {
            "quiet": inbox.link.phase == "synced" and not inbox.link.queued,
            "unread": self._shell.rail.buttons[INBOX].count,
            "waiting": (await inbox.counts()).waiting,
            "clock": {i.id: i.waiting_since.timestamp() for i in items if i.waiting_since},
            "drafts": {each.conversation_id: [each.body, each.beside] for each in drafts},
            "resident": _resident(), "begun": self._hand.begun, "sent": self._hand.sent,
            "done": self._hand.done,
        }  # fmt: skip

    async def insights(self) -> None:
        """Look at the shop's figures."""
        self._shell.show_section(INSIGHTS)
        while (page := self._shell.insights.page) is None or page.figures is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    async def report(self, campaign_id: int) -> None:
        """Look at a campaign's report."""
        self._shell.show_section(CAMPAIGNS)
        await self._shell.campaigns.show_report(campaign_id)

    async def readers(self) -> int:
        """So many readers of the newest campaign stand on the screen that is looked at."""
        page, report = self._shell.insights.page, self._shell.campaigns.report
        if report is not None and report.isVisible() and report.report is not None:
            part = report.report.read.rate.part
            assert f"{part:,}" in report.read.beside.text() or not part
            return part
        cell = page.table.rows.item(0, READ) if page is not None else None
        return _first_number(cell.text()) if cell is not None else 0

    async def drawn(self) -> int:
        """So many readers of that campaign stand at the end of its curve."""
        page, report = self._shell.insights.page, self._shell.campaigns.report
        if report is not None and report.isVisible():
            return _last_readers(report.curve.curve)
        return _last_readers(page.curves.curve) if page is not None else 0

    async def watch(self, seconds: float) -> dict[str, Any]:
        """How long each turn of the loop took for so long, and the readers shown and drawn
        meanwhile.
        """
        heart, shown, drawn = Heart(), [], []
        for _ in range(int(seconds * 4)):
            await asyncio.sleep(0.25)
            shown.append(await self.readers())
            drawn.append(await self.drawn())
        return {"frames": await heart.stop(), "busy": heart.busy, "shown": shown, "drawn": drawn}

    async def memory(self) -> float:
        """The most MB ever resident."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Painting:
    """Adds up how long lists paint."""

    def __init__(self) -> None:
        # Not ``paintEvent``: Qt remembers which function that is from its first call on.
        self._paint, self._spent = RowView.paint_rows, 0.0
        paint = self._paint

        def watched(view: RowView, painter: QPainter, event: QPaintEvent) -> None:
            begun = time.perf_counter()
            paint(view, painter, event)
            self._spent += time.perf_counter() - begun

        RowView.paint_rows = watched  # type: ignore[method-assign, assignment]

    def since(self) -> float:
        """Seconds since the last asking."""
        spent, self._spent = self._spent, 0.0
        return spent

    def stop(self) -> None:
        """Leave lists as they were."""
        RowView.paint_rows = self._paint  # type: ignore[method-assign]


def _last_readers(curve: ShareCurve) -> int:
    """At the newest point of its first line; 0 without one."""
    spots = curve.series[0].spots if curve.series else ()
    return (spots[-1].count or 0) if spots else 0


def _first_number(words: str) -> int:
    """As it stands on the screen; 0 where none does."""
    found = re.search(r"\d[\d,]*", words)
    return int(found[0].replace(",", "")) if found else 0


def _resident() -> float:
    return psutil.Process().memory_info().rss / 2**20


def say(words: object) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


async def _main(app: QApplication, home: Path, base: str, token: str, staff_id: int) -> None:
    store = QSettings(str(home / "console.ini"), QSettings.Format.IniFormat)
    credential = Credential(relay=base, staff_id=staff_id, name=token, role="clerk", token=token)
    begun = time.monotonic()
    desk = await open_desk(home, base, credential)
    accounts = AccountsDesk(home, base)
    appearance = Appearance(app, store, "light", "zh")
    window = Window(store)
    settings = settings_screen(desk, desk.inbox.me, accounts, appearance)
    shell = Shell(desk, settings, appearance)
    window.show_page(shell)
    window.show()
    window.activateWindow()
    say(await _usable(shell.inbox) - begun)
    while desk.inbox.link.phase != "synced":  # noqa: ASYNC110 - no event says "all is in"
        await asyncio.sleep(0.02)
    say(time.monotonic() - begun)
    await _serve(Shift(desk, shell))
    await shell.close_down()
    await desk.close()
    await accounts.close()


async def _usable(inbox: InboxScreen) -> float:
    """When the queue stood there with names and its first talk with words."""
    pane, talk = inbox.conversations.list, inbox.timeline.model
    if not await inbox.conversations.next_after(0):
        inbox.conversations.show_filter("all")
    while not (named := _items(pane, pane.visible_rows())) or not all(i and i.title for i in named):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    inbox.open(named[0].id)
    while not any(_items(inbox.timeline.list, range(talk.rowCount()))):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    inbox.window().repaint()
    return time.monotonic()


def _items(view: RowView, rows: range) -> list[Any]:
    """What is in those rows; nothing for one that is not there yet."""
    return [view.model().index(row, 0).data(roles.ITEM) for row in rows]


async def _serve(shift: Shift) -> None:
    orders: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=listen, args=(loop, orders), daemon=True).start()
    while line := await orders.get():
        order = json.loads(line)
        say(await getattr(shift, order.pop("verb"))(**order))


if __name__ == "__main__":
    folder, relay, device, person = sys.argv[1:]
    application = QApplication(sys.argv[:1])
    turns.keep_short()
    with collector.in_gui_thread(), qasync.QEventLoop(application) as event_loop:
        work = _main(application, Path(folder), relay, device, int(person))
        event_loop.run_until_complete(work)
