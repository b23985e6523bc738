"""Every statement of the inbox finds its way by index: none walks through all messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.store import replica_apply, replica_queue
from console.store import replica_queries as queries
from console.store.replica import Connection, Replica, open_newest
from console.wire.client_session import ScopeState
from console.wire.frames import ChangesFrame, ScopeChanges, WelcomeFrame
from tests.unit.sync.model_relay import NOW

MESSAGE: dict[str, Any] = {
    "id": 1, "rev": 1, "shop_id": 1, "conversation_id": 1, "seq": 1, "client_id": "c",
    "sender_kind": "member", "sender_id": 1, "body": "hi", "sent_at": NOW,
}  # fmt: skip


@pytest.fixture
def replica(tmp_path: Path) -> Any:
    replica = open_newest(tmp_path)
    replica_apply.welcome(
        replica,
        WelcomeFrame(epoch="e", head=1, mark="m", reader_kind="staff", reader_id=1, device_id=1,
                     scopes=["chats/1"], now=NOW),
    )  # fmt: skip
    assert replica.state.scopes == {"chats/1": ScopeState()}
    yield replica
    replica.close()


def statements_of(db: Connection, work: Callable[[], object]) -> list[str]:
    seen: list[str] = []
    db.set_trace_callback(seen.append)
    work()
    db.set_trace_callback(None)
    return [s for s in seen if s.lstrip().upper().startswith(("SELECT", "INSERT", "DELETE"))]


def walks(db: Connection, statement: str, tables: tuple[str, ...]) -> list[str]:
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
    return [step for step in plan if step.startswith(tuple(f"SCAN {t}" for t in tables))]


def test_applying_a_message_walks_through_no_table(replica: Replica) -> None:
    frame = ChangesFrame(rev=1, mark="m", scopes={
        "chats/1": ScopeChanges(rev=1, rows={"message": [MESSAGE]}, gone={"message": [2]})
    })  # fmt: skip
    seen = statements_of(replica.writer, lambda: replica_apply.changes(replica, frame))
    assert len(seen) > 3
    for statement in seen:
        assert walks(replica.writer, statement, ("m", "message", "p", "participant", "c")) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda db: queries.window(db, 1, 1, 0, 60),
        lambda db: queries.conversations(db, [1, 2]),
        lambda db: queries.draft_of(db, 1),
        lambda db: queries.message_by_client_id(db, "c"),
        lambda db: queries.newest_of_member(db, "purchase", 1),
        lambda db: replica_queue.conversation_ids(db, "unread", now=NOW),
        lambda db: replica_queue.conversation_ids(db, "unread", "lin", now=NOW),
    ],
)
def test_asking_walks_through_no_large_table(
    ask: Callable[[Connection], object], replica: Replica
) -> None:
    with replica.reading() as db:
        seen = statements_of(db, lambda: ask(db))
        assert seen
        for statement in seen:
            found = walks(db, statement, ("m", "message", "p", "c", "conversation", "purchase"))
            assert found == []
