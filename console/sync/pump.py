"""Sends what waits in the outbox: in order within a lane, lanes side by side.

Decides what goes next; the bytes leave through a ``Sender``.  Each lane has one command on
its way at most, so a refused one cannot be overtaken by what was meant to follow it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from console.log import get_logger
from console.store import overlay
from console.store.begun import BegunRow
from console.store.outbox import Entry, NewEntry, Outbox, Upload
from console.store.outbox_upload import unlink
from console.sync import uploads
from console.sync.http import Offline, RelayHttp
from console.sync.making import Workshop, small
from console.sync.workers import Workers
from console.wire.commands import RecallMessage
from console.wire.errors import Code, Refusal
from console.wire.frames import AckFrame, NackFrame

IN_FLIGHT = 16
RETRY_S = (0.3, 1.0, 3.0, 10.0, 30.0)
_log = get_logger("sync.pump")


class Sender(Protocol):
    """What the pump needs of a live connection."""

    async def send_command(self, n: int, name: str, body: bytes, confirmed: int) -> None:
        """Send one command; a dead line is reported by its owner, not raised."""
        ...


class OutboxPump:
    """Moves entries of one outbox over one line at a time.

    Attributes:
        progress: position → 0..1 of uploads running now, making a video small included.
        on_changed: called with every entry whose state changed.
        on_settled: called after an ack, so that what is applied already can retire.
    """

    def __init__(
        self, outbox: Outbox, workers: Workers, http: RelayHttp, workshop: Workshop | None = None
    ) -> None:
        self.outbox = outbox
        self.progress: dict[int, float] = {}
        self.on_changed: Callable[[list[Entry]], None] = lambda _entries: None
        self.on_settled: Callable[[], None] = lambda: None
        self._workers = workers
        self._http = http
        self._workshop = workshop
        self._sender: Sender | None = None
        self._flying: dict[int, int] = {}
        self._held_until: dict[int, float] = {}
        self._failures: dict[int, int] = {}
        self._uploads: dict[int, asyncio.Task[None]] = {}
        self._timers: set[asyncio.TimerHandle] = set()
        self._waiters: dict[int, asyncio.Future[Any]] = {}
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch the outbox."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="outbox pump")

    async def close(self) -> None:
        """Stop; what was not settled stays in the outbox."""
        self.line_down()
        tasks = [task for task in (self._task, *self._uploads.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._task = None
        for waiter in self._waiters.values():
            waiter.cancel()

    # --- what others call ---

    async def enqueue(self, *new: NewEntry, begun: Sequence[BegunRow] = ()) -> list[Entry]:
        """Queue commands durably; they are on disk when this returns.

        ``begun`` is kept in the same step: what is left of what they are made of.
        """
        entries = await self._workers.outbox(partial(self.outbox.add, begun=begun), *new)
        self.on_changed(entries)
        self.wake()
        return entries

    async def call(self, new: NewEntry, timeout_s: float = 10.0) -> Any:
        """Queue a command and wait for its result; ``None`` when it stays unanswered.

        Raises ``Refusal``.
        """
        (entry,) = await self.enqueue(new)
        waiter = self._waiters.setdefault(
            entry.n, asyncio.get_running_loop().create_future()
        )  # fmt: skip
        try:
            async with asyncio.timeout(timeout_s):
                return await asyncio.shield(waiter)
        except TimeoutError:
            return None
        finally:
            self._waiters.pop(entry.n, None)
            waiter.cancel()

    def wake(self) -> None:
        """Look again at what may be sent."""
        self._wanted.set()

    def line_up(self, sender: Sender) -> None:
        """A session stands; everything unsettled is sent (again)."""
        self._sender = sender
        self._flying.clear()
        self._held_until.clear()
        self._failures.clear()
        self.wake()

    def line_down(self) -> None:
        """The session ended; what was on its way will be sent again."""
        self._sender = None
        self._flying.clear()
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    async def acked(self, frame: AckFrame) -> None:
        """The relay committed a command."""
        self._flying.pop(frame.n, None)
        entry = await self._workers.outbox(self.outbox.acked, frame.n, frame.rev)
        self._answer(frame.n, frame.result)
        if entry is not None:
            self._failures.pop(entry.position, None)
            self.on_changed([entry])
            self.on_settled()
        self.wake()

    async def nacked(self, frame: NackFrame) -> None:
        """The relay refused a command, for good or for now."""
        self._flying.pop(frame.n, None)
        entry = self.outbox.by_number(frame.n)
        if entry is None:
            return
        # Settled long ago; or, after a restore, a recall of what is not there any more.
        needless = frame.code == Code.NOT_FOUND and entry.name == RecallMessage.name
        if frame.code == Code.COMMAND_PRUNED or needless:
            await self.acked(AckFrame(n=frame.n, rev=0))
            return
        if not frame.final:
            if frame.code == Code.UPLOAD_MISSING:
                await self._upload_again(entry)
            self._hold(entry)
            return
        await self._fail(entry, frame.code, dict(frame.parameters))

    # --- inside ---

    async def _run(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._end_withdrawn()
            sender = self._sender
            if sender is not None:
                await self._try_to_send(sender)

    async def _try_to_send(self, sender: Sender) -> None:
        """A disk that is full, say, is tried again: nothing queued may stay behind for it."""
        try:
            await self._send_ready(sender)
        except Exception as error:  # noqa: BLE001 - the outbox is as it was
            _log.error("sending_failed", exc_info=error)
            self._timers.add(asyncio.get_running_loop().call_later(RETRY_S[-1], self.wake))

    async def _send_ready(self, sender: Sender) -> None:
        now = asyncio.get_running_loop().time()
        ready: list[Entry] = []
        for entry in overlay.heads(self.outbox.entries):
            if self._held_until.get(entry.position, 0.0) > now or entry.n in self._flying:
                continue
            if self.outbox.is_late(entry):
                # The line was gone; whether the relay got it is seen when its rows are here.
                await self._workers.outbox(self.outbox.give_up, entry, Code.CAMPAIGN_UNANSWERED)
                self.on_changed([entry])
                self.wake()
            elif any(not upload.done for upload in entry.uploads):
                self._start_upload(entry)
            elif len(self._flying) + len(ready) < IN_FLIGHT:
                ready.append(entry)
        fresh = [entry.position for entry in ready if not entry.sent]
        if fresh:
            await self._workers.outbox(self.outbox.mark_sent, fresh)
        # What is sent is what was made final: a newer body may have come in meanwhile.
        final = {entry.position: entry for entry in self.outbox.entries}
        confirmed = await self._workers.outbox(lambda: self.outbox.confirmed) if ready else 0
        for position in [entry.position for entry in ready if entry.position in final]:
            entry = final[position]
            if sender is self._sender and entry.sent and entry.state == "queued":
                self._flying[entry.n] = position
                await sender.send_command(entry.n, entry.name, entry.body, confirmed)
        if ready:
            self.on_changed(ready)

    def is_flying(self, entry: Entry) -> bool:
        """Whether its answer is being waited for."""
        return entry.n in self._flying

    def _hold(self, entry: Entry) -> None:
        """Try again after a while that grows."""
        failures = self._failures.get(entry.position, 0)
        self._failures[entry.position] = failures + 1
        delay = RETRY_S[min(failures, len(RETRY_S) - 1)]
        loop = asyncio.get_running_loop()
        self._held_until[entry.position] = loop.time() + delay
        self._timers.add(loop.call_later(delay + 0.01, self.wake))
        self._timers = {timer for timer in self._timers if timer.when() > loop.time()}

    async def _fail(self, entry: Entry, code: str, parameters: dict[str, Any]) -> None:
        waiter = self._waiters.get(entry.n)
        told = waiter is not None and not waiter.done()
        await self._workers.outbox(self._refused, entry, code, parameters, drop=told)
        if waiter is not None and not waiter.done():
            known = Code(code) if code in set(Code) else Code.COMMAND_FAILED
            waiter.set_exception(Refusal(known, parameters))
        self.on_changed([entry])
        self.wake()

    def _refused(self, entry: Entry, code: str, parameters: dict[str, Any], *, drop: bool) -> None:
        """Who waits for the answer is told; in one go, so that nobody else sees it failed."""
        self.outbox.refused(entry.n, code, parameters)
        if drop:
            self.outbox.discard(entry.position)

    def _answer(self, n: int, result: Any) -> None:
        waiter = self._waiters.get(n)
        if waiter is not None and not waiter.done():
            waiter.set_result(result)

    # --- uploads ---

    def _start_upload(self, entry: Entry) -> None:
        if entry.position in self._uploads:
            return
        task = asyncio.get_running_loop().create_task(self._upload(entry), name="upload")
        self._uploads[entry.position] = task
        task.add_done_callback(lambda _task: self._upload_ended(entry.position))

    def _end_withdrawn(self) -> None:
        """Stop working for messages that were taken back before they left."""
        waiting = {entry.position for entry in self.outbox.entries if entry.state == "queued"}
        for position, task in self._uploads.items():
            if position not in waiting:
                task.cancel()

    def _upload_ended(self, position: int) -> None:
        self._uploads.pop(position, None)
        self.progress.pop(position, None)
        self.wake()

    async def _upload(self, entry: Entry) -> None:
        missing = [upload for upload in entry.uploads if not upload.done]
        try:
            for index, upload in enumerate(missing):
                await self._bring(entry, upload, partial(self._show, entry, index, len(missing)))
                await self._workers.outbox(
                    self.outbox.upload_done, entry.position, upload.client_id
                )  # fmt: skip
        except FileNotFoundError:
            await self._fail(entry, Code.UPLOAD_MISSING, {})
        except (Offline, OSError):
            self._hold(entry)
        except Refusal as refusal:
            if refusal.code.transient:
                self._hold(entry)
            else:
                await self._fail(entry, refusal.code, dict(refusal.parameters))
        except sqlite3.Error as error:
            _log.error("upload_not_noted", exc_info=error)
            self._hold(entry)

    async def _bring(self, entry: Entry, upload: Upload, show: Callable[[float], None]) -> None:
        """One file to the relay; a video is made small first, which is half of the way."""
        folder = self.outbox.folder
        if not upload.raw or self._workshop is None:
            await uploads.send(self._http, folder, upload, show)
            return
        made = await small(self._workshop, folder, upload, lambda part: show(part / 2))
        if not await self._workers.outbox(self.outbox.upload_made, entry.position, made):
            # Withdrawn meanwhile.
            await self._workers.outbox(unlink, folder, [made])
            return
        await asyncio.to_thread((folder / upload.path).unlink, missing_ok=True)
        await uploads.send(self._http, folder, made, lambda part: show(0.5 + part / 2))

    def _show(self, entry: Entry, before: int, files: int, part: float) -> None:
        self.progress[entry.position] = (before + part) / files
        self.on_changed([entry])

    async def _upload_again(self, entry: Entry) -> None:
        """The relay lost the files (restored from a backup): send them again."""
        for upload in entry.uploads:
            await self._mark_missing(entry, upload)

    async def _mark_missing(self, entry: Entry, upload: Upload) -> None:
        await self._workers.outbox(
            self.outbox.upload_done, entry.position, upload.client_id, done=False
        )  # fmt: skip
