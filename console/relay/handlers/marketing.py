"""Consent for marketing: ``consent.set``, ``member.set_weekly_cap``, opting out in a chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.consent import MARKETING
from console.domain.members import WEEKLY_CAPS
from console.relay.handlers import tallies
from console.relay.handlers.base import Request
from console.store import tables
from console.store.suppression_facts import CapChosen, ConsentSaid
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import SetConsent, SetWeeklyCap
from console.wire.errors import Code, Refusal

_MAX_HASH = 128


def opt_out(tx: Transaction, member_ids: Sequence[int], channel: str) -> None:
    """Take marketing consent back, with a line in the ledger, in this very commit."""
    leaving = dict.fromkeys(member_ids)
    with tallies.followed(tx, leaving):
        for member_id in leaving:
            record(tx, member_id, MARKETING, granted=False, channel=channel)
            tx.change(tables.member, member_id, marketing=False)


def record(
    tx: Transaction, member_id: int, purpose: str, *, granted: bool, text_hash: str = "",
    channel: str = "page",
) -> None:  # fmt: skip
    """A line of the ledger; what it says about marketing no backup brings back.

    A no holds for everybody who was merged into her: brought back, they are people again.
    """
    if purpose == MARKETING:
        said = [member_id] if granted else tallies.taken_in(tx, [member_id])
        suppress(tx, *(
            ConsentSaid(member_id=each, granted=granted, channel=channel, text_hash=text_hash)
            for each in said
        ))  # fmt: skip
    write_line(
        tx, member_id, purpose, granted=granted, text_hash=text_hash, channel=channel, at=tx.now
    )


def write_line(
    tx: Transaction, member_id: int, purpose: str, *, granted: bool, text_hash: str,
    channel: str, at: datetime,
) -> None:  # fmt: skip
    """The line alone, as it was said then."""
    tx.add(
        tables.consent, member_id=member_id, purpose=purpose, granted=granted,
        text_hash=text_hash, channel=channel, actor=f"member:{member_id}", at=at,
    )  # fmt: skip


def set_consent(tx: Transaction, request: Request[SetConsent]) -> None:
    """Her switch on the phone page."""
    command = request.command
    if command.purpose != MARKETING or len(command.text_hash) > _MAX_HASH:
        raise Refusal(Code.COMMAND_INVALID, field="purpose")
    member_id = request.actor.id
    with tallies.followed(tx, [] if command.granted else [member_id]):
        record(tx, member_id, MARKETING, granted=command.granted, text_hash=command.text_hash)
    tx.change(tables.member, member_id, marketing=command.granted)


def set_weekly_cap(tx: Transaction, request: Request[SetWeeklyCap]) -> None:
    """How many notices a week she wants."""
    if request.command.cap not in WEEKLY_CAPS:
        raise Refusal(Code.COMMAND_INVALID, field="cap")
    suppress(tx, CapChosen(member_id=request.actor.id, cap=request.command.cap))
    tx.change(tables.member, request.actor.id, weekly_cap=request.command.cap)
