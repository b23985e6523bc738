"""Mechanisms of bringing a backup back, each switched off: what its tests must not survive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.relay.handlers import restoring
from console.relay.suppression_file import SuppressionFile
from console.store import ids
from console.store.suppression_facts import (
    BlockedSet,
    CampaignRecalled,
    CapChosen,
    DeviceRevoked,
    Fact,
    MemberErased,
    MergeUndone,
    MessageRecalled,
    ScopeGranted,
    StaffActiveSet,
    WordsRemoved,
)

Break = Callable[[pytest.MonkeyPatch], None]


def the_file_is_never_written(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SuppressionFile, "_append", lambda self: self._owed.clear())


def how_far_it_came_is_not_noted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SuppressionFile, "_is_known", lambda *_: True)


def campaigns_go_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(restoring, "_hold", lambda *_: [])


def copies_are_erased_later(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(restoring, "_erase_copies", lambda *_: None)


def messages_that_wait_leave(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(restoring.schedules, "hold", lambda *_: None)


def ids_begin_where_the_backup_ended(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ids.IdSource, "leap", lambda *_: None)


def what_was_repeated_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(restoring, "keep", lambda *_: None)


def no_to_marketing_is_not_repeated(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(restoring, "_say_again", lambda *_: None)


def _without(kind: type[Fact]) -> Break:
    def switch_off(patch: pytest.MonkeyPatch) -> None:
        repeat = restoring._repeat

        def others(fact: Fact, tx: Any) -> None:
            if not isinstance(fact, kind):
                repeat(fact, tx)

        patch.setattr(restoring, "_repeat", others)

    switch_off.__name__ = f"{kind.__name__}_is_not_repeated"
    return switch_off


erasures_are_not_repeated = _without(MemberErased)
undone_merges_are_not_repeated = _without(MergeUndone)
recalls_are_not_repeated = _without(MessageRecalled)
recalled_campaigns_are_not_repeated = _without(CampaignRecalled)
revoked_devices_are_let_in = _without(DeviceRevoked)
colleagues_who_left_are_let_in = _without(StaffActiveSet)
what_staff_erased_is_back = _without(WordsRemoved)
blocked_members_are_heard = _without(BlockedSet)
weekly_numbers_are_not_repeated = _without(CapChosen)
scopes_come_back = _without(ScopeGranted)
