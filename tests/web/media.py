"""Voice, video and articles for the page's tests: made, brought up, fetched back, measured."""

from __future__ import annotations

import io
import itertools
import math
import sqlite3
import time
import urllib.request
import uuid
from array import array
from contextlib import closing
from pathlib import Path
from typing import Any

import av
from av.audio.resampler import AudioResampler
from playwright.sync_api import Page

from tests.web.staff import PATIENCE_S, Staff, call

RATE = 16_000


def fetch(staff: Staff, path: str) -> bytes:
    """A file of the relay as staff may get it."""
    request = urllib.request.Request(  # noqa: S310 - the relay of this test
        staff.url + path, headers={"Authorization": f"Bearer {staff.token}"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
        return bytes(answer.read())


def upload(staff: Staff, data: bytes, mime: str) -> str:
    """Bring a file up as a console does; its name once the relay has made a medium of it."""
    name = str(uuid.uuid4())
    bearer = {"Authorization": f"Bearer {staff.token}"}
    announced = {"client_id": name, "size": len(data), "mime": mime}
    call(f"{staff.url}/api/uploads", announced, bearer)
    request = urllib.request.Request(  # noqa: S310
        f"{staff.url}/api/uploads/{name}", data=data, method="PATCH",
        headers={**bearer, "Upload-Offset": "0", "Content-Type": "application/octet-stream"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        answer.read()
    deadline = time.monotonic() + 60
    while "media" not in call(f"{staff.url}/api/uploads", announced, bearer):
        assert time.monotonic() < deadline, "the relay never made a medium of it"
        time.sleep(0.5)  # as the relay asks for; more often would be refused
    return name


def send(staff: Staff, conversation_id: int, **content: Any) -> dict[str, Any]:
    """Send a message of any kind; the row as staff see it."""
    name = str(uuid.uuid4())
    staff.do("message.send", conversation_id=conversation_id, client_id=name, **content)
    return message(staff, conversation_id, name)


def message(staff: Staff, conversation_id: int, client_id: str) -> dict[str, Any]:
    """The message of that name, once it has come."""
    return dict(
        staff.wait(
            lambda: [
                row
                for row in staff.rows("message")
                if row["client_id"] == client_id and row["conversation_id"] == conversation_id
            ],
            "the message",
        )[0]
    )


def last_message(staff: Staff, conversation_id: int, kind: str) -> dict[str, Any]:
    """The newest message of a kind, once there is one."""
    return dict(
        staff.wait(
            lambda: [
                row
                for row in staff.rows("message")
                if row["conversation_id"] == conversation_id and row.get("kind", "text") == kind
            ],
            f"a message of kind {kind}",
        )[-1]
    )


def level(data: bytes) -> tuple[float, float]:
    """Loudness (RMS, 0..1 of full scale) and seconds of a recording, decoded."""
    samples = array("h")
    with av.open(io.BytesIO(data)) as recording:
        resampler = AudioResampler("s16", "mono", RATE)
        for frame in recording.decode(audio=0):
            for piece in resampler.resample(frame):
                samples.frombytes(bytes(piece.planes[0])[: piece.samples * 2])
    assert samples, "nothing to hear in it"
    power = sum(sample * sample for sample in samples) / len(samples)
    return math.sqrt(power) / 32_768, len(samples) / RATE


def add_product(folder: Path, sku: str, name: str, name_en: str, **facts: Any) -> int:
    """Put an article and its sizes on the shelf, as an import would; its id."""
    sizes: dict[str, int] = facts.pop("sizes")
    colours: tuple[str, ...] = facts.pop("colours", ("红色",))
    product = {"shop_id": 1, "sku": sku, "name": name, "name_en": name_en, "rev": 1, **facts}
    with closing(sqlite3.connect(folder / "relay.sqlite3", timeout=PATIENCE_S)) as connection:
        product_id = _insert(connection, "product", product)
        for colour, (size, stock) in itertools.product(colours, sizes.items()):
            variant = {"shop_id": 1, "product_id": product_id, "colour": colour, "size": size,
                       "stock": stock, "rev": 1}  # fmt: skip
            _insert(connection, "variant", variant)
        connection.commit()
    return product_id


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    places = ", ".join("?" * len(row))
    cursor = connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})",
        list(row.values()),
    )
    return int(cursor.lastrowid or 0)


SPOKEN = """(seconds) => {
    const time = document.querySelector(".recording .time");
    return time && Number(time.textContent.split(":")[1]) >= seconds;
}"""


def spoken(page: Page, seconds: int) -> None:
    """Until the recorder shows so many seconds, or more where nobody looked in time."""
    page.wait_for_function(SPOKEN, arg=seconds)
