"""What members' phones ask: joining, leaving, tickets, and older messages (staff too)."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from console.relay import free_fittings, lookups, shown
from console.relay.actor import RELAY
from console.relay.http_common import (
    COOKIE,
    COOKIE_S,
    SERVICES,
    check_origin,
    door_address,
    find_actor,
    json_response,
    knock,
    own_scheme,
    read_body,
    require_actor,
    require_writer,
)
from console.relay.services import Services, TicketHolder
from console.relay.tickets import TICKET_S
from console.relay.tokens import derived_token, new_token, token_hash
from console.wire import commands
from console.wire.errors import Code, Refusal

MAX_MESSAGES = 200
MIN_ATTEMPT, MAX_ATTEMPT = 32, 64
"""Characters of an attempt's name: nobody may guess one."""


class JoinBody(msgspec.Struct, frozen=True, kw_only=True):
    """What a phone sends to join.  ``privacy`` must be true; ``marketing`` is a choice.

    ``attempt``: random, the phone's own; the same body again, after an answer that got lost,
    is the same phone and not one more.
    """

    phone: str
    name: str
    birthday: str = ""
    privacy: bool = False
    marketing: bool = False
    privacy_hash: str = ""
    marketing_hash: str = ""
    invite: str = ""
    attempt: str = ""


async def join(request: web.Request) -> web.Response:
    """``POST /api/join``: a new device of a member (or guest), known by its cookie."""
    services = request.app[SERVICES]
    await check_origin(request, needed=True)
    knock(services.doors.join, door_address(request))
    body = await read_body(request, JoinBody)
    texts = services.texts
    if not body.privacy or body.privacy_hash != texts.privacy.hash:
        raise Refusal(Code.JOIN_CONSENT, field="privacy")
    if body.marketing and body.marketing_hash != texts.marketing.hash:
        raise Refusal(Code.JOIN_CONSENT, field="marketing")
    token = _token(services.join_key, body)
    result = await _call(
        services,
        commands.JoinMember(
            phone=body.phone,
            display_name=body.name,
            birthday=body.birthday,
            marketing=body.marketing,
            privacy_hash=body.privacy_hash,
            marketing_hash=body.marketing_hash if body.marketing else "",
            invite=body.invite,
            token_hash=token_hash(token),
            device_name=_device_name(request),
        ),
    )
    answer = {name: result[name] for name in ("member_id", "conversation_id", "state")}
    response = json_response(answer)
    set_cookie(request, response, token)
    return response


def _token(key: bytes, body: JoinBody) -> str:
    """A fresh token, or that of this very attempt.  Raises ``command.invalid``."""
    if not body.attempt:
        return new_token()
    if not MIN_ATTEMPT <= len(body.attempt) <= MAX_ATTEMPT:
        raise Refusal(Code.COMMAND_INVALID, field="attempt")
    return derived_token(key, msgspec.json.encode(body))


def _device_name(request: web.Request) -> str:
    """What the phone calls itself; bytes that are no text become question marks."""
    said = request.headers.get("User-Agent", "")[:80]
    return said.encode("utf-8", "replace").decode().replace("\0", "")


async def _call(services: Services, command: commands.JoinMember) -> Any:
    """Join; a refusal names the field as the phone page knows it."""
    try:
        return await services.core.call(RELAY, command)
    except Refusal as refusal:
        if refusal.field == "display_name":
            refusal.field = "name"
        raise


