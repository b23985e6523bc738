"""Campaigns and templates that wait in the outbox, laid over the replica's rows.

Pure: values in, values out.  As for messages, read the outbox's entries before the replica.
A refused change stays laid over with its entry, so that nobody's words are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from console.domain import campaigns
from console.store.outbox import Entry, Upload
from console.wire.campaign_rows import CampaignContent, CampaignRow, TemplateRow
from console.wire.commands import (
    CancelCampaign,
    FreezeCampaign,
    PauseCampaign,
    RemoveCampaign,
    RemoveTemplate,
    ResumeCampaign,
    SaveCampaign,
    SaveTemplate,
    ScheduleCampaign,
    SendCampaignNow,
    UndoCampaign,
)

KIND: Final = "campaign"
TEMPLATE_KIND: Final = "template"
_MOVES: Final = {
    FreezeCampaign.name: "freeze", UndoCampaign.name: "undo", PauseCampaign.name: "pause",
    ResumeCampaign.name: "resume", CancelCampaign.name: "cancel",
    ScheduleCampaign.name: "schedule", SendCampaignNow.name: "send_now",
}  # fmt: skip
_SHOWN_AT_ONCE: Final = frozenset({"undo", "pause", "cancel"})
"""What stops a campaign shows at once; what sends it shows when the relay did it."""


class LaidCampaign(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign as it will stand.

    Attributes:
        row: its ``id`` and ``rev`` are 0 while no row is here.
        saved: the newest save that the row does not hold yet, ``None`` without one.
        uploads: files of saves on their way, by their names.
        position: the entry whose files are being uploaded, 0 without one.
        move: the last step that waits (``freeze``, ``schedule``, …), "" without one.
        waiting: a change of it is not in the replica yet.
        failed: the refused change, if any.
    """

    row: CampaignRow
    saved: SaveCampaign | None = None
    uploads: dict[str, Upload] = {}
    position: int = 0
    move: str = ""
    waiting: bool = False
    failed: Entry | None = None


def lane(client_id: str) -> str:
    """Changes of one campaign go in order, different ones do not wait for each other."""
    return f"{KIND}/{client_id}"


def template_lane(client_id: str) -> str:
    """Changes of one template go in order."""
    return f"{TEMPLATE_KIND}/{client_id}"


def laid_over(rows: Sequence[CampaignRow], entries: Sequence[Entry]) -> list[LaidCampaign]:
    """The rows as they will be once what waits is through, and as refused changes want them."""
    found = {row.client_id: LaidCampaign(row=row) for row in rows}
    for entry in entries:
        kind, _, client_id = entry.lane.partition("/")
        known = found.get(client_id)
        if kind != KIND or (known is not None and _is_in(entry, known.row.rev)):
            continue
        if entry.name == SaveCampaign.name:
            found[client_id] = _saved(known, entry)
        elif known is not None and entry.name in _MOVES:
            found[client_id] = _moved(known, entry)
        elif known is not None and entry.name == RemoveCampaign.name and entry.state != "failed":
            del found[client_id]
        elif known is not None:
            found[client_id] = _noted(known, entry)
    return list(found.values())


def _is_in(entry: Entry, rev: int) -> bool:
    return entry.state == "acked" and entry.rev <= rev


def _noted(known: LaidCampaign, entry: Entry) -> LaidCampaign:
    failed = entry if entry.state == "failed" else known.failed
    return msgspec.structs.replace(known, waiting=True, failed=failed)


def _saved(known: LaidCampaign | None, entry: Entry) -> LaidCampaign:
    command = msgspec.json.decode(entry.body, type=SaveCampaign)
    if known is None:
        row = CampaignRow(id=0, rev=0, shop_id=0, client_id=command.client_id,
                          content=CampaignContent(), at=entry.created_at)  # fmt: skip
        known = LaidCampaign(row=row)
    row = msgspec.structs.replace(
        known.row, title=command.title, rule=command.rule, weekly=command.weekly,
        due_at=command.due_at, priority=command.priority, defer=command.defer,
        beside=[] if command.drop_beside else known.row.beside, at=entry.created_at,
    )  # fmt: skip
    uploads = known.uploads | {upload.client_id: upload for upload in entry.uploads}
    going = any(not upload.done for upload in entry.uploads) and entry.state == "queued"
    return msgspec.structs.replace(
        _noted(known, entry), row=row, saved=command, uploads=uploads,
        position=entry.position if going else known.position,
    )  # fmt: skip


def _moved(known: LaidCampaign, entry: Entry) -> LaidCampaign:
    known = _noted(known, entry)
    move = _MOVES[entry.name]
    if entry.state == "failed":
        return known
    known = msgspec.structs.replace(known, move=move)
    state = campaigns.after(known.row.state, move)
    if state is None or move not in _SHOWN_AT_ONCE:
        return known
    row = msgspec.structs.replace(known.row, state=state.value, next_at=None)
    return msgspec.structs.replace(known, row=row)


# --- templates ----------------------------------------------------------------------------------


class LaidTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A template as it will stand; ``saved`` and ``uploads`` as of a campaign."""

    row: TemplateRow
    saved: SaveTemplate | None = None
    uploads: dict[str, Upload] = {}
    failed: Entry | None = None


def templates_laid_over(
    rows: Sequence[TemplateRow], entries: Sequence[Entry]
) -> list[LaidTemplate]:
    """Templates as they will be once what waits is through."""
    found = {row.client_id: LaidTemplate(row=row) for row in rows}
    for entry in entries:
        kind, _, client_id = entry.lane.partition("/")
        known = found.get(client_id)
        if kind != TEMPLATE_KIND or (known is not None and _is_in(entry, known.row.rev)):
            continue
        if entry.name == SaveTemplate.name:
            found[client_id] = _kept(known, entry)
        elif entry.name == RemoveTemplate.name and entry.state != "failed":
            found.pop(client_id, None)
    return list(found.values())


def _kept(known: LaidTemplate | None, entry: Entry) -> LaidTemplate:
    command = msgspec.json.decode(entry.body, type=SaveTemplate)
    before = known.row if known is not None else TemplateRow(
        id=0, rev=0, shop_id=0, client_id=command.client_id, at=entry.created_at)  # fmt: skip
    row = msgspec.structs.replace(
        before, title=command.title, scenario=command.scenario, body=command.body,
        fields=command.kept_fields, layout=command.layout,
    )  # fmt: skip
    failed = entry if entry.state == "failed" else None
    uploads = {upload.client_id: upload for upload in entry.uploads}
    return LaidTemplate(row=row, saved=command, uploads=uploads, failed=failed)
