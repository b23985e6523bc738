"""Words and pictures kept ready: found as one types, saved, used, removed.

Changes show at once, also without a line.  A refused one stays, with its reason, until it is
saved again or given up: nobody's words are lost.
"""

from __future__ import annotations

import asyncio
import functools
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from console import paths
from console.desk import items
from console.desk.identity import new_client_id
from console.desk.spelling import spelled
from console.desk.types import PhotoItem, Value
from console.domain.quick_replies import tidy_shortcut, tidy_title
from console.store import overlay_quick, replica_queries
from console.store.overlay_quick import LaidQuickReply
from console.wire.commands import RemoveQuickReply, SaveQuickReply, UseQuickReply
from console.wire.errors import Code, Refusal
from console.wire.frames import MAX_TEXT_CHARS
from console.wire.rows import QuickReplyRow

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station


class QuickReplyItem(Value, frozen=True, kw_only=True):
    """One quick reply; ``shared``: the shop's, else one's own.

    Attributes:
        photos: sent with it, in order; with a ``path`` while they are still here.
        uses: how often it was sent.
        rev: what a change of it is based on.
        waiting: its last change is not on the relay yet.
        failure: reason code of a refused change; ``parameters`` fill its sentence.
        entry: the refused change in the outbox, 0 without one.
    """

    client_id: str
    shared: bool = True
    title: str = ""
    shortcut: str = ""
    body: str = ""
    photos: tuple[PhotoItem, ...] = ()
    uses: int = 0
    rev: int = 0
    waiting: bool = False
    failure: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: int = 0


class StarterReply(Value, frozen=True, kw_only=True):
    """One of the trade's starter set."""

    title: str
    shortcut: str = ""
    body: str


class QuickRepliesDesk:
    """``QuickRepliesPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after quick replies may have changed; returns what ends that."""
        return self._inbox.on_tables({"quick_reply", "outbox"}, listener)

    async def find(self, query: str = "") -> list[QuickReplyItem]:
        """Those that a query may mean, the best first; all of them, most used first, for "".

        Shortcut, title, its pinyin, initials, and the words themselves are searched.
        """
        laid = {each.row.client_id: each for each in await self._laid()}
        folder = self._station.outbox.folder
        rows = await asyncio.to_thread(ranked, [each.row for each in laid.values()], query)
        return [_item(laid[row.client_id], folder) for row in rows]

    async def _laid(self) -> list[LaidQuickReply]:
        entries = self._station.outbox.entries
        rows = await self._station.read(replica_queries.table_rows, "quick_reply")
        return overlay_quick.laid_over(rows, entries, self._inbox.me.staff_id)

    async def _known(self, client_id: str) -> LaidQuickReply | None:
        laid = await self._laid() if client_id else []
        return next((each for each in laid if each.row.client_id == client_id), None)

    async def save(
        self, *, client_id: str = "", shared: bool, title: str, shortcut: str, body: str,
        media_ids: Sequence[int] = (), pictures: Sequence[Path | bytes] = (), base_rev: int = 0,
    ) -> str:  # fmt: skip
        """Make one ("" for ``client_id``) or change it; returns its ``client_id``.

        ``base_rev`` is the ``rev`` it was edited from: changed elsewhere since, it is refused.
        A refused change of the same one is given up for this one.  Raises ``Refusal`` (empty, too
        long, a shortcut in use) and ``OSError``.
        """
        line, word = tidy_title(title), tidy_shortcut(shortcut)
        if not body.strip() and not media_ids and not pictures:
            raise Refusal(Code.TEXT_EMPTY, field="body")
        if len(body) > MAX_TEXT_CHARS or line is None:
            field = "body" if line is not None else "title"
            raise Refusal(Code.TEXT_TOO_LONG, {"max": MAX_TEXT_CHARS}, field=field)
        if word is None:
            raise Refusal(Code.COMMAND_INVALID, field="shortcut")
        key = client_id or new_client_id()
        await self._check_free(key, word, shared=shared)
        kept = await self._station.keep_media(pictures, new_client_id) if pictures else ()
        known = await self._known(client_id)
        if known is not None and known.failed is not None:
            await self.discard(known.failed.position)
        elif known is not None and known.waiting:
            base_rev = 0  # what one changed oneself and has not heard of is no conflict
        command = SaveQuickReply(
            client_id=key, shared=shared, title=line, shortcut=word, body=body,
            media_ids=list(media_ids), uploads=[upload.client_id for upload in kept],
            base_rev=base_rev,
        )  # fmt: skip
        scope = "shop" if shared else f"drafts/{self._inbox.me.staff_id}"
        await self._inbox.outgoing.queue(
            command, lane=overlay_quick.lane(key), scope=scope, key=key, uploads=kept
        )
        return key

    async def _check_free(self, key: str, word: str, *, shared: bool) -> None:
        every = await self.find()
        taken = any(
            each.shortcut == word and each.shared == shared and each.client_id != key
            for each in every
        )
        if word and taken:
            raise Refusal(Code.QUICK_REPLY_SHORTCUT, {"shortcut": word}, field="shortcut")

    async def remove(self, client_id: str) -> None:
        """Keep it no longer; its pictures are erased."""
        known = await self._known(client_id)
        if known is not None and known.failed is not None:
            await self.discard(known.failed.position)
            if not known.row.rev:
                return  # it never came to be
        command = RemoveQuickReply(client_id=client_id)
        await self._inbox.outgoing.queue(command, lane=overlay_quick.lane(client_id), scope="")

    async def use(self, client_id: str) -> None:
        """It was sent once more: those used most come first."""
        command = UseQuickReply(client_id=client_id)
        await self._inbox.outgoing.queue(command, lane=overlay_quick.lane(client_id), scope="")

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)

    async def starters(self, language: str) -> list[StarterReply]:
        """Of the trade's starter set in ``zh`` or ``en``, what the shop does not have."""
        shops = [each.row for each in await self._laid() if each.row.staff_id is None]
        bodies, shortcuts = {row.body for row in shops}, {row.shortcut for row in shops}
        return [
            msgspec.structs.replace(each, shortcut="") if each.shortcut in shortcuts else each
            for each in _starter_set(language)
            if each.body not in bodies
        ]


