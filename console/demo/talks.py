"""The conversations of the sample shop's two years."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from console.demo.catalogue import Product, Variant, products
from console.demo.people import STAFF, Habit, Person, staff_by_key
from console.demo.phrases import PICTURE, Script, Subject, Turn, scripts, subject_for
from console.demo.rhythm import (
    OPENS,
    SHOP_ZONE,
    Calendar,
    in_season,
    moment,
    new_year,
    next_opening,
    opening_time,
)

CHATS = 430
_EPISODES: dict[Habit, tuple[int, int]] = {
    "loyal": (4, 10),
    "regular": (2, 6),
    "occasional": (1, 4),
    "asleep": (1, 2),
}
_RUSH = (12, 19, 20)  # hours in which hands are full and answers take twice as long
_QUIET = timedelta(hours=32)  # older than this, so that the told ones stay on top

Kind = Literal["text", "picture", "voice", "video", "product"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message.

    Attributes:
        picture: a file name inside ``resources/artwork``; ``label``: words below it.
        recording: name of a voice message or video of ``recordings``.
        card: what its product card shows.
        quotes: seq of the message of this talk that it answers, 0 for none.
    """

    seq: int
    sender: Literal["member", "staff"]
    clerk: str | None
    kind: Kind
    text: str
    picture: str | None
    about: Variant | None
    at: datetime
    read: bool
    label: str = ""
    recording: str = ""
    card: Variant | None = None
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class Chat:
    """A member's whole conversation with the shop."""

    member: int
    clerk: str
    messages: tuple[ChatMessage, ...]
    waiting_since: datetime | None

    @property
    def unread(self) -> int:
        """Messages of the member that no clerk has read."""
        return sum(1 for m in self.messages if m.sender == "member" and not m.read)


def chats(
    dice: random.Random, members: tuple[Person, ...], now: datetime, told: tuple[Chat, ...]
) -> Iterator[Chat]:
    """Every conversation, the one written to last first; ``told`` ones stay on top."""
    known = {chat.member for chat in told}
    writers = [p for p in members if p.on_page and p.number not in known]
    chosen = dice.sample(writers, min(CHATS - len(told), len(writers)))
    calendar = two_years(now)
    rest = [
        chat for chat in (_past(dice, person, now, calendar) for person in chosen) if chat.messages
    ]
    rest.sort(key=lambda chat: chat.messages[-1].at, reverse=True)
    yield from told
    yield from rest


def two_years(now: datetime) -> Calendar:
    """The days on which things may have been said."""
    today = now.astimezone(SHOP_ZONE).date()
    return Calendar.between(today - timedelta(days=730), today)


def _past(dice: random.Random, person: Person, now: datetime, calendar: Calendar) -> Chat:
    book = Book(dice, person, dice.choice(STAFF).key)
    book.play_past(now - _QUIET, calendar)
    return book.chat(None)


class Book:
    """Writes one conversation, message after message."""

    def __init__(self, dice: random.Random, person: Person, clerk: str) -> None:
        self._dice = dice
        self._person = person
        self._clerk = clerk
        self._messages: list[ChatMessage] = []
        self._played: set[str] = set()

    def chat(self, waiting_since: datetime | None) -> Chat:
        """The conversation as it stands."""
        return Chat(self._person.number, self._clerk, tuple(self._messages), waiting_since)

    def add(
        self,
        sender: Literal["member", "staff"],
        text: str,
        at: datetime,
        *,
        kind: Kind = "text",
        read: bool = True,
        **more: Any,
    ) -> None:
        """One more message; ``more`` are further attributes of it."""
        self._messages.append(
            ChatMessage(
                seq=len(self._messages) + 1,
                sender=sender,
                clerk=self._clerk if sender == "staff" else None,
                kind=kind,
                text=text,
                at=at,
                read=read,
                **{"picture": None, "about": None, **more},
            )
        )

    @property
    def last_seq(self) -> int:
        """Seq of the newest message, 0 before the first."""
        return len(self._messages)

    def play_past(self, until: datetime, calendar: Calendar) -> None:
        """Some talks at random times, none after ``until``."""
        dice, person = self._dice, self._person
        last_day = until.astimezone(SHOP_ZONE).date()
        first_day = max(calendar.first, person.joined)
        if person.habit == "asleep":
            last_day -= timedelta(days=dice.randint(120, 300))
        if last_day <= first_day:
            return
        low, high = _EPISODES[person.habit]
        starts = sorted(
            moment(calendar.draw(dice, first_day, last_day), _writing_time(dice))
            for _ in range(dice.randint(low, high))
        )
        for start in starts:
            if not self._messages or start > self._messages[-1].at + timedelta(hours=2):
                self._episode(start, until)

    def _episode(self, start: datetime, until: datetime) -> None:
        dice, person = self._dice, self._person
        script, subject = _choose(dice, person, start, self._clerk, self._played)
        self._played.add(script.name)
        about = _variant_of(subject)
        sender = script.turns[0].sender
        at = start if sender == "member" else next_opening(dice, start)
        for number, turn in enumerate(script.turns):
            if number:
                at = _next(dice, at, sender, turn)
            sender = turn.sender
            if at >= until:
                return
            picture = subject.product.picture(subject.colour) if turn.text == PICTURE else None
            asks = turn.sender == "member" and turn.names_the_product
            last = number == len(script.turns) - 1
            ignored = (
                last and sender == "staff" and person.habit == "asleep" and dice.random() < 0.5
            )
            self.add(
                sender,
                "" if picture else subject.fill(turn.text),
                at,
                kind="picture" if picture else "text",
                picture=picture,
                about=about if asks else None,
                read=not ignored,
            )


