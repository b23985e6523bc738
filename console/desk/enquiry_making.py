"""Finds what the newest open question of a conversation asks for.  Runs in a reading thread.

A question is open until somebody answers.  Of several articles each is settled by itself: by
units kept for it, or by what was recorded of one that is not there; answers to that message
then leave the others open.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from msgspec.structs import replace

from console.desk.enquiry_items import meant
from console.desk.enquiry_types import AskedAbout, AskedLine, Meant
from console.desk.waitlist import waits_of
from console.domain.enquiries import Context, Enquiry, Recogniser, Spoken
from console.store import overlay, overlay_trade, replica_goods
from console.store import replica_queries as queries
from console.store.outbox import Entry
from console.store.replica import Connection
from console.store.replica_queries import MessageWindow
from console.wire.rows import EnquiryRow, HoldRow, MemberRow, MessageRow

_LOOKED_AT: Final = 40
"""Messages of a conversation that a question may rest on."""
_SPOKEN: Final = 12
_REMEMBERED: Final = timedelta(days=14)
"""So long before a question something may be what it means by “that one”."""
_ROWS: Final = 60
_OPEN: Final = frozenset({"asked", "confirmed"})
HOLDS: Final = 4
"""So often one thing can be kept anew for one message."""


def hold_names(message_key: str, variant_id: int) -> list[str]:
    """``client_id`` of the holds that answers to a message may make, in order.

    The same at every counter, so that two answers keep one unit.
    """
    made = (f"{message_key}/{variant_id}/{number}" for number in range(HOLDS))
    return [str(uuid.uuid5(uuid.NAMESPACE_OID, name)) for name in made]


def asked_about(
    db: Connection, recogniser: Recogniser, conversation_id: int, entries: Sequence[Entry],
    dismissed: Collection[int],
) -> AskedAbout | None:  # fmt: skip
    """The newest open question with what is in the outbox laid over; ``None`` without one."""
    window = queries.window(db, conversation_id, 0, 0, _LOOKED_AT)
    talk = Talk(db, window, entries)
    if window.conversation is None or window.conversation.status == "done":
        return None
    for row, found, answers in talk.open_questions(recogniser):
        member = talk.member(row)
        if row.id in dismissed or member is None or member.blocked:
            return None
        lines = _lines(db, recogniser, row, found, entries, member.id)
        settled = len(found) - len(lines)
        if not lines or len(answers) > settled:
            return None
        return AskedAbout(
            conversation_id=conversation_id, member_id=member.id, message_id=row.id,
            message_key=row.client_id, text=row.body, lines=tuple(lines),
            several=len(found) > 1,
        )  # fmt: skip
    return None


class Talk:
    """The newest messages of one conversation, read for what they ask."""

    def __init__(self, db: Connection, window: MessageWindow, entries: Sequence[Entry]) -> None:
        self._db, self._window = db, window
        gone = overlay.pending_recalls(entries)
        self._rows = [
            row for row in window.messages if row.recalled_at is None and row.client_id not in gone
        ]
        present = {row.client_id for row in window.messages}
        conversation = window.conversation
        self._queued = [] if conversation is None else [
            each.command.reply_to or 0
            for each in overlay.pending_messages(entries, conversation.id, present)
        ]  # fmt: skip
        self._direct = conversation is not None and conversation.kind == "direct"
        self._members: dict[int, MemberRow | None] = {}

    def member(self, row: MessageRow) -> MemberRow | None:
        """Who wrote a message, as long as she can be answered."""
        conversation = self._window.conversation
        known = conversation.member_id if self._direct and conversation else row.sender_id
        if not known:
            return None
        if known not in self._members:
            self._members[known] = queries.one(self._db, "member", known)
        found = self._members[known]
        return None if found is None or found.state in {"erased", "merged"} else found

    def open_questions(
        self, recogniser: Recogniser
    ) -> Iterator[tuple[MessageRow, tuple[Enquiry, ...], list[int]]]:
        """Questions of goods, the newest first, with the answers that were given to each alone.

        Ends where an answer to no message in particular stands.
        """
        answers, asked = list(self._queued), self._asked(recogniser)
        for row in reversed(self._rows):
            if not all(answers):
                return
            if _is_answer(row):
                answers.append(row.reply_to or 0)
            elif (found := asked.get(row.id)) and all(each == row.id for each in answers):
                yield row, found, answers

    def _asked(self, recogniser: Recogniser) -> dict[int, tuple[Enquiry, ...]]:
        """What each message of hers asks for, by the message's id.

        Read from the oldest on, each once: what was shown and spoken of before a message is
        what it may mean by “that one”.  In a group nothing is.
        """
        asked: dict[int, tuple[Enquiry, ...]] = {}
        spoken: list[tuple[datetime, Spoken]] = []
        for row in self._rows:
            found: tuple[Enquiry, ...] = ()
            if _is_hers(row):
                found = recogniser.recognise(row.body, self._context(row, spoken))
                asked[row.id] = found
            spoken[:0] = [(row.sent_at, each) for each in _shown(row) or _sure(found)]
        return asked

    def _context(self, row: MessageRow, spoken: Sequence[tuple[datetime, Spoken]]) -> Context:
        """What a message may rest on, the newest first."""
        if not self._direct:
            return Context()
        member = self.member(row)
        wearer = member.gender if member is not None and member.gender in {"f", "m"} else ""
        near = (each for at, each in spoken if row.sent_at - at <= _REMEMBERED)
        return Context(self._quoted(row), tuple(islice(near, _SPOKEN)), wearer)

    def _quoted(self, row: MessageRow) -> Spoken | None:
        """What the card or photo shows that a message replies to."""
        quoted = self._window.quoted.get(row.reply_to or 0)
        if quoted is None or quoted.recalled_at is not None:
            return None
        return next(iter(_shown(quoted, row.reply_media)), None)


def _is_hers(row: MessageRow) -> bool:
    return row.sender_kind == "member" and bool(row.body.strip())


def _is_answer(row: MessageRow) -> bool:
    return row.sender_kind == "staff" and not row.automatic and row.campaign_id is None


def _shown(row: MessageRow, media_id: int | None = None) -> list[Spoken]:
    """Articles that a card or photos of a message show."""
    if row.card is not None:
        return [Spoken(row.card.product_id, row.card.colour, row.card.size)]
    return [
        Spoken(each.product_id, each.colour)
        for each in row.media
        if each.product_id is not None and media_id in {None, each.id}
    ]


def _sure(found: Sequence[Enquiry]) -> list[Spoken]:
    """Articles that are surely asked about."""
    best = (each.candidates[0] for each in found if each.sure)
    return [Spoken(each.product_id, each.colour, each.size) for each in best]


def _lines(
    db: Connection, recogniser: Recogniser, row: MessageRow, found: Sequence[Enquiry],
    entries: Sequence[Entry], member_id: int,
) -> list[AskedLine]:  # fmt: skip
    """What is not settled of a question, in its order."""
    holds: list[HoldRow] = queries.newest_of_member(db, "hold", member_id, _ROWS)
    kept = {each.client_id for each in holds if each.state in _OPEN}
    kept -= overlay_trade.let_go(entries)
    kept |= {each.client_id for each in overlay_trade.asked_holds(entries)}
    told = _recorded(db, member_id, row.id, entries)
    candidates = {each.product_id for enquiry in found for each in enquiry.candidates}
    products = replica_goods.products(db, candidates)
    articles = [recogniser.catalogue.article(each) for each in candidates]
    made = {variant for each in articles if each for variant in each.variants.values()}
    variants = replica_goods.variants(db, made)
    awaited = {each.variant_id for each in waits_of(db, member_id, entries, row.sent_at)}
    lines = [
        AskedLine(number=number, meant=_known_to_wait(
            meant(enquiry, recogniser.catalogue, products, variants), awaited))
        for number, enquiry in enumerate(found)
    ]  # fmt: skip
    return [line for line in lines if line.meant and not _is_settled(line, row, kept, told)]


def _known_to_wait(every: Sequence[Meant], awaited: Collection[int]) -> tuple[Meant, ...]:
    """With what is sold out and what she waits for already said so."""
    if not awaited:
        return tuple(every)
    return tuple(
        Meant(items=tuple(
            replace(item, awaited=not item.units and item.variant_id in awaited)
            for item in each.items
        ))
        for each in every
    )  # fmt: skip


def _is_settled(
    line: AskedLine, row: MessageRow, kept: Collection[str], told: Collection[int]
) -> bool:
    items = [item for each in line.meant for item in each.items]
    if any(name in kept for item in items for name in hold_names(row.client_id, item.variant_id)):
        return True
    only = line.only
    return only is not None and not only.units and only.product_id in told


def recorded_already(
    db: Connection, member_id: int, message_id: int, entries: Sequence[Entry], product_id: int
) -> bool:
    """Whether it stands written that this message asks about this article."""
    return product_id in _recorded(db, member_id, message_id, entries)


def _recorded(
    db: Connection, member_id: int, message_id: int, entries: Sequence[Entry]
) -> set[int]:
    """Articles that this message asks about, as far as that is written or waits."""
    rows: list[EnquiryRow] = queries.newest_of_member(db, "enquiry", member_id, _ROWS)
    known = {each.product_id for each in rows if each.message_id == message_id}
    return known | overlay_trade.recorded(entries, message_id)


def free_name(
    db: Connection, names: Sequence[str], member_id: int, entries: Sequence[Entry]
) -> str:
    """The first of the names whose hold is not over."""
    rows: list[HoldRow] = queries.newest_of_member(db, "hold", member_id, _ROWS)
    over = {each.client_id for each in rows if each.state not in _OPEN}
    over |= overlay_trade.let_go(entries)
    return next((name for name in names if name not in over), names[-1])
