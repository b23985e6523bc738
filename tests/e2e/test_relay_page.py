"""What the relay tells before anybody joins: the page, its policy, and an honest promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console import paths
from console.relay.backups import DATABASE
from console.store import past_waits
from console.store.bulk import fill
from console.store.engine import writer_engine
from console.store.migrate import upgrade
from tests.helpers.reader import Reader

PAGE = paths.resources() / "web" / "index.html"


@pytest.mark.skipif(not PAGE.exists(), reason="the phone page is not part of this checkout")
async def test_the_page_may_load_nothing_but_its_own(shop):
    async with Reader(shop.base) as reader:
        status, headers, body = await reader.request("GET", "/?i=an-invite")
        assert status == 200
        assert body == PAGE.read_bytes()
        policy = dict(part.strip().partition(" ")[::2]
                      for part in headers["Content-Security-Policy"].split(";"))  # fmt: skip
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert f"ws://127.0.0.1:{shop.relay.info.port}" in policy["connect-src"].split()
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"


async def test_what_one_agrees_to_is_told_with_its_hash(shop):
    async with Reader(shop.base) as reader:
        told = await reader.api("GET", "/api/shop", headers={"Accept-Language": "en-GB,en;q=0.8"})
        assert told["name"] == "时光衣橱"
        assert told["lang"] == "en"
        assert told["privacy"]["hash"] != told["marketing"]["hash"]
        assert "隐私" in told["privacy"]["zh"]
        assert "Privacy" in told["privacy"]["en"]
        assert "reply_s" not in told
        chinese = await reader.api("GET", "/api/shop", headers={"Accept-Language": "en,zh-CN"})
        assert chinese["lang"] == "zh"


async def test_products_pictures_may_be_kept_for_a_day(shop):
    picture = next((paths.resources() / "artwork").glob("*.webp"))
    async with Reader(shop.base) as reader:
        status, headers, body = await reader.request("GET", f"/artwork/{picture.name}")
    assert status == 200
    assert body == picture.read_bytes()
    assert headers["Content-Type"] == "image/webp"
    assert headers["Cache-Control"] == "public, max-age=86400"


def chats_of_the_last_days(file: Path, answered: int, *, hidden: bool = False) -> None:
    """A shop that is always open, with ``answered`` members who waited 90 seconds each."""
    upgrade(file)
    now = datetime.now(UTC).replace(microsecond=0)
    numbers = range(1, answered + 1)
    asked = {number: now - timedelta(days=1, minutes=number) for number in numbers}
    chat = {"shop_id": 1, "body": "x"}
    questions = [
        {**chat, "id": number, "conversation_id": number, "seq": 1, "client_id": f"q{number}",
         "sender_kind": "member", "sent_at": asked[number]}
        for number in numbers
    ]  # fmt: skip
    answers = [
        {**chat, "id": 1000 + number, "conversation_id": number, "seq": 2,
         "client_id": f"a{number}", "sender_kind": "staff",
         "sent_at": asked[number] + timedelta(seconds=90)}
        for number in numbers
    ]  # fmt: skip
    engine = writer_engine(file)
    with engine.begin() as connection:
        fill(connection, {
            "shop": [{"id": 1, "name": "店", "opens": 0, "closes": 24 * 60}],
            "setting": [{"id": 1, "key": "reply_promise", "value": not hidden}],
            "member": [{"id": number, "shop_id": 1, "name": f"会员{number}"} for number in numbers],
            "conversation": [
                {"id": number, "shop_id": 1, "member_id": number, "last_seq": 2}
                for number in numbers
            ],
            "message": questions + answers,
        }, now)  # fmt: skip
        past_waits.fill(connection)
    engine.dispose()


@pytest.mark.parametrize(
    ("answered", "hidden", "promise"), [(20, False, 90), (19, False, None), (20, True, None)]
)
async def test_a_reply_is_promised_from_what_really_happened(
    start_relay, answered, hidden, promise
):
    relay = start_relay()
    relay.stop()
    (relay.folder / DATABASE).unlink()
    chats_of_the_last_days(relay.folder / DATABASE, answered, hidden=hidden)
    relay.start()
    async with Reader(relay.base) as reader:
        assert (await reader.api("GET", "/api/shop")).get("reply_s") == promise
