"""``member.join``: a phone joins as a guest or, with an invite, as a confirmed member."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from console.domain.consent import MARKETING, PRIVACY
from console.domain.members import bucket_of, is_birthday, tidy_name
from console.domain.phones import normalise_phone
from console.relay.actor import RELAY
from console.relay.handlers import grants, marketing, merging
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request
from console.relay.handlers.conversations import direct_conversation
from console.relay.names import spelled
from console.relay.tokens import token_hash
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import JoinMember
from console.wire.errors import Code, Refusal
from console.wire.rows import MemberRow

SHOP_ID = 1
"""A poster without a shop belongs to the first one."""


def join(tx: Transaction, request: Request[JoinMember]) -> dict[str, Any]:
    """Give the phone a device and its member."""
    command = request.command
    phone, name = _checked(command)
    again = _joined_before(tx, command.token_hash)
    if again is not None:
        return again
    member = _invited(tx, command.invite) if command.invite else _guest(tx, command, phone, name)
    conversation_id = direct_conversation(tx, member)
    grants.give(tx, ("member", member.id), [f"self/{member.id}", f"chat/{conversation_id}"])
    device_id = tx.add(
        tables.device, kind="member", member_id=member.id, name=command.device_name,
        token_hash=command.token_hash, created_at=tx.now,
    )  # fmt: skip
    _record_consent(tx, member.id, command)
    return _answer(tx, member.id, device_id)


def _checked(command: JoinMember) -> tuple[str, str]:
    phone = normalise_phone(command.phone)
    if phone is None:
        raise Refusal(Code.JOIN_PHONE, field="phone")
    name = tidy_name(command.display_name)
    if name is None:
        raise Refusal(Code.JOIN_NAME, field="display_name")
    if command.birthday and not is_birthday(command.birthday):
        raise Refusal(Code.JOIN_BIRTHDAY, field="birthday")
    if not command.privacy_hash:
        raise Refusal(Code.JOIN_CONSENT, field="privacy_hash")
    return phone, name


def _joined_before(tx: Transaction, hashed: str) -> dict[str, Any] | None:
    """The same answer for a request that came twice (the token is its own key)."""
    device = tables.device
    row = tx.connection.execute(
        select(device.c.id, device.c.member_id).where(device.c.token_hash == hashed)
    ).one_or_none()
    return None if row is None or row.member_id is None else _answer(tx, row.member_id, row.id)


def _answer(tx: Transaction, member_id: int, device_id: int) -> dict[str, Any]:
    member = reading.one(tx.connection, tables.member, tables.member.c.id == member_id)
    conversation = reading.one(
        tx.connection, tables.conversation, tables.conversation.c.member_id == member_id
    )
    return {
        "member_id": member_id,
        "device_id": device_id,
        "conversation_id": conversation.id if conversation else 0,
        "state": member.state if member else "erased",
    }


def _guest(tx: Transaction, command: JoinMember, phone: str, name: str) -> MemberRow:
    """Somebody who claims a number: she sees nothing that was there before her."""
    member_id = tx.new_id(tables.member)
    pinyin, initials = spelled(name)
    tx.insert(tables.member, [{
        "id": member_id, "shop_id": SHOP_ID, "name": name, "pinyin": pinyin,
        "initials": initials, "phone": phone, "birthday": command.birthday,
        "marketing": command.marketing, "bucket": bucket_of(member_id), "state": "guest",
        "joined_at": tx.now, "last_seen_at": tx.now, "created_at": tx.now,
    }])  # fmt: skip
    return MemberRow(id=member_id, rev=tx.rev, shop_id=SHOP_ID, name=name, state="guest")


def _invited(tx: Transaction, token: str) -> MemberRow:
    """The member whom a personal invite names; it works once, and proves a guest's number."""
    invite = tables.invite
    row = tx.connection.execute(
        select(invite).where(invite.c.token_hash == token_hash(token))
    ).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= tx.now:
        raise Refusal(Code.JOIN_INVITE, field="invite")
    member = _named(tx, row.member_id)
    tx.change(invite, row.id, used_at=tx.now)
    if member.state == "guest":
        write_line(tx, RELAY, "member.confirm", member.id, "invite")
        member = _named(tx, merging.take_in(tx, member)[0])
    tx.change(
        tables.member, member.id, state="confirmed", joined_at=member.joined_at or tx.now,
        last_seen_at=tx.now,
    )  # fmt: skip
    return member


def _named(tx: Transaction, member_id: int) -> MemberRow:
    """The member, or who took her in since.  Raises ``join.invite``."""
    table = tables.member
    member: MemberRow | None = reading.one(tx.connection, table, table.c.id == member_id)
    while member is not None and member.state == "merged":
        member = reading.one(tx.connection, table, table.c.id == member.merged_into)
    if member is None or member.state not in {"known", "confirmed", "guest"}:
        raise Refusal(Code.JOIN_INVITE, field="invite")
    return member


def _record_consent(tx: Transaction, member_id: int, command: JoinMember) -> None:
    marketing.record(
        tx, member_id, PRIVACY, granted=True, text_hash=command.privacy_hash, channel="join"
    )
    if not command.marketing:
        return
    marketing.record(
        tx, member_id, MARKETING, granted=True, text_hash=command.marketing_hash, channel="join"
    )
    tx.change(tables.member, member_id, marketing=True)
