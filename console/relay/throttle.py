"""How often somebody may knock: rates per address or device, and waits after wrong secrets.

Pure bookkeeping in memory over a clock that is passed in; a relay that restarts forgets.
"""

from __future__ import annotations

import ipaddress
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

Monotonic = Callable[[], float]
Key = TypeVar("Key", int, str)
_PRUNE_ABOVE = 10_000


def address_group(address: str) -> str:
    """The unit that is counted: an IPv4 address, or an IPv6 customer's whole /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


class Rate:
    """A bucket of ``burst`` tokens per key, refilled with ``per_minute`` tokens a minute."""

    def __init__(self, burst: int, per_minute: float, clock: Monotonic = time.monotonic) -> None:
        self._burst = float(burst)
        self._per_s = per_minute / 60
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> float:
        """Take one token; the result is 0, or the seconds until there is one again."""
        now = self._clock()
        tokens, then = self._buckets.get(key, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._per_s)
        if tokens < 1:
            self._buckets[key] = (tokens, now)
            return (1 - tokens) / self._per_s
        if len(self._buckets) > _PRUNE_ABOVE:
            self._prune(now)
        self._buckets[key] = (tokens - 1, now)
        return 0.0

    def _prune(self, now: float) -> None:
        """Forget keys whose bucket is full again; they start full anyway."""
        full_after = self._burst / self._per_s
        self._buckets = {
            key: bucket for key, bucket in self._buckets.items() if now - bucket[1] < full_after
        }


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0
    locked_until: float = 0.0


@dataclass(slots=True)
class Lockout:
    """Waits that double with every wrong secret beyond ``free`` ones.

    Attributes:
        free: wrong tries before the first wait.
        first_wait_s: the first wait; each further wrong try doubles it.
        longest_wait_s: where the doubling ends.
    """

    free: int = 8
    first_wait_s: float = 30.0
    longest_wait_s: float = 3600.0
    clock: Monotonic = time.monotonic
    _by_key: dict[str, _Failures] = field(default_factory=dict)

    def wait_s(self, key: str) -> float:
        """Seconds for which ``key`` must not try; 0 when it may."""
        failures = self._by_key.get(key)
        return max(0.0, failures.locked_until - self.clock()) if failures else 0.0

    def failed(self, key: str) -> None:
        """Count a wrong secret."""
        now = self.clock()
        if len(self._by_key) > _PRUNE_ABOVE:
            self._prune(now)
        failures = self._by_key.setdefault(key, _Failures())
        failures.count += 1
        failures.last = now
        if failures.count >= self.free:
            wait = self.first_wait_s * 2.0 ** min(failures.count - self.free, 20)
            failures.locked_until = now + min(wait, self.longest_wait_s)

    def succeeded(self, key: str) -> None:
        """A right secret: everything is forgiven."""
        self._by_key.pop(key, None)

    def _prune(self, now: float) -> None:
        self._by_key = {
            key: failures
            for key, failures in self._by_key.items()
            if now - failures.last < 2 * self.longest_wait_s
        }


class ConnectionCaps:
    """How many websockets may be open at once, in all, per address and per device."""

    def __init__(self, total: int, per_address: int, per_device: int) -> None:
        self._total = total
        self._per_address = per_address
        self._per_device = per_device
        self._addresses: Counter[str] = Counter()
        self._devices: Counter[int] = Counter()
        self.open = 0
        """Websockets open right now."""

    def enter(self, address: str, device_id: int) -> bool:
        """Count a new connection; false (and not counted) when one of the caps is reached.

        An empty ``address`` is this computer itself, which is counted in all and per device.
        """
        if (
            self.open >= self._total
            or self._devices[device_id] >= self._per_device
            or (address and self._addresses[address] >= self._per_address)
        ):
            return False
        self.open += 1
        self._devices[device_id] += 1
        if address:
            self._addresses[address] += 1
        return True

    def leave(self, address: str, device_id: int) -> None:
        """The connection that ``enter`` counted is gone."""
        self.open -= 1
        _count_down(self._devices, device_id)
        if address:
            _count_down(self._addresses, address)


def _count_down(counter: Counter[Key], key: Key) -> None:
    """One less; an entry that reaches 0 is forgotten."""
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]
