"""``restore.settle``: what a database brought back from a backup does before it serves anyone.

One transaction: nothing goes out by itself that may have gone out already, and what nobody may
see again is gone again.  Staff decide about the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import singledispatch
from itertools import groupby
from typing import Any

from sqlalchemy import Table, select

from console.domain.campaigns import TRIAL, State
from console.domain.consent import MARKETING
from console.log import get_logger
from console.relay import journal
from console.relay.actor import RELAY
from console.relay.handlers import (
    campaign_recalls,
    campaign_removing,
    grants,
    marketing,
    notes,
    quick_replies,
    schedules,
    staff,
    tallies,
    team,
    templates,
)
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request
from console.relay.handlers.campaigns import find, stop
from console.relay.handlers.erasing import erase_everything
from console.relay.handlers.recalls import erase_words
from console.relay.handlers.unmerging import take_apart
from console.relay.internal import SettleRestore
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.suppression_facts import (
    BlockedSet,
    CampaignRecalled,
    CapChosen,
    ConsentSaid,
    DeviceRevoked,
    Fact,
    MemberErased,
    MergeUndone,
    MessageRecalled,
    ScopeGranted,
    StaffActiveSet,
    Suppression,
    WordsRemoved,
)
from console.store.suppressions import keep
from console.store.unit_of_work import Transaction, mint_epoch
from console.wire.campaign_rows import CampaignRow
from console.wire.rows import RESTORED_SETTING, MemberRow

LEAP = 1_000_000
"""Ids left out above those known: commands that were given after the backup, and those sent
again now, must not meet anything else under the ids they name."""
_COPIES = 5_000

log = get_logger("restore")


def settle(tx: Transaction, request: Request[SettleRestore]) -> dict[str, Any]:
    """Pause what is unfinished, repeat what must not come back.  Result: ``{"held": [ids]}``."""
    tx.ids.leap(tx.connection, _NUMBERED, request.command.top_id, LEAP)
    tx.effects.epoch = mint_epoch(tx.connection)
    tx.note_write()
    as_of = tx.connection.scalar(_NEWEST_COMMIT)
    held = _hold(tx)
    schedules.hold(tx)
    for is_consent, those in groupby(
        request.command.suppressions, lambda each: isinstance(each.fact, ConsentSaid)
    ):
        if is_consent:
            _say_again(tx, list(those))
        else:
            for each in those:
                _repeat(each.fact, tx)
    _erase_copies(tx)
    # A correction may have begun when the last copy was gone.
    held += _hold(tx)
    keep(tx, request.command.suppressions)
    write_line(tx, RELAY, "relay.restore", detail=f"held={len(held)}")
    _tell(tx, {
        "at": tx.now.isoformat(), "as_of": as_of.isoformat() if as_of else None, "held": held,
    })  # fmt: skip
    return {"held": held}


_NUMBERED = [
    name for name, table in tables.metadata.tables.items()
    if "id" in table.c and table not in {tables.revision, tables.suppression}
]  # fmt: skip
_NEWEST_COMMIT = select(tables.commit_log.c.at).order_by(tables.commit_log.c.rev.desc()).limit(1)


def _hold(tx: Transaction) -> list[int]:
    """Campaigns that would go on by themselves wait for staff; their ids."""
    table = tables.campaign
    waiting = (table.c.next_at.is_not(None), table.c.recalled_at.is_(None))
    rows: list[CampaignRow] = reading.fetch(tx.connection, table, *waiting)
    for row in rows:
        if row.kind == TRIAL:
            stop(tx, row, State.CANCELLED)
        else:
            begun = row.state == State.SENDING
            state = State.PAUSED if begun else State.LATE
            tx.change(table, row.id, state=state.value, next_at=None)
    return [row.id for row in rows if row.kind != TRIAL]


def _erase_copies(tx: Transaction) -> None:
    """All copies of what is recalled, though it takes its time: nobody is served before."""
    table = tables.campaign
    waiting = (table.c.next_at.is_not(None), table.c.recalled_at.is_not(None))
    while rows := reading.fetch(tx.connection, table, *waiting):
        campaign_recalls.erase_some(tx, rows[0], _COPIES)


def _tell(tx: Transaction, value: dict[str, Any]) -> None:
    """The consoles show it to staff."""
    setting = tables.setting
    row = reading.one(tx.connection, setting, setting.c.key == RESTORED_SETTING)
    if row is None:
        tx.add(setting, key=RESTORED_SETTING, value=value, public=False)
    else:
        tx.change(setting, row.id, value=value)


# --- what members said --------------------------------------------------------------------------


def _say_again(tx: Transaction, said: Sequence[Suppression]) -> None:
    """Lines of the ledger as they were said then; there may be very many."""
    member = tables.member
    facts = [(each.fact, each.at) for each in said if isinstance(each.fact, ConsentSaid)]
    named = one_of(tx.connection, member.c.id, list({fact.member_id for fact, _ in facts}))
    stands = named & member.c.state.not_in(("merged", "erased"))
    here = set(tx.connection.scalars(select(member.c.id).where(stands)))
    facts = [(fact, at) for fact, at in facts if fact.member_id in here]
    last = {fact.member_id: fact.granted for fact, _ in facts}
    with tallies.followed(tx, {fact.member_id for fact, _ in facts if not fact.granted}):
        marketing.write_lines(tx, MARKETING, facts)
    tx.update(member, [{"id": key, "marketing": granted} for key, granted in last.items()])


# --- fact by fact -------------------------------------------------------------------------------
# What a fact names may not be there: it was made after the backup.


@singledispatch
def _repeat(fact: Fact, tx: Transaction) -> None:  # noqa: ARG001 - of the others
    """Make a fact true again."""
    raise TypeError(type(fact).__name__)


def _member(tx: Transaction, member_id: int) -> MemberRow | None:
    """Somebody who still stands for herself."""
    row: MemberRow | None = reading.one(
        tx.connection, tables.member, tables.member.c.id == member_id
    )
    return None if row is None or row.state in {"merged", "erased"} else row


@_repeat.register
def _cap(fact: CapChosen, tx: Transaction) -> None:
    if _member(tx, fact.member_id) is not None:
        tx.change(tables.member, fact.member_id, weekly_cap=fact.cap)


@_repeat.register
def _erased(fact: MemberErased, tx: Transaction) -> None:
    if _member(tx, fact.member_id) is not None:
        erase_everything(tx, fact.member_id)


@_repeat.register
def _unmerged(fact: MergeUndone, tx: Transaction) -> None:
    merge = tables.member_merge
    row = reading.one(tx.connection, merge, merge.c.id == fact.merge_id)
    moved = None if row is None else journal.read(tx, row.id)
    if row is None or moved is None or row.undone_at is not None:
        return
    kept = _member(tx, row.keep_id)
    gone = reading.one(tx.connection, tables.member, tables.member.c.id == row.gone_id)
    if kept is None or gone is None or gone.merged_into != kept.id:
        log.warning("merge_not_undone", merge=row.id)
        return
    take_apart(tx, row, kept, gone, moved)


@_repeat.register
def _recalled(fact: MessageRecalled, tx: Transaction) -> None:
    message = tables.message
    row = reading.one(tx.connection, message, message.c.client_id == fact.client_id)
    if row is not None and row.recalled_at is None:
        erase_words(tx, row)


@_repeat.register
def _campaign_recalled(fact: CampaignRecalled, tx: Transaction) -> None:
    row = find(tx, fact.client_id)
    if row is not None and row.recalled_at is None:
        campaign_recalls.take_back_all(tx, row)


_WRITTEN: dict[str, tuple[Table, Callable[[Transaction, Any], None]]] = {
    "note": (tables.note, notes.erase),
    "scheduled": (tables.scheduled, schedules.erase),
    "quick_reply": (tables.quick_reply, quick_replies.erase),
    "template": (tables.template, templates.erase),
    "campaign": (tables.campaign, campaign_removing.erase),
}


@_repeat.register
def _removed(fact: WordsRemoved, tx: Transaction) -> None:
    table, erase = _WRITTEN[fact.of]
    row = reading.one(tx.connection, table, table.c.client_id == fact.client_id)
    if row is not None:
        erase(tx, row)


@_repeat.register
def _blocked(fact: BlockedSet, tx: Transaction) -> None:
    if _member(tx, fact.member_id) is not None:
        tx.change(tables.member, fact.member_id, blocked=fact.blocked)


@_repeat.register
def _scope(fact: ScopeGranted, tx: Transaction) -> None:
    staff_id = fact.staff_id
    if reading.one(tx.connection, tables.staff, tables.staff.c.id == staff_id) is not None:
        step = grants.give if fact.granted else grants.take
        step(tx, ("staff", staff_id), [fact.scope])


@_repeat.register
def _revoked(fact: DeviceRevoked, tx: Transaction) -> None:
    device = tables.device
    stands = (device.c.id == fact.device_id) & device.c.revoked_at.is_(None)
    if tx.connection.scalar(select(device.c.id).where(stands)) is not None:
        staff.shut_out(tx, [fact.device_id])


@_repeat.register
def _staff_active(fact: StaffActiveSet, tx: Transaction) -> None:
    row = reading.one(tx.connection, tables.staff, tables.staff.c.id == fact.staff_id)
    if row is None or row.active == fact.active:
        return
    if row.role == "owner" and not fact.active and team.active_owners(tx) == 1:
        # Whoever took over did so after the backup: without him the shop would be closed.
        log.warning("last_owner_stays", staff=row.id)
        return
    tx.change(tables.staff, row.id, active=fact.active)
