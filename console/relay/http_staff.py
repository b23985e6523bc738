"""What consoles ask: signing in, pairing, the first run, and stopping the relay."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from console.relay import lookups
from console.relay.accounts import SignedIn
from console.relay.actor import RELAY
from console.relay.http_common import (
    SERVICES,
    bearer_token,
    check_origin,
    door_address,
    json_response,
    knock,
    read_body,
    require_actor,
    require_secret,
)
from console.relay.internal import AddStarterReplies
from console.relay.services import Services
from console.wire import commands
from console.wire.errors import Code, Refusal
from console.wire.rows import ADDRESS_SETTING

MAX_NAME = 40
LOCAL_HEADER = "X-Hanger-Secret"
"""Carries the secret of ``relay.json`` where the body has none or another."""


class LoginBody(msgspec.Struct, frozen=True, kw_only=True):
    """``staff``: the id, or the name as it stands in the shop."""

    staff: int | str
    secret: str
    device_name: str = ""


class ProveBody(msgspec.Struct, frozen=True, kw_only=True):
    """The secret of whoever asks."""

    secret: str


class PairBody(msgspec.Struct, frozen=True, kw_only=True):
    """A code another console shows."""

    code: str
    device_name: str = ""


class LocalBody(msgspec.Struct, frozen=True, kw_only=True):
    """The bundled console: ``secret`` from ``relay.json``."""

    secret: str
    staff: int | None = None
    device_name: str = ""


class SetupBody(msgspec.Struct, frozen=True, kw_only=True):
    """The first run: the shop and its owner; ``secret`` is her new password or PIN."""

    shop_name: str
    owner_name: str
    secret: str
    opens: int = 600
    closes: int = 1290
    address: str = ""
    greeting: str | None = None
    device_name: str = ""
    language: str = ""
    """Of the first quick replies: ``zh`` or ``en``; "" as the shop's name is written."""


class StaffBody(msgspec.Struct, frozen=True, kw_only=True):
    """A new colleague, added by the owner."""

    name: str
    secret: str
    role: str = "clerk"


class SecretBody(msgspec.Struct, frozen=True, kw_only=True):
    """Proof of access to the data folder."""

    secret: str = ""


def _answer(signed_in: SignedIn) -> web.Response:
    return json_response(
        {
            "device_token": signed_in.device_token,
            "staff_id": signed_in.staff_id,
            "name": signed_in.name,
            "role": signed_in.role,
        }
    )


async def login(request: web.Request) -> web.Response:
    """``POST /api/staff/login``: with a password or PIN."""
    services = request.app[SERVICES]
    await check_origin(request, needed=False)
    address = door_address(request)
    knock(services.doors.sign_in, address)
    body = await read_body(request, LoginBody)
    return _answer(
        await services.accounts.login(body.staff, body.secret, body.device_name, address)
    )


async def prove(request: web.Request) -> web.Response:
    """``POST /api/staff/prove``: a locked console asks whether this is its person's secret."""
    services = request.app[SERVICES]
    actor, _ = await require_actor(request, "staff")
    await check_origin(request, needed=False)
    address = door_address(request)
    knock(services.doors.sign_in, address)
    body = await read_body(request, ProveBody)
    await services.accounts.prove(actor.id, body.secret, address)
    return json_response({"ok": True})


async def pair(request: web.Request) -> web.Response:
    """``POST /api/staff/pair``: with a code that another console shows."""
    services = request.app[SERVICES]
    await check_origin(request, needed=False)
    knock(services.doors.sign_in, door_address(request))
    body = await read_body(request, PairBody)
    return _answer(await services.accounts.pair(body.code, body.device_name))


async def local(request: web.Request) -> web.Response:
    """``POST /api/staff/local``: the bundled console signs in by itself."""
    body = await read_body(request, LocalBody)
    require_secret(request, body.secret)
    return _answer(await request.app[SERVICES].accounts.local(body.staff, body.device_name))


async def pair_code(request: web.Request) -> web.Response:
    """``POST /api/staff/pair_code``: a code for the owner's console, asked on the server."""
    body = await read_body(request, SecretBody)
    require_secret(request, body.secret)
    return json_response(await request.app[SERVICES].accounts.pair_code())


