"""Commands of the outbox that save something over and over: what each is based on.

A save names the revision it was typed over.  What this device saved itself and has an answer to
is no conflict with what it saves next.
"""

from __future__ import annotations

from typing import Final

import msgspec

from console.wire.commands import (
    FreezeCampaign,
    MergeMembers,
    ResumeCampaign,
    SaveCampaign,
    SaveDraft,
    ScheduleCampaign,
    SendCampaignNow,
    UnmergeMembers,
)

_SAVES: Final[dict[str, type[SaveDraft] | type[SaveCampaign] | type[FreezeCampaign]]] = {
    each.name: each for each in (SaveDraft, SaveCampaign, FreezeCampaign)
}
NAMES: Final = tuple(_SAVES)
"""Names of commands with a ``base_rev`` that follows this device's own saves.

Freezing is one of them: what this device saved just before it was looked at here.
"""
TIMELY: Final = frozenset(each.name for each in (ScheduleCampaign, SendCampaignNow, ResumeCampaign))
"""What lets messages go is meant for now: ``domain.campaigns.LATE`` later staff are asked."""
ONCE: Final = TIMELY | {MergeMembers.name, UnmergeMembers.name}
"""Never sent again after a restore: people had got what they sent, and what undid a merge names
the merge that was lost."""


def rebased(name: str, body: bytes, rev: int) -> bytes | None:
    """The save based on ``rev``, or ``None`` when it needs no change."""
    command = msgspec.json.decode(body, type=_SAVES[name])
    if command.base_rev >= rev:
        return None
    return msgspec.json.encode(msgspec.structs.replace(command, base_rev=rev))
