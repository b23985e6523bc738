"""Simulated members: real websocket clients that behave like people with phones.

Speaks only ``wire``: a simulated member knows the relay through its public port, as a
phone does, and nothing of its database.  Every random choice comes from the member's own
seeded generator.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
import msgspec

from console.wire import frames

_PHOTOS, _VOICES, _QUOTES = 0.12, 0.12, 0.25
"""How often what she starts is a photo or spoken, and how often her answer quotes."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(frames.FromRelay).decode


class Phrases(Protocol):
    """What a simulated member has to say."""

    def question(self, rng: random.Random) -> str:
        """Something a member writes first, most often about stock."""
        ...

    def answer(self, rng: random.Random, said: str) -> str:
        """What she answers to the shop's ``said``; "" when she leaves it at that."""
        ...

    def photo(self, rng: random.Random) -> bytes:
        """A picture she sends (JPEG bytes)."""
        ...

    def spoken(self, rng: random.Random) -> bytes:
        """Something she says instead of typing it (WAV bytes)."""
        ...


@dataclass(frozen=True, slots=True)
class Persona:
    """One member's phone.

    Attributes:
        member_id: her id on the relay.
        conversation_id: her conversation with the shop, until the relay names another one.
        token: her cookie's value.
        talkative: mean seconds between messages she starts herself.
        prompt_s: mean seconds until she reads what she got.
        answers: probability that she answers a message.
        stays_s: mean seconds she keeps the page open; then she is away about as long.
    """

    member_id: int
    conversation_id: int
    token: str
    talkative: float = 600.0
    prompt_s: float = 8.0
    answers: float = 0.6
    stays_s: float = 240.0


