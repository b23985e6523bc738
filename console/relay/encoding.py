"""Frames of rows, put together from bytes: a part of a frame is encoded in one call.

Pure functions; no database, no sockets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from console.store import projection
from console.store.feed import Changes, ScopePart
from console.wire.codec import encode


def shown(rows: Mapping[str, Sequence[Any]], audience: str) -> dict[str, Sequence[Any]]:
    """What ``audience`` sees of rows by table; tables of which it sees none are left out."""
    seen: dict[str, Sequence[Any]] = {}
    for table, items in rows.items():
        if not items:
            continue
        rule = projection.rule_for(type(items[0]), audience)
        if rule is None:
            seen[table] = items
        elif found := [row for row in map(rule, items) if row is not None]:
            seen[table] = found
    return seen


def scope_part(rev: int, part: ScopePart, audience: str) -> bytes:
    """One scope of a ``changes`` frame; empty when ``audience`` sees nothing of it."""
    rows = shown(part.rows, audience)
    if part.gone:
        return encode({"rev": rev, "rows": rows, "gone": part.gone})
    return encode({"rev": rev, "rows": rows}) if rows else b""


def changes_head(rev: int, mark: str) -> bytes:
    """The beginning of a ``changes`` frame, up to its scopes."""
    return b'{"t":"changes","rev":%d,"mark":"%b","scopes":{' % (rev, mark.encode())


def changes_frame(rev: int, mark: str, parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A whole ``changes`` frame out of parts of scopes."""
    return whole_frame(changes_head(rev, mark), parts)


def whole_frame(head: bytes, parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A frame that begins with a ``changes_head``."""
    return b"%b%b}}" % (head, b",".join([b'"%b":%b' % (s.encode(), data) for s, data in parts]))


def catch_up_frame(found: Changes, audience: str, granted: Iterable[str]) -> bytes:
    """What a reader missed, of the scopes she still holds."""
    held = set(granted)
    parts = (
        (scope, scope_part(found.rev, part, audience))
        for scope, part in found.parts.items()
        if scope in held
    )
    return changes_frame(found.rev, found.mark, ((scope, data) for scope, data in parts if data))


def page_frame(
    scope: str, head: int, after: str, rows: Mapping[str, Sequence[Any]], audience: str
) -> bytes:
    """A whole ``page`` frame."""
    return b'{"t":"page","scope":"%b","head":%d,"after":%b,"rows":%b}' % (
        scope.encode(), head, encode(after), encode(shown(rows, audience)),
    )  # fmt: skip
