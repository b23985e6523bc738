"""A message cut into what matters of it: articles, colours, sizes, questions.  Pure.

The longest term of the lexicon counts at each place; where none stands, one that sounds alike
(Chinese) or is a slip of the fingers away (English) does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from console.domain import clothing_sizes
from console.domain import enquiry_words as words
from console.domain.answers import fold
from console.domain.clothing_sizes import SaidSize
from console.domain.colour_words import SHADES
from console.domain.enquiry_index import Catalogue
from console.domain.garment_features import CONCEPT_WORDS, is_whole
from console.domain.homophones import SOUND

Role = Literal[
    "head", "colour", "shade", "size", "ask", "pointer", "wearer", "concept",
    "break", "report", "matter", "question", "filler", "noise",
]  # fmt: skip
MAX_CHARS: Final = 1_000
"""So much of a message is read; what comes after is a letter, not a question."""
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LATIN_LETTER: Final = re.compile(r"[a-z]")
_MOST: Final = 24
_SHORTEST_SLIP: Final = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A term with its place in the folded text; ``text`` is the term that was meant."""

    start: int
    end: int
    role: Role
    text: str
    size: SaidSize | None = None
    typo: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A message, folded with one character for each of its own, and its tokens in order."""

    folded: str
    tokens: tuple[Token, ...]


@lru_cache(maxsize=8_192)
def _letter(character: str) -> str:
    """One character as terms are compared; those that would become several stay themselves."""
    if character == "\n":
        return character
    folded = fold(character) or " "
    return folded if len(folded) == 1 else character


def fold_in_place(text: str) -> str:
    """Folded like a term, but every character in its place."""
    return "".join(map(_letter, text)).translate(words.SIMPLIFIED)


class Lexicon:
    """All terms of a catalogue and of questions, with their slips."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._roles = dict(_terms(catalogue))
        slippery = {term for term, role in self._roles.items() if role in {"head", "colour"}}
        self._sounds = _by_sound(slippery)
        self._reach = _reach(self._roles)
        self._vocabulary = {
            word for term in self._roles for word in _WORD.findall(term) if len(word) > 1
        }
        self._slips = _by_slip(self._vocabulary)
        self._joined = _joined(self._roles)
        self._sound_reach = _reach(self._sounds)

    def read(self, text: str) -> Reading:
        """Cut a message into tokens."""
        folded = fold_in_place(text[:MAX_CHARS])
        meant = self._spelled(folded.replace("-", " "))
        sizes = {start: (end, size) for start, end, size in clothing_sizes.find(folded)}
        sound = meant.translate(SOUND)
        tokens: list[Token] = []
        at = 0
        while at < len(folded):
            token = self._at(meant, sound, at, sizes)
            if token is not None:
                tokens.append(token)
            at = token.end if token is not None else at + 1
        return Reading(folded, tuple(tokens))

    def _at(
        self, text: str, sound: str, at: int, sizes: Mapping[int, tuple[int, SaidSize]]
    ) -> Token | None:
        if text[at] == " " or not is_whole(text, at, len(text)):
            return None
        end, term, typo = self._longest_term(text, sound, at)
        sized = sizes.get(at)
        if sized and sized[0] >= end:
            return Token(at, sized[0], "size", text[at : sized[0]], sized[1])
        return Token(at, end, self._roles[term], term, typo=typo) if term else None

    def _longest_term(self, text: str, sound: str, at: int) -> tuple[int, str, bool]:
        reach = max(self._reach.get(text[at], 0), self._sound_reach.get(sound[at], 0))
        for end in range(min(at + reach, len(text)), at, -1):
            piece = text[at:end]
            term = piece if piece in self._roles else self._joined.get(piece, "")
            if not term and piece.isascii():
                term = self._singular(piece)
            if term and is_whole(text, at, end):
                return end, term, False
            alike = self._alike(piece, sound[at:end])
            if alike and is_whole(text, at, end):
                return end, alike, True
        return at, "", False

    def _singular(self, piece: str) -> str:
        return next(
            (piece[: -len(ending)] for ending in ("s", "es")
             if piece.endswith(ending) and self._roles.get(piece[: -len(ending)]) == "head"), ""
        )  # fmt: skip

    def _alike(self, piece: str, sound: str) -> str:
        """The term that sounds so, when most of its characters are those that stand there."""
        for term in self._sounds.get(sound, ()):
            wrong = sum(one != other for one, other in zip(term, piece, strict=True))
            if wrong <= len(term) // 2:
                return term
        return ""

    def _spelled(self, text: str) -> str:
        """English words with a slip as they were meant, where they keep their length."""
        if not _LATIN_LETTER.search(text):
            return text
        return _WORD.sub(lambda found: self._corrected(found.group()), text)

    def _corrected(self, word: str) -> str:
        if word in self._vocabulary or word in self._joined or len(word) < 4:
            return word
        swapped = (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)
        )
        right = next((each for each in swapped if each in self._vocabulary), "")
        if not right and len(word) >= _SHORTEST_SLIP:
            right = next((self._slips[each] for each in _holes(word) if each in self._slips), "")
        return right if len(right) == len(word) else word


def _terms(catalogue: Catalogue) -> Iterator[tuple[str, Role]]:
    """Later ones win over earlier ones."""
    listed: tuple[tuple[Role, Iterable[str]], ...] = (
        ("matter", words.MATTERS), ("filler", words.FILLERS), ("break", words.BREAKS),
        ("question", (*words.HALF_QUESTIONS, *words.QUESTIONS)), ("concept", CONCEPT_WORDS),
        ("ask", (each for asks in words.ASKS.values() for each in asks)),
        ("colour", (name for tone in catalogue.tones for name in _colour_names(tone))),
        ("shade", SHADES), ("head", catalogue.heads), ("wearer", words.WEARERS),
        ("pointer", words.POINTERS), ("report", words.REPORTS), ("noise", words.NOISE),
    )  # fmt: skip
    for role, terms in listed:
        yield from ((term, role) for term in terms)


def _colour_names(name: str) -> tuple[str, ...]:
    if name.isascii():
        return (name,)
    return (name, f"{name}色", f"{name}颜色")


def _reach(terms: Iterable[str]) -> dict[str, int]:
    """By its first character the length of the longest term, with a plural's ending."""
    found: dict[str, int] = {}
    for term in terms:
        found[term[0]] = max(found.get(term[0], 0), min(len(term) + 2, _MOST))
    return found


def _by_sound(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for term in sorted(terms):
        if len(term) > 1 and not term.isascii():
            sound = term.translate(SOUND)
            found[sound] = (*found.get(sound, ()), term)
    return found


def _holes(word: str) -> Iterator[str]:
    """A word with each of its letters unknown in turn."""
    for at in range(len(word)):
        yield f"{word[:at]}?{word[at + 1 :]}"


def _by_slip(vocabulary: Iterable[str]) -> dict[str, str]:
    long = (word for word in sorted(vocabulary) if len(word) >= _SHORTEST_SLIP)
    return {hole: word for word in long for hole in _holes(word)}


def _joined(roles: Mapping[str, Role]) -> dict[str, str]:
    """English names with two of their words written as one."""
    return {
        term[:at] + term[at + 1 :]: term
        for term, role in roles.items()
        if role == "head" and term.isascii()
        for at, letter in enumerate(term)
        if letter == " "
    }
