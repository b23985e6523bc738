"""Parameters that are ``None`` or a flag, bound without a search for somebody who adapts them.

Python's SQLite modules look for an adapter of every value that is not exactly a number or a
text, and finding none costs more than all the rest of a short row.  Registered ones in C are
found at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

_NOTHING: Final[Callable[[Any], Any]] = {}.get
"""Gives ``None`` for ``None``."""


def quicken(register_adapter: Callable[[type, Callable[[Any], Any]], None]) -> None:
    """Register them with one of the modules (its own function), for the whole process."""
    register_adapter(type(None), _NOTHING)
    register_adapter(bool, int)
