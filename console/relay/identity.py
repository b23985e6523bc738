"""Who speaks through a device: read from the database, never from what she says.

Queries only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from console.relay.actor import Actor
from console.store import tables
from console.store.dialect import listed, one_of_named
from console.store.unit_of_work import Reader


@dataclass(frozen=True, slots=True)
class Identity:
    """A device that is not revoked, and the actor it stands for."""

    actor: Actor
    confirmed: int
    """Commands of this device up to this number are settled and forgotten."""


def by_devices(connection: Connection, device_ids: Sequence[int]) -> dict[int, Identity]:
    """Identities of those devices that exist and are not revoked."""
    name = connection.dialect.name
    return _load(connection, _devices_query(name), devices=listed(name, device_ids))


def by_token(connection: Connection, token_hash: str) -> Identity | None:
    """The identity whose device has this token, unless revoked."""
    found = _load(connection, _TOKEN_QUERY, token=token_hash)
    return next(iter(found.values()), None)


def _query(which: ColumnElement[bool]) -> Select[Any]:
    device, staff, member = tables.device, tables.staff, tables.member
    conversation = tables.conversation
    return (
        select(
            device.c.id, device.c.kind, device.c.staff_id, device.c.member_id, device.c.confirmed,
            staff.c.role, staff.c.active, staff.c.shop_id.label("staff_shop"),
            staff.c.name.label("staff_name"), member.c.shop_id.label("member_shop"),
            member.c.name.label("member_name"), conversation.c.id.label("conversation_id"),
        )
        .outerjoin(staff, staff.c.id == device.c.staff_id)
        .outerjoin(member, member.c.id == device.c.member_id)
        .outerjoin(conversation, conversation.c.member_id == device.c.member_id)
        .where(which, device.c.revoked_at.is_(None))
    )  # fmt: skip


_TOKEN_QUERY = _query(tables.device.c.token_hash == bindparam("token"))


@cache
def _devices_query(dialect_name: str) -> Select[Any]:
    return _query(one_of_named(dialect_name, tables.device.c.id, "devices"))


def _load(connection: Connection, query: Select[Any], **which: Any) -> dict[int, Identity]:
    found = connection.execute(query, which)
    rows = [row for row in found if row.kind != "staff" or row.active]
    granted = grants_of(connection, [_reader(row) for row in rows])
    return {row.id: _identity(row, granted.get(_reader(row), ())) for row in rows}


def _reader(row: Any) -> Reader:
    return (row.kind, row.staff_id if row.kind == "staff" else row.member_id)


def _identity(row: Any, scopes: tuple[str, ...]) -> Identity:
    is_staff = row.kind == "staff"
    actor = Actor(
        kind=row.kind,
        id=row.staff_id if is_staff else row.member_id,
        device_id=row.id,
        role=row.role if is_staff else "",
        shop_id=row.staff_shop if is_staff else row.member_shop,
        conversation_id=0 if is_staff else row.conversation_id or 0,
        name=row.staff_name if is_staff else row.member_name,
        scopes=scopes,
    )
    return Identity(actor=actor, confirmed=row.confirmed)


@cache
def _grants_query(dialect_name: str) -> Select[Any]:
    grant = tables.grant
    return (
        select(grant.c.reader_id, grant.c.scope)
        .where(
            grant.c.reader_kind == bindparam("kind"),
            one_of_named(dialect_name, grant.c.reader_id, "readers"),
            grant.c.revoked_at.is_(None),
        )
        .order_by(grant.c.id)
    )


def grants_of(connection: Connection, readers: Sequence[Reader]) -> dict[Reader, tuple[str, ...]]:
    """Scopes granted to each reader, most useful (first granted) first."""
    name = connection.dialect.name
    found: dict[Reader, list[str]] = {}
    for kind in ("staff", "member"):
        ids = {reader_id for reader_kind, reader_id in readers if reader_kind == kind}
        if not ids:
            continue
        which = {"kind": kind, "readers": listed(name, ids)}
        for reader_id, scope in connection.execute(_grants_query(name), which):
            found.setdefault((kind, reader_id), []).append(scope)
    return {reader: tuple(names) for reader, names in found.items()}
