"""Joining, confirming, erasing, accounts, devices, grants and the operation log."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from console.relay.actor import RELAY
from console.relay.handlers.audit import first_broken_line
from console.relay.internal import SeeDevice
from console.relay.tokens import plain_code, token_hash
from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.helpers.relay_kit import add_stock, new_console, new_member, text
from tests.unit.relay.shop import Shop


def joining(**fields: object) -> commands.JoinMember:
    values: dict[str, object] = {
        "phone": "13912340000",
        "display_name": "晓雯",
        "privacy_hash": "p",
        "token_hash": "t",
    }
    return commands.JoinMember(**{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"phone": "123"}, Code.JOIN_PHONE),
        ({"display_name": " "}, Code.JOIN_NAME),
        ({"birthday": "02-30"}, Code.JOIN_BIRTHDAY),
        ({"privacy_hash": ""}, Code.JOIN_CONSENT),
        ({"invite": "made up"}, Code.JOIN_INVITE),
    ],
)
async def test_joining_needs_sound_facts(shop: Shop, fields: dict[str, str], code: Code) -> None:
    assert await shop.refused(RELAY, joining(**fields)) is code


async def test_joining_twice_with_one_token_is_joining_once(shop: Shop) -> None:
    first = await shop.core.call(RELAY, joining())
    assert await shop.core.call(RELAY, joining()) == first
    assert first["state"] == "guest"


async def test_consent_for_marketing_is_separate_and_recorded(shop: Shop) -> None:
    made = await shop.core.call(RELAY, joining(marketing=True, marketing_hash="m"))
    lines = shop.rows(
        "select purpose, granted, text_hash from consent where member_id = ?", made["member_id"]
    )
    assert lines == [
        {"purpose": "privacy", "granted": 1, "text_hash": "p"},
        {"purpose": "marketing", "granted": 1, "text_hash": "m"},
    ]
    unticked = await shop.core.call(RELAY, joining(token_hash="other"))
    assert shop.rows("select purpose from consent where member_id = ?", unticked["member_id"]) == [
        {"purpose": "privacy"}
    ]


async def test_a_claimed_number_shows_nothing_that_was_there_before(shop: Shop) -> None:
    phone = shop.rows("select phone from member where id = ?", shop.anna.id)[0]["phone"]
    guest = await new_member(shop.core, phone=phone)
    assert guest.id != shop.anna.id
    assert set(guest.scopes) == {f"self/{guest.id}", f"chat/{guest.conversation_id}"}
    assert await shop.refused(guest, text(shop.anna.conversation_id)) is Code.NOT_FOUND


async def test_an_invite_confirms_once(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=shop.anna.id))
    made = await shop.core.call(shop.clerk, commands.CreateInvite(member_id=shop.anna.id))
    first = await shop.core.call(RELAY, joining(invite=made["token"]))
    assert (first["member_id"], first["state"]) == (shop.anna.id, "confirmed")
    again = joining(invite=made["token"], token_hash="other")
    assert await shop.refused(RELAY, again) is Code.JOIN_INVITE


async def test_an_invite_ends(shop: Shop) -> None:
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=shop.anna.id))
    made = await shop.core.call(shop.clerk, commands.CreateInvite(member_id=shop.anna.id))
    shop.clock.advance(31 * 86_400)
    assert await shop.refused(RELAY, joining(invite=made["token"])) is Code.JOIN_INVITE


async def test_a_guest_who_opens_her_invite_has_proven_her_number(shop: Shop) -> None:
    made = await shop.core.call(shop.clerk, commands.CreateInvite(member_id=shop.anna.id))
    assert made["expires_s"] == 30 * 86_400
    joined = await shop.core.call(RELAY, joining(invite=made["token"]))
    assert (joined["member_id"], joined["state"]) == (shop.anna.id, "confirmed")


async def test_an_invited_guest_becomes_the_known_member_of_that_number(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    await shop.core.call(guest, text(guest.conversation_id, "是我"))
    made = await shop.core.call(shop.clerk, commands.CreateInvite(member_id=guest.id))
    joined = await shop.core.call(RELAY, joining(invite=made["token"]))
    assert (joined["member_id"], joined["state"]) == (shop.anna.id, "confirmed")
    assert joined["conversation_id"] == shop.anna.conversation_id
    moved = shop.rows("select body from message where conversation_id = ?",
                      shop.anna.conversation_id)  # fmt: skip
    assert moved == [{"body": "是我"}]
    lines = shop.rows("select actor, detail from audit where what = 'member.confirm'")
    assert lines[-1] == {"actor": "relay:0", "detail": "invite"}


async def test_an_invite_follows_a_guest_who_was_taken_in_meanwhile(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    made = await shop.core.call(shop.clerk, commands.CreateInvite(member_id=guest.id))
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    joined = await shop.core.call(RELAY, joining(invite=made["token"]))
    assert joined["member_id"] == shop.anna.id


async def test_the_invite_of_somebody_erased_opens_nothing(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    made = await shop.core.call(shop.clerk, commands.CreateInvite(member_id=guest.id))
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.anna.id))
    assert await shop.refused(RELAY, joining(invite=made["token"])) is Code.JOIN_INVITE


# --- confirming -------------------------------------------------------------------------------


async def known_and_guest(shop: Shop):  # type: ignore[no-untyped-def]
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=shop.anna.id))
    phone = shop.rows("select phone from member where id = ?", shop.anna.id)[0]["phone"]
    return await new_member(shop.core, phone=phone, name="晓雯")


async def test_the_known_member_takes_the_guest_in(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    await shop.core.call(shop.anna, text(shop.anna.conversation_id, "旧的"))
    for body in ("新一", "新二"):
        await shop.core.call(guest, text(guest.conversation_id, body))
    made = await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    assert made == {"member_id": shop.anna.id, "conversation_id": shop.anna.conversation_id}
    assert shop.rows("select seq, body, sender_id from message order by seq") == [
        {"seq": 1, "body": "旧的", "sender_id": shop.anna.id},
        {"seq": 2, "body": "新一", "sender_id": shop.anna.id},
        {"seq": 3, "body": "新二", "sender_id": shop.anna.id},
    ]
    merged = shop.rows("select state, merged_into, phone from member where id = ?", guest.id)
    assert merged == [{"state": "merged", "merged_into": shop.anna.id, "phone": ""}]
    assert shop.rows("select * from conversation where id = ?", guest.conversation_id) == []
    found = shop.conversation(shop.anna)
    assert (found["last_seq"], found["preview_text"]) == (3, "新二")


async def test_the_guests_phone_goes_on_as_the_known_member(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    known = await shop.core.identity_of_device(guest.device_id)
    assert known is not None
    assert known.actor.id == shop.anna.id
    assert set(known.actor.scopes) == set(shop.anna.scopes)
    await shop.core.call(guest, text(shop.anna.conversation_id))


async def test_the_newest_word_about_marketing_wins(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    shop.clock.advance(-86_400)
    await shop.core.call(guest, text(guest.conversation_id, "退订"))
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    assert shop.rows("select marketing from member where id = ?", shop.anna.id) == [
        {"marketing": 0}
    ]


async def test_confirming_twice_or_the_merged_is_refused(shop: Shop) -> None:
    guest = await known_and_guest(shop)
    confirm = commands.ConfirmMember(member_id=guest.id)
    await shop.core.call(shop.clerk, confirm)
    assert await shop.refused(shop.clerk, confirm) is Code.MEMBER_MERGED
    again = commands.ConfirmMember(member_id=shop.anna.id)
    assert await shop.refused(shop.clerk, again) is Code.CONFLICT


# --- erasing ----------------------------------------------------------------------------------


async def test_erasing_leaves_ids_only(shop: Shop) -> None:
    await add_stock(shop.core)
    thread = shop.anna.conversation_id
    await shop.core.call(shop.anna, text(thread, "我的话"))
    await shop.core.call(shop.clerk, commands.SaveDraft(conversation_id=thread, body="草稿"))
    await shop.core.call(shop.clerk, commands.RecordVisit(member_id=shop.anna.id))
    await shop.core.call(shop.anna, commands.AskHold(client_id="h", variant_id=1, quantity=2))
    await shop.core.call(shop.clerk, commands.ConfirmHold(client_id="h"))
    await shop.core.call(shop.anna, commands.EraseMember(member_id=shop.anna.id))
    member = shop.rows("select * from member where id = ?", shop.anna.id)[0]
    assert (member["state"], member["name"], member["phone"]) == ("erased", "", "")
    for table in ("message", "draft", "visit", "hold"):
        assert shop.rows(f"select * from {table}") == [], table
    assert shop.rows("select held from variant") == [{"held": 0}]
    bea = shop.rows("select state from member where id = ?", shop.bea.id)
    assert bea == [{"state": "guest"}]


async def test_a_member_erases_nobody_but_herself(shop: Shop) -> None:
    erase = commands.EraseMember(member_id=shop.bea.id)
    assert await shop.refused(shop.anna, erase) is Code.COMMAND_DENIED
    states = shop.rows("select state from member")
    assert [row["state"] for row in states] == ["guest", "guest"]


async def test_the_erased_are_shut_out(shop: Shop) -> None:
    await shop.core.call(shop.owner, commands.EraseMember(member_id=shop.anna.id))
    assert await shop.core.identity_of_device(shop.anna.device_id) is None
    code = await shop.refused(shop.anna, text(shop.anna.conversation_id))
    assert code is Code.SESSION_REVOKED


async def test_only_an_owner_erases_others(shop: Shop) -> None:
    erase = commands.EraseMember(member_id=shop.anna.id)
    assert await shop.refused(shop.clerk, erase) is Code.COMMAND_DENIED


# --- accounts, devices, grants ------------------------------------------------------------------


async def test_commands_need_the_right_kind_of_sender(shop: Shop) -> None:
    assert (
        await shop.refused(
            shop.anna, commands.SetGrant(staff_id=shop.clerk.id, scope="members", granted=True)
        )
        is Code.COMMAND_DENIED
    )
    assert (
        await shop.refused(shop.clerk, commands.UpdateShop(display_name="x")) is Code.COMMAND_DENIED
    )
    assert await shop.refused(shop.anna, joining()) is Code.COMMAND_DENIED


async def test_a_pair_code_works_once_and_ends(shop: Shop) -> None:
    def device(token: str, code: str) -> commands.CreateDevice:
        return commands.CreateDevice(
            staff_id=shop.clerk.id, token_hash=token, pair_code_hash=token_hash(plain_code(code))
        )

    made = await shop.core.call(shop.clerk, commands.CreatePairCode())
    await shop.core.call(RELAY, device("a", made["code"]))
    assert await shop.refused(RELAY, device("b", made["code"])) is Code.PAIR_CODE
    made = await shop.core.call(shop.clerk, commands.CreatePairCode())
    shop.clock.advance(601)
    assert await shop.refused(RELAY, device("c", made["code"])) is Code.PAIR_CODE


async def test_secrets_are_answered_once_and_never_stored(shop: Shop) -> None:
    first = await shop.core.submit(shop.clerk, 1, "device.pair_code", b"{}")
    again = await shop.core.submit(shop.clerk, 1, "device.pair_code", b"{}")
    assert first.result["code"]
    assert (again.refusal, again.result) == (None, None)
    stored = shop.rows("select answer from command")[0]["answer"]
    assert first.result["code"].encode() not in stored


async def test_revoking_works_at_once(shop: Shop) -> None:
    second = await new_console(shop.core, shop.clerk.id)
    revoke = commands.RevokeDevice(device_id=second.device_id)
    assert await shop.refused(await other_clerk(shop), revoke) is Code.NOT_FOUND
    later = text(shop.anna.conversation_id)
    answers = await asyncio.gather(
        shop.core.call(shop.clerk, revoke), shop.core.call(second, later), return_exceptions=True
    )
    assert isinstance(answers[1], Refusal)
    assert answers[1].code is Code.SESSION_REVOKED


async def other_clerk(shop: Shop):  # type: ignore[no-untyped-def]
    made = await shop.core.call(RELAY, commands.CreateStaff(display_name="小王"))
    return await new_console(shop.core, made["staff_id"])


@pytest.mark.parametrize("scope", [
    "chats/9", "drafts/1", "self/1", "chat/1", "x", "chats/x", "chats/01", "drafts/02", "chats/0",
])  # fmt: skip
async def test_only_staff_scopes_that_exist_are_granted(shop: Shop, scope: str) -> None:
    grant = commands.SetGrant(staff_id=shop.clerk.id, scope=scope, granted=True)
    assert await shop.refused(shop.owner, grant) is Code.COMMAND_INVALID


async def test_revealing_needs_a_reason(shop: Shop) -> None:
    look = commands.ReportLook(what="reveal", member_id=shop.anna.id)
    assert await shop.refused(shop.clerk, look) is Code.COMMAND_INVALID


async def test_the_operation_log_shows_every_change_to_it(shop: Shop) -> None:
    for reason in ("退货", "换货", "取货"):
        await shop.core.call(shop.clerk, commands.ReportLook(
            what="reveal", member_id=shop.anna.id, reason=reason))  # fmt: skip
    assert await shop.core.read(first_broken_line) is None
    lines = shop.rows("select id from audit order by id")
    with closing(sqlite3.connect(shop.path)) as connection, connection:
        connection.execute("update audit set detail = '' where id = ?", (lines[-2]["id"],))
    assert await shop.core.read(first_broken_line) == lines[-2]["id"]
    with closing(sqlite3.connect(shop.path)) as connection, connection:
        connection.execute("delete from audit where id = ?", (lines[-2]["id"],))
    assert await shop.core.read(first_broken_line) == lines[-1]["id"]


# --- colleagues -------------------------------------------------------------------------------


async def test_a_deactivated_colleague_is_out_at_once_and_may_come_back(
    shop: Shop, lines: Any
) -> None:
    line = lines(shop.clerk)
    await line.hello()
    shut_out = commands.SetStaffActive(staff_id=shop.clerk.id, active=False)
    await shop.core.call(shop.owner, shut_out)
    await line.transport.until(lambda: line.transport.close_code)
    assert line.transport.close_code == 4001
    late = text(shop.anna.conversation_id)
    with pytest.raises(Refusal) as caught:
        await shop.core.call(shop.clerk, late)
    assert caught.value.code is Code.SESSION_REVOKED
    device = commands.CreateDevice(staff_id=shop.clerk.id, token_hash="later")
    assert await shop.refused(RELAY, device) is Code.NOT_FOUND
    await shop.core.call(shop.owner, commands.SetStaffActive(staff_id=shop.clerk.id, active=True))
    back = await new_console(shop.core, shop.clerk.id)
    assert set(back.scopes) == set(shop.clerk.scopes)
    done = shop.rows("select actor, what, subject_id from audit where what like 'staff.%activate'")
    assert [(line["actor"], line["what"], line["subject_id"]) for line in done] == [
        (shop.owner.label, "staff.deactivate", shop.clerk.id),
        (shop.owner.label, "staff.activate", shop.clerk.id),
    ]


async def test_the_last_owner_stays_and_a_clerk_shuts_out_nobody(shop: Shop) -> None:
    last = commands.SetStaffActive(staff_id=shop.owner.id, active=False)
    assert await shop.refused(shop.owner, last) is Code.STAFF_LAST_OWNER
    assert await shop.refused(shop.clerk, last) is Code.COMMAND_DENIED
    nobody = commands.SetStaffActive(staff_id=999, active=False)
    assert await shop.refused(shop.owner, nobody) is Code.NOT_FOUND
    await shop.core.call(
        RELAY, commands.CreateStaff(display_name="小赵", role="owner", asked_by=shop.owner.id)
    )
    await shop.core.call(shop.owner, last)
    who = shop.rows("select actor from audit where what = 'staff.create' order by id desc limit 1")
    assert who == [{"actor": shop.owner.label}]


async def test_deactivating_twice_writes_once(shop: Shop) -> None:
    shut_out = commands.SetStaffActive(staff_id=shop.clerk.id, active=False)
    await shop.core.call(shop.owner, shut_out)
    head = shop.core.head
    await shop.core.call(shop.owner, shut_out)
    assert shop.core.head == head


async def test_no_staff_sends_the_hash_of_a_secret(shop: Shop) -> None:
    change = commands.SetStaffSecret(staff_id=shop.clerk.id, secret_hash="made elsewhere")
    assert await shop.refused(shop.owner, change) is Code.COMMAND_DENIED


async def test_when_a_console_was_there_needs_no_revision(shop: Shop) -> None:
    head = shop.core.head
    await shop.core.call(RELAY, SeeDevice(device_id=shop.clerk.device_id))
    assert shop.core.head == head
    seen = shop.rows("select seen_at from device where id = ?", shop.clerk.device_id)
    assert seen[0]["seen_at"] == round(shop.clock.now().timestamp() * 1000)
