"""What is wrong with a segment's rule, as the refusal that relay and console answer with."""

from __future__ import annotations

from console.domain.segments import Fault
from console.wire.errors import Code, Refusal

_CODES = {
    "invalid": Code.SEGMENT_RULE, "too_deep": Code.SEGMENT_TOO_LARGE,
    "too_many": Code.SEGMENT_TOO_LARGE, "cycle": Code.SEGMENT_CYCLE,
    "missing": Code.SEGMENT_MISSING, "nobody": Code.SEGMENT_PHONES,
}  # fmt: skip


def refusal(fault: Fault) -> Refusal:
    """The refusal of a command's ``rule``; its parameter ``path`` says where it is wrong."""
    return Refusal(_CODES[fault.code], {"path": fault.path}, field="rule")
