"""Comparing what readers were told with what the relay's database holds, by plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from soak.reader import Reader

Said = tuple[int, int, str]
"""``(id, seq, body)`` of a message."""


def in_database(database: Path) -> dict[int, list[Said]]:
    """Every message by conversation, in order of seq."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        found: dict[int, list[Said]] = {}
        query = "SELECT conversation_id, id, seq, body FROM message ORDER BY conversation_id, seq"
        for conversation_id, *said in connection.execute(query):
            found.setdefault(conversation_id, []).append(tuple(said))
        return found
    finally:
        connection.close()


def client_ids(database: Path) -> list[str]:
    """The client's name of every message, doubles included."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute("SELECT client_id FROM message")]
    finally:
        connection.close()


def told(reader: Reader) -> dict[int, list[Said]]:
    """Every message by conversation as a reader holds it."""
    found: dict[int, list[Said]] = {}
    for row in reader.table("message").values():
        said = (row["id"], row["seq"], row.get("body", ""))
        found.setdefault(row["conversation_id"], []).append(said)
    for said_there in found.values():
        said_there.sort(key=lambda said: said[1])
    return found


def differences(database: Path, readers: Iterable[Reader], sent: set[str]) -> list[str]:
    """Everything that is lost, doubled, out of order or told differently; empty is good.

    ``sent``: client ids of all acknowledged messages.
    """
    truth, kept = in_database(database), client_ids(database)
    wrong = [f"doubled {each}" for each in {each for each in kept if kept.count(each) > 1}]
    wrong += [f"lost {each}" for each in sorted(sent - set(kept))]
    for conversation_id, said in truth.items():
        seqs = [seq for _, seq, _ in said]
        if seqs != list(range(1, len(seqs) + 1)):
            wrong.append(f"conversation {conversation_id} has seqs {seqs[:20]}")
    for reader in readers:
        for conversation_id, said in told(reader).items():
            if said != truth.get(conversation_id):
                wrong.append(f"conversation {conversation_id} is told differently")
    return wrong
