"""The process in which the sample shop's members live: ``hanger demo members``.

Reads one JSON value from standard input (where the relay is, who is to come alive) and
ends when that pipe closes, hence together with the window whatever happens to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Sequence
from random import Random

import msgspec

from console.demo.members import Persona, run_members
from console.demo.voices import Voice

SEED = 7


class Soul(msgspec.Struct, frozen=True):
    """One member to bring to life."""

    member_id: int
    conversation_id: int
    token: str
    gender: str


class Crowd(msgspec.Struct, frozen=True):
    """Who lives where; ``pace`` above 1 makes everybody quicker."""

    base: str
    souls: list[Soul]
    pace: float = 1.0


def main(_arguments: Sequence[str] = ()) -> int:
    """Live until standard input closes."""
    crowd = msgspec.json.decode(sys.stdin.readline().encode(), type=Crowd)
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_live(crowd))
    return 0


async def _live(crowd: Crowd) -> None:
    life = asyncio.ensure_future(
        run_members(
            crowd.base,
            [(_persona(soul, crowd.pace), Voice(soul.gender)) for soul in crowd.souls],
            seed=SEED,
            first_n=time.time_ns() // 1_000_000,
        )
    )
    loop = asyncio.get_running_loop()
    # A daemon thread: nothing else can wait for a pipe to close on every system.
    threading.Thread(target=_wait_for_end, args=(loop, life), daemon=True).start()
    await life


def _wait_for_end(loop: asyncio.AbstractEventLoop, life: asyncio.Future[None]) -> None:
    sys.stdin.read()
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(life.cancel)


def _persona(soul: Soul, pace: float) -> Persona:
    """Quick and slow, chatty and quiet: her own, the same in every run."""
    rng = Random(soul.member_id)
    return Persona(
        member_id=soul.member_id,
        conversation_id=soul.conversation_id,
        token=soul.token,
        talkative=rng.uniform(240, 1_500) / pace,
        prompt_s=rng.uniform(3, 25) / pace,
        answers=rng.uniform(0.35, 0.8),
        stays_s=rng.uniform(120, 600) / pace,
    )
