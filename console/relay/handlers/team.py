"""Colleagues: who may still sign in, with what, and when a console was last there."""

from __future__ import annotations

from sqlalchemy import func, select

from console.relay.actor import Actor
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing
from console.relay.handlers.staff import revoke_devices
from console.relay.internal import SeeDevice
from console.store import reading, tables
from console.store.suppression_facts import StaffActiveSet
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import SetStaffActive, SetStaffSecret
from console.wire.errors import Code, Refusal
from console.wire.rows import StaffRow


def set_active(tx: Transaction, request: Request[SetStaffActive]) -> None:
    """Let a colleague in again, or shut her out: her consoles stop working at once."""
    staff = _person(tx, request.command.staff_id)
    active = request.command.active
    if staff.active == active:
        return
    if not active and staff.role == "owner" and active_owners(tx) == 1:
        raise Refusal(Code.STAFF_LAST_OWNER, field="staff_id")
    tx.change(tables.staff, staff.id, active=active)
    suppress(tx, StaffActiveSet(staff_id=staff.id, active=active))
    if not active:
        revoke_devices(tx, _devices_of(tx, staff.id))
    what = "staff.activate" if active else "staff.deactivate"
    write_line(tx, request.actor, what, staff.id)


def set_secret(tx: Transaction, request: Request[SetStaffSecret]) -> None:
    """Another password or PIN; consoles that are signed in stay so."""
    command, account = request.command, tables.account
    staff = _person(tx, command.staff_id)
    tx.connection.execute(
        account.update()
        .where(account.c.staff_id == staff.id)
        .values(secret_hash=command.secret_hash)
    )
    tx.note_write()
    asker = Actor(kind="staff", id=command.asked_by) if command.asked_by else request.actor
    write_line(tx, asker, "staff.secret", staff.id)


def see_device(tx: Transaction, request: Request[SeeDevice]) -> None:
    """A console was there just now."""
    tx.change(tables.device, request.command.device_id, seen_at=tx.now)


def _person(tx: Transaction, staff_id: int) -> StaffRow:
    row: StaffRow | None = reading.one(tx.connection, tables.staff, tables.staff.c.id == staff_id)
    if row is None:
        raise missing("staff_id")
    return row


def active_owners(tx: Transaction) -> int:
    """How many may run the shop."""
    staff = tables.staff
    query = select(func.count()).where(staff.c.role == "owner", staff.c.active)
    return int(tx.connection.scalar(query) or 0)


def _devices_of(tx: Transaction, staff_id: int) -> list[int]:
    device = tables.device
    query = select(device.c.id).where(device.c.staff_id == staff_id, device.c.revoked_at.is_(None))
    return list(tx.connection.scalars(query))
