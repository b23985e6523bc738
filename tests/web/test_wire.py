"""The page's session by itself: frames in, rows and requests out, in the browser's engine."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.web.conftest import PhoneMaker

PLAY = """async ({ saved, frames }) => {
    const { Session } = await import("/static/wire.js");
    const session = new Session(saved && saved.sync, saved && saved.rows);
    const sent = [session.hello(0)];
    const batches = [];
    for (const frame of frames) {
        const outcome = session.receive(frame);
        sent.push(...outcome.frames);
        if (outcome.batch) batches.push(JSON.parse(JSON.stringify(outcome.batch)));
    }
    const messages = session.rows("message").sort((a, b) => a.id - b.id);
    return { sent, messages, batches, sync: session.sync, more: session.more("chat/5") };
}"""
WELCOME = {
    "t": "welcome", "epoch": "e1", "head": 10, "mark": "m10", "scopes": ["self/2", "chat/5"],
    "now": "2026-11-22T08:00:00Z",
}  # fmt: skip


def message(n: int, rev: int, **more: Any) -> dict[str, Any]:
    """Message ``n`` of conversation 5."""
    return {"id": n, "rev": rev, "seq": n, "client_id": f"c{n}", "conversation_id": 5, **more}


def page_frame(after: str, *rows: dict[str, Any], head: int = 10) -> dict[str, Any]:
    """A page of the conversation."""
    return {"t": "page", "scope": "chat/5", "head": head, "after": after, "rows": {"message": rows}}


def changes(rev: int, *rows: dict[str, Any]) -> dict[str, Any]:
    """A live change of the conversation."""
    part = {"rev": rev, "rows": {"message": rows}}
    return {"t": "changes", "rev": rev, "mark": f"m{rev}", "scopes": {"chat/5": part}}


@pytest.fixture
def engine(phone: PhoneMaker) -> Page:
    """A page that can load the module."""
    return phone().visit()


def play(engine: Page, *frames: dict[str, Any], saved: Any = None) -> dict[str, Any]:
    """Feed frames to a fresh session (or one saved before) and tell what became of it."""
    return dict(engine.evaluate(PLAY, {"saved": saved, "frames": list(frames)}))


def test_a_new_phone_pages_all_its_scopes(engine: Page) -> None:
    sent = play(engine, WELCOME)["sent"]
    assert sent[0]["cursors"] == {}
    assert [(f["t"], f["scope"], f["head"]) for f in sent[1:]] == [
        ("page_request", "self/2", 0), ("page_request", "chat/5", 0),
    ]  # fmt: skip


def test_an_older_row_never_overwrites_a_newer_one(engine: Page) -> None:
    new, old = message(1, 12, body="new"), message(1, 9, body="old")
    for frames in (
        [changes(12, new), page_frame("", old)],
        [page_frame("", old), changes(12, new)],
    ):
        assert [m["body"] for m in play(engine, WELCOME, *frames)["messages"]] == ["new"]


def test_a_change_that_overtakes_the_first_page_promises_nothing(engine: Page) -> None:
    result = play(engine, WELCOME, changes(12, message(3, 12)))
    assert "chat/5" not in result["sync"]["cursors"]
    result = play(engine, WELCOME, changes(12, message(3, 12)), page_frame("", message(1, 4)))
    assert result["sync"]["cursors"]["chat/5"] == 12


def test_paging_stops_after_the_newest_and_goes_on_where_it_was(engine: Page) -> None:
    first = play(engine, WELCOME, page_frame("k7", message(9, 9), message(8, 8)))
    assert len([f for f in first["sent"] if f.get("scope") == "chat/5"]) == 1
    assert first["more"] == {
        "t": "page_request", "scope": "chat/5", "head": 10, "after": "k7", "limit": 500,
    }  # fmt: skip
    rows = [{"table": "message", "scope": "chat/5", "row": row} for row in first["messages"]]
    saved = {"sync": first["sync"], "rows": rows}
    again = play(engine, {**WELCOME, "head": 20}, saved=saved)
    assert again["sent"][0]["cursors"] == {"chat/5": 10}
    assert again["more"]["after"] == "k7"


def test_reset_drops_the_old_history_whole(engine: Page) -> None:
    result = play(
        engine, WELCOME, page_frame("", message(1, 4)),
        {"t": "reset", "reason": "epoch", "epoch": "e2"}, {**WELCOME, "epoch": "e2"},
    )  # fmt: skip
    assert result["messages"] == []
    assert result["batches"][-2]["reset"] is True
    assert result["sync"]["epoch"] == "e2"
    assert [f["scope"] for f in result["sent"][-2:]] == ["self/2", "chat/5"]


def test_forget_takes_the_rows_of_that_scope_and_no_other(engine: Page) -> None:
    own = {"t": "page", "scope": "self/2", "head": 10, "rows": {"member": [{"id": 2, "rev": 3}]}}
    frames = [WELCOME, own, page_frame("", message(1, 4)), {"t": "forget", "scope": "chat/5"}]
    result = play(engine, *frames)
    assert result["messages"] == []
    assert result["batches"][-1]["drop"] == [["message", 1]]
    assert list(result["sync"]["cursors"]) == ["self/2"]


def test_frames_it_does_not_know_are_ignored(engine: Page) -> None:
    assert play(engine, {"t": "tomorrow"}, WELCOME)["sync"]["epoch"] == "e1"
