"""What every http handler of the relay shares: who asks, from where, and how it is answered."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from console.relay import lookups
from console.relay.actor import Actor
from console.relay.decoding import MAX_NUMBER
from console.relay.services import Services
from console.relay.throttle import Rate, address_group
from console.relay.tokens import token_hash
from console.wire.errors import Code, Refusal

SERVICES: web.AppKey[Services] = web.AppKey("services", Services)
COOKIE = "hanger_member"
COOKIE_S = 400 * 24 * 3600
"""The longest life that browsers allow a cookie."""
FORWARDING = (
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via",
    "CF-Connecting-IP",
)  # fmt: skip
"""Headers by which a proxy shows that somebody else asks through it."""
JSON_BYTES = 64 * 1024
"""Largest JSON body taken in."""
BODY_PATIENCE_S = 15.0
STATUS: dict[Code, int] = {
    Code.NOT_FOUND: 404,
    Code.MEDIA_GONE: 410,
    Code.CONFLICT: 409,
    Code.UPLOAD_OFFSET: 409,
    Code.UPLOAD_TOO_LARGE: 413,
    Code.FRAME_TOO_LARGE: 413,
    Code.MEDIA_TYPE: 415,
    Code.SESSION_TICKET: 401,
    Code.SESSION_REVOKED: 401,
    Code.LOGIN_WRONG: 401,
    Code.SESSION_ORIGIN: 403,
    Code.COMMAND_DENIED: 403,
    Code.SCOPE_DENIED: 403,
    Code.RATE: 429,
    Code.LOGIN_LOCKED: 429,
    Code.SESSION_TOO_MANY: 429,
    Code.BUSY: 503,
    Code.COMMAND_FAILED: 500,
    Code.SESSION_PROTOCOL: 426,
}
"""Http status by code; all others are 400."""

Body = TypeVar("Body")


def json_response(
    value: Any, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """``value`` as JSON that nobody keeps."""
    return web.Response(
        body=msgspec.json.encode(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def refusal_response(refusal: Refusal) -> web.Response:
    """The one form of every refusal."""
    headers = {}
    if "seconds" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["seconds"])
    value = {
        "code": refusal.code.value, "parameters": refusal.parameters, "field": refusal.field,
    }  # fmt: skip
    return json_response(value, STATUS.get(refusal.code, 400), headers)


async def read_body(request: web.Request, kind: type[Body]) -> Body:
    """The JSON body as ``kind``.  Raises ``frame.too_large``, ``command.invalid``."""
    if (request.content_length or 0) > JSON_BYTES:
        raise Refusal(Code.FRAME_TOO_LARGE)
    try:
        async with asyncio.timeout(BODY_PATIENCE_S):
            raw = await request.read()
    except TimeoutError as error:
        raise Refusal(Code.FRAME_MALFORMED) from error
    except web.HTTPRequestEntityTooLarge as error:
        raise Refusal(Code.FRAME_TOO_LARGE) from error
    except web.RequestPayloadError as error:
        raise Refusal(Code.FRAME_MALFORMED) from error
    try:
        body = msgspec.json.decode(raw or b"{}", type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(Code.COMMAND_INVALID, field=_field_at_fault(error)) from error
    _check_numbers(body)
    return body


def _check_numbers(body: Any) -> None:
    """JSON has numbers of any length, the database has not.  Raises ``command.invalid``."""
    for name in body.__struct_fields__:
        value = getattr(body, name)
        if type(value) is int and abs(value) > MAX_NUMBER:
            raise Refusal(Code.COMMAND_INVALID, field=name)


def _field_at_fault(error: Exception) -> str | None:
    """``$.phone`` in msgspec's words becomes ``phone``."""
    place = str(error).rpartition("$.")[2] if "$." in str(error) else ""
    return place.rstrip("`").partition("[")[0] or None


# --- where a request comes from --------------------------------------------------------------


def client_address(request: web.Request) -> str:
    """The sender's address; a proxy's word counts only when the settings trust that proxy."""
    peer = request.remote or ""
    trusted = request.app[SERVICES].config.trusted_proxies
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if peer not in trusted or not hop.strip():
            break
        peer = hop.strip()
    return peer


