"""The relay's aiohttp application: every address, and what holds for every answer."""

from __future__ import annotations

import functools
import logging
import uuid
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from console.log import get_logger
from console.relay import (
    http_codes,
    http_media,
    http_members,
    http_page,
    http_promise,
    http_segments,
    http_staff,
    http_status,
    http_team,
    socket,
)
from console.relay.http_common import (
    JSON_BYTES,
    SERVICES,
    own_scheme,
    refusal_response,
)
from console.relay.services import Services
from console.wire.errors import Code, Refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_CODES = {404: Code.NOT_FOUND, 413: Code.FRAME_TOO_LARGE}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_DOCUMENT_HEADERS = {
    # An invite's token stands in the page's address and must not travel on.
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(self), camera=(self)",
}
_TWO_YEARS_S = 63_072_000

_log = get_logger("http")


class _OurFault(logging.Filter):
    """Lets through what went wrong here, without saying at whose address.

    What is no HTTP was answered so; one line for each would let any stranger fill the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        kind = record.exc_info[0] if record.exc_info else None
        if kind is not None and issubclass(kind, HttpProcessingError):
            return False
        record.msg, record.args = "connection_failed", None
        return True


def server_log() -> logging.Logger:
    """Where aiohttp writes what happens to connections before a handler is found."""
    logger = logging.getLogger("hanger.connections")
    if not logger.filters:
        logger.addFilter(_OurFault())
    return logger


def build_app(services: Services) -> web.Application:
    """The application of one relay.

    No middlewares: each would keep two more coroutines alive for every open websocket.
    """
    app = web.Application(client_max_size=JSON_BYTES)
    app[SERVICES] = services
    for part in (
        http_codes,
        http_page,
        http_promise,
        http_members,
        http_segments,
        http_staff,
        http_team,
        http_media,
        http_status,
    ):
        for route in part.routes():
            app.router.add_route(route.method, route.path, guarded(route.handler))
    app.router.add_get("/ws", socket.open_socket)
    app.router.add_route("*", "/{rest:.*}", guarded(_nowhere))
    app.on_response_prepare.append(add_headers)
    return app


async def _nowhere(_request: web.Request) -> web.StreamResponse:
    """Every address and method there is none of."""
    raise Refusal(Code.NOT_FOUND)


def guarded(handler: Handler) -> Handler:
    """Every refusal in one form, and no traceback for anybody but the log."""

    @functools.wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            response = await handler(request)
        except Refusal as refusal:
            response = refusal_response(refusal)
        except web.HTTPException as error:
            response = refusal_response(Refusal(_CODES.get(error.status, Code.COMMAND_INVALID)))
            response.set_status(error.status)
        except (ConnectionError, TimeoutError):
            # The client went away half-way; nobody is left to be answered.
            raise
        except Exception as error:  # noqa: BLE001 - the last line: logged with a number, said plainly
            response = _unexpected(request, error)
        _count(request, response)
        return response

    return answer


def _unexpected(request: web.Request, error: Exception) -> web.Response:
    """What nobody foresaw: the place goes to the log, a number to the client."""
    number = uuid.uuid4().hex[:8]
    route = request.match_info.route.resource
    _log.error("request_failed", number=number, route=route.canonical if route else "",
               exc_info=error)  # fmt: skip
    return refusal_response(Refusal(Code.COMMAND_FAILED, {"number": number}))


def _count(request: web.Request, response: web.StreamResponse) -> None:
    request.app[SERVICES].metrics.count(
        "hanger_http_requests_total",
        "Requests answered, by class of status.",
        status=f"{response.status // 100}xx",
    )


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """What keeps a browser from doing anything else with our answers."""
    headers = response.headers
    headers["Server"] = "hanger"
    if response.status == 101:
        return
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if response.content_type == "text/html":
        headers.update(_DOCUMENT_HEADERS)
    if own_scheme(request) == "https":
        headers.setdefault("Strict-Transport-Security", f"max-age={_TWO_YEARS_S}")
