"""``campaign.*`` of staff: drafts, and every move of a campaign's state but those of time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from console.domain import audiences, campaigns
from console.domain.audiences import Audience
from console.domain.campaigns import State
from console.relay.handlers import tallies
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.campaign_audience import audience_of, check_rule, timezone_of
from console.relay.handlers.campaign_contents import (
    Cards,
    Gallery,
    articles_of,
    can_be_answered,
    content_of,
    media_of,
    says_something,
)
from console.relay.handlers.offers import check_deadline, check_terms, terms_of
from console.relay.handlers.recalls import erase_media
from console.store import reading, tables
from console.store.dialect import AlikeRows
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignContent, CampaignRow, CampaignVersion, RecipientRow
from console.wire.commands import (
    CancelCampaign,
    Command,
    FreezeCampaign,
    PauseCampaign,
    ResumeCampaign,
    SaveCampaign,
    ScheduleCampaign,
    SendCampaignNow,
    UndoCampaign,
)
from console.wire.errors import Code, Refusal

SCOPE = "campaigns"
MAX_TITLE_CHARS, MAX_BESIDE = 80, 5
PRIORITIES = range(10)


def find(tx: Transaction, client_id: str) -> CampaignRow | None:
    """A campaign by its name."""
    table = tables.campaign
    row: CampaignRow | None = reading.one(tx.connection, table, table.c.client_id == client_id)
    return row


def known(tx: Transaction, request: Request[Any]) -> CampaignRow:
    """The campaign that a command names.  Raises ``command.denied`` and ``not_found``."""
    need_scope(request.actor, SCOPE)
    row = find(tx, request.command.client_id)
    if row is None or row.shop_id != request.actor.shop_id:
        raise missing("client_id")
    return row


def is_trial(tx: Transaction, campaign_id: int | None) -> bool:
    """Whether it went to the shop's own people, who try a draft out."""
    found = reading.by_ids(tx.connection, tables.campaign, [campaign_id or 0])
    return any(row.kind == campaigns.TRIAL for row in found.values())


def moved(row: CampaignRow, move: str) -> State:
    """The state a move leads to.  Raises ``campaign.state``."""
    state = campaigns.after(row.state, move)
    if state is None:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    return state


# --- drafts -------------------------------------------------------------------------------------


def save(tx: Transaction, request: Request[SaveCampaign]) -> dict[str, int]:
    """Make a draft or change it; another console's newer one is kept beside."""
    actor, command = request.actor, request.command
    need_scope(actor, SCOPE)
    row = find(tx, command.client_id)
    if row is not None:
        row = known(tx, request)
        if row.state != State.DRAFT:
            raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    facts = _facts(tx, request, row)
    offer = terms_of(tx, row, command.offer)
    beside = _beside(command, row)
    had = [] if row is None else pictures(tx, row.id)
    names = [name for draft in command.variants for name in draft.media]
    gallery = Gallery.load(tx, actor, names, had)
    cards = Cards.load(tx, actor.shop_id, articles_of(command.variants))
    content = content_of(gallery, command.variants, command.language, cards, command.question)
    values = {"content": replace(content, offer=offer), "beside": beside, **facts}
    if row is None:
        row_id = tx.add(
            tables.campaign, shop_id=actor.shop_id, client_id=command.client_id, kind="campaign",
            state=State.DRAFT.value, created_by=actor.id, at=tx.now, **values,
        )  # fmt: skip
    else:
        row_id = row.id
        tx.change(tables.campaign, row_id, **values)
    # A picture that was taken out may be put back as long as it is a draft.
    gallery.keep(row_id, had)
    return {"id": row_id}


def pictures(tx: Transaction, campaign_id: int) -> list[int]:
    """Media of a campaign that are not erased, those taken out of its draft included."""
    media = tables.media
    query = select(media.c.id).where(
        media.c.campaign_id == campaign_id, media.c.internal, media.c.erased_at.is_(None)
    )
    return list(tx.connection.scalars(query))


def _media_kept(content: CampaignContent, beside: list[CampaignVersion]) -> list[int]:
    versions = [content, *(version.content for version in beside)]
    return [media_id for version in versions for media_id in media_of(version)]


def _facts(
    tx: Transaction, request: Request[SaveCampaign], row: CampaignRow | None
) -> dict[str, Any]:
    command = request.command
    title = " ".join(command.title.split())
    if len(title) > MAX_TITLE_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"limit": MAX_TITLE_CHARS}, field="title")
    if command.priority not in PRIORITIES:
        raise Refusal(Code.COMMAND_INVALID, field="priority")
    weekly = command.weekly
    if weekly is not None and not (0 <= weekly.weekday < 7 and 0 <= weekly.minute < 1440):
        raise Refusal(Code.COMMAND_INVALID, field="weekly")
    if command.due_at is not None and command.due_at > tx.now + campaigns.FARTHEST:
        raise Refusal(Code.SCHEDULE_TOO_FAR, field="due_at")
    resend = row is not None and row.kind == "resend"
    if row is not None and resend and (command.rule != row.rule or weekly is not None):
        raise Refusal(Code.COMMAND_INVALID, field="rule")
    if row is not None and resend and command.question != row.content.question:
        # Members answer what they were asked first.
        raise Refusal(Code.COMMAND_INVALID, field="question")
    for rule in [None if resend else command.rule, *(each.rule for each in command.variants)]:
        if rule is not None:
            check_rule(tx, rule, request.actor.shop_id)
    return {
        "title": title, "rule": command.rule, "weekly": weekly, "due_at": command.due_at,
        "priority": command.priority, "defer": command.defer,
    }  # fmt: skip


