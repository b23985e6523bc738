"""What the parts of a rule are called on the screen, and what they may name."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from console.desk import segment_facts
from console.desk.segment_facts import SegmentChoices
from console.desk.segments import SavedSegment
from console.desk.segments_port import SegmentsPort
from console.domain import segment_sentence
from console.domain.segment_sentence import Names
from console.domain.segments import (
    Answered,
    Asked,
    Birthday,
    Bought,
    Bucket,
    Choice,
    Dated,
    Leaf,
    Listed,
    Marketing,
    Noticed,
    Offered,
    Operation,
    Points,
    Rule,
    Saved,
    Sized,
    Tagged,
    Visited,
)
from console.ui.i18n import language, translate

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
KINDS: Final = (
    ("bought", "visited", "asked", "notice", "answer", "offer"),
    ("tag", "tier", "gender", "size", "points", "birthday"),
    ("marketing", "state", "joined", "seen", "created"),
    ("segment", "members", "bucket"),
)
"""Kinds of conditions as they are offered, what belongs together beside each other."""
_KIND_OF: Final[dict[type[Leaf], str]] = {
    Bought: "bought", Visited: "visited", Asked: "asked", Noticed: "notice", Answered: "answer",
    Offered: "offer", Tagged: "tag",
    Sized: "size", Points: "points", Birthday: "birthday", Marketing: "marketing",
    Saved: "segment", Listed: "members", Bucket: "bucket",
}  # fmt: skip


def kind_of(leaf: Leaf) -> str:
    """Which of the ``KINDS`` a leaf is."""
    return leaf.column if isinstance(leaf, Choice | Dated) else _KIND_OF[type(leaf)]


def kind_text(kind: str) -> str:
    """What a kind of condition is called."""
    return {
        "bought": translate("Segments", "Bought"),
        "visited": translate("Segments", "Visited the shop"),
        "asked": translate("Segments", "Asked about"),
        "notice": translate("Segments", "Notices"),
        "answer": translate("Segments", "Answer to a question"),
        "offer": translate("Segments", "Coupon"),
        "tag": translate("Segments", "Tag"),
        "tier": translate("Segments", "Tier"),
        "gender": translate("Segments", "Gender"),
        "size": translate("Segments", "Size"),
        "points": translate("Segments", "Points"),
        "birthday": translate("Segments", "Birthday"),
        "marketing": translate("Segments", "Consent"),
        "state": translate("Segments", "On the phone page"),
        "joined": translate("Segments", "Joined"),
        "seen": translate("Segments", "Last seen"),
        "created": translate("Segments", "Added to the list"),
        "segment": translate("Segments", "Saved segment"),
        "members": translate("Segments", "Members by hand"),
        "bucket": translate("Segments", "Share of members"),
    }[kind]


def operation_text(operation: Operation) -> str:
    """How a group joins its parts."""
    return {
        "all": translate("Segments", "all"),
        "any": translate("Segments", "any"),
        "none": translate("Segments", "none"),
    }[operation]


def operation_pattern(operation: Operation) -> str:
    """The words around it, with ``{operation}`` between them."""
    if operation == "none":
        return translate("Segments", "Meet {operation} of the conditions below")
    return translate("Segments", "Meet {operation} of these conditions")


def unit_text(unit: str) -> str:
    """Days, weeks, months, years."""
    return {
        "day": translate("Segments", "days"),
        "week": translate("Segments", "weeks"),
        "month": translate("Segments", "months"),
        "year": translate("Segments", "years"),
    }[unit]


@dataclass
class Offers:
    """What the editors may offer, and the way to ask for more."""

    port: SegmentsPort
    spawn: Spawn
    choices: SegmentChoices = field(default_factory=SegmentChoices)
    saved: Sequence[SavedSegment] = ()
    own_id: int = 0
    """The saved segment that is being changed, which cannot use itself."""

    @property
    def names(self) -> Names:
        """What is named in rules, in the language spoken now."""
        english = language() == "en"
        return Names(
            {number: (english and other) or name for number, name, other in self.choices.products},
            {each.id: each.name for each in self.saved},
            dict(self.choices.campaigns),
            {number: labels for number, _, labels in self.choices.questions},
        )

    def pieces(self, leaf: Leaf) -> tuple[str, ...]:
        """A condition in short pieces."""
        return segment_sentence.pieces(leaf, phrases(), self.names)

    def sentence(self, rule: Rule) -> str:
        """A rule as one plain sentence."""
        return segment_sentence.sentence(rule, phrases(), self.names)


def phrases() -> dict[str, str]:
    """The phrases of sentences in the language spoken now."""
    return segment_facts.phrases(language())
