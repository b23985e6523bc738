"""The SQLite a console's replica is kept with: newer than the system's, the same on every computer.

SQLite below 3.42 leaves the words of deleted rows in a full-text index; this one, which comes
inside a package, erases them.  The package is a fork of the standard library's module, so the
standard library's types describe it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import (
        Connection,
        DatabaseError,
        OperationalError,
        connect,
        register_adapter,
    )
else:
    from sqlcipher3.dbapi2 import (
        Connection,
        DatabaseError,
        OperationalError,
        connect,
        register_adapter,
    )

from console.store import binding

binding.quicken(register_adapter)

__all__ = ["Connection", "DatabaseError", "OperationalError", "connect"]
