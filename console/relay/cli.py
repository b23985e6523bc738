"""``hanger relay``: run it, stop it, ask whether it runs, pair a console, count anew."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import errno
import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from console import log, paths
from console.config import Config, ConfigError, RelayConfig, load
from console.relay import pairing, process, server
from console.relay.backups import DATABASE
from console.relay.core import RELAY, RelayCore
from console.relay.internal import RecountSums
from console.relay.lock import FolderLock, FolderTaken
from console.relay.process import ExitCode, RelayInfo
from console.relay.tls import CertificateTrouble
from console.store.migrate import DatabaseTooNewError

if sys.platform != "win32":
    import resource

BUNDLED = "relay"
"""Folder of the bundled relay inside the program's data folder."""
WANTED_FILES = 65_536
_ATTACH_PATIENCE_S = 10.0
_ENDS = (CertificateTrouble, DatabaseTooNewError, DatabaseError, OSError, server.RelayBroken)


def main(arguments: Sequence[str]) -> int:
    """Run the part of the command line after ``hanger relay``; the result is the exit code."""
    options = _parser().parse_args(arguments)
    folder = (options.data or paths.locate().data / BUNDLED).expanduser().resolve()
    if options.verb == "stop":
        return _stop(folder)
    if options.verb == "status":
        return _status(folder)
    if options.verb == "pair":
        return _pair(folder, options)
    if options.verb == "recount":
        return _recount(folder)
    return _run(folder, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hanger relay",
        description="The server that members' phones and the shop's consoles talk to.",
    )
    parser.add_argument(
        "verb", nargs="?", choices=("run", "stop", "status", "pair", "recount"), default="run",
        help="pair: a code that connects a console (the first time it makes the shop);"
        " recount: add the figures of all campaigns up anew, while the relay is stopped",
    )  # fmt: skip
    parser.add_argument("--data", type=Path, metavar="DIR", help="its data folder")
    parser.add_argument("--host", help="address to listen on (default: all)")
    parser.add_argument("--port", type=_port, help="port to listen on (0: any; default 8787)")
    parser.add_argument("--shop", default="", help="pair: name of the shop, when it is new")
    parser.add_argument("--owner", default="", help="pair: name of its owner")
    parser.add_argument("--parent-pid", type=int, metavar="PID", help="end when that process ends")
    parser.add_argument("--tls-certificate", metavar="FILE", help="speak https: PEM certificate")
    parser.add_argument("--tls-key", metavar="FILE", help="its private key (PEM, no password)")
    parser.add_argument(
        "--trust-proxy", action="append", default=[], metavar="ADDRESS",
        help="believe this proxy about who asks",
    )  # fmt: skip
    return parser


def _port(given: str) -> int:
    """A number that a port can have; argparse says the rest."""
    number = int(given)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError("must be between 0 and 65535")
    return number


def _stop(folder: Path) -> int:
    try:
        stopped = process.stop(folder)
    except process.RelayFailed as failure:
        sys.stderr.write(f"hanger: {failure}\n")
        return 1
    sys.stdout.write("The relay has stopped.\n" if stopped else "No relay is running.\n")
    return 0 if stopped else ExitCode.NOT_RUNNING


def _status(folder: Path) -> int:
    info = process.find_running(folder)
    if info is None:
        sys.stdout.write(json.dumps({"running": False, "data": str(folder)}) + "\n")
        return ExitCode.NOT_RUNNING
    state = {
        "running": True, "healthy": process.is_healthy(info), "pid": info.pid,
        "url": info.url, "tls_port": info.tls_port, "data": str(folder),
    }  # fmt: skip
    sys.stdout.write(json.dumps(state) + "\n")
    return 0


def _pair(folder: Path, options: argparse.Namespace) -> int:
    info = process.find_running(folder)
    if info is None:
        sys.stderr.write("hanger: no relay is running here; start it with “hanger relay”.\n")
        return ExitCode.NOT_RUNNING
    try:
        sentence = pairing.pair(info, options.shop, options.owner)
    except (pairing.PairingRefused, OSError) as refused:
        sys.stderr.write(f"hanger: the relay refused: {refused}\n")
        return 1
    sys.stdout.write(f"{sentence}\n")
    return 0


