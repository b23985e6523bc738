"""What waits for the writer: commands of people, and long ones that let them pass.

A long command is written slice by slice, each slice a durable commit of its own.  Between
two slices everything goes that people sent meanwhile, so that nobody waits for 2,000
notices.  While people write, slices are small, the next one waits until the last was handed
out, and then as long again.  Not locked: the writer does that.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.relay.batch import Job
from console.relay.internal import Sliced
from console.relay.outcome import Outcome
from console.wire.commands import SendCampaignNow

MAX_BATCH = 1_000
SMALL_SLICE, LARGE_SLICE = 64, 512
"""Items of a long command in one transaction: while somebody writes, and at most when not.

As many as ``dialect.PACKS`` has in one or two statements.
"""
GROWTH = 4
"""How many times the slice before the next one is, while nobody writes."""
BUSY_S = 0.25
"""Somebody writes: a command came this lately."""
REST = 1.0
"""How long to rest after a slice while somebody writes, in times of what the slice took."""


@dataclass(slots=True)
class _Long:
    """A long command on its way: what is left to do and what its slices answered."""

    job: Job
    left: Sliced | None
    results: list[Any] = field(default_factory=list)


class Lanes:
    """Two queues: whatever waits in the quick one goes before the next slice."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._quick: deque[Job] = deque()
        self._long: deque[_Long] = deque()
        self._slice: Job | None = None
        self._turn_of_slice = False
        self._size = SMALL_SLICE
        self._busy_until = 0.0
        self._began = 0.0
        self._unshown: deque[int] = deque()
        self._rest_until = 0.0

    def __len__(self) -> int:
        """How many commands wait."""
        return len(self._quick) + len(self._long)

    def put(self, job: Job) -> None:
        """Queue a command.  A numbered one is one transaction, whatever its size."""
        if isinstance(job.command, Sliced) and not job.n:
            self._long.append(_Long(job, job.command))
        else:
            self._quick.append(job)
            if not isinstance(job.command, SendCampaignNow):
                # Who sends a campaign waits for that, and for nothing that it holds up.
                self._busy_until = self._clock() + BUSY_S

    def wait_s(self) -> float | None:
        """How long to wait when ``take`` gave nothing; ``None``: until something happens."""
        if not self._long or len(self._unshown) > 1:
            return None
        now = self._clock()
        until = self._busy_until if self._unshown else min(self._rest_until, self._busy_until)
        return max(0.0, until - now)

    def take(self, *, in_haste: bool = False) -> list[Job]:
        """The next batch, perhaps nothing yet: people first, then one slice.

        ``in_haste``: without resting between slices.
        """
        due = bool(self._long) and (in_haste or not self._resting())
        if self._quick and not (due and self._turn_of_slice):
            self._turn_of_slice = True
            count = min(len(self._quick), MAX_BATCH)
            return [self._quick.popleft() for _ in range(count)]
        self._turn_of_slice = False
        return [self._cut()] if due else []

    def _resting(self) -> bool:
        """Whether it is too early for the next slice."""
        now = self._clock()
        if now < self._busy_until:
            return bool(self._unshown) or now < self._rest_until
        return len(self._unshown) > 1

    def _cut(self) -> Job:
        """The next slice of the long command whose turn it is."""
        self._began = self._clock()
        long = self._long[0]
        assert long.left is not None
        if self._began < self._busy_until or not long.results:
            # Who writes at the same moment as this begins has not been heard yet.
            self._size = SMALL_SLICE
        command, long.left = long.left.split(self._size)
        self._size = min(GROWTH * self._size, LARGE_SLICE)
        self._slice = Job(long.job.actor, command, submitted=long.job.submitted)
        return self._slice

    def answer(
        self, jobs: Sequence[Job], outcomes: Sequence[Outcome]
    ) -> tuple[Sequence[Job], Sequence[Outcome]]:
        """Whom to tell what: of a slice nobody is told until the last one, or one that failed."""
        if self._slice is None or jobs[0] is not self._slice:
            return jobs, outcomes
        self._slice, long, outcome = None, self._long[0], outcomes[0]
        self._unshown.append(outcome.rev)
        if outcome.refusal is None:
            long.results.append(outcome.result)
            if long.left is not None:
                return (), ()
            command = long.job.command
            assert isinstance(command, Sliced)
            outcome = Outcome(outcome.rev, command.joined(long.results))
        self._long.popleft()
        return (long.job,), (outcome,)

    def shown(self, rev: int) -> None:
        """Every change up to ``rev`` was handed out to whom it concerns."""
        if not self._unshown or self._unshown[0] > rev:
            return
        while self._unshown and self._unshown[0] <= rev:
            self._unshown.popleft()
        now = self._clock()
        self._rest_until = now + REST * (now - self._began)
