"""https: with the relay's own certificate, and behind a proxy that has one."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import aiohttp
import pytest

from console.wire.frames import PROTOCOL
from tests.helpers.reader import Reader, first_run

FILES = Path(__file__).parents[1] / "helpers" / "tls"
SETTINGS = f"""
tls_certificate = "{(FILES / "certificate.pem").as_posix()}"
tls_key = "{(FILES / "key.pem").as_posix()}"
"""


def tls_port(relay) -> int:
    return int(json.loads((relay.folder / "relay.json").read_text())["tls_port"])


async def join_body(base: str, **options: object) -> dict[str, object]:
    async with aiohttp.ClientSession() as http:
        texts = await (await http.get(f"{base}/api/shop", **options)).json()
    return {"phone": "13800136021", "name": "苏", "privacy": True, "marketing": False,
            "privacy_hash": texts["privacy"]["hash"], "marketing_hash": ""}  # fmt: skip


async def test_a_phone_joins_and_talks_over_the_relays_own_certificate(start_relay):
    relay = start_relay(SETTINGS)
    await first_run(relay.base, relay.info.secret)
    base = f"https://localhost:{tls_port(relay)}"
    trusting = ssl.create_default_context(cafile=str(FILES / "certificate.pem"))
    body = await join_body(base, ssl=trusting)
    async with aiohttp.ClientSession(headers={"Origin": base}) as phone:
        async with phone.post(f"{base}/api/join", json=body, ssl=trusting) as answer:
            assert answer.status == 200
            assert "Secure" in answer.headers["Set-Cookie"]
            assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        async with phone.post(f"{base}/api/ticket", json={}, ssl=trusting) as answer:
            ticket = (await answer.json())["ticket"]
        address = f"{base}/ws?ticket={ticket}"
        async with phone.ws_connect(address, ssl=trusting, protocols=(PROTOCOL,)) as line:
            await line.send_json({"t": "hello"})
            assert (await line.receive_json())["t"] == "welcome"
        async with phone.post(
            f"{base}/api/ticket", json={}, ssl=trusting,
            headers={"Origin": base.replace("https", "http")},
        ) as answer:  # fmt: skip
            assert answer.status == 403, "the plain address is another site"


async def test_the_port_of_phones_speaks_nothing_but_https(start_relay):
    relay = start_relay(SETTINGS)
    assert tls_port(relay) != relay.info.port
    with pytest.raises(aiohttp.ClientError):
        await join_body(f"http://127.0.0.1:{tls_port(relay)}")


@pytest.mark.parametrize(
    ("settings", "status", "secure"),
    [('trusted_proxies = ["127.0.0.1"]', 200, True), ("", 403, False)],
    ids=["trusted", "untrusted"],
)
async def test_only_a_trusted_proxys_word_makes_it_https(start_relay, settings, status, secure):
    relay = start_relay(settings)
    await first_run(relay.base, relay.info.secret)
    body = await join_body(relay.base)
    through = {
        "Host": "shop.example", "Origin": "https://shop.example", "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "203.0.113.5",
    }  # fmt: skip
    async with Reader(relay.base) as phone:
        answered, headers, _ = await phone.request("POST", "/api/join", json=body, headers=through)
        assert answered == status
        assert ("Secure" in headers.get("Set-Cookie", "")) is secure
        assert ("Strict-Transport-Security" in headers) is secure
        invented = {**through, "X-Forwarded-Proto": "javascript"}
        answered, headers, _ = await phone.request("GET", "/", headers=invented)
        assert "wss://shop.example" in headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in headers
