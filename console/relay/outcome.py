"""How a command ended: a value, and the bytes in which it is kept for retries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from console.wire.errors import Code, Refusal
from console.wire.frames import AckFrame, NackFrame


class _Stored(msgspec.Struct, frozen=True, omit_defaults=True):
    """A settled answer as the database keeps it; never a body, never a secret."""

    result: Any = None
    code: str = ""
    parameters: dict[str, Any] = {}
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one command.

    Attributes:
        rev: the commit that shows its effect (for a refusal: the head).
        result: what the ack carries.
        refusal: set when it was turned down; then nothing of it was written.
    """

    rev: int
    result: Any = None
    refusal: Refusal | None = None

    @property
    def final(self) -> bool:
        """Whether the same command would get the same answer again."""
        return self.refusal is None or not self.refusal.code.transient

    def frame(self, n: int) -> AckFrame | NackFrame:
        """The answer on the wire."""
        if self.refusal is None:
            return AckFrame(n=n, rev=self.rev, result=self.result)
        return NackFrame(
            n=n, code=self.refusal.code.value, parameters=dict(self.refusal.parameters),
            field=self.refusal.field, final=self.final,
        )  # fmt: skip

    def to_bytes(self, *, keep_result: bool) -> bytes:
        """For the database; without the result where it holds a secret."""
        if self.refusal is None:
            return msgspec.json.encode(_Stored(result=self.result if keep_result else None))
        return msgspec.json.encode(
            _Stored(
                code=self.refusal.code.value, parameters=dict(self.refusal.parameters),
                field=self.refusal.field,
            )
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, rev: int, data: bytes) -> Outcome:
        """The answer as it was given the first time."""
        stored = msgspec.json.decode(data, type=_Stored)
        if not stored.code:
            return cls(rev, stored.result)
        return cls(rev, refusal=Refusal(Code(stored.code), stored.parameters, stored.field))
