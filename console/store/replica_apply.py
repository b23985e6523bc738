"""What a frame does to a replica: rows, deletions, cursors and mark in one transaction.

Called from the writer's thread only.  Every function returns ``Touched``, what screens may
want to ask for again.  Rules: a row is written only when its rev is greater than the one
here; an id deleted while its scope is still being copied does not come back with an older
page; a part of ``changes`` that is older than the scope's cursor is not applied twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from console.store import message_index, replica_unread, scopes, search
from console.store.driver import Connection
from console.store.replica import Replica, ReplicaState
from console.store.replica_tables import CODECS, scope_filter
from console.store.row_codec import RowCodec
from console.wire.client_session import ScopeState
from console.wire.frames import ChangesFrame, PageFrame, ScopeChanges, WelcomeFrame

_MANY = 900


@dataclass(slots=True)
class Touched:
    """What a transaction touched.

    Attributes:
        recalled: ``client_id`` of messages and campaigns whose words and photos were taken back.
        scopes_done: scopes whose last page came in.
        media: media whose cached files must go.
        erased: words or photos that stood here were deleted.
    """

    tables: set[str] = field(default_factory=set)
    conversations: set[int] = field(default_factory=set)
    members: set[int] = field(default_factory=set)
    recalled: set[str] = field(default_factory=set)
    media: set[int] = field(default_factory=set)
    scopes_done: set[str] = field(default_factory=set)
    erased: bool = False
    everything: bool = False


def welcome(replica: Replica, frame: WelcomeFrame) -> Touched:
    """Remember whose copy this is; forget scopes that are no longer granted, add new ones."""
    touched = Touched()
    state = replica.state
    with replica.writing() as db:
        for scope in state.scopes.keys() - set(frame.scopes):
            _forget_rows(db, scope, touched)
        kept = {scope: state.scopes.get(scope, ScopeState()) for scope in frame.scopes}
        state = msgspec.structs.replace(
            state, epoch=frame.epoch, reader_id=frame.reader_id, mark_rev=frame.head,
            mark=frame.mark, scopes=kept,
        )  # fmt: skip
        _refresh_unread(db, state, touched)
        replica.save_state(db, state)
    replica.state = state
    return touched


def changes(replica: Replica, frame: ChangesFrame) -> Touched:
    """Apply live changes of any scopes that are held here."""
    touched = Touched()
    state = replica.state
    held = dict(state.scopes)
    with replica.writing() as db:
        for name, part in frame.scopes.items():
            scope = held.get(name)
            if scope is None or part.rev < scope.cursor:
                continue
            _apply_part(db, name, part, scope, touched)
            held[name] = msgspec.structs.replace(scope, cursor=part.rev)
        state = msgspec.structs.replace(
            state,
            scopes=held,
            mark_rev=max(frame.rev, state.mark_rev),
            mark=frame.mark if frame.rev >= state.mark_rev else state.mark,
            applied_rev=max(state.applied_rev, frame.rev),
        )
        _refresh_unread(db, state, touched)
        replica.save_state(db, state)
    replica.state = state
    _after(replica, touched)
    return touched


def page(replica: Replica, frame: PageFrame) -> Touched:
    """Apply a page of a scope's snapshot; after its last one the scope is complete."""
    touched = Touched()
    state = replica.state
    scope = state.scopes.get(frame.scope)
    if scope is None or scope.complete or (scope.head and scope.head != frame.head):
        return touched
    with replica.writing() as db:
        counted: set[int] = set()
        for table, raw in _known(frame.rows):
            structs = _not_gone(db, table.name, table.structs(raw))
            if _is_new_ground(db, table.name, structs):
                counted |= _add_rows(db, table, structs, touched, state.reader_id)
            else:
                counted |= _write_rows(db, table, structs, touched)
        done = frame.after == ""
        scope = ScopeState(cursor=max(scope.cursor, frame.head), head=frame.head,
                           after=frame.after, complete=done)  # fmt: skip
        if done:
            touched.scopes_done.add(frame.scope)
            db.execute("DELETE FROM gone WHERE scope = ?", (frame.scope,))
        state = msgspec.structs.replace(state, scopes={**state.scopes, frame.scope: scope})
        replica_unread.recount(db, state.reader_id, counted)
        replica.save_state(db, state)
    replica.state = state
    if done and state.whole:
        replica.tune()
    _after(replica, touched)
    return touched


