"""``python -m soak.campaign_relay DATABASE POINT SLICES SEED``: a relay that dies while it sends.

It sends what campaigns have to send while members opt out, and kills itself at ``POINT`` when
so many slices were written.  Sent to the end before that, it exits with 0.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.world import Phone, token_hash
from console.relay.core import RelayCore
from console.relay.handlers import HANDLERS
from console.relay.handlers.base import Request
from console.relay.internal import AdvanceCampaigns
from console.relay.scheduler import Scheduler
from console.relay.writer import Settled
from console.store import tables
from console.store.unit_of_work import Transaction
from console.wire import commands
from console.wire.codec import encode

POINTS = ("written", "committed", "told", "opted_out")
"""Inside the transaction; before anybody hears of the commit; after; when an opt-out is acked."""
OPT_OUTS = "opt-outs.txt"
"""Beside the database: member and revision of every opt-out that was acknowledged."""
_GAP_S = 0.01


class Fuse:
    """Burns down with every slice; at the end the process is gone."""

    def __init__(self, point: str, slices: int) -> None:
        self._point = point
        self._left = slices

    def slice_written(self) -> None:
        """One more slice stands in the open transaction."""
        self._left -= 1
        self.pass_by("written")

    def pass_by(self, point: str) -> None:
        """Die here, if this is where and when to die."""
        if point == self._point and self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def lay(fuse: Fuse) -> None:
    """Watch every slice on its way."""
    advance, committed = HANDLERS[AdvanceCampaigns], RelayCore._committed
    deliver = RelayCore._deliver

    def write(tx: Transaction, requests: Sequence[Request[Any]]) -> list[Any]:
        results = advance(tx, requests)
        if "message" in tx.touched:
            fuse.slice_written()
        return results

    def hand_over(core: RelayCore, settled: Settled) -> None:
        if "recipient" in settled.touched:
            fuse.pass_by("committed")
        deliver(core, settled)

    def tell(core: RelayCore, settled: Settled) -> None:
        committed(core, settled)
        if "recipient" in settled.touched:
            fuse.pass_by("told")

    HANDLERS[AdvanceCampaigns] = write
    setattr(RelayCore, deliver.__name__, hand_over)
    setattr(RelayCore, committed.__name__, tell)


async def opt_out(core: RelayCore, folder: Path, chance: random.Random, fuse: Fuse) -> None:
    """Somebody opts out every now and then, and it is written down once she was told."""
    last = await core.read(
        lambda connection: connection.scalar(
            select(tables.member.c.id).order_by(tables.member.c.id.desc()).limit(1)
        )
    )
    with (folder / OPT_OUTS).open("a", encoding="ascii") as told:
        for n in range(1, sys.maxsize):
            number = chance.randint(1, last or 1)
            phone = Phone(number, number, f"phone-{number:06}")
            actor = await core.actor_of_token(token_hash(phone.token))
            assert actor is not None
            body = commands.SetConsent(purpose="marketing", granted=False)
            # Numbers of one life are never those of another.
            outcome = await core.submit(actor, os.getpid() * 100_000 + n, body.name, encode(body))
            if outcome.refusal is None:
                told.write(f"{number} {outcome.rev}\n")
                told.flush()
                fuse.pass_by("opted_out")
            await asyncio.sleep(_GAP_S)


async def live(database: Path, fuse: Fuse, chance: random.Random) -> None:
    """Until nothing is left to send, or the fuse has burnt down."""
    core = await RelayCore.open(database)
    sending = asyncio.create_task(Scheduler(core).run())
    opting = asyncio.create_task(opt_out(core, database.parent, chance, fuse))
    next_at = tables.campaign.c.next_at
    left = select(next_at).where(next_at.is_not(None)).limit(1)
    while await core.read(lambda connection: connection.scalar(left)):  # noqa: ASYNC110 - no news
        await asyncio.sleep(_GAP_S)
    for task in (sending, opting):
        task.cancel()
    await asyncio.gather(sending, opting, return_exceptions=True)
    await core.close()


def main(arguments: Sequence[str]) -> None:
    """One life."""
    database, point, slices, seed = arguments
    fuse = Fuse(point, int(slices))
    lay(fuse)
    asyncio.run(live(Path(database), fuse, random.Random(int(seed))))


if __name__ == "__main__":
    main(sys.argv[1:])
