"""A small client of ``hanger.v1`` for tests, soak and bench: a phone or a console without screens.

Speaks only the protocol (docs/protocol.md); shares no code with the relay beyond the frames.
It keeps what it was sent as plain dictionaries under the rev guard.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

from console.wire.frames import PROTOCOL

PATIENCE_S = 60.0
COOKIE = "hanger_member"
SECRET_HEADER = "X-Hanger-Secret"


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """The relay said no.

    Attributes:
        code: the stable code.
        status: http status, or 0 for a nack.
        parameters: as sent.
    """

    def __init__(
        self, code: str, status: int = 0, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code} ({status})")
        self.code = code
        self.status = status
        self.parameters = parameters or {}


class Reader:
    """One device: its http session, and a websocket while connected.

    Attributes:
        base: the relay's address.
        rows: table → id → row, as received.
        cursors: scope → cursor.
        frames: every frame that was neither changes, page nor an answer.
        welcome: the last ``welcome``.
        closed_with: the websocket's close code once it is closed.
    """

    def __init__(self, base: str, *, bearer: str = "", cookie: str = "") -> None:
        self.base = base
        self.bearer = bearer
        self.cookie = cookie
        self.rows: dict[str, dict[int, dict[str, Any]]] = {}
        self.cursors: dict[str, int] = {}
        self.frames: list[dict[str, Any]] = []
        self.welcome: dict[str, Any] = {}
        self.closed_with: int | None = None
        self._rev, self._mark, self._epoch = 0, "", ""
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._news = asyncio.Condition()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._listener: asyncio.Task[None] | None = None
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def __aenter__(self) -> Reader:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.disconnect()
        await self._http.close()

    # --- http -------------------------------------------------------------------------------

    @property
    def headers(self) -> dict[str, str]:
        """What identifies this device; a phone's browser also says which page it is on."""
        if self.bearer:
            return {"Authorization": f"Bearer {self.bearer}"}
        cookie = {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        return {"Origin": self.base, **cookie}

    async def request(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of one request, whatever they are."""
        given = {**self.headers, **(headers or {})}
        async with self._http.request(
            method, self.base + path, headers={k: v for k, v in given.items() if v},
            allow_redirects=False, **more,
        ) as answer:  # fmt: skip
            body = await answer.read()
            found = answer.cookies.get(COOKIE)
            if found is not None:
                self.cookie = found.value
            return answer.status, answer.headers, body

    async def api(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The JSON answer.  Raises ``Refused``."""
        if body is not None:
            more["json"] = body
        status, _, answer = await self.request(method, path, **more)
        value = json.loads(answer) if answer else None
        if status >= 400:
            value = value or {"code": "", "parameters": {}}
            raise Refused(value["code"], status, value["parameters"])
        return value

    async def join(self, name: str, phone: str, **more: Any) -> dict[str, Any]:
        """Become a member's phone; the answer of ``/api/join``."""
        shop = await self.api("GET", "/api/shop")
        body = {
            "phone": phone, "name": name, "privacy": True, "marketing": False,
            "privacy_hash": shop["privacy"]["hash"], "marketing_hash": shop["marketing"]["hash"],
            **more,
        }  # fmt: skip
        return dict(await self.api("POST", "/api/join", body))

    async def ticket(self) -> str:
        """A ticket for one websocket."""
        kind = "staff/" if self.bearer else ""
        return str((await self.api("POST", f"/api/{kind}ticket"))["ticket"])

    async def upload(self, data: bytes, client_id: str = "", mime: str = "image/jpeg") -> str:
        """Upload a whole file, until it is a medium; its ``client_id``.  Raises ``Refused``."""
        client_id = client_id or new_id()
        path = f"/api/uploads/{client_id}"
        await self.api(
            "POST", "/api/uploads", {"client_id": client_id, "size": len(data), "mime": mime}
        )
        answer = await self.api("PATCH", path, data=io.BytesIO(data),
                                headers={"Upload-Offset": "0"})  # fmt: skip
        while "media" not in answer:
            # What a phone does with a video that is being made: ask once a second.
            await asyncio.sleep(1)
            answer = await self.api("GET", path)
        return client_id

    # --- the websocket ----------------------------------------------------------------------

    async def connect(self, *, ticket: str = "", hello: dict[str, Any] | None = None) -> Reader:
        """Open the line and say hello with what is already here."""
        ticket = ticket or await self.ticket()
        self._socket = await self._http.ws_connect(
            f"{self.base}/ws?ticket={ticket}", protocols=(PROTOCOL,), headers=self.headers,
            compress=0, max_msg_size=0,
        )  # fmt: skip
        self.closed_with = None
        self.welcome = {}
        self._listener = asyncio.create_task(self._listen(self._socket))
        greeting = {
            "t": "hello", "epoch": self._epoch, "mark_rev": self._rev, "mark": self._mark,
            "cursors": self.cursors, "program": "test 1",
        }  # fmt: skip
        await self.send({**greeting, **(hello or {})})
        await self.until(lambda: bool(self.welcome) or self.closed_with is not None)
        return self

    async def disconnect(self) -> None:
        """Hang up; rows and cursors stay."""
        if self._socket is not None:
            await self._socket.close()
        if self._listener is not None:
            await self._listener
        self._socket = self._listener = None

    async def send(self, frame: dict[str, Any] | bytes) -> None:
        """Any frame, also a malformed one (bytes)."""
        assert self._socket is not None
        data = frame if isinstance(frame, bytes) else json.dumps(frame).encode()
        await self._socket.send_frame(data, aiohttp.WSMsgType.TEXT)

    async def command(self, name: str, /, *, n: int = 0, **body: Any) -> dict[str, Any]:
        """Send a command and wait for its ack's ``result``.  Raises ``Refused``."""
        number = n or next(self._numbers)
        return await self.raw_command({"t": "command", "n": number, "name": name, "body": body})

    async def raw_command(self, command: dict[str, Any]) -> dict[str, Any]:
        """Send a command frame as it is and wait for its answer.  Raises ``Refused``."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[command["n"]] = answer
        await self.send(command)
        async with asyncio.timeout(PATIENCE_S):
            frame = await answer
        if frame["t"] == "nack":
            raise Refused(frame["code"], 0, frame.get("parameters"))
        return dict(frame.get("result") or {})

    async def page(self, scope: str, limit: int = 500) -> None:
        """Fetch a scope's snapshot to its last page."""
        request: dict[str, Any] = {"t": "page_request", "scope": scope, "limit": limit}
        while True:
            seen = len(self.frames)
            await self.send(request)
            await self.until(lambda seen=seen: self._page_of(scope, seen) is not None)
            page = self._page_of(scope, seen)
            assert page is not None
            self._apply(page.get("rows", {}), {})
            if not page.get("after"):
                self.cursors[scope] = max(self.cursors.get(scope, 0), page["head"])
                return
            request |= {"head": page["head"], "after": page["after"]}

    def _page_of(self, scope: str, since: int) -> dict[str, Any] | None:
        for frame in self.frames[since:]:
            if frame["t"] == "page" and frame["scope"] == scope:
                return frame
        return None

    async def sync(self) -> None:
        """Page every granted scope that is not complete yet."""
        for scope in self.welcome.get("scopes", []):
            if scope not in self.cursors:
                await self.page(scope)

    def table(self, name: str) -> list[dict[str, Any]]:
        """Rows of one table, by id."""
        return [row for _, row in sorted(self.rows.get(name, {}).items())]

    async def until(self, condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Wait for a condition on what has been received."""
        async with asyncio.timeout(patience_s), self._news:
            await self._news.wait_for(condition)

    async def ping(self) -> None:
        """There and back: everything the relay sent before has been received."""
        number = uuid.uuid4().int % 2**31
        await self.send({"t": "ping", "id": number})
        await self.until(
            lambda: (
                {"pong"} == {f["t"] for f in self.frames if f.get("id") == number}
                or self.closed_with is not None
            )
        )

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        with contextlib.suppress(ConnectionError):
            async for message in socket:
                self._take(json.loads(message.data))
                async with self._news:
                    self._news.notify_all()
        self.closed_with = socket.close_code or 1006
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionResetError("closed"))
                # Whoever no longer waits for it need not be told.
                answer.exception()
        self._answers.clear()
        async with self._news:
            self._news.notify_all()

    def _take(self, frame: dict[str, Any]) -> None:
        kind = frame["t"]
        if kind in {"ack", "nack"}:
            waiting = self._answers.pop(frame["n"], None)
            if waiting is not None and not waiting.done():
                waiting.set_result(frame)
                return
        if kind == "changes":
            self._rev, self._mark = frame["rev"], frame["mark"]
            for scope, part in frame.get("scopes", {}).items():
                self._apply(part.get("rows", {}), part.get("gone", {}))
                if scope in self.cursors:
                    self.cursors[scope] = part["rev"]
            return
        if kind == "welcome":
            self.welcome, self._epoch = frame, frame["epoch"]
        elif kind == "reset":
            self.rows, self.cursors = {}, {}
        elif kind == "forget":
            self.cursors.pop(frame["scope"], None)
        self.frames.append(frame)

    def _apply(self, rows: dict[str, list[dict[str, Any]]], gone: dict[str, list[int]]) -> None:
        for name, found in rows.items():
            table = self.rows.setdefault(name, {})
            for row in found:
                if row["rev"] > table.get(row["id"], {"rev": 0})["rev"]:
                    table[row["id"]] = row
        for name, ids in gone.items():
            for row_id in ids:
                self.rows.get(name, {}).pop(row_id, None)


def new_id() -> str:
    """A fresh ``client_id``."""
    return str(uuid.uuid4())


async def first_run(base: str, secret: str, **more: Any) -> str:
    """Make a shop with its owner; the owner's device token."""
    async with Reader(base) as console:
        body = {
            "shop_name": "时光衣橱", "owner_name": "小李", "secret": "284917",
            "opens": 600, "closes": 1290, "address": "", **more,
        }  # fmt: skip
        answer = await console.api(
            "POST", "/api/setup", body, headers={SECRET_HEADER: secret, "Origin": ""}
        )
        return str(answer["device_token"])
