"""How a photo is turned and cut: quarters, then the part that stays.  Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle in a picture, in parts (0..1) of its width and height."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is cut off."""
        return self == Part()

    def turned(self, quarters: int) -> Part:
        """The same piece of the picture once that is turned clockwise."""
        part = self
        for _ in range(quarters % 4):
            part = Part(1.0 - part.top - part.height, part.left, part.height, part.width)
        return part

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a picture of that size; never empty, never outside."""
        left = min(max(round(self.left * width), 0), width - 1)
        top = min(max(round(self.top * height), 0), height - 1)
        right = min(max(round((self.left + self.width) * width), left + 1), width)
        bottom = min(max(round((self.top + self.height) * height), top + 1), height)
        return left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Shape:
    """``quarters`` clockwise from upright; ``part`` is one of the turned picture."""

    quarters: int = 0
    part: Part = Part()

    @property
    def is_plain(self) -> bool:
        """Whether it is the photo as it was taken."""
        return self.quarters == 0 and self.part.is_whole

    def turned(self, quarters: int) -> Shape:
        """Turned further, clockwise; what is cut off stays cut off."""
        return Shape((self.quarters + quarters) % 4, self.part.turned(quarters))

    def cut(self, part: Part) -> Shape:
        """Another part of the same picture."""
        return replace(self, part=part)
