"""A replica whose file is broken: told from one that is full or busy, and replaced.

A replica holds nothing that the relay has not, so it is copied anew and never repaired.
"""

from __future__ import annotations

from pathlib import Path

from console.store.driver import DatabaseError
from console.store.replica import Replica, ReplicaState, open_next


def is_damage(error: DatabaseError) -> bool:
    """Whether the file itself is broken, and not only full or busy for a while."""
    return type(error) is DatabaseError


def open_instead(folder: Path, damaged: Replica) -> Replica:
    """A new empty replica of the same shop as the damaged one."""
    fresh = open_next(folder)
    state = ReplicaState(epoch=damaged.state.epoch, reader_id=damaged.state.reader_id)
    with fresh.writing() as db:
        fresh.save_state(db, state)
    fresh.state = state
    return fresh


def put_aside(replica: Replica) -> None:
    """Close a file that cannot be used, and give it another name."""
    replica.close()
    replica.path.replace(replica.path.with_suffix(".unusable"))
