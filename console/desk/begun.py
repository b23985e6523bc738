"""What was begun with a conversation and not sent, on this computer only: notes and replies.

Words of a reply are a draft and follow to the other console (``desk.drafts``); what goes with
them stays here, as do words for colleagues: on the other console they would stand in the reply
box, ready to be sent to the member.  Files are our own copies, so that originals may vanish.
What an answered message says and what an article costs is asked anew: it may have changed, or
be taken back.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from console.desk import items
from console.desk.inbox import InboxDesk
from console.desk.types import Changed, ProductChoice, Value
from console.log import get_logger
from console.store import replica_queries, replica_talk
from console.store.begun import BegunRow
from console.store.replica import Connection
from console.store.replica_talk import Article
from console.sync import uploads
from console.sync.station import Station
from console.wire.rows import MessageRow

_log = get_logger("desk.begun")


class BegunMedium(Value, frozen=True, kw_only=True):
    """Our copy of a file, and what it was called (a pasted picture: "")."""

    file: str
    name: str = ""
    caption: str = ""
    duration_ms: int = 0
    waveform: str = ""


class BegunReply(Value, frozen=True, kw_only=True):
    """What goes with the words of a reply.

    Attributes:
        layout: of the photos, "" or ``strip``.
        product_id: 0 is none; ``variant_id`` 0 is every colour and size.
        reply_to: the message it answers.
        used: ``client_id`` of quick replies in the words.
    """

    photos: tuple[BegunMedium, ...] = ()
    layout: str = ""
    voice: BegunMedium | None = None
    video: BegunMedium | None = None
    product_id: int = 0
    variant_id: int = 0
    reply_to: int = 0
    used: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What the list says of it, as a message's kind; "" when only words are begun."""
        if self.voice is not None:
            return "voice"
        if self.video is not None:
            return "video"
        return "photo" if self.photos else "product" if self.product_id else ""


class FoundReply(Value, frozen=True, kw_only=True):
    """A begun reply with what it names as that is now.

    Attributes:
        product: ``None``: none, or it is not in the shop any more.
        quoted_kind: of the answered message, with its words; "" when that is not here.
    """

    reply: BegunReply
    product: ProductChoice | None = None
    quoted_kind: str = ""
    quoted_body: str = ""