@functools.cache
def _starter_set(language: str) -> list[StarterReply]:
    file = paths.resources() / "text" / f"quick_replies.{language}.json"
    return msgspec.json.decode(file.read_bytes(), type=list[StarterReply])


def ranked(rows: Sequence[QuickReplyRow], query: str) -> list[QuickReplyRow]:
    """What a query may mean: by shortcut, then title or its pinyin, then words; used most first."""
    wanted = unicodedata.normalize("NFKC", query).strip().casefold()
    scored = [(score, row) for row in rows if (score := _score(row, wanted)) is not None]
    scored.sort(key=lambda each: (each[0], -each[1].uses, each[1].title, each[1].id))
    return [row for _, row in scored]


def _score(row: QuickReplyRow, wanted: str) -> int | None:
    """0 is the best; ``None``: it does not fit."""
    if not wanted:
        return 0
    title = row.title.casefold()
    sounds, initials = spelled(row.title)
    if row.shortcut == wanted:
        return 0
    if row.shortcut.startswith(wanted):
        return 1
    if title.startswith(wanted) or initials.startswith(wanted) or sounds.startswith(wanted):
        return 2
    if wanted in title or wanted in initials:
        return 3
    return 4 if wanted in row.body.casefold() else None


def _item(laid: LaidQuickReply, folder: Path) -> QuickReplyItem:
    row, failed = laid.row, laid.failed
    here = [msgspec.structs.replace(each, path=str(folder / each.path))
            for each in items.uploading(laid.uploads, ())]  # fmt: skip
    return QuickReplyItem(
        client_id=row.client_id, shared=row.staff_id is None, title=row.title,
        shortcut=row.shortcut, body=row.body, photos=(*items.media(row.media), *here),
        uses=row.uses, rev=row.rev, waiting=laid.waiting,
        failure=failed.code if failed is not None else "",
        parameters=failed.parameters if failed is not None else {},
        entry=failed.position if failed is not None else 0,
    )  # fmt: skip