def rate_address(request: web.Request) -> str:
    """Under what an address is counted; "" is this computer, which is not counted."""
    address = client_address(request)
    try:
        return "" if ipaddress.ip_address(address).is_loopback else address_group(address)
    except ValueError:
        return address


def is_local(request: web.Request) -> bool:
    """Whether a program on this computer asks, and no proxy for somebody else."""
    forwarded = any(name in request.headers for name in FORWARDING)
    return not forwarded and rate_address(request) == ""


def door_address(request: web.Request) -> str:
    """Under what an address is counted where strangers knock.

    All who come through an untrusted tunnel on this computer are counted together: it says
    who they are, but anybody may say that.
    """
    return rate_address(request) or ("" if is_local(request) else "tunnel")


def own_scheme(request: web.Request) -> str:
    """``https`` when the request came in by it, here or at a trusted proxy."""
    forwarded = request.headers.get("X-Forwarded-Proto", "")
    trusted = request.remote in request.app[SERVICES].config.trusted_proxies
    if trusted and forwarded in {"http", "https"}:
        return forwarded
    return request.scheme


async def allowed_origin(request: web.Request) -> bool:
    """Whether ``Origin`` is exactly the address asked for, or one the shop has set."""
    origin = request.headers.get("Origin", "")
    config = request.app[SERVICES].config
    if origin == f"{own_scheme(request)}://{request.host}":
        return True
    if origin in {config.public_url, *config.origins}:
        return True
    return origin != "" and origin == await request.app[SERVICES].core.read(lookups.public_address)


async def check_origin(request: web.Request, *, needed: bool) -> None:
    """Refuse a request from another site's page; ``needed``: also one that does not say."""
    if "Origin" not in request.headers:
        if needed:
            raise Refusal(Code.SESSION_ORIGIN)
        return
    if not await allowed_origin(request):
        raise Refusal(Code.SESSION_ORIGIN)


def knock(rate: Rate, key: str) -> None:
    """Count a request of ``key``; raises ``rate``.  This computer's own ("") are not counted."""
    wait_s = rate.take(key) if key else 0.0
    if wait_s > 0:
        raise Refusal(Code.RATE, {"seconds": max(1, round(wait_s))})


# --- who asks ---------------------------------------------------------------------------------


def member_token(request: web.Request) -> str | None:
    """The member's cookie."""
    return request.cookies.get(COOKIE) or None


def bearer_token(request: web.Request) -> str | None:
    """The staff device's token."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if kind.lower() == "bearer" else None


async def find_actor(request: web.Request) -> tuple[Actor, str] | None:
    """Who asks, and the hash of her token; ``None`` when nobody known does."""
    core = request.app[SERVICES].core
    for token, kind in ((bearer_token(request), "staff"), (member_token(request), "member")):
        if token:
            hashed = token_hash(token)
            actor = await core.actor_of_token(hashed)
            return (actor, hashed) if actor is not None and actor.kind == kind else None
    return None


async def require_actor(request: web.Request, kind: str = "") -> tuple[Actor, str]:
    """Who asks; raises ``session.revoked`` when nobody known (or no ``kind``) does."""
    found = await find_actor(request)
    if found is None or (kind and found[0].kind != kind):
        raise Refusal(Code.SESSION_REVOKED)
    return found


async def require_writer(request: web.Request) -> tuple[Actor, str]:
    """Who asks for a change; a browser's cookie counts only from our own page."""
    found = await require_actor(request)
    await check_origin(request, needed=found[0].kind == "member")
    return found


def require_secret(request: web.Request, secret: str) -> None:
    """Only a program on this computer that can read the data folder goes on."""
    expected = request.app[SERVICES].secret
    same = hmac.compare_digest(secret.encode("utf-8", "replace"), expected.encode())
    if not same or not is_local(request) or "Origin" in request.headers:
        raise Refusal(Code.COMMAND_DENIED)
