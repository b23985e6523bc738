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
    write_lines(tx, purpose, [(
        ConsentSaid(member_id=member_id, granted=granted, channel=channel, text_hash=text_hash),
        tx.now,
    )])  # fmt: skip


def write_lines(
    tx: Transaction, purpose: str, said: Sequence[tuple[ConsentSaid, datetime]]
) -> None:
    """The lines alone, each as it was said at its time."""
    ids = tx.new_ids(tables.consent, len(said))
    tx.insert(tables.consent, [
        {"id": row_id, "member_id": fact.member_id, "purpose": purpose, "granted": fact.granted,
         "text_hash": fact.text_hash, "channel": fact.channel, "actor": f"member:{fact.member_id}",
         "at": at}
        for row_id, (fact, at) in zip(ids, said, strict=True)
    ])  # fmt: skip


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
    """How many notices a week she wants, whoever was merged into her."""
    if request.command.cap not in WEEKLY_CAPS:
        raise Refusal(Code.COMMAND_INVALID, field="cap")
    suppress(tx, *(
        CapChosen(member_id=each, cap=request.command.cap)
        for each in tallies.taken_in(tx, [request.actor.id])
    ))  # fmt: skip
    tx.change(tables.member, request.actor.id, weekly_cap=request.command.cap)