class BegunDesk:
    """``BegunPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._shelf = station.outbox.begun
        inbox.on_changed(self._look_after)
        inbox.on_link(lambda _state: self._look_after(Changed(everything=True)))

    # --- notes ----------------------------------------------------------------------------

    async def note(self, conversation_id: int) -> str:
        """Words of a note that was begun, "" when none was."""
        return self._shelf.body(conversation_id, "note").decode()

    async def keep_note(self, conversation_id: int, words: str) -> None:
        """Keep a note that is not added yet; "" forgets it."""
        if words.encode() != self._shelf.body(conversation_id, "note"):
            await self._station.keep_begun(note_row(conversation_id, words))

    # --- replies --------------------------------------------------------------------------

    async def own(self, content: Path | bytes) -> Path:
        """Our own copy of a file.  Raises ``OSError`` and ``Refusal`` (``upload.too_large``)."""
        suffix = content.suffix.lower() if isinstance(content, Path) else ""
        place = self._shelf.folder / f"{uuid.uuid4().hex}{suffix}"
        try:
            await asyncio.to_thread(uploads.copy_durably, place, content)
        except BaseException:
            await self.drop(place)
            raise
        return place

    async def drop(self, file: Path) -> None:
        """A copy that nothing begun was kept with is not needed."""
        if file.parent == self._shelf.folder:
            await asyncio.to_thread(file.unlink, missing_ok=True)

    async def reply(self, conversation_id: int) -> FoundReply:
        """What was kept, as far as its files, its article and what it answers are still there."""
        body = self._shelf.body(conversation_id, "reply")
        if not body:
            return FoundReply(reply=BegunReply())
        kept = msgspec.json.decode(body, type=BegunReply)
        kept = await asyncio.to_thread(_here, kept, self._shelf.folder)
        article, quoted = await self._station.read(_named, kept)
        product = None if article is None else items.choice(article)
        kept = msgspec.structs.replace(
            kept, product_id=kept.product_id if article else 0,
            reply_to=0 if quoted is not None and quoted.recalled_at else kept.reply_to,
        )  # fmt: skip
        if quoted is None or not kept.reply_to:
            return FoundReply(reply=kept, product=product)
        words = quoted.body or (quoted.card.name if quoted.card else "")
        return FoundReply(reply=kept, product=product, quoted_kind=quoted.kind, quoted_body=words)

    async def recalled(self, message_id: int) -> bool:
        """Whether a message was taken back, so that its words may stand nowhere."""
        rows: list[MessageRow] = await self._station.read(
            replica_queries.by_ids, "message", [message_id]
        )
        return any(row.recalled_at is not None for row in rows)

    async def keep_reply(self, conversation_id: int, reply: BegunReply) -> None:
        """Keep it instead of what was kept; durable when this returns."""
        row = reply_row(conversation_id, reply)
        if row.body == self._shelf.body(conversation_id, "reply"):
            return
        if row.body and self._settled and not await self._existing([conversation_id]):
            return
        await self._station.keep_begun(row)

    # --- what is erased -------------------------------------------------------------------

    @property
    def _settled(self) -> bool:
        """Whether a conversation that is not here is gone; else it may only come later."""
        return self._inbox.link.phase == "synced"

    def _look_after(self, changed: Changed) -> None:
        """An erased member's conversation is gone: so is what was begun about her."""
        told = changed.everything or "conversation" in changed.tables
        if told and self._settled and self._shelf.rows:
            self._inbox.in_background(self._forget_gone(), "what was begun")

    async def _forget_gone(self) -> None:
        begun = {conversation_id for conversation_id, _ in self._shelf.rows}
        gone = begun - await self._existing(sorted(begun))
        if gone:
            await self._station.forget_begun(gone)

    async def _existing(self, conversation_ids: Sequence[int]) -> set[int]:
        return {item.id for item in await self._inbox.conversations(conversation_ids)}


def note_row(conversation_id: int, words: str) -> BegunRow:
    """How a begun note is kept; "" clears it."""
    return BegunRow(conversation_id=conversation_id, part="note", kind="note" if words else "",
                    body=words.encode())  # fmt: skip


def reply_row(conversation_id: int, reply: BegunReply) -> BegunRow:
    """How a begun reply is kept: files by their names alone, for the folder may move."""
    if reply == BegunReply():
        return BegunRow(conversation_id=conversation_id, part="reply")
    named = _with_files(reply, lambda file: Path(file).name)
    return BegunRow(
        conversation_id=conversation_id, part="reply", kind=reply.kind,
        body=msgspec.json.encode(named), files=tuple(each.file for each in _media(named)),
    )  # fmt: skip


def _media(reply: BegunReply) -> list[BegunMedium]:
    return [each for each in (*reply.photos, reply.voice, reply.video) if each is not None]


def _with_files(reply: BegunReply, place: Callable[[str], str]) -> BegunReply:
    """The same with other places of its files; "" leaves one out."""

    def moved(medium: BegunMedium | None) -> BegunMedium | None:
        file = place(medium.file) if medium is not None else ""
        return msgspec.structs.replace(medium, file=file) if medium is not None and file else None

    photos = [moved(each) for each in reply.photos]
    return msgspec.structs.replace(
        reply, photos=tuple(each for each in photos if each is not None),
        voice=moved(reply.voice), video=moved(reply.video),
    )  # fmt: skip


def _here(reply: BegunReply, folder: Path) -> BegunReply:
    """With full paths, without files that somebody deleted."""

    def place(name: str) -> str:
        file = folder / name
        return str(file) if file.is_file() else ""

    return _with_files(reply, place)


def _named(db: Connection, reply: BegunReply) -> tuple[Article | None, MessageRow | None]:
    article = replica_talk.article(db, reply.product_id) if reply.product_id else None
    quoted = replica_queries.one(db, "message", reply.reply_to) if reply.reply_to else None
    return article, quoted
