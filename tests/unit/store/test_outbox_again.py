"""What an outbox sends once more when the relay was brought back from a backup."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from console.store.outbox import NewEntry, Outbox
from console.wire import commands
from console.wire.commands import Command


@pytest.fixture
def outbox(tmp_path: Path):
    opened = Outbox(tmp_path / "outbox.sqlite")
    yield opened
    opened.close()


def settled(outbox: Outbox, command: Command, key: str = "") -> None:
    [entry] = outbox.add(
        NewEntry(name=command.name, body=msgspec.json.encode(command), lane=command.name, key=key)
    )
    outbox.acked(entry.n, 7)
    outbox.retire([entry.position])


def again(outbox: Outbox) -> list[str]:
    outbox.send_again()
    return [entry.name for entry in outbox.entries]


@pytest.mark.parametrize("command", [
    commands.ScheduleCampaign(client_id="c"), commands.SendCampaignNow(client_id="c"),
    commands.ResumeCampaign(client_id="c"),
], ids=lambda command: command.name)  # fmt: skip
def test_nothing_that_sends_a_campaign_is_sent_again(outbox, command):
    settled(outbox, command)
    settled(outbox, commands.PauseCampaign(client_id="c"))
    assert again(outbox) == [commands.PauseCampaign.name]


def test_no_merge_comes_again_whose_undoing_would_name_a_merge_that_is_lost(outbox):
    settled(outbox, commands.MergeMembers(keep_id=1, gone_id=2))
    settled(outbox, commands.UnmergeMembers(merge_id=5))
    settled(outbox, commands.SetBlocked(member_id=1, blocked=True))
    assert again(outbox) == [commands.SetBlocked.name]


def test_a_campaign_that_was_taken_back_is_not_saved_again(outbox, tmp_path):
    variant = commands.VariantDraft(name="a", body="全场三折")
    settled(outbox, commands.SaveCampaign(client_id="c", variants=[variant]), key="c")
    settled(outbox, commands.SaveCampaign(client_id="d"), key="d")
    outbox.erase(["c"])
    assert not any("全场三折".encode() in file.read_bytes()
                   for file in tmp_path.rglob("*") if file.is_file())  # fmt: skip
    assert again(outbox) == [commands.SaveCampaign.name]
