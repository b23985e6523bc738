"""Answers in words, grouped by what a shop sells: "厚外套" and "羽绒服" are both outerwear.

Pure.  The shop's own categories are the groups; what they leave unsaid, the names of clothes
say.  A guess only: staff put an answer elsewhere by hand, and that stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.domain.garments import KINDS

UNSORTED: Final = ""
"""The group of what nobody could place."""

_CLAUSE: Final = re.compile(r"[,.;:!?、,。;:!?~…\n]|但是?|不过|还是|\bbut\b")
_NEGATED: Final = re.compile(
    r"(不要|不想|不用|不需要|不喜欢|不爱|(?<!特)别(?![的款])|没有想|除了|\bno\b|\bnot\b|n't\b|\bwithout\b)[^,,。]{0,6}$"
)


def fold(text: str) -> str:
    """As terms are compared: full-width and half-width alike, without case or double spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which of a shop's categories a word leads to; ``pattern`` finds any of the words."""

    leads_to: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, categories: Iterable[str]) -> Vocabulary:
        """The words for a shop's categories."""
        own = [category for category in dict.fromkeys(categories) if fold(category)]
        homes: dict[str, str] = {}
        for category in own:
            kind = _kind_of(fold(category))
            if kind:
                homes.setdefault(kind, category)
        leads: dict[str, str] = {}
        for kind, (_, names) in KINDS.items():
            home = _home(kind, homes)
            if home:
                leads.update(dict.fromkeys(names, home))
        for category in own:
            leads[fold(category)] = category
            leads.setdefault(fold(category).replace(" ", ""), category)
        return cls(leads, _pattern(leads))


def _kind_of(name: str) -> str:
    """The kind of clothes that a category names: its longest word decides."""
    found = [(len(word), kind) for kind, (_, words) in KINDS.items() for word in words
             if _pattern([word]).search(name)]  # fmt: skip
    return max(found)[1] if found else ""


def _home(kind: str, homes: Mapping[str, str]) -> str:
    instead, _ = KINDS[kind]
    return next((homes[each] for each in (kind, *instead) if each in homes), "")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of them, the longest first; those in Latin letters as whole words, also plural."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    parts = [rf"\b{re.escape(word)}(?:e?s)?\b" if word.isascii() else re.escape(word)
             for word in ordered]  # fmt: skip
    return re.compile("|".join(f"({part})" for part in parts) or "(?!)")


def bucket_of(text: str, vocabulary: Vocabulary) -> str:
    """The category that an answer asks for first, ``UNSORTED`` when it names none."""
    folded = fold(text)
    for found in vocabulary.pattern.finditer(folded):
        if not negated(folded[: found.start()]):
            return vocabulary.leads_to[_word(found.group(), vocabulary)]
    return UNSORTED


def negated(before: str) -> bool:
    """Whether what follows these folded words is what she does not want."""
    return _NEGATED.search(_CLAUSE.split(before)[-1]) is not None


def _word(said: str, vocabulary: Vocabulary) -> str:
    """The word of the vocabulary in its plural."""
    for ending in ("", "s", "es"):
        word = said[: len(said) - len(ending)] if said.endswith(ending) else said
        if word in vocabulary.leads_to:
            return word
    return said


@dataclass(frozen=True, slots=True)
class Sorted:
    """Places of answers by group: the largest first, the unsorted ones apart."""

    buckets: tuple[tuple[str, tuple[int, ...]], ...]
    unsorted: tuple[int, ...]


def sort_answers(
    said: Sequence[tuple[str, str]], vocabulary: Vocabulary, names: Mapping[str, str]
) -> Sorted:
    """Group answers, each its words and the bucket that staff chose ("" none).

    ``names``: other names that staff gave to groups.
    """
    found: dict[str, list[int]] = {}
    for place, (text, by_hand) in enumerate(said):
        bucket = by_hand
        if not bucket:
            guessed = bucket_of(text, vocabulary)
            bucket = names.get(guessed, guessed)
        found.setdefault(bucket, []).append(place)
    rest = found.pop(UNSORTED, [])
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return Sorted(tuple((name, tuple(places)) for name, places in ordered), tuple(rest))
