"""What every handler is given and how it answers.

A handler is a function of a transaction and adjacent requests of one kind.  It touches
nothing but the transaction; clock and ids come with it; what must happen outside is left in
``tx.effects``.  It checks before it writes: a ``Refusal`` after a write makes the writer
roll back and replay the batch one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from console.relay.actor import Actor
from console.store.unit_of_work import Transaction
from console.wire.commands import Command
from console.wire.errors import Code, Refusal

C = TypeVar("C", bound=Command)


@dataclass(frozen=True, slots=True)
class Request(Generic[C]):
    """One command of one actor, her grants as this transaction sees them."""

    actor: Actor
    command: C


Result = Any
"""What the ack carries, or the ``Refusal`` of this one request."""
Handler = Callable[[Transaction, Sequence[Request[Any]]], list[Result]]


class HalfWritten(Exception):  # noqa: N818 - a signal to the writer, not an error
    """A request was refused after it had written: the batch must be replayed one by one."""


def each(handle: Callable[[Transaction, Request[Any]], Any]) -> Handler:
    """A set-wise handler out of one that handles a single request."""

    def apply(tx: Transaction, requests: Sequence[Request[Any]]) -> list[Result]:
        return [_one(handle, tx, request) for request in requests]

    return apply


def _one(
    handle: Callable[[Transaction, Request[Any]], Any], tx: Transaction, request: Request[Any]
) -> Result:
    before = tx.writes
    try:
        return handle(tx, request)
    except Refusal as refusal:
        if tx.writes != before:
            raise HalfWritten from refusal
        return refusal


def need_scope(actor: Actor, kind: str) -> None:
    """Raise ``command.denied`` unless a scope of that kind is hers."""
    if not actor.holds(kind):
        raise Refusal(Code.COMMAND_DENIED)


def missing(field: str) -> Refusal:
    """``not_found``: the thing named by ``field`` does not exist for this actor."""
    return Refusal(Code.NOT_FOUND, field=field)
