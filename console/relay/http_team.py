"""What an owner sets about her colleagues, and which consoles are signed in."""

from __future__ import annotations

import msgspec
from aiohttp import web

from console.relay.consoles import consoles
from console.relay.http_common import (
    SERVICES,
    check_origin,
    door_address,
    json_response,
    read_body,
    require_actor,
)
from console.wire import commands


class ActiveBody(msgspec.Struct, frozen=True, kw_only=True):
    """Shut a colleague out, or let her in again."""

    staff_id: int
    active: bool


class NewSecretBody(msgspec.Struct, frozen=True, kw_only=True):
    """Another password or PIN; one's own needs the ``current`` one."""

    staff_id: int
    secret: str
    current: str = ""


async def set_active(request: web.Request) -> web.Response:
    """``POST /api/staff/active``: the owner shuts a colleague out or lets her in again."""
    actor, _ = await require_actor(request, "staff")
    await check_origin(request, needed=False)
    body = await read_body(request, ActiveBody)
    command = commands.SetStaffActive(staff_id=body.staff_id, active=body.active)
    await request.app[SERVICES].core.call(actor, command)
    return json_response({})


async def set_secret(request: web.Request) -> web.Response:
    """``POST /api/staff/secret``: one's own, or (owner) a colleague's."""
    actor, _ = await require_actor(request, "staff")
    await check_origin(request, needed=False)
    body = await read_body(request, NewSecretBody)
    await request.app[SERVICES].accounts.change_secret(
        actor, body.staff_id, body.secret, body.current, door_address(request)
    )
    return json_response({})


async def devices(request: web.Request) -> web.Response:
    """``GET /api/staff/devices``: one's own consoles; an owner's answer has everybody's."""
    actor, _ = await require_actor(request, "staff")
    core = request.app[SERVICES].core
    whose = None if actor.role == "owner" else actor.id
    found = await core.read(lambda connection: consoles(connection, whose))
    connected = {session.actor.device_id for session in core.hub.sessions}
    now = core.clock.now()
    return json_response([
        {
            "device_id": each.id, "staff_id": each.staff_id, "staff_name": each.staff_name,
            "name": each.name, "created_at": each.created_at,
            # That it has connected is written a moment later.
            "seen_at": now if each.id in connected else each.seen_at,
            "connected": each.id in connected, "this": each.id == actor.device_id,
        }
        for each in found
    ])  # fmt: skip


async def here(request: web.Request) -> web.Response:
    """``GET /api/staff/here``: ids of colleagues who have a console connected just now."""
    await require_actor(request, "staff")
    sessions = request.app[SERVICES].core.hub.sessions
    staff = {session.actor.id for session in sessions if session.actor.kind == "staff"}
    return json_response(sorted(staff))


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [
        web.post("/api/staff/active", set_active),
        web.post("/api/staff/secret", set_secret),
        web.get("/api/staff/devices", devices),
        web.get("/api/staff/here", here),
    ]
