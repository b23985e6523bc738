"""Opening hours of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec

from console.desk.opening import Edited, Opening, PromiseNow, _texts
from console.domain.after_hours import AutoReply
from console.domain.hours import Hours
from console.sync.http import Offline

DAILY = Hours.daily("Asia/Shanghai", 600, 1290)


class MemoryOpening:
    """``OpeningPort``: what is saved stands at once; ``line`` False: no relay answers."""

    def __init__(self) -> None:
        self.now = Opening(
            hours=DAILY, stands=DAILY, hours_edited=Edited(rev=1), reply=AutoReply(),
            reply_stands=AutoReply(), reply_edited=Edited(rev=1), promise_edited=Edited(),
            texts=_texts(),
        )  # fmt: skip
        self.promised = PromiseNow(reply_s=130, samples=42, needed=20)
        self.line = True
        self.saved: list[tuple[object, ...]] = []
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def change(self, **fields: object) -> None:
        """Something of it is other now, here or elsewhere."""
        self.now = msgspec.structs.replace(self.now, **fields)
        for listener in list(self._listeners):
            listener()

    async def opening(self) -> Opening | None:
        await asyncio.sleep(0)
        return self.now

    async def save_hours(self, hours: Hours, base_rev: int) -> None:
        await asyncio.sleep(0)
        self.saved.append(("hours", hours, base_rev))
        self.change(hours=hours, stands=hours, hours_edited=Edited(rev=base_rev + 1))

    async def save_reply(self, reply: AutoReply, base_rev: int) -> None:
        await asyncio.sleep(0)
        self.saved.append(("reply", reply, base_rev))
        self.change(reply=reply, reply_stands=reply, reply_edited=Edited(rev=base_rev + 1))

    async def save_promise(self, *, on: bool) -> None:
        await asyncio.sleep(0)
        self.saved.append(("promise", on))
        self.change(promise=on)

    async def discard(self, entry: int) -> None:
        await asyncio.sleep(0)
        self.saved.append(("discard", entry))
        now = self.now
        edited = msgspec.structs.replace(now.hours_edited, failure="", entry=0)
        self.change(hours=now.stands, hours_edited=edited)

    async def promise(self) -> PromiseNow:
        await asyncio.sleep(0)
        if not self.line:
            raise Offline
        return self.promised
