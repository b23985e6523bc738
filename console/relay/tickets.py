"""Short tickets that open one websocket: a browser cannot send a header with it.

In memory only.  A ticket is good once, for 30 seconds, and only for the device it was
given to; what is kept of it is its hash, so that looking it up leaks nothing by time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from console.relay.tokens import new_token, token_hash
from console.wire.errors import Code, Refusal

TICKET_S = 30
"""How long a ticket is good."""
MAX_OPEN = 50_000
"""Tickets kept at once; the oldest go first."""

Holder = TypeVar("Holder")


@dataclass(frozen=True, slots=True)
class _Ticket(Generic[Holder]):
    holder: Holder
    expires: float


class Tickets(Generic[Holder]):
    """Gives out tickets and takes each back once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, _Ticket[Holder]] = {}

    def issue(self, holder: Holder) -> str:
        """A new ticket for ``holder``."""
        self._forget_old()
        ticket = new_token()
        self._open[token_hash(ticket)] = _Ticket(holder, self._clock() + TICKET_S)
        return ticket

    def redeem(self, ticket: str) -> Holder:
        """Whose ticket this is; it is worthless afterwards.  Raises ``session.ticket``."""
        found = self._open.pop(token_hash(ticket), None)
        if found is None or found.expires < self._clock():
            raise Refusal(Code.SESSION_TICKET)
        return found.holder

    def _forget_old(self) -> None:
        """Tickets are kept in the order they were issued, so the expired ones come first."""
        now = self._clock()
        while self._open:
            first = next(iter(self._open))
            if self._open[first].expires >= now and len(self._open) < MAX_OPEN:
                return
            del self._open[first]
