"""Finding anything: members, groups and the words of messages, on the replica, also offline.

What is found says where the query fits it, as ranges ``(start, end)`` of characters.  Looking
a member up by her phone number is recorded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from console.desk.looks import NumberLooks
from console.desk.offer_types import CouponItem
from console.desk.offers import find_coupon
from console.desk.types import Value
from console.store import message_text, replica_find, replica_queries, scopes, search, search_text
from console.store.replica import Connection
from console.store.replica_find import MemberFacts, MessageFacts

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

KEPT_DAYS: Final = scopes.HISTORY.days
"""Messages older than this stay on the relay until somebody scrolls to them."""
_MEMBERS: Final = 6
_GROUPS: Final = 4
_FIRST_MESSAGES: Final = 20
_MORE_MESSAGES: Final = 30

Hits: TypeAlias = tuple[tuple[int, int], ...]


class Places(Value, frozen=True, kw_only=True):
    """Where a query fits a message.

    Attributes:
        body: in its text.
        others: captions and titles of its card that it fits, each with the places in it.
    """

    body: Hits = ()
    others: tuple[tuple[str, Hits], ...] = ()


NOWHERE: Final = Places()


class FoundMember(Value, frozen=True, kw_only=True):
    """A member that a query may mean; ``tags`` are those that fit it."""

    member_id: int
    name: str
    phone: str = ""
    tier: str = "basic"
    tags: tuple[str, ...] = ()
    conversation_id: int = 0
    name_hits: Hits = ()
    phone_hits: Hits = ()


class FoundGroup(Value, frozen=True, kw_only=True):
    """A group whose name holds the query."""

    conversation_id: int
    title: str
    hits: Hits = ()
    at: datetime | None = None


class FoundMessage(Value, frozen=True, kw_only=True):
    """A message that holds every word; ``title`` is its member's or group's name.

    ``hits`` are places in ``body``; ``others`` are captions and titles of its card that fit.
    """

    id: int
    conversation_id: int
    seq: int
    title: str
    kind: str
    mine: bool
    body: str
    hits: Hits
    others: tuple[tuple[str, Hits], ...] = ()
    at: datetime

    @property
    def places(self) -> Places:
        """What is marked when it is shown."""
        return Places(body=self.hits, others=self.others)


class MessagePage(Value, frozen=True, kw_only=True):
    """Messages from the newest on; ``before`` asks for the next page, 0: there is none."""

    messages: tuple[FoundMessage, ...] = ()
    before: int = 0


class Found(Value, frozen=True, kw_only=True):
    """Everything that a query may mean; ``whole`` when the shop is copied here to its end.

    ``coupon``: the one whose code it is.
    """

    members: tuple[FoundMember, ...] = ()
    groups: tuple[FoundGroup, ...] = ()
    page: MessagePage = MessagePage()
    coupon: CouponItem | None = None
    whole: bool = True


class FindDesk:
    """``FindPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station = station
        self._looks = NumberLooks(inbox)

    async def find(self, query: str) -> Found:
        """What a query may mean: few of each kind, the first page of messages."""
        whole = self._station.state.whole
        # Beside each other: people are read through, words are looked up.
        (members, groups, coupon), page = await asyncio.gather(
            self._station.read(_people, query),
            self._station.read(_page, query, _FIRST_MESSAGES),
        )
        await self._looks.met(query, [member.member_id for member in members if member.phone_hits])
        return Found(members=members, groups=groups, page=page, coupon=coupon, whole=whole)

    async def more_messages(self, query: str, before: int) -> MessagePage:
        """The next page of messages."""
        return await self._station.read(_page, query, _MORE_MESSAGES, before)


def fits(text: str, query: str) -> Hits | None:
    """Where every word of a query stands in a label; ``None`` when one is missing."""
    wanted = search_text.terms(query)
    if not wanted or not all(search_text.hits(text, [term]) for term in wanted):
        return None
    return search_text.hits(text, wanted)


def fitting(
    texts: Sequence[str], wanted: Sequence[search_text.Term]
) -> tuple[tuple[str, Hits], ...]:
    """Those texts that hold one of the terms, with its places."""
    found = ((text, search_text.hits(text, wanted)) for text in texts)
    return tuple((text, hits) for text, hits in found if hits)


def found_members(db: Connection, query: str, limit: int) -> tuple[FoundMember, ...]:
    """Members that a query may mean, at most so many; runs in a reading thread."""
    return tuple(_member(facts, query) for facts in replica_find.members(db, query, limit))


def member_found(db: Connection, member_id: int) -> tuple[FoundMember, ...]:
    """That one, as far as she has arrived."""
    return tuple(
        FoundMember(member_id=row.id, name=row.name, phone=row.phone, tier=row.tier,
                    conversation_id=replica_queries.direct_conversation(db, row.id) or 0)
        for row in replica_queries.by_ids(db, "member", [member_id])
    )  # fmt: skip


_People: TypeAlias = tuple[tuple[FoundMember, ...], tuple[FoundGroup, ...], CouponItem | None]


def _people(db: Connection, query: str) -> _People:
    groups = replica_find.groups(db, query, _GROUPS)
    return (
        found_members(db, query, _MEMBERS),
        tuple(FoundGroup(conversation_id=row.id, title=row.title, at=row.last_message_at,
                         hits=search.name_hits(row.title, "", query)) for row in groups),
        find_coupon(db, query),
    )  # fmt: skip


def _member(facts: MemberFacts, query: str) -> FoundMember:
    row, wanted = facts.row, search.normalise(query)
    return FoundMember(
        member_id=row.id, name=row.name, phone=row.phone, tier=row.tier,
        tags=tuple(tag for tag in facts.tags if wanted in search.normalise(tag)),
        conversation_id=facts.conversation_id,
        name_hits=search.name_hits(row.name, row.initials, query),
        phone_hits=search.phone_hits(row.phone, query),
    )  # fmt: skip


def _page(db: Connection, query: str, limit: int, before: int = 0) -> MessagePage:
    wanted = search_text.terms(query)
    found = replica_find.messages(db, query, limit, before)
    return MessagePage(
        messages=tuple(_message(facts, wanted) for facts in found),
        before=found[-1].row.id if len(found) == limit else 0,
    )


def _message(facts: MessageFacts, wanted: tuple[search_text.Term, ...]) -> FoundMessage:
    row = facts.row
    return FoundMessage(
        id=row.id, conversation_id=row.conversation_id, seq=row.seq, title=facts.title,
        kind=row.kind, mine=row.sender_kind == "staff" or row.automatic, body=row.body,
        hits=search_text.hits(row.body, wanted), at=row.sent_at,
        others=fitting(message_text.others(row.media, row.card), wanted),
    )  # fmt: skip
