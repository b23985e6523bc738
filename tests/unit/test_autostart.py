"""Start at login: the entry is written, found and taken away again."""

from __future__ import annotations

import configparser
import os
import plistlib
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from console.autostart import DesktopFile, LaunchAgent, login_item, own_command

ODD = ["/opt/a b/hanger", "open", 'say "hi"', "100%", "$HOME", "back\\slash"]


def test_an_xdg_entry_comes_and_goes(tmp_path: Path) -> None:
    item = DesktopFile(tmp_path / "autostart", ["hanger", "open"])
    assert not item.is_on()
    item.switch(on=True)
    assert item.is_on()
    item.switch(on=False)
    item.switch(on=False)
    assert not item.is_on()
    assert list((tmp_path / "autostart").iterdir()) == []


def test_an_xdg_entry_runs_exactly_the_command(tmp_path: Path) -> None:
    item = DesktopFile(tmp_path, ODD)
    item.switch(on=True)
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(item.path, encoding="utf-8")
    group = dict(entry["Desktop Entry"])
    assert (group["Type"], group["Terminal"]) == ("Application", "false")
    # Undone as the specification says: first the string's escapes, then the quoting, then %.
    # (shlex leaves the backslash before a dollar sign, which a desktop takes away.)
    words = shlex.split(group["Exec"].replace("\\\\", "\\"))
    assert [word.replace("%%", "%").replace("\\$", "$") for word in words] == ODD


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    item = DesktopFile(tmp_path, ["hanger"])
    item.switch(on=True)
    with item.path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert not item.is_on()
    item.switch(on=True)
    assert item.is_on()


def test_a_launch_agent_names_the_command(tmp_path: Path) -> None:
    item = LaunchAgent(tmp_path / "LaunchAgents", ODD)
    assert not item.is_on()
    item.switch(on=True)
    agent = plistlib.loads(item.path.read_bytes())
    assert agent["ProgramArguments"] == ODD
    assert agent["RunAtLoad"] is True
    item.switch(on=False)
    assert not item.is_on()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG")
def test_the_entry_lies_where_the_desktop_looks(tmp_path: Path) -> None:
    item = login_item(["hanger"], {"XDG_CONFIG_HOME": str(tmp_path)})
    item.switch(on=True)
    assert (tmp_path / "autostart" / "hanger.desktop").exists()


def test_the_own_command_works_in_any_folder(tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"]}
    said = subprocess.run(
        own_command("--version"), cwd=tmp_path, env=bare, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert said.stdout.startswith("hanger ")
