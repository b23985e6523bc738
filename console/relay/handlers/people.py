"""``member.update``, ``member.tag``, ``member.set_blocked`` and ``member.reveal``."""

from __future__ import annotations

from typing import Any

from console.domain.members import GENDERS, MAX_REMARK_CHARS, is_birthday, tidy_name, tidy_sizes
from console.domain.merging import TIERS
from console.domain.tags import MAX_TAG_CHARS, MAX_TAGS, is_tag, tidy_tag
from console.relay.handlers import tallies
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, need_scope
from console.relay.handlers.conversations import member_of_shop
from console.relay.names import spelled
from console.store import reading, tables
from console.store.suppression_facts import BlockedSet
from console.store.suppressions import suppress
from console.store.unit_of_work import Transaction
from console.wire.commands import RevealPhone, SetBlocked, TagMember, UpdateMember
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow

_COLUMNS = {
    "display_name": "name", "gender": "gender", "birthday": "birthday",
    "birthday_lunar": "birthday_lunar", "sizes": "sizes", "remark": "remark", "tier": "tier",
}  # fmt: skip
"""Fields of the command and the columns they change."""
_MAX_REASON = 200
_MAX_ASKED = 100
"""Tags one command may name: what it costs to look at them is bounded."""


def update(tx: Transaction, request: Request[UpdateMember]) -> None:
    """Change the named facts; what somebody else changed meanwhile is a conflict."""
    need_scope(request.actor, "members")
    member = member_of_shop(tx, request.command.member_id)
    changed = _changed(request.command, member)
    if not changed:
        return
    if "tier" in changed and request.actor.role != "owner":
        raise Refusal(Code.COMMAND_DENIED, field="tier")
    for field in changed:
        _check_was(request.command, member, field)
    values = {_COLUMNS[field]: value for field, value in changed.items()}
    if "name" in values:
        values["pinyin"], values["initials"] = spelled(values["name"])
    tx.change(tables.member, member.id, **values)
    write_line(tx, request.actor, "member.update", member.id, ",".join(sorted(changed)))


def _changed(command: UpdateMember, member: MemberRow) -> dict[str, Any]:
    """The tidied values that differ from what stands.  Raises what is wrong with them."""
    wanted = {
        field: _tidy(command, member, field)
        for field in _COLUMNS if getattr(command, field) is not None
    }  # fmt: skip
    return {
        field: value for field, value in wanted.items()
        if value != getattr(member, _COLUMNS[field])
    }  # fmt: skip


def _tidy(command: UpdateMember, member: MemberRow, field: str) -> Any:
    value = getattr(command, field)
    if field == "display_name":
        value = tidy_name(value)
        if value is None:
            raise Refusal(Code.JOIN_NAME, field=field)
    elif field in {"birthday", "birthday_lunar"}:
        _check_birthday(command, member, field)
    elif field == "remark":
        value = value.strip()
        if len(value) > MAX_REMARK_CHARS:
            raise Refusal(Code.TEXT_TOO_LONG, {"limit": MAX_REMARK_CHARS}, field=field)
    elif field == "sizes":
        value = tidy_sizes(value)
    known = {"gender": GENDERS, "tier": TIERS}.get(field)
    if value is None or (known is not None and value not in known):
        raise Refusal(Code.COMMAND_INVALID, field=field)
    return value


def _check_birthday(command: UpdateMember, member: MemberRow, field: str) -> None:
    """Day and calendar are looked at together, whichever of them changes."""
    day = member.birthday if command.birthday is None else command.birthday
    lunar = member.birthday_lunar if command.birthday_lunar is None else command.birthday_lunar
    if day and not is_birthday(day, lunar=lunar):
        raise Refusal(Code.JOIN_BIRTHDAY, field=field)


def _check_was(command: UpdateMember, member: MemberRow, field: str) -> None:
    if field not in command.was:
        raise Refusal(Code.COMMAND_INVALID, field="was")
    if command.was[field] != getattr(member, _COLUMNS[field]):
        raise Refusal(Code.CONFLICT, field=field)


def tag(tx: Transaction, request: Request[TagMember]) -> None:
    """Put tags on and take some off; one that is named in both stays on."""
    need_scope(request.actor, "members")
    command = request.command
    if len(command.add) + len(command.remove) > _MAX_ASKED:
        raise Refusal(Code.TAGS_LIMIT, {"limit": MAX_TAGS, "chars": MAX_TAG_CHARS}, field="add")
    member = member_of_shop(tx, command.member_id)
    added = {tidy_tag(text) for text in command.add}
    if not all(map(is_tag, added)):
        raise Refusal(Code.TAGS_LIMIT, {"limit": MAX_TAGS, "chars": MAX_TAG_CHARS}, field="add")
    removed = {tidy_tag(text) for text in command.remove} - added
    table = tables.member_tag
    there = reading.fetch(tx.connection, table, table.c.member_id == member.id)
    taken_off = [row.id for row in there if tidy_tag(row.tag) in removed]
    fresh = sorted(added - {row.tag for row in there})
    if fresh and len(there) - len(taken_off) + len(fresh) > MAX_TAGS:
        raise Refusal(Code.TAGS_LIMIT, {"limit": MAX_TAGS, "chars": MAX_TAG_CHARS}, field="add")
    tx.delete(table, taken_off, ["members"])
    for name in fresh:
        tx.add(table, member_id=member.id, tag=name)


def set_blocked(tx: Transaction, request: Request[SetBlocked]) -> None:
    """Hear nothing more from her, or hear her again."""
    need_scope(request.actor, "members")
    command = request.command
    reason = command.reason.strip()
    if len(reason) > _MAX_REASON:
        raise Refusal(Code.COMMAND_INVALID, field="reason")
    member = member_of_shop(tx, command.member_id)
    if member.blocked == command.blocked:
        return
    suppress(tx, *(
        BlockedSet(member_id=each, blocked=command.blocked)
        for each in tallies.taken_in(tx, [member.id])
    ))  # fmt: skip
    tx.change(tables.member, member.id, blocked=command.blocked)
    what = "member.block" if command.blocked else "member.unblock"
    write_line(tx, request.actor, what, member.id, reason)


def reveal(tx: Transaction, request: Request[RevealPhone]) -> dict[str, str]:
    """The whole number, against a line in the log."""
    need_scope(request.actor, "members")
    reason = request.command.reason.strip()
    if not 0 < len(reason) <= _MAX_REASON:
        raise Refusal(Code.COMMAND_INVALID, field="reason")
    member = member_of_shop(tx, request.command.member_id)
    write_line(tx, request.actor, "access.reveal", member.id, reason)
    return {"phone": member.phone}