def _writing_time(dice: random.Random) -> time:
    if dice.random() < 0.09:
        return time(dice.choice((7, 8, 9, 22, 23)), dice.randrange(60), dice.randrange(60))
    return opening_time(dice)


def _next(dice: random.Random, at: datetime, before: str, turn: Turn) -> datetime:
    """When the next message of a talk is sent; the shop answers within opening hours."""
    if turn.later:
        local = at.astimezone(SHOP_ZONE)
        if local.hour >= 22:
            return moment(local.date() + timedelta(days=1), OPENS)
        return moment(local.date() + timedelta(days=dice.randint(1, 4)), opening_time(dice))
    if before == turn.sender:
        return at + timedelta(seconds=dice.randint(6, 50))
    if turn.sender == "staff":
        wait = dice.choice((6, 14, 26, 44, 90, 200)) + dice.randrange(40)
        rush = at.astimezone(SHOP_ZONE).hour in _RUSH
        return next_opening(dice, at + timedelta(seconds=wait * (2 if rush else 1)))
    wait = dice.choice((20, 45, 90, 200, 600, 1500)) + dice.randrange(60)
    return at + timedelta(seconds=wait)


def _choose(
    dice: random.Random, person: Person, at: datetime, clerk: str, played: set[str]
) -> tuple[Script, Subject]:
    local = at.astimezone(SHOP_ZONE)
    shelf = [
        item
        for item in products()
        if item.gender in (person.gender, "u")
        and (in_season(item.category, local.month) is not False)
    ]
    for _ in range(400):
        script = dice.choice(scripts())
        item = dice.choice(shelf)
        if (
            script.name in played
            or not script.fits(item, person.gender, local.month)
            or not _timely(dice, script.name, local, person)
        ):
            continue
        subject = _subject(dice, item, person, clerk)
        if "bigger" not in script.blanks or subject.size != item.sizes[-1]:
            return script, subject
    return scripts()[0], _subject(dice, products()[0], person, clerk)


def _timely(dice: random.Random, name: str, local: datetime, person: Person) -> bool:
    """Whether a talk that belongs to a certain time or person is due."""
    day = local.date()
    if name.startswith("birthday"):
        return (
            not person.lunar
            and abs(person.birthday[0] * 30.4 + person.birthday[1] - day.month * 30.4 - day.day)
            < 10
        )
    if name.startswith("new-year"):
        return 3 <= (new_year(day.year) - day).days <= 40
    if name == "late-night":
        return local.hour >= 22
    if name == "double-eleven":
        return (10, 20) <= (day.month, day.day) <= (11, 9)
    if name == "plus":
        return person.sizes["top"] == "XL"
    if name == "opt-out":
        return not person.opted_in
    if name.startswith("tourist"):
        return dice.random() < 0.15
    return True


def _subject(dice: random.Random, item: Product, person: Person, clerk: str) -> Subject:
    size = person.sizes["waist" if item.sizes[0].isdigit() else "top"]
    return subject_for(dice, item, size, name=person.salutation, staff=staff_by_key(clerk).nickname)


def _variant_of(subject: Subject) -> Variant:
    return next(
        v for v in subject.product.variants if v.colour == subject.colour and v.size == subject.size
    )
