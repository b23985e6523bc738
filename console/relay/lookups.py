"""What the http handlers ask the database; each takes a reading connection (``core.read``)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from console.domain.hours import Hours
from console.domain.replies import Waited
from console.relay.handlers import waits
from console.store import opening, reading, tables
from console.store.projection import project
from console.wire.rows import ADDRESS_SETTING, MessageRow, StaffRow


class AccountFact(NamedTuple):
    """A staff member who may sign in, with her secret's hash ("" when she has none)."""

    staff_id: int
    name: str
    role: str
    secret_hash: str


class MediumFact(NamedTuple):
    """What decides who may see a medium, and where its files lie."""

    id: int
    client_id: str
    owner_kind: str
    owner_id: int
    conversation_id: int | None
    shop_id: int
    sha256: str
    mime: str
    width: int
    height: int
    size: int
    blurhash: str
    duration_ms: int
    waveform: str
    internal: bool
    campaign_id: int | None
    erased_at: datetime | None


class ShopFact(NamedTuple):
    """What the phone page shows of the shop before anybody joined."""

    name: str
    greeting: str
    hours: Hours


def public_address(connection: Connection) -> str | None:
    """The address phones use, as the owner set it."""
    setting = tables.setting
    value = connection.execute(
        select(setting.c.value).where(setting.c.key == ADDRESS_SETTING)
    ).scalar_one_or_none()
    return value if isinstance(value, str) else None


def shop(connection: Connection) -> ShopFact | None:
    """The first shop, or ``None`` before the first run's guide."""
    row = connection.execute(select(tables.shop).order_by(tables.shop.c.id).limit(1)).first()
    if row is None:
        return None
    return ShopFact(row.name, row.greeting, opening.hours_by_shop(connection)[row.id])


def is_blocked(connection: Connection, member_id: int) -> bool:
    """Whether the shop wants to hear nothing from this member."""
    member = tables.member
    query = select(member.c.blocked).where(member.c.id == member_id)
    return bool(connection.execute(query).scalar_one_or_none())


def staff_list(connection: Connection) -> list[StaffRow]:
    """Everybody who works here, owners first."""
    people = reading.fetch(connection, tables.staff, tables.staff.c.active)
    return sorted(people, key=lambda person: (person.role != "owner", person.id))


def account(connection: Connection, who: int | str | None) -> AccountFact | None:
    """By id, by name, or (``None``) the first owner."""
    for person in staff_list(connection):
        if who is None or who in {person.id, person.name}:
            secret = connection.execute(
                select(tables.account.c.secret_hash)
                .where(tables.account.c.staff_id == person.id)
            ).scalar_one_or_none()  # fmt: skip
            return AccountFact(person.id, person.name, person.role, secret or "")
    return None


def pair_code_owner(connection: Connection, code_hash: str, now: datetime) -> AccountFact | None:
    """Whose unused, unexpired pairing code this is."""
    code = tables.pair_code
    staff_id = connection.execute(
        select(code.c.staff_id).where(
            code.c.code_hash == code_hash, code.c.used_at.is_(None), code.c.expires_at > now
        )
    ).scalar_one_or_none()
    return account(connection, staff_id) if staff_id is not None else None


def newest_pair_code(connection: Connection) -> int:
    """Id of the newest pairing code; those after it did not exist yet."""
    return connection.execute(select(func.max(tables.pair_code.c.id))).scalar_one() or 0


def pair_code_id(connection: Connection, code_hash: str) -> int:
    """Id of a pairing code, 0 when there is none."""
    code = tables.pair_code
    found = connection.execute(select(code.c.id).where(code.c.code_hash == code_hash))
    return found.scalar_one_or_none() or 0


def member_state(connection: Connection, member_id: int) -> tuple[str, str] | None:
    """``(state, name)`` of a member."""
    table = tables.member
    row = connection.execute(
        select(table.c.state, table.c.name).where(table.c.id == member_id)
    ).first()
    return (row.state, row.name) if row is not None else None


def heir_of(connection: Connection, member_id: int) -> int | None:
    """Who a member is since she was merged, herself mostly; ``None``: there is no such one."""
    table = tables.member
    for _ in range(2):
        query = select(table.c.state, table.c.merged_into).where(table.c.id == member_id)
        row = connection.execute(query).first()
        if row is None or row.state == "erased":
            return None
        if row.state != "merged":
            return member_id
        member_id = row.merged_into or 0
    return None


