"""Saved segments: members that a rule means, kept under a name.  Pure data."""

from __future__ import annotations

from typing import Any, ClassVar

from console.wire.commands.base import STAFF, Command


class SaveSegment(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Make a segment, or change the named parts of one; what is ``None`` stays.

    ``rule`` is the JSON of ``domain.segment_json``.  In a leaf ``members`` it may hold
    ``phones`` instead of ``ids``: the relay puts the members with these numbers there.
    Result: ``{"id", "unknown"}``, the places of phones that are nobody's, counted through the
    rule.  Refused: ``segment.rule`` (``path`` says where), ``segment.phones`` (a list of which
    no number is a member's), ``segment.cycle``, ``segment.missing``, ``segment.too_large``,
    ``segment.name``, ``conflict`` (changed since ``base_rev``).
    """

    name: ClassVar[str] = "segment.save"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    display_name: str | None = None
    rule: dict[str, Any] | None = None
    base_rev: int = 0


class DuplicateSegment(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The same rule once more, as ``client_id`` under another name.  Result: ``{"id"}``."""

    name: ClassVar[str] = "segment.duplicate"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
    source: str
    """``client_id`` of the one that is copied."""
    display_name: str


class RemoveSegment(Command, frozen=True, kw_only=True, omit_defaults=True):
    """It is kept no longer.  Refused with ``segment.in_use`` while another one uses it."""

    name: ClassVar[str] = "segment.remove"
    by: ClassVar[frozenset[str]] = STAFF
    client_id: str
