"""A whole relay in one process: lock, core, port, housekeeping, and its orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import secrets
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from aiohttp import web

from console import paths
from console.config import RelayConfig
from console.log import get_logger
from console.media.workshop import Workshop
from console.relay import media_intake
from console.relay.accounts import Accounts
from console.relay.actor import RELAY
from console.relay.backups import DATABASE, JOIN_KEY, MEDIA
from console.relay.clock import SystemClock
from console.relay.core import RelayCore
from console.relay.http_app import build_app, server_log
from console.relay.internal import AddStarterReplies
from console.relay.limits import Limits
from console.relay.lock import FolderLock
from console.relay.media_store import MediaStore
from console.relay.process import RelayInfo, remove_info, write_info
from console.relay.scheduler import Scheduler
from console.relay.services import Services
from console.relay.texts import load_texts
from console.relay.throttle import ConnectionCaps
from console.relay.tickets import Tickets
from console.relay.tls import Certificate, CertificateTrouble
from console.relay.uploads import Uploads
from console.relay.web_files import WebFiles
from console.store import migrate
from console.store.unit_of_work import Effects
from console.waiting import occurs

PER_DEVICE = 8
"""Websockets one device may hold: a few tabs, and old lines that died unnoticed."""
JOIN_KEY_BYTES = 32
COLLECT_EVERY_S = 900.0
RENEW_EVERY_S = 600.0
PARENT_CHECK_S = 1.0
GOING_AWAY = 1001
_KEEPALIVE_S = 75.0

_log = get_logger("relay")


class RelayBroken(Exception):  # noqa: N818 - read as a sentence by callers
    """The relay stopped because it could not write any more; started again, it is sound."""


@dataclass(frozen=True, slots=True)
class RelayOptions:
    """How to run one relay.

    Attributes:
        folder: its data folder.
        config: host, port and limits.
        parent_pid: the process to end with, if any.
        on_ready: called once it listens.
    """

    folder: Path
    config: RelayConfig
    parent_pid: int | None = None
    on_ready: Callable[[RelayInfo], None] | None = None


async def run(options: RelayOptions) -> None:
    """Serve until told to stop.

    Raises ``FolderTaken`` when another relay is at work there, ``RelayBroken`` after an end
    in good order that nobody asked for.
    """
    options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FolderLock(options.folder):
        # Left by a relay that was killed; nobody else can be listening now.
        remove_info(options.folder)
        limits = Limits(
            buffer_bytes=options.config.send_buffer_bytes, stall_s=options.config.stalled_seconds
        )
        core = await RelayCore.open(options.folder / DATABASE, SystemClock(), limits=limits)
        try:
            # A shop of an older program gets them too; one that had some keeps what it has.
            await core.call(RELAY, AddStarterReplies())
            await serve(options, core)
        finally:
            await core.close()


def _calm_collector() -> None:
    """A full collection over thousands of sessions holds the loop for tenths of a second.

    What is there now stays for ever and is not looked at again; the rest is looked at less
    often, which is enough, since hardly anything here refers to itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def serve(options: RelayOptions, core: RelayCore) -> None:
    """Listen and answer with an open ``core`` until told to stop.

    Raises ``RelayBroken``, ``CertificateTrouble``.
    """
    certificate = _certificate(options.config)
    services = build_services(options, core)
    runner = web.AppRunner(
        build_app(services), access_log=None, keepalive_timeout=_KEEPALIVE_S,
        shutdown_timeout=5.0, handle_signals=False,
        # Nobody packs what she sends us; a bomb stays as small as it came.
        auto_decompress=False, logger=server_log(),
    )  # fmt: skip
    await runner.setup()
    chores: list[asyncio.Task[None]] = []
    try:
        port, tls_port = await _listen(runner, options.config, certificate)
        info = RelayInfo(os.getpid(), port, services.secret, tls_port)
        chores = _start_chores(services, options)
        if certificate is not None:
            renewing = _keep_renewing(certificate)
            chores.append(asyncio.create_task(renewing, name="renew certificate"))
        _calm_collector()
        write_info(options.folder, info)
        _log.info("relay_ready", port=info.port, pid=info.pid, head=core.head)
        if options.on_ready is not None:
            options.on_ready(info)
        with _signals(services.stopping):
            await services.stopping.wait()
    finally:
        remove_info(options.folder)
        await _end(chores, runner, services)
    _log.info("relay_stopped")
    if core.broken.is_set():
        raise RelayBroken


def _certificate(config: RelayConfig) -> Certificate | None:
    """What the settings name, or ``None``; raises ``CertificateTrouble``."""
    if not config.tls_certificate and not config.tls_key:
        return None
    if not config.tls_certificate or not config.tls_key:
        raise CertificateTrouble("name both files, the certificate and its key.")
    return Certificate(Path(config.tls_certificate), Path(config.tls_key))


async def _listen(
    runner: web.AppRunner, config: RelayConfig, certificate: Certificate | None
) -> tuple[int, int]:
    """Open the port; the result is the plain one and the one with TLS, 0 when there is none.

    With a certificate the set port speaks TLS, and the programs of this computer, to whose
    address no certificate is issued, get a plain one that nobody else can reach.
    """
    exclusive = sys.platform == "win32"
    if certificate is None:
        plain = web.TCPSite(
            runner, config.host, config.port, backlog=config.backlog, reuse_address=not exclusive
        )
        await plain.start()
        return plain.port, 0
    secure = web.TCPSite(
        runner, config.host, config.port, backlog=config.backlog, reuse_address=not exclusive,
        ssl_context=certificate.context,
    )  # fmt: skip
    await secure.start()
    local = web.TCPSite(runner, "127.0.0.1", 0, backlog=config.backlog)
    await local.start()
    return local.port, secure.port