def messages_before(
    connection: Connection, conversation_id: int, before_seq: int, limit: int, audience: str
) -> tuple[list[MessageRow], bool]:
    """Up to ``limit`` messages older than ``before_seq``, newest first; are there older ones?"""
    table = tables.message
    query = (
        reading.rows_of(table)
        .where(table.c.conversation_id == conversation_id, table.c.seq < before_seq)
        .order_by(table.c.seq.desc())
        .limit(limit + 1)
    )
    rows = reading.run(connection, table, query)
    shown = [seen for row in rows[:limit] if (seen := project(row, audience)) is not None]
    return shown, len(rows) > limit  # type: ignore[return-value]


def message_in(
    connection: Connection, conversation_id: int, message_id: int, audience: str
) -> list[MessageRow]:
    """That message, if it is in that conversation and may be seen."""
    table = tables.message
    query = reading.rows_of(table).where(
        table.c.conversation_id == conversation_id, table.c.id == message_id
    )
    rows = reading.run(connection, table, query)
    return [seen for row in rows if (seen := project(row, audience)) is not None]  # type: ignore[misc]


def conversation_shop(connection: Connection, conversation_id: int) -> int | None:
    """The shop a conversation belongs to."""
    table = tables.conversation
    return connection.execute(
        select(table.c.shop_id).where(table.c.id == conversation_id)
    ).scalar_one_or_none()


# --- media ------------------------------------------------------------------------------------


def _media_query() -> Any:
    media = tables.media
    columns = [media.c[name] for name in MediumFact._fields if name != "shop_id"]
    columns.insert(MediumFact._fields.index("shop_id"), tables.conversation.c.shop_id)
    joined = media.outerjoin(
        tables.conversation, tables.conversation.c.id == media.c.conversation_id
    )
    return select(*columns).select_from(joined)


def medium(connection: Connection, media_id: int) -> MediumFact | None:
    """A medium by its number."""
    row = connection.execute(_media_query().where(tables.media.c.id == media_id)).first()
    return MediumFact(*row) if row is not None else None


def campaign_copy(
    connection: Connection, fact: MediumFact, conversation_id: int
) -> MessageRow | None:
    """The message of a conversation that shows a campaign's medium, or did before its recall."""
    message = tables.message
    found: list[MessageRow] = reading.fetch(
        connection, message, message.c.conversation_id == conversation_id,
        message.c.campaign_id == fact.campaign_id,
    )  # fmt: skip
    shown = [
        row for row in found
        if row.recalled_at is not None or any(item.id == fact.id for item in row.media)
    ]  # fmt: skip
    # A member who was merged may have two copies, of which one was taken back alone.
    return min(shown, key=lambda row: row.recalled_at is not None, default=None)


def medium_of_upload(connection: Connection, client_id: str) -> MediumFact | None:
    """What a finished upload became."""
    row = connection.execute(_media_query().where(tables.media.c.client_id == client_id)).first()
    return MediumFact(*row) if row is not None else None


def stored_bytes(connection: Connection, owner_kind: str, owner_id: int) -> int:
    """Bytes of all media somebody has stored here."""
    media = tables.media
    query = select(func.coalesce(func.sum(media.c.size), 0)).where(
        media.c.owner_kind == owner_kind, media.c.owner_id == owner_id, media.c.erased_at.is_(None)
    )
    return int(connection.execute(query).scalar_one())


def living_members(connection: Connection) -> set[int]:
    """Everybody who was neither erased nor merged into another."""
    member = tables.member
    query = select(member.c.id).where(member.c.state.not_in(("erased", "merged")))
    return set(connection.execute(query).scalars())


def hashes_in_use(connection: Connection) -> set[str]:
    """Hashes of which at least one medium is not erased."""
    media = tables.media
    query = select(media.c.sha256).where(media.c.erased_at.is_(None)).distinct()
    return set(connection.execute(query).scalars())


def never_attached(connection: Connection, before: datetime) -> list[int]:
    """Media made before ``before`` that nothing carries: no message, quick reply or schedule."""
    media = tables.media
    query = select(media.c.id).where(
        media.c.conversation_id.is_(None), ~media.c.internal, media.c.erased_at.is_(None),
        media.c.created_at < before,
    )  # fmt: skip
    return list(connection.execute(query.limit(500)).scalars())


# --- the promise ------------------------------------------------------------------------------


def recent_waits(connection: Connection, since: datetime) -> list[Waited]:
    """What was asked since ``since`` while the shop was open."""
    table = tables.wait
    query = select(table.c.asked_at, table.c.ended_at, table.c.outcome).where(
        table.c.asked_at >= since, table.c.in_hours, table.c.outcome != waits.VOID
    )
    return [
        Waited(asked, ended, outcome == waits.ANSWERED)
        for asked, ended, outcome in connection.execute(query)
    ]
