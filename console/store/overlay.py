"""What is in the outbox, laid over what is in the replica.  Pure: values in, values out.

Read the outbox's entries *before* the replica: an entry is retired only after its row is
in, so a bubble read in that order is never missing; a row with the same ``client_id``
hides the entry, so it is never there twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from console.store.outbox import Entry
from console.store.replica import ReplicaState
from console.wire.commands import MarkRead, RecallMessage, SaveDraft, SendMessage


def conversation_lane(conversation_id: int) -> str:
    """Lane of what is said in a conversation."""
    return f"conversation/{conversation_id}"


def draft_lane(conversation_id: int) -> str:
    """Lane of a conversation's draft."""
    return f"draft/{conversation_id}"


def read_lane(conversation_id: int) -> str:
    """Lane of what was read in a conversation."""
    return f"read/{conversation_id}"


def in_lanes(lanes: Collection[str]) -> tuple[set[int], set[int]]:
    """Ids of conversations and of members that look otherwise when these lanes change.

    How far was read is told by ``Station.read_here``.
    """
    return (
        _keys(lanes, ("conversation", "draft", "queue")),
        _keys(lanes, ("member", "tags", "blocked")),
    )


def _keys(lanes: Collection[str], kinds: Sequence[str]) -> set[int]:
    found = (lane_key(lane, kind) for lane in lanes for kind in kinds)
    return {key for key in found if key is not None}


def lane_key(lane: str, kind: str) -> int | None:
    """The id in ``kind/<id>``, or ``None`` for a lane of another kind."""
    name, _, key = lane.partition("/")
    return int(key) if name == kind and key.isdecimal() else None


class PendingMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A queued message with its entry."""

    entry: Entry
    command: SendMessage


def pending_messages(
    entries: Sequence[Entry], conversation_id: int, present: Collection[str] = ()
) -> list[PendingMessage]:
    """Messages of a conversation whose rows are not here yet, in order."""
    lane = conversation_lane(conversation_id)
    return [
        PendingMessage(entry=e, command=msgspec.json.decode(e.body, type=SendMessage))
        for e in entries
        if e.lane == lane and e.name == SendMessage.name and e.key not in present
    ]


def pending_recalls(entries: Sequence[Entry]) -> set[str]:
    """``client_id`` of messages whose recall is on its way (a refused one is not)."""
    return {
        msgspec.json.decode(e.body, type=RecallMessage).client_id
        for e in entries
        if e.name == RecallMessage.name and e.state != "failed"
    }


def pending_draft(entries: Sequence[Entry], conversation_id: int) -> SaveDraft | None:
    """The newest draft typed here that the replica does not have yet."""
    lane = draft_lane(conversation_id)
    found = [e for e in entries if e.lane == lane and e.name == SaveDraft.name]
    return msgspec.json.decode(found[-1].body, type=SaveDraft) if found else None


def failed_conversations(entries: Sequence[Entry]) -> set[int]:
    """Conversations with something refused in their lanes."""
    keys = {lane_key(e.lane, "conversation") for e in entries if e.state == "failed"}
    return {key for key in keys if key is not None}


def ready_to_retire(entries: Sequence[Entry], state: ReplicaState) -> list[int]:
    """Acked entries whose effect the replica holds: applied past their rev, scope whole."""
    return [
        e.position
        for e in entries
        if e.state == "acked"
        and e.rev <= state.applied_rev
        and (e.scope not in state.scopes or state.scopes[e.scope].complete)
    ]


def blocked(entries: Sequence[Entry]) -> set[str]:
    """Lanes that wait for a decision about a refused entry."""
    return {e.lane for e in entries if e.state == "failed"}


def heads(entries: Sequence[Entry]) -> list[Entry]:
    """The next entry of every lane that may move, in order."""
    seen = blocked(entries)
    found = []
    for entry in entries:
        if entry.state == "queued" and entry.lane not in seen:
            seen.add(entry.lane)
            found.append(entry)
    return found


def mark_read_body(conversation_id: int, seq: int) -> bytes:
    """Body of ``conversation.mark_read``."""
    return msgspec.json.encode(MarkRead(conversation_id=conversation_id, seq=seq))
