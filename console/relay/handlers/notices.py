"""``notice.send_many``: personal messages to many members, set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from console.relay.handlers.base import Request
from console.relay.handlers.posting import Post, post
from console.relay.internal import Notice, SendNotices
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction


def send_many(tx: Transaction, request: Request[SendNotices]) -> dict[str, Any]:
    """Write each notice that may be written; say why the others were not."""
    command = request.command
    wanted = [notice.member_id for notice in command.notices]
    threads = reading.by_ids(tx.connection, tables.conversation, wanted, "member_id")
    unwilling = _unwilling(tx, wanted) if command.marketing else {}
    written_before = _written(tx, command.notices)
    due: list[Post] = []
    skipped: dict[str, str] = {}
    for notice in command.notices:
        member_id = notice.member_id
        thread = threads.get(member_id)
        if thread is None:
            skipped[str(member_id)] = "not_joined"
        elif member_id in unwilling:
            skipped[str(member_id)] = unwilling[member_id]
        elif notice.client_id not in written_before:
            written_before.add(notice.client_id)
            due.append(Post(thread, notice.client_id, notice.body))
    return {"written": list(post(tx, due)), "skipped": skipped}


def _unwilling(tx: Transaction, member_ids: Sequence[int]) -> dict[int, str]:
    """Who takes no marketing or is blocked, and which of it."""
    member = tables.member
    wanted = one_of(tx.connection, member.c.id, member_ids)
    query = select(member.c.id, member.c.blocked).where(
        wanted, or_(~member.c.marketing, member.c.blocked)
    )
    return {
        row.id: "blocked" if row.blocked else "opted_out" for row in tx.connection.execute(query)
    }


def _written(tx: Transaction, notices: Sequence[Notice]) -> set[str]:
    message = tables.message
    names = [notice.client_id for notice in notices]
    query = select(message.c.client_id).where(one_of(tx.connection, message.c.client_id, names))
    return set(tx.connection.scalars(query))
