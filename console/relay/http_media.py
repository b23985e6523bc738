"""Media in and out: resumable uploads, and files for those who may see the message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import ClientError, web

from console.media.jobs import LONG_SIDES, VOICE_MIME, kind_of
from console.relay import lookups
from console.relay.actor import Actor
from console.relay.http_common import (
    SERVICES,
    json_response,
    knock,
    read_body,
    require_actor,
    require_writer,
)
from console.relay.lookups import MediumFact
from console.relay.media_intake import take_in
from console.relay.uploads import Owner, UploadPlan
from console.wire.errors import Code, Refusal

KEPT = "private, max-age=31536000, immutable"
"""A medium's bytes never change under its number; only the reader's own cache may keep them."""
SILENCE_S = 15.0
"""A line that brings nothing for so long is dead, and the client may go on by another."""
_PIECE_BYTES = 64 * 1024
_TYPES = ("image/", "audio/", "video/", "application/octet-stream")
_RETRY_AFTER_S = 1


class BeginBody(msgspec.Struct, frozen=True, kw_only=True):
    """What a client announces; what the file really is its bytes decide."""

    client_id: str
    size: int
    mime: str = ""
    sha256: str = ""


def _public(fact: MediumFact) -> dict[str, Any]:
    return {
        "id": fact.id, "mime": fact.mime, "width": fact.width, "height": fact.height,
        "size": fact.size, "blurhash": fact.blurhash, "duration_ms": fact.duration_ms,
        "waveform": fact.waveform,
    }  # fmt: skip


def _in_the_making(offset: int, progress: float) -> web.Response:
    """``202``: all bytes are here, the video is being made; ask again."""
    answer = json_response({"offset": offset, "progress": round(progress, 3)})
    answer.set_status(web.HTTPAccepted.status_code)
    answer.headers["Retry-After"] = str(_RETRY_AFTER_S)
    return answer


async def begin(request: web.Request) -> web.Response:
    """``POST /api/uploads``: announce an upload, or ask where to go on."""
    services = request.app[SERVICES]
    actor, _ = await require_writer(request)
    knock(services.doors.upload, str(actor.device_id))
    await _check_not_blocked(request, actor)
    body = await read_body(request, BeginBody)
    if body.mime and not body.mime.startswith(_TYPES):
        raise Refusal(Code.MEDIA_TYPE, field="mime")
    finished = await _finished(request, actor, body.client_id)
    if finished is not None:
        return json_response({"offset": body.size, "media": _public(finished)})
    making = services.films.progress(actor.kind, actor.id, body.client_id)
    if making is not None:
        return _in_the_making(body.size, making)
    plan = UploadPlan(
        body.client_id, actor.kind, actor.id, body.size, body.sha256, kind_of(body.mime)
    )
    stored = await services.core.read(
        lambda connection: lookups.stored_bytes(connection, actor.kind, actor.id)
    )
    return json_response({"offset": services.uploads.begin(plan, stored)})


async def _check_not_blocked(request: web.Request, actor: Actor) -> None:
    """Files of a blocked member are not taken; nobody would see them."""
    core = request.app[SERVICES].core
    if actor.kind == "member" and await core.read(
        lambda connection: lookups.is_blocked(connection, actor.id)
    ):
        raise Refusal(Code.MEMBER_BLOCKED)


async def _finished(request: web.Request, actor: Actor, client_id: str) -> MediumFact | None:
    """The medium this upload became already: its answer got lost and the client asks again."""
    fact = await request.app[SERVICES].core.read(
        lambda connection: lookups.medium_of_upload(connection, client_id)
    )
    if fact is None or (fact.owner_kind, fact.owner_id) not in _owners(actor, fact):
        return None
    return fact


def _owners(actor: Actor, fact: MediumFact) -> set[tuple[str, int]]:
    """As whose she may see an upload: her own; staff the pictures of the shop's quick replies."""
    own = (actor.kind, actor.id)
    return {own, ("shop", actor.shop_id)} if fact.internal and actor.kind == "staff" else {own}


async def offset(request: web.Request) -> web.Response:
    """``HEAD /api/uploads/<client_id>``: where to go on."""
    uploads = request.app[SERVICES].uploads
    actor, _ = await require_actor(request)
    plan = uploads.find(Owner(actor.kind, actor.id), request.match_info["client_id"])
    headers = {
        "Upload-Offset": str(uploads.offset(plan)),
        "Upload-Length": str(plan.size),
        "Cache-Control": "no-store",
    }
    return web.Response(headers=headers)


async def ask(request: web.Request) -> web.Response:
    """``GET /api/uploads/<client_id>``: how far it is, up to the finished medium."""
    services = request.app[SERVICES]
    actor, _ = await require_actor(request)
    knock(services.doors.upload, str(actor.device_id))
    client_id = request.match_info["client_id"]
    finished = await _finished(request, actor, client_id)
    if finished is not None:
        return json_response({"offset": finished.size, "media": _public(finished)})
    making = services.films.progress(actor.kind, actor.id, client_id)
    plan = services.uploads.find(Owner(actor.kind, actor.id), client_id)
    if making is not None:
        return _in_the_making(plan.size, making)
    return json_response({"offset": services.uploads.offset(plan)})