def older(replica: Replica, raw: Sequence[Any]) -> Touched:
    """Add messages fetched on demand; they are guarded like a page's."""
    touched = Touched()
    codec = CODECS["message"]
    with replica.writing() as db:
        structs = [m for m in codec.structs(raw) if f"chats/{m.shop_id}" in replica.state.scopes]
        _write_rows(db, codec, _not_gone(db, "message", structs), touched)
        _refresh_unread(db, replica.state, touched)
    return touched


def grant(replica: Replica, scope: str) -> Touched:
    """A scope may be paged from now on."""
    state = replica.state
    if scope not in state.scopes:
        state = msgspec.structs.replace(state, scopes={**state.scopes, scope: ScopeState()})
        with replica.writing() as db:
            replica.save_state(db, state)
        replica.state = state
    return Touched()


def forget(replica: Replica, scope: str) -> Touched:
    """Delete everything that came with ``scope``."""
    touched = Touched(everything=True)
    kept = {name: held for name, held in replica.state.scopes.items() if name != scope}
    state = msgspec.structs.replace(replica.state, scopes=kept)
    with replica.writing() as db:
        _forget_rows(db, scope, touched)
        _refresh_unread(db, state, touched)
        replica.save_state(db, state)
    replica.state = state
    replica.scrub()
    return touched


def read_here(replica: Replica, conversation_id: int, seq: int) -> Touched:
    """Remember how far was read on this console, before the relay knows."""
    touched = Touched(tables={"read_here"}, conversations={conversation_id})
    with replica.writing() as db:
        db.execute(
            """INSERT INTO read_here VALUES (?, ?) ON CONFLICT (conversation_id)
               DO UPDATE SET seq = max(seq, excluded.seq)""",
            (conversation_id, seq),
        )
        _refresh_unread(db, replica.state, touched)
    return touched


# --- rows ---------------------------------------------------------------------------------


def _known(rows: Mapping[str, list[Any]]) -> Iterable[tuple[RowCodec, list[Any]]]:
    """Tables this program knows; a newer relay may send more."""
    return [(CODECS[name], raw) for name, raw in rows.items() if name in CODECS]


def _apply_part(
    db: Connection, name: str, part: ScopeChanges, scope: ScopeState, touched: Touched
) -> None:
    allowed = scopes.STAFF_TABLES.get(scopes.kind_of(name), ())
    for table, ids in part.gone.items():
        if table in allowed:
            _delete(db, table, ids, touched)
            if not scope.complete:
                db.executemany("INSERT OR REPLACE INTO gone VALUES (?, ?, ?, ?)",
                               [(table, row_id, part.rev, name) for row_id in ids])  # fmt: skip
    for codec, raw in _known(part.rows):
        if codec.name in allowed:
            structs = codec.structs(raw)
            if not scope.complete:
                db.executemany("DELETE FROM gone WHERE table_name = ? AND row_id = ?",
                               [(codec.name, struct.id) for struct in structs])  # fmt: skip
            _write_rows(db, codec, structs, touched)


def _not_gone(db: Connection, table: str, structs: Sequence[Any]) -> Sequence[Any]:
    gone = dict(db.execute("SELECT row_id, rev FROM gone WHERE table_name = ?", (table,)))
    if not gone:
        return structs
    return [struct for struct in structs if struct.rev > gone.get(struct.id, -1)]


