"""When the shop is open, what answers while it is not, and how soon one is answered.

Changes are the owner's.  They show at once, also without a line; one that was changed elsewhere
meanwhile stays with its reason until it is saved again or given up.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from console import paths
from console.desk.shop_settings import ShopSettings
from console.desk.types import Value
from console.domain import after_hours
from console.domain.after_hours import AutoReply
from console.domain.hours import Hours
from console.store.overlay_settings import LaidSetting
from console.wire.errors import Code, Refusal
from console.wire.rows import AUTO_REPLY_SETTING, HOURS_SETTING, PROMISE_SETTING

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

Texts = dict[str, dict[str, Any]]
"""The program's own words of the automatic answer, by language."""


class Edited(Value, frozen=True, kw_only=True):
    """How a setting came to be what it is.

    Attributes:
        rev: what a change of it is based on.
        waiting: the last change is not on the relay yet.
        failure: reason code of a refused change, else "".
        entry: the refused change in the outbox.
    """

    rev: int = 0
    waiting: bool = False
    failure: str = ""
    entry: int = 0


class Opening(Value, frozen=True, kw_only=True):
    """Everything about being open, as it will stand once what waits is through.

    Attributes:
        hours: with ``stands`` what the relay has, when a change was refused.
        reply: the automatic answer.
        promise: the phone page may say how soon one is answered.
        texts: the program's own words of the answer.
    """

    hours: Hours
    stands: Hours
    hours_edited: Edited
    reply: AutoReply
    reply_stands: AutoReply
    reply_edited: Edited
    promise: bool = True
    promise_edited: Edited
    texts: Texts = msgspec.field(default_factory=dict)

    def answer(self, hours: Hours, reply: AutoReply, at: datetime) -> str:
        """What a member who writes at that moment is answered; "" when nothing."""
        if not reply.on or hours.is_open(at):
            return ""
        return after_hours.words(reply.own_words, self.texts[reply.language], hours, at)


class PromiseNow(Value, frozen=True, kw_only=True):
    """What the phone page would promise now.

    Attributes:
        reply_s: seconds until somebody usually answers; ``None``: too few replies to say.
        samples: replies of the last 14 days it rests on, of ``needed`` at least.
    """

    reply_s: int | None = None
    samples: int = 0
    needed: int = 0


class OpeningPort(Protocol):
    """What screens may call (``OpeningDesk``)."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after something of it may have changed."""
        ...

    async def opening(self) -> Opening | None:
        """As it stands with what waits; ``None`` before the shop's row has come."""
        ...

    async def save_hours(self, hours: Hours, base_rev: int) -> None:
        """Other opening hours.  Raises ``Refusal``."""
        ...

    async def save_reply(self, reply: AutoReply, base_rev: int) -> None:
        """Another automatic answer.  Raises ``Refusal``."""
        ...

    async def save_promise(self, *, on: bool) -> None:
        """Whether the phone page says how soon one is answered."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a refused change."""
        ...

    async def promise(self) -> PromiseNow:
        """What the phone page would promise now.  Raises ``Offline`` and ``Refusal``."""
        ...


class OpeningDesk:
    """``OpeningPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._settings = ShopSettings(station, inbox)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after something of it may have changed; returns what ends that."""
        return self._inbox.on_tables({"setting", "shop", "outbox"}, listener)

    async def opening(self) -> Opening | None:
        """As it stands with what waits; ``None`` before the shop's row has come."""
        keys = (HOURS_SETTING, AUTO_REPLY_SETTING, PROMISE_SETTING)
        shop, (hours, reply, promise) = await self._settings.read(*keys)
        if shop is None:
            return None
        daily = Hours.daily(shop.timezone, shop.opens, shop.closes)
        return Opening(
            hours=Hours.read(hours.value, daily), stands=Hours.read(hours.stands, daily),
            hours_edited=_edited(hours), reply=AutoReply.read(reply.value),
            reply_stands=AutoReply.read(reply.stands), reply_edited=_edited(reply),
            promise=promise.value is not False, promise_edited=_edited(promise),
            texts=await asyncio.to_thread(_texts),
        )  # fmt: skip

    # --- changing -------------------------------------------------------------------------

    async def save_hours(self, hours: Hours, base_rev: int) -> None:
        """Other opening hours.  Raises ``Refusal`` (not the owner)."""
        await self._settings.set(HOURS_SETTING, hours.value(), base_rev)

    async def save_reply(self, reply: AutoReply, base_rev: int) -> None:
        """Another automatic answer.  Raises ``Refusal`` (not the owner, too long)."""
        if any(len(words) > after_hours.MAX_CHARS for words in reply.words):
            raise Refusal(Code.TEXT_TOO_LONG, {"max": after_hours.MAX_CHARS}, field="words")
        await self._settings.set(AUTO_REPLY_SETTING, reply.value(), base_rev)

    async def save_promise(self, *, on: bool) -> None:
        """Whether the phone page says how soon one is answered.  Raises ``Refusal``."""
        await self._settings.set(PROMISE_SETTING, on, 0)

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        await self._settings.discard(entry)

    # --- the promise ----------------------------------------------------------------------

    async def promise(self) -> PromiseNow:
        """What the phone page would promise now.  Raises ``Offline`` and ``Refusal``."""
        answer = await self._station.http.json("GET", "/api/staff/promise")
        return msgspec.convert(answer, PromiseNow)


def _edited(laid: LaidSetting) -> Edited:
    failed = laid.failed
    return Edited(
        rev=laid.rev, waiting=laid.waiting,
        failure=failed.code if failed is not None else "",
        entry=failed.position if failed is not None else 0,
    )  # fmt: skip


@functools.cache
def _texts() -> Texts:
    folder = paths.resources() / "text"
    return {
        language: msgspec.json.decode((folder / f"auto_reply.{language}.json").read_bytes())
        for language in after_hours.LANGUAGES
    }
