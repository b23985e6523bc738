"""The full-text index of messages in a replica, their captions and cards: kept in step, erased.

Holds no text, only tokens (``store.search_text``) by ``_LAST`` minus the message's id, so newest
first is its own order: read forwards, the index is up to twice as fast as backwards.  What a
row said is taken out with the very words it was put in with, read from the row before it is
overwritten; ``secure-delete`` removes the tokens from the pages at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from console.store.driver import Connection
from console.store.message_text import of_columns, of_row
from console.store.search_text import Term, is_prefix, terms, words

SCHEMA: Final = (
    # Tokens come folded and parted by spaces: everything above ASCII is a letter here.
    """CREATE VIRTUAL TABLE message_words USING fts5 (
       words, content = '', columnsize = 0, tokenize = 'ascii')""",
    "INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1)",
)
_ID: Final = attrgetter("id")
_LAST: Final = 2**40
"""More than any id."""
_MANY: Final = 900
_SHOWN: Final = (
    "recalled_at IS NULL AND kind != 'moved' "
    "AND (body != '' OR card != 'null' OR media LIKE '%\"caption\"%')"
)
_BREAK: Final = " \ue000 "
"""Between the parts of a message, so that no phrase reaches from one into the next."""
_PUT: Final = "INSERT INTO message_words (rowid, words) VALUES (?, ?)"
_TAKE: Final = "INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', ?, ?)"


def add(db: Connection, structs: Sequence[Any]) -> None:
    """Of message rows none of which is here."""
    ordered = sorted(structs, key=_ID, reverse=True)
    texts = ((_LAST - struct.id, of_row(struct)) for struct in ordered)
    db.executemany(_PUT, [(place, _words(parts)) for place, parts in texts if parts])


def write(db: Connection, structs: Sequence[Any]) -> bool:
    """Before those message rows are written; whether words that stood here were taken out."""
    newest: dict[int, Any] = {}
    for struct in structs:
        if struct.id not in newest or newest[struct.id].rev < struct.rev:
            newest[struct.id] = struct
    here = _here(db, newest)
    gone, come = [], []
    # Newest first: at a step back in its order the index writes what it has gathered.
    for number, struct in sorted(newest.items(), reverse=True):
        rev, old = here.get(number, (-1, ()))
        new = of_row(struct)
        if rev >= struct.rev or old == new:
            continue
        if old:
            gone.append((_LAST - number, _words(old)))
        if new:
            come.append((_LAST - number, _words(new)))
    db.executemany(_TAKE, gone)
    db.executemany(_PUT, come)
    return bool(gone)


def _words(parts: Sequence[str]) -> str:
    return _BREAK.join(map(words, parts))


def delete(db: Connection, ids: Sequence[int]) -> None:
    """Before those message rows are deleted."""
    here = sorted(_here(db, ids).items(), reverse=True)
    db.executemany(_TAKE, [(_LAST - number, _words(old)) for number, (_, old) in here if old])


def rebuild(db: Connection) -> None:
    """After very many message rows were deleted: empty it and put in what is left."""
    db.execute("INSERT INTO message_words (message_words) VALUES ('delete-all')")
    left = db.execute(
        f"SELECT id, body, media, card FROM message WHERE {_SHOWN} ORDER BY id DESC"  # noqa: S608
    )
    db.executemany(_PUT, ((_LAST - row[0], _words(of_columns(*row[1:]))) for row in left))


def _here(db: Connection, ids: Iterable[int]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """``rev`` and indexed parts of those rows that are here; none when nothing is indexed."""
    numbers, found = list(ids), {}
    for start in range(0, len(numbers), _MANY):
        some = numbers[start : start + _MANY]
        query = f"""SELECT id, rev, {_SHOWN}, body, media, card FROM message
                    WHERE id IN ({", ".join("?" * len(some))})"""  # noqa: S608 - own names
        for number, rev, shown, *columns in db.execute(query, some):
            found[number] = (rev, of_columns(*columns) if shown else ())
    return found


def find(db: Connection, query: str, limit: int, before: int = 0) -> list[int]:
    """Ids of the newest ``limit`` messages, older than ``before``, that hold every term."""
    wanted = terms(query)
    if not wanted:
        return []
    found = db.execute(
        """SELECT rowid FROM message_words WHERE message_words MATCH ? AND rowid > ?
           ORDER BY rowid LIMIT ?""",
        (" AND ".join(map(_phrase, wanted)), _LAST - before if before else 0, limit),
    )
    return [_LAST - row[0] for row in found]


def _phrase(term: Term) -> str:
    return f'"{" ".join(term)}"' + (" *" if is_prefix(term[-1]) else "")
