"""What the operating system must bring for Qt, fonts and the browser tests; set-up's voice.

Standard library only: ``dev.py`` uses it before anything else exists.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Debian's names, the newest release first where one renamed a package.
QT_LIBRARIES = (
    "libglib2.0-0t64|libglib2.0-0", "libgssapi-krb5-2", "libegl1", "libgl1", "libdbus-1-3",
    "libfontconfig1", "libfreetype6", "libx11-6", "libx11-xcb1", "libxcb1", "libxkbcommon0",
    "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render-util0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0",
    "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xinerama0", "libxcb-xkb1",
    "libpulse0",
)  # fmt: skip
FONTS = ("fonts-noto-cjk", "fonts-noto-color-emoji")
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


class SetupError(Exception):
    """Something the person at the keyboard has to know or do."""


def say(text: str) -> None:
    """Print one line at once, also where the output is a pipe."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def logged(command: Sequence[str], *, fatal: bool = True) -> bool:
    """Run a set-up step quietly; show the end of what it said only when it failed."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise SetupError(f"cannot start {command[0]}: {error.strerror}.") from error
    if done.returncode == 0:
        return True
    print("\n".join((done.stdout + done.stderr).splitlines()[-15:]), file=sys.stderr, flush=True)
    if fatal:
        raise SetupError(f"this step failed: {shlex.join(command)}")
    return False


def installed_packages(names: Sequence[str]) -> set[str]:
    """Those of the named Debian packages that are fully installed."""
    query = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *names]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    pairs = (line.rpartition(" ") for line in answer.splitlines())
    return {name for name, _, state in pairs if state == "installed"}


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """The wanted packages of which no alternative is installed, by their first name."""
    present = installed_packages([name for entry in wanted for name in entry.split("|")])
    return [entry for entry in wanted if not present.intersection(entry.split("|"))]


def find_browser() -> str | None:
    """A Chromium-like browser for the tests of the phone page."""
    named = os.environ.get("HANGER_CHROMIUM")
    places = (
        [named] if named else [shutil.which(name) for name in BROWSER_NAMES] + [*BROWSER_PLACES]
    )
    return next((place for place in places if place and Path(place).exists()), None)


def venv_package() -> list[str]:
    """Debian splits the venv module off its Python."""
    try:
        import ensurepip  # noqa: F401, PLC0415  absent on a bare Debian, which is the question
    except ImportError:
        return [f"python3.{sys.version_info[1]}-venv"]
    return []


def administrator() -> list[str] | None:
    """The prefix that makes a command run as root, or None when that needs a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.call([sudo, "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return [sudo, "-n"]
    return None


@functools.lru_cache
def refresh_package_lists(*prefix: str) -> None:
    """Learn of current versions, once; installing may work even where this does not."""
    logged([*prefix, "apt-get", "update", "-q"], fatal=False)


def install_packages(packages: Sequence[str]) -> bool:
    """Install Debian packages if that needs no password; otherwise name the command to type."""
    names = [entry.split("|")[-1] for entry in packages]  # new packages answer to old names too
    install = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    prefix = administrator()
    if prefix is not None:
        say(f"installing system packages: {' '.join(names)}")
        quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
        refresh_package_lists(*quiet)
        if logged([*quiet, *install, "-q", "-o", "DPkg::Lock::Timeout=300"], fatal=False):
            return True
    say("these system packages are missing; please type:")
    print(f"  sudo apt-get update && sudo {shlex.join(install)}", file=sys.stderr, flush=True)
    return False


def prepare_debian(*, browser: bool) -> None:
    """Bring in what the wheels expect from the system: libraries, fonts, a browser."""
    needed = missing_packages(QT_LIBRARIES) + venv_package()
    fonts = missing_packages(FONTS)
    if (needed or fonts) and not install_packages([*needed, *fonts]):
        if needed:
            raise SetupError(f"cannot go on without {' '.join(needed)}.")
        say(f"going on without {' '.join(fonts)}: Chinese text or emoji will be boxes.")
    if browser and find_browser() is None:
        ubuntu = "ubuntu" in platform.freedesktop_os_release().get("ID", "")
        install_packages(["chromium-browser" if ubuntu else "chromium"])
        if find_browser() is None:
            say("going on without Chromium: the phone page's tests will fail.")


def prepare_other(*, browser: bool) -> None:
    """Elsewhere nothing is installed for the system; say what is seen to be missing."""
    if sys.platform.startswith("linux"):
        absent = [name for name in ("libEGL.so.1", "libxcb-cursor.so.0") if not loadable(name)]
        if absent:
            say(f"Qt needs {' and '.join(absent)}; this system's packages are unknown to dev.py.")
    if browser and find_browser() is None:
        say(
            "no Chrome or Chromium found: the phone page's tests will fail. "
            "Install one, or set HANGER_CHROMIUM to its path."
        )


def loadable(library: str) -> bool:
    """Whether the system's linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
