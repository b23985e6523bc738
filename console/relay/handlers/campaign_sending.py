"""``campaign.advance``: what campaigns have to do now, some recipients at a time.

The recipients are the only progress: each transaction asks which are open, asks everything
about them again, and writes message and recipient in the same commit.  Whatever the clock
does and whenever the relay dies, nobody gets two and nobody is forgotten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from uuid import uuid4

from msgspec.structs import replace
from sqlalchemy import Select, bindparam, func, or_, select

from console.domain import audiences, campaigns, templates
from console.domain.audiences import Holdout, Person
from console.domain.campaigns import State
from console.relay.handlers import campaign_recalls, campaign_series, offers, tallies
from console.relay.handlers.base import Request
from console.relay.handlers.campaign_audience import exempt, holdout_at, timezone_of, used
from console.relay.handlers.campaign_fields import facts_of
from console.relay.handlers.campaign_people import People, first_of
from console.relay.handlers.contents import kind_of_row
from console.relay.handlers.posting import Post, post
from console.relay.internal import AdvanceCampaigns
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow, CampaignVariant, RecipientRow
from console.wire.rows import ConversationRow, MemberRow, OfferRef, QuestionRef


def advance(tx: Transaction, request: Request[AdvanceCampaigns]) -> dict[str, int]:
    """Go on with those that have something to do, the most urgent first."""
    table = tables.campaign
    query = (
        reading.rows_of(table)
        .where(table.c.next_at <= tx.now)
        .order_by(table.c.priority.desc(), table.c.next_at, table.c.id)
    )
    left = request.command.at_most
    for row in reading.run(tx.connection, table, query):
        left -= _advance_one(tx, row, left)
        if left <= 0:
            break
    return {"done": request.command.at_most - left}


def _advance_one(tx: Transaction, row: CampaignRow, at_most: int) -> int:
    """How many recipients' worth of work it was, at least one."""
    timezone = timezone_of(tx, row.shop_id)
    if row.recalled_at is not None:
        return campaign_recalls.erase_some(tx, row, at_most)
    if row.weekly is not None:
        return campaign_series.begin(tx, row, timezone)
    if row.kind in campaigns.MARKETING and row.next_at is not None:
        if campaigns.is_late(campaigns.allowed_from(row.next_at, timezone), tx.now):
            tx.change(tables.campaign, row.id, state=State.LATE.value, next_at=None)
            return 1
        if campaigns.is_quiet(tx.now, timezone):
            _rest(tx, row, campaigns.allowed_from(tx.now, timezone))
            return 1
        if offers.is_over(tx, row, tx.now):
            # Nobody is told of what she cannot have: staff decide.
            tx.change(tables.campaign, row.id, state=State.LATE.value, next_at=None)
            return 1
    return Slice(tx, row, timezone).send(at_most)


def _rest(tx: Transaction, row: CampaignRow, until: datetime) -> None:
    """It has begun, and waits for the morning."""
    tx.change(
        tables.campaign, row.id, state=State.SENDING.value, next_at=until,
        started_at=row.started_at or tx.now,
    )  # fmt: skip


@cache
def _open_query(dialect_name: str) -> Select[Any]:
    """The next of a campaign whom it is time to write to."""
    recipient = tables.recipient
    due = or_(
        recipient.c.state == "pending",
        recipient.c.until <= bindparam("now", type_=recipient.c.until.type),
    )
    query = (
        reading.rows_of(recipient)
        .where(recipient.c.campaign_id == bindparam("campaign"), tables.RECIPIENT_OPEN, due)
        .order_by(recipient.c.id)
        .limit(bindparam("at_most"))
    )
    return reading.prepared(dialect_name, query)


