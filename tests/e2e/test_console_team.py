"""A real desk at a real relay: inviting, colleagues, and who looked at whom."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from console.desk.accounts import AccountsDesk
from console.desk.open import Desk, open_desk
from console.relay import process
from console.relay.backups import DATABASE
from console.sync.http import Offline
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import synced, until
from tests.helpers.reader import Reader


@pytest.fixture
async def desk(relay_process: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    """The owner's desk, level with the relay."""
    accounts = AccountsDesk(tmp_path / "home", relay_process.base, relay_process.info.secret)
    try:
        owner = await accounts.setup("时光衣橱", "小李", "2468-1357", 600, 1290)
    finally:
        await accounts.close()
    opened = await open_desk(tmp_path / "home", relay_process.base, owner)
    try:
        await synced(opened)
        yield opened
    finally:
        await opened.close()


async def guest(relay: RelayProcess, name: str = "王芳") -> int:
    async with Reader(relay.base) as phone:
        return int((await phone.join(name, "13812346021"))["member_id"])


async def known(desk: Desk, member_id: int) -> None:
    async def is_here() -> bool:
        return await desk.inbox.panel(member_id) is not None

    await until(is_here)


async def test_a_link_from_the_desk_makes_another_phone_hers_and_proves_her_number(
    desk: Desk, relay_process: RelayProcess
) -> None:
    member_id = await guest(relay_process)
    await known(desk, member_id)
    invite = await desk.inbox.invite(member_id)
    assert invite is not None
    parts = urlsplit(invite.url)
    assert (parts.scheme, parts.port) == ("http", relay_process.info.port)
    async with Reader(relay_process.base) as other:
        token = parse_qs(parts.query)["i"][0]
        joined = await other.join("随便", "13900001111", invite=token)
        assert (joined["member_id"], joined["state"]) == (member_id, "confirmed")

    async def is_confirmed() -> bool:
        panel = await desk.inbox.panel(member_id)
        return panel is not None and panel.state == "confirmed"

    await until(is_confirmed)


async def test_the_shops_own_address_stands_in_the_link(
    desk: Desk, relay_process: RelayProcess
) -> None:
    member_id = await guest(relay_process)
    await desk.shop.save_address("https://shop.example")

    async def is_saved() -> bool:
        facts = await desk.shop.facts()
        sent = desk.inbox.link.queued == 0
        return facts is not None and facts.address == "https://shop.example" and sent

    await until(is_saved)
    invite = await desk.inbox.invite(member_id)
    assert invite is not None
    assert invite.url.startswith("https://shop.example/?i=")
    assert invite.at_home


async def test_offline_there_is_no_link_and_nothing_waits_to_make_one(
    desk: Desk, relay_process: RelayProcess
) -> None:
    member_id = await guest(relay_process)
    await asyncio.to_thread(relay_process.stop)

    async def is_off() -> bool:
        return not desk.station.link.is_up

    await until(is_off)
    assert await desk.inbox.invite(member_id) is None
    with pytest.raises(Offline):
        await desk.team.sign_out(1)
    assert desk.station.outbox.entries == ()


async def test_colleagues_come_with_the_feed_and_their_consoles_when_asked(
    desk: Desk, relay_process: RelayProcess
) -> None:
    await desk.team.add("露露", "clerk", "739201")

    async def are_there() -> bool:
        return [each.name for each in await desk.team.people()] == ["小李", "露露"]

    await until(are_there)
    clerk = (await desk.team.people())[1]
    async with Reader(relay_process.base) as console:
        answer = await console.api(
            "POST", "/api/staff/login", {"staff": clerk.staff_id, "secret": "739201"},
            headers={"Origin": ""},
        )  # fmt: skip
        console.bearer = answer["device_token"]
        consoles = await desk.team.consoles()
        assert [(each.staff_name, each.this) for each in consoles] == [
            ("小李", True), ("露露", False),
        ]  # fmt: skip
        await desk.team.set_active(clerk.staff_id, active=False)
        assert len(await desk.team.consoles()) == 1

    async def is_out() -> bool:
        return not (await desk.team.people())[1].active

    await until(is_out)
    with pytest.raises(Refusal) as wrong:
        await desk.team.set_secret(desk.team.me.staff_id, "846105-7", "guess")
    assert (wrong.value.code, wrong.value.field) == (Code.PASSWORD_WRONG, "current")
    await desk.team.set_secret(desk.team.me.staff_id, "846105-7", "2468-1357")


async def test_who_looked_offline_is_in_the_operation_log_once_the_line_is_back(
    desk: Desk, relay_process: RelayProcess
) -> None:
    member_id = await guest(relay_process)
    await known(desk, member_id)
    await asyncio.to_thread(relay_process.stop)
    await desk.inbox.report_look(member_id)
    await desk.inbox.report_look(member_id)
    await desk.exports.record("campaign 7 report xlsx")
    assert [waiting.lane for waiting in desk.station.outbox.entries] == ["access", "access"]
    await asyncio.to_thread(
        process.start_background, relay_process.folder,
        port=relay_process.info.port, host="127.0.0.1",
    )  # fmt: skip
    desk.wake()
    await synced(desk)
    database = relay_process.folder / DATABASE
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        lines = connection.execute(
            "SELECT actor, what, subject_id, detail FROM audit WHERE what LIKE 'access.%'"
        ).fetchall()
    actor = f"staff:{desk.team.me.staff_id}"
    assert lines == [
        (actor, "access.open", member_id, ""),
        (actor, "access.export", 0, "campaign 7 report xlsx"),
    ]
