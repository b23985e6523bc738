"""Rows that no sound relay sends, painted all the same: nothing raises, nothing takes long."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.desk.types import ConversationItem, MessageItem, PhotoItem, QuoteItem
from console.wire.rows import ProductCard
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens

LONG_S = 2.0
EARLY, LATE = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def photo(**fields: Any) -> PhotoItem:
    return PhotoItem(**{"media_id": 1, "width": 4, "height": 3, **fields})


def impression(code: str) -> PhotoItem:
    return photo(blurhash=code)


HASHES = ("风衣\x01", "L", "~" * 5_000, "\"'\\<>&    ", "LEHV6nWB2yk8pyo0adR*.7kCMdnj" * 9)
ODD: dict[str, dict[str, Any]] = {
    "no words": {"body": ""},
    "ten thousand lines": {"body": "行\n" * 10_000},
    "one endless word": {"body": "a" * 60_000},
    "endless emoji": {"body": "👩‍👩‍👧‍👦" * 4_000},
    "a tower of accents": {"body": "e" + "\u0301" * 4_000},
    "turned around": {"body": "\u202e\u2066" * 500 + "txt"},
    "control characters": {"body": "".join(map(chr, range(1, 32))) * 50},
    "markup": {"body": "<img src=x onerror=alert(1)><b>x</b>" * 50},
    "a thousand links": {"body": "https://example.com/a?b=c " * 1_000},
    "unknown kind": {"kind": "hologram", "body": "x"},
    "photo without size": {"kind": "photo", "photos": (photo(width=0, height=0),)},
    "photo below nothing": {"kind": "photo", "photos": (photo(width=-5, height=-9),)},
    "photo as a line": {"kind": "photo", "photos": (photo(width=2**40, height=1),)},
    "photo as a pole": {"kind": "photo", "photos": (photo(width=1, height=2**40),)},
    "broken blurhash": {"kind": "photo", "photos": tuple(map(impression, HASHES))},
    "a thousand photos": {"kind": "photo", "photos": (photo(),) * 1_000},
    "kind photo, no photo": {"kind": "photo"},
    "no name": {"sender_name": "", "sender_kind": "martian"},
    "endless name": {"sender_name": "名" * 5_000, "mine": True},
    "endless quote": {"quote": QuoteItem(id=2**62, seq=1, body="引" * 60_000)},
    "quote of nothing": {"quote": QuoteItem(id=-1)},
    "quote without end": {"quote": QuoteItem(id=1, seq=1, sender_name="名" * 5_000)},
    "voice without sound": {"kind": "voice"},
    "voice of a year": {
        "kind": "voice",
        "photos": (photo(duration_ms=2**40, waveform="zz" * 999),),
    },
    "voice before it began": {"kind": "voice", "photos": (photo(duration_ms=-5, waveform="f"),)},
    "video without size": {
        "kind": "video",
        "photos": (photo(width=0, height=0, mime="video/mp4"),),
    },
    "endless caption": {"kind": "photo", "photos": (photo(caption="字" * 9_000),) * 2},
    "a strip of a hundred": {
        "kind": "photo",
        "layout": "strip",
        "photos": (photo(caption="驼"),) * 100,
    },
    "card of nothing": {"kind": "product", "card": ProductCard(product_id=0, name="")},
    "endless card": {
        "kind": "product",
        "body": "面料\n" * 3_000,
        "card": ProductCard(
            product_id=1,
            name="名" * 5_000,
            price=-5,
            promo_price=2**60,
            picture="../../x",
            sizes=["XL"] * 900,
        ),
    },
    "endless note": {"kind": "note", "mine": True, "sender_name": "名" * 900, "body": "记" * 9_000},
    "never to be sent": {"kind": "scheduled", "mine": True, "due": "waiting", "due_at": LATE},
    "sent before time": {"kind": "scheduled", "mine": True, "due": "missed", "due_at": EARLY},
    "before time": {"at": EARLY},
    "after time": {"at": LATE},
    "read before time": {"mine": True, "read": True, "read_at": EARLY},
    "read after time": {"mine": True, "read": True, "read_at": LATE},
    "unknown failure": {
        "mine": True,
        "state": "failed",
        "failure": "no.such.code",
        "failure_parameters": {"a": 1},
    },
    "progress beyond": {"mine": True, "state": "uploading", "progress": 1e300},
    "placeholder": {"placeholder": True},
    "recalled with words": {"recalled": True, "body": "x"},
}


async def test_odd_messages_are_drawn_and_leave_their_neighbours_alone(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    plain = MessageItem(key="plain", id=1, seq=1, body="你好", at=ago(99), sender_name="陈思敏")
    desk.messages[2] = [
        msgspec.structs.replace(plain, **{"key": key, "id": n, "seq": n, **fields})
        for n, (key, fields) in enumerate({"first": {}, **ODD, "last": {}}.items(), 1)
    ]
    pane = screens.shell(desk, settings=False).inbox.timeline
    began = time.process_time()
    screens.current.inbox.open(2)
    await until(lambda: len(pane.model.items) == len(ODD) + 2)
    for row in range(pane.model.rowCount()):
        pane.list.scrollTo(pane.model.index(row, 0))
        pane.grab()
        pane.model.index(row, 0).data()
    assert [item.key for item in pane.model.items] == ["first", *ODD, "last"]
    assert time.process_time() - began < LONG_S


async def test_odd_conversations_are_drawn_in_the_list(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    odd: list[dict[str, Any]] = [
        {"title": ""}, {"title": "名" * 20_000}, {"title": "\u202e\n\t" * 50},
        {"preview_text": "行\n" * 20_000}, {"preview_kind": "hologram"}, {"tier": "unobtainium"},
        {"unread": 2**53}, {"unread": -1}, {"preview_sender": "martian"},
        {"last_message_at": LATE}, {"last_message_at": EARLY}, {"last_message_at": None},
        {"waiting_since": EARLY}, {"waiting_since": LATE},
        {"waiting_since": ago(0) + timedelta(days=2)}, {"draft_text": "稿" * 20_000},
    ]  # fmt: skip
    for number, fields in enumerate(odd, 1):
        item = ConversationItem(id=number, title="陈思敏", last_message_at=ago(number))
        desk.items[number] = msgspec.structs.replace(item, **fields)
    pane = screens.shell(desk, settings=False).inbox.conversations
    pane.resize(360, 4_000)
    began = time.process_time()
    QTest.mouseClick(pane.chips["all"], Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.rowCount() >= len(odd))
    await until(lambda: screens.current.inbox.tasks.idle)
    pane.grab()
    await until(lambda: screens.current.inbox.tasks.idle)
    pane.grab()
    for row in range(pane.model.rowCount()):
        pane.model.index(row, 0).data()
    assert time.process_time() - began < LONG_S


@pytest.mark.qt_log_ignore("QPainter::end: Painter ended with")
async def test_an_error_while_drawing_does_not_end_the_program(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.messages[2] = [MessageItem(key="plain", id=1, seq=1, body="你好", at=ago(9))]
    pane = screens.shell(desk, settings=False).inbox.timeline
    screens.current.inbox.open(2)
    await until(lambda: pane.model.rowCount() > 0)
    sound = pane.delegate.paint

    def broken(painter: QPainter, *_rest: object) -> None:
        painter.save()
        raise RuntimeError

    pane.delegate.paint = broken  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        pane.grab()
    pane.delegate.paint = sound  # type: ignore[method-assign]
    assert not pane.grab().isNull()


async def test_a_name_that_is_markup_stands_in_every_tooltip_as_it_is_written(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    evil = '<img src="//203.0.113.9/a.png">'
    desk.items[1] = msgspec.structs.replace(desk.items[1], title=evil)
    desk.panels[1] = msgspec.structs.replace(
        desk.panels[1], name=evil, tags=(evil[:20],), created_at=None, joined_at=None,
        asked=tuple(msgspec.structs.replace(one, name=evil) for one in desk.panels[1].asked),
    )  # fmt: skip
    shell = screens.shell(desk, settings=False)
    await until(lambda: shell.inbox.conversations.model.rowCount() > 0)
    shell.inbox.open(1)

    def tips() -> list[str]:
        return [tip for each in shell.findChildren(QWidget) if "img" in (tip := each.toolTip())]

    await until(lambda: len(tips()) >= 3)
    for tip in tips():
        shown = QTextDocument()
        shown.setHtml(tip)
        assert "<img src=" in shown.toPlainText(), "shown as letters, and no picture is asked for"
