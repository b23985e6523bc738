"""Lists of phone numbers as people paste or export them.  Standard library only.

One number a line, or a table in which one cell of each line is a number (CSV, or pasted out of a
spreadsheet); names and whatever else stands beside it are not looked at.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from console.domain.phones import normalise_phone

Trouble = Literal["", "no_phone", "twice"]
_SEPARATORS: Final = (",", "\t", ";", "，", "；")
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_SHOWN_CHARS: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its number from 1, what it says, and the phone in it.

    ``trouble``: ``no_phone``, or ``twice`` for a number that an earlier line has.
    """

    number: int
    text: str
    phone: str = ""
    trouble: Trouble = ""


def decoded(data: bytes) -> str:
    """A file's text, in UTF-8 or as Chinese spreadsheets write it.  Raises ``UnicodeError``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def read(text: str) -> list[Line]:
    """Every line that says something, but not a heading above the numbers."""
    found: list[Line] = []
    seen: set[str] = set()
    for number, raw in enumerate(text.splitlines(), 1):
        words = " ".join(raw.replace("\0", "").split())
        if not words:
            continue
        phone = _phone_in(raw)
        trouble: Trouble = "no_phone" if not phone else "twice" if phone in seen else ""
        seen.add(phone)
        found.append(Line(number, words[:_SHOWN_CHARS], phone, trouble))
    return found[1:] if _has_heading(found) else found


def phones(lines: Iterable[Line]) -> list[str]:
    """The numbers to ask for, each once."""
    return [line.phone for line in lines if not line.trouble]


def _has_heading(lines: Sequence[Line]) -> bool:
    """A first line without any digit, and numbers below it."""
    return (
        len(lines) > 1
        and not any(character.isdigit() for character in lines[0].text)
        and any(line.phone for line in lines[1:])
    )


def _phone_in(raw: str) -> str:
    for cell in [raw, *_cells(raw)]:
        phone = normalise_phone(cell.strip().strip("'\"=").strip())
        if phone:
            return phone
    return ""


def _cells(raw: str) -> list[str]:
    for separator in _SEPARATORS:
        if separator in raw:
            try:
                return next(csv.reader([raw.replace("\0", "")], delimiter=separator), [])
            except csv.Error:
                return raw.split(separator)
    # A name and a number with a blank between them.
    return [raw.rsplit(maxsplit=1)[-1], raw.split(maxsplit=1)[0]] if raw.split() else []