async def staff_list(request: web.Request) -> web.Response:
    """``GET /api/staff/list``: to choose who signs in."""
    if bearer_token(request) is None:
        require_secret(request, request.headers.get(LOCAL_HEADER, ""))
    else:
        await require_actor(request, "staff")
    people = await request.app[SERVICES].core.read(lookups.staff_list)
    return json_response(
        [{"staff_id": each.id, "name": each.name, "role": each.role} for each in people]
    )


async def add_staff(request: web.Request) -> web.Response:
    """``POST /api/staff``: the owner adds a colleague."""
    actor, _ = await require_actor(request, "staff")
    await check_origin(request, needed=False)
    if actor.role != "owner":
        raise Refusal(Code.COMMAND_DENIED)
    body = await read_body(request, StaffBody)
    if body.role not in {"owner", "clerk"}:
        raise Refusal(Code.COMMAND_INVALID, field="role")
    name = _clean_name(body.name, Code.JOIN_NAME, "name")
    staff_id = await request.app[SERVICES].accounts.add_staff(actor, name, body.role, body.secret)
    return json_response({"staff_id": staff_id})


async def setup(request: web.Request) -> web.Response:
    """``POST /api/setup``: the first run makes the shop and its owner, once."""
    services = request.app[SERVICES]
    body = await read_body(request, SetupBody)
    require_secret(request, request.headers.get(LOCAL_HEADER, ""))
    async with services.setting_up:
        if await services.core.read(lookups.staff_list):
            raise Refusal(Code.CONFLICT)
        return _answer(await _open_shop(services, body))


async def _open_shop(services: Services, body: SetupBody) -> SignedIn:
    shop_name = _clean_name(body.shop_name, Code.SHOP_NAME, "shop_name")
    owner_name = _clean_name(body.owner_name, Code.JOIN_NAME, "owner_name")
    _check_hours(body)
    # Hashed first: a weak password is refused before anything is written.
    secret_hash = await services.accounts.hash_secret(body.secret)
    await _write_shop(services, body, shop_name)
    owner = commands.CreateStaff(display_name=owner_name, role="owner", secret_hash=secret_hash)
    created = await services.core.call(RELAY, owner)
    return await services.accounts.local(int(created["staff_id"]), body.device_name)


async def _write_shop(services: Services, body: SetupBody, shop_name: str) -> None:
    await services.core.call(
        RELAY,
        commands.UpdateShop(
            display_name=shop_name, opens=body.opens, closes=body.closes, greeting=body.greeting
        ),
    )
    await services.core.call(RELAY, AddStarterReplies(language=body.language))
    if body.address:
        address = commands.SetSetting(
            key=ADDRESS_SETTING, value=body.address.rstrip("/"), public=True
        )
        await services.core.call(RELAY, address)


def _check_hours(body: SetupBody) -> None:
    for field, minute in (("opens", body.opens), ("closes", body.closes)):
        if not 0 <= minute <= 24 * 60:
            raise Refusal(Code.COMMAND_INVALID, field=field)
    parts = urlsplit(body.address)
    if body.address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise Refusal(Code.COMMAND_INVALID, field="address")


def _clean_name(name: str, code: Code, field: str) -> str:
    """Without spaces around; raises ``code`` when nothing (or too much) is left."""
    clean = " ".join(name.split())
    if not 0 < len(clean) <= MAX_NAME:
        raise Refusal(code, {"characters": MAX_NAME}, field)
    return clean


async def stop(request: web.Request) -> web.Response:
    """``POST /api/stop``: end in good order, after this answer."""
    body = await read_body(request, SecretBody)
    require_secret(request, body.secret)
    request.app[SERVICES].stopping.set()
    return json_response({"ok": True})


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [
        web.post("/api/staff/login", login),
        web.post("/api/staff/prove", prove),
        web.post("/api/staff/pair", pair),
        web.post("/api/staff/local", local),
        web.post("/api/staff/pair_code", pair_code),
        web.get("/api/staff/list", staff_list),
        web.post("/api/staff", add_staff),
        web.post("/api/setup", setup),
        web.post("/api/stop", stop),
    ]
