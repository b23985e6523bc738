"""The real relay as a process of its own, for as long as a test needs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.helpers.nursery import AVAILABLE, ROOT, Child, nursery
from tests.web.staff import call

START_S = 40.0


class Relay:
    """A shop 时光衣橱 with its owner 小李.

    Attributes:
        folder: its data folder.
        url: where it answers.
        token: of a device of the owner.
        options: more of its command line.
        tls_port: where phones reach it by https; 0 without a certificate.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.options = options
        self.port = 0
        self.tls_port = 0
        self.token = ""
        self._process: subprocess.Popen[bytes] | Child | None = None

    @property
    def url(self) -> str:
        """Its address, which stays the same when it starts again."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def secret(self) -> str:
        """What only a program of this computer can read."""
        return str(json.loads((self.folder / "relay.json").read_text())["secret"])

    def start(self) -> None:
        """Start it and wait until it listens."""
        self.folder.mkdir(parents=True, exist_ok=True)
        arguments = [
            "relay", "--data", str(self.folder), "--host", "127.0.0.1",
            "--port", str(self.port), *self.options,
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONUTF8": "1"}
        output = self.folder / "output.txt"
        if AVAILABLE:
            self._process = nursery.start(arguments, environment, output=str(output))
        else:
            with output.open("ab") as log:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "console", *arguments],
                    cwd=ROOT, stdout=log, stderr=log, env=environment,
                )  # fmt: skip
        self.port = self._ready()

    def _ready(self) -> int:
        assert self._process is not None
        deadline = time.monotonic() + START_S
        file = self.folder / "relay.json"
        while time.monotonic() < deadline and self._process.poll() is None:
            if file.exists():
                info = json.loads(file.read_text() or "{}")
                if info.get("pid") == self._process.pid:
                    self.tls_port = int(info["tls_port"])
                    return int(info["port"])
            time.sleep(0.05)
        raise AssertionError((self.folder / "output.txt").read_text())

    def set_up(self) -> None:
        """The first run: the shop and its owner."""
        shop = {"shop_name": "时光衣橱", "owner_name": "小李", "secret": "counter-2026"}
        headers = {"X-Hanger-Secret": self.secret}
        answer = call(f"{self.url}/api/setup", shop, headers)
        self.token = str(answer["device_token"])

    def stop(self) -> None:
        """End it in good order; what will not end is killed with its children."""
        process, self._process = self._process, None
        if process is None:
            return
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            for each in children:
                each.kill()
            process.kill()
            process.wait()
