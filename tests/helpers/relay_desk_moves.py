"""What the desk does beside talking: notes, the queue, sending later, quick replies.

Moves like those of ``relay_moves``, and what must hold of them in the database and on the lines
at any time.  Words that not everybody may read carry a mark, looked for in the raw bytes.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.domain.segment_parsing import parse
from console.domain.segments import Fault, Rule, expanded
from console.relay.actor import RELAY
from console.relay.internal import FireScheduled, WakeConversations
from console.wire import commands
from tests.helpers.relay_oracle import query

if TYPE_CHECKING:
    from tests.helpers.relay_world import World

STAFF = ("owner", "clerk", "till")
MEMBERS = ("anna", "bea", "guest")
NOTE, OWN, SHARED, LATER = "[note]", "[own-{}]", "[shared]", "[later-{}]"
SEGMENT = "[segment]"
LATE_MS = 600_000


def _staff(number: int) -> str:
    return STAFF[number % len(STAFF)]


def _thread(world: World, number: int) -> int:
    return world.conversation(MEMBERS[number // 3 % len(MEMBERS)])


def _one(world: World, table: str, number: int) -> str:
    """The client id of one of a table's rows, or of none."""
    found = world.query(f"select client_id from {table} order by id")
    return str(found[number % len(found)]["client_id"]) if found else "none"


# --- notes and the queue --------------------------------------------------------------------------


async def note(world: World, number: int) -> None:
    await world.do(_staff(number), commands.AddNote(
        conversation_id=_thread(world, number), client_id=world.fresh("n"),
        body=f"{NOTE} {number}"))  # fmt: skip


async def remove_note(world: World, number: int) -> None:
    await world.do(_staff(number), commands.RemoveNote(client_id=_one(world, "note", number)))


