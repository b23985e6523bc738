"""What happened with a member, page by page, from the replica.  Runs in a reading thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from console.desk.panel import TradeBook
from console.desk.types import TradeLine, Value
from console.domain.merging import UNDO_WITHIN
from console.store import replica_members, replica_queries
from console.store.replica import Connection
from console.store.row_codec import to_ms
from console.wire.rows import ConsentRow, MemberMergeRow, PurchaseRow, VisitRow

HistoryKind = Literal["purchase", "visit", "enquiry", "consent", "member_merge"]
PAGE = 40


class HistoryLine(Value, frozen=True, kw_only=True):
    """One line.

    Attributes:
        trade: the product of a purchase or enquiry, ``None`` when it has not arrived.
        quantity: units bought; ``amount``: cents paid for all of them.
        source: where a visit was counted or an enquiry came from; a consent's channel.
        purpose: of a consent; ``granted``: given or taken back.
        name: who was merged, or of a consent who gave it.
        staff: who merged.
        kept: in a merge, this member is the one who was kept.
        undone_at: when a merge was taken back; ``undoable``: it still can be.
    """

    id: int
    at: datetime
    trade: TradeLine | None = None
    quantity: int = 0
    amount: int = 0
    source: str = ""
    purpose: str = ""
    granted: bool = False
    name: str = ""
    staff: str = ""
    kept: bool = True
    undone_at: datetime | None = None
    undoable: bool = False


class HistoryPage(Value, frozen=True, kw_only=True):
    """Lines, newest first; ``before`` asks for the next page, ``None``: there is none."""

    lines: tuple[HistoryLine, ...] = ()
    before: tuple[int, int] | None = None


def page(
    db: Connection, kind: HistoryKind, member_id: int, before: tuple[int, int] | None,
    now: datetime,
) -> HistoryPage:  # fmt: skip
    """Up to ``PAGE`` lines."""
    found = replica_members.history(db, kind, member_id, before, PAGE + 1)
    rows = found[:PAGE]
    book = TradeBook(db, rows) if kind in {"purchase", "enquiry"} else None
    staff = {row.id: row.name for row in replica_queries.staff(db).values()}
    lines = tuple(_line(row, book, staff, member_id, now) for row in rows)
    more = len(found) > PAGE
    return HistoryPage(lines=lines, before=(to_ms(rows[-1].at), rows[-1].id) if more else None)


def _line(
    row: Any, book: TradeBook | None, staff: dict[int, str], member_id: int, now: datetime
) -> HistoryLine:
    if isinstance(row, VisitRow):
        return HistoryLine(id=row.id, at=row.at, source=row.source)
    if isinstance(row, ConsentRow):
        return HistoryLine(id=row.id, at=row.at, source=row.channel, purpose=row.purpose,
                           granted=row.granted, name=row.actor)  # fmt: skip
    if isinstance(row, MemberMergeRow):
        return HistoryLine(
            id=row.id, at=row.at, name=row.gone_name, staff=staff.get(row.staff_id, ""),
            kept=row.keep_id == member_id, undone_at=row.undone_at,
            undoable=row.undone_at is None and now - row.at < UNDO_WITHIN,
        )  # fmt: skip
    trade = book.line(row) if book is not None else None
    if isinstance(row, PurchaseRow):
        return HistoryLine(id=row.id, at=row.at, trade=trade, quantity=row.quantity,
                           amount=row.amount)  # fmt: skip
    return HistoryLine(id=row.id, at=row.at, trade=trade, source=row.source)
