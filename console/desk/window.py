"""How long a campaign is given what members do, as the owner set it; also before the relay has it.

Asked in the reading thread that counts, of the same state of the copy: no figure is made of two
windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from console.domain.attribution import read_window
from console.store import overlay_settings, replica_queries
from console.store.driver import Connection
from console.store.outbox import Entry
from console.wire.rows import WINDOW_SETTING


def window_of(db: Connection, entries: Sequence[Entry]) -> timedelta:
    """The window of attribution; ``entries`` wait in the outbox."""
    rows = replica_queries.table_rows(db, "setting")
    return read_window(overlay_settings.laid_over(rows, entries, WINDOW_SETTING).value)
