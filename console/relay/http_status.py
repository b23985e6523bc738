"""Whether the relay is well: for the console, for monitoring, for the address test."""

from __future__ import annotations

from aiohttp import web

from console import __version__
from console.relay.http_common import SERVICES, is_local, json_response, require_actor
from console.relay.metrics import CONTENT_TYPE


async def health(request: web.Request) -> web.Response:
    """``GET /api/health``: also how long the writer took over its last commit.

    503 when nothing can be written any more.
    """
    core = request.app[SERVICES].core
    return json_response(
        {
            "ok": core.writes,
            "head": core.head,
            "epoch": core.epoch,
            "version": __version__,
            "writer_ms": round(core.writer_ms, 2),
        },
        status=200 if core.writes else 503,
    )


async def metrics(request: web.Request) -> web.Response:
    """``GET /metrics``: figures without names, from this computer or with a staff token."""
    if not is_local(request):
        await require_actor(request, "staff")
    services = request.app[SERVICES]
    text = services.metrics.render(services.core.metrics())
    return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [web.get("/api/health", health), web.get("/metrics", metrics)]
