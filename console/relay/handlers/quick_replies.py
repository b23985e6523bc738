"""``quick_reply.*``: words and pictures kept ready, the shop's or one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import func, select

from console import paths
from console.domain.quick_replies import (
    MAX_PICTURES,
    starter_language,
    tidy_shortcut,
    tidy_title,
)
from console.relay.actor import Actor
from console.relay.handlers.base import Request, missing
from console.relay.handlers.contents import check_own, check_words, load_uploads, media_ref
from console.relay.handlers.recalls import erase_media
from console.relay.internal import AddStarterReplies
from console.store import reading, tables
from console.store.suppression_facts import WordsRemoved
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import RemoveQuickReply, SaveQuickReply, UseQuickReply
from console.wire.errors import Code, Refusal
from console.wire.rows import QuickReplyRow

LANGUAGES = ("zh", "en")
MAX_KEPT = 500
"""Quick replies the shop, or one person, may have."""


def save(tx: Transaction, request: Request[SaveQuickReply]) -> dict[str, Any]:
    """Make one or change it; what another console changed meanwhile is a conflict."""
    actor, command = request.actor, request.command
    row = _find(tx, command.client_id)
    if row is not None:
        _check_may(actor, row)
        if 0 < command.base_rev < row.rev:
            raise Refusal(Code.CONFLICT, {"rev": row.rev}, field="base_rev")
    owner_id = None if command.shared else actor.id
    facts = _facts(tx, request, owner_id)
    pictures = _Pictures.check(tx, request, row)
    if not facts["body"].strip() and not pictures.count:
        raise Refusal(Code.TEXT_EMPTY, field="body")
    media = pictures.keep(tx, actor, shared=command.shared)
    if row is not None and row.staff_id == owner_id:
        tx.change(tables.quick_reply, row.id, media=media, **facts)
        return {"id": row.id}
    history: dict[str, Any] = {"uses": 0, "used_at": None}
    if row is not None:
        # In another scope it is another row: no reader gets it as new and as gone at once.
        history = {"uses": row.uses, "used_at": row.used_at}
        tx.delete(tables.quick_reply, [row.id], [_scope(row)])
    new_id = tx.add(
        tables.quick_reply, shop_id=actor.shop_id, client_id=command.client_id,
        staff_id=owner_id, media=media, at=tx.now, **facts, **history,
    )  # fmt: skip
    return {"id": new_id}


def _find(tx: Transaction, client_id: str) -> QuickReplyRow | None:
    table = tables.quick_reply
    row: QuickReplyRow | None = reading.one(tx.connection, table, table.c.client_id == client_id)
    return row


def _known(tx: Transaction, actor: Actor, client_id: str) -> QuickReplyRow:
    row = _find(tx, client_id)
    if row is None:
        raise missing("client_id")
    _check_may(actor, row)
    return row


def _check_may(actor: Actor, row: QuickReplyRow) -> None:
    """The shop's are everybody's who sees the shop; nobody has to do with a colleague's own."""
    needed = f"drafts/{actor.id}" if row.staff_id == actor.id else "shop"
    own_or_shared = row.staff_id in {None, actor.id}
    if not own_or_shared or row.shop_id != actor.shop_id or needed not in actor.scopes:
        raise missing("client_id")


def _scope(row: QuickReplyRow) -> str:
    return "shop" if row.staff_id is None else f"drafts/{row.staff_id}"


def _facts(
    tx: Transaction, request: Request[SaveQuickReply], owner_id: int | None
) -> dict[str, Any]:
    command = request.command
    check_words(command.body, alone=False)
    title, shortcut = tidy_title(command.title), tidy_shortcut(command.shortcut)
    if title is None:
        raise Refusal(Code.COMMAND_INVALID, field="title")
    if shortcut is None:
        raise Refusal(Code.COMMAND_INVALID, field="shortcut")
    table = tables.quick_reply
    others = reading.fetch(
        tx.connection, table, table.c.shop_id == request.actor.shop_id,
        table.c.staff_id.is_(None) if owner_id is None else table.c.staff_id == owner_id,
        table.c.client_id != command.client_id,
    )  # fmt: skip
    if shortcut and any(other.shortcut == shortcut for other in others):
        raise Refusal(Code.QUICK_REPLY_SHORTCUT, {"shortcut": shortcut}, field="shortcut")
    if len(others) >= MAX_KEPT:
        raise Refusal(Code.COMMAND_INVALID, {"limit": MAX_KEPT}, field="shared")
    return {"title": title, "shortcut": shortcut, "body": command.body}