def _beside(command: SaveCampaign, row: CampaignRow | None) -> list[CampaignVersion]:
    """What is kept of other consoles' versions: nothing saved is thrown away silently."""
    if row is None:
        return []
    beside = [] if command.drop_beside else row.beside
    if command.drop_beside or not 0 < command.base_rev < row.rev:
        return beside
    before = CampaignVersion(title=row.title, content=row.content, rule=row.rule, at=row.at)
    return [before, *beside][:MAX_BESIDE]


# --- the audience is fixed ----------------------------------------------------------------------


def freeze(tx: Transaction, request: Request[FreezeCampaign]) -> dict[str, Any]:
    """Words and audience stay as they are from here on."""
    row = known(tx, request)
    state = moved(row, "freeze")
    if 0 < request.command.base_rev < row.rev:
        raise Refusal(Code.CONFLICT, {"rev": row.rev}, field="base_rev")
    check_ready(tx, row)
    ids = [variant.card.product_id for variant in row.content.variants if variant.card]
    content = Cards.load(tx, row.shop_id, ids).anew(row.content)
    counts: dict[str, int] = {}
    if row.weekly is None:
        audience = audience_of(tx, row)
        if not audience.member_ids:
            raise Refusal(Code.CAMPAIGN_EMPTY, field="rule")
        counts = write_recipients(tx, row.id, audience)
    digest = hash_of(content, row.rule)
    staying = set(_media_kept(content, row.beside))
    unused = [media_id for media_id in pictures(tx, row.id) if media_id not in staying]
    erase_media(tx, unused)
    tx.change(
        tables.campaign, row.id, state=state.value, content=content, counts=counts,
        frozen_at=tx.now, frozen_hash=digest,
    )  # fmt: skip
    return {"id": row.id, "counts": counts, "hash": digest}


def drop_recipients(tx: Transaction, campaign_id: int) -> None:
    """Nobody is to get it any more."""
    recipient = tables.recipient
    query = select(recipient.c.id).where(recipient.c.campaign_id == campaign_id)
    ids = list(tx.connection.scalars(query))
    if ids:
        tx.delete(recipient, ids, [SCOPE])
        tallies.forget_campaign(tx, campaign_id)


def check_ready(tx: Transaction, row: CampaignRow) -> None:
    """Whether its words can go as they are.

    Raises ``campaign.empty``, ``offer.over`` and what is wrong with an offer's terms.
    """
    if not says_something(row.content):
        raise Refusal(Code.CAMPAIGN_EMPTY, field="variants")
    if not can_be_answered(row.content):
        raise Refusal(Code.CAMPAIGN_EMPTY, field="question")
    check_terms(tx, row.content.offer)
    check_deadline(tx, row, tx.now)


def write_recipients(tx: Transaction, campaign_id: int, audience: Audience) -> dict[str, int]:
    """Insert recipients and move the sums; their counts by state, as a campaign keeps them."""
    tx.insert_alike(tables.recipient, AlikeRows(
        "member_id", audience.member_ids, [fate._asdict() for fate in audience.fates],
        audience.fate_of, {"campaign_id": campaign_id, "at": tx.now},
    ))  # fmt: skip
    numbers = audience.numbers()
    tallies.note_audience(tx, campaign_id, numbers)
    counts: Counter[str] = Counter()
    for fate, count in numbers.items():
        counts[fate.state] += count
        if fate.state == "pending" and fate.reason == audiences.CAP:
            counts[audiences.CAPPED] += count
    return dict(counts)


def hash_of(content: CampaignContent, rule: Any) -> str:
    """What exactly was frozen."""
    said = msgspec.json.encode([content, rule], order="deterministic")
    return hashlib.sha256(said).hexdigest()


def undo(tx: Transaction, request: Request[UndoCampaign]) -> None:
    """A draft again: nothing has left yet."""
    row = known(tx, request)
    state = moved(row, "undo")
    if row.kind not in {"campaign", "resend"} or row.started_at is not None:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    drop_recipients(tx, row.id)
    tx.change(
        tables.campaign, row.id, state=state.value, next_at=None, frozen_at=None, frozen_hash="",
        counts={},
    )  # fmt: skip


# --- when it is sent ----------------------------------------------------------------------------


