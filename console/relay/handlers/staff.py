"""Accounts, devices, pairing, invites, grants and who looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from console.domain.members import tidy_name
from console.relay.actor import Actor
from console.relay.handlers import grants
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.conversations import member_of_shop
from console.relay.handlers.settings import shop_of
from console.relay.tokens import PAIR_SECONDS, new_pair_code, new_token, token_hash
from console.store import feed, reading, scopes, tables
from console.store.suppression_facts import DeviceRevoked, ScopeGranted
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import (
    CreateDevice,
    CreateInvite,
    CreatePairCode,
    CreateStaff,
    ReportLook,
    RevokeDevice,
    SetGrant,
)
from console.wire.errors import Code, Refusal
from console.wire.rows import StaffRow

INVITE_KEPT = timedelta(days=30)
ROLES = frozenset({"owner", "clerk"})
LOOKS = frozenset({"open", "search", "reveal", "export"})
_MAX_REASON = 200


def _staff(tx: Transaction, staff_id: int) -> StaffRow:
    row: StaffRow | None = reading.one(tx.connection, tables.staff, tables.staff.c.id == staff_id)
    if row is None or not row.active:
        raise missing("staff_id")
    return row


def create_staff(tx: Transaction, request: Request[CreateStaff]) -> dict[str, int]:
    """An account with the scopes of its shop."""
    command = request.command
    name = tidy_name(command.display_name)
    if name is None:
        raise Refusal(Code.JOIN_NAME, field="display_name")
    if command.role not in ROLES:
        raise Refusal(Code.COMMAND_INVALID, field="role")
    shop_id = shop_of(tx, request.actor, command.shop_id)
    staff_id = tx.add(tables.staff, shop_id=shop_id, name=name, role=command.role, active=True)
    tx.insert(tables.account, [{"staff_id": staff_id, "secret_hash": command.secret_hash}])
    grants.give(tx, ("staff", staff_id), scopes.staff_scopes(shop_id, staff_id))
    asker = Actor(kind="staff", id=command.asked_by) if command.asked_by else request.actor
    write_line(tx, asker, "staff.create", staff_id, command.role)
    return {"staff_id": staff_id}


def create_device(tx: Transaction, request: Request[CreateDevice]) -> dict[str, int]:
    """A console after login or pairing; the same token again is the same device."""
    command = request.command
    staff = _staff(tx, command.staff_id)
    device = tables.device
    known = tx.connection.execute(
        select(device.c.id, device.c.staff_id).where(device.c.token_hash == command.token_hash)
    ).one_or_none()
    if known is not None:
        if known.staff_id != staff.id:
            raise Refusal(Code.CONFLICT, field="token_hash")
        return {"device_id": known.id}
    if command.pair_code_hash:
        _use_pair_code(tx, command)
    device_id = tx.add(
        device, kind="staff", staff_id=staff.id, name=command.device_name,
        token_hash=command.token_hash, created_at=tx.now,
    )  # fmt: skip
    write_line(tx, request.actor, "device.create", device_id)
    return {"device_id": device_id}


def _use_pair_code(tx: Transaction, command: CreateDevice) -> None:
    code = tables.pair_code
    row = tx.connection.execute(
        select(code).where(code.c.code_hash == command.pair_code_hash)
    ).one_or_none()
    valid = row is not None and row.used_at is None and row.expires_at > tx.now
    if row is None or not valid or row.staff_id != command.staff_id:
        raise Refusal(Code.PAIR_CODE, field="code")
    tx.change(code, row.id, used_at=tx.now)


def revoke_devices(tx: Transaction, device_ids: Sequence[int]) -> None:
    """Their tokens stop working and their sessions end, for good."""
    shut_out(tx, device_ids)
    suppress(tx, *(DeviceRevoked(device_id=device_id) for device_id in device_ids))


def shut_out(tx: Transaction, device_ids: Sequence[int]) -> None:
    """Their tokens stop working and their sessions end."""
    tx.update(tables.device, [{"id": device_id, "revoked_at": tx.now} for device_id in device_ids])
    tx.effects.revoked_devices.update(device_ids)


def revoke_device(tx: Transaction, request: Request[RevokeDevice]) -> None:
    """Staff revoke their own devices; an owner also those of others."""
    actor, device = request.actor, tables.device
    row = tx.connection.execute(
        select(device).where(device.c.id == request.command.device_id)
    ).one_or_none()
    own = row is not None and actor.kind == "staff" and row.staff_id == actor.id
    if row is None or not (own or actor.kind == "relay" or actor.role == "owner"):
        raise missing("device_id")
    if row.revoked_at is None:
        revoke_devices(tx, [row.id])
        write_line(tx, actor, "device.revoke", row.id)


def create_pair_code(tx: Transaction, request: Request[CreatePairCode]) -> dict[str, Any]:
    """A short code for one more console of the sender."""
    code = new_pair_code()
    tx.add(
        tables.pair_code, code_hash=token_hash(code), staff_id=request.actor.id,
        expires_at=tx.now + timedelta(seconds=PAIR_SECONDS),
    )  # fmt: skip
    write_line(tx, request.actor, "device.pair_code", request.actor.id)
    return {"code": code, "expires_s": PAIR_SECONDS}


def create_invite(tx: Transaction, request: Request[CreateInvite]) -> dict[str, Any]:
    """A personal link that confirms one member; of a guest it also confirms the number."""
    need_scope(request.actor, "members")
    member = member_of_shop(tx, request.command.member_id)
    token = new_token()
    tx.add(
        tables.invite, token_hash=token_hash(token), member_id=member.id,
        expires_at=tx.now + INVITE_KEPT,
    )  # fmt: skip
    write_line(tx, request.actor, "invite.create", member.id)
    return {"token": token, "expires_s": int(INVITE_KEPT.total_seconds())}


def set_grant(tx: Transaction, request: Request[SetGrant]) -> None:
    """Give a staff member a scope or take it."""
    command = request.command
    staff = _staff(tx, command.staff_id)
    if not _grantable(tx, command.scope, staff.id):
        raise Refusal(Code.COMMAND_INVALID, field="scope")
    step = grants.give if command.granted else grants.take
    step(tx, ("staff", staff.id), [command.scope])
    suppress(tx, ScopeGranted(staff_id=staff.id, scope=command.scope, granted=command.granted))
    what = "grant.give" if command.granted else "grant.take"
    write_line(tx, request.actor, what, staff.id, command.scope)


def _grantable(tx: Transaction, scope: str, staff_id: int) -> bool:
    """A staff scope that exists: nobody gets another one's drafts or a shop that is not."""
    kind = scopes.kind_of(scope)
    known = feed.known_scope(scope) and scopes.is_canonical(scope)
    if not known or kind not in scopes.STAFF_TABLES:
        return False
    if kind == "drafts":
        return scopes.key_of(scope) == staff_id
    if kind == "chats":
        shop_id = scopes.key_of(scope)
        return reading.one(tx.connection, tables.shop, tables.shop.c.id == shop_id) is not None
    return True


def report_look(tx: Transaction, request: Request[ReportLook]) -> None:
    """Who opened, searched, revealed or exported; revealing needs a reason."""
    command = request.command
    if command.what not in LOOKS:
        raise Refusal(Code.COMMAND_INVALID, field="what")
    reason = command.reason.strip()
    if len(reason) > _MAX_REASON or (command.what == "reveal" and not reason):
        raise Refusal(Code.COMMAND_INVALID, field="reason")
    write_line(tx, request.actor, f"access.{command.what}", command.member_id, reason)
