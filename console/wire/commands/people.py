"""Members: joining, facts, consent, merging, erasure.  Pure data."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from console.wire.commands.base import BOTH, MEMBER, RELAY, STAFF, Command


class SetConsent(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Give or take back consent for ``purpose`` ``marketing``; a line in the ledger."""

    name: ClassVar[str] = "consent.set"
    by: ClassVar[frozenset[str]] = MEMBER
    purpose: str
    granted: bool
    text_hash: str = ""


class SetWeeklyCap(Command, frozen=True, kw_only=True, omit_defaults=True):
    """How many marketing notices a week the member wants: 1 to 3."""

    name: ClassVar[str] = "member.set_weekly_cap"
    by: ClassVar[frozenset[str]] = MEMBER
    cap: int


class JoinMember(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A phone joins.  Result: ``{"member_id", "device_id", "conversation_id", "state"}``.

    ``token_hash`` is the new device's.  With a valid ``invite`` the member it names is
    confirmed at once; else a known number makes a ``guest`` who sees nothing old.
    """

    name: ClassVar[str] = "member.join"
    by: ClassVar[frozenset[str]] = RELAY
    phone: str
    display_name: str
    birthday: str = ""
    marketing: bool = False
    privacy_hash: str = ""
    marketing_hash: str = ""
    invite: str = ""
    token_hash: str
    device_name: str = ""


class ConfirmMember(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Staff vouch for a guest's number.  A known member of that number takes the guest in:

    her messages are appended with new seqs, she becomes ``merged_into`` and her devices
    and grants move.  Result: ``{"member_id", "conversation_id"}``.
    """

    name: ClassVar[str] = "member.confirm"
    by: ClassVar[frozenset[str]] = STAFF
    member_id: int


class UpdateMember(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Change facts about a member; fields left ``None`` stay.

    ``was`` holds, for each changed field, what stood there when it was edited: another value
    by now is a ``conflict`` (``field`` names it).  ``tier`` needs an owner.
    """

    name: ClassVar[str] = "member.update"
    by: ClassVar[frozenset[str]] = STAFF
    member_id: int
    was: dict[str, Any] = msgspec.field(default_factory=dict)
    display_name: str | None = None
    gender: str | None = None
    birthday: str | None = None
    birthday_lunar: bool | None = None
    sizes: dict[str, str] | None = None
    remark: str | None = None
    tier: str | None = None


class TagMember(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Put tags on a member and take some off: at most 30 of 20 characters.  ``tags.limit``."""

    name: ClassVar[str] = "member.tag"
    by: ClassVar[frozenset[str]] = STAFF
    member_id: int
    add: list[str] = msgspec.field(default_factory=list)
    remove: list[str] = msgspec.field(default_factory=list)


class SetBlocked(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Hear nothing more from a member, or hear her again; ``reason`` goes to the log."""

    name: ClassVar[str] = "member.set_blocked"
    by: ClassVar[frozenset[str]] = STAFF
    member_id: int
    blocked: bool
    reason: str = ""


class RevealPhone(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The whole number, for a ``reason`` that is recorded.  Unstored: ``{"phone"}``."""

    name: ClassVar[str] = "member.reveal"
    by: ClassVar[frozenset[str]] = STAFF
    member_id: int
    reason: str


class MergeMembers(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Two members are one person: everything of ``gone_id`` becomes ``keep_id``'s.

    ``take`` names fields of which the other's value is kept (``display_name``, ``phone``,
    ``birthday``, ``sizes``, ``remark``).  Result: ``{"merge_id", "conversation_id"}``.
    Refused: ``merge.same``, ``member.merged``, ``not_found``.
    """

    name: ClassVar[str] = "member.merge"
    by: ClassVar[frozenset[str]] = STAFF
    keep_id: int
    gone_id: int
    take: list[str] = msgspec.field(default_factory=list)


class UnmergeMembers(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Take a merge back within 30 days.  Refused: ``merge.undone``, ``merge.too_late``.

    What happened since stays with the member who was kept.
    """

    name: ClassVar[str] = "member.unmerge"
    by: ClassVar[frozenset[str]] = STAFF
    merge_id: int


class EraseMember(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Erase a person: words, media and facts go, ids remain as tombstones (owner, or herself)."""

    name: ClassVar[str] = "member.erase"
    by: ClassVar[frozenset[str]] = BOTH
    needs_role: ClassVar[str] = "owner"
    member_id: int = 0
    """0: the member who sends it."""


class CreateInvite(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A link that proves who opens it to be that member.  Unstored: ``{"token", "expires_s"}``."""

    name: ClassVar[str] = "invite.create"
    by: ClassVar[frozenset[str]] = STAFF
    member_id: int


class ReportLook(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Who looked: ``what`` is ``open``, ``search``, ``reveal`` or ``export``."""

    name: ClassVar[str] = "access.report"
    by: ClassVar[frozenset[str]] = STAFF
    what: str
    member_id: int = 0
    reason: str = ""
