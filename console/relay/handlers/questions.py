"""``question.*``: what members answer to a campaign's question, and how staff sort it.

What was sent again asks for the campaign it was sent again of.
"""

from __future__ import annotations

from typing import Any

from console.domain import questions
from console.domain.consent import is_opt_out
from console.relay import shown
from console.relay.handlers import answers, messages
from console.relay.handlers.base import Request, missing
from console.relay.handlers.campaign_receipts import note_reply_to
from console.relay.handlers.campaigns import known
from console.relay.handlers.contents import check_words
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow, QuestionAnswerRow
from console.wire.commands import AnswerQuestion, RenameBucket, SendMessage, SortAnswers
from console.wire.errors import Code, Refusal
from console.wire.rows import MessageRow, QuestionRef

# --- members ------------------------------------------------------------------------------------


def answer(tx: Transaction, request: Request[AnswerQuestion]) -> dict[str, int]:
    """Keep what she says now in place of what she said before."""
    command, member_id = request.command, request.actor.id
    asking, question = _asked(tx, request)
    if messages.blocked_among(tx, [member_id]):
        raise Refusal(Code.MEMBER_BLOCKED)
    _check(command, question)
    before = _answer_of(tx, question.question_id, member_id)
    name = command.client_id or ""
    said = command.choice is None and bool(messages.sent_before(tx, [name]))
    message_id = None if command.choice is not None else _say(tx, request, asking, name)
    note_reply_to(tx, asking)
    if is_opt_out(command.text) or (said and (before is not None or _taken_back(tx, message_id))):
        # The way out is no answer.  Sent once more, perhaps long after, what she said since or
        # took back stands.
        return {"id": before.id if before is not None else 0}
    row_id = _put(
        tx, question.question_id, member_id, before, choice=command.choice,
        text=command.text.strip(), message_id=message_id,
    )  # fmt: skip
    return {"id": row_id}


def _asked(tx: Transaction, request: Request[AnswerQuestion]) -> tuple[MessageRow, QuestionRef]:
    """The message that asks her; one that was taken back asks nothing any more."""
    row = shown.message(tx.connection, request.actor, request.command.message_id)
    if row.question is None or shown.is_taken_back(tx.connection, row):
        raise missing("message_id")
    return row, row.question


def _check(command: AnswerQuestion, question: QuestionRef) -> None:
    if command.choice is not None:
        if command.text or not 0 <= command.choice < len(question.choices):
            raise Refusal(Code.COMMAND_INVALID, field="choice")
        return
    if not question.free_text:
        raise Refusal(Code.COMMAND_INVALID, field="text")
    check_words(command.text, alone=True)
    if not command.client_id:
        raise Refusal(Code.COMMAND_INVALID, field="client_id")


def _say(tx: Transaction, request: Request[AnswerQuestion], asking: MessageRow, name: str) -> int:
    """Her words are a message that quotes the question; its id."""
    command = SendMessage(
        conversation_id=asking.conversation_id, client_id=name,
        body=request.command.text, reply_to=asking.id,
    )  # fmt: skip
    [said] = messages.append(tx, [Request(request.actor, command)])
    if isinstance(said, Refusal):
        raise said
    return int(said["id"])


def _taken_back(tx: Transaction, message_id: int | None) -> bool:
    rows = reading.by_ids(tx.connection, tables.message, [message_id or 0])
    return any(row.recalled_at is not None for row in rows.values())


def _answer_of(tx: Transaction, campaign_id: int, member_id: int) -> QuestionAnswerRow | None:
    table = tables.question_answer
    row: QuestionAnswerRow | None = reading.one(
        tx.connection, table, table.c.campaign_id == campaign_id, table.c.member_id == member_id
    )
    return row


def _put(
    tx: Transaction, campaign_id: int, member_id: int, before: QuestionAnswerRow | None,
    *, choice: int | None = None, text: str = "", message_id: int | None = None,
) -> int:  # fmt: skip
    """Her answer from now on; its row's id."""
    table = tables.question_answer
    values: dict[str, Any] = {"choice": choice, "text": text, "message_id": message_id}
    if before is None:
        answers.count(tx, {campaign_id: 1})
        return tx.add(table, campaign_id=campaign_id, member_id=member_id, at=tx.now, **values)
    if (before.choice, before.text, before.message_id) != (choice, text, message_id):
        tx.change(table, before.id, at=tx.now, revised=True, bucket="", **values)
    return before.id


# --- staff ----------------------------------------------------------------------------------------


def sort(tx: Transaction, request: Request[SortAnswers]) -> None:
    """Somebody looked, and knows better than the words."""
    row, command = known(tx, request), request.command
    bucket = _bucket(command.bucket, "bucket")
    table = tables.question_answer
    found = reading.fetch(
        tx.connection, table, table.c.campaign_id == row.id, table.c.choice.is_(None),
        table.c.bucket != bucket, one_of(tx.connection, table.c.id, command.ids),
    )  # fmt: skip
    tx.update(table, [{"id": each.id, "bucket": bucket} for each in found])


def rename_bucket(tx: Transaction, request: Request[RenameBucket]) -> None:
    """Also for those who answer later."""
    row, command = known(tx, request), request.command
    old, new = _bucket(command.bucket, "bucket"), _bucket(command.to, "to")
    if not old or not new:
        raise Refusal(Code.COMMAND_INVALID, field="to" if old else "bucket")
    table = tables.question_answer
    found = reading.fetch(
        tx.connection, table, table.c.campaign_id == row.id, table.c.bucket == old
    )
    tx.update(table, [{"id": each.id, "bucket": new} for each in found])
    tx.change(tables.campaign, row.id, buckets=_renamed(row, old, new))


def _renamed(row: CampaignRow, old: str, new: str) -> dict[str, str]:
    """Names by what words belong to by themselves."""
    names = {name: new if shown == old else shown for name, shown in row.buckets.items()}
    names.setdefault(old, new)
    return {name: shown for name, shown in names.items() if name != shown}


def _bucket(name: str, field: str) -> str:
    name = questions.tidy(name)
    if len(name) > questions.MAX_BUCKET_CHARS:
        raise Refusal(Code.TEXT_TOO_LONG, {"limit": questions.MAX_BUCKET_CHARS}, field=field)
    return name
