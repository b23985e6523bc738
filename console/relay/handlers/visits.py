"""Visits: counted at the counter once, and taken back while it is fresh."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from console.domain.visits import ONE_VISIT, can_undo, same_visit
from console.relay.handlers.base import Request, need_scope
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.trade import member_meant, moment_of
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import RecordVisit, UndoVisit
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow, VisitRow

_MAX_SOURCE = 40


def record(tx: Transaction, request: Request[RecordVisit]) -> dict[str, int]:
    """A member came: counted unless it belongs to a visit that is."""
    command = request.command
    member = member_meant(tx, request.actor, command.member_id)
    at = moment_of(command.at, tx.now)
    if len(command.source) > _MAX_SOURCE:
        raise Refusal(Code.COMMAND_INVALID, field="source")
    known = _visit(tx, command.client_id) if command.client_id is not None else None
    if known is not None:
        if known.member_id != member.id:
            raise Refusal(Code.CONFLICT, field="client_id")
        return {"id": known.id}
    if not command.again:
        _refuse_second(tx, member, at)
    visit_id = tx.add(
        tables.visit, shop_id=member.shop_id, member_id=member.id, at=at, source=command.source,
        client_id=command.client_id,
    )  # fmt: skip
    if member.last_visit_at is None or at > member.last_visit_at:
        tx.change(tables.member, member.id, last_visit_at=at)
    return {"id": visit_id}


def undo(tx: Transaction, request: Request[UndoVisit]) -> None:
    """It was not counted; when she was here last is what the others say."""
    need_scope(request.actor, "trade")
    row = _visit(tx, request.command.client_id)
    if row is None:
        return
    if not can_undo(row.at, moment_of(request.command.at, tx.now)):
        raise Refusal(Code.VISIT_TOO_LATE)
    tx.delete(tables.visit, [row.id], ["trade"])
    member = reading.by_ids(tx.connection, tables.member, [row.member_id])[row.member_id]
    if member.last_visit_at == row.at:
        tx.change(tables.member, member.id, last_visit_at=_newest(tx, member.id))


def _refuse_second(tx: Transaction, member: MemberRow, at: datetime) -> None:
    visit = tables.visit
    near = reading.fetch(
        tx.connection, visit, visit.c.member_id == member.id, visit.c.at > at - ONE_VISIT,
        visit.c.at < at + ONE_VISIT,
    )  # fmt: skip
    found = same_visit(at, [row.at for row in near])
    if found is not None:
        local = found.astimezone(ZoneInfo(timezone_of(tx, member.shop_id)))
        at_text = found.astimezone(UTC).isoformat().replace("+00:00", "Z")
        raise Refusal(Code.VISIT_COUNTED, {"at": at_text, "local": f"{local:%H:%M}"})


def _visit(tx: Transaction, client_id: str) -> VisitRow | None:
    row: VisitRow | None = reading.one(
        tx.connection, tables.visit, tables.visit.c.client_id == client_id
    )
    return row


def _newest(tx: Transaction, member_id: int) -> datetime | None:
    newest = select(func.max(tables.visit.c.at)).where(tables.visit.c.member_id == member_id)
    at: datetime | None = tx.connection.scalar(newest)
    return at
