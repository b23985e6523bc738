"""How this program starts itself again, installed, frozen or from a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def command_line(*arguments: str) -> list[str]:
    """The argument list that runs ``hanger`` with these arguments in a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "console", *arguments]


def environment(**more: str) -> dict[str, str]:
    """This process's environment, in which another Python finds the same ``console``."""
    place = str(Path(__file__).resolve().parent.parent)
    known = os.environ.get("PYTHONPATH", "")
    places = [place, *(part for part in known.split(os.pathsep) if part and part != place)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), **more}


def start_detached(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a silent process that neither the terminal's end nor our own takes with it."""
    silent = subprocess.DEVNULL
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(
            arguments, stdin=silent, stdout=silent, stderr=silent, env=environment(),
            creationflags=flags,
        )  # fmt: skip
    return subprocess.Popen(
        arguments, stdin=silent, stdout=silent, stderr=silent, env=environment(),
        start_new_session=True,
    )  # fmt: skip
