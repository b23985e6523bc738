"""The reader's side of the protocol: bytes in, frames and bytes out."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.wire.client_session import ClientSession, ProtocolViolation, ScopeState, decode
from console.wire.frames import MAX_PAGE_ROWS

WELCOME: dict[str, Any] = {
    "t": "welcome", "epoch": "e", "head": 9, "mark": "m", "reader_kind": "staff", "reader_id": 1,
    "device_id": 1, "scopes": ["shop", "chats/1", "members"], "now": "2026-11-22T08:00:00Z",
}  # fmt: skip


def sent(session: ClientSession) -> list[dict[str, Any]]:
    return [msgspec.json.decode(data) for data in session.data_to_send()]


def feed(session: ClientSession, frame: dict[str, Any]) -> None:
    assert len(session.receive_data(msgspec.json.encode(frame))) == 1


def page(scope: str, after: str = "") -> dict[str, Any]:
    return {"t": "page", "scope": scope, "head": 9, "after": after, "rows": {}}


def test_hello_says_cursor_of_whole_scopes_and_head_of_half_copied_ones() -> None:
    session = ClientSession(
        epoch="e", mark_rev=7, mark="m", confirmed=3,
        scopes={
            "shop": ScopeState(cursor=7, head=2, complete=True),
            "chats/1": ScopeState(cursor=7, head=5, after="2:8"),
            "members": ScopeState(),
        },
    )  # fmt: skip
    (hello,) = sent(session)
    assert hello["cursors"] == {"shop": 7, "chats/1": 5}
    assert (hello["mark_rev"], hello["mark"], hello["confirmed"]) == (7, "m", 3)
    feed(session, WELCOME)
    assert sent(session) == [
        {"t": "page_request", "scope": "chats/1", "head": 5, "after": "2:8", "limit": MAX_PAGE_ROWS}
    ]


def test_one_page_is_asked_for_at_a_time_and_scopes_take_turns() -> None:
    session = ClientSession()
    sent(session)
    feed(session, WELCOME)
    asked = []
    for number in range(12):
        (request,) = sent(session)
        asked.append(request["scope"])
        done = request["scope"] != "chats/1" or number > 8
        feed(session, page(request["scope"], "" if done else f"0:{number}"))
        if session.complete:
            break
    assert asked[:3] == ["shop", "chats/1", "members"]
    assert asked[3:] == ["chats/1"] * 7
    assert session.progress == 1.0


def test_reset_forgets_every_scope_and_copies_anew() -> None:
    session = ClientSession(epoch="old", scopes={"shop": ScopeState(cursor=7, complete=True)})
    sent(session)
    feed(session, {"t": "reset", "reason": "epoch", "epoch": "e"})
    feed(session, WELCOME)
    assert [(f["scope"], f.get("head", 0)) for f in sent(session)] == [("shop", 0)]


def test_asking_too_fast_pauses_until_resumed() -> None:
    session = ClientSession()
    feed(session, WELCOME)
    sent(session)
    feed(session, {"t": "refused", "code": "rate"})
    assert session.paused
    assert sent(session) == []
    session.resume_paging()
    assert [frame["scope"] for frame in sent(session)] == ["shop"]


def test_denied_scope_does_not_keep_the_others_waiting() -> None:
    session = ClientSession()
    feed(session, WELCOME)
    sent(session)
    feed(session, {"t": "refused", "code": "scope.denied"})
    assert [frame["scope"] for frame in sent(session)] == ["chats/1"]


def test_granted_scope_is_paged_and_forgotten_one_is_not() -> None:
    session = ClientSession()
    feed(session, {**WELCOME, "scopes": ["shop"]})
    sent(session)
    feed(session, {"t": "forget", "scope": "shop"})
    feed(session, {"t": "granted", "scope": "trade"})
    assert [frame["scope"] for frame in sent(session)] == ["trade"]
    assert "shop" not in session.scopes


def test_rows_before_the_welcome_break_the_protocol() -> None:
    with pytest.raises(ProtocolViolation):
        ClientSession().receive_data(b'{"t":"changes","rev":1,"mark":"m"}')


def test_frames_of_an_unknown_kind_are_passed_over() -> None:
    assert ClientSession().receive_data(b'{"t":"fireworks","rev":1}') == []


def test_command_keeps_its_bytes() -> None:
    session = ClientSession()
    session.data_to_send()
    body = b'{"b": 1,  "a":"\xe9\xa3\x8e"}'
    session.send_command(4, "message.send", body, confirmed=2)
    (data,) = session.data_to_send()
    assert body in data


@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)))
def test_garbage_is_a_violation_and_nothing_else(data: bytes) -> None:
    try:
        decode(data)
    except ProtocolViolation:
        return
