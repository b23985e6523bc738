"""Finding members by what a clerk types: part of a name or pinyin, initials or a phone's end.

Makes the text a member is found by, the text to look for in it, and what of her name or number
it fits; runs nothing.  The words of messages are ``store.search_text``.
"""

from __future__ import annotations

import unicodedata

from console.wire.rows import MemberRow

_MIN_PHONE_DIGITS = 3
_START, _END = "\x01", "\x02"


def normalise(query: str) -> str:
    """Full-width to half-width, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", query).casefold().split())


def _compact(text: str) -> str:
    return normalise(text).replace(" ", "").replace("'", "").replace("-", "")


def member_key(member: MemberRow) -> str:
    """What a member is found by: each part between marks nobody can type."""
    name = normalise(member.name)
    parts = (name, _compact(name), _compact(member.pinyin), _compact(member.initials))
    folded = _START.join(dict.fromkeys(part for part in parts if part))
    return f"{_START}{folded}{_START}{_compact(member.phone)}{_END}"


def needles(query: str) -> tuple[str, ...]:
    """Texts of which a member's key must hold one; none when nothing was typed.

    Latin letters match where a name, its pinyin or its initials begin, or inside a pinyin of
    three letters and more; digits match a phone's end.
    """
    text = normalise(query)
    compact = _compact(query)
    if not compact:
        return ()
    if compact.isdecimal():
        at_end = (f"{compact}{_END}",) if len(compact) >= _MIN_PHONE_DIGITS else ()
        return (*at_end, f"{_START}{compact}")
    if compact.isascii() and len(compact) < 3:
        return (f"{_START}{compact}", f" {text}")
    return (text, compact) if text != compact else (text,)


def name_hits(name: str, initials: str, query: str) -> tuple[tuple[int, int], ...]:
    """Which characters of a name a query means: as written, or one for each initial."""
    for written, wanted in ((name.casefold(), normalise(query)), (initials, _compact(query))):
        at = written.find(wanted) if wanted and len(written) == len(name) else -1
        if at >= 0:
            return ((at, at + len(wanted)),)
    return ()


def phone_hits(phone: str, query: str) -> tuple[tuple[int, int], ...]:
    """Which digits of her number, as it is shown, a query means."""
    end = phone_end(query)
    if not end or not phone.endswith(end):
        return ()
    return ((len(phone) - len(end), len(phone)),)


def phone_end(query: str) -> str:
    """The digits of a query that looks for the end of a phone number, "" of any other."""
    compact = _compact(query)
    return compact if compact.isdecimal() and len(compact) >= _MIN_PHONE_DIGITS else ""