async def assign(world: World, number: int) -> None:
    actor = world.phones[_staff(number // 2)].actor
    await world.do(_staff(number), commands.AssignConversation(
        conversation_id=_thread(world, number),
        staff_id=None if number % 4 == 0 else actor.id))  # fmt: skip


async def snooze(world: World, number: int) -> None:
    until = world.clock.now() + timedelta(minutes=number % 400 - 20)
    await world.do(_staff(number), commands.SnoozeConversation(
        conversation_id=_thread(world, number), until=None if number % 9 == 0 else until,
    ))  # fmt: skip


async def wake(world: World, number: int) -> None:
    await world.core.call(RELAY, WakeConversations(at_most=1 + number % 3))


async def finish(world: World, number: int) -> None:
    """Done up to some message; a later one of the member keeps it open."""
    thread, name = _thread(world, number), _staff(number)
    outcome = await world.do(name, commands.FinishConversation(
        conversation_id=thread, up_to_seq=number % 9))  # fmt: skip
    if outcome.refusal is None:
        [row] = world.query("select * from conversation where id = ?", thread)
        unseen = world.query(
            "select 1 from message m where conversation_id = ? and sender_kind = 'member'"
            " and recalled_at is null and seq > ? and seq > coalesce((select max(seq) from message"
            " s where s.conversation_id = m.conversation_id and s.sender_kind = 'staff'), 0)",
            thread, number % 9,
        )  # fmt: skip
        assert (row["status"], row["waiting_since"] is None) == (
            ("open", False) if unseen else ("done", True)
        ), "an unseen message was done with"


async def reopen(world: World, number: int) -> None:
    await world.do(_staff(number), commands.ReopenConversation(
        conversation_id=_thread(world, number)))  # fmt: skip


async def block(world: World, number: int) -> None:
    await world.do("owner", commands.SetBlocked(
        member_id=world.member_id("bea"), blocked=number % 2 == 0, reason="试试"))  # fmt: skip


async def answer_at_night(world: World, number: int) -> None:
    await world.do("owner", commands.SetSetting(
        key="auto_reply", value={"on": number % 3 > 0, "lang": "en"}))  # fmt: skip


# --- sending later --------------------------------------------------------------------------------


async def later(world: World, number: int) -> None:
    client_id = world.fresh("s")
    due_at = world.clock.now() + timedelta(minutes=number % 90 - 10)
    await world.do(_staff(number), commands.ScheduleMessage(
        conversation_id=_thread(world, number), client_id=client_id,
        body=LATER.format(client_id), due_at=due_at))  # fmt: skip


async def change_later(world: World, number: int) -> None:
    due_at = world.clock.now() + timedelta(minutes=number % 60)
    await world.do(_staff(number), commands.ChangeScheduled(
        client_id=_one(world, "scheduled", number),
        due_at=due_at if number % 2 else None))  # fmt: skip


async def cancel_later(world: World, number: int) -> None:
    await world.do(_staff(number), commands.CancelScheduled(
        client_id=_one(world, "scheduled", number)))  # fmt: skip


async def fire(world: World, number: int) -> None:
    """Time passes and all that is due is settled; several ask for it at once."""
    world.clock.advance(number % 7 * 300)
    blocked = {row["id"] for row in world.query("select id from member where blocked")}
    before = world.query("select coalesce(max(id), 0) from message")[0][0]
    for at_most in (1, 2, 1_000):
        await world.core.call(RELAY, FireScheduled(at_most=at_most))
    now = int(world.clock.now().timestamp() * 1000)
    left = world.query("select 1 from scheduled where state = 'waiting' and due_at <= ?", now)
    assert not left, "something due was left waiting"
    reached = world.query(
        "select c.member_id from message m join conversation c on c.id = m.conversation_id"
        " where m.id > ?", before,
    )  # fmt: skip
    assert not blocked & {row["member_id"] for row in reached}, "a blocked member was written to"


# --- quick replies --------------------------------------------------------------------------------


async def keep_words(world: World, number: int) -> None:
    """One's own or the shop's; sometimes one that is there changes hands."""
    name, shared = _staff(number), number % 2 == 0
    mark = SHARED if shared else OWN.format(world.phones[name].actor.id)
    known = number % 5 == 0
    await world.do(name, commands.SaveQuickReply(
        client_id=_one(world, "quick_reply", number) if known else world.fresh("q"),
        shared=shared, shortcut=f"k{number % 7}", body=f"{mark} {number}"))  # fmt: skip


async def use_words(world: World, number: int) -> None:
    await world.do(_staff(number), commands.UseQuickReply(
        client_id=_one(world, "quick_reply", number)))  # fmt: skip


async def drop_words(world: World, number: int) -> None:
    await world.do(_staff(number), commands.RemoveQuickReply(
        client_id=_one(world, "quick_reply", number)))  # fmt: skip


# --- segments -------------------------------------------------------------------------------------


async def save_segment(world: World, number: int) -> None:
    """A new one or one that is there, which perhaps uses another."""
    found = [row["id"] for row in world.query("select id from segment order by id")]
    part: dict[str, Any] = {"leaf": "points", "amount": {"from": number % 100}}
    if found and number % 3:
        part = {"leaf": "segment", "id": found[number % len(found)]}
    known = number % 2 == 0
    client_id = _one(world, "segment", number // 2) if known else world.fresh("g")
    await world.do(_staff(number), commands.SaveSegment(
        client_id=client_id, display_name=f"{SEGMENT} {number}", rule={"all": [part]},
    ))  # fmt: skip


async def copy_segment(world: World, number: int) -> None:
    await world.do(_staff(number), commands.DuplicateSegment(
        client_id=world.fresh("g"), source=_one(world, "segment", number),
        display_name=f"{SEGMENT} copy {number}"))  # fmt: skip


async def drop_segment(world: World, number: int) -> None:
    await world.do(_staff(number), commands.RemoveSegment(
        client_id=_one(world, "segment", number)))  # fmt: skip


DESK_MOVES = (
    note, remove_note, assign, snooze, wake, finish, reopen, block, answer_at_night, later,
    change_later, cancel_later, fire, keep_words, use_words, drop_words,
    save_segment, copy_segment, drop_segment,
)  # fmt: skip


# --- what must hold -------------------------------------------------------------------------------


def check_desk(world: World) -> None:
    """Of the queue, of what is sent later, of quick replies."""
    _check_queue(world)
    _check_later(world)
    _check_segments(world)
    for row in query(
        world.path,
        "select count(*) as n, count(distinct shortcut) as names from quick_reply"
        " where shortcut != '' group by coalesce(staff_id, 0)",
    ):
        assert row["n"] == row["names"], "a shortcut was given twice"


def _check_segments(world: World) -> None:
    """Every one can be written out, so none uses itself or one that is gone."""
    found = query(world.path, "select id, name, rule from segment")
    saved = {row["id"]: parse(json.loads(row["rule"])) for row in found}
    for number, rule in saved.items():
        assert _can_be_asked(rule, saved), f"segment {number} cannot be written out"
    names = [row["name"] for row in found]
    assert len(names) == len(set(names)), "two segments have one name"


def _can_be_asked(rule: Rule, saved: dict[int, Rule]) -> bool:
    try:
        expanded(rule, saved)
    except Fault:
        return False
    return True


def _check_queue(world: World) -> None:
    for row in query(world.path, "select * from conversation"):
        awake = (row["snoozed_until"], row["snoozed_by"]) == (None, None)
        if row["status"] == "done":
            assert row["waiting_since"] is None, "who is done with waits"
        if not awake:
            assert row["status"] == "open", "a snoozed conversation is done"
            assert row["woken_at"] is None, "it sleeps and is awake"
        if row["waiting_since"] is not None:
            assert query(
                world.path,
                "select 1 from message where conversation_id = ? and sender_kind = 'member'"
                " and recalled_at is null and sent_at = ?", row["id"], row["waiting_since"],
            ), "somebody waits who asked nothing"  # fmt: skip
    for row in query(
        world.path,
        "select p.sender_kind from message m left join message p"
        " on p.conversation_id = m.conversation_id and p.seq = m.seq - 1 where m.automatic",
    ):
        assert row["sender_kind"] == "member", "an automatic answer follows no question"


def _check_later(world: World) -> None:
    for row in query(
        world.path,
        "select s.*, m.id as said, m.sent_at from scheduled s"
        " left join message m on m.client_id = s.client_id",
    ):
        if row["state"] == "sent":
            assert row["said"] == row["message_id"] is not None, "sent, but not said"
            late = row["sent_at"] - row["due_at"]
            assert 0 <= late <= LATE_MS, "sent early, or late in silence"
        else:
            assert row["said"] is None, f"said, but {row['state']}"
        if row["state"] in {"sent", "cancelled"}:
            assert (row["body"], row["media"], row["card"]) == ("", "[]", None), "words stayed"


def check_secrets(world: World) -> None:
    """Nothing reached a line of somebody it was not meant for."""
    for name, phone in world.phones.items():
        if phone.transport is None:
            continue
        heard = b"".join(phone.transport.raw).decode()
        phone.transport.raw.clear()
        mine = OWN.format(phone.actor.id) if name in STAFF else ""
        for mark in set(re.findall(r"\[own-\d+\]", heard)):
            assert mark == mine, f"{name} got a colleague's own quick reply"
        if name in MEMBERS:
            assert NOTE not in heard, f"{name} got a note"
            assert SHARED not in heard, f"{name} got a quick reply"
            assert SEGMENT not in heard, f"{name} got a segment"
            for client_id in set(re.findall(r"\[later-([^\]]+)\]", heard)):
                _check_sent(world, client_id)


def _check_sent(world: World, client_id: str) -> None:
    found: list[Any] = world.query("select 1 from message where client_id = ?", client_id)
    assert found or client_id in world.gone, "a member got what was not sent yet"
