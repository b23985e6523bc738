"""What a restored backup must not bring back: opt-outs, erasures, recalls, access taken away.

The facts alone; ``store.suppressions`` keeps them.  None holds a name, a number or a word of
anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="what"):
    """Something that stays true whatever backup is brought back."""


class ConsentSaid(Fact, frozen=True, kw_only=True, tag="consent"):
    """A member said yes or no to marketing; the last word counts."""

    member_id: int
    granted: bool
    channel: str
    text_hash: str = ""


class CapChosen(Fact, frozen=True, kw_only=True, tag="weekly_cap"):
    """A member chose how many notices a week she wants."""

    member_id: int
    cap: int


class MemberErased(Fact, frozen=True, kw_only=True, tag="member_erased"):
    """Everything about a member was erased, and everybody's who had been merged into her."""

    member_id: int


class MergeUndone(Fact, frozen=True, kw_only=True, tag="merge_undone"):
    """Two people had been taken for one: neither sees the other's words any more."""

    merge_id: int


class MessageRecalled(Fact, frozen=True, kw_only=True, tag="message_recalled"):
    """The words and media of a message were erased."""

    client_id: str


class CampaignRecalled(Fact, frozen=True, kw_only=True, tag="campaign_recalled"):
    """A campaign and every copy of it were erased."""

    client_id: str


class WordsRemoved(Fact, frozen=True, kw_only=True, tag="words_removed"):
    """Something staff had written was erased before anybody else got it; ``of``: which table."""

    of: Literal["note", "scheduled", "quick_reply", "template", "campaign"]
    client_id: str


class BlockedSet(Fact, frozen=True, kw_only=True, tag="blocked"):
    """A member is heard no more, or again; the last word counts."""

    member_id: int
    blocked: bool


class DeviceRevoked(Fact, frozen=True, kw_only=True, tag="device_revoked"):
    """A console or phone was shut out."""

    device_id: int


class StaffActiveSet(Fact, frozen=True, kw_only=True, tag="staff_active"):
    """A colleague was shut out, or let in again; the last word counts."""

    staff_id: int
    active: bool


class ScopeGranted(Fact, frozen=True, kw_only=True, tag="scope"):
    """A colleague may see a scope, or may not any more; the last word counts."""

    staff_id: int
    scope: str
    granted: bool


AnyFact = (
    ConsentSaid | CapChosen | MemberErased | MergeUndone | MessageRecalled | CampaignRecalled
    | WordsRemoved | BlockedSet | DeviceRevoked | StaffActiveSet | ScopeGranted
)  # fmt: skip


class Suppression(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it is kept.

    Attributes:
        mark: its own name in every copy of the database and of the file.
        at: when it was committed.
    """

    mark: str
    at: datetime
    fact: AnyFact
