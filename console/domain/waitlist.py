"""Who is told that what was sold out is back: one after the other, as units come.  Pure.

An entry is one member who waits for one unit of one variant.  Entries stand in the order of
their numbers, which is the order in which the relay took them in; the clock decides nothing
about it.  What is free is what is on the shelf and kept for nobody, counted anew each time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

OFFER_FOR: Final = timedelta(hours=24)
"""So long a unit is kept for whom it is offered to."""


class State(StrEnum):
    """Where an entry stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    """A unit is kept for her, until a time."""
    TAKEN = "taken"
    LAPSED = "lapsed"
    """She let the time pass."""
    DECLINED = "declined"
    """What was kept for her was let go before its time."""
    WITHDRAWN = "withdrawn"
    """She waits no longer, and nothing had been offered."""


_MOVES: Final[dict[str, dict[State, State]]] = {
    "offer": {State.WAITING: State.OFFERED},
    "take": dict.fromkeys((State.WAITING, State.OFFERED), State.TAKEN),
    "lapse": {State.OFFERED: State.LAPSED},
    "leave": {State.WAITING: State.WITHDRAWN, State.OFFERED: State.DECLINED},
    "return": {State.WITHDRAWN: State.WAITING},
}
LIVE: Final = (State.WAITING, State.OFFERED)
"""States in which somebody still waits for something."""


class Entry(Protocol):
    """One member who waits for one variant."""

    @property
    def id(self) -> int:
        """Its number: who waited first has the lower one."""

    @property
    def member_id(self) -> int:
        """Who waits."""

    @property
    def state(self) -> str:
        """A ``State``."""


Kind = TypeVar("Kind", bound=Entry)


def after(state: str, move: str) -> State | None:
    """The state that ``move`` leads to, or ``None`` where it is not allowed."""
    return _MOVES[move].get(State(state))


def free_units(stock: int, held: int) -> int:
    """Units on the shelf that are kept for nobody; none when more are kept than there are."""
    return max(0, stock - held)


def next_up(
    entries: Iterable[Kind], free: int, absent: Collection[int] = ()
) -> tuple[list[Kind], list[Kind]]:
    """To whom ``free`` units are offered, in order; and who waits for nothing any more.

    ``absent``: members who can be offered nothing; they are passed over and keep their place.
    Whoever stands there twice (two members became one) is offered one unit, and does not wait
    for a second.
    """
    ordered = sorted(entries, key=lambda entry: entry.id)
    served = {entry.member_id for entry in ordered if entry.state == State.OFFERED}
    offered: list[Kind] = []
    over: list[Kind] = []
    for entry in ordered:
        if entry.state != State.WAITING or entry.member_id in absent:
            continue
        if entry.member_id in served:
            over.append(entry)
        elif len(offered) < free:
            served.add(entry.member_id)
            offered.append(entry)
    return offered, over


def place(entries: Iterable[Entry], member_id: int) -> int | None:
    """Her place among those who wait, from 1; ``None`` when she does not."""
    waiting = [entry for entry in entries if entry.state == State.WAITING]
    for number, entry in enumerate(sorted(waiting, key=lambda entry: entry.id), 1):
        if entry.member_id == member_id:
            return number
    return None


def words(texts: Mapping[str, Any], title: str, until: datetime) -> str:
    """What she is told; ``until`` as the clock of the shop shows it."""
    when = str(texts["when"]).format(
        weekday=texts["weekdays"][until.weekday()], month=texts["months"][until.month - 1],
        day=until.day, time=f"{until:%H:%M}",
    )  # fmt: skip
    return str(texts["text"]).format(what=title, when=when)
