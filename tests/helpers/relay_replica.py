"""A reader's copy for tests of the relay, kept as a client is told to keep it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from console.relay.actor import Actor
from console.relay.outcome import Outcome
from console.wire import frames
from tests.helpers.relay_kit import MemoryTransport

Rows = dict[tuple[str, str, int], dict[str, Any]]
"""Rows by scope, table and id."""


class Replica:
    """A reader's copy, kept exactly as docs/protocol.md tells a client to."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.cursors: dict[str, int] = {}
        self.pages: dict[str, tuple[int, str]] = {}
        self.latest: dict[str, int] = {}
        self.epoch = ""
        self.mark_rev, self.mark = 0, ""
        self.scopes: set[str] = set()
        self.wanted: list[tuple[str, int, str]] = []

    def hello(self) -> frames.HelloFrame:
        return frames.HelloFrame(
            epoch=self.epoch, mark_rev=self.mark_rev, mark=self.mark,
            cursors={**self.cursors, **{scope: head for scope, (head, _) in self.pages.items()}},
        )  # fmt: skip

    def apply(self, frame: Any) -> None:
        if isinstance(frame, frames.ResetFrame):
            self.__init__()  # type: ignore[misc]
        elif isinstance(frame, frames.WelcomeFrame):
            self._welcome(frame)
        elif isinstance(frame, frames.GrantedFrame):
            self.scopes.add(frame.scope)
            self._begin(frame.scope)
        elif isinstance(frame, frames.ForgetFrame):
            self._forget(frame.scope)
        elif isinstance(frame, frames.PageFrame):
            self._page(frame)
        elif isinstance(frame, frames.ChangesFrame):
            self._changes(frame)

    def _welcome(self, frame: frames.WelcomeFrame) -> None:
        self.epoch, self.scopes = frame.epoch, set(frame.scopes)
        if not self.mark_rev:
            self.mark_rev, self.mark = frame.head, frame.mark
        for scope in frame.scopes:
            if scope in self.pages:
                self.wanted.append((scope, *self.pages[scope]))
            elif scope not in self.cursors:
                self._begin(scope)

    def _begin(self, scope: str) -> None:
        self._drop(scope)
        self.wanted.append((scope, 0, ""))

    def _forget(self, scope: str) -> None:
        self.scopes.discard(scope)
        self._drop(scope)

    def _drop(self, scope: str) -> None:
        self.cursors.pop(scope, None)
        self.pages.pop(scope, None)
        self.latest.pop(scope, None)
        self.wanted = [page for page in self.wanted if page[0] != scope]
        self.rows = {key: row for key, row in self.rows.items() if key[0] != scope}

    def _put(self, scope: str, rows: dict[str, list[Any]]) -> None:
        for table, found in rows.items():
            for row in found:
                key = (scope, table, row["id"])
                if key not in self.rows or self.rows[key]["rev"] < row["rev"]:
                    self.rows[key] = row

    def _page(self, frame: frames.PageFrame) -> None:
        if frame.scope not in self.scopes:
            return
        self._put(frame.scope, frame.rows)
        if frame.after:
            self.pages[frame.scope] = (frame.head, frame.after)
            self.wanted.append((frame.scope, frame.head, frame.after))
        else:
            self.pages.pop(frame.scope, None)
            self._move(frame.scope, max(frame.head, self.latest.pop(frame.scope, 0)))

    def _changes(self, frame: frames.ChangesFrame) -> None:
        for scope, part in frame.scopes.items():
            assert scope in self.scopes, f"{scope} was not granted"
            self._put(scope, part.rows)
            for table, ids in part.gone.items():
                for row_id in ids:
                    self.rows.pop((scope, table, row_id), None)
            if scope in self.pages:
                self.latest[scope] = part.rev
            else:
                self._move(scope, part.rev)
        if frame.rev >= self.mark_rev:
            self.mark_rev, self.mark = frame.rev, frame.mark

    def _move(self, scope: str, rev: int) -> None:
        assert rev >= self.cursors.get(scope, 0), "a cursor went back"
        self.cursors[scope] = rev

    @property
    def whole(self) -> bool:
        return not self.wanted and not self.pages and set(self.cursors) == self.scopes


@dataclass(slots=True)
class Sent:
    """A command as it was first sent, and what was answered."""

    device: str
    n: int
    name: str
    body: bytes
    outcome: Outcome


@dataclass(slots=True)
class Phone:
    """A device: its actor, replica and, when connected, its line."""

    actor: Actor
    replica: Replica = field(default_factory=Replica)
    transport: MemoryTransport | None = None
    task: asyncio.Task[None] | None = None
    n: int = 0
