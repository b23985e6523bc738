"""A scripted clerk: a real websocket client of the relay, without a console around it."""

from __future__ import annotations

import json
import time
import urllib.request
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

Rows = dict[int, dict[str, Any]]
PATIENCE_S = 45.0


def call(url: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
    """POST JSON and read the JSON answer; raises ``HTTPError`` when refused."""
    request = urllib.request.Request(  # noqa: S310 - the relay of this test
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
        return dict(json.load(answer))


@dataclass
class Staff:
    """A clerk's line to the relay.

    Attributes:
        tables: every row heard so far, by table and id.
        answers: ``ack`` and ``nack`` frames by command number.
    """

    url: str
    token: str
    tables: dict[str, Rows] = field(default_factory=dict)
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    signals: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0
    socket: ClientConnection | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    def open(self) -> Self:
        """Connect and ask for conversations and members."""
        bearer = {"Authorization": f"Bearer {self.token}"}
        ticket = call(f"{self.url}/api/staff/ticket", {}, bearer)["ticket"]
        address = self.url.replace("http", "ws", 1) + f"/ws?ticket={ticket}"
        line = connect(address, subprotocols=["hanger.v1"], compression=None, max_size=None)
        self.socket = self.stack.enter_context(line)
        self._send({"t": "hello"})
        self.number = int(time.time() * 1000)
        self.follow("chats/1", "members")
        return self

    def follow(self, *scopes: str) -> None:
        """Hear of these too, with what is there already."""
        for scope in scopes:
            self._send({"t": "page_request", "scope": scope, "head": 0})

    def close(self) -> None:
        """Hang up."""
        self.stack.close()
        self.socket = None

    def wait(self, condition: Callable[[], Any], what: str = "condition") -> Any:
        """Read frames until ``condition`` is true and return it; fail after a while."""
        deadline = time.monotonic() + PATIENCE_S
        while not (found := condition()):
            left = deadline - time.monotonic()
            assert left > 0, f"the clerk never saw: {what}"
            self._read(left)
        return found

    def _read(self, timeout_s: float) -> None:
        assert self.socket is not None
        try:
            frame = json.loads(self.socket.recv(timeout=timeout_s))
        except TimeoutError:
            return
        kind = frame["t"]
        if kind in {"ack", "nack"}:
            self.answers[frame["n"]] = frame
        elif kind == "signal":
            self.signals.append(frame)
        elif kind == "page":
            self._take(frame.get("rows", {}))
            if frame.get("after"):
                wanted = {name: frame[name] for name in ("scope", "head", "after")}
                self._send({"t": "page_request", **wanted})
        elif kind == "changes":
            for part in frame.get("scopes", {}).values():
                self._take(part.get("rows", {}))
                for table, ids in part.get("gone", {}).items():
                    for row_id in ids:
                        self.tables.get(table, {}).pop(row_id, None)

    def _take(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        for table, found in rows.items():
            held = self.tables.setdefault(table, {})
            for row in found:
                if row["id"] not in held or held[row["id"]]["rev"] < row["rev"]:
                    held[row["id"]] = row

    def _send(self, frame: dict[str, Any]) -> None:
        assert self.socket is not None
        self.socket.send(json.dumps(frame))

    def do(self, name: str, **body: Any) -> dict[str, Any]:
        """Send a command and wait until it is acknowledged."""
        self.number += 1
        n = self.number
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self._send({"t": "command", "n": n, "name": name, "body": body})
            answer = self.wait(lambda: self.answers.pop(n, None), f"answer to {name}")
            if answer["t"] == "ack":
                return dict(answer.get("result") or {})
            assert answer["code"] == "rate", answer
            self._read(0.2)
        raise AssertionError(f"never taken: {name}")

    def say(self, conversation_id: int, text: str, client_id: str = "") -> str:
        """Write to a member; the result names the message."""
        name = client_id or str(uuid.uuid4())
        self.do("message.send", conversation_id=conversation_id, client_id=name, body=text)
        return name

    def signal_typing(self, conversation_id: int) -> None:
        """Let the member see that somebody writes."""
        self._send({"t": "signal", "kind": "typing", "conversation_id": conversation_id})

    def member(self, name: str) -> dict[str, Any]:
        """The member of that name, once heard of."""
        return dict(
            self.wait(
                lambda: [row for row in self.rows("member") if row["name"] == name],
                f"member {name}",
            )[-1]
        )

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Rows heard so far, in order of id."""
        return [row for _, row in sorted(self.tables.get(table, {}).items())]

    def conversation_of(self, name: str) -> int:
        """The conversation with a member."""
        member_id = self.member(name)["id"]
        return int(
            self.wait(
                lambda: [c for c in self.rows("conversation") if c.get("member_id") == member_id],
                f"conversation of {name}",
            )[0]["id"]
        )

    def bodies(self, conversation_id: int) -> list[str]:
        """Texts of a conversation in order of their numbers, recalled ones as ""."""
        mine = [m for m in self.rows("message") if m["conversation_id"] == conversation_id]
        return [m.get("body", "") for m in sorted(mine, key=lambda m: m["seq"])]

    def receipts(self, conversation_id: int) -> tuple[int, int]:
        """How far the member has received and read."""
        for row in self.rows("participant"):
            if row["conversation_id"] == conversation_id and row.get("member_id"):
                return int(row.get("delivered_seq", 0)), int(row.get("read_seq", 0))
        return 0, 0
