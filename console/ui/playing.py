"""How far something that plays is: plain values between the player and the painters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SPEEDS: Final = (1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Playing:
    """What the player holds: ``key`` of the bubble, milliseconds, how fast, whether it runs."""

    key: str
    position_ms: int = 0
    duration_ms: int = 0
    speed: float = 1.0
    running: bool = False

    @property
    def part(self) -> float:
        """0..1 of its length."""
        return min(1.0, self.position_ms / self.duration_ms) if self.duration_ms > 0 else 0.0


def next_speed(speed: float) -> float:
    """The one after it, and from the last to the first."""
    return SPEEDS[(SPEEDS.index(speed) + 1) % len(SPEEDS)] if speed in SPEEDS else SPEEDS[0]


def speed_text(speed: float) -> str:
    """``1×``, ``1.5×``, ``2×``."""
    return f"{speed:g}×"
