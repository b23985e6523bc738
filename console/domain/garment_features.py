"""What a piece of text says of a garment: its kind, cloth, pattern and cut, its letters.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from console.domain import enquiry_words as words
from console.domain.garments import KINDS

_LATIN: Final = re.compile(r"[a-z0-9']+")
_LONGEST: Final = 10
"""Characters of the longest Chinese word for clothes."""


def _kind_words() -> dict[str, str]:
    """Every name of a kind of clothes to the kind."""
    listed = ((kind, names) for kind, (_, names) in KINDS.items())
    return {name.replace("-", " "): kind for kind, names in listed for name in names}


KIND_WORDS: Final = _kind_words()
"""What every name of a kind of clothes leads to."""


def _concept_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for concept, names in chain(words.CONCEPTS.items(), words.SUBKINDS.items()):
        for name in names:
            found[name] = (*found.get(name, ()), concept)
    return found


CONCEPT_WORDS: Final = _concept_words()
"""What every word for cloth, pattern, cut, occasion and finer kind leads to."""
_KNOWN: Final = frozenset(chain(KIND_WORDS, CONCEPT_WORDS))


@dataclass(frozen=True, slots=True)
class Features:
    """What a piece of text says of an article."""

    kinds: tuple[str, ...]
    concepts: frozenset[str]
    pieces: frozenset[str]
    in_kinds: frozenset[str]
    """Those pieces that only spell out a kind."""


def features_of(text: str) -> Features:
    """The features of folded text."""
    plain = text.replace("-", " ")
    kinds: list[str] = []
    concepts: set[str] = set()
    spelled: set[str] = set()
    until = 0
    for start, end, piece in _substrings(plain):
        concepts.update(CONCEPT_WORDS.get(piece, ()))
        if piece in KIND_WORDS and start >= until:
            kinds.append(KIND_WORDS[piece])
            spelled.update(_bigrams(piece))
            until = end
    return Features(tuple(kinds), frozenset(concepts), _pieces(plain), frozenset(spelled))


def _substrings(text: str) -> Iterator[tuple[int, int, str]]:
    """Chinese pieces, the longest first from each place, and English phrases of whole words."""
    for start, letter in enumerate(text):
        if letter == " ":
            continue
        for end in range(min(start + _LONGEST, len(text)), start, -1):
            piece = text[start:end]
            if not piece.isascii() and is_whole(text, start, end):
                yield start, end, piece
    found = list(_LATIN.finditer(text))
    for place, first in enumerate(found):
        for last in reversed(found[place : place + 3]):
            piece = text[first.start() : last.end()]
            if piece.isascii():
                yield first.start(), last.end(), singular(piece)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a piece cuts no word in Latin letters or figures in two."""
    return not (
        (start and _joins(text[start - 1]) and _joins(text[start]))
        or (end < len(text) and _joins(text[end - 1]) and _joins(text[end]))
    )


def _joins(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "'")


def singular(phrase: str) -> str:
    """An English phrase without the plural of its last word, where such a word is known."""
    if phrase in _KNOWN:
        return phrase
    for ending in ("es", "s"):
        if phrase.endswith(ending) and phrase[: -len(ending)] in _KNOWN:
            return phrase[: -len(ending)]
    return phrase


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _bigrams(text: str) -> set[str]:
    return {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if not text[at : at + 2].isascii() and " " not in text[at : at + 2]
    }


def _pieces(text: str) -> frozenset[str]:
    latin = {_stem(found.group()) for found in _LATIN.finditer(text)}
    return frozenset(_bigrams(text.replace(" ", "")) | {word for word in latin if len(word) > 1})
