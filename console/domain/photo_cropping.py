"""A frame that is dragged over a picture to choose a part of it.  Standard library only.

All lengths are in the picture's own units; ``ratio`` is width divided by height, 0 when free.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.photo_shapes import Part

Handle = tuple[int, int]
"""Which sides of a frame are held: -1 left or top, 1 right or bottom, 0 neither."""
HANDLES: tuple[Handle, ...] = (
    (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """Where it lies in a picture of ``wide`` × ``high``, both sides at least ``least``."""

    left: float
    top: float
    width: float
    height: float
    wide: float
    high: float
    least: float

    @classmethod
    def around(cls, part: Part, wide: float, high: float, least: float) -> Frame:
        """Around a part of a picture."""
        least = min(least, wide, high)
        width, height = max(part.width * wide, least), max(part.height * high, least)
        left, top = part.left * wide, part.top * high
        return cls(left, top, width, height, wide, high, least).moved(0, 0)

    @property
    def part(self) -> Part:
        """What is in it."""
        wide, high = self.wide, self.high
        return Part(self.left / wide, self.top / high, self.width / wide, self.height / high)

    def _placed(self, left: float, top: float, width: float, height: float) -> Frame:
        return Frame(left, top, width, height, self.wide, self.high, self.least)

    def moved(self, right: float, down: float) -> Frame:
        """Elsewhere, inside the picture."""
        left = min(max(self.left + right, 0.0), self.wide - self.width)
        top = min(max(self.top + down, 0.0), self.high - self.height)
        return self._placed(left, top, self.width, self.height)

    def fitted(self, ratio: float) -> Frame:
        """As large as a ratio may be in the picture, around the same middle."""
        if not ratio:
            return self
        width = min(self.wide, self.high * ratio)
        height = width / ratio
        left = self.left + (self.width - width) / 2
        top = self.top + (self.height - height) / 2
        return self._placed(left, top, width, height).moved(0, 0)

    def dragged(self, handle: Handle, x: float, y: float, ratio: float) -> Frame:
        """A handle is held at a point; what is opposite to it stays."""
        along, below = handle
        left, width = _side(self.left, self.width, along, x, self.wide, self.least)
        top, height = _side(self.top, self.height, below, y, self.high, self.least)
        if not ratio:
            return self._placed(left, top, width, height)
        room_wide = _room(self.left, self.width, along, self.wide)
        room_high = _room(self.top, self.height, below, self.high)
        wanted = (width if not below else height * ratio if not along
                  else max(width, height * ratio))  # fmt: skip
        least = self.least * max(1.0, ratio)
        width = min(max(wanted, least), room_wide, room_high * ratio)
        height = width / ratio
        left = _start(self.left, self.width, along, width)
        return self._placed(left, _start(self.top, self.height, below, height), width, height)


def _side(
    start: float, length: float, held: int, to: float, end: float, least: float
) -> tuple[float, float]:
    """Start and length of one side, of which an edge is at ``to`` now."""
    if held < 0:
        edge = min(max(to, 0.0), start + length - least)
        return edge, start + length - edge
    if held > 0:
        return start, min(max(to, start + least), end) - start
    return start, length


def _room(start: float, length: float, held: int, end: float) -> float:
    """How long a side can become while what is opposite, or the middle, stays."""
    if held < 0:
        return start + length
    if held > 0:
        return end - start
    return 2 * min(start + length / 2, end - start - length / 2)


def _start(start: float, length: float, held: int, now: float) -> float:
    """Where a side of another length begins."""
    if held < 0:
        return start + length - now
    return start if held > 0 else start + (length - now) / 2
