"""The promise of a reply: what the phone page says, and what staff see it would say."""

from __future__ import annotations

import time

from aiohttp import web
from sqlalchemy import Connection

from console.relay import lookups
from console.relay.http_common import SERVICES, json_response, require_actor
from console.relay.promise import MIN_SAMPLES, WINDOW, Promise, promise_of
from console.relay.services import Services
from console.store import opening
from console.wire.rows import PROMISE_SETTING

PROMISE_S = 300.0
"""How long a computed promise is shown before it is computed again."""


async def promised(services: Services) -> Promise:
    """Seconds until somebody usually answers, whether or not the owner wants it shown."""
    asked = time.monotonic()
    if services.promise_cache is not None and asked - services.promise_cache[0] < PROMISE_S:
        return services.promise_cache[1]
    now = services.core.clock.now()

    def compute(connection: Connection) -> Promise:
        return promise_of(lookups.recent_waits(connection, now - WINDOW), now)

    promise = await services.core.read(compute)
    services.promise_cache = (asked, promise)
    return promise


def is_shown(connection: Connection) -> bool:
    """Whether the owner wants the promise on the phone page; she does until she says no."""
    return opening.setting(connection, PROMISE_SETTING) is not False


async def promise(request: web.Request) -> web.Response:
    """``GET /api/staff/promise``: what the phone page would say, and how much it rests on."""
    services = request.app[SERVICES]
    await require_actor(request, "staff")
    found = await promised(services)
    return json_response(
        {"reply_s": found.seconds, "samples": found.samples, "needed": MIN_SAMPLES}
    )


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [web.get("/api/staff/promise", promise)]