async def _keep_renewing(certificate: Certificate) -> None:
    """Certificates live for weeks, relays for months."""
    while True:
        await asyncio.sleep(RENEW_EVERY_S)
        try:
            if await asyncio.to_thread(certificate.renew):
                _log.info("certificate_renewed")
        except CertificateTrouble as trouble:
            _log.error("certificate_unusable", reason=str(trouble))


def build_services(options: RelayOptions, core: RelayCore) -> Services:
    """Everything the handlers work with."""
    folder, config = options.folder, options.config
    services = Services(
        core=core,
        config=config,
        folder=folder,
        secret=secrets.token_urlsafe(32),
        join_key=_join_key(folder / JOIN_KEY),
        texts=load_texts(paths.resources() / "text"),
        accounts=Accounts(core),
        tickets=Tickets(),
        media=MediaStore(folder / MEDIA),
        uploads=Uploads(folder / "uploads"),
        # Strangers' files: two at once may take a gigabyte, more would be an old computer's all.
        workshop=Workshop(at_once=2),
        web_files=WebFiles(),
        connections=ConnectionCaps(
            config.max_connections, config.max_connections_per_address, PER_DEVICE
        ),
    )
    services.metrics.gauge(
        "hanger_websockets", "Websockets open now.", lambda: float(services.connections.open)
    )
    return services


def _join_key(file: Path) -> bytes:
    """The key in ``file``, made at the first start.  Raises ``OSError``."""
    with contextlib.suppress(FileNotFoundError):
        kept = file.read_bytes()
        if len(kept) == JOIN_KEY_BYTES:
            return kept
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(0o600)
    fresh.write_bytes(secrets.token_bytes(JOIN_KEY_BYTES))
    fresh.replace(file)
    return file.read_bytes()


def _start_chores(services: Services, options: RelayOptions) -> list[asyncio.Task[None]]:
    """What runs beside the requests until the end."""
    erased = Erased()
    services.core.on_erased(erased.note)
    chores = [
        asyncio.create_task(_stop_when_broken(services), name="watch writer"),
        asyncio.create_task(Scheduler(services.core).run(), name="scheduler"),
        asyncio.create_task(_keep_erasing(services, erased), name="erase files"),
        asyncio.create_task(_keep_collecting(services), name="collect"),
    ]
    if options.parent_pid is not None:
        watch = _watch_parent(options.parent_pid, services.stopping)
        chores.append(asyncio.create_task(watch, name="watch parent"))
    return chores


async def _stop_when_broken(services: Services) -> None:
    """End in good order: members and staff come back to the relay that is started next."""
    await services.core.broken.wait()
    services.stopping.set()


class Erased:
    """What erasures left to be done outside the database.

    Attributes:
        any: set when there is something.
        member: whether a member was erased, and not only a message recalled.
    """

    def __init__(self) -> None:
        self.any = asyncio.Event()
        self.member = False

    def note(self, effects: Effects) -> None:
        """A commit erased words."""
        self.member = self.member or effects.member_erased
        self.any.set()


async def _keep_erasing(services: Services, erased: Erased) -> None:
    """Soon after each erasure; those that come meanwhile are one more round."""
    while True:
        await erased.any.wait()
        erased.any.clear()
        try:
            if erased.member:
                await asyncio.to_thread(migrate.forget_backups, services.folder / DATABASE)
                erased.member = False
            await media_intake.erase_files(services)
        except Exception as error:  # noqa: BLE001 - the regular round tries again
            _log.error("erase_failed", exc_info=error)


async def _keep_collecting(services: Services) -> None:
    """At start, which also finishes an erasure that a crash interrupted, and then regularly."""
    while True:
        try:
            await asyncio.to_thread(
                migrate.forget_backups, services.folder / DATABASE, migrate.BACKUP_KEPT_S
            )
            await media_intake.collect(services)
        except Exception as error:  # noqa: BLE001 - the next round tries again
            _log.error("collect_failed", exc_info=error)
        await asyncio.sleep(COLLECT_EVERY_S)


async def _watch_parent(pid: int, stopping: asyncio.Event) -> None:
    """End when the process that wanted us ends; a new one with its number is not it."""
    with contextlib.suppress(psutil.Error):
        parent = psutil.Process(pid)
        while parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
            if await occurs(stopping, PARENT_CHECK_S):
                return
    stopping.set()


@contextlib.contextmanager
def _signals(stopping: asyncio.Event) -> Iterator[None]:
    """SIGTERM and SIGINT ask for an orderly end."""
    loop = asyncio.get_running_loop()
    wanted = (signal.SIGTERM, signal.SIGINT)
    if sys.platform == "win32":
        before = {
            number: signal.signal(
                number, lambda *_arguments: loop.call_soon_threadsafe(stopping.set)
            )
            for number in wanted
        }
        yield
        for number, handler in before.items():
            signal.signal(number, handler)
        return
    for number in wanted:
        loop.add_signal_handler(number, stopping.set)
    try:
        yield
    finally:
        for number in wanted:
            loop.remove_signal_handler(number)


async def _end(chores: list[asyncio.Task[None]], runner: web.AppRunner, services: Services) -> None:
    """No new connections, everybody told, nothing left running."""
    for chore in chores:
        chore.cancel()
    await asyncio.gather(*chores, return_exceptions=True)
    for site in list(runner.sites):
        await site.stop()
    for session in list(services.core.hub.sessions):
        session.hang_up(GOING_AWAY, "relay stopping")
    await runner.cleanup()
    await services.films.close()
    await services.workshop.close()
