"""Colleagues and their consoles at a real relay: added, shut out, signed out, new secrets."""

from __future__ import annotations

import pytest

from tests.helpers.reader import Reader, Refused

NOBODYS = 999_999


async def clerk_console(shop, name: str, secret: str = "739201") -> tuple[int, Reader]:
    """A clerk of that name, and a console that is signed in for her."""
    added = await shop.owner.api("POST", "/api/staff", {"name": name, "secret": secret})
    console = Reader(shop.base)
    console.bearer = await sign_in(console, added["staff_id"], secret)
    return added["staff_id"], console


async def sign_in(console: Reader, staff: int, secret: str) -> str:
    answer = await console.api(
        "POST", "/api/staff/login",
        {"staff": staff, "secret": secret, "device_name": "counter"}, headers={"Origin": ""},
    )  # fmt: skip
    return str(answer["device_token"])


async def refusal(reader: Reader, path: str, body: dict[str, object]) -> str:
    with pytest.raises(Refused) as caught:
        await reader.api("POST", path, body)
    return caught.value.code


async def test_a_deactivated_clerk_is_put_out_and_signs_in_again_when_let_back(shop):
    staff_id, console = await clerk_console(shop, "小孙")
    async with console:
        await console.connect()
        await shop.owner.api("POST", "/api/staff/active", {"staff_id": staff_id, "active": False})
        await console.until(lambda: console.closed_with is not None)
        assert console.closed_with == 4001
        with pytest.raises(Refused) as caught:
            await console.ticket()
        assert (caught.value.status, caught.value.code) == (401, "session.revoked")
        with pytest.raises(Refused) as shut_out:
            await sign_in(console, staff_id, "739201")
        assert shut_out.value.code == "login.wrong"
        names = [each["name"] for each in await shop.owner.api("GET", "/api/staff/list")]
        assert "小孙" not in names
        await shop.owner.api("POST", "/api/staff/active", {"staff_id": staff_id, "active": True})
        console.bearer = await sign_in(console, staff_id, "739201")
        await console.connect()
        assert console.welcome["reader_id"] == staff_id


async def test_only_owners_shut_out_and_one_stays(shop):
    staff_id, console = await clerk_console(shop, "小钱")
    async with console:
        own = {"staff_id": staff_id, "active": False}
        assert await refusal(console, "/api/staff/active", own) == "command.denied"
    (owner,) = [
        each
        for each in await shop.owner.api("GET", "/api/staff/list")
        if each["role"] == "owner"
    ]  # fmt: skip
    last = {"staff_id": owner["staff_id"], "active": False}
    assert await refusal(shop.owner, "/api/staff/active", last) == "staff.last_owner"
    nobody = {"staff_id": NOBODYS, "active": False}
    assert await refusal(shop.owner, "/api/staff/active", nobody) == "not_found"
    foreign = {"Origin": "http://evil.example"}
    with pytest.raises(Refused) as caught:
        await shop.owner.api("POST", "/api/staff/active", last, headers=foreign)
    assert caught.value.code == "session.origin"


async def test_a_clerk_changes_her_own_secret_with_the_present_one(shop):
    staff_id, console = await clerk_console(shop, "小冯")
    async with console:
        path, wanted = "/api/staff/secret", {"staff_id": staff_id, "secret": "518346"}
        assert await refusal(console, path, wanted) == "password.wrong"
        weak = {**wanted, "secret": "111111", "current": "739201"}
        assert await refusal(console, path, weak) == "password.weak"
        await console.api("POST", path, {**wanted, "current": "739201"})
        with pytest.raises(Refused):
            await sign_in(console, staff_id, "739201")
        assert await sign_in(console, staff_id, "518346")
        owners = (await shop.owner.api("GET", "/api/staff/list"))[0]["staff_id"]
        taken_over = {"staff_id": owners, "secret": "518346", "current": "739201"}
        assert await refusal(console, path, taken_over) == "command.denied"


async def test_guessing_the_present_secret_locks_like_signing_in(shop):
    staff_id, console = await clerk_console(shop, "小魏")
    async with console:
        guess = {"staff_id": staff_id, "secret": "518346", "current": "000000"}
        said = [await refusal(console, "/api/staff/secret", guess) for _ in range(9)]
        assert said == ["password.wrong"] * 8 + ["login.locked"]


async def test_the_owner_gives_a_forgetful_clerk_a_new_pin(shop):
    staff_id, console = await clerk_console(shop, "小蒋")
    async with console:
        await shop.owner.api(
            "POST", "/api/staff/secret", {"staff_id": staff_id, "secret": "846105"}
        )
        assert await sign_in(console, staff_id, "846105")
        nobody = {"staff_id": NOBODYS, "secret": "846105"}
        assert await refusal(shop.owner, "/api/staff/secret", nobody) == "not_found"


async def test_everybody_sees_her_consoles_and_the_owner_all_of_them(shop):
    staff_id, console = await clerk_console(shop, "小韩")
    async with console:
        await console.connect()
        (mine,) = await console.api("GET", "/api/staff/devices")
        assert (mine["staff_id"], mine["name"], mine["this"]) == (staff_id, "counter", True)
        assert mine["connected"]
        assert mine["seen_at"] >= mine["created_at"]
        everybodys = await shop.owner.api("GET", "/api/staff/devices")
        assert mine["device_id"] in {each["device_id"] for each in everybodys}
        assert {"小李", "小韩"} <= {each["staff_name"] for each in everybodys}
        assert sum(each["this"] for each in everybodys) == 1
        await shop.owner.connect()
        await shop.owner.command("device.revoke", device_id=mine["device_id"])
        await console.until(lambda: console.closed_with is not None)
        assert console.closed_with == 4001
        left = await shop.owner.api("GET", "/api/staff/devices")
        assert mine["device_id"] not in {each["device_id"] for each in left}
        with pytest.raises(Refused):
            await console.api("GET", "/api/staff/devices")
    async with Reader(shop.base) as nobody:
        with pytest.raises(Refused) as caught:
            await nobody.api("GET", "/api/staff/devices")
        assert caught.value.code == "session.revoked"
