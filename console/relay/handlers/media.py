"""``upload.finish`` and ``media.discard``."""

from __future__ import annotations

from sqlalchemy import select

from console.relay.handlers.base import Request
from console.relay.handlers.recalls import erase_media
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import DiscardMedia, FinishUpload
from console.wire.errors import Code, Refusal


def finish_upload(tx: Transaction, request: Request[FinishUpload]) -> dict[str, int]:
    """A processed upload becomes a medium that nobody sees until a message carries it."""
    command = request.command
    owner_id = _owner_now(tx, command.owner_kind, command.owner_id)
    media, upload = tables.media, tables.upload
    known = tx.connection.execute(
        select(media).where(media.c.client_id == command.client_id)
    ).one_or_none()
    if known is not None:
        if (known.owner_kind, known.owner_id) != (command.owner_kind, owner_id):
            raise Refusal(Code.CONFLICT, field="client_id")
        return {"media_id": known.id}
    media_id = tx.add(
        media, client_id=command.client_id, owner_kind=command.owner_kind,
        owner_id=owner_id, sha256=command.sha256, mime=command.mime,
        width=command.width, height=command.height, size=command.size,
        blurhash=command.blurhash, duration_ms=command.duration_ms, waveform=command.waveform,
        created_at=tx.now,
    )  # fmt: skip
    tx.connection.execute(upload.delete().where(upload.c.client_id == command.client_id))
    return {"media_id": media_id}


def _owner_now(tx: Transaction, kind: str, owner_id: int) -> int:
    """Whose it is, now that it is ready: a guest may have been merged, a member erased."""
    member = tables.member
    if kind != "member":
        return owner_id
    row = reading.one(tx.connection, member, member.c.id == owner_id)
    if row is None or row.state == "erased":
        raise Refusal(Code.MEDIA_GONE)
    return owner_id if row.merged_into is None else row.merged_into


def discard_media(tx: Transaction, request: Request[DiscardMedia]) -> None:
    """Uploads that nothing carries are erased; a quick reply's or a waiting message's are not."""
    media = tables.media
    orphans = tx.connection.scalars(
        select(media.c.id).where(
            media.c.id.in_(request.command.media_ids),
            media.c.conversation_id.is_(None),
            ~media.c.internal,
            media.c.erased_at.is_(None),
        )
    )
    erase_media(tx, list(orphans))
