"""``python -m soak [FAULT…]``: long campaigns with full counts; prints seed and JSON."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from soak import (
    busy_day,
    campaign_kills,
    console_kills,
    disk,
    fitting_rush,
    flaps,
    hold_rush,
    hostile_files,
    kills,
    offer_rush,
    powercuts,
    stalled,
)
from soak.verdict import Verdict

Campaign = Callable[[int, int], Awaitable[Verdict]]


async def _cuts_normal(count: int, seed: int) -> Verdict:
    """The same cuts with NORMAL must lose something, or the cuts prove nothing."""
    found = await powercuts.run(count, seed, synchronous="NORMAL")
    wrong = [] if found.wrong else ["NORMAL lost nothing: the simulated cuts are too kind"]
    facts = {**found.facts, "cuts_that_lost": len(found.wrong)}
    return msgspec.structs.replace(found, wrong=wrong, facts=facts)


CAMPAIGNS: dict[str, tuple[Campaign, int]] = {
    "relay_kills": (kills.run, 200),
    "campaign_kills": (campaign_kills.run, 200),
    "offer_rush": (offer_rush.run, 30),
    "fitting_rush": (fitting_rush.run, 30),
    "hold_rush": (hold_rush.run, 30),
    "console_kills": (console_kills.run, 50),
    "power_cuts_full": (powercuts.run, 2_000),
    "power_cuts_normal": (_cuts_normal, 2_000),
    "line_flaps": (flaps.run, 100),
    "stalled": (stalled.run, 200),
    "busy_day": (busy_day.run, 600),
    "hostile_files": (hostile_files.run, 300),
}
"""Campaigns by name, with the full count."""


def main() -> int:
    """Run the campaigns named (default: all); the exit code is the number that failed."""
    options = _parser().parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().getrandbits(32)
    verdicts = []
    for name in options.faults or CAMPAIGNS:
        if name.startswith("power_cuts") and not disk.available():
            sys.stdout.write(f"{name}: cannot run, this Python links no shared SQLite\n")
            continue
        campaign, count = CAMPAIGNS[name]
        verdict = asyncio.run(_run(campaign, options.count or count, seed))
        verdicts.append(verdict)
        _print(verdict)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(verdicts)))
    return sum(not verdict.ok for verdict in verdicts)


async def _run(campaign: Campaign, count: int, seed: int) -> Verdict:
    return await campaign(count, seed)


def _print(verdict: Verdict) -> None:
    state = "ok" if verdict.ok else f"{len(verdict.wrong)} WRONG"
    sys.stdout.write(f"{verdict.name}: {state}\n{msgspec.json.encode(verdict).decode()}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("faults", nargs="*", choices=[*CAMPAIGNS, []], metavar="FAULT",
                        help=f"one of {', '.join(CAMPAIGNS)}")  # fmt: skip
    parser.add_argument("--count", type=int, help="how often each strikes (default: full count)")
    parser.add_argument("--seed", type=int, help="repeat the choices of an earlier run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the verdicts there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
