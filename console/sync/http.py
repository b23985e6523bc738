"""The console's requests to the relay over http: tickets, older messages, media, accounts.

Knows addresses and answers of ``docs/protocol.md`` section 5.  A refusal comes out as
``Refusal`` with its code, no line as ``Offline``.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from aiohttp import ClientSession

_CONNECT_S: Final = 8
_WHOLE_S: Final = 30
_UPLOAD_S: Final = 120
_FILE_S: Final = 600
_SILENCE_S: Final = 30
"""A file may take long, but not stand still for longer than this."""


class Offline(Exception):  # noqa: N818 - a state, not an error
    """The relay cannot be reached just now."""


class HttpRefusal(Refusal):
    """A request the relay turned down.

    Attributes:
        status: the http status.
        text_code: the code as the relay sent it, also when this program does not know it.
    """

    def __init__(self, status: int, text_code: str, parameters: Mapping[str, Any],
                 field: str | None) -> None:  # fmt: skip
        known = Code(text_code) if text_code in set(Code) else Code.COMMAND_FAILED
        super().__init__(known, parameters, field)
        self.status = status
        self.text_code = text_code


class _ErrorBody(msgspec.Struct, frozen=True):
    code: str = ""
    parameters: dict[str, Any] = {}
    field: str | None = None


class RelayHttp:
    """Requests of one device (``token``) to one relay (``base`` without a trailing slash)."""

    def __init__(self, base: str, token: str = "") -> None:
        self.base = base.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._session: ClientSession | None = None

    async def close(self) -> None:
        """Close kept connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def websocket_url(self, ticket: str) -> str:
        """Address of the websocket for a ticket."""
        parts = urlsplit(self.base)
        scheme = "wss" if parts.scheme == "https" else "ws"
        return f"{scheme}://{parts.netloc}{parts.path}/ws?ticket={ticket}"

    async def ticket(self) -> str:
        """A single-use ticket for the websocket."""
        answer = await self.json("POST", "/api/staff/ticket")
        return str(answer["ticket"])

    async def older(self, conversation_id: int, before_seq: int, limit: int) -> list[Any]:
        """Rows of messages below ``before_seq``, as the wire has them."""
        query = f"conversation={conversation_id}&before_seq={before_seq}&limit={limit}"
        return list((await self.json("GET", f"/api/messages?{query}"))["rows"])

    async def media(self, media_id: int, long_side: int) -> bytes:
        """Bytes of a rendition.  Raises ``Refusal`` (404 not yours, 410 erased)."""
        return (await self.request("GET", f"/media/{media_id}/{long_side}"))[1]

    async def media_file(self, media_id: int) -> bytes:
        """Bytes of a voice message or video.  Raises ``Refusal`` as ``media`` does."""
        return (await self.request("GET", f"/media/{media_id}/file"))[1]

    async def json(self, method: str, path: str, body: Any = None) -> Any:
        """A JSON request and its decoded answer."""
        data = None if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"} if data is not None else {}
        _, answer = await self.request(method, path, data, headers)
        try:
            return msgspec.json.decode(answer) if answer else {}
        except msgspec.DecodeError as error:
            raise Offline("not a relay's answer") from error

    async def request(
        self,
        method: str,
        path: str,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[Mapping[str, str], bytes]:
        """One request; headers and body of its answer.  Raises ``Offline`` and ``Refusal``."""
        if "aiohttp" not in sys.modules:
            # A fifth of a second that the first window does not wait for.
            await asyncio.to_thread(importlib.import_module, "aiohttp")
        import aiohttp  # noqa: PLC0415

        whole, silence = (_UPLOAD_S if method == "PATCH" else _WHOLE_S), None
        if path.startswith("/media/") and path.endswith("/file"):
            whole, silence = _FILE_S, _SILENCE_S
        timeout = aiohttp.ClientTimeout(total=whole, connect=_CONNECT_S, sock_read=silence)
        if self._session is None:
            self._session = aiohttp.ClientSession(auto_decompress=True, trust_env=False)
        try:
            async with self._session.request(
                method, self.base + path, data=data, timeout=timeout,
                headers={**self._headers, **(headers or {})}, allow_redirects=False,
            ) as response:  # fmt: skip
                answer = await response.read()
                status, answered = response.status, response.headers
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Offline(type(error).__name__) from error
        if status >= 500:
            raise Offline(f"status {status}")
        if status >= 400:
            raise _refusal(status, answer)
        return answered, answer


def _refusal(status: int, answer: bytes) -> HttpRefusal:
    try:
        body = msgspec.json.decode(answer, type=_ErrorBody)
    except msgspec.DecodeError:
        body = _ErrorBody()
    code = body.code or {404: "not_found", 410: "media.gone", 429: "rate"}.get(status, "")
    return HttpRefusal(status, code or Code.COMMAND_DENIED, body.parameters, body.field)
