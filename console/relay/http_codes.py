"""A member's code for the counter: her phone asks for it, a console asks whose it is."""

from __future__ import annotations

import msgspec
from aiohttp import web

from console.relay import lookups, member_codes
from console.relay.handlers.base import need_scope
from console.relay.http_common import (
    SERVICES,
    json_response,
    knock,
    read_body,
    require_actor,
    require_writer,
)
from console.wire.errors import Code, Refusal


class CodeBody(msgspec.Struct, frozen=True, kw_only=True):
    """What was scanned."""

    code: str


async def own(request: web.Request) -> web.Response:
    """``POST /api/code``: a fresh code of hers, and how it is drawn."""
    services = request.app[SERVICES]
    actor, _ = await require_writer(request)
    if actor.kind != "member":
        raise Refusal(Code.COMMAND_DENIED)
    knock(services.doors.ticket, str(actor.device_id))
    now = services.core.clock.now()
    code = member_codes.make(services.join_key, actor.shop_id, actor.id, now)
    side, path = member_codes.drawn(code)
    seconds = int(member_codes.GOOD_FOR.total_seconds())
    return json_response({"code": code, "side": side, "path": path, "expires_s": seconds})


async def whose(request: web.Request) -> web.Response:
    """``POST /api/staff/code``: the member a code is of.  Raises ``code.unknown``, ``.expired``."""
    services = request.app[SERVICES]
    actor, _ = await require_actor(request, "staff")
    need_scope(actor, "trade")
    body = await read_body(request, CodeBody)
    now = services.core.clock.now()
    member_id = member_codes.member_of(services.join_key, actor.shop_id, body.code, now)
    found = await services.core.read(lambda each: lookups.heir_of(each, member_id))
    if found is None:
        raise Refusal(Code.CODE_UNKNOWN)
    return json_response({"member_id": found})


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [web.post("/api/code", own), web.post("/api/staff/code", whose)]