def _is_new_ground(db: Connection, table: str, structs: Sequence[Any]) -> bool:
    """Whether none of those rows, nor any between them, is here: a first copy's usual page."""
    ids = {struct.id for struct in structs}
    if not ids or len(ids) < len(structs):
        return False
    between = f'SELECT 1 FROM "{table}" WHERE id BETWEEN ? AND ? LIMIT 1'  # noqa: S608 - own names
    return db.execute(between, (min(ids), max(ids))).fetchone() is None


def _add_rows(
    db: Connection, codec: RowCodec, structs: Sequence[Any], touched: Touched, reader_id: int
) -> set[int]:
    """``_write_rows`` on new ground: nothing has to be compared, taken out or counted off."""
    _tell_taken(codec.name, structs, touched)
    if codec.name == "message":
        message_index.add(db, structs)
    _write_member_keys(db, codec.name, structs)
    db.executemany(codec.insert, codec.tuples(structs))
    _note(codec.name, structs, touched)
    if codec.name == "message":
        return replica_unread.where_added(db, reader_id, structs)
    if codec.name == "participant":
        return {struct.conversation_id for struct in structs if struct.staff_id == reader_id}
    return set()


def _write_rows(
    db: Connection, codec: RowCodec, structs: Sequence[Any], touched: Touched
) -> set[int]:
    """Write what is newer; conversations in which unread messages have to be counted again."""
    if not structs:
        return set()
    taken = _tell_taken(codec.name, structs, touched)
    if taken:
        _collect_erased(db, [struct.id for struct in taken], touched, codec.name)
    if codec.name == "message":
        touched.erased |= message_index.write(db, structs)
    _write_member_keys(db, codec.name, structs)
    db.executemany(codec.upsert, codec.tuples(structs))
    _note(codec.name, structs, touched)
    if codec.name in {"message", "participant"}:
        return {struct.conversation_id for struct in structs}
    return set()


def _tell_taken(table: str, structs: Sequence[Any], touched: Touched) -> list[Any]:
    """Note the table, and those of its rows whose words were taken back."""
    touched.tables.add(table)
    taken: list[Any] = []
    if table == "message":
        taken = [struct for struct in structs if struct.recalled_at is not None]
    elif table == "scheduled":
        taken = [struct for struct in structs if struct.state == "cancelled"]
    elif table == "campaign":
        # Its media are in its copies, which are erased one by one.
        gone = (struct.client_id for struct in structs if struct.recalled_at is not None)
        touched.recalled.update(gone)
    touched.recalled.update(struct.client_id for struct in taken)
    return taken


def _write_member_keys(db: Connection, table: str, structs: Sequence[Any]) -> None:
    """Before the rows themselves, since the rev guard compares with the row that stands."""
    if table == "member":
        keys = [(struct.id, search.member_key(struct), struct.rev) for struct in structs]
        db.executemany(_WRITE_KEY, keys)


_WRITE_KEY = """INSERT INTO member_key (member_id, folded)
    SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM member WHERE id = ?1 AND rev >= ?3)
    ON CONFLICT (member_id) DO UPDATE SET folded = excluded.folded"""


def _note(table: str, structs: Sequence[Any], touched: Touched) -> None:
    """Which conversations and members those rows belong to."""
    if table == "conversation":
        touched.conversations.update(struct.id for struct in structs)
    elif table in {"message", "participant", "draft", "note", "scheduled"}:
        touched.conversations.update(struct.conversation_id for struct in structs)
    elif table == "member":
        touched.members.update(struct.id for struct in structs)
    elif table in {"member_tag", "consent", "visit", "purchase", "enquiry", "hold", "waitlist",
                   "coupon", "fitting", "question_answer"}:  # fmt: skip
        touched.members.update(struct.member_id for struct in structs)


_OWNER_COLUMN = {
    "message": "conversation_id", "participant": "conversation_id", "draft": "conversation_id",
    "note": "conversation_id", "scheduled": "conversation_id",
    "conversation": "id", "member": "id", "member_tag": "member_id", "consent": "member_id",
    "visit": "member_id", "purchase": "member_id", "enquiry": "member_id", "hold": "member_id",
    "waitlist": "member_id",
    "coupon": "member_id", "fitting": "member_id", "question_answer": "member_id",
}  # fmt: skip


