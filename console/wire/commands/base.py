"""The base of all command bodies, and who may send them.  Pure data."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all command bodies.

    Attributes:
        name: the command's name on the wire.
        by: kinds of actor that may send it.
        needs_role: the staff role it needs, or "" for any.
    """

    name: ClassVar[str] = ""
    by: ClassVar[frozenset[str]] = frozenset()
    needs_role: ClassVar[str] = ""


STAFF = frozenset({"staff"})
MEMBER = frozenset({"member"})
BOTH = frozenset({"staff", "member"})
RELAY = frozenset({"relay"})
STAFF_OR_RELAY = frozenset({"staff", "relay"})
