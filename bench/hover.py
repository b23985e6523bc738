"""How long a chart takes to follow the pointer, and to take in what came in meanwhile.

``python -m bench.hover`` prints both as JSON, in milliseconds: ``{"hover": […], "frame": […]}``.
``measured`` does that in a process of its own, because widgets need one.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Final

POINTS: Final = 2_000
LINES: Final = 3
_MOVES: Final = 600
_FRAMES: Final = 120
_WIDE, _HIGH = 1_060, 420
_AT_REST: Final = 20
"""The first ones fill the caches of fonts and texts."""


async def measured() -> dict[str, list[float]]:
    """``hover``: from a move of the pointer to the painted read-out, over the read curves and the
    heat map by turns; ``frame``: from new figures to the painted curves; of each all times, in ms.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.hover", stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    told, _ = await process.communicate()
    found: dict[str, list[float]] = json.loads(told)
    return found


def _main() -> None:
    """Measure in this process."""
    from PySide6.QtCore import QPoint  # noqa: PLC0415 - only here is a screen
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from console.ui.heat_grid import DAYS, HOURS, HeatGrid  # noqa: PLC0415
    from console.ui.share_curve import ShareCurve  # noqa: PLC0415
    from console.ui.share_series import Series, Spot  # noqa: PLC0415

    def lines() -> list[Series]:
        """Each rises quickly at first; made anew, as when somebody read meanwhile."""
        spots = [(259_200 * (place / POINTS) ** 2, 1 - 0.5 ** (place / 500))
                 for place in range(POINTS)]  # fmt: skip
        return [
            Series(str(n), f"No. {n}", tuple(Spot(at, share * n / LINES, n) for at, share in spots))
            for n in range(1, LINES + 1)
        ]  # fmt: skip

    application = QApplication([])
    curve, grid = ShareCurve(), HeatGrid()
    for chart in (curve, grid):
        chart.resize(_WIDE, _HIGH)
        chart.show()
    curve.show_series(lines())
    grid.show_values({(day, hour): float(day + hour) for day in range(DAYS)
                      for hour in range(HOURS)})  # fmt: skip
    application.processEvents()

    def follow(number: int) -> None:
        chart = (curve, grid)[number % 2]
        QTest.mouseMove(chart, QPoint(60 + number * 37 % (_WIDE - 90), 20 + number * 11 % 360))
        chart.repaint()

    grown = itertools.cycle((lines(), lines()))

    def grow(_number: int) -> None:
        curve.show_series(next(grown))
        curve.repaint()

    told = {"hover": _times(follow, _MOVES), "frame": _times(grow, _FRAMES)}
    sys.stdout.write(json.dumps(told) + "\n")


def _times(do: Callable[[int], None], often: int) -> list[float]:
    taken = []
    for number in range(often + _AT_REST):
        began = time.perf_counter()
        do(number)
        taken.append((time.perf_counter() - began) * 1_000)
    return taken[_AT_REST:]


if __name__ == "__main__":
    _main()
