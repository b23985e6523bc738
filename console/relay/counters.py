"""What the relay counts about itself."""

from __future__ import annotations

from collections.abc import Mapping

LATENCY_MS = (1, 2, 5, 10, 25, 50, 100, 250, 1_000)
_WEIGHT = 0.1


class Counters:
    """Plain numbers; read them from the event loop."""

    def __init__(self) -> None:
        self.commits = 0
        self.commands = 0
        self.refused = 0
        self.refused_frames = 0
        self.lagging = 0
        self.stalled = 0
        self.failures = 0
        """Hand-outs and catch-ups that ended in an unexpected error."""
        self.writer_ms = 0.0
        """How long a command waits for its commit: a moving average."""
        self._latency = dict.fromkeys(LATENCY_MS, 0)
        self._latency_sum = 0.0

    def observe(self, milliseconds: float) -> None:
        """One command took so long from being queued to being committed."""
        self.writer_ms += _WEIGHT * (milliseconds - self.writer_ms)
        self._latency_sum += milliseconds
        for bound in LATENCY_MS:
            if milliseconds <= bound:
                self._latency[bound] += 1

    def as_mapping(self) -> Mapping[str, float]:
        """By name, for the metrics page."""
        found: dict[str, float] = {
            "commits": self.commits,
            "commands": self.commands,
            "commands_refused": self.refused,
            "frames_refused": self.refused_frames,
            "sessions_lagging": self.lagging,
            "sessions_stalled_total": self.stalled,
            "writer_ms_sum": self._latency_sum,
        }
        found.update({f"writer_ms_le_{bound}": n for bound, n in self._latency.items()})
        return found
