"""``template.save`` and ``template.remove``: what is kept for campaigns to come."""

from __future__ import annotations

from typing import Any

from console.domain import offers, questions
from console.domain.quick_replies import tidy_title
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.campaign_contents import (
    Cards,
    Gallery,
    check_fields,
    check_layout,
)
from console.relay.handlers.campaigns import SCOPE
from console.relay.handlers.contents import check_words
from console.relay.handlers.recalls import erase_media
from console.store import reading, tables
from console.store.suppression_facts import WordsRemoved
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import TemplateRow
from console.wire.commands import RemoveTemplate, SaveTemplate
from console.wire.errors import Code, Refusal

SCENARIOS = frozenset(
    {"", "arrivals", "promotion", "birthday", "points", "restock", "outfit", "question", "weekend"}
)
MAX_KEPT = 200


def save(tx: Transaction, request: Request[SaveTemplate]) -> dict[str, int]:
    """Make one or change it; what another console changed meanwhile is a conflict."""
    actor, command = request.actor, request.command
    need_scope(actor, SCOPE)
    table = tables.template
    kept: list[TemplateRow] = reading.fetch(tx.connection, table)
    row = next((each for each in kept if each.client_id == command.client_id), None)
    if row is not None and 0 < command.base_rev < row.rev:
        raise Refusal(Code.CONFLICT, {"rev": row.rev}, field="base_rev")
    if row is None and len(kept) >= MAX_KEPT:
        raise Refusal(Code.COMMAND_INVALID, {"limit": MAX_KEPT}, field="client_id")
    facts = _facts(command)
    shown = [note.product_id for note in command.notes]
    cards = Cards.load(tx, actor.shop_id, shown)
    for product_id in shown:
        cards.check(product_id)
    gallery = Gallery.load(tx, actor, command.media, [] if row is None else _ids(row))
    media = gallery.refs(command.media, command.captions, command.notes)
    check_layout(command.layout, media)
    gallery.keep(None, [item.id for item in media])
    if row is not None:
        tx.change(table, row.id, media=media, **facts)
        return {"id": row.id}
    row_id = tx.add(
        table, shop_id=actor.shop_id, client_id=command.client_id, media=media, at=tx.now, **facts
    )
    return {"id": row_id}


def _ids(row: TemplateRow) -> list[int]:
    return [item.id for item in row.media]


def _facts(command: SaveTemplate) -> dict[str, Any]:
    title = tidy_title(command.title)
    if title is None:
        raise Refusal(Code.COMMAND_INVALID, field="title")
    if command.scenario not in SCENARIOS:
        raise Refusal(Code.COMMAND_INVALID, field="scenario")
    asks = _check_terms(command)
    check_words(command.body, alone=not (command.media or asks))
    check_fields(command.fields)
    return {
        "scenario": command.scenario, "title": title, "body": command.body,
        "fields": command.kept_fields, "layout": command.layout,
    }  # fmt: skip


def _check_terms(command: SaveTemplate) -> bool:
    """Whether it asks something in words.  Raises ``command.invalid``."""
    question, offer = command.question, command.offer
    if offer is not None and not offers.can_keep_plan(offer):
        raise Refusal(Code.COMMAND_INVALID, field="offer")
    if question is None:
        return False
    if not questions.fits(question.text, question.choices):
        raise Refusal(Code.COMMAND_INVALID, field="question")
    return bool(question.text.strip())


def remove(tx: Transaction, request: Request[RemoveTemplate]) -> None:
    """Take one away from everybody."""
    need_scope(request.actor, SCOPE)
    table = tables.template
    row = reading.one(tx.connection, table, table.c.client_id == request.command.client_id)
    if row is None:
        raise missing("client_id")
    suppress(tx, WordsRemoved(of="template", client_id=row.client_id))
    erase(tx, row)


def erase(tx: Transaction, row: TemplateRow) -> None:
    """It is gone for good, and so are its pictures."""
    erase_media(tx, _ids(row))
    tx.delete(tables.template, [row.id], [SCOPE])
    tx.effects.erased = True
