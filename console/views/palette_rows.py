"""Makes the rows of the search: what was found, screens and actions, earlier searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from console.desk.find import Found, FoundGroup, FoundMember, FoundMessage, Hits, MessagePage, fits
from console.desk.offer_types import CouponItem
from console.models.find_model import FindRow
from console.ui import coupon_phrases, phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate

RECENT: Final = 6
"""How many earlier searches are offered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen to show or something to do.

    Attributes:
        id: found by it too, whatever language is spoken.
        keys: the key that does the same, as the system writes it.
        screen: it shows something, else it does something.
        offered: also before anything is typed.
    """

    id: str
    text: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = "quick"
    screen: bool = False
    offered: bool = True


@dataclass(frozen=True, slots=True)
class More:
    """Asks for the messages before ``before``."""

    before: int


@dataclass(frozen=True, slots=True)
class Again:
    """An earlier search."""

    query: str


def at_first(recent: Sequence[str], entries: Sequence[Entry]) -> list[FindRow]:
    """Before anything is typed: earlier searches, screens, what can be done now."""
    rows = [FindRow("entry", query, icon="clock", value=Again(query)) for query in recent]
    return [
        *_section(translate("Palette", "Searched before"), rows),
        *_entries([entry for entry in entries if entry.offered], ""),
    ]


def found_rows(
    found: Found, query: str, entries: Sequence[Entry], clock: ShopClock
) -> list[FindRow]:
    """What a query found; nothing at all gives no rows."""
    members = [_member(member) for member in found.members]
    coupons = [_coupon(found.coupon, clock)] if found.coupon is not None else []
    groups = [_group(group, clock) for group in found.groups]
    return [
        *_section(translate("Palette", "Coupon"), coupons),
        *_section(translate("Palette", "Members"), members),
        *_section(translate("Palette", "Group conversations"), groups),
        *_section(translate("Palette", "Messages"), page_rows(found.page, clock)),
        *_entries(entries, query),
    ]


def page_rows(page: MessagePage, clock: ShopClock) -> list[FindRow]:
    """Messages, and a row that goes on when there are more."""
    rows = [_message(message, clock) for message in page.messages]
    if page.before:
        more = translate("Palette", "More messages")
        rows.append(FindRow("more", more, icon="chevron-down", value=More(page.before)))
    return rows


def _entries(entries: Sequence[Entry], query: str) -> list[FindRow]:
    screens: list[FindRow] = []
    actions: list[FindRow] = []
    for entry in entries:
        hits = fits(entry.text, query) if query else ()
        if hits is not None or fits(entry.id.replace(".", " "), query) is not None:
            row = FindRow("entry", entry.text, hits or (), aside=entry.keys, icon=entry.icon,
                          value=entry)  # fmt: skip
            (screens if entry.screen else actions).append(row)
    return [
        *_section(translate("Palette", "Screens"), screens),
        *_section(translate("Palette", "Actions"), actions),
    ]


def _section(title: str, rows: list[FindRow]) -> list[FindRow]:
    return [FindRow("heading", title), *rows] if rows else []


def _member(member: FoundMember) -> FindRow:
    tier = phrases.tier(member.tier)
    detail = f"{member.phone} · {tier}" if member.phone else tier
    return FindRow("member", member.name, member.name_hits, detail, member.phone_hits,
                   tags=member.tags, value=member)  # fmt: skip


def _coupon(coupon: CouponItem, clock: ShopClock) -> FindRow:
    state = coupon_phrases.state(coupon, clock)
    detail = f"{coupon.title} · {state}" if coupon.title else state
    return FindRow("coupon", coupon.member, detail=detail, aside=coupon_phrases.code(coupon.code),
                   value=coupon)  # fmt: skip


def _group(group: FoundGroup, clock: ShopClock) -> FindRow:
    when = phrases.list_time(group.at, clock) if group.at is not None else ""
    detail = translate("Palette", "Group conversation")
    return FindRow("group", group.title, group.hits, detail, aside=when, value=group)


def _message(message: FoundMessage, clock: ShopClock) -> FindRow:
    body, hits = message.body, message.hits
    for text, places in message.others:
        body, hits = _after(f"{body} · " if body else "", text, hits, places)
    if not message.body:
        mark = phrases.of_kind(message.kind, "")
        body, hits = _after(f"{mark} " if mark else "", body, (), hits)
    if message.mine:
        said = translate("Phrases", "You: {text}").format(text=body)
        body, hits = _after(said[: said.find(body)], body, (), hits)
    when = phrases.list_time(message.at, clock)
    return FindRow("message", message.title, (), body, hits, aside=when, value=message)


def _after(before: str, text: str, hits: Hits, more: Hits) -> tuple[str, Hits]:
    """Both texts as one; ``hits`` are places in the first, ``more`` in the second."""
    shift = len(before)
    return before + text, (*hits, *((first + shift, last + shift) for first, last in more))
