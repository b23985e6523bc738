"""One staff member's data on this computer: replica, outbox, line and photos together.

Applies what the relay sends, tells listeners what it touched, and survives a reset, a lost
grant and a crash between any two of its steps.  Screens reach it through ``desk``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from console import __version__
from console.domain.photo_shapes import Shape
from console.log import get_logger
from console.store import overlay, replica_apply, replica_queries
from console.store import replica_mending as mending
from console.store.begun import BegunRow
from console.store.driver import DatabaseError
from console.store.outbox import Entry, Outbox, Upload
from console.store.outbox_upload import unlink
from console.store.replica import (
    Connection,
    Replica,
    ReplicaClosed,
    ReplicaState,
    drop_others,
    open_newest,
    open_next,
)
from console.store.replica_apply import Touched
from console.sync.http import Offline, RelayHttp
from console.sync.link import Link, LinkStatus
from console.sync.making import Facts, Workshop, preview, recording, shaped
from console.sync.media_cache import LIMIT_BYTES, ORIGINAL, MediaCache
from console.sync.pump import OutboxPump
from console.sync.uploads import is_recording, keep_copies
from console.sync.workers import Workers
from console.wire import client_session
from console.wire.client_session import ClientSession, ProtocolViolation
from console.wire.epochs import same_shop
from console.wire.errors import Code, Refusal
from console.wire.frames import (
    AckFrame,
    ChangesFrame,
    ForgetFrame,
    FromRelay,
    GrantedFrame,
    NackFrame,
    PageFrame,
    ResetFrame,
    SignalFrame,
    WelcomeFrame,
)

P = ParamSpec("P")
T = TypeVar("T")

_FEW_MEMBERS = 200
_log = get_logger("sync.station")


class Listeners:
    """Callbacks of the screens; an empty one does nothing."""

    def __init__(self) -> None:
        self.touched: Callable[[Touched], None] = lambda _touched: None
        self.status: Callable[[LinkStatus], None] = lambda _status: None
        self.signal: Callable[[SignalFrame], None] = lambda _frame: None


class Station:
    """Everything of one staff member here; made by ``open_station``.

    Attributes:
        listeners: who is told; set them before ``start``.
        replica: the present copy; a reset puts another in its place.
        welcome: the newest welcome, ``None`` until the first.
    """

    def __init__(
        self, folder: Path, replica: Replica, outbox: Outbox, http: RelayHttp, workers: Workers,
        media_limit_bytes: int = LIMIT_BYTES, workshop: Workshop | None = None,
    ) -> None:  # fmt: skip
        self.listeners = Listeners()
        self.welcome: WelcomeFrame | None = None
        self.outbox = outbox
        self.http = http
        self._folder = folder
        self.replica = replica
        self._workers = workers
        self._workshop = workshop
        self.pump = OutboxPump(outbox, workers, http, workshop)
        self.pump.on_changed = self._entries_changed
        self.pump.on_settled = self._settle_soon
        self.link = Link(http, self, self._status_changed, self._decode_aside)
        self.media = MediaCache(folder / "media", http, workers, media_limit_bytes)
        self._settling: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._replacing = asyncio.Lock()
        self._started = False

    # --- for desk ---

    @property
    def state(self) -> ReplicaState:
        """How far the present replica is."""
        return self.replica.state

    def start(self) -> None:
        """Connect and begin to send, unless that was done."""
        if not self._started:
            self._started = True
            self.pump.start()
            self.link.start()

    async def close(self) -> None:
        """Hang up, end every task and thread, close the files."""
        await self.link.close()
        await self.pump.close()
        await self.media.close()
        if self._workshop is not None:
            await self._workshop.close()
        if self._settling is not None:
            await asyncio.gather(self._settling, return_exceptions=True)
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self.http.close()
        await self._workers.outbox(self.outbox.close)
        await self._workers.write(self.replica.close)
        await self._workers.close()

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        """Run a query over one consistent view of the replica in a reading thread.

        A damaged replica is replaced.  Raises ``ReplicaClosed`` once the station is closed.
        """
        replica = self.replica
        try:
            return await self._workers.read(lambda: self._read(query, *args, **kwargs))
        except DatabaseError as error:
            await self._mend(replica, error)
            return await self._workers.read(lambda: self._read(query, *args, **kwargs))

    async def photo(self, media_id: int, long_side: int) -> Path | None:
        """A cached file of a photo, fetched when missing."""
        return await self.media.get(self.replica, media_id, long_side)

    async def media_file(self, media_id: int) -> Path | None:
        """A cached voice message (``.m4a``) or video (``.mp4``), fetched when missing.

        ``None`` offline, refused or gone.  A video's poster is ``photo(media_id, long_side)``.
        """
        return await self.media.get(self.replica, media_id, ORIGINAL)

    async def keep_media(
        self, files: Sequence[Path | bytes], new_id: Callable[[], str]
    ) -> tuple[Upload, ...]:
        """Durable copies of photos, voice and videos in the outbox's folder; all or none.

        Voice is made small at once (a moment; its length and waveform are known then), of a
        video only the poster; the video itself is made small when its turn to be uploaded
        comes, and ``pump.progress`` shows how far it is.  Raises ``OSError`` and ``Refusal``
        (``media.type``, ``media.broken``, ``media.too_long``, ``upload.too_large``).
        """
        kept = list(await self.keep_copies(lambda folder: keep_copies(folder, files, new_id)))
        try:
            for place, copy in enumerate(kept):
                if self._workshop is not None and is_recording(copy):
                    kept[place] = await recording(self._workshop, self.outbox.folder, copy)
        except BaseException:
            await self._workers.outbox(unlink, self.outbox.folder, kept)
            raise
        return tuple(kept)

    async def preview(self, source: Path) -> tuple[Facts, bytes] | None:
        """Facts and a small JPEG of a file that may be sent; ``None`` without a workshop.

        Raises as ``keep_media``.
        """
        if self._workshop is None:
            return None
        return await preview(self._workshop, self.outbox.folder, source)

    async def shaped(self, source: Path, shape: Shape, side: int) -> bytes:
        """A JPEG of a photo turned and cut in the child process, at most ``side`` pixels long.

        Raises ``Refusal`` (also without a workshop) and ``OSError``.
        """
        if self._workshop is None:
            raise Refusal(Code.MEDIA_BROKEN)
        return await shaped(self._workshop, self.outbox.folder, source, shape, side)

    async def read_here(self, conversation_id: int, seq: int) -> None:
        """Count everything up to ``seq`` as read on this console from now on."""
        self._tell(await self._write(replica_apply.read_here, conversation_id, seq))

    async def fetch_older(self, conversation_id: int, before_seq: int, limit: int) -> None:
        """Bring older messages into the replica.  Raises ``Offline`` and ``Refusal``."""
        rows = await self.http.older(conversation_id, before_seq, limit)
        await self._write(replica_apply.older, rows)

    def keep_soon(
        self, keep: Callable[Concatenate[Replica, P], bool], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Let ``keep`` add to the replica, a short transaction at a time, until it says False."""
        if self._keeping is None or self._keeping.done():
            work = self._keep(keep, *args, **kwargs)
            self._keeping = asyncio.get_running_loop().create_task(work, name="keep sums")

    async def keep_copies(self, keep: Callable[[Path], T]) -> T:
        """Run what copies files into the outbox's folder in the outbox's thread."""
        return await self._workers.outbox(keep, self.outbox.folder)

    async def change_outbox(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a method of the outbox in its thread, tell listeners, send what became free."""
        before = self.outbox.entries
        result = await self._workers.outbox(change, *args, **kwargs)
        after = self.outbox.entries
        lanes = {entry.lane for entry in before if entry not in after}
        lanes |= {entry.lane for entry in after if entry not in before}
        self._lanes_changed(lanes)
        self.pump.wake()
        return result

    async def keep_begun(self, row: BegunRow) -> None:
        """Keep what was begun with a conversation; listeners hear it when its kind is new."""
        shelf = self.outbox.begun
        before = shelf.kind(row.conversation_id)
        await self._workers.outbox(shelf.put, row)
        if shelf.kind(row.conversation_id) != before:
            self._tell(Touched(tables={"outbox"}, conversations={row.conversation_id}))

    async def forget_begun(self, conversation_ids: Collection[int]) -> None:
        """Nothing is begun there any more."""
        await self._workers.outbox(self.outbox.begun.forget, conversation_ids)

    # --- Peer of the link ---

    async def new_session(self) -> ClientSession:
        """What the next hello says."""
        state = self.replica.state
        confirmed = await self._workers.outbox(lambda: self.outbox.confirmed)
        return ClientSession(
            epoch=state.epoch, mark_rev=state.mark_rev, mark=state.mark, scopes=state.scopes,
            confirmed=confirmed, program=f"console {__version__}",
        )  # fmt: skip

    async def apply(self, frame: FromRelay) -> None:
        """Apply one frame of the relay."""
        if isinstance(frame, ChangesFrame):
            await self._applied(await self._write(replica_apply.changes, frame))
        elif isinstance(frame, PageFrame):
            await self._applied(await self._write(replica_apply.page, frame))
        elif isinstance(frame, AckFrame):
            await self.pump.acked(frame)
        elif isinstance(frame, NackFrame):
            await self.pump.nacked(frame)
        elif isinstance(frame, SignalFrame):
            self.listeners.signal(frame)
        else:
            await self._apply_session(frame)

    def line_up(self) -> None:
        """Commands may be sent."""
        self.pump.line_up(self.link)

    def line_down(self) -> None:
        """Commands must wait."""
        self.pump.line_down()

    # --- inside ---

    async def _apply_session(self, frame: FromRelay) -> None:
        if isinstance(frame, WelcomeFrame):
            await self._welcomed(frame)
        elif isinstance(frame, ResetFrame):
            await self._reset(frame)
        elif isinstance(frame, GrantedFrame):
            await self._write(replica_apply.grant, frame.scope)
        elif isinstance(frame, ForgetFrame):
            await self._forget(frame.scope)

    async def _welcomed(self, frame: WelcomeFrame) -> None:
        state = self.replica.state
        if state.epoch and state.epoch != frame.epoch:
            raise ProtocolViolation("another epoch without a reset")
        if state.reader_id and state.reader_id != frame.reader_id:
            raise ProtocolViolation("a session of somebody else")
        lost = state.scopes.keys() - set(frame.scopes)
        self.welcome = frame
        touched = await self._write(replica_apply.welcome, frame)
        for scope in lost:
            await self._workers.outbox(self.outbox.fail_scope, scope, Code.SCOPE_DENIED)
        await self._workers.outbox(self.outbox.prune)
        await self._applied(touched)

    async def _reset(self, frame: ResetFrame) -> None:
        """Begin a new replica.  The outbox goes first: a crash in between repeats both steps."""
        _log.info("replica starts anew", reason=frame.reason)
        if not same_shop(self.replica.state.epoch, frame.epoch):
            await self._workers.outbox(self.outbox.set_aside)
        elif frame.reason != "horizon":
            await self._workers.outbox(self.outbox.send_again)
        old = self.replica
        self.replica = await self._workers.write(open_next, self._folder)
        await self._workers.write(old.close)
        await self._workers.write(self.media.clear)
        self._tell(Touched(everything=True))

    async def _forget(self, scope: str) -> None:
        touched = await self._write(replica_apply.forget, scope)
        await self._workers.outbox(self.outbox.fail_scope, scope, Code.SCOPE_DENIED)
        await self._applied(touched)

    async def _applied(self, touched: Touched) -> None:
        """What follows from rows that are in: photos and words to erase, entries to retire."""
        if touched.media:
            await self._workers.write(self.media.empty_trash, self.replica)
        if touched.recalled:
            await self._workers.outbox(self.outbox.erase, touched.recalled)
        if touched.scopes_done and self.replica.state.whole:
            await self._workers.write(drop_others, self.replica)
        if 0 < len(touched.members) <= _FEW_MEMBERS:
            known = await self.read(replica_queries.conversations_of, list(touched.members))
            touched.conversations |= set(known)
        await self._settle()
        self._tell(touched)

    def _settle_soon(self) -> None:
        if self._settling is None or self._settling.done():
            self._settling = asyncio.get_running_loop().create_task(self._settle(), name="settle")

    async def _keep(
        self, keep: Callable[Concatenate[Replica, P], bool], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        with suppress(Offline, DatabaseError):  # nothing is lost: it is counted when asked for
            while await self._write(keep, *args, **kwargs):
                pass

    async def _settle(self) -> None:
        ready = overlay.ready_to_retire(self.outbox.entries, self.replica.state)
        if ready:
            await self._workers.outbox(self.outbox.retire, ready)

    async def _write(
        self, change: Callable[Concatenate[Replica, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        replica = self.replica
        try:
            return await self._workers.write(change, replica, *args, **kwargs)
        except DatabaseError as error:
            await self._mend(replica, error)
            raise Offline("replica damaged") from error

    async def _mend(self, damaged: Replica, error: DatabaseError) -> None:
        """Copy the shop anew, for the relay has all of it; raises what is no damage."""
        if not mending.is_damage(error):
            raise error
        async with self._replacing:
            if damaged is not self.replica:
                return
            _log.error("replica_damaged")
            self.link.start_over()
            self.replica = await self._workers.write(mending.open_instead, self._folder, damaged)
            await self._workers.write(mending.put_aside, damaged)
        self._tell(Touched(everything=True))

    async def _decode_aside(self, data: bytes) -> FromRelay | None:
        return await self._workers.read(client_session.decode, data)

    def _read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:  # fmt: skip
        while True:
            replica = self.replica
            try:
                with replica.reading() as db:
                    return query(db, *args, **kwargs)
            except ReplicaClosed:
                if replica is self.replica:
                    raise
                # A reset put a new one in its place.

    def _entries_changed(self, entries: Sequence[Entry]) -> None:
        self._lanes_changed({entry.lane for entry in entries})

    def _lanes_changed(self, lanes: Collection[str]) -> None:
        conversations, members = overlay.in_lanes(lanes)
        self._tell(Touched(tables={"outbox"}, conversations=conversations, members=members))

    def _tell(self, touched: Touched) -> None:
        if touched.everything or touched.tables or touched.conversations:
            self.listeners.touched(touched)

    def _status_changed(self, status: LinkStatus) -> None:
        self.listeners.status(status)


async def open_station(
    folder: Path,
    base_url: str,
    token: str,
    workers: Workers | None = None,
    *,
    media_limit_bytes: int = LIMIT_BYTES,
    workshop: Workshop | None = None,
) -> Station:
    """Open (or make) the files in ``folder``; nothing connects before ``start``.

    Without a ``workshop`` recordings go to the relay as they are; the station closes it.
    """
    workers = workers or Workers()
    try:
        replica = await workers.write(open_newest, folder)
        outbox = await workers.outbox(Outbox, folder / "outbox.sqlite")
    except BaseException:
        await workers.close()
        raise
    station = Station(folder, replica, outbox, RelayHttp(base_url, token), workers,
                      media_limit_bytes, workshop)  # fmt: skip
    await workers.write(station.media.empty_trash, replica)
    return station
