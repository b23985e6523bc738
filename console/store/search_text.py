"""The words of messages as they are searched: tokens of a text, terms of a query, hits.

Pure.  A word of letters and digits is one token, folded: full-width as half-width, accents
dropped, lower case.  Characters of writing without spaces (Chinese, kana, Thai …) and signs
like 😍 are one token each.  Other signs, spaces and line ends only part words.

Each term of a query stands for neighbouring tokens, anywhere in a text; a word at its end is
found by its beginning, from its second character on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, TypeAlias

MAX_TERMS: Final = 8
MAX_TERM_CHARS: Final = 64
_ALONE_FROM: Final = "\u0e00"
"""Writing from here on has no spaces between words."""
_MOST_FOLDS: Final = 20_000
_LEAST_PREFIX: Final = 2

Term: TypeAlias = tuple[str, ...]
"""Neighbouring tokens; never empty."""


class _Folds(dict[int, str]):
    """What each character becomes; filled as characters come."""

    def __missing__(self, code: int) -> str:
        if len(self) > _MOST_FOLDS:
            self.clear()
        made = self[code] = _fold_one(chr(code))
        return made


def _fold_one(char: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not _is_accent(c))
    return "".join(map(_part, unicodedata.normalize("NFKC", bare).casefold()))


def _is_accent(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" or char in "\u3099\u309a"


def _part(char: str) -> str:
    """A letter or digit as it is, a token of its own between spaces, anything else a space."""
    category = unicodedata.category(char)
    if category[0] not in "LNM" and category != "So":
        return " "
    if category == "Mn" and "\ufe00" <= char <= "\ufe0f":
        return ""  # how an emoji is drawn
    return char if category != "So" and char < _ALONE_FROM else f" {char} "


_FOLDS: Final = _Folds()


def words(text: str) -> str:
    """The tokens of a text with spaces between them, as they are put into an index."""
    return text.translate(_FOLDS)


def terms(query: str) -> tuple[Term, ...]:
    """What a text must hold, each anywhere, to be found; none when nothing was typed."""
    found = (tuple(words(part[:MAX_TERM_CHARS]).split()) for part in query.split())
    return tuple(dict.fromkeys(term for term in found if term))[:MAX_TERMS]


def is_prefix(token: str) -> bool:
    """Whether the last token of a term also finds words that only begin with it."""
    return len(token) >= _LEAST_PREFIX


def hits(text: str, wanted: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where the terms stand in a text as it was written: ``(start, end)``, ascending, apart."""
    tokens = _tokens(text)
    names = [name for name, _ in tokens]
    found: list[tuple[int, int]] = []
    for term in wanted:
        for at in range(len(tokens) - len(term) + 1):
            if _stands_at(names, at, term):
                last = tokens[at + len(term) - 1][1]
                found.append((tokens[at][1][0], last[len(term[-1]) - 1] + 1))
    return _joined(sorted(found))


def _stands_at(names: Sequence[str], at: int, term: Term) -> bool:
    end = at + len(term) - 1
    if tuple(names[at:end]) != term[:-1]:
        return False
    last = term[-1]
    return names[end] == last or (is_prefix(last) and names[end].startswith(last))


def _tokens(text: str) -> list[tuple[str, list[int]]]:
    """Tokens, each with the places in ``text`` that its characters came from."""
    found: list[tuple[str, list[int]]] = []
    name, places = "", []
    for index, char in enumerate(text):
        for made in _FOLDS[ord(char)]:
            if made != " ":
                name += made
                places.append(index)
            elif name:
                found.append((name, places))
                name, places = "", []
    if name:
        found.append((name, places))
    return found


def _joined(ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Overlapping and touching ranges as one."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
