"""A real relay process on loopback, and a shop in it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from console.relay import process
from console.relay.lock import LOCK_NAME, is_taken
from console.relay.process import INFO_NAME, RelayInfo
from tests.helpers.reader import SECRET_HEADER, Reader, first_run


@dataclass
class RelayProcess:
    """A relay started as its own process.

    Attributes:
        folder: its data folder.
        info: its process, port and secret.
    """

    folder: Path
    info: RelayInfo

    @property
    def base(self) -> str:
        """Its address."""
        return self.info.url

    @property
    def log(self) -> list[dict[str, object]]:
        """The lines of its log."""
        file = self.folder / "logs" / "relay.log"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def tree(self) -> list[psutil.Process]:
        """Its process and its children."""
        relay = psutil.Process(self.info.pid)
        return [relay, *relay.children(recursive=True)]

    def stop(self) -> None:
        """End it in good order."""
        process.stop(self.folder)

    def start(self) -> None:
        """Start it again on its data."""
        self.info = process.start_background(self.folder, port=0, host="127.0.0.1")

    def restart(self) -> None:
        """Stop it in good order and start it again on its data."""
        self.stop()
        self.start()

    def kill_and_restart(self) -> None:
        """End it as a power cut of the process would, and start it again on its data."""
        relay = psutil.Process(self.info.pid)
        relay.kill()
        psutil.wait_procs([relay], timeout=60)
        self.start()


StartRelay = Callable[..., RelayProcess]


@contextlib.contextmanager
def relays(place: Path) -> Iterator[StartRelay]:
    """Starts relays on fresh folders below ``place``; each is ended and looked at afterwards."""
    started: list[RelayProcess] = []

    def start(settings: str = "") -> RelayProcess:
        folder = place / f"data{len(started)}"
        folder.mkdir()
        if settings:
            (folder / "hanger.toml").write_text(f"[relay]\n{settings}\n", encoding="utf-8")
        info = process.start_background(folder, port=0, host="127.0.0.1")
        started.append(RelayProcess(folder, info))
        return started[-1]

    try:
        yield start
    finally:
        for relay in started:
            _end_and_look(relay)


def _end_and_look(relay: RelayProcess) -> None:
    """Stopped, a relay leaves no process, no lock, no address, and no error in its log."""
    family = relay.tree() if psutil.pid_exists(relay.info.pid) else []
    process.stop(relay.folder)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not alive
    assert not is_taken(relay.folder)
    assert not (relay.folder / LOCK_NAME).exists()
    assert not (relay.folder / INFO_NAME).exists()
    errors = [line for line in relay.log if line.get("level") in {"error", "critical"}]
    assert not errors, errors


@pytest.fixture
def start_relay(tmp_path: Path) -> Iterator[StartRelay]:
    """Start a relay on a fresh folder, with lines for its ``hanger.toml``."""
    with relays(tmp_path) as start:
        yield start


@pytest.fixture
def relay_process(start_relay: StartRelay) -> RelayProcess:
    """A relay with nothing in it."""
    return start_relay()


@pytest.fixture(scope="module")
def shops_relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayProcess]:
    """One relay for all tests of a file that need a shop: they use people of their own."""
    with relays(tmp_path_factory.mktemp("shop")) as start:
        yield start()


@dataclass
class Shop:
    """A relay with a shop and its owner.

    Attributes:
        relay: its process.
        owner: the owner's console, signed in but not connected.
    """

    relay: RelayProcess
    owner: Reader

    @property
    def base(self) -> str:
        """The relay's address."""
        return self.relay.base


@pytest.fixture
async def shop(shops_relay: RelayProcess) -> AsyncIterator[Shop]:
    """时光衣橱; set up by the first test that needs it."""
    async with Reader(shops_relay.base) as owner:
        owner.bearer = await owners_token(shops_relay)
        yield Shop(shops_relay, owner)


async def owners_token(relay: RelayProcess) -> str:
    """A device of the owner, after the first run or beside her other ones."""
    async with Reader(relay.base) as console:
        people = await console.api(
            "GET", "/api/staff/list", headers={"Origin": "", SECRET_HEADER: relay.info.secret}
        )
        if not people:
            return await first_run(relay.base, relay.info.secret)
        answer = await console.api(
            "POST", "/api/staff/local", {"secret": relay.info.secret}, headers={"Origin": ""}
        )
        return str(answer["device_token"])


@pytest.fixture
async def phone(shop: Shop) -> AsyncIterator[Callable[..., object]]:
    """Make phones that have joined; all are hung up at the end."""
    made: list[Reader] = []

    async def make(name: str = "苏小姐", number: str = "13800136021") -> Reader:
        reader = Reader(shop.base)
        made.append(reader)
        await reader.join(name, number)
        return reader

    yield make
    for reader in made:
        await reader.__aexit__()
