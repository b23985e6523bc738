"""``python -m bench [NAME…] --json FILE``: measure, print, save."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bench import (
    campaigns,
    counter,
    enquiries,
    fanout,
    goods,
    insights,
    live,
    painted,
    photos,
    segments,
)
from bench.report import Figure, line, save

GROUPS = {fanout.run: fanout.NAMES, painted.run: painted.NAMES,
          counter.run: counter.NAMES, segments.run: segments.NAMES,
          campaigns.run: campaigns.NAMES, photos.run: photos.NAMES,
          enquiries.run: enquiries.NAMES, insights.run: insights.NAMES,
          goods.run: goods.NAMES, live.run: live.NAMES}  # fmt: skip
NAMES = [name for names in GROUPS.values() for name in names]


async def _measure(wanted: set[str]) -> list[Figure]:
    figures = []
    for group, names in GROUPS.items():
        if wanted.intersection(names):
            async for item in group(wanted):
                figures.append(item)
                sys.stdout.write(line(item) + "\n")
                sys.stdout.flush()
    return figures


def main() -> int:
    """Measure what is named (default: all); the exit code is 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    figures = asyncio.run(_measure(set(options.names or NAMES)))
    if options.json:
        save(figures, options.json)
    return int(not all(item.ok for item in figures))


if __name__ == "__main__":
    sys.exit(main())