@dataclass(slots=True)
class SimulatedMember:
    """Runs one persona against a relay until cancelled.

    Attributes:
        base: the relay's address, ``http://127.0.0.1:port``.
        seed: makes her choices repeatable.
        n: her device's last command number; derived from the clock at start, so that a new
            run never reuses a number of an earlier one.
    """

    base: str
    persona: Persona
    phrases: Phrases
    seed: int
    n: int = 0
    _rng: random.Random = field(init=False)
    _errands: set[asyncio.Task[None]] = field(init=False, default_factory=set)
    _read: int = field(init=False, default=0)
    _chat: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)
        self._chat = self.persona.conversation_id

    async def run(self) -> None:
        """Come and go until cancelled; a relay that is away is tried again."""
        cookies = {"hanger_member": self.persona.token}
        async with aiohttp.ClientSession(
            cookies=cookies,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            headers={"Origin": self.base},
        ) as http:
            await asyncio.sleep(self._rng.uniform(0, 3))
            while True:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError, KeyError):
                    await self._visit(http)
                await asyncio.sleep(self._mean(self.persona.stays_s))

    def _mean(self, seconds: float) -> float:
        return min(self._rng.expovariate(1 / seconds), seconds * 5)

    async def _visit(self, http: aiohttp.ClientSession) -> None:
        """Open the page, behave for a while, close it."""
        async with http.post(f"{self.base}/api/ticket") as answer:
            ticket = (await answer.json())["ticket"]
        async with http.ws_connect(
            f"{self.base}/ws?ticket={ticket}", protocols=(frames.PROTOCOL,), compress=0
        ) as socket:
            try:
                async with asyncio.timeout(self._mean(self.persona.stays_s) + 5):
                    await self._converse(http, socket)
            except TimeoutError:
                pass
            finally:
                await self._drop_errands()

    async def _drop_errands(self) -> None:
        for errand in self._errands:
            errand.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)
        self._errands.clear()

    async def _converse(
        self, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse
    ) -> None:
        await self._send(socket, frames.HelloFrame(program="simulated"))
        self._start(self._talk(http, socket))
        async for raw in socket:
            if raw.type is not aiohttp.WSMsgType.TEXT:
                return
            frame = _decode(raw.data)
            if isinstance(frame, frames.WelcomeFrame):
                for scope in frame.scopes:
                    await self._follow(socket, scope)
            elif isinstance(frame, frames.GrantedFrame):
                await self._follow(socket, frame.scope)
            elif isinstance(frame, frames.ChangesFrame):
                for part in frame.scopes.values():
                    self._receive(socket, part.rows.get("message", ()))
            elif isinstance(frame, frames.PageFrame):
                self._catch_up(socket, frame.rows)

    async def _follow(self, socket: aiohttp.ClientWebSocketResponse, scope: str) -> None:
        """Go on in the conversation that is hers now: staff may merge her and take it back."""
        kind, _, key = scope.partition("/")
        if kind == "chat":
            if int(key) != self._chat:
                self._chat, self._read = int(key), 0
            await self._send(socket, frames.PageRequestFrame(scope=scope, limit=20))

    def _start(self, errand: Any) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(errand)
        self._errands.add(task)
        task.add_done_callback(self._settle)

    def _settle(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled():
            task.exception()  # a line that broke meanwhile is no news: the visit ends by itself

    def _catch_up(
        self, socket: aiohttp.ClientWebSocketResponse, rows: dict[str, list[dict[str, Any]]]
    ) -> None:
        """What came while she was away she reads, but she answers only what is new to her."""
        seqs = [int(row["seq"]) for row in rows.get("message", ())]
        read = [int(row.get("read_seq", 0)) for row in rows.get("participant", ())]
        newest, self._read = max(seqs, default=0), max([*read, self._read])
        if newest > self._read:
            self._read = newest
            self._start(self._read_until(socket, newest))

    def _receive(
        self, socket: aiohttp.ClientWebSocketResponse, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Read what the shop wrote, after a human while."""
        fresh = [
            row for row in rows
            if row["sender_kind"] != "member" and row["seq"] > self._read
            and not row.get("recalled_at")
        ]  # fmt: skip
        if fresh:
            newest = max(fresh, key=lambda row: int(row["seq"]))
            self._read = newest["seq"]
            self._start(self._read_and_answer(socket, newest))

    async def _read_and_answer(
        self, socket: aiohttp.ClientWebSocketResponse, row: dict[str, Any]
    ) -> None:
        await self._read_until(socket, row["seq"])
        if self._rng.random() < self.persona.answers:
            words = self.phrases.answer(self._rng, row.get("body", ""))
            if words:
                quoted = row["id"] if self._rng.random() < _QUOTES else None
                await self._type(socket, words, quoted)

    async def _read_until(self, socket: aiohttp.ClientWebSocketResponse, seq: int) -> None:
        seen = frames.SeenFrame(conversation_id=self._chat, delivered=seq)
        await self._send(socket, seen)
        await asyncio.sleep(1 + self._mean(self.persona.prompt_s))
        await self._send(socket, msgspec.structs.replace(seen, read=seq))

    async def _talk(
        self, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse
    ) -> None:
        """Start something of her own now and then."""
        while True:
            await asyncio.sleep(self._mean(self.persona.talkative))
            chance = self._rng.random()
            if chance < _PHOTOS:
                await self._send_file(http, socket, self.phrases.photo(self._rng), "image/jpeg")
            elif chance < _PHOTOS + _VOICES:
                await self._send_file(http, socket, self.phrases.spoken(self._rng), "audio/wav")
            else:
                await self._type(socket, self.phrases.question(self._rng))

    async def _type(
        self, socket: aiohttp.ClientWebSocketResponse, words: str, quoted: int | None = None
    ) -> None:
        typing = frames.SignalFrame(kind="typing", conversation_id=self._chat)
        await self._send(socket, typing)
        await asyncio.sleep(min(1 + len(words) * 0.15, 8))
        await self._message(socket, words, quoted=quoted)
        await self._send(socket, msgspec.structs.replace(typing, on=False))

    async def _message(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        words: str,
        uploads: Sequence[str] = (),
        quoted: int | None = None,
    ) -> None:
        self.n += 1
        body = {
            "conversation_id": self._chat,
            "client_id": str(uuid.UUID(int=self._rng.getrandbits(128))) + f"-{self.n}",
            "body": words,
            "uploads": list(uploads),
            "reply_to": quoted,
        }
        command = frames.CommandFrame(
            n=self.n, name="message.send", body=msgspec.Raw(_encode(body))
        )
        await self._send(socket, command)

    async def _send_file(
        self, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse,
        data: bytes, mime: str,
    ) -> None:  # fmt: skip
        client_id = str(uuid.uuid4())
        about = {"client_id": client_id, "size": len(data), "mime": mime}
        async with http.post(f"{self.base}/api/uploads", json=about) as answer:
            answer.raise_for_status()
        async with http.patch(
            f"{self.base}/api/uploads/{client_id}", data=data, headers={"Upload-Offset": "0"}
        ) as answer:
            answer.raise_for_status()
        await self._message(socket, "", [client_id])

    @staticmethod
    async def _send(socket: aiohttp.ClientWebSocketResponse, frame: frames.Frame) -> None:
        await socket.send_str(_encode(frame).decode())


async def run_members(
    base: str, members: Sequence[tuple[Persona, Phrases]], *, seed: int, first_n: int
) -> None:
    """Run all of them until cancelled; ``first_n``: above every number their devices used."""
    async with asyncio.TaskGroup() as group:
        for number, (persona, phrases) in enumerate(members):
            member = SimulatedMember(base, persona, phrases, seed * 1_000 + number, first_n)
            group.create_task(member.run())
