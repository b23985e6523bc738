"""How much one device or connection may ask: token buckets and sizes.  Pure values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of sessions; tests make them small.

    Attributes:
        commands_per_s, command_burst: per device.
        signals_per_s: per connection.
        pages_per_s, page_burst: per connection.
        buffer_bytes: unsent bytes from which a connection counts as lagging.
        stall_s: no byte taken for so long while lagging: closed.
        hello_s: how long the first frame may take.
        malformed_frames: how many a connection may send before it is closed.
    """

    commands_per_s: float = 20
    command_burst: float = 40
    signals_per_s: float = 5
    pages_per_s: float = 40
    page_burst: float = 200
    buffer_bytes: int = 128 * 1024
    stall_s: float = 30
    hello_s: float = 10
    malformed_frames: int = 5


class Bucket:
    """A token bucket over a clock that only grows."""

    __slots__ = ("_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._at = burst, now

    def take(self, now: float) -> bool:
        """Use one token up; False when there is none."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def full(self, now: float) -> bool:
        """Whether it says nothing any more, so that it may be forgotten."""
        return self._tokens + (now - self._at) * self._rate >= self._burst


class DeviceLimits:
    """A bucket per device, shared by its connections, forgotten when full again."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._buckets: dict[int, Bucket] = {}

    def take(self, device_id: int, now: float) -> bool:
        """Use one of the device's tokens up; False when there is none."""
        bucket = self._buckets.get(device_id)
        if bucket is None:
            self._sweep(now)
            bucket = self._buckets[device_id] = Bucket(self._rate, self._burst, now)
        return bucket.take(now)

    def _sweep(self, now: float) -> None:
        if len(self._buckets) < 4_096:
            return
        self._buckets = {
            device_id: bucket for device_id, bucket in self._buckets.items() if not bucket.full(now)
        }
