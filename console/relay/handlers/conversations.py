"""``conversation.open`` and ``draft.save``."""

from __future__ import annotations

from console.relay.handlers import grants
from console.relay.handlers.base import Request, missing, need_scope
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import OpenConversation, SaveDraft
from console.wire.errors import Code, Refusal
from console.wire.frames import MAX_TEXT_CHARS
from console.wire.rows import DraftRow, MemberRow


def member_of_shop(tx: Transaction, member_id: int) -> MemberRow:
    """A member that staff may act on; raises ``not_found`` or ``member.merged``."""
    row: MemberRow | None = reading.one(
        tx.connection, tables.member, tables.member.c.id == member_id
    )
    if row is None or row.state == "erased":
        raise missing("member_id")
    if row.state == "merged":
        raise Refusal(Code.MEMBER_MERGED, {"member_id": row.merged_into or 0}, field="member_id")
    return row


def direct_conversation(tx: Transaction, member: MemberRow) -> int:
    """Id of the member's own conversation, made (with her participant) when missing."""
    conversation = tables.conversation
    found = reading.one(tx.connection, conversation, conversation.c.member_id == member.id)
    if found is not None:
        return int(found.id)
    conversation_id = tx.add(conversation, shop_id=member.shop_id, member_id=member.id)
    tx.add(
        tables.participant,
        shop_id=member.shop_id, conversation_id=conversation_id, member_id=member.id,
    )  # fmt: skip
    grants.give(tx, ("member", member.id), [f"chat/{conversation_id}"])
    return conversation_id


def open_conversation(tx: Transaction, request: Request[OpenConversation]) -> dict[str, int]:
    """The direct conversation of a member."""
    need_scope(request.actor, "members")
    need_scope(request.actor, "chats")
    member = member_of_shop(tx, request.command.member_id)
    if request.actor.kind == "staff" and not request.actor.may_chat(0, member.shop_id):
        raise missing("member_id")
    return {"id": direct_conversation(tx, member)}


def save_draft(tx: Transaction, request: Request[SaveDraft]) -> dict[str, int]:
    """Unsent words; another console's newer ones are kept beside."""
    actor, command = request.actor, request.command
    if len(command.body) > MAX_TEXT_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"limit": MAX_TEXT_CHARS}, field="body")
    thread = reading.one(
        tx.connection, tables.conversation, tables.conversation.c.id == command.conversation_id
    )
    if thread is None or not actor.may_chat(thread.id, thread.shop_id):
        raise missing("conversation_id")
    draft = tables.draft
    row = reading.one(
        tx.connection, draft, draft.c.staff_id == actor.id, draft.c.conversation_id == thread.id
    )
    if row is None:
        return {"id": _new_draft(tx, request)}
    return {"id": _change_draft(tx, request, row)}


def _new_draft(tx: Transaction, request: Request[SaveDraft]) -> int:
    if not request.command.body:
        return 0
    return tx.add(
        tables.draft, staff_id=request.actor.id, conversation_id=request.command.conversation_id,
        body=request.command.body, beside="", updated_at=tx.now,
    )  # fmt: skip


def _change_draft(tx: Transaction, request: Request[SaveDraft], row: DraftRow) -> int:
    command = request.command
    beside = "" if command.drop_beside else row.beside
    collided = command.base_rev < row.rev and row.body not in {"", command.body}
    if collided and not command.drop_beside:
        # Both collisions' words are kept: nothing typed is thrown away silently.
        beside = "\n".join(part for part in (beside, row.body) if part)[:MAX_TEXT_CHARS]
    if not command.body and not beside:
        tx.delete(tables.draft, [row.id], [f"drafts/{row.staff_id}"])
        return 0
    if (command.body, beside) != (row.body, row.beside):
        tx.change(tables.draft, row.id, body=command.body, beside=beside, updated_at=tx.now)
    return row.id
