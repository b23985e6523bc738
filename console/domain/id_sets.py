"""Sets of ids as the bits of one whole number: tens of thousands are united and counted in
microseconds, and kept in a few kilobytes.  Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

_BYTE = 8


class IdSet(Set[int]):
    """Ids from 0 on; one bit for each up to the greatest.

    ``|`` unites, ``==`` compares and ``len`` counts; for more, make another set of it.
    """

    __slots__ = ("bits",)

    def __init__(self, bits: int = 0) -> None:
        self.bits = bits

    @classmethod
    def of(cls, ids: Iterable[int]) -> IdSet:
        """Those ids.  Raises ``IndexError`` for a negative one."""
        found = list(ids)
        room = bytearray(max(found, default=0) // _BYTE + 1)
        for each in found:
            if each < 0:
                raise IndexError(each)
            room[each >> 3] |= 1 << (each & 7)
        return cls(int.from_bytes(room, "little"))

    @classmethod
    def from_bytes(cls, kept: bytes) -> IdSet:
        """What ``to_bytes`` gave."""
        return cls(int.from_bytes(kept, "little"))

    def to_bytes(self) -> bytes:
        """To be kept."""
        return self.bits.to_bytes((self.bits.bit_length() + _BYTE - 1) // _BYTE, "little")

    def __contains__(self, each: object) -> bool:
        return isinstance(each, int) and each >= 0 and bool(self.bits >> each & 1)

    def __iter__(self) -> Iterator[int]:
        for place, byte in enumerate(self.to_bytes()):
            if byte:
                yield from (place * _BYTE + bit for bit in range(_BYTE) if byte >> bit & 1)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __or__(self, other: Set[Any]) -> IdSet:
        """Both; microseconds where the other is one of these, too."""
        return IdSet(self.bits | (other if isinstance(other, IdSet) else IdSet.of(other)).bits)

    def __hash__(self) -> int:
        return hash(self.bits)