def schedule(tx: Transaction, request: Request[ScheduleCampaign]) -> dict[str, Any]:
    """Keep it until its time, and never less than a minute, in which it can be undone."""
    row, command = known(tx, request), request.command
    state = moved(row, "schedule")
    if row.started_at is not None:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    _check_number(row, command.confirm)
    soonest = tx.now + campaigns.UNDO
    if row.weekly is not None:
        timezone = timezone_of(tx, row.shop_id)
        due_at = campaigns.next_slot(row.weekly.weekday, row.weekly.minute, soonest, timezone)
    else:
        due_at = max(soonest, command.at or row.due_at or soonest)
    if due_at > tx.now + campaigns.FARTHEST + timedelta(days=7):
        raise Refusal(Code.SCHEDULE_TOO_FAR, field="at")
    check_deadline(tx, row, due_at)
    due_at = _free_time(tx, row, due_at)
    write_line(tx, request.actor, "campaign.schedule", row.id)
    tx.change(tables.campaign, row.id, state=state.value, due_at=due_at, next_at=due_at)
    return {"due_at": due_at}


def _free_time(tx: Transaction, row: CampaignRow, due_at: datetime) -> datetime:
    """That time; of an occurrence the next instant that no other one of its series has.

    Whole minutes are the series' own: one that is taken would be left out as done.
    """
    if row.kind != "occurrence":
        return due_at
    table = tables.campaign
    query = select(table.c.due_at).where(
        table.c.parent_id == row.parent_id, table.c.kind == "occurrence", table.c.id != row.id
    )
    taken = set(tx.connection.scalars(query))
    while due_at in taken or not (due_at.second or due_at.microsecond):
        due_at += timedelta(milliseconds=1)
    return due_at


def send_now(tx: Transaction, request: Request[SendCampaignNow]) -> None:
    """It begins with this commit's next batch."""
    row = known(tx, request)
    state = moved(row, "send_now")
    if row.weekly is not None:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    _check_number(row, request.command.confirm)
    check_deadline(tx, row, tx.now)
    write_line(tx, request.actor, "campaign.send_now", row.id)
    due_at = _free_time(tx, row, tx.now)
    tx.change(
        tables.campaign, row.id, state=state.value, due_at=due_at, next_at=tx.now,
        started_at=row.started_at or tx.now,
    )  # fmt: skip


def _check_number(row: CampaignRow, said: int) -> None:
    """Many people at once: she says how many they are, once.  A correction begins by itself."""
    if row.kind not in campaigns.MARKETING:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    if row.weekly is None and not audiences.still_open(row.counts):
        raise Refusal(Code.CAMPAIGN_EMPTY, field="rule")
    count = audiences.to_receive(row.counts, defer=row.defer)
    many = count > campaigns.CONFIRM_FROM and row.state != State.SCHEDULED
    if many and said != count:
        raise Refusal(Code.CAMPAIGN_CONFIRM, {"count": count}, field="confirm")


def pause(tx: Transaction, request: Request[PauseCampaign]) -> None:
    """Nothing more leaves."""
    row = known(tx, request)
    tx.change(tables.campaign, row.id, state=moved(row, "pause").value, next_at=None)


def resume(tx: Transaction, request: Request[ResumeCampaign]) -> None:
    """Go on where the recipients say; a series is scheduled anew instead."""
    row = known(tx, request)
    state = moved(row, "resume")
    if row.weekly is not None:
        raise Refusal(Code.CAMPAIGN_STATE, {"state": row.state})
    check_deadline(tx, row, tx.now)
    tx.change(
        tables.campaign, row.id, state=state.value, next_at=tx.now,
        started_at=row.started_at or tx.now,
    )  # fmt: skip


def cancel(tx: Transaction, request: Request[CancelCampaign]) -> None:
    """Whoever has not got it never will."""
    row = known(tx, request)
    state = moved(row, "cancel")
    write_line(tx, request.actor, "campaign.cancel", row.id)
    stop(tx, row, state)


def stop(tx: Transaction, row: CampaignRow, state: State, **more: Any) -> None:
    """End it: recipients still open are cancelled."""
    recipient = tables.recipient
    found: list[RecipientRow] = reading.fetch(
        tx.connection, recipient, recipient.c.campaign_id == row.id, tables.RECIPIENT_OPEN
    )
    tx.update(recipient, [{"id": each.id, "state": "cancelled", "until": None} for each in found])
    tallies.note_states(tx, [(each, replace(each, state="cancelled")) for each in found])
    steps = {"cancelled": len(found)}
    for each in found:
        steps[each.state] = steps.get(each.state, 0) - 1
    values = {
        "state": state.value, "next_at": None, "counts": audiences.moved(row.counts, steps),
        "finished_at": row.finished_at or tx.now, **more,
    }  # fmt: skip
    tx.change(tables.campaign, row.id, **values)


MOVES: dict[type[Command], Callable[[Transaction, Request[Any]], Any]] = {
    SaveCampaign: save,
    FreezeCampaign: freeze,
    UndoCampaign: undo,
    ScheduleCampaign: schedule,
    SendCampaignNow: send_now,
    PauseCampaign: pause,
    ResumeCampaign: resume,
    CancelCampaign: cancel,
}
"""The handlers of this module."""
