"""The item models: consistent by Qt's own check, moving rows instead of resetting."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel

from console import roles
from console.desk.types import Changed, MessageItem
from console.models.conversation_model import ConversationModel
from console.models.message_model import MOST, PAGE, MessageModel
from console.ui.row_view import RowView
from tests.gui.memory_desk import MemoryDesk, ago


class Spawner:
    """Keeps tasks of a model until they end."""

    def __init__(self) -> None:
        self.tasks: set[asyncio.Task[Any]] = set()

    def __call__(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def idle(self) -> None:
        while self.tasks:
            with contextlib.suppress(OSError):
                await asyncio.gather(*list(self.tasks))


@pytest.fixture
def spawn() -> Spawner:
    return Spawner()


def long_talk(count: int) -> MemoryDesk:
    desk = MemoryDesk(1)
    desk.messages[1] = [
        MessageItem(key=f"k{n}", id=n, seq=n, body=f"第 {n} 句", at=ago(9000 - n), sender_name="她")
        for n in range(1, count + 1)
    ]
    return desk


async def test_conversation_model_passes_qts_check(
    qtmodeltester: Any, spawn: Spawner, desk: MemoryDesk
) -> None:
    model = ConversationModel(desk, spawn)
    qtmodeltester.check(model)
    model.show("all")
    await spawn.idle()
    desk.items[3] = msgspec.structs.replace(desk.items[3], last_message_at=ago(0))
    del desk.items[8]
    model.apply(Changed(conversations=frozenset({3, 8})))
    await spawn.idle()
    assert model.id_at(0) == 3
    assert model.row_of(8) == -1
    qtmodeltester.check(model, force_py=True)


async def test_message_model_passes_qts_check(qtmodeltester: Any, spawn: Spawner) -> None:
    desk = long_talk(200)
    model = MessageModel(desk, spawn)
    qtmodeltester.check(model)
    model.open(1)
    await spawn.idle()
    model.load_older()
    await spawn.idle()
    desk.arrive(1, "新的一句")
    model.refresh()
    await spawn.idle()
    assert model.items[-1].body == "新的一句"
    qtmodeltester.check(model, force_py=True)


async def test_a_conversation_that_rises_keeps_its_selection(
    spawn: Spawner, desk: MemoryDesk
) -> None:
    model = ConversationModel(desk, spawn)
    model.show("all")
    await spawn.idle()
    held = QPersistentModelIndex(model.index(model.row_of(6), 0))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    desk.arrive(6, "还有吗")
    model.apply(Changed(conversations=frozenset({6})))
    await spawn.idle()
    assert held.row() == 0
    model.index(0, 0).data(roles.ITEM)
    await spawn.idle()
    assert model.index(0, 0).data(roles.ITEM).preview_text == "还有吗"
    assert not resets


@pytest.mark.parametrize("row", [3_000, 9_000])
async def test_one_that_rises_in_a_long_list_is_one_moved_row(spawn: Spawner, row: int) -> None:
    desk = MemoryDesk(20_000)
    model = ConversationModel(desk, spawn)
    model.show("all")
    await spawn.idle()
    told: list[str] = []
    model.rowsMoved.connect(lambda *_: told.append("moved"))
    model.layoutChanged.connect(lambda *_: told.append("arranged anew"))
    number = model.id_at(row)
    desk.arrive(number, "还有吗")
    model.apply(Changed(conversations=frozenset({number})))
    await spawn.idle()
    assert model.row_of(number) == 0
    assert model.id_at(0) == number
    assert all(model.row_of(model.id_at(row)) == row for row in range(model.rowCount()))
    assert told == ["moved"]


async def test_a_list_whose_first_rows_are_in_quite_another_order_is_arranged_anew(
    spawn: Spawner,
) -> None:
    desk = MemoryDesk(6_000)
    model = ConversationModel(desk, spawn)
    model.show("all")
    await spawn.idle()
    held = QPersistentModelIndex(model.index(40, 0))
    number, risen = model.id_at(40), [model.id_at(row) for row in range(0, 200, 2)]
    for each in reversed(risen):
        desk.arrive(each, "还有吗")
    model.apply(Changed(conversations=frozenset(risen)))
    await spawn.idle()
    assert set(map(model.id_at, range(100))) == set(risen)
    assert held.row() == model.row_of(number)
    assert all(model.row_of(model.id_at(row)) == row for row in range(model.rowCount()))


async def test_a_row_that_rises_and_has_more_to_say_takes_its_height_along(
    spawn: Spawner, qtbot: Any
) -> None:
    desk = MemoryDesk(2_000)
    model = ConversationModel(desk, spawn)
    model.show("all")
    await spawn.idle()
    view = RowView(lambda first, last, _width: model.heights(first, last, 10, 15))
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(300, 200)
    view.show()
    number = next(i.id for i in desk.items.values() if i.waiting_since is None)
    desk.arrive(number, "还有吗")
    model.apply(Changed(conversations=frozenset({number})))
    await spawn.idle()
    heights = [view.visualRect(model.index(row, 0)).height() for row in range(model.rowCount())]
    assert heights == model.heights(0, model.rowCount(), 10, 15)
    assert heights[model.row_of(number)] == 15
    assert view.total_height() == sum(heights)


@pytest.mark.parametrize(("source", "before"), [(7, 2), (2, 8), (0, 10), (9, 0), (4, 6)])
def test_rows_of_a_list_keep_their_heights_when_one_moves(
    qtbot: Any, source: int, before: int
) -> None:
    model = QStringListModel([str(10 + row) for row in range(10)])
    rows = lambda first, last: [model.index(row, 0).data() for row in range(first, last)]  # noqa: E731
    view = RowView(lambda first, last, _width: [int(text) for text in rows(first, last)])
    qtbot.addWidget(view)
    view.setModel(model)
    assert model.moveRow(QModelIndex(), source, QModelIndex(), before)
    wanted = [int(text) for text in rows(0, 10)]
    assert [view.visualRect(model.index(row, 0)).height() for row in range(10)] == wanted
    assert view.visualRect(model.index(9, 0)).bottom() + 1 == sum(wanted)


async def test_only_rows_that_are_looked_at_are_fetched(spawn: Spawner) -> None:
    model = ConversationModel(MemoryDesk(100_000), spawn)
    model.show("all")
    await spawn.idle()
    assert model.rowCount() == 100_000
    assert model.index(70_000, 0).data(roles.ITEM) is None
    await spawn.idle()
    assert model.index(70_000, 0).data(roles.ITEM).id == model.id_at(70_000)
    assert len(model._items) < 500


async def test_a_list_that_cannot_be_read_says_so(spawn: Spawner, desk: MemoryDesk) -> None:
    desk.broken.add("conversation_ids")
    model = ConversationModel(desk, spawn)
    failures: list[int] = []
    model.failed.connect(lambda: failures.append(1))
    model.refresh()
    await spawn.idle()
    assert failures == [1]
    desk.broken.clear()
    model.refresh()
    await spawn.idle()
    assert model.rowCount() == 4


async def test_the_window_lets_go_of_what_is_far_and_comes_back(spawn: Spawner) -> None:
    model = MessageModel(long_talk(1000), spawn)
    model.open(1)
    await spawn.idle()
    for _ in range(12):
        model.load_older()
        await spawn.idle()
    assert len(model.items) == MOST
    assert model.has_newer
    first = model.items[0].seq
    assert [item.seq for item in model.items] == list(range(first, first + MOST))
    while model.has_newer:
        model.load_newer()
        await spawn.idle()
    assert model.items[-1].seq == 1000
    seqs = [item.seq for item in model.items]
    assert seqs == list(range(seqs[0], 1001))


async def test_the_unread_divider_stands_before_the_first_unread(
    spawn: Spawner, desk: MemoryDesk
) -> None:
    model = MessageModel(desk, spawn)
    model.open(1)
    await spawn.idle()
    row = model.unread_row()
    assert model.index(row + 1, 0).data(roles.ITEM).seq == 6
    days = {item.at.astimezone().date() for item in model.items}
    assert model.rowCount() == len(model.items) + len(days) + 1  # and the divider


async def test_an_open_conversation_reads_no_more_than_a_page(spawn: Spawner) -> None:
    model = MessageModel(long_talk(500), spawn)
    model.open(1)
    await spawn.idle()
    assert len(model.items) == PAGE
    assert model.index(0, 0).data(roles.LINE) == roles.LINE_OLDER
