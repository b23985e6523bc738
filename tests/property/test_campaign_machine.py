"""Invariants 7–11 and 15: any week of sending leaves ledger and messages in agreement.

Backups are brought back in the middle of it: what nobody may get or see stays so.
"""

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

from console.wire import commands
from tests.helpers import relay_moves as moves
from tests.helpers.relay_campaign_moves import CAMPAIGN_MOVES, check_campaigns
from tests.helpers.relay_offer_moves import OFFER_MOVES, check_offers
from tests.helpers.relay_restore_moves import RESTORE_MOVES
from tests.helpers.relay_tallies import check_tallies
from tests.helpers.relay_tap_moves import TAP_MOVES, check_taps
from tests.helpers.relay_world import World

numbers = st.integers(min_value=0, max_value=9_999)


async def opt_out(world: World, number: int) -> None:
    """Seldom, or there would be nobody left to write to."""
    if number % 5 == 0:
        await moves.opt_out(world, number // 5)


MOVES = (
    *CAMPAIGN_MOVES, *OFFER_MOVES, *TAP_MOVES, *RESTORE_MOVES, opt_out, moves.opt_in, moves.seen,
    moves.member_writes, moves.recall, moves.merge, moves.erase, moves.jump, moves.restart,
    moves.retry,
)  # fmt: skip


class CampaignMachine(RuleBasedStateMachine):
    """A relay on a real file, two consoles and three members, and all that becomes of campaigns."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="campaigns-"))
        self.loop = asyncio.new_event_loop()
        self.world = World(self.folder)
        self.begun = False

    def run(self, work: Awaitable[Any]) -> None:
        self.loop.run_until_complete(work)  # type: ignore[arg-type]

    @initialize(held_out=st.sampled_from([0, 0, 0, 40]))
    def open_shop(self, held_out: int) -> None:
        self.run(self.world.begin())
        self.begun = True
        self.run(self.world.do("owner", commands.SetSetting(
            key="holdout_percent", value=held_out)))  # fmt: skip
        for name in ("clerk", "anna"):
            self.run(self.world.connect(name))

    @invariant()
    def ledger_is_sound(self) -> None:
        if self.begun:
            check_campaigns(self.world)
            check_tallies(self.world)
            check_offers(self.world)
            check_taps(self.world)

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


def _rule(move: moves.Move) -> Callable[..., None]:
    def step(self: CampaignMachine, number: int) -> None:
        self.run(move(self.world, number))

    step.__name__ = move.__name__
    return rule(number=numbers)(step)


for _move in MOVES:
    setattr(CampaignMachine, _move.__name__, _rule(_move))


class TestCampaigns(CampaignMachine.TestCase):  # type: ignore[misc, name-defined]
    """Run by pytest; more of it with ``HYPOTHESIS_PROFILE=thorough``."""

    settings = settings(
        max_examples=max(8, settings().max_examples // 8), stateful_step_count=40, deadline=None
    )
