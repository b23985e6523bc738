"""Who is in a segment, asked of the relay: a console's copy lacks recipients of long ago."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from aiohttp import web
from sqlalchemy import Connection, select

from console.domain.segment_parsing import parse
from console.domain.segments import Fault, Rule, Saved, leaves
from console.relay.http_common import SERVICES, json_response, read_body, require_actor
from console.store import segment_query, tables
from console.wire.errors import Code, Refusal
from console.wire.segment_faults import refusal

MOST_NAMES = 500
_SCOPE = "campaigns"


class SegmentBody(msgspec.Struct, frozen=True, kw_only=True):
    """A rule with its saved segments written out; up to ``limit`` ids behind ``after``."""

    rule: Any
    after: int = 0
    limit: int = 0


async def segment(request: web.Request) -> web.Response:
    """``POST /api/staff/segment``: how many members a rule means, and who."""
    services = request.app[SERVICES]
    actor, _ = await require_actor(request, "staff")
    if not actor.holds(_SCOPE):
        raise Refusal(Code.COMMAND_DENIED)
    body = await read_body(request, SegmentBody)
    if not 0 <= body.limit <= MOST_NAMES or body.after < 0:
        raise Refusal(Code.COMMAND_INVALID)
    rule, now = _written_out(body.rule), services.core.clock.now()

    def ask(connection: Connection) -> dict[str, Any]:
        shop = tables.shop
        zone = ZoneInfo(connection.scalar(
            select(shop.c.timezone).where(shop.c.id == actor.shop_id)) or "UTC")  # fmt: skip
        return _asked(connection, rule, body, now.astimezone(zone).date(), zone)

    return json_response(await services.core.read(ask))


def _written_out(value: Any) -> Rule:
    try:
        rule = parse(value)
        if any(isinstance(leaf, Saved) for leaf in leaves(rule)):
            raise Fault("missing", "rule")
    except Fault as fault:
        raise refusal(fault) from fault
    return rule


def _asked(
    connection: Connection, rule: Rule, body: SegmentBody, today: date, zone: ZoneInfo
) -> dict[str, Any]:
    ids: list[int] = []
    if body.limit:
        page = segment_query.ids(rule, today, zone, body.after).limit(body.limit)
        ids = list(connection.scalars(page))
    return {"members": connection.scalar(segment_query.count(rule, today, zone)), "ids": ids}


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [web.post("/api/staff/segment", segment)]