def _recount(folder: Path) -> int:
    if not (folder / DATABASE).exists():
        return _give_up(f"there is no shop in {folder}.")
    try:
        with FolderLock(folder):
            mended = asyncio.run(_recounted(folder / DATABASE))
    except FolderTaken:
        return _give_up("the relay is running here; stop it first with “hanger relay stop”.")
    except _ENDS as error:
        return _give_up(*_why(error, folder))
    sys.stdout.write(f"Sums that were wrong and are right now: {mended}.\n")
    return 0


async def _recounted(database: Path) -> int:
    """How many sums had to be mended."""
    core = await RelayCore.open(database)
    try:
        mended: int = (await core.call(RELAY, RecountSums()))["mended"]
    finally:
        await core.close()
    return mended


def _allow_many_sockets() -> None:
    """Systems start programs with 1,024 open files; every phone is one."""
    if sys.platform != "win32":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(WANTED_FILES, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _run(folder: Path, options: argparse.Namespace) -> int:
    try:
        config = _config(folder, options)
    except ConfigError as error:
        sys.stderr.write(f"hanger: {error}\n")
        return ExitCode.SETTINGS
    try:
        (folder / "logs").mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return _give_up(f"the relay cannot write its data: {error}")
    level = logging.getLevelNamesMapping()[config.log_level.upper()]
    stop_log = log.configure(folder / "logs" / "relay.log", level)
    _allow_many_sockets()
    wanted = server.RelayOptions(folder, config, options.parent_pid, _announce)
    try:
        return _serve_or_attach(wanted)
    finally:
        stop_log()


def _config(folder: Path, options: argparse.Namespace) -> RelayConfig:
    """The settings of the file, with what the command line says otherwise."""
    own = folder / paths.CONFIG_NAME
    beside = folder.parent / paths.CONFIG_NAME
    # The bundled relay's folder lies in the program's, and so does their common file.
    shared = folder.name == BUNDLED and not own.exists()
    config: Config = load(beside if shared else own)
    changed = {
        name: value
        for name in ("host", "port", "tls_certificate", "tls_key")
        if (value := getattr(options, name)) is not None
    }
    if options.trust_proxy:
        changed["trusted_proxies"] = (*config.relay.trusted_proxies, *options.trust_proxy)
    return dataclasses.replace(config.relay, **changed)


def _serve_or_attach(options: server.RelayOptions) -> int:
    """Serve; when another relay already does, say where it is and be content."""
    deadline = time.monotonic() + _ATTACH_PATIENCE_S
    while True:
        try:
            asyncio.run(server.run(options))
        except FolderTaken:
            info = process.find_running(options.folder)
            if info is not None:
                sys.stdout.write(f"A relay already runs here: {info.url} (process {info.pid}).\n")
                return 0
            # It is just starting or stopping, or somebody only tested the lock.
            if time.monotonic() > deadline:
                return _give_up("another process holds this data folder.")
            time.sleep(0.1)
        except _ENDS as error:
            return _give_up(*_why(error, options.folder))
        else:
            return 0


def _why(error: Exception, folder: Path) -> tuple[str, int]:
    """The sentence and the exit code of an end that nobody asked for."""
    match error:
        case CertificateTrouble():
            return f"https is not possible: {error}", ExitCode.SETTINGS
        case DatabaseTooNewError():
            return f"{error} Update the program to open it.", ExitCode.TOO_NEW
        case DatabaseError():
            return f"{folder / DATABASE} cannot be used: {error.orig}.", ExitCode.FAILED
        case OSError():
            code = ExitCode.PORT_TAKEN if error.errno == errno.EADDRINUSE else ExitCode.FAILED
            return f"the relay cannot listen or read its data: {error}", code
        case _:
            return "the relay could not go on; start it again.", ExitCode.BROKEN


def _give_up(sentence: str, code: int = ExitCode.FAILED) -> int:
    """Say why in one sentence; the exit code."""
    sys.stderr.write(f"hanger: {sentence}\n")
    return code


def _announce(info: RelayInfo) -> None:
    secure = f"; phones reach it by https at port {info.tls_port}" if info.tls_port else ""
    sys.stdout.write(f"The relay is ready: {info.url} (process {info.pid}){secure}.\n")
    sys.stdout.flush()
