"""``python -m soak.offer_relay POINT CLAIMS …``: a real relay that dies while it gives things away.

As ``hanger relay …``, and it kills itself at ``POINT`` once so many claims of an offer,
bookings of a fitting, or holds to be kept, were handled.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Sequence
from typing import Any

from console.relay import cli
from console.relay.core import RelayCore
from console.relay.handlers import HANDLERS
from console.relay.handlers.base import Request
from console.relay.session import Session
from console.relay.writer import Settled
from console.store.unit_of_work import Transaction
from console.wire.commands import BookFitting, ClaimOffer, Command, ConfirmHold

POINTS = ("decided", "committed", "answering", "leaving")
"""Inside the transaction; before anybody hears of the commit; while its answers are handed to
the lines; some turns later, when some of them have left."""


class Fuse:
    """Burns down with every claim; at the end the process is gone."""

    def __init__(self, point: str, claims: int) -> None:
        self._point = point
        self._left = claims

    def handled(self, claims: int) -> None:
        """So many more claims stand in the open transaction."""
        self._left -= claims
        self.pass_by("decided")

    def pass_by(self, point: str) -> None:
        """Die here, if this is where and when to die."""
        if point == self._point and self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def lay(fuse: Fuse) -> None:
    """Watch every claim on its way."""
    committed = RelayCore._committed
    deliver, settle = RelayCore._deliver, Session.settle

    def watch(kind: type[Command]) -> None:
        give = HANDLERS[kind]

        def handle(tx: Transaction, requests: Sequence[Request[Any]]) -> list[Any]:
            results = give(tx, requests)
            fuse.handled(len(requests))
            return results

        HANDLERS[kind] = handle

    def hand_over(core: RelayCore, settled: Settled) -> None:
        fuse.pass_by("committed")
        deliver(core, settled)

    def answer(session: Session, n: int, outcome: Any) -> None:
        settle(session, n, outcome)
        fuse.pass_by("answering")

    def tell(core: RelayCore, settled: Settled) -> None:
        committed(core, settled)
        delay_s = random.uniform(0.0, 0.02)
        asyncio.get_running_loop().call_later(delay_s, fuse.pass_by, "leaving")

    watch(ClaimOffer)
    watch(BookFitting)
    watch(ConfirmHold)
    setattr(RelayCore, deliver.__name__, hand_over)
    setattr(RelayCore, committed.__name__, tell)
    setattr(Session, settle.__name__, answer)


def main(arguments: Sequence[str]) -> int:
    """One life."""
    point, claims, *rest = arguments
    lay(Fuse(point, int(claims)))
    return cli.main(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
