"""The full-text index of message bodies in a replica: kept in step, searched, erased.

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
_SHOWN: Final = "recalled_at IS NULL AND kind != 'moved' AND body != ''"
_PUT: Final = "INSERT INTO message_words (rowid, words) VALUES (?, ?)"
_TAKE: Final = "INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', ?, ?)"


def add(db: Connection, structs: Sequence[Any]) -> None:
    """Of message rows none of which is here."""
    ordered = sorted(structs, key=_ID, reverse=True)
    texts = ((_LAST - struct.id, _text(struct)) for struct in ordered)
    db.executemany(_PUT, [(place, words(text)) for place, text in texts if text])


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
        rev, old = here.get(number, (-1, ""))
        new = _text(struct)
        if rev >= struct.rev or old == new:
            continue
        if old:
            gone.append((_LAST - number, words(old)))
        if new:
            come.append((_LAST - number, words(new)))
    db.executemany(_TAKE, gone)
    db.executemany(_PUT, come)
    return bool(gone)


def _text(struct: Any) -> str:
    """What of a row is indexed, as ``_SHOWN`` says it."""
    if struct.recalled_at is not None or struct.kind == "moved":
        return ""
    return str(struct.body)


def delete(db: Connection, ids: Sequence[int]) -> None:
    """Before those message rows are deleted."""
    here = sorted(_here(db, ids).items(), reverse=True)
    db.executemany(_TAKE, [(_LAST - number, words(old)) for number, (_, old) in here if old])


def rebuild(db: Connection) -> None:
    """After very many message rows were deleted: empty it and put in what is left."""
    db.execute("INSERT INTO message_words (message_words) VALUES ('delete-all')")
    left = db.execute(f"SELECT id, body FROM message WHERE {_SHOWN} ORDER BY id DESC")  # noqa: S608
    db.executemany(_PUT, ((_LAST - number, words(body)) for number, body in left))


def _here(db: Connection, ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """``rev`` and indexed text of those rows that are here; "" when nothing is indexed."""
    numbers, found = list(ids), {}
    for start in range(0, len(numbers), _MANY):
        some = numbers[start : start + _MANY]
        query = f"""SELECT id, rev, CASE WHEN {_SHOWN} THEN body ELSE '' END FROM message
                    WHERE id IN ({", ".join("?" * len(some))})"""  # noqa: S608 - own names
        found.update({number: (rev, body) for number, rev, body in db.execute(query, some)})
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
