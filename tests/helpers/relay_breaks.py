"""Mechanisms of the relay, each switched off on purpose: what its tests must not survive."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import true

from console.domain import after_hours
from console.relay.batch import Batch, Devices
from console.relay.handlers import (
    messages,
    notices,
    queue,
    quick_replies,
    recalls,
    receipts,
    schedules,
    segments,
    threads,
)
from console.relay.hub import Hub
from console.relay.outcome import Outcome
from console.relay.recent import Recent
from console.relay.session import Session
from console.relay.writer import Settled, Writer
from console.store import feed, ids, projection, snapshot, unit_of_work
from console.wire.rows import NoteRow, QuickReplyRow, SegmentRow


def memory_reaches_nowhere(patch: pytest.MonkeyPatch) -> None:
    """A sound relay without memory: everybody is caught up from the database."""
    patch.setattr(Recent, "missed", lambda *_: None)


def answers_are_not_looked_up(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("console.relay.batch._stored_answers", lambda *_: {})


def bytes_of_a_retry_are_not_compared(patch: pytest.MonkeyPatch) -> None:
    def answered(self: Batch, job: Any, stored: Any) -> Outcome:
        return Outcome.from_bytes(stored.rev, stored.answer)

    patch.setattr(Batch, "_answered", answered)


def transient_refusals_are_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Outcome, "final", property(lambda _: True))


def tombstones_are_not_sent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(feed, "_collect_gone", lambda *_: None)
    patch.setattr(feed, "_add_gone", lambda *_: None)


def pruned_tombstones_are_not_noticed(patch: pytest.MonkeyPatch) -> None:
    async def never(core: Any, hello: Any) -> str:
        return ""

    memory_reaches_nowhere(patch)
    patch.setattr("console.relay.session.reset_reason", never)
    patch.setattr("console.relay.session.read_head", lambda _: unit_of_work.Head(0, "", "", 0))


def lost_grants_are_not_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Hub, "_regrant", lambda *_: None)


def lost_grants_still_write(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("console.relay.actor.Actor.may_chat", lambda *_: True)


def devices_stay_as_first_seen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Devices, "forget", lambda *_: None)


def lagging_skips_what_was_missed(patch: pytest.MonkeyPatch) -> None:
    def push(self: Session, frame: bytes, low: int, high: int) -> None:
        if self._transport.buffered_bytes <= self._core.limits.buffer_bytes:
            self._transport.send(frame)
        self.position = high

    patch.setattr(Session, "push", push)


def lagging_buffers_everything(patch: pytest.MonkeyPatch) -> None:
    def push(self: Session, frame: bytes, low: int, high: int) -> None:
        self._transport.send(frame)
        self.position = high

    patch.setattr(Session, "push", push)


def resuming_skips_what_was_missed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Hub, "unchanged", lambda *_: True)


def memory_forgets_a_row(patch: pytest.MonkeyPatch) -> None:
    def missed(self: Recent, scope: str, cursor: int) -> feed.ScopePart | None:
        found = whole(self, scope, cursor)
        if found is not None and found.rows:
            found.rows.popitem()
        return found

    whole = Recent.missed
    patch.setattr(Recent, "missed", missed)


def memory_skips_what_was_missed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Recent, "missed", lambda *_: feed.ScopePart())


def catching_up_forgets_a_row(patch: pytest.MonkeyPatch) -> None:
    memory_reaches_nowhere(patch)
    whole = feed._Source.rows
    patch.setattr(feed._Source, "rows", lambda self, *given: whole(self, *given)[1:])


def pages_forget_a_row(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        snapshot,
        "_position",
        lambda after, _: (
            (int(after.split(":")[0]), int(after.split(":")[1]) - 1) if after else (0, None)
        ),
    )


def snapshot_misses_what_changes_meanwhile(patch: pytest.MonkeyPatch) -> None:
    def late(self: Session, request: Any) -> int:
        head = request.head or self._core.hub.settled
        self.cursors[request.scope] = head + 1_000
        self._core.hub.subscribe(self, request.scope)
        return head

    patch.setattr(Session, "_begin_scope", late)
    patch.setattr(Hub, "unchanged", lambda *_: True)


def clerks_see_phone_numbers(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(projection._RULES, "clerk", {})


def members_see_who_waits(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(projection._RULES, "member", {})


def receipts_go_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(receipts, "grown", lambda _, reported, last: min(reported, last))


def opting_out_by_chat_is_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(messages, "is_opt_out", lambda _: False)


def marketing_reaches_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "_unwilling", lambda *_: set())


def recalled_words_stay(patch: pytest.MonkeyPatch) -> None:
    change = unit_of_work.Transaction.change

    def keep(self: Any, table: Any, row_id: int, **values: Any) -> None:
        values.pop("body", None)
        change(self, table, row_id, **values)

    patch.setattr(recalls.Transaction, "change", keep)


def numbers_are_given_twice(patch: pytest.MonkeyPatch) -> None:
    following = threads.Thread._next_seq

    def stuck(self: Any) -> int:
        seq = following(self)
        self.last_seq += seq % 2
        return seq

    patch.setattr(threads.Thread, "_next_seq", stuck)


def ids_are_given_twice(patch: pytest.MonkeyPatch) -> None:
    take = ids.IdSource.take
    patch.setattr(
        ids.IdSource,
        "take",
        lambda self, connection, name, count=1: (
            range(1, count + 1) if name == "message" else take(self, connection, name, count)
        ),
    )


def nothing_is_ever_committed(patch: pytest.MonkeyPatch) -> None:
    def pretend(self: Writer, jobs: list[Any], *, one_by_one: bool) -> Settled:
        with self._engine.connect() as connection:
            begun = connection.begin()
            head = unit_of_work.read_head(connection)
            tx = unit_of_work.Transaction(connection, head.rev + 1, self._clock.now(), self._ids)
            outcomes = Batch(tx, jobs, self._handlers, self._devices, one_by_one).run()
            begun.rollback()
        return Settled(jobs, outcomes, head.rev, head.mark)

    patch.setattr(Writer, "_commit", pretend)


# --- the desk -----------------------------------------------------------------------------------


def notes_reach_members(patch: pytest.MonkeyPatch) -> None:
    scope = projection.member_scope
    patch.setattr(
        projection,
        "member_scope",
        lambda row: f"chat/{row.conversation_id}" if isinstance(row, NoteRow) else scope(row),
    )


def own_quick_replies_reach_everybody(patch: pytest.MonkeyPatch) -> None:
    scope = projection.staff_scope
    patch.setattr(
        projection,
        "staff_scope",
        lambda row: "shop" if isinstance(row, QuickReplyRow) else scope(row),
    )


def segments_reach_members(patch: pytest.MonkeyPatch) -> None:
    scope = projection.member_scope
    patch.setattr(
        projection,
        "member_scope",
        lambda row: projection.EVERY_MEMBER if isinstance(row, SegmentRow) else scope(row),
    )


def segments_use_themselves(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(segments, "expanded", lambda rule, _: rule)


def used_segments_are_removed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(segments, "used", lambda _: frozenset())


def colleagues_change_ones_own_quick_replies(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(quick_replies, "_check_may", lambda *_: None)


def what_was_fired_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schedules, "WAITING", true())


def what_was_slept_over_is_sent_in_silence(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schedules, "is_missed", lambda *_: False)


def nothing_is_checked_again_when_it_is_due(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schedules._Circumstances, "objection", lambda *_: None)


def cancelled_words_stay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schedules, "_EMPTY", {})


def what_nobody_saw_is_done_with(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(queue, "waiting_since", lambda *_: None)


def what_is_done_with_waits_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recalls, "_still_waiting", lambda *_: 0)


def who_writes_stays_asleep(patch: pytest.MonkeyPatch) -> None:
    append = threads.Thread.append

    def asleep(self: Any, *given: Any) -> int:
        kept = self.snoozed_until, self.snoozed_by
        seq = append(self, *given)
        self.snoozed_until, self.snoozed_by = kept
        return seq

    patch.setattr(threads.Thread, "append", asleep)


def every_message_is_answered_at_night(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(after_hours, "is_due", lambda *_: True)
