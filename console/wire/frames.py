"""The frames of the websocket protocol ``hanger.v1``, both directions, typed.

Pure data on msgspec: no sockets, no database.  Every frame is one JSON object whose
``t`` names its kind; unknown fields are ignored, so that a newer side may add some.
``docs/protocol.md`` explains the conversation these frames make up.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

import msgspec

PROTOCOL = "hanger.v1"
"""Websocket subprotocol; its number changes when an old client could misunderstand."""
MAX_FRAME_BYTES = 64 * 1024
"""Largest frame a relay accepts; the relay itself may send larger ones."""
MAX_TEXT_CHARS = 4_000
"""Longest body of a message, in Unicode code points."""
MAX_PAGE_ROWS = 4_000
"""Most rows of a page: enough that a reader's commits cost little, decoded in some milliseconds."""


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", omit_defaults=True):
    """Base of all frames."""


# --- reader to relay -------------------------------------------------------------------


class HelloFrame(Frame, tag="hello", frozen=True, kw_only=True, omit_defaults=True):
    """First frame of a connection: what this reader already has.

    ``cursors``: scope → rev from which changes are wanted (a complete scope's cursor, or
    the ``head`` of a snapshot still being paged).  A scope not named gets no changes until
    its first ``page_request``.  ``mark_rev``/``mark`` prove that ``epoch``'s history at
    ``mark_rev`` is the one this reader saw.  ``confirmed``: every command numbered up to
    it is settled on this device, its stored result may be forgotten.
    """

    epoch: str = ""
    mark_rev: int = 0
    mark: str = ""
    cursors: dict[str, int] = {}
    confirmed: int = 0
    program: str = ""


class PageRequestFrame(Frame, tag="page_request", frozen=True, kw_only=True, omit_defaults=True):
    """Ask for a page of a scope's snapshot: ``head`` 0 starts one, else continue ``after``."""

    scope: str
    head: int = 0
    after: str = ""
    limit: int = 500


class CommandFrame(Frame, tag="command", frozen=True, kw_only=True, omit_defaults=True):
    """A change the reader wants.  ``n`` is the device's own number; a retry repeats it exactly."""

    n: int
    name: str
    body: msgspec.Raw = msgspec.Raw(b"{}")
    confirmed: int = 0


class SeenFrame(Frame, tag="seen", frozen=True, kw_only=True, omit_defaults=True):
    """Receipts of the reader herself, monotone and harmless to repeat, hence not numbered.

    ``at`` is when she read, by her own clock when she was offline; the relay clamps it
    between the message's ``sent_at`` and its own now.
    """

    conversation_id: int
    delivered: int = 0
    read: int = 0
    at: datetime | None = None


class SignalFrame(Frame, tag="signal", frozen=True, kw_only=True, omit_defaults=True):
    """Never stored, never promised: ``kind`` is ``typing`` or ``viewing``.

    From the relay, ``sender_kind``/``sender_id``/``name`` say whose it is; what a reader
    puts there is overwritten.
    """

    kind: str
    conversation_id: int
    sender_kind: str = ""
    sender_id: int = 0
    name: str = ""
    on: bool = True


class PingFrame(Frame, tag="ping", frozen=True, kw_only=True, omit_defaults=True):
    """Application heartbeat (mobile sockets die silently)."""

    id: int = 0


# --- relay to reader -------------------------------------------------------------------


class WelcomeFrame(Frame, tag="welcome", frozen=True, kw_only=True, omit_defaults=True):
    """The session stands: who the relay takes the reader for, and the scopes she may see."""

    epoch: str
    head: int
    mark: str
    reader_kind: str
    reader_id: int
    device_id: int
    role: str = ""
    name: str = ""
    scopes: list[str] = []
    now: datetime
    version: str = ""


class ResetFrame(Frame, tag="reset", frozen=True, kw_only=True, omit_defaults=True):
    """The reader's replica belongs to another history; it must start anew (outbox kept).

    ``reason``: ``epoch``, ``mark`` or ``horizon``.  A ``welcome`` follows.
    """

    reason: str
    epoch: str


class ScopeChanges(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One scope's part: rows by table, ids gone by table, and the scope's new cursor."""

    rev: int
    rows: dict[str, list[Any]] = {}
    gone: dict[str, list[int]] = {}


class ChangesFrame(Frame, tag="changes", frozen=True, kw_only=True, omit_defaults=True):
    """Every visible change of the named scopes up to their ``rev``; ``mark`` belongs to ``rev``."""

    rev: int
    mark: str
    scopes: dict[str, ScopeChanges] = {}


class PageFrame(Frame, tag="page", frozen=True, kw_only=True, omit_defaults=True):
    """A page of ``scope``'s snapshot at ``head``; ``after`` "" means it was the last one."""

    scope: str
    head: int
    after: str = ""
    rows: dict[str, list[Any]] = {}


class GrantedFrame(Frame, tag="granted", frozen=True, kw_only=True, omit_defaults=True):
    """The reader may now see ``scope``; she pages its snapshot when she likes."""

    scope: str


class ForgetFrame(Frame, tag="forget", frozen=True, kw_only=True, omit_defaults=True):
    """The reader may no longer see ``scope``: its rows, index and cached media go."""

    scope: str


class AckFrame(Frame, tag="ack", frozen=True, kw_only=True, omit_defaults=True):
    """Committed, power cut included.  ``rev`` is the commit whose changes show the effect."""

    n: int
    rev: int
    result: Any = None


class NackFrame(Frame, tag="nack", frozen=True, kw_only=True, omit_defaults=True):
    """Refused, nothing written.  ``final``: the same ``n`` would get the same answer again."""

    n: int
    code: str
    parameters: dict[str, Any] = {}
    field: str | None = None
    final: bool = True


class RefusedFrame(Frame, tag="refused", frozen=True, kw_only=True, omit_defaults=True):
    """A frame that was no command was refused; ``close``: the relay hangs up after it."""

    code: str
    parameters: dict[str, Any] = {}
    close: bool = False


class PongFrame(Frame, tag="pong", frozen=True, kw_only=True, omit_defaults=True):
    """Answer to ``ping``, with the relay's clock."""

    id: int = 0
    now: datetime


FromReader: TypeAlias = (
    HelloFrame | PageRequestFrame | CommandFrame | SeenFrame | SignalFrame | PingFrame
)
FromRelay: TypeAlias = (
    WelcomeFrame
    | ResetFrame
    | ChangesFrame
    | PageFrame
    | GrantedFrame
    | ForgetFrame
    | AckFrame
    | NackFrame
    | RefusedFrame
    | SignalFrame
    | PongFrame
)
