"""``fitting_room.save`` and ``fitting_room.remove``."""

from __future__ import annotations

from console.domain.fittings import LIVE, MAX_ROOMS, tidy_room
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing, need_scope
from console.store import reading, tables
from console.store.unit_of_work import Transaction
from console.wire.commands import RemoveFittingRoom, SaveFittingRoom
from console.wire.errors import Code, Refusal
from console.wire.rows import FittingRoomRow


def rooms_of(tx: Transaction, shop_id: int) -> list[FittingRoomRow]:
    """The rooms of a shop that can be booked, in their order."""
    table = tables.fitting_room
    rows: list[FittingRoomRow] = reading.fetch(
        tx.connection, table, table.c.shop_id == shop_id, table.c.removed_at.is_(None)
    )
    return sorted(rows, key=lambda row: (row.place, row.id))


def save(tx: Transaction, request: Request[SaveFittingRoom]) -> dict[str, int]:
    """Make it or change what is named; a removed one is there again."""
    actor, command = request.actor, request.command
    need_scope(actor, "trade")
    row = _find(tx, command.client_id)
    others = [each for each in rooms_of(tx, actor.shop_id) if row is None or each.id != row.id]
    if len(others) >= MAX_ROOMS:
        raise Refusal(Code.FITTING_ROOM, {"limit": MAX_ROOMS})
    name = _name(command, row, others)
    if command.place is not None and not 0 <= command.place < MAX_ROOMS:
        raise Refusal(Code.COMMAND_INVALID, field="place")
    if row is None:
        place = max((each.place + 1 for each in others), default=0)
        room_id = tx.add(
            tables.fitting_room, shop_id=actor.shop_id, client_id=command.client_id, name=name,
            place=place if command.place is None else command.place,
        )  # fmt: skip
    else:
        room_id = row.id
        place = row.place if command.place is None else command.place
        tx.change(tables.fitting_room, room_id, name=name, place=place, removed_at=None)
    write_line(tx, actor, "fitting_room.save", room_id)
    return {"id": room_id}


def _find(tx: Transaction, client_id: str) -> FittingRoomRow | None:
    table = tables.fitting_room
    row: FittingRoomRow | None = reading.one(tx.connection, table, table.c.client_id == client_id)
    return row


def _name(
    command: SaveFittingRoom, row: FittingRoomRow | None, others: list[FittingRoomRow]
) -> str:
    """What it is called from now on.  No two rooms are called the same."""
    said = command.display_name
    name = tidy_room(said) if said is not None else None if row is None else row.name
    if name is None or any(each.name == name for each in others):
        raise Refusal(Code.FITTING_ROOM_NAME, field="display_name")
    return name


def remove(tx: Transaction, request: Request[RemoveFittingRoom]) -> None:
    """It can be booked no more."""
    need_scope(request.actor, "trade")
    row = _find(tx, request.command.client_id)
    if row is None or row.shop_id != request.actor.shop_id:
        raise missing("client_id")
    if row.removed_at is not None:
        return
    fitting = tables.fitting
    to_come = reading.fetch(
        tx.connection, fitting, fitting.c.room_id == row.id, fitting.c.ends_at > tx.now,
        fitting.c.state.in_(sorted(LIVE)),
    )  # fmt: skip
    if to_come:
        raise Refusal(Code.FITTING_ROOM_USED, {"count": len(to_come)})
    tx.change(tables.fitting_room, row.id, removed_at=tx.now)
    write_line(tx, request.actor, "fitting_room.remove", row.id)