class _Pictures:
    """The pictures a quick reply keeps, gets and gives up; checked first, then written."""

    def __init__(self, kept: Sequence[int], fresh: Sequence[Any], dropped: Sequence[int]) -> None:
        self._kept, self._fresh, self._dropped = kept, fresh, dropped
        self.count = len(kept) + len(fresh)

    @classmethod
    def check(
        cls, tx: Transaction, request: Request[SaveQuickReply], row: QuickReplyRow | None
    ) -> _Pictures:
        actor, command = request.actor, request.command
        had = [item.id for item in row.media] if row is not None else []
        kept = command.media_ids
        if len(set(kept)) != len(kept) or not set(kept) <= set(had):
            raise Refusal(Code.COMMAND_INVALID, field="media_ids")
        names = list(dict.fromkeys(command.uploads))
        if len(names) != len(command.uploads) or len(kept) + len(names) > MAX_PICTURES:
            raise Refusal(Code.COMMAND_INVALID, field="uploads")
        found = load_uploads(tx, names)
        for name in names:
            _check_picture(actor, found.get(name), had)
        # The same bytes sent again (its answer was lost) keep what they brought the first time.
        fresh = [found[name] for name in names]
        staying = {*kept, *(upload.id for upload in fresh)}
        return cls(kept, fresh, [media_id for media_id in had if media_id not in staying])

    def keep(self, tx: Transaction, actor: Actor, *, shared: bool) -> list[dict[str, Any]]:
        """Give up what is not kept; the references of the rest, in order."""
        owner = ("shop", actor.shop_id) if shared else ("staff", actor.id)
        ids = list(dict.fromkeys([*self._kept, *(row.id for row in self._fresh)]))
        tx.update(tables.media, [
            {"id": media_id, "internal": True, "owner_kind": owner[0], "owner_id": owner[1]}
            for media_id in ids
        ])  # fmt: skip
        if self._dropped:
            erase_media(tx, self._dropped)
        media = tables.media
        rows = tx.connection.execute(select(media).where(media.c.id.in_(ids))).all() if ids else []
        found = {row.id: row for row in rows}
        return [media_ref(found[media_id], media_id) for media_id in ids]


def _check_picture(actor: Actor, row: Any, had: Sequence[int]) -> None:
    if row is None:
        raise Refusal(Code.UPLOAD_MISSING, field="uploads")
    if row.id in had:
        return
    check_own(actor, row)
    if not row.mime.startswith("image/"):
        raise Refusal(Code.MEDIA_TYPE, field="uploads")


def remove(tx: Transaction, request: Request[RemoveQuickReply]) -> None:
    """Take one away from everybody who has it."""
    row = _known(tx, request.actor, request.command.client_id)
    suppress(tx, WordsRemoved(of="quick_reply", client_id=row.client_id))
    erase(tx, row)


def erase(tx: Transaction, row: QuickReplyRow) -> None:
    """It is gone for good, and so are its pictures."""
    erase_media(tx, [item.id for item in row.media])
    tx.delete(tables.quick_reply, [row.id], [_scope(row)])
    tx.effects.erased = True


def use(tx: Transaction, request: Request[UseQuickReply]) -> None:
    """Count it: those used most come first."""
    row = _known(tx, request.actor, request.command.client_id)
    tx.change(tables.quick_reply, row.id, uses=row.uses + 1, used_at=tx.now)


# --- the first ones ---------------------------------------------------------------------------


@cache
def starter(language: str) -> list[dict[str, str]]:
    """What a clothing shop answers most, read once: ``title``, ``shortcut`` and ``body`` each."""
    file = paths.resources() / "text" / f"quick_replies.{language}.json"
    return list(json.loads(file.read_text(encoding="utf-8")))


def add_starter(tx: Transaction, request: Request[AddStarterReplies]) -> dict[str, int]:
    """Once for a shop: not where quick replies are, nor where all were removed again."""
    shop = reading.one(tx.connection, tables.shop, tables.shop.c.id == request.actor.shop_id)
    if shop is None or _had_some(tx):
        return {"added": 0}
    language = request.command.language
    if language not in LANGUAGES:
        language = starter_language(shop.name, shop.greeting)
    replies = starter(language)
    ids = tx.new_ids(tables.quick_reply, len(replies))
    tx.insert(tables.quick_reply, [
        {"id": row_id, "shop_id": shop.id, "client_id": f"starter-{row_id}", "staff_id": None,
         "media": [], "at": tx.now, **reply}
        for row_id, reply in zip(ids, replies, strict=True)
    ])  # fmt: skip
    return {"added": len(replies)}


def _had_some(tx: Transaction) -> bool:
    """Whether any id was ever given; rows may also have been written beside the relay."""
    sequence, table = tables.sequence, tables.quick_reply
    given = select(sequence.c.next).where(sequence.c.name == table.name)
    return bool(tx.connection.scalar(given) or tx.connection.scalar(select(func.count(table.c.id))))
