"""Which photos are cached as files, when they were last shown, and which must go.

The files themselves are the media cache's business.  Every function runs in the replica's
writing thread.
"""

from __future__ import annotations

import time

from console.store.replica import Replica


def used(replica: Replica, media_id: int, side: int) -> bool:
    """Whether a rendition is cached; it counts as shown now."""
    with replica.writing() as db:
        cursor = db.execute(
            "UPDATE media_file SET used_at = ? WHERE media_id = ? AND side = ?",
            (time.time_ns(), media_id, side),
        )
        return cursor.rowcount > 0


def wanted(replica: Replica, media_id: int) -> bool:
    """False for a medium whose message was taken back."""
    query = "SELECT 1 FROM media_trash WHERE media_id = ?"
    return replica.writer.execute(query, (media_id,)).fetchone() is None


def added(
    replica: Replica, media_id: int, side: int, size: int, limit: int
) -> list[tuple[int, int]]:
    """Note a new file; returns ``(media_id, side)`` of those that must go to stay in ``limit``."""
    dropped = []
    with replica.writing() as db:
        db.execute("INSERT OR REPLACE INTO media_file VALUES (?, ?, ?, ?)",
                   (media_id, side, size, time.time_ns()))  # fmt: skip
        (total,) = db.execute("SELECT sum(size) FROM media_file").fetchone()
        oldest = db.execute(
            """SELECT media_id, side, size FROM media_file
               WHERE NOT (media_id = ? AND side = ?) ORDER BY used_at""",
            (media_id, side),
        )
        for other_id, other_side, other_size in oldest:
            if total <= limit:
                break
            dropped.append((other_id, other_side))
            total -= other_size
        db.executemany("DELETE FROM media_file WHERE media_id = ? AND side = ?", dropped)
    return dropped


def trash(replica: Replica) -> list[int]:
    """Media whose files must be deleted."""
    return [row[0] for row in replica.writer.execute("SELECT media_id FROM media_trash")]


def trashed(replica: Replica, media_id: int) -> None:
    """Their files are deleted; the mark stays, a recalled photo is not fetched again."""
    with replica.writing() as db:
        db.execute("DELETE FROM media_file WHERE media_id = ?", (media_id,))