def _delete(db: Connection, table: str, ids: Sequence[int], touched: Touched) -> None:
    touched.tables.add(table)
    column = _OWNER_COLUMN.get(table)
    of_conversation = column == "conversation_id" or table == "conversation"
    owners = touched.conversations if of_conversation else touched.members
    for some in _chunks(ids):
        inside = f"id IN ({', '.join('?' * len(some))})"
        if column is not None:
            query = f'SELECT "{column}" FROM "{table}" WHERE {inside}'  # noqa: S608 - own names
            owners.update(row[0] for row in db.execute(query, some))
        if table in {"message", "note", "campaign", "template"}:
            query = f"SELECT client_id FROM {table} WHERE {inside}"  # noqa: S608 - own names
            touched.recalled.update(row[0] for row in db.execute(query, some))
        if table == "message":
            _collect_erased(db, some, touched)
            message_index.delete(db, some)
        elif table in {"note", "question_answer"}:
            touched.erased = True
        if table == "member":
            db.execute(f"DELETE FROM member_key WHERE member_{inside}", some)  # noqa: S608
        db.execute(f'DELETE FROM "{table}" WHERE {inside}', some)  # noqa: S608 - own names


def _collect_erased(
    db: Connection, row_ids: Sequence[int], touched: Touched, table: str = "message"
) -> None:
    """Put the media of those rows into the trash before the rows lose them."""
    found: set[int] = set()
    for some in _chunks(row_ids):
        inside = f"{table}.id IN ({', '.join('?' * len(some))})"
        words = "body != '' OR media != '[]'"
        if table == "message":
            words += " OR question != 'null'"
        query = f"SELECT 1 FROM {table} WHERE ({words}) AND {inside}"  # noqa: S608 - own names
        touched.erased = touched.erased or db.execute(query, some).fetchone() is not None
        query = f"""SELECT json_extract(item.value, '$.id')
                    FROM {table}, json_each(media) AS item WHERE {inside}"""  # noqa: S608
        found.update(row[0] for row in db.execute(query, some))
    db.executemany("INSERT OR IGNORE INTO media_trash VALUES (?)", [(media,) for media in found])
    touched.media |= found


def _forget_rows(db: Connection, scope: str, touched: Touched) -> None:
    touched.everything = True
    names = scopes.STAFF_TABLES.get(scopes.kind_of(scope), ())
    if "message" in names:
        where, parameters = scope_filter(scope, "message")
        query = f"SELECT id FROM message WHERE media != '[]' AND {where}"  # noqa: S608 - own names
        _collect_erased(db, [row[0] for row in db.execute(query, parameters)], touched)
        query = f"SELECT id FROM conversation WHERE {where}"  # noqa: S608 - own names
        touched.conversations.update(row[0] for row in db.execute(query, parameters))
    for table in names:
        touched.tables.add(table)
        where, parameters = scope_filter(scope, table)
        db.execute(f'DELETE FROM "{table}" WHERE {where}', parameters)  # noqa: S608 - own names
    if "message" in names:
        message_index.rebuild(db)
    if "member" in names:
        db.execute("DELETE FROM member_key")
    db.execute("DELETE FROM gone WHERE scope = ?", (scope,))


# --- derived ------------------------------------------------------------------------------


_UNREAD_TABLES = frozenset({"message", "participant", "conversation", "read_here"})


def _refresh_unread(db: Connection, state: ReplicaState, touched: Touched) -> None:
    """Count unread messages again where rows changed, in the same transaction."""
    if touched.conversations and touched.tables & _UNREAD_TABLES:
        replica_unread.recount(db, state.reader_id, touched.conversations)


def _after(replica: Replica, touched: Touched) -> None:
    if touched.erased:
        replica.scrub()


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return [ids[start : start + _MANY] for start in range(0, len(ids), _MANY)]
