"""Counters of the relay in the text form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts what is counted here and asks for the rest when somebody looks."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[Labels, float]] = {}
        self._help: dict[str, str] = {}
        self._gauges: dict[str, Callable[[], float]] = {}

    def count(self, name: str, explanation: str, by: float = 1, **labels: str) -> None:
        """Add to a counter; ``labels`` must come from a small fixed set, never from input."""
        self._help.setdefault(name, explanation)
        series = self._counts.setdefault(name, {})
        key: Labels = tuple(sorted(labels.items()))
        series[key] = series.get(key, 0) + by

    def gauge(self, name: str, explanation: str, read: Callable[[], float]) -> None:
        """Ask ``read`` for the value each time."""
        self._help[name] = explanation
        self._gauges[name] = read

    def render(self, more: Mapping[str, float] | None = None) -> str:
        """All of it; ``more`` are counters kept elsewhere, by name."""
        lines: list[str] = []
        for name, series in sorted(self._counts.items()):
            lines += self._head(name, "counter")
            lines += [f"{name}{_labels(key)} {value:g}" for key, value in sorted(series.items())]
        for name, read in sorted(self._gauges.items()):
            lines += [*self._head(name, "gauge"), f"{name} {read():g}"]
        for name, value in sorted((more or {}).items()):
            lines += [f"# TYPE hanger_{name} untyped", f"hanger_{name} {value:g}"]
        return "\n".join(lines) + "\n"

    def _head(self, name: str, kind: str) -> list[str]:
        return [f"# HELP {name} {self._help[name]}", f"# TYPE {name} {kind}"]


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}"