async def append(request: web.Request) -> web.Response:
    """``PATCH /api/uploads/<client_id>``: more bytes; the last ones make it a medium."""
    services = request.app[SERVICES]
    actor, _ = await require_writer(request)
    knock(services.doors.upload, str(actor.device_id))
    await _check_not_blocked(request, actor)
    client_id = request.match_info["client_id"]
    finished = await _finished(request, actor, client_id)
    if finished is not None:
        return json_response({"offset": finished.size, "media": _public(finished)})
    making = services.films.progress(actor.kind, actor.id, client_id)
    plan = services.uploads.find(Owner(actor.kind, actor.id), client_id)
    if making is not None:
        return _in_the_making(plan.size, making)
    with services.uploads.alone(plan):
        start = _offset_header(request)
        reached = await services.uploads.append(plan, start, _pieces(request))
        if reached < plan.size:
            return json_response({"offset": reached})
        if not await take_in(services, plan):
            return _in_the_making(plan.size, 0.0)
    whole = await _finished(request, actor, client_id)
    if whole is None:
        raise Refusal(Code.NOT_FOUND)
    return json_response({"offset": plan.size, "media": _public(whole)})


def _offset_header(request: web.Request) -> int:
    given = request.headers.get("Upload-Offset", "")
    if not given.isascii() or not given.isdigit() or len(given) > 12:
        raise Refusal(Code.COMMAND_INVALID, field="Upload-Offset")
    return int(given)


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    """The body as it comes; a line that breaks or falls silent ends it, what came counts."""
    try:
        while True:
            async with asyncio.timeout(SILENCE_S):
                piece = await request.content.read(_PIECE_BYTES)
            if not piece:
                return
            yield piece
    except (ClientError, ConnectionError, TimeoutError):
        return


async def show(request: web.Request) -> web.StreamResponse:
    """``GET /media/<id>/<long side>``: a rendition, for those who may see the message."""
    fact = await _visible(request)
    side = int(request.match_info["side"])
    if side not in LONG_SIDES or fact.mime == VOICE_MIME:
        raise Refusal(Code.NOT_FOUND)
    suffix = "webp" if wants_webp(request.headers.get("Accept", "")) else "jpg"
    kind = "image/webp" if suffix == "webp" else "image/jpeg"
    file = request.app[SERVICES].media.file(fact.sha256, side, suffix)
    return _file(file, kind, {"Vary": "Accept"})


async def play(request: web.Request) -> web.StreamResponse:
    """``GET /media/<id>/file``: a voice message or a video, in parts if wanted."""
    fact = await _visible(request)
    file = request.app[SERVICES].media.original(fact.sha256, fact.mime)
    if file is None:
        raise Refusal(Code.NOT_FOUND)
    return _file(file, fact.mime, {})


async def _visible(request: web.Request) -> MediumFact:
    """The medium asked for.  Raises ``not_found`` and ``media.gone``."""
    actor, _ = await require_actor(request)
    media_id = int(request.match_info["id"])
    fact = await request.app[SERVICES].core.read(
        lambda connection: lookups.medium(connection, media_id)
    )
    if fact is not None and fact.campaign_id is not None and actor.kind == "member":
        copy = await request.app[SERVICES].core.read(
            lambda connection: lookups.campaign_copy(connection, fact, actor.conversation_id)
        )
        if copy is None or f"chat/{actor.conversation_id}" not in actor.scopes:
            raise Refusal(Code.NOT_FOUND)
        if copy.recalled_at is not None:
            raise Refusal(Code.MEDIA_GONE)
    elif fact is None or not may_see(actor, fact):
        raise Refusal(Code.NOT_FOUND)
    if fact.erased_at is not None:
        raise Refusal(Code.MEDIA_GONE)
    return fact


def _file(file: Path, kind: str, more: dict[str, str]) -> web.FileResponse:
    if not file.exists():
        raise Refusal(Code.MEDIA_GONE)
    headers = {
        "Cache-Control": KEPT,
        "Content-Type": kind,
        "Content-Disposition": "inline",
        # Opened on its own, a picture may load nothing and run nothing.
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        **more,
    }
    return web.FileResponse(file, headers=headers)


def may_see(actor: Actor, fact: MediumFact) -> bool:
    """Whoever may see the conversation; before it is in one, only who uploaded it.

    What a quick reply or a message not yet sent carries is for staff; a quick reply of one's
    own is nobody else's, the shop's are everybody's who works there.
    """
    if fact.internal and actor.kind != "staff":
        return False
    if fact.conversation_id is None:
        return (fact.owner_kind, fact.owner_id) in _owners(actor, fact)
    return actor.may_chat(fact.conversation_id, fact.shop_id)


def wants_webp(accept: str) -> bool:
    """Programs say nothing or anything; a browser that knows WebP names it."""
    return "image/webp" in accept or accept.strip() in {"", "*/*"}


def routes() -> list[web.RouteDef]:
    """Everything here, by address."""
    return [
        web.post("/api/uploads", begin),
        web.head("/api/uploads/{client_id:[^/]{1,80}}", offset),
        web.get("/api/uploads/{client_id:[^/]{1,80}}", ask, allow_head=False),
        web.patch("/api/uploads/{client_id:[^/]{1,80}}", append),
        web.get("/media/{id:[0-9]{1,15}}/{side:[0-9]{1,5}}", show),
        web.get("/media/{id:[0-9]{1,15}}/file", play),
    ]
