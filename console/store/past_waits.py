"""Fills ``wait`` from the messages of a history that was written without it.

For a database that serves nobody: one that is upgraded, and the sample shop's.  Set-wise, in
seconds for a million messages.  That somebody was done with without an answer is in no message:
only the last wait of a conversation can be seen to have been (nobody waits any more), an earlier
one seems to have waited for the next answer.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, bindparam, func, select, text

from console.domain.hours import Hours
from console.store import opening, tables

_FILL = text(
    """
    INSERT INTO wait (id, rev, shop_id, conversation_id, asked_at, in_hours, ended_at, staff_id,
                      outcome)
    WITH person AS (
        SELECT shop_id, conversation_id, seq, sender_kind, sender_id, sent_at,
               lag(sender_kind) OVER (PARTITION BY conversation_id ORDER BY sent_at, seq) AS before
        FROM message
        WHERE sender_kind = 'staff' OR (sender_kind = 'member' AND recalled_at IS NULL)
    ), turn AS (
        SELECT person.*,
               lead(sent_at) OVER (PARTITION BY conversation_id ORDER BY sent_at, seq) AS until,
               lead(sender_id) OVER (PARTITION BY conversation_id ORDER BY sent_at, seq) AS by_whom
        FROM person WHERE before IS NULL OR before <> sender_kind
    ), waited AS (
        SELECT shop_id, conversation_id, sent_at AS asked_at, until AS ended_at,
               by_whom AS staff_id, 'answered' AS outcome
        FROM turn WHERE sender_kind = 'member' AND until IS NOT NULL
        UNION ALL
        SELECT turn.shop_id, turn.conversation_id, turn.sent_at,
               coalesce(conversation.last_message_at, turn.sent_at), NULL, 'closed'
        FROM turn JOIN conversation ON conversation.id = turn.conversation_id
        WHERE turn.sender_kind = 'member' AND turn.until IS NULL
          AND (conversation.waiting_since IS NULL OR turn.sent_at < conversation.waiting_since)
        UNION ALL
        SELECT shop_id, id, waiting_since, NULL, NULL, ''
        FROM conversation WHERE waiting_since IS NOT NULL
    )
    SELECT row_number() OVER (ORDER BY asked_at, conversation_id), :rev, shop_id, conversation_id,
           asked_at, 0, ended_at, staff_id, outcome
    FROM waited
    """
)
"""In the order of time, which is not that of ``seq`` where conversations were joined."""

_GIVE_UP = text(
    """
    UPDATE wait SET ended_at = asked_at + :after, outcome = 'closed'
    WHERE outcome = 'answered' AND ended_at >= asked_at + :longer
    """
)


def fill(connection: Connection) -> None:
    """All waits of a database that has none yet."""
    rev = connection.scalar(select(tables.revision.c.head)) or 0
    connection.execute(_FILL, {"rev": rev})
    for shop_id, hours in opening.hours_by_shop(connection).items():
        _mark_open(connection, shop_id, hours)


def _mark_open(connection: Connection, shop_id: int, hours: Hours) -> None:
    """Which of a shop's began while it was open, by the hours it has now."""
    wait = tables.wait
    ours = wait.c.shop_id == shop_id
    first, last = connection.execute(
        select(func.min(wait.c.asked_at), func.max(wait.c.asked_at)).where(ours)
    ).one()
    if first is None:
        return
    inside = (wait.c.asked_at >= bindparam("begin"), wait.c.asked_at < bindparam("end"))
    connection.execute(
        wait.update().where(ours, *inside).values(in_hours=True),
        [{"begin": begin, "end": end} for begin, end in hours.open_between(first, last)],
    )


def give_up(connection: Connection, longer: timedelta, after: timedelta) -> None:
    """Waits that were answered no sooner than ``longer`` were done with ``after`` that time."""
    milliseconds = timedelta(milliseconds=1)
    connection.execute(_GIVE_UP, {"longer": longer // milliseconds, "after": after // milliseconds})
