"""Who may come in: origins, tickets, secrets, caps, and what every answer carries."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from console.wire.frames import PROTOCOL
from tests.helpers.reader import SECRET_HEADER, Reader, Refused, first_run, new_id


async def opens(reader: Reader, ticket: str, **options: object) -> int:
    """Status of a websocket handshake (101: it stands)."""
    headers = {**reader.headers, **dict(options.get("headers", {}))}  # type: ignore[call-overload]
    protocols = options.get("protocols", (PROTOCOL,))
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        try:
            async with http.ws_connect(
                f"{reader.base}/ws?ticket={ticket}", protocols=protocols, compress=0,
                headers={name: value for name, value in headers.items() if value},
            ):  # fmt: skip
                return 101
        except aiohttp.WSServerHandshakeError as error:
            return error.status


async def test_a_page_of_another_site_opens_no_socket_and_burns_no_ticket(shop, phone):
    member = await phone()
    ticket = await member.ticket()
    for origin in ("http://evil.example", "https://" + shop.base[7:], shop.base + ".evil.example",
                   "null", shop.base.upper()):  # fmt: skip
        assert await opens(member, ticket, headers={"Origin": origin}) == 403
    assert await opens(member, ticket, headers={"Origin": ""}) in {401, 403}
    again = await member.ticket()
    assert await opens(member, again) == 101


async def test_a_ticket_opens_one_socket(shop, phone):
    member = await phone()
    ticket = await member.ticket()
    assert await opens(member, ticket) == 101
    assert await opens(member, ticket) == 401
    assert await opens(member, "") == 401
    assert await opens(shop.owner, await shop.owner.ticket()) == 101


async def test_a_stolen_ticket_opens_nothing_without_its_phone(shop, phone):
    member, thief = await phone("苏小姐", "13800136021"), await phone("王小姐", "13900001234")
    async with Reader(shop.base) as nobody:
        assert await opens(nobody, await member.ticket()) == 401
    assert await opens(thief, await member.ticket()) == 401


async def test_a_socket_without_our_protocol_is_told_to_update(shop, phone):
    member = await phone()
    assert await opens(member, await member.ticket(), protocols=("hanger.v0",)) == 426
    assert await opens(member, await member.ticket(), protocols=()) == 426


async def test_state_changes_need_the_pages_own_origin(shop, phone):
    member = await phone()
    for path in ("/api/ticket", "/api/leave", "/api/uploads", "/api/join"):
        for origin in ("http://evil.example", ""):
            status, _, _ = await member.request(
                "POST", path, json={"client_id": new_id(), "size": 1}, headers={"Origin": origin}
            )
            assert status == 403, (path, origin)
    assert (await member.api("GET", "/api/me"))["joined"]


async def test_an_address_the_owner_set_is_an_origin_too(start_relay):
    relay = start_relay()
    token = await first_run(relay.base, relay.info.secret, address="https://shop.example")
    async with Reader(relay.base, bearer=token) as owner:
        ticket = await owner.ticket()
        assert await opens(owner, ticket, headers={"Origin": "https://shop.example"}) == 101
        ticket = await owner.ticket()
        assert await opens(owner, ticket, headers={"Origin": "https://other.example"}) == 403


async def test_a_member_reads_only_her_own_conversation(shop, phone):
    member, other = await phone("苏小姐", "13800136021"), await phone("王小姐", "13900001234")
    await member.connect()
    await member.sync()
    await other.connect()
    await other.sync()
    mine = member.table("conversation")[0]["id"]
    await member.command("message.send", conversation_id=mine, client_id=new_id(), body="秘密")
    with pytest.raises(Refused) as written:
        await other.command("message.send", conversation_id=mine, client_id=new_id(), body="x")
    assert written.value.code == "not_found"
    with pytest.raises(Refused) as read:
        await other.api("GET", f"/api/messages?conversation={mine}")
    assert read.value.status == 404
    await other.send({"t": "page_request", "scope": f"chat/{mine}"})
    await other.send({"t": "signal", "kind": "typing", "conversation_id": mine})
    await other.send({"t": "seen", "conversation_id": mine, "read": 1})
    await other.ping()
    assert "秘密" not in str(other.rows) + str(other.frames)
    found = await member.api("GET", f"/api/messages?conversation={mine}")
    assert [row["body"] for row in found["rows"]] == ["秘密"]
    assert found["has_older"] is False


@pytest.mark.parametrize(
    "path",
    ["/api/messages?conversation=1&before_seq=abc", "/api/messages?conversation=-1",
     "/api/messages?conversation=" + "9" * 40, "/api/messages?conversation=1&limit=²",
     "/api/choices?message=1&media=x", "/api/choices?message=-1&media=1"],
)  # fmt: skip
async def test_a_query_that_is_no_number_is_refused(shop, phone, path):
    with pytest.raises(Refused) as caught:
        await (await phone()).api("GET", path)
    assert caught.value.code == "command.invalid"


async def test_leaving_revokes_the_phone(shop, phone):
    member = await phone()
    await member.connect()
    cookie = member.cookie
    await member.api("POST", "/api/leave", {})
    await member.until(lambda: member.closed_with is not None)
    assert member.closed_with == 4001
    member.cookie = cookie
    assert await member.api("GET", "/api/me") == {"joined": False}
    with pytest.raises(Refused) as caught:
        await member.ticket()
    assert caught.value.status == 401


async def test_joining_needs_the_privacy_text_as_it_stands(shop):
    async with Reader(shop.base) as stranger:
        for more in ({"privacy": False}, {"privacy_hash": "0" * 64},
                     {"marketing": True, "marketing_hash": ""}):  # fmt: skip
            with pytest.raises(Refused) as caught:
                await stranger.join("苏小姐", "13800136021", **more)
            assert caught.value.code == "join.consent"
        for more, code in (({"phone": "12"}, "join.phone"), ({"name": " "}, "join.name"),
                           ({"birthday": "13-40"}, "join.birthday"),
                           ({"invite": "made up"}, "join.invite")):  # fmt: skip
            with pytest.raises(Refused) as caught:
                await stranger.join(**{"name": "苏小姐", "phone": "13800136021", **more})
            assert caught.value.code == code
        assert await stranger.api("GET", "/api/me") == {"joined": False}


async def test_the_members_cookie_is_out_of_reach_of_scripts(shop):
    async with Reader(shop.base) as stranger:
        texts = await stranger.api("GET", "/api/shop")
        body = {"phone": "13800136021", "name": "苏", "privacy": True, "marketing": False,
                "privacy_hash": texts["privacy"]["hash"], "marketing_hash": ""}  # fmt: skip
        status, headers, _ = await stranger.request("POST", "/api/join", json=body)
        assert status == 200
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Path=/" in cookie


async def test_a_crowd_of_joins_from_one_address_is_slowed(start_relay):
    relay = start_relay('trusted_proxies = ["127.0.0.1"]')
    await first_run(relay.base, relay.info.secret)
    async with Reader(relay.base) as crowd:

        async def join(number: int, address: str) -> int:
            body = {"phone": "1", "name": "x", "privacy": True}
            status, _, _ = await crowd.request(
                "POST", "/api/join", json=body, headers={"X-Forwarded-For": address}
            )
            return status

        statuses = [await join(number, "203.0.113.5") for number in range(40)]
        assert statuses[:30] == [400] * 30
        assert set(statuses[31:]) == {429}
        assert await join(0, "203.0.113.6") == 400
        assert await join(0, "1.2.3.4, 203.0.113.5") == 429, (
            "what a sender claims counts for nothing"
        )


async def test_wrong_passwords_lock_the_account_for_a_while(shop):
    clerk = {"name": "小周", "secret": "739201", "role": "clerk"}
    await shop.owner.api("POST", "/api/staff", clerk)
    async with Reader(shop.base) as console:

        async def sign_in(secret: str) -> Refused:
            with pytest.raises(Refused) as caught:
                await console.api(
                    "POST", "/api/staff/login", {"staff": "小周", "secret": secret},
                    headers={"Origin": ""},
                )  # fmt: skip
            return caught.value

        wrong = [await sign_in("wrong-password") for _ in range(8)]
        assert {each.code for each in wrong} == {"login.wrong"}
        locked = await sign_in("739201")
        assert (locked.code, locked.status) == ("login.locked", 429)
        assert 0 < locked.parameters["seconds"] <= 30


async def test_the_right_pin_signs_in_by_name_or_number(shop):
    people = await shop.owner.api("GET", "/api/staff/list")
    assert people[0] == {"staff_id": people[0]["staff_id"], "name": "小李", "role": "owner"}
    async with Reader(shop.base) as console:
        for who in ("小李", people[0]["staff_id"]):
            answer = await console.api(
                "POST", "/api/staff/login", {"staff": who, "secret": "284917"},
                headers={"Origin": ""},
            )  # fmt: skip
            assert answer["role"] == "owner"
        with pytest.raises(Refused) as caught:
            await console.api("POST", "/api/staff/login", {"staff": "nobody", "secret": "284917"},
                              headers={"Origin": ""})  # fmt: skip
        assert caught.value.code == "login.wrong"


async def test_the_owner_adds_a_clerk_and_a_clerk_adds_nobody(shop):
    clerk = {"name": "小陈", "secret": "739201", "role": "clerk"}
    added = await shop.owner.api("POST", "/api/staff", clerk)
    async with Reader(shop.base) as console:
        answer = await console.api(
            "POST", "/api/staff/login", {"staff": added["staff_id"], "secret": "739201"},
            headers={"Origin": ""},
        )  # fmt: skip
        console.bearer = answer["device_token"]
        with pytest.raises(Refused) as caught:
            await console.api("POST", "/api/staff", clerk)
        assert caught.value.code == "command.denied"
    with pytest.raises(Refused) as weak:
        await shop.owner.api("POST", "/api/staff", {**clerk, "secret": "123456"})
    assert weak.value.code == "password.weak"


async def test_a_pairing_code_pairs_one_console(shop):
    await shop.owner.connect()
    code = (await shop.owner.command("device.pair_code"))["code"]
    async with Reader(shop.base) as second:

        async def pair(typed: str) -> str:
            answer = await second.api("POST", "/api/staff/pair", {"code": typed},
                                      headers={"Origin": ""})  # fmt: skip
            return str(answer["device_token"])

        token = await pair(f"{code[:4].lower()} {code[4:]}")
        with pytest.raises(Refused) as used:
            await pair(code)
        assert used.value.code == "pair.code"
        second.bearer = token
        await second.connect()
        assert second.welcome["reader_kind"] == "staff"
        await second.disconnect()


async def test_five_wrong_codes_burn_those_that_are_open(shop):
    await shop.owner.connect()
    code = (await shop.owner.command("device.pair_code"))["code"]
    async with Reader(shop.base) as guesser:
        for typed in ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD", "EEEEEEEE", code):
            with pytest.raises(Refused) as caught:
                await guesser.api("POST", "/api/staff/pair", {"code": typed},
                                  headers={"Origin": ""})  # fmt: skip
            assert caught.value.code == "pair.code"
        fresh = (await shop.owner.command("device.pair_code"))["code"]
        assert await guesser.api("POST", "/api/staff/pair", {"code": fresh}, headers={"Origin": ""})


async def test_the_first_run_happens_once_and_only_with_the_secret(relay_process):
    base, secret = relay_process.base, relay_process.info.secret
    async with Reader(base) as console:
        body = {"shop_name": "店", "owner_name": "李", "secret": "284917"}
        for headers, code in (
            ({"Origin": ""}, "command.denied"),
            ({"Origin": "", SECRET_HEADER: "guess"}, "command.denied"),
            ({SECRET_HEADER: secret}, "command.denied"),
        ):
            with pytest.raises(Refused) as caught:
                await console.api("POST", "/api/setup", body, headers=headers)
            assert caught.value.code == code
        allowed = {"Origin": "", SECRET_HEADER: secret}
        for wrong, code in (
            ({"shop_name": "  "}, "shop.name"),
            ({"secret": "1234"}, "password.weak"),
            ({"opens": -1}, "command.invalid"),
            ({"address": "javascript:alert(1)"}, "command.invalid"),
        ):
            with pytest.raises(Refused) as caught:
                await console.api("POST", "/api/setup", {**body, **wrong}, headers=allowed)
            assert caught.value.code == code
        assert (await console.api("POST", "/api/setup", body, headers=allowed))["role"] == "owner"
        with pytest.raises(Refused) as again:
            await console.api("POST", "/api/setup", body, headers=allowed)
        assert again.value.code == "conflict"


async def test_the_bundled_console_signs_in_with_the_folders_secret(shop):
    async with Reader(shop.base) as console:

        async def local(secret: str) -> str:
            answer = await console.api("POST", "/api/staff/local", {"secret": secret},
                                       headers={"Origin": ""})  # fmt: skip
            return str(answer["device_token"])

        with pytest.raises(Refused) as caught:
            await local("guess")
        assert caught.value.code == "command.denied"
        console.bearer = await local(shop.relay.info.secret)
        assert (await console.api("GET", "/api/staff/list"))[0]["name"] == "小李"


async def close_code(http: aiohttp.ClientSession, member: Reader) -> int | None:
    """What a new socket is closed with before it says anything; ``None``: it stays open."""
    async with http.ws_connect(
        f"{member.base}/ws?ticket={await member.ticket()}", protocols=(PROTOCOL,),
        headers=member.headers,
    ) as socket:  # fmt: skip
        # Garbage is answered at once where somebody listens.
        await socket.send_str("{")
        await socket.receive()
        return socket.close_code


async def test_one_device_holds_only_so_many_sockets(shop, phone):
    member = await phone()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        sockets = [
            await http.ws_connect(
                f"{shop.base}/ws?ticket={await member.ticket()}", protocols=(PROTOCOL,),
                headers=member.headers,
            )
            for _ in range(8)
        ]  # fmt: skip
        assert await close_code(http, member) == 4003
        await sockets[0].close()
        async with asyncio.timeout(60):
            while await close_code(http, member) == 4003:
                pass
        for socket in sockets:
            await socket.close()


async def test_every_answer_keeps_a_browser_in_its_bounds(shop, phone):
    member = await phone()
    for path in ("/api/shop", "/api/me", "/api/health", "/nowhere", "/media/1/480",
                 "/text/reasons.zh.json"):  # fmt: skip
        _, headers, _ = await member.request("GET", path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "aiohttp" not in headers["Server"]
        assert "Access-Control-Allow-Origin" not in headers


async def test_sentences_travel_compressed_and_only_when_they_changed(shop):
    async with Reader(shop.base) as reader:
        status, headers, body = await reader.request("GET", "/text/reasons.zh.json")
        assert status == 200
        assert headers["Content-Encoding"] == "gzip"
        assert "手机号".encode() in body
        status, _, body = await reader.request(
            "GET", "/text/reasons.zh.json", headers={"If-None-Match": headers["ETag"]}
        )
        assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["/static/../../pyproject.toml", "/static/..%2f..%2fpyproject.toml", "/static/%2e%2e/%2e%2e/",
     "/static//etc/passwd", "/static/.git/config", "/artwork/patterns/coat.xml",
     "/artwork/..%5c..%5csecret", "/text/../relay.json", "/static/a%00b", "/media/../relay.json"],
)  # fmt: skip
async def test_no_path_leads_out_of_the_public_folders(shop, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", shop.relay.info.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head = (await reader.read()).split(b"\r\n", 1)[0]
    writer.close()
    await writer.wait_closed()
    assert b" 404 " in head or b" 400 " in head


async def test_metrics_are_for_this_computer_and_for_staff(start_relay):
    relay = start_relay('trusted_proxies = ["127.0.0.1"]')
    token = await first_run(relay.base, relay.info.secret)
    async with Reader(relay.base, bearer=token) as owner, Reader(relay.base) as stranger:
        away = {"X-Forwarded-For": "203.0.113.5"}
        assert (await stranger.request("GET", "/metrics", headers=away))[0] == 401
        assert (await owner.request("GET", "/metrics", headers=away))[0] == 200
        status, _, text = await stranger.request("GET", "/metrics")
        assert status == 200
        assert b"hanger_http_requests_total" in text
        assert b"hanger_websockets 0" in text


async def test_no_word_or_number_of_a_person_reaches_the_log(shop, phone):
    member = await phone("苏小姐的名字", "13800136021")
    await member.connect()
    await member.sync()
    conversation_id = member.table("conversation")[0]["id"]
    await member.command("message.send", conversation_id=conversation_id, client_id=new_id(),
                         body="只给店里看的话")  # fmt: skip
    shop.relay.restart()
    log = (shop.relay.folder / "logs" / "relay.log").read_text(encoding="utf-8")
    assert "relay_stopped" in log
    for secret in ("苏小姐", "13800136021", "只给店里", member.cookie):
        assert secret not in log
