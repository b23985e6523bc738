"""Who counts a figure, the relay or this computer, and what is shown of it without a line.

Each says it for ``since``: up to when figures are known without a line, "" while there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from console.ui.i18n import translate

Origin = Callable[[str], str]


def by_relay(since: str) -> str:
    """The relay adds it up."""
    return _told(_relay(), since)


def here(since: str) -> str:
    """It is counted from the rows of this computer."""
    return _told(_here(), since)


def either(is_relays: Callable[[], bool]) -> Origin:
    """One of both, whichever it is now."""
    return lambda since: by_relay(since) if is_relays() else here(since)


def both(relays: Callable[[], str], ours: Callable[[], str]) -> Origin:
    """A card of several figures: names of what the relay adds up, and of what is counted here."""
    return partial(_both, relays, ours)


def of_curves(since: str) -> str:
    """A read curve: the relay's where that says the whole of it."""
    words = translate("Origin", "Of a campaign that is read to the end, or whose recipients are"
                      " kept on the relay only, the relay adds it up; of any other this computer"
                      " counts it from the rows that it has copied.")  # fmt: skip
    return _told(words, since)


def _both(relays: Callable[[], str], ours: Callable[[], str], since: str) -> str:
    words = translate("Origin", "The relay adds up: {relay}. This computer counts from the rows"
                      " that it has copied: {here}.")  # fmt: skip
    return _told(words.format(relay=relays(), here=ours()), since)


def _told(who: str, since: str) -> str:
    sentences = translate("Origin", "{who} {offline}")
    return sentences.format(who=who, offline=_without_line(since))


def _relay() -> str:
    return translate("Origin", "The relay adds it up as it happens; this computer shows its newest"
                     " copy of that.")  # fmt: skip


def _here() -> str:
    return translate("Origin", "This computer counts it from the rows that it has copied.")


def _without_line(since: str) -> str:
    if since:
        return translate("Origin", "There is no line: as last known, {time}.").format(time=since)
    return translate("Origin", "Without a line: as last known, with the time.")
