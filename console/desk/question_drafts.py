"""A question while it is written: kept as far as it goes, and whether it can be answered yet.

A draft keeps whatever was entered; blank choices and doubled ones are left out when it is kept.
"""

from __future__ import annotations

from msgspec.structs import replace

from console.domain import questions
from console.wire.campaign_rows import QuestionTerms


def kept(terms: QuestionTerms | None) -> QuestionTerms | None:
    """A question as the relay takes it."""
    if terms is None:
        return None
    tidy = (questions.tidy(choice)[: questions.MAX_CHOICE_CHARS] for choice in terms.choices)
    choices = [choice for choice in dict.fromkeys(tidy) if choice]
    text = questions.tidy(terms.text)[: questions.MAX_TEXT_CHARS]
    return replace(terms, text=text, choices=choices[: questions.MAX_CHOICES])


def is_sound(terms: QuestionTerms | None) -> bool:
    """Whether it may be sent as it is; also without a question."""
    found = kept(terms)
    return found is None or bool(found.choices) or found.free_text
