"""Rules about words kept ready.  Standard library only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

MAX_TITLE_CHARS = 60
MAX_SHORTCUT_CHARS = 20
MAX_PICTURES = 9
FACTS = ("name", "staff", "shop", "points")
"""What is filled in where a body says ``{name}``."""
_FACT = re.compile(r"\{(" + "|".join(FACTS) + r")\}")
_BLANK = re.compile(r"\[[^\[\]\n]{1,40}\]")


def tidy_title(title: str) -> str | None:
    """One line; ``None`` when too long."""
    line = " ".join(title.split())
    return line if len(line) <= MAX_TITLE_CHARS else None


def tidy_shortcut(shortcut: str) -> str | None:
    """What is typed behind ``/``, in one spelling; ``None`` when it cannot be typed as one word."""
    word = unicodedata.normalize("NFKC", shortcut).strip().lstrip("/").casefold()
    fits = len(word) <= MAX_SHORTCUT_CHARS and not any(map(str.isspace, word))
    return word if fits and (not word or word.isprintable()) else None


def starter_language(*words: str) -> str:
    """The language an existing shop writes in: ``zh``, or ``en`` when it wrote no Chinese."""
    written = "".join(words)
    chinese = any("\u4e00" <= char <= "\u9fff" for char in written)
    return "zh" if chinese or not written.strip() else "en"


def filled(body: str, facts: Mapping[str, str], hints: Mapping[str, str]) -> str:
    """The words with what is known filled in; what is not known becomes a blank with its hint."""

    def fact(match: re.Match[str]) -> str:
        name = match.group(1)
        return facts.get(name) or f"[{hints.get(name, name)}]"

    return _FACT.sub(fact, body)


def blanks(text: str) -> list[tuple[int, int]]:
    """Where the ``[hints]`` are that somebody still has to type over: first and last place."""
    return [match.span() for match in _BLANK.finditer(text)]
