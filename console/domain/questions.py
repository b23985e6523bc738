"""What a campaign may ask: the limits of its text and of its choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

MAX_CHOICES: Final = 8
MAX_CHOICE_CHARS: Final = 20
MAX_TEXT_CHARS: Final = 120
MAX_BUCKET_CHARS: Final = 20


def tidy(text: str) -> str:
    """Without spaces around it and doubled ones in it."""
    return " ".join(text.split())


def fits(text: str, choices: Sequence[str]) -> bool:
    """Whether they may be kept: tidy, short, no choice blank or there twice."""
    return (
        len(text) <= MAX_TEXT_CHARS
        and len(choices) <= MAX_CHOICES
        and len(set(choices)) == len(choices)
        and all(choice == tidy(choice) for choice in choices)
        and all(0 < len(choice) <= MAX_CHOICE_CHARS for choice in choices)
    )
