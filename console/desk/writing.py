"""What a clerk writes besides plain words: media, cards, answers, notes, messages for later.

Changes become commands in the outbox, durable when a method returns; their bubbles stand in
the next window.  Bad input raises ``Refusal`` before anything is queued.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from console.desk import items, later, recents, snoozes
from console.desk.begun import BegunReply, note_row, reply_row
from console.desk.identity import new_client_id
from console.desk.inbox import InboxDesk
from console.desk.later import LaterChoice
from console.desk.types import (
    MediumLook,
    NewMedium,
    NewMessage,
    PhotoItem,
    ProductChoice,
)
from console.domain.hours import Hours
from console.store import overlay, replica_queries, replica_talk
from console.store.outbox import NewEntry, Upload
from console.store.replica import Connection
from console.sync import uploads
from console.sync.station import Station
from console.wire.commands import (
    AddNote,
    CancelScheduled,
    ChangeScheduled,
    RemoveNote,
    ScheduleMessage,
    SendMessage,
)
from console.wire.errors import Code, Refusal
from console.wire.frames import MAX_TEXT_CHARS
from console.wire.rows import HOURS_SETTING, SettingRow, ShopRow

MAX_MEDIA = 9
MAX_CAPTION_CHARS = 60
MAX_AHEAD = timedelta(days=90)
_PRODUCTS = 40
_LARGE = 1600
"""Long side of the largest rendition."""


class WritingDesk:
    """``WritingPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._outgoing = inbox.outgoing
        self._file: Path = station.outbox.folder.parent / "later.json"
        self._emoji: Path = station.outbox.folder.parent / "emoji.json"

    # --- messages -------------------------------------------------------------------------

    async def send(
        self, conversation_id: int, message: NewMessage, left: BegunReply | None = None
    ) -> str:
        """Queue a message; returns the bubble's key.

        In the same step its words leave the draft, and ``left`` stays begun (``None``: what
        was begun stays as it is).  Raises ``Refusal`` (empty, too long, too many media) and
        ``OSError`` (unreadable file).
        """
        return await self._queue(conversation_id, message, None, left)

    async def look(self, file: Path) -> MediumLook:
        """What a photo or video shows before it is sent.

        Raises ``Refusal`` (``upload.too_large``, ``media.type``, ``media.broken``,
        ``media.too_long``: it could not be sent) and ``OSError``.
        """
        size = (await asyncio.to_thread(file.stat)).st_size
        if size > uploads.MAX_BYTES:
            raise uploads.too_large()
        seen = await self._station.preview(file)
        if seen is None:
            return MediumLook()
        facts, poster = seen
        return MediumLook(poster=poster, duration_ms=facts.duration_ms)

    async def copies(self, photos: Sequence[PhotoItem]) -> list[Path | bytes]:
        """Photos of a quick reply, to be sent anew; what cannot be had now is left out."""
        found: list[Path | bytes] = []
        for photo in photos:
            here = Path(photo.path) if photo.path else None
            file = here or await self._station.photo(photo.media_id, _LARGE)
            if file is not None:
                found.append(await asyncio.to_thread(file.read_bytes))
        return found

    async def later_choices(self, now: datetime) -> list[LaterChoice]:
        """Times to offer at a moment of the shop's time."""
        used = await asyncio.to_thread(snoozes.load, self._file)
        hours = await self._station.read(_hours, self._inbox.me.shop_id)
        return later.choices(now, used, hours)

    async def remember_later(self, at: datetime) -> None:
        """Offer a time (in the shop's zone) that was chosen by hand again."""
        await asyncio.to_thread(snoozes.remember_in, self._file, at)

    async def emoji_used(self) -> list[str]:
        """Emoji chosen lately on this computer, the newest first."""
        return await asyncio.to_thread(recents.load, self._emoji)

    async def remember_emoji(self, sign: str) -> None:
        """Offer it first from now on."""
        await asyncio.to_thread(recents.remember, self._emoji, sign)

    async def schedule(
        self, conversation_id: int, message: NewMessage, due_at: datetime,
        left: BegunReply | None = None,
    ) -> str:  # fmt: skip
        """Queue it to be sent by the relay at ``due_at``.  Raises as ``send`` does."""
        if due_at - datetime.now(UTC) > MAX_AHEAD:
            raise Refusal(Code.SCHEDULE_TOO_FAR, {"days": MAX_AHEAD.days}, field="due_at")
        return await self._queue(conversation_id, message, due_at, left)

    async def _queue(
        self, conversation_id: int, message: NewMessage, due_at: datetime | None,
        left: BegunReply | None,
    ) -> str:  # fmt: skip
        _check(message)
        kept = await self._keep(message.media)
        key = new_client_id()
        facts: dict[str, Any] = {
            "conversation_id": conversation_id, "client_id": key, "body": message.body,
            "uploads": [upload.client_id for upload in kept],
            "captions": _captions(message.media), "layout": message.layout if kept else "",
            "product_id": message.product_id or None, "variant_id": message.variant_id or None,
            "reply_to": message.reply_to or None,
        }  # fmt: skip
        command = SendMessage(**facts) if due_at is None else ScheduleMessage(
            **facts, due_at=due_at)  # fmt: skip
        entry = NewEntry(
            name=command.name, body=msgspec.json.encode(command), key=key, uploads=kept,
            lane=overlay.conversation_lane(conversation_id), scope=self._inbox.scope,
        )  # fmt: skip
        clearing = await self._inbox.drafts.clearing(conversation_id) if message.body else []
        begun = [] if left is None else [reply_row(conversation_id, left)]
        await self._station.pump.enqueue(entry, *clearing, begun=begun)
        return key

    async def _keep(self, media: Sequence[NewMedium]) -> tuple[Upload, ...]:
        """Our own copies, so that the originals may vanish."""
        if not media:
            return ()
        contents = [medium.content for medium in media]
        kept = await self._station.keep_media(contents, new_client_id)
        return tuple(
            msgspec.structs.replace(
                upload, duration_ms=upload.duration_ms or medium.duration_ms,
                waveform=upload.waveform or medium.waveform,
            )
            for upload, medium in zip(kept, media, strict=True)
        )  # fmt: skip

    # --- to be sent later -------------------------------------------------------------------

    async def change_scheduled(
        self, conversation_id: int, key: str, *, body: str | None = None,
        due_at: datetime | None = None,
    ) -> None:  # fmt: skip
        """Other words or another time; a past time sends it at once."""
        if body is not None and len(body) > MAX_TEXT_CHARS:
            raise Refusal(Code.TEXT_TOO_LONG, {"max": MAX_TEXT_CHARS}, field="body")
        if due_at is not None and due_at - datetime.now(UTC) > MAX_AHEAD:
            raise Refusal(Code.SCHEDULE_TOO_FAR, {"days": MAX_AHEAD.days}, field="due_at")
        lane = overlay.conversation_lane(conversation_id)
        command = ChangeScheduled(client_id=key, body=body, due_at=due_at)
        await self._outgoing.queue(command, lane=lane, key=key)

    async def send_now(self, conversation_id: int, key: str) -> None:
        """Do not wait any longer."""
        await self.change_scheduled(conversation_id, key, due_at=datetime.now(UTC))

    async def cancel_scheduled(self, conversation_id: int, key: str) -> None:
        """Do not send it; one that never left is discarded."""
        if not await self._station.change_outbox(self._station.outbox.withdraw, key):
            lane = overlay.conversation_lane(conversation_id)
            await self._outgoing.queue(CancelScheduled(client_id=key), lane=lane)

    # --- notes ----------------------------------------------------------------------------

    async def add_note(self, conversation_id: int, body: str) -> str:
        """Queue words for staff only; returns the bubble's key.  Raises ``Refusal``."""
        if not body.strip():
            raise Refusal(Code.TEXT_EMPTY, field="body")
        if len(body) > MAX_TEXT_CHARS:
            raise Refusal(Code.TEXT_TOO_LONG, {"max": MAX_TEXT_CHARS}, field="body")
        key = new_client_id()
        command = AddNote(conversation_id=conversation_id, client_id=key, body=body)
        lane = overlay.conversation_lane(conversation_id)
        entry = NewEntry(name=command.name, body=msgspec.json.encode(command), key=key,
                         lane=lane, scope=self._inbox.scope)  # fmt: skip
        clearing = await self._inbox.drafts.clearing(conversation_id)
        begun = [note_row(conversation_id, "")]
        await self._station.pump.enqueue(entry, *clearing, begun=begun)
        return key

    async def remove_note(self, conversation_id: int, key: str) -> None:
        """Take a note back; one that never left is discarded."""
        if not await self._station.change_outbox(self._station.outbox.withdraw, key):
            lane = overlay.conversation_lane(conversation_id)
            await self._outgoing.queue(RemoveNote(client_id=key), lane=lane)

    # --- others ---------------------------------------------------------------------------

    async def viewing(self, conversation_id: int, *, on: bool) -> None:
        """Tell colleagues who looks at it; never stored, dropped when offline."""
        await self._station.link.send_signal("viewing", conversation_id, on=on)

    async def products(self, query: str = "") -> list[ProductChoice]:
        """Articles whose name or number holds every word, with what is free to sell."""
        found = await self._station.read(replica_talk.articles, query, _PRODUCTS)
        return [items.choice(article) for article in found]

    async def photos(self, conversation_id: int) -> list[PhotoItem]:
        """Every photo of a conversation that is known here, in order."""
        rows = await self._station.read(replica_talk.with_media, conversation_id)
        return [photo for row in rows for photo in items.media(row.media)]

    async def recording(self, item: PhotoItem) -> Path | None:
        """A file with a voice or video, fetched when missing; ``None`` offline or gone."""
        if item.path:
            return Path(item.path)
        return await self._station.photo(item.media_id, 0)


def _check(message: NewMessage) -> None:
    if len(message.body) > MAX_TEXT_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"max": MAX_TEXT_CHARS}, field="body")
    if not message.body.strip() and not message.media and not message.product_id:
        raise Refusal(Code.TEXT_EMPTY, field="body")
    if len(message.media) > MAX_MEDIA:
        raise Refusal(Code.COMMAND_INVALID, {"max": MAX_MEDIA}, field="uploads")
    if any(len(medium.caption) > MAX_CAPTION_CHARS for medium in message.media):
        raise Refusal(Code.TEXT_TOO_LONG, {"max": MAX_CAPTION_CHARS}, field="captions")


def _captions(media: Sequence[NewMedium]) -> list[str]:
    captions = [medium.caption for medium in media]
    return captions if any(captions) else []


def _hours(db: Connection, shop_id: int) -> Hours | None:
    shop: ShopRow | None = replica_queries.one(db, "shop", shop_id)
    if shop is None:
        return None
    rows: list[SettingRow] = replica_queries.table_rows(db, "setting")
    value = next((row.value for row in rows if row.key == HOURS_SETTING), None)
    return Hours.read(value, Hours.daily(shop.timezone, shop.opens, shop.closes))