def set_cookie(request: web.Request, response: web.Response, token: str) -> None:
    """The member's token, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_S,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=own_scheme(request) == "https",
    )


async def me(request: web.Request) -> web.Response:
    """``GET /api/me``: whether this phone has joined, and as whom."""
    found = await find_actor(request)
    if found is None or found[0].kind != "member":
        return json_response({"joined": False})
    actor = found[0]
    fact = await request.app[SERVICES].core.read(
        lambda connection: lookups.member_state(connection, actor.id)
    )
    if fact is None:
        return json_response({"joined": False})
    state, name = fact
    return json_response(
        {
            "joined": True,
            "member_id": actor.id,
            "state": state,
            "name": name,
            "conversation_id": actor.conversation_id,
        }
    )


async def leave(request: web.Request) -> web.Response:
    """``POST /api/leave``: this phone is forgotten, the member stays."""
    await check_origin(request, needed=True)
    found = await find_actor(request)
    if found is not None and found[0].kind == "member":
        revoke = commands.RevokeDevice(device_id=found[0].device_id)
        await request.app[SERVICES].core.call(RELAY, revoke)
    response = json_response({})
    response.del_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return response


async def ticket(request: web.Request) -> web.Response:
    """``POST /api/ticket`` and ``/api/staff/ticket``: opens one websocket within 30 s."""
    services = request.app[SERVICES]
    actor, hashed = await require_writer(request)
    wanted = "staff" if request.path.startswith("/api/staff/") else "member"
    if actor.kind != wanted:
        raise Refusal(Code.SESSION_REVOKED)
    knock(services.doors.ticket, str(actor.device_id))
    issued = services.tickets.issue(TicketHolder(actor.kind, actor.device_id, hashed))
    return json_response({"ticket": issued, "expires_s": TICKET_S})


async def messages(request: web.Request) -> web.Response:
    """``GET /api/messages``: what lies before the part that is synced, or one message of it."""
    core = request.app[SERVICES].core
    actor, _ = await require_actor(request)
    conversation_id = _number(request, "conversation", 0)
    before = _number(request, "before_seq", 2**53)
    limit = min(max(_number(request, "limit", 50), 1), MAX_MESSAGES)
    shop_id = await core.read(lambda each: lookups.conversation_shop(each, conversation_id))
    if shop_id is None or not actor.may_chat(conversation_id, shop_id):
        raise Refusal(Code.NOT_FOUND)
    if "id" in request.query:
        wanted = _number(request, "id", 0)
        found = await core.read(
            lambda each: lookups.message_in(each, conversation_id, wanted, actor.audience)
        )
        return json_response({"rows": found, "has_older": True})
    rows, has_older = await core.read(
        lambda each: lookups.messages_before(each, conversation_id, before, limit, actor.audience)
    )
    return json_response({"rows": rows, "has_older": has_older})


async def choices(request: web.Request) -> web.Response:
    """``GET /api/choices``: in what she may ask for the article that a photo shows.

    Asked at the moment of the tap: a message of a campaign does not grow by what is in stock.
    """
    core = request.app[SERVICES].core
    actor, _ = await require_actor(request, "member")
    message_id, media_id = _number(request, "message", 0), _number(request, "media", 0)
    if await core.read(lambda each: lookups.is_blocked(each, actor.id)):
        raise Refusal(Code.MEMBER_BLOCKED)
    found = await core.read(lambda each: shown.choices(each, actor, message_id, media_id))
    return json_response({"choices": found})


async def free(request: web.Request) -> web.Response:
    """``GET /api/fittings``: when a fitting can still be booked."""
    core = request.app[SERVICES].core
    actor, _ = await require_actor(request, "member")
    if await core.read(lambda each: lookups.is_blocked(each, actor.id)):
        raise Refusal(Code.MEMBER_BLOCKED)
    now = core.clock.now()
    return json_response(
        await core.read(lambda each: free_fittings.free_days(each, actor.shop_id, now))
    )


async def waits(request: web.Request) -> web.Response:
    """``GET /api/waits``: her places in line, by ``client_id``, as they are now.

    They are in no row: whoever leaves would change those of all behind.
    """
    core = request.app[SERVICES].core
    actor, _ = await require_actor(request, "member")
    return json_response({"places": await core.read(lambda each: shown.places(each, actor))})


def _number(request: web.Request, name: str, default: int) -> int:
    """A whole number of the query.  Raises ``command.invalid``."""
    given = request.query.get(name, str(default))
    if not given.isascii() or not given.isdigit() or len(given) > 16:
        raise Refusal(Code.COMMAND_INVALID, field=name)
    return int(given)


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [
        web.post("/api/join", join),
        web.get("/api/me", me),
        web.post("/api/leave", leave),
        web.post("/api/ticket", ticket),
        web.post("/api/staff/ticket", ticket),
        web.get("/api/messages", messages),
        web.get("/api/choices", choices),
        web.get("/api/waits", waits),
        web.get("/api/fittings", free),
    ]
