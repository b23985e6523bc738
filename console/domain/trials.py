"""Trying a campaign out on phones of the shop's own people.  Standard library only."""

from __future__ import annotations

from typing import Any

MAX_PHONES = 20
"""So many of the shop's own people may be written to for a trial."""


def parse(value: Any) -> tuple[int, ...]:
    """The ids of members in the setting, each once.  Raises ``ValueError`` for anything else."""
    if not isinstance(value, list) or not all(type(each) is int and each > 0 for each in value):
        raise ValueError(value)
    found = tuple(dict.fromkeys(value))
    if len(found) > MAX_PHONES:
        raise ValueError(len(found))
    return found


def read(value: Any) -> tuple[int, ...]:
    """As ``parse``; what makes no sense, or was never set, means nobody."""
    try:
        return parse(value)
    except ValueError:
        return ()
