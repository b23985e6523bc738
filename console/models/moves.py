"""Which rows to move so that one order of a list becomes another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_AT_ONCE: Final = 1_024


def moves_between(
    old: Sequence[int], new: Sequence[int], most: int
) -> list[tuple[int, int]] | None:
    """Moves ``(from, to)``, one after the other; ``None`` when it takes more than ``most``.

    Both hold the same different numbers.  What comes from far below, and what sinks, is one
    move each: the rows in between keep their order.
    """
    first, last = differing(old, new)
    rest = list(old[first:last])
    moves: list[tuple[int, int]] = []
    at = 0
    while at < len(rest):
        wanted = new[first + at]
        if rest[at] == wanted:
            at += 1
            continue
        if len(moves) == most:
            return None
        if rest[at + 1] == wanted:
            source, target = at, new.index(rest[at], first + at) - first
        else:
            source, target = rest.index(wanted, at), at
        rest.insert(target, rest.pop(source))
        moves.append((first + source, first + target))
    return moves


def differing(old: Sequence[int], new: Sequence[int]) -> tuple[int, int]:
    """The first row that differs and the one behind the last; twice the same when none does."""
    first, last = 0, len(old)
    while first < last and old[first : first + _AT_ONCE] == new[first : first + _AT_ONCE]:
        first += _AT_ONCE
    if first >= last:
        return last, last
    while old[first] == new[first]:
        first += 1
    while last - _AT_ONCE > first and old[last - _AT_ONCE : last] == new[last - _AT_ONCE : last]:
        last -= _AT_ONCE
    while old[last - 1] == new[last - 1]:
        last -= 1
    return first, last
