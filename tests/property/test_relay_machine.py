"""Invariants 1–6, 9, 11–14: any day in the shop leaves every replica equal to the relay."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.helpers.relay_moves import EVERYBODY, MOVES, Move
from tests.helpers.relay_world import World

numbers = st.integers(min_value=0, max_value=9_999)


class RelayMachine(RuleBasedStateMachine):
    """A relay on a real file, six devices on lines in memory, and everything that may happen."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="relay-"))
        self.loop = asyncio.new_event_loop()
        self.world = World(self.folder)
        self.begun = False

    def run(self, work: Awaitable[Any]) -> None:
        self.loop.run_until_complete(work)  # type: ignore[arg-type]

    @initialize()
    def open_shop(self) -> None:
        self.run(self.world.begin())
        self.begun = True
        for number in range(len(EVERYBODY)):
            self.run(MOVES["connect"](self.world, number))

    @invariant()
    def tables_are_sound(self) -> None:
        if self.begun:
            self.world.check_tables()

    @invariant()
    def nobody_costs_unbounded_memory(self) -> None:
        self.world.check_buffers()

    def teardown(self) -> None:
        try:
            if self.begun:
                self.run(self.world.check())
        finally:
            if self.begun:
                self.run(self.world.end())
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def _rule(move: Move) -> Callable[..., None]:
    def step(self: RelayMachine, number: int) -> None:
        self.run(move(self.world, number))

    step.__name__ = move.__name__
    return rule(number=numbers)(step)


for _name, _move in MOVES.items():
    setattr(RelayMachine, _name, _rule(_move))


class TestRelay(RelayMachine.TestCase):  # type: ignore[misc, name-defined]
    """Run by pytest; more of it with ``HYPOTHESIS_PROFILE=thorough``."""

    settings = settings(
        max_examples=max(6, settings().max_examples // 8), stateful_step_count=30, deadline=None
    )
