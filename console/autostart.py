"""Start at login: one entry of this user, written where the system looks for it.

Linux: an XDG autostart file; Windows: a value below ``Run``; macOS: a launch agent.
Standard library only.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

if sys.platform == "win32":
    import winreg

NAME = "hanger"
_LABEL = "com.hanger.console"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class LoginItem(Protocol):
    """The entry; both methods raise ``OSError`` when the system does not let us."""

    def is_on(self) -> bool:
        """Whether the program starts when this user signs in to the computer."""
        ...

    def switch(self, *, on: bool) -> None:
        """Start at login from now on, or no longer."""
        ...


def own_command(*arguments: str) -> list[str]:
    """What starts this program in any folder and environment."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    place = str(Path(__file__).resolve().parent.parent)
    code = f"import sys; sys.path.insert(0, {place!r}); from console.__main__ import main; "
    return [sys.executable, "-c", code + "sys.exit(main())", *arguments]


def login_item(
    command: Sequence[str], environment: Mapping[str, str] = os.environ
) -> LoginItem:  # pragma: no cover - one branch per system
    """The entry of this system that runs ``command``."""
    home = Path.home()
    if sys.platform == "win32":
        return RunValue(command)
    if sys.platform == "darwin":
        return LaunchAgent(home / "Library" / "LaunchAgents", command)
    config = environment.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if Path(config).is_absolute() else home / ".config"
    return DesktopFile(folder / "autostart", command)


class DesktopFile:
    """``~/.config/autostart/hanger.desktop``."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self.path = folder / f"{NAME}.desktop"
        self._command = command

    def is_on(self) -> bool:
        """The file is there and not marked as hidden."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return "Hidden=true" not in lines and "X-GNOME-Autostart-enabled=false" not in lines

    def switch(self, *, on: bool) -> None:
        """Write or delete the file."""
        if not on:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        words = " ".join(_desktop_word(word) for word in self._command)
        self.path.write_text(
            "[Desktop Entry]\nType=Application\nName=Hanger\nName[zh_CN]=衣架\n"
            f"Exec={words}\nTerminal=false\n",
            encoding="utf-8",
        )


def _desktop_word(word: str) -> str:
    """One argument as the desktop entry specification wants it: quoted, then escaped again."""
    for special in ("\\", '"', "`", "$"):
        word = word.replace(special, f"\\{special}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


class LaunchAgent:
    """``~/Library/LaunchAgents/com.hanger.console.plist``."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self.path = folder / f"{_LABEL}.plist"
        self._command = command

    def is_on(self) -> bool:
        """The file is there."""
        return self.path.exists()

    def switch(self, *, on: bool) -> None:
        """Write or delete the file; it counts from the next login on."""
        if not on:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        agent = {"Label": _LABEL, "ProgramArguments": list(self._command), "RunAtLoad": True}
        self.path.write_bytes(plistlib.dumps(agent))


class RunValue:
    """A value of this user's ``Run`` key."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def is_on(self) -> bool:
        """The value is there."""
        if sys.platform == "win32":
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                try:
                    winreg.QueryValueEx(key, NAME)
                except FileNotFoundError:
                    return False
                return True
        return False

    def switch(self, *, on: bool) -> None:
        """Write or delete the value."""
        if sys.platform == "win32":
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                if on:
                    line = subprocess.list2cmdline(self._command)
                    winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, line)
                elif self.is_on():
                    winreg.DeleteValue(key, NAME)