@dataclass
class Slice:
    """Some recipients of one campaign, settled in one transaction.

    What is written to one who was merged since goes to whom she was merged into.
    """

    tx: Transaction
    row: CampaignRow
    timezone: str
    left: list[tuple[RecipientRow, RecipientRow]] = field(default_factory=list)
    posts: list[tuple[RecipientRow, Post]] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)
    offer: OfferRef | None = None
    stamp: str = field(default_factory=lambda: uuid4().hex)
    """Begins the client ids of its messages: next to each other in the index, too."""
    _judged: dict[tuple[Any, ...], str] = field(default_factory=dict)
    """What stands against people of whom the same is known: most of them are alike."""

    @property
    def marketing(self) -> bool:
        """Whether cap and quiet hours concern it."""
        return self.row.kind in campaigns.MARKETING

    def send(self, at_most: int) -> int:
        """Settle up to ``at_most`` open recipients; how many, at least one."""
        found = self._open(at_most)
        ids = [each.member_id for each in found]
        connection = self.tx.connection
        people = People.load(self.tx, self.row, ids)
        threads = reading.by_ids(connection, tables.conversation, people.ids, "member_id")
        week = campaigns.week_of(self.tx.now, self.timezone)
        spent = people.spent(used(self.tx, [*people.ids, *people.former], week))
        variants = {each.name: each for each in self.row.content.variants}
        facts = facts_of(self.tx, self.row, list(people.now.values()))
        never = self._never_held_out(people)
        for each in found:
            member = people.now[each.member_id]
            thread = threads.get(member.id)
            reason = people.spared.get(member.id, "")
            reason = reason or self._objection(
                member, thread, spent.get(member.id, 0), exempt=member.id in never
            )
            if reason or thread is None:
                self._leave(each, reason)
            else:
                self._write(each, thread, variants[each.variant], facts(member))
                people.spared[member.id] = audiences.MERGED
        self._flush()
        self._go_on(more=len(found) == at_most)
        return max(1, len(found))

    def _open(self, at_most: int) -> list[RecipientRow]:
        connection, now = self.tx.connection, self.tx.now
        return reading.run_prepared(
            connection, tables.recipient, _open_query(connection.dialect.name),
            campaign=self.row.id, now=now, at_most=at_most,
        )  # fmt: skip

    @cached_property
    def _holdout(self) -> Holdout | None:
        """This quarter's, which may have begun after the freezing; ``None``: it concerns nobody."""
        return holdout_at(self.tx, self.tx.now, self.timezone) if self.marketing else None

    def _never_held_out(self, people: People) -> set[int]:
        """Of those who would be held out otherwise."""
        holdout = self._holdout
        if holdout is None:
            return set()
        held = [row.id for row in people.now.values() if holdout.has(row.bucket)]
        return exempt(self.tx, held)

    def _objection(
        self, member: MemberRow, thread: ConversationRow | None, spent: int, *, exempt: bool
    ) -> str:
        holdout = self._holdout
        person = (
            member.state, thread is not None, None, member.marketing, member.blocked,
            member.weekly_cap, spent,
        )  # fmt: skip
        kind = (*person, holdout is not None and holdout.has(member.bucket), exempt)
        reason = self._judged.get(kind)
        if reason is None:
            reason = audiences.objection_now(Person(*person, member.bucket, exempt), holdout)
            self._judged[kind] = reason
        return reason

    def _leave(self, each: RecipientRow, reason: str) -> None:
        """Not now, or not at all; the reason stays with her."""
        state, until = "skipped", None
        begun = self.row.started_at or self.tx.now
        waits = self.tx.now - begun < campaigns.MAX_DEFERRED
        if reason == audiences.CAP and self.row.defer and waits:
            following = campaigns.next_week(self.tx.now, self.timezone)
            offer = self.row.content.offer
            if offer is None or following < offer.ends_at:
                state, until = "deferred", following
        after = replace(each, rev=self.tx.rev, state=state, reason=reason, until=until)
        self.left.append((each, after))

    def _write(
        self, each: RecipientRow, thread: ConversationRow, variant: CampaignVariant,
        facts: templates.Facts,
    ) -> None:  # fmt: skip
        self.offer = self.offer or offers.begin(self.tx, self.row)
        body = templates.render(variant.body, facts, variant.fields)
        self.posts.append((each, Post(
            thread, f"campaign-{self.stamp}-{len(self.posts)}", body,
            self._kinds[variant.name], variant.media, variant.layout, variant.card,
            self._question, self.row.id, each.member_id, self.offer,
        )))  # fmt: skip

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {each.name: kind_of_row(each.media, each.card) for each in self.row.content.variants}

    @cached_property
    def _question(self) -> QuestionRef | None:
        terms = self.row.content.question
        if terms is None:
            return None
        asked_for = first_of(self.tx, self.row).id
        return QuestionRef(
            question_id=asked_for, text=terms.text, choices=terms.choices,
            free_text=terms.free_text,
        )  # fmt: skip

    def _flush(self) -> None:
        """Messages and recipients, in one commit."""
        ids = post(self.tx, [item for _, item in self.posts])
        written = [
            (each, replace(
                each, rev=self.tx.rev, state="written", reason="", until=None,
                written_at=self.tx.now, counted=self.marketing, message_id=message_id,
            ))
            for message_id, (each, _) in zip(ids, self.posts, strict=True)
        ]  # fmt: skip
        moved = [*self.left, *written]
        self.steps.update(after.state for _, after in moved)
        self.steps.subtract(before.state for before, _ in moved)
        later = tallies.blamed_later(self.tx, [each.member_id for each, _ in written])
        with tallies.followed(self.tx, later):
            self.tx.update_whole(tables.recipient, [after for _, after in moved], _CHANGED)
        tallies.note_states(self.tx, [pair for pair in moved if pair[0].member_id not in later])

    def _go_on(self, *, more: bool) -> None:
        """When it has to go on, or that it is done: nobody is open any more."""
        recipient = tables.recipient
        next_at: datetime | None = self.tx.now
        if not more:
            next_at = self.tx.connection.scalar(
                select(func.min(recipient.c.until)).where(
                    recipient.c.campaign_id == self.row.id,
                    tables.RECIPIENT_OPEN,
                    recipient.c.state == "deferred",
                )
            )
        values: dict[str, Any] = {
            "state": (State.DONE if next_at is None else State.SENDING).value, "next_at": next_at,
            "started_at": self.row.started_at or self.tx.now,
            "counts": audiences.moved(self.row.counts, self.steps),
        }  # fmt: skip
        if next_at is None:
            values["finished_at"] = self.tx.now
        self.tx.change(tables.campaign, self.row.id, **values)


_CHANGED = ("state", "reason", "until", "written_at", "counted", "message_id")
