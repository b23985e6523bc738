"""What was changed about members and is still in the outbox, laid over their rows.  Pure.

Facts that were refused stay in the outbox with what was typed until somebody decides
(``refused_facts``); they are not laid over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from console.store.outbox import Entry
from console.store.overlay_queue import effective
from console.wire.commands import SetBlocked, TagMember, UpdateMember
from console.wire.rows import MemberRow

COLUMNS = {
    "display_name": "name", "gender": "gender", "birthday": "birthday",
    "birthday_lunar": "birthday_lunar", "sizes": "sizes", "remark": "remark", "tier": "tier",
}  # fmt: skip
"""Fields of ``member.update`` and the columns they change."""


def facts_lane(member_id: int) -> str:
    """Lane of facts about a member."""
    return f"member/{member_id}"


def tags_lane(member_id: int) -> str:
    """Lane of her tags: they never conflict, so they do not wait for facts that do."""
    return f"tags/{member_id}"


def blocked_lane(member_id: int) -> str:
    """Lane of blocking her."""
    return f"blocked/{member_id}"


def changes_of(command: UpdateMember) -> dict[str, Any]:
    """The fields an update sets."""
    found = {name: getattr(command, name) for name in COLUMNS}
    return {name: value for name, value in found.items() if value is not None}


def with_facts(row: MemberRow, entries: Iterable[Entry]) -> MemberRow:
    """The member with what is on its way: facts and whether she is blocked."""
    lanes = {facts_lane(row.id), blocked_lane(row.id)}
    for entry in effective(entries, ("member", "blocked")):
        if entry.lane in lanes and entry.name == UpdateMember.name:
            changes = changes_of(msgspec.json.decode(entry.body, type=UpdateMember))
            columns = {COLUMNS[name]: value for name, value in changes.items()}
            row = msgspec.structs.replace(row, **columns)
        elif entry.lane in lanes and entry.name == SetBlocked.name:
            command = msgspec.json.decode(entry.body, type=SetBlocked)
            row = msgspec.structs.replace(row, blocked=command.blocked)
    return row


def with_tags(tags: Iterable[str], member_id: int, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Her tags with what is on its way."""
    found = dict.fromkeys(tags)
    for entry in effective(entries, ("tags",)):
        if entry.lane == tags_lane(member_id) and entry.name == TagMember.name:
            command = msgspec.json.decode(entry.body, type=TagMember)
            found.update(dict.fromkeys(command.add))
            for tag in command.remove:
                found.pop(tag, None)
    return tuple(found)


class RefusedFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Facts that were turned down and wait for a decision.

    Attributes:
        entries: the refused update and those behind it.
        values: what was entered in all, by field.
        was: what stood there when it was entered.
        code: why it was turned down.
    """

    entries: tuple[Entry, ...]
    values: dict[str, Any]
    was: dict[str, Any]
    code: str


def refused_facts(entries: Sequence[Entry], member_id: int) -> RefusedFacts | None:
    """What waits for a decision about a member, ``None`` when nothing does."""
    lane = facts_lane(member_id)
    found: list[Entry] = []
    code = ""
    for entry in entries:
        if entry.lane == lane and entry.name == UpdateMember.name:
            code = code or (entry.code if entry.state == "failed" else "")
            found += [entry] if code else []
    if not found:
        return None
    values: dict[str, Any] = {}
    was: dict[str, Any] = {}
    for entry in found:
        command = msgspec.json.decode(entry.body, type=UpdateMember)
        values |= changes_of(command)
        was = command.was | was
    return RefusedFacts(entries=tuple(found), values=values, was=was, code=code)


def changed_members(entries: Iterable[Entry]) -> set[int]:
    """Members with facts or blocking on their way."""
    names = (entry.lane.partition("/")[2] for entry in effective(entries, ("member", "blocked")))
    return {int(name) for name in names if name.isdecimal()}
