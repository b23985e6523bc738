"""The phone page and its files, and what it says before anybody has joined."""

from __future__ import annotations

import json
import re
from typing import Any

from aiohttp import web

from console import __version__, paths
from console.relay import lookups
from console.relay.http_common import SERVICES, json_response, own_scheme
from console.relay.http_promise import is_shown, promised
from console.relay.web_files import WebFile, content_type, inside

_RESOURCES = paths.resources()
_REVALIDATE = "no-cache"
_HOST = re.compile(r"[0-9A-Za-z.:_\[\]-]{1,255}")


def page_policy(request: web.Request) -> str:
    """The page's Content-Security-Policy: nothing but its own files and its own relay.

    ``'self'`` does not cover websockets in older Safari, so they are named.  In-app
    browsers open the page as a window of their own; framing it is refused.
    """
    # The sender's own word: anything but a name and a port could speak in the policy.
    host = request.host if _HOST.fullmatch(request.host) else "none.invalid"
    socket = f"wss://{host}" if own_scheme(request) == "https" else f"ws://{host} wss://{host}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; "
        f"connect-src 'self' {socket}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def file_response(request: web.Request, found: WebFile | None) -> web.Response:
    """A file of the page: asked again each time, sent again only when it changed."""
    if found is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": _REVALIDATE, "Vary": "Accept-Encoding"}
    tags = request.if_none_match or ()
    if any(tag.value == found.etag for tag in tags):
        response = web.Response(status=304, headers=headers)
        response.etag = found.etag
        return response
    body = found.body
    if found.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = found.packed, "gzip"
    charset = "; charset=utf-8" if found.packed is not None else ""
    headers["Content-Type"] = found.content_type + charset
    response = web.Response(body=body, headers=headers)
    response.etag = found.etag
    return response


async def page(request: web.Request) -> web.Response:
    """``GET /``: the phone page, whoever asks."""
    found = request.app[SERVICES].web_files.get(_RESOURCES / "web", "index.html")
    response = file_response(request, found)
    response.headers["Content-Security-Policy"] = page_policy(request)
    return response


async def static(request: web.Request) -> web.Response:
    """``GET /static/…``: files of ``resources/web``."""
    files = request.app[SERVICES].web_files
    return file_response(request, files.get(_RESOURCES / "web", request.match_info["name"]))


async def manifest(request: web.Request) -> web.Response:
    """``GET /manifest.webmanifest``: on the home screen the page bears the shop's name."""
    services = request.app[SERVICES]
    found = services.web_files.get(_RESOURCES / "web", "manifest.webmanifest")
    if found is None:
        raise web.HTTPNotFound
    told: dict[str, Any] = json.loads(found.body)
    fact = await services.core.read(lookups.shop)
    if fact is not None:
        told |= {"name": fact.name, "short_name": fact.name}
    headers = {"Cache-Control": _REVALIDATE}
    return web.json_response(told, headers=headers, content_type=found.content_type)


async def service_worker(request: web.Request) -> web.Response:
    """``GET /sw.js``: at the top, so that the whole page lies in its scope."""
    files = request.app[SERVICES].web_files
    response = file_response(request, files.get(_RESOURCES / "web", "sw.js"))
    # A service worker's own requests are held to the policy it came with.
    response.headers["Content-Security-Policy"] = page_policy(request)
    return response


async def text(request: web.Request) -> web.Response:
    """``GET /text/<name>.json``: keyed sentences."""
    files = request.app[SERVICES].web_files
    name = f"{request.match_info['name']}.json"
    return file_response(request, files.get(_RESOURCES / "text", name))


async def artwork(request: web.Request) -> web.StreamResponse:
    """``GET /artwork/…``: pictures of products, the shop's own before those that come along."""
    name = request.match_info["name"]
    own = request.app[SERVICES].folder / "artwork"
    file = inside(own, name) or inside(_RESOURCES / "artwork", name)
    if file is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "public, max-age=86400", "Content-Type": content_type(file)}
    return web.FileResponse(file, headers=headers)


async def shop(request: web.Request) -> web.Response:
    """``GET /api/shop``: name, hours, the promise of a reply, and what one agrees to."""
    services = request.app[SERVICES]
    fact = await services.core.read(lookups.shop)
    if fact is None:
        raise web.HTTPNotFound
    now = services.core.clock.now()
    today = fact.hours.on(now)
    answer: dict[str, Any] = {
        "name": fact.name,
        "greeting": fact.greeting,
        "opens": today[0][0] if today else None,
        "closes": today[-1][1] if today else None,
        "today": today,
        "timezone": fact.hours.timezone,
        "open": fact.hours.is_open(now),
        "next_open": fact.hours.next_open(now),
        "privacy": services.texts.privacy.public(),
        "marketing": services.texts.marketing.public(),
        "version": __version__,
        "lang": preferred_language(request.headers.get("Accept-Language", "")),
    }
    promise = await promised(services)
    if promise.seconds is not None and await services.core.read(is_shown):
        answer["reply_s"] = promise.seconds
    return json_response(answer)


def preferred_language(accepted: str) -> str:
    """``zh`` unless the phone says it reads something else and no Chinese."""
    wanted = [entry.partition(";")[0].strip().lower() for entry in accepted.split(",")]
    languages = [entry[:2] for entry in wanted if entry and entry != "*"]
    return "en" if languages and "zh" not in languages else "zh"


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [
        web.get("/", page),
        web.get("/manifest.webmanifest", manifest),
        web.get("/sw.js", service_worker),
        web.get("/static/{name:.+}", static),
        web.get("/text/{name:[a-z]+\\.[a-z]+}.json", text),
        web.get("/artwork/{name:.+}", artwork),
        web.get("/api/shop", shop),
    ]
