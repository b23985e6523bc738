"""Answers that are being sorted, laid over the replica's rows.  Pure: values in, values out.

As for messages, read the outbox's entries before the replica.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from console.store.outbox import Entry
from console.wire.commands import RenameBucket, SortAnswers
from console.wire.rows import QuestionAnswerRow


class Sorting(msgspec.Struct, frozen=True, kw_only=True):
    """How the answers of one campaign will be sorted.

    Attributes:
        buckets: by answer, "" where its words belong.
        names: other names of groups.
        waiting: a step of it is not on the relay yet.
        failed: the refused step, if any.
    """

    buckets: dict[int, str]
    names: dict[str, str]
    waiting: bool = False
    failed: Entry | None = None


def lane(client_id: str) -> str:
    """Steps of sorting one campaign's answers go in order."""
    return f"answers/{client_id}"


def laid_over(
    client_id: str, rows: Sequence[QuestionAnswerRow], names: Mapping[str, str], rev: int,
    entries: Sequence[Entry],
) -> Sorting:  # fmt: skip
    """As it will be once what waits is through; ``names`` and ``rev`` are the campaign's."""
    buckets = {row.id: row.bucket for row in rows if row.choice is None}
    revs = {row.id: row.rev for row in rows}
    shown, waiting, failed = dict(names), False, None
    for entry in entries:
        if entry.lane != lane(client_id):
            continue
        if entry.state == "failed":
            failed = entry
            continue
        waiting = waiting or entry.state != "acked"
        if entry.name == SortAnswers.name:
            step = msgspec.json.decode(entry.body, type=SortAnswers)
            here = [key for key in step.ids if key in buckets and not _is_in(entry, revs[key])]
            buckets.update(dict.fromkeys(here, step.bucket))
        elif entry.name == RenameBucket.name and not _is_in(entry, rev):
            named = msgspec.json.decode(entry.body, type=RenameBucket)
            shown = renamed(shown, named.bucket, named.to)
            buckets = {key: named.to if bucket == named.bucket else bucket
                       for key, bucket in buckets.items()}  # fmt: skip
    return Sorting(buckets=buckets, names=shown, waiting=waiting, failed=failed)


def _is_in(entry: Entry, rev: int) -> bool:
    return entry.state == "acked" and entry.rev <= rev


def renamed(names: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """Names of groups after one more was renamed, as the relay keeps them."""
    found = {name: new if shown == old else shown for name, shown in names.items()}
    found.setdefault(old, new)
    return {name: shown for name, shown in found.items() if name != shown}
