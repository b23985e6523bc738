"""Quick replies that wait in the outbox, laid over the replica's rows.

Pure: values in, values out.  As for messages, read the outbox's entries before the replica.
A refused change stays laid over with its entry, so that nobody's words are lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from console.store.outbox import Entry, Upload
from console.wire.commands import RemoveQuickReply, SaveQuickReply, UseQuickReply
from console.wire.rows import QuickReplyRow

_KIND = "quick_reply"


class LaidQuickReply(msgspec.Struct, frozen=True, kw_only=True):
    """A quick reply as it will stand.

    Attributes:
        row: its ``rev`` is 0 while no row is here.
        uploads: pictures on their way; they come behind the row's media.
        waiting: a change of it is not in the replica yet.
        failed: the refused change, if any.
    """

    row: QuickReplyRow
    uploads: tuple[Upload, ...] = ()
    waiting: bool = False
    failed: Entry | None = None


def lane(client_id: str) -> str:
    """Changes of one quick reply go in order, different ones do not wait for each other."""
    return f"{_KIND}/{client_id}"


def laid_over(
    rows: Sequence[QuickReplyRow], entries: Sequence[Entry], staff_id: int
) -> list[LaidQuickReply]:
    """The rows as they will be once what waits is through, and as refused changes want them."""
    found = {
        row.client_id: LaidQuickReply(row=row) for row in rows if row.staff_id in {None, staff_id}
    }
    files = {upload.client_id: upload for entry in entries for upload in entry.uploads}
    for entry in entries:
        kind, _, client_id = entry.lane.partition("/")
        known = found.get(client_id)
        if kind != _KIND or (known is not None and _is_in(entry, known.row)):
            continue
        if entry.name == SaveQuickReply.name:
            found[client_id] = _saved(known, entry, files, staff_id)
        elif entry.name == UseQuickReply.name and known is not None:
            found[client_id] = _used(known, entry)
        elif entry.name == RemoveQuickReply.name and entry.state != "failed":
            found.pop(client_id, None)
    return list(found.values())


def _is_in(entry: Entry, row: QuickReplyRow) -> bool:
    return entry.state == "acked" and entry.rev <= row.rev


def _saved(
    known: LaidQuickReply | None, entry: Entry, files: Mapping[str, Upload], staff_id: int
) -> LaidQuickReply:
    command = msgspec.json.decode(entry.body, type=SaveQuickReply)
    before = known.row if known is not None else QuickReplyRow(
        id=0, rev=0, shop_id=0, client_id=command.client_id, at=datetime.now(UTC))  # fmt: skip
    media = {ref.id: ref for ref in before.media}
    row = msgspec.structs.replace(
        before, staff_id=None if command.shared else staff_id, title=command.title,
        shortcut=command.shortcut, body=command.body,
        media=[media[each] for each in command.media_ids if each in media],
    )  # fmt: skip
    failed = entry if entry.state == "failed" else known.failed if known is not None else None
    uploads = tuple(files[name] for name in command.uploads if name in files)
    return LaidQuickReply(row=row, uploads=uploads, waiting=True, failed=failed)


def _used(known: LaidQuickReply, entry: Entry) -> LaidQuickReply:
    if entry.state == "failed":
        return known
    row = msgspec.structs.replace(known.row, uses=known.row.uses + 1, used_at=entry.created_at)
    return msgspec.structs.replace(known, row=row)
