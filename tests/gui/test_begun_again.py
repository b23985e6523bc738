"""What was begun is there again when the program opens, however it ended: real everything."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console import config
from console.app import Program
from console.desk.accounts import AccountsDesk
from console.relay import process
from console.relay.process import RelayInfo
from console.views.inbox.reply import ReplyPane
from console.views.shell import Shell
from tests.gui.replying import drop, files, picture
from tests.helpers.reader import Reader

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[RelayInfo]:
    folder = tmp_path / "relay"
    folder.mkdir()
    info = await asyncio.to_thread(process.start_background, folder, port=0, host="127.0.0.1")
    accounts = AccountsDesk(tmp_path, info.url, info.secret)
    await accounts.setup("时光衣橱", "小李", "284917", 600, 1290)
    await accounts.close()
    yield info
    await asyncio.to_thread(process.stop, folder)


async def begun_and_killed(home: Path, *photos: Path) -> None:
    """Another program begins a reply here and dies without a chance to say good-bye."""
    arguments = [str(each) for each in (home, home / "relay", *photos)]
    other = await asyncio.to_thread(
        subprocess.Popen, [sys.executable, "-m", "tests.helpers.begins", *arguments],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert other.stdout is not None
    with other.stdout:
        said = await asyncio.to_thread(other.stdout.readline)
        os.kill(other.pid, signal.SIGKILL)
        await asyncio.to_thread(other.wait)
    assert said == b"begun\n"


async def opened(program: Program, chat: int, until: Any) -> ReplyPane:
    await program.open_now()
    shell = program.window.page
    assert isinstance(shell, Shell)
    await until(lambda: shell.inbox.link.phase == "synced")
    shell.inbox.open(chat)
    await until(lambda: shell.inbox.reply.strip.photos and not shell.inbox.reply.strip.busy)
    return shell.inbox.reply


async def test_everything_of_a_reply_but_its_words_survives_a_kill_and_a_second_start(
    qapp: QApplication, relay: RelayInfo, tmp_path: Path, until: Any
) -> None:
    async with Reader(relay.url) as page:
        chat = int((await page.join("林小雨", "13812346021"))["conversation_id"])
        await page.connect()
        await page.command("message.send", conversation_id=chat, client_id="w1", body="那件风衣?")
        originals = [picture(tmp_path / "coat.png"), picture(tmp_path / "cuff.png", "#2A6")]
        await begun_and_killed(tmp_path, *originals)
        for original in originals:
            original.unlink()

        settings = config.ConsoleConfig(language="en")
        program = Program(qapp, tmp_path, tmp_path / "relay", settings, for_now=True)
        reply = await opened(program, chat, until)
        assert [photo.caption for photo in reply.strip.chosen] == ["", "cuff"]
        assert all(photo.picture is not None for photo in reply.strip.chosen)
        assert reply.voice.voice is not None
        assert reply.voice.voice.duration_ms == 1500
        assert reply.quote_bar.isVisible()
        drop(reply, files(picture(tmp_path / "late.png", "#22C")))
        await program.close()
        (tmp_path / "late.png").unlink()

        program = Program(qapp, tmp_path, tmp_path / "relay", settings, for_now=True)
        reply = await opened(program, chat, until)
        assert [photo.name for photo in reply.strip.chosen] == ["coat.png", "cuff.png", "late.png"]
        shell, desk = program.window.page, program.desk
        assert isinstance(shell, Shell)
        assert desk is not None
        (row,) = await desk.inbox.conversations([chat])
        assert (row.has_draft, row.begun_kind) == (True, "voice")
        reply.text.setFocus()
        QTest.keyClick(reply.text, Qt.Key.Key_Return)
        folder = desk.station.outbox.begun.folder
        assert len(list(folder.iterdir())) == 4
        await until(lambda: not list(folder.iterdir()))
        await until(lambda: len(shell.inbox.timeline.model.items) == 3)
        kinds = [item.kind for item in shell.inbox.timeline.model.items]
        assert kinds == ["text", "voice", "photo"]
        assert not desk.station.outbox.begun.rows
        await program.close()
