"""What the relay's http handlers work with, as one value made at start."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from console.config import RelayConfig
from console.media.workshop import Workshop
from console.relay.accounts import Accounts
from console.relay.core import RelayCore
from console.relay.films import Films
from console.relay.media_store import MediaStore
from console.relay.metrics import Metrics
from console.relay.promise import Promise
from console.relay.texts import Texts
from console.relay.throttle import ConnectionCaps, Rate
from console.relay.tickets import Tickets
from console.relay.uploads import Uploads
from console.relay.web_files import WebFiles


@dataclass(frozen=True, slots=True)
class TicketHolder:
    """The device a websocket ticket was given to."""

    kind: str
    device_id: int
    token_hash: str


@dataclass(slots=True)
class Doors:
    """How often one address may knock."""

    join: Rate = field(default_factory=lambda: Rate(burst=30, per_minute=30))
    sign_in: Rate = field(default_factory=lambda: Rate(burst=30, per_minute=20))
    ticket: Rate = field(default_factory=lambda: Rate(burst=60, per_minute=120))
    """Per device: a phone that reconnects in a tunnel needs a few, a loop does not."""
    upload: Rate = field(default_factory=lambda: Rate(burst=120, per_minute=240))
    """Per device: requests, not bytes."""


@dataclass(slots=True)
class Services:
    """Everything a request may need; nothing global.

    Attributes:
        core: the relay's one way to read and write.
        config: the settings of the file, with what the command line changed.
        folder: the data folder.
        secret: what ``relay.json`` holds; proves that one may read the folder.
        join_key: what tokens of joining phones are derived with; it outlives the process.
        setting_up: held by the first run, which happens once.
        stopping: set when the relay is told to end.
        promise_cache: the last promise of a reply and when (monotonic) it was computed.
    """

    core: RelayCore
    config: RelayConfig
    folder: Path
    secret: str
    join_key: bytes
    texts: Texts
    accounts: Accounts
    tickets: Tickets[TicketHolder]
    media: MediaStore
    uploads: Uploads
    workshop: Workshop
    web_files: WebFiles
    connections: ConnectionCaps
    films: Films = field(default_factory=Films)
    metrics: Metrics = field(default_factory=Metrics)
    doors: Doors = field(default_factory=Doors)
    setting_up: asyncio.Lock = field(default_factory=asyncio.Lock)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    promise_cache: tuple[float, Promise] | None = None
