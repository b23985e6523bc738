"""Commands about the feed itself (pruning, a new epoch, settled commands) and a recount."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, func, select

from console.relay.handlers import tallies
from console.relay.handlers.base import Request
from console.relay.internal import ConfirmCommands, MintEpoch, PruneFeed, RecountSums
from console.store import feed, tables
from console.store.unit_of_work import Transaction, mint_epoch, read_head


def prune(tx: Transaction, request: Request[PruneFeed]) -> dict[str, int]:
    """Move the horizon up to the newest commit that is old enough."""
    log = tables.commit_log
    before = tx.now - timedelta(seconds=request.command.keep_s)
    current = read_head(tx.connection).horizon
    reached = tx.connection.scalar(select(func.max(log.c.rev)).where(log.c.at < before)) or 0
    if reached > current:
        feed.forget_before(tx.connection, reached)
        tx.effects.horizon = reached
        tx.note_write()
    return {"horizon": max(reached, current)}


def new_epoch(tx: Transaction, request: Request[MintEpoch]) -> dict[str, str]:  # noqa: ARG001
    """Begin a new history."""
    tx.effects.epoch = mint_epoch(tx.connection)
    tx.note_write()
    return {"epoch": tx.effects.epoch}


def recount(tx: Transaction, request: Request[RecountSums]) -> dict[str, int]:  # noqa: ARG001
    """Bring all sums to what their facts say; those that are right stay as they are."""
    return {"mended": tallies.recount(tx)}


def confirm_commands(tx: Transaction, request: Request[ConfirmCommands]) -> None:
    """Forget the answers of settled commands."""
    command, device = request.command, tables.device
    known = tx.connection.scalar(select(device.c.confirmed).where(device.c.id == command.device_id))
    if known is not None and known < command.confirmed:
        settle_commands(tx, {command.device_id: command.confirmed})


def settle_commands(tx: Transaction, confirmed: dict[int, int]) -> None:
    """Per device: answers up to that number may go, and those numbers never come back."""
    command, device = tables.command, tables.device
    tx.connection.execute(
        command.delete().where(
            command.c.device_id == bindparam("device"), command.c.n <= bindparam("number")
        ),
        [{"device": device_id, "number": number} for device_id, number in confirmed.items()],
    )
    tx.update(device, [
        {"id": device_id, "confirmed": number} for device_id, number in confirmed.items()
    ])  # fmt: skip
    tx.effects.settled.update(confirmed)
