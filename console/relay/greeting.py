"""The first frames of a session: whether a reader's copy still belongs to this history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import __version__
from console.relay.actor import Actor
from console.store import feed
from console.wire import frames

if TYPE_CHECKING:
    from console.relay.core import RelayCore


def welcome(core: RelayCore, actor: Actor) -> frames.WelcomeFrame:
    """Who the relay takes the reader for, and what she may see."""
    hub = core.hub
    return frames.WelcomeFrame(
        epoch=hub.epoch, head=hub.settled, mark=hub.mark, reader_kind=actor.kind,
        reader_id=actor.id, device_id=actor.device_id, role=actor.role, name=actor.name,
        scopes=list(actor.scopes), now=core.clock.now(), version=__version__,
    )  # fmt: skip


async def reset_reason(core: RelayCore, hello: frames.HelloFrame) -> str:
    """Why her replica belongs to another history; "" when it does not."""
    hub = core.hub
    if not hello.epoch and not hello.cursors:
        return ""
    if hello.epoch != hub.epoch:
        return "epoch"
    revs = [*hello.cursors.values(), hello.mark_rev]
    if any(not 0 <= rev <= hub.publishing for rev in revs):
        return "mark"
    if any(rev < hub.horizon for rev in hello.cursors.values()):
        return "horizon"
    if hub.has_mark(hello.mark_rev, hello.mark):
        return ""
    known = await core.read(
        lambda connection: feed.known_mark(connection, hello.mark_rev, hello.mark)
    )
    return "" if known else "mark"
